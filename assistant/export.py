"""Precedents as a document to hand on: Word, PDF and Markdown with footnotes, or a table for a spreadsheet.

Every fact has a footnote of its own: the source's words and where they stand. Does not know how precedents are found.
"""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.precedent import Precedents
from assistant.precedents_paper import FORMS, PRECEDENTS, TRACK_RECORD, precedents_paper, standing
from corpus.errors import MisuseError
from corpus.spreadsheets import harmless

COLUMNS = tuple("rank project kind label text quote document page start end retrieved".split())


def write(precedents: Precedents, path: Path, form: str = PRECEDENTS) -> None:
    """Write a document whose format the ending of `path` says; what stood there before is whole until the end.

    Raises:
        MisuseError: the ending is none of .docx, .pdf, .md and .csv, or nothing can be written there.
    """
    put(to_format(precedents, path.suffix, form, path), path)


def put(made: bytes, path: Path) -> None:
    """Write the bytes of a document; what stood there before is whole until the end.

    Raises:
        MisuseError: nothing can be written there.
    """
    try:
        target = path.resolve()
        with TemporaryDirectory(dir=target.parent) as folder:
            file = Path(folder) / "made"
            file.write_bytes(made)
            if target.exists():
                target.open("r+b").close()  # what must not be written to must not be replaced either
                shutil.copymode(target, file)
            file.replace(target)
    except OSError as error:
        raise MisuseError(f"{path}: cannot be written ({error.strerror or error}); give another place") from error


def to_format(precedents: Precedents, ending: str, form: str = PRECEDENTS, name: object = "") -> bytes:
    """The bytes of a document in the format of an ending such as `.pdf`; `name` is what an error calls it.

    `form` is `precedents`, which tells rank by rank how each is like the idea, or `track_record`, a section for a
    proposal.

    Raises:
        MisuseError: the ending is none of .docx, .pdf, .md and .csv, or there is no such form.
    """
    make = _FORMATS.get(ending.lower())
    if make is None:
        raise MisuseError(
            f"{name or ending}: no format has this ending; give a file that ends with {', '.join(_FORMATS)}"
        )
    if form not in FORMS:
        raise MisuseError(f"{form}: there is no such form of precedents; give one of {', '.join(FORMS)}")
    return make(precedents, form)


def to_docx(precedents: Precedents, form: str = PRECEDENTS) -> bytes:
    """The bytes of a Word document; line breaks within a quote stay line breaks in its footnote."""
    from assistant.paper_word import paper_docx

    return paper_docx(precedents_paper(precedents, form))


def to_pdf(precedents: Precedents, form: str = PRECEDENTS) -> bytes:
    """The bytes of a PDF, the same for the same precedents."""
    from assistant.paper_pdf import paper_pdf

    return paper_pdf(precedents_paper(precedents, form))


def to_markdown(precedents: Precedents, form: str = PRECEDENTS) -> str:
    """Markdown with `[^1]` footnotes; every stretch of white space is one space, as it would be shown anyway."""
    from assistant.paper_markdown import paper_markdown

    return paper_markdown(precedents_paper(precedents, form))


def to_csv(precedents: Precedents, form: str = PRECEDENTS) -> str:
    """A row for each fact, each reason and each word lacking, `kind` saying which; quotes as they stand in the source.

    Without precedents the one row is of kind `none`. An apostrophe is put before what a spreadsheet program might run.
    A track record has neither ranks nor words lacking.
    """
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, restval="")
    writer.writeheader()
    for row in _rows(precedents):
        if form == TRACK_RECORD:
            row.pop("rank", None)
            if row.get("kind") == "lacks":
                continue
        cells = row | {"retrieved": precedents.retrieved.isoformat()}
        writer.writerow({k: harmless(v) if isinstance(v, str) else v for k, v in cells.items()})
    return table.getvalue()


_FORMATS: dict[str, Callable[[Precedents, str], bytes]] = {
    ".docx": to_docx,
    ".pdf": to_pdf,
    ".md": lambda precedents, form: to_markdown(precedents, form).encode(),
    ".csv": lambda precedents, form: to_csv(precedents, form).encode("utf-8-sig"),  # by the mark Excel knows it
}
ENDINGS = tuple(_FORMATS)
"""Of the files that can be made."""


def _rows(precedents: Precedents) -> Iterator[dict[str, Any]]:
    if not precedents.found:
        yield {"kind": "none", "text": standing(precedents)}
    for rank, one in enumerate(precedents.found, start=1):
        project = {"rank": rank, "project": one.title}
        for kind, facts in (("reason", one.reasons), ("fact", one.facts)):
            for fact in facts:
                cited = fact.citation
                said = {"kind": kind, "label": fact.label, "text": fact.text, "quote": cited.quote}
                yield project | said | {"document": cited.document, "page": cited.page, **cited.span._asdict()}
        yield from (project | {"kind": "lacks", "text": word} for word in one.lacks)
        if not (one.reasons or one.facts or one.lacks):
            yield project

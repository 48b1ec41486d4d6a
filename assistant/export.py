"""Precedents as a document to hand on: Word with real footnotes, Markdown, or a table for a spreadsheet program.

Every fact has a footnote of its own: the source's words and where they stand. Does not know how precedents are found.
"""

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from babel.dates import format_date
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from assistant.phrases import QUOTES, listing, quote
from assistant.precedent import Fact, Precedents
from corpus.errors import MisuseError
from corpus.spreadsheets import harmless, writable

_WORDS = {
    "en": {
        "title": "Projects like the idea",
        "counted": "Projects compared: {total}; shown here, likest first: {shown}.",
        "none": "No project is like the idea; projects compared: {total}.",
        "like": "Like the idea",
        "lacks": "Does not mention",
        "page": "page {page}",
        "retrieved": "retrieved {day}",
        "locale": "en-GB",
    },
    "ro": {
        "title": "Proiecte asemănătoare cu ideea",
        "counted": "Proiecte comparate: {total}; prezentate aici, începând cu cel mai asemănător: {shown}.",
        "none": "Niciun proiect nu seamănă cu ideea; proiecte comparate: {total}.",
        "like": "Asemănător cu ideea",
        "lacks": "Nu menționează",
        "page": "pagina {page}",
        "retrieved": "consultat la {day}",
        "locale": "ro-RO",
    },
}
STYLES = {
    "title": ("Title", "# "),
    "idea": ("Quote", "> "),
    "heading": ("Heading 1", "## "),
    "text": ("Normal", ""),
    "item": ("List Bullet", "- "),
}
"""A kind of paragraph: its style in Word, and how it begins in Markdown."""
REFERENCE, NOTE = "footnote reference", "footnote text"
"""Word's own names of the two styles of footnotes."""
SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}
"""The lines that part footnotes from the text; they are notes too, with the numbers Word gives them."""
COLUMNS = tuple("rank project kind label text quote document page start end retrieved".split())
MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~^$#@]")
"""What Markdown (CommonMark, GitHub's, Pandoc's) may read as more than itself, anywhere in a line."""


def write(precedents: Precedents, path: Path) -> None:
    """Write a document whose format the ending of `path` says; what stood there before is whole until the end.

    Raises:
        MisuseError: the ending is none of .docx, .md and .csv, or nothing can be written there.
    """
    make = _FORMATS.get(path.suffix.lower())
    if make is None:
        raise MisuseError(f"{path}: no format has this ending; give a file that ends with {', '.join(_FORMATS)}")
    made = make(precedents)
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


def to_markdown(precedents: Precedents) -> str:
    """Markdown with `[^1]` footnotes; every stretch of white space is one space, as it would be shown anyway."""
    shown, notes = [], []
    for kind, label, pieces in _paragraphs(precedents):
        told = [f"**{_escaped(label)}:**"] if label else []
        for words, fact in pieces:
            notes += [_note(fact, precedents)] if fact else []
            told.append(_escaped(words) + (f"[^{len(notes)}]" if fact else ""))
        shown.append(STYLES[kind][1] + " ".join(told))
    listed = [f"[^{n}]: {_escaped(note)}" for n, note in enumerate(notes, start=1)]
    return "\n\n".join([*shown, *listed]) + "\n"


def to_csv(precedents: Precedents) -> str:
    """A row for each fact, each reason and each word lacking, `kind` saying which; quotes as they stand in the source.

    Without precedents the one row is of kind `none`. An apostrophe is put before what a spreadsheet program might run.
    """
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, restval="")
    writer.writeheader()
    for row in _rows(precedents):
        cells = row | {"retrieved": precedents.retrieved.isoformat()}
        writer.writerow({k: harmless(v) if isinstance(v, str) else v for k, v in cells.items()})
    return table.getvalue()


def to_docx(precedents: Precedents) -> bytes:
    """The bytes of a Word document; line breaks within a quote stay line breaks in its footnote."""
    document = docx.Document()
    section, properties = document.sections[0], document.core_properties
    section.page_width, section.page_height = Mm(210), Mm(297)  # A4
    document.styles.element.xpath("w:docDefaults//w:lang")[0].set(qn("w:val"), _say(precedents, "locale"))
    properties.title, properties.author, properties.comments = _say(precedents, "title"), "", ""
    properties.created = properties.modified = datetime.combine(precedents.retrieved, time())
    notes = _Footnotes(document)
    for kind, label, pieces in _paragraphs(precedents):
        paragraph = document.add_paragraph(style=STYLES[kind][0])
        if label:
            paragraph.add_run(f"{_one_line(label)}:").bold = True
        for words, fact in pieces:
            paragraph.add_run((" " if paragraph.runs else "") + _one_line(words))
            if fact:
                notes.add(paragraph, _note(fact, precedents))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


_FORMATS: dict[str, Callable[[Precedents], bytes]] = {
    ".docx": to_docx,
    ".md": lambda precedents: to_markdown(precedents).encode(),
    ".csv": lambda precedents: to_csv(precedents).encode("utf-8-sig"),  # by the mark Excel knows it from old encodings
}


class _Footnotes:
    """The footnotes of a Word document, numbered as they are added; python-docx (1.2) has no call for them."""

    def __init__(self, document: WordDocument) -> None:
        document.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True
        style = document.styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style, style.font.size = document.styles["Normal"], Pt(10)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1
        named = "".join(f'<w:footnote w:id="{n}"/>' for n in SEPARATORS)
        settings = parse_xml(f"<w:footnotePr {nsdecls('w')}>{named}</w:footnotePr>")
        document.settings.element.xpath("w:compat")[0].addprevious(settings)
        drawn = "".join(
            f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for n, kind in SEPARATORS.items()
        )
        root = parse_xml(f"<w:footnotes {nsdecls('w')}>{drawn}</w:footnotes>")
        self._part = StoryPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count = 0

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Put the number of a new footnote behind what the paragraph holds so far."""
        self._count += 1
        number = {qn("w:id"): str(self._count)}
        paragraph.add_run(style=REFERENCE).element.append(OxmlElement("w:footnoteReference", number))
        note: Any = OxmlElement("w:footnote", number)
        note.append(OxmlElement("w:p"))
        self._part.element.append(note)
        inside = Paragraph(note[0], self._part)
        inside.style = NOTE
        inside.add_run(style=REFERENCE).element.append(OxmlElement("w:footnoteRef"))
        inside.add_run(f" {text}")


def _paragraphs(precedents: Precedents) -> Iterator[tuple[str, str, list[tuple[str, Fact | None]]]]:
    """Kinds of STYLES, each with a label or nothing, and with pieces of text and the facts their footnotes are for."""
    language = _language(precedents)
    yield "title", "", [(_say(precedents, "title"), None)]
    yield "idea", "", [(quote(language, precedents.idea), None)]
    yield "text", "", [(_standing(precedents), None)]
    for rank, one in enumerate(precedents.found, start=1):
        yield "heading", "", [(f"{rank}. {one.title}", None)]
        if one.reasons:
            yield "text", _say(precedents, "like"), [(quote(language, fact.text), fact) for fact in one.reasons]
        for fact in one.facts:
            yield "item", fact.label, [(fact.text, fact)]
        if one.lacks:
            yield "item", _say(precedents, "lacks"), [(listing(one.lacks), None)]


def _rows(precedents: Precedents) -> Iterator[dict[str, Any]]:
    if not precedents.found:
        yield {"kind": "none", "text": _standing(precedents)}
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


def _note(fact: Fact, precedents: Precedents) -> str:
    """A footnote: the quote as it stands in the source, the document, the page where it has pages, the day."""
    language, cited = _language(precedents), fact.citation
    opening, closing = QUOTES[language]
    page = [_say(precedents, "page", page=cited.page)] if cited.page else []
    day = _say(precedents, "retrieved", day=format_date(precedents.retrieved, "d MMMM y", locale=language))
    return writable(", ".join([opening + cited.quote + closing, cited.document, *page, day]) + ".")


def _standing(precedents: Precedents) -> str:
    found = len(precedents.found)
    return _say(precedents, "counted" if found else "none", total=precedents.total, shown=found)


def _say(precedents: Precedents, key: str, **values: object) -> str:
    return _WORDS[_language(precedents)][key].format(**values)


def _language(precedents: Precedents) -> str:
    return precedents.language if precedents.language in _WORDS else "en"


def _one_line(text: str) -> str:
    return writable(" ".join(text.split()))


def _escaped(text: str) -> str:
    return MARKUP.sub(r"\\\g<0>", _one_line(text))

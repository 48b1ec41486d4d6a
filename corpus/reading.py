"""One file in, its documents and their project records out. Which reader a file needs is decided here alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.decoding import decode
from corpus.document import DIGEST_LENGTH, Document, digest, slug
from corpus.errors import UnreadableError
from corpus.files import MEDIA_TYPES, PART, File, file_digest, opened
from corpus.projects import find_projects
from corpus.readers.delimited import read_csv
from corpus.readers.docx import read_docx
from corpus.readers.draft import Draft
from corpus.readers.html import read_html
from corpus.readers.iati import read_iati
from corpus.readers.json_register import read_json, read_json_lines
from corpus.readers.markdown import read_markdown
from corpus.readers.odt import read_odt
from corpus.readers.pdf import read_pdf
from corpus.readers.spreadsheet import read_ods, read_xlsx
from corpus.readers.text import read_text
from corpus.record import Reading
from corpus.registers import find_records

TEXT_READERS: dict[str, Callable[[str], Draft]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
FILE_READERS: dict[str, Callable[[Path], Draft]] = {".pdf": read_pdf, ".docx": read_docx, ".odt": read_odt}
REGISTER_READERS: dict[str, Callable[[Path], Iterator[Draft]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".ods": read_ods,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".xml": read_iati,
}
LANGUAGE_SAMPLE = 5_000
"""Characters looked at to tell a document's language."""
LANGUAGE_CERTAINTY = 0.9
"""Below this probability a document's language is `und`; langid gives running prose 0.99 and more."""


def read_file(file: File) -> Iterator[Reading]:
    """The documents of one file: one or, for a register of many rows, one for each thousand.

    Raises:
        UnreadableError: the reason it could not be read; documents given before it are to be forgotten.
    """
    with opened(file) as path:
        sha256 = file_digest(file)
        empty = True
        for draft in _drafts(path, file.ending):
            if draft.text.strip():
                empty = False
                document = _document(draft, file, sha256)
                found = find_records(document, draft.columns) if draft.columns else find_projects(document)
                yield Reading(document, tuple(found))
    if empty:
        raise UnreadableError("there is no text in it; write some or remove the file")


def read_document(path: Path, source: str) -> Document:
    """The one document of a file, or the first of a register's.

    Raises:
        UnreadableError: the reason it could not be read.
    """
    return next(read_file(File(source, path))).document


def _drafts(path: Path, ending: str) -> Iterator[Draft]:
    try:
        if ending in TEXT_READERS:
            text, notes = decode(path.read_bytes())
            draft = TEXT_READERS[ending](text)
            yield replace(draft, notes=(*notes, *draft.notes))
        elif ending in FILE_READERS:
            yield FILE_READERS[ending](path)
        else:
            yield from REGISTER_READERS[ending](path)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not well formed: {error}") from error
    except MemoryError as error:
        raise UnreadableError("it needs more memory than there is; split it") from error
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error


def _document(draft: Draft, file: File, sha256: str) -> Document:
    source = file.source + (f"{PART}{draft.rows[0]}-{draft.rows[1]}" if draft.rows else "")
    name = Path(file.member or file.path.name).stem
    return Document(
        id=f"{slug(source)}-{sha256[:DIGEST_LENGTH]}-{digest(source.encode())[:8]}",
        source=source,
        media_type=MEDIA_TYPES[file.ending],
        title=draft.title or ("" if draft.columns else _first_line(draft.text)) or name,
        language=draft.language or detect_language(draft.text),
        sha256=sha256,
        text=draft.text,
        blocks=draft.blocks,
        page_starts=draft.page_starts,
        notes=draft.notes,
    )


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language `text` is written in, or `und`."""
    language, probability = _identifier().classify(text[:LANGUAGE_SAMPLE])
    return str(language) if probability >= LANGUAGE_CERTAINTY else "und"


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()[:120]

"""PDF as blocks: headings, paragraphs, list items and table rows in reading order, each page's start kept.

What a reader of the pages sees: words cut by line breaks are whole again, and what stands at the edge of every page
is left out. A scan holds no text for this reader; it says so.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from corpus.document import canonical
from corpus.errors import UnreadableError
from corpus.readers.draft import Draft, DraftBuilder
from corpus.readers.pdf_blocks import Writer, learn_style
from corpus.readers.pdf_columns import arrange
from corpus.readers.pdf_furniture import without_furniture
from corpus.readers.pdf_hyphens import Hyphens
from corpus.readers.pdf_lines import Row, rows_of
from corpus.readers.pdf_words import MAX_CHARACTERS_A_PAGE, Rule, read_sheet

MAX_PAGES = 5_000
"""Pages read; what follows is left out and noted."""
MOST_NOTES = 50
LONGEST_TITLE = 200
"""Characters of a title taken from the file's properties."""
TAIL_BYTES = 2_048
"""Where the mark of a PDF's end stands."""
UNREADABLE_GLYPHS = 0.2
"""Share of a page's characters that mean nothing, from which on it is noted."""
NO_TITLE = re.compile(
    r"microsoft (word|powerpoint|excel) ?-|untitled|document ?\d*$|slide ?\d|powerpoint presentation|print$|layout ?\d"
    r"|.*\.(docx?|odt|rtf|pdf|pptx?|xlsx?|indd|qxd|cdr|ai|pub|tex|dvi|html?)$|[^\s]*[_\d\\/][^\s]*$",
    re.IGNORECASE,
)
MEANINGLESS = re.compile("[\ue000-\uf8ff\N{REPLACEMENT CHARACTER}]")
OCR = "run it through OCR first: ocrmypdf IN.pdf OUT.pdf"


@dataclass(slots=True)
class _Page:
    """What is kept of a page until the whole document has been seen."""

    rows: list[Row] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def read_pdf(path: Path) -> Draft:
    """Blocks of a PDF file with the start of every page.

    Raises:
        UnreadableError: it is damaged, locked with a password, or holds no text.
    """
    import pypdfium2

    pdf = _open(pypdfium2, path)
    try:
        builder = DraftBuilder()
        pages = list(_pages(pdf, builder, path))
        _write(pages, builder)
        return builder.draft(_title(pdf), _language(pdf))
    finally:
        pdf.close()


def _open(pypdfium2: Any, path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_reason(pypdfium2.raw, error.err_code)) from error


def _reason(raw: Any, code: int | None) -> str:
    if code == raw.FPDF_ERR_PASSWORD:
        return "it is locked with a password; save a copy without one: qpdf --decrypt --password=… IN.pdf OUT.pdf"
    if code == raw.FPDF_ERR_SECURITY:
        return "it is locked in a way that is not supported; save a copy without protection"
    return "it is damaged or no PDF; get a whole copy of it, or try to mend it: qpdf IN.pdf OUT.pdf"


def _pages(pdf: Any, builder: DraftBuilder, path: Path) -> Iterator[_Page]:
    """The pages in order; what a person should know about them goes to the builder.

    Raises:
        UnreadableError: no page holds text.
    """
    damaged: list[int] = []
    images: list[int] = []
    cut: list[int] = []
    garbled: list[int] = []
    texts = 0
    count = min(len(pdf), MAX_PAGES)
    for index in range(count):
        sheet = read_sheet(pdf, index)
        if sheet is None:
            damaged.append(index + 1)
            yield _Page()
            continue
        rows = rows_of(sheet.words)
        texts += bool(rows or sheet.aside)
        if sheet.has_image and not rows:
            images.append(index + 1)
        if sheet.cut:
            cut.append(index + 1)
        if _is_garbled(rows):
            garbled.append(index + 1)
        yield _Page(rows, sheet.rules, sheet.aside)
    if not texts:
        raise UnreadableError(_without_text(damaged, images, count))
    if len(pdf) > MAX_PAGES:
        builder.note(f"it has {len(pdf):,} pages; the first {MAX_PAGES:,} were read; split it")
    if not _has_end(path):
        builder.note("the end of the file is missing, and pages may be too; get a whole copy of it")
    _note(builder, images, "holds an image and no text", "hold an image and no text")
    _note(builder, damaged, "is damaged and was left out", "are damaged and were left out")
    more = f"more than {MAX_CHARACTERS_A_PAGE:,} characters; the first of them were read; split it"
    _note(builder, cut, f"holds {more}", f"hold {more}")
    garbled_advice = "letters that cannot be told; run it through OCR: ocrmypdf --force-ocr IN.pdf OUT.pdf"
    _note(builder, garbled, f"has {garbled_advice}", f"have {garbled_advice}")


def _without_text(damaged: Sequence[int], images: Sequence[int], count: int) -> str:
    if len(damaged) == count:
        return "it is damaged: none of its pages can be read; get a whole copy of it"
    if images:
        return f"it is a scan: its pages hold images and no text; {OCR}"
    return (
        f"there is no text in it; if its letters are drawn as shapes, {OCR.replace('ocrmypdf', 'ocrmypdf --force-ocr')}"
    )


def _has_end(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return b"%%EOF" in stream.read()


def _is_garbled(rows: Iterable[Row]) -> bool:
    text = "".join(run.text for row in rows for run in row)
    return len(MEANINGLESS.findall(text)) > UNREADABLE_GLYPHS * len(text)


def _note(builder: DraftBuilder, pages: Sequence[int], one: str, several: str) -> None:
    """One note for each run of neighbouring pages."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    for run in runs[:MOST_NOTES]:
        builder.note(f"page {run[0]} {one}" if len(run) == 1 else f"pages {run[0]} to {run[-1]} {several}")
    if len(runs) > MOST_NOTES:
        builder.note(f"{sum(map(len, runs[MOST_NOTES:])):,} more pages {several}")


def _write(pages: Sequence[_Page], builder: DraftBuilder) -> None:
    for page, rows in zip(pages, without_furniture([page.rows for page in pages]), strict=True):
        page.rows = rows
    measure = _measure(pages)
    lines = [arrange(page.rows, page.rules, measure) for page in pages]
    texts = (run.text for page in pages for row in page.rows for run in row)
    writer = Writer(builder, learn_style(lines), Hyphens(texts))
    for page, page_lines in zip(pages, lines, strict=True):
        writer.page(page_lines, page.aside)
    writer.close()


def _measure(pages: Iterable[_Page]) -> float:
    """Where the lines of the document end at the right, in points."""
    ends: list[float] = [max(row[-1].x1 for row in page.rows) for page in pages if page.rows]
    return median(ends) if ends else 0.0


def _title(pdf: Any) -> str:
    """The title of the file's properties, where it is one that a person gave."""
    title = " ".join(canonical(pdf.get_metadata_value("Title")).split())
    return "" if not title or NO_TITLE.match(title) or len(title) > LONGEST_TITLE else title


def _language(pdf: Any) -> str:
    """ISO 639-1 code that the document gives for itself."""
    import ctypes

    import pypdfium2.raw as raw

    size = raw.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if not 0 < size <= 256:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(pdf.raw, buffer, size)
    language = bytes(buffer)[:4].decode("utf-16-le", "replace").lower()
    return language if language.isascii() and language.isalpha() else ""

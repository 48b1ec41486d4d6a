"""What office documents are made of, DOCX and ODT alike: paragraphs and tables, made into blocks.

Knows neither format's XML.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.draft import Draft, DraftBuilder, run_on, squeeze

Element = etree._Element
"""lxml gives the type of its elements no public name."""

MAX_PART_BYTES = 60_000_000
"""Of an XML part, unpacked: a report of 1,000 pages has 5 to 20 MB, and its tree takes some 6 times as much memory."""
MAX_PACKAGE_BYTES = 200_000_000
"""Of all parts, pictures included, unpacked."""
MOST_LEVELS = 20
"""Tables within tables, and text boxes within them; what lies deeper is read as one paragraph."""
TOO_DEEP = f"tables within tables are kept {MOST_LEVELS} deep; what lies deeper is read as one paragraph"
MOST_COLUMNS = 200
MOST_SPACES = 100
LONGEST_BOLD_LINE = 150
"""Characters; a longer run of bold is emphasis, not a heading."""
BOLD_LINE_LEVEL = 7
MOST_CELL_PARAGRAPHS = 3
"""In a row of one or two cells; more are a page laid out in columns, not a fact."""
IN_MEMORY = (".xml", ".rels")
"""Endings of the parts that are read whole."""
INVISIBLE = {0xAD: None, 0x200B: None}
"""The soft hyphen and the zero-width space: places at which a line may break."""
PLACEHOLDER_TITLE = re.compile(
    r"(microsoft word - .*|word document|untitled|document ?\d*|.*\.(docx?|odt|dotx?|rtf))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with its line breaks; `kind` and `level` as of a Block."""

    text: str
    kind: str = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of paragraphs and tables; a cell that another is merged over is empty."""

    rows: tuple[tuple[tuple["Paragraph | Table", ...], ...], ...]


Content = Paragraph | Table


def refuse_doctype(root: Element) -> None:
    """Office documents declare no document type; one that does may unfold into more than memory holds.

    Raises:
        UnreadableError: it does.
    """
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("it declares a document type (DTD), which no office program writes; save it anew")


def paragraph_of(pieces: Sequence[tuple[str, bool]], kind: str, level: int) -> Paragraph:
    """A paragraph from pieces of text, each with whether it is bold; a short one all in bold is a heading."""
    text = re.sub(r"[^\S\n]+", " ", "".join(piece for piece, _ in pieces).translate(INVISIBLE))
    text = re.sub(r" ?\n ?", "\n", text).strip()
    bold = all(bold or not piece.strip() for piece, bold in pieces)
    if kind == "paragraph" and bold and len(text) <= LONGEST_BOLD_LINE and "\n" not in text:
        return Paragraph(text, "heading", BOLD_LINE_LEVEL)
    return Paragraph(text, kind, min(level, 6))


def as_draft(contents: Sequence[Content], title: str, language: str, remarks: Sequence[str]) -> Draft:
    """The Draft of a document's contents; a title that a program made up is none."""
    builder = DraftBuilder()
    _place(builder, contents)
    for remark in remarks:
        builder.note(remark)
    title = squeeze(title)
    return builder.draft("" if PLACEHOLDER_TITLE.fullmatch(title) else title, language)


def _place(builder: DraftBuilder, contents: Sequence[Content]) -> None:
    for part in contents:
        if isinstance(part, Table):
            _place_table(builder, part)
        elif part.kind == "heading":
            builder.add(part.text.replace("\n", " "), part.kind, part.level)
        else:
            for number, line in enumerate(part.text.split("\n")):
                builder.add(line, part.kind, part.level, tight=number > 0)


def _place_table(builder: DraftBuilder, table: Table) -> None:
    one_column = max((sum(map(bool, row)) for row in table.rows), default=0) < 2
    first = True
    for row in table.rows:
        if one_column or _is_layout(row):
            for cell in row:
                _place(builder, cell)
        else:
            builder.add_row([_cell_text(cell, first) for cell in row], first=first)
            first = False


def _is_layout(row: Sequence[Sequence[Content]]) -> bool:
    """Whether a table's row lays out the page: its cells hold tables, sections or columns of text, not facts."""
    few = sum(map(bool, row)) <= 2
    for cell in row:
        headed = len(cell) > 1 and any(isinstance(part, Paragraph) and 0 < part.level <= 6 for part in cell)
        if headed or any(isinstance(part, Table) for part in cell) or (few and len(cell) > MOST_CELL_PARAGRAPHS):
            return True
    return False


def _cell_text(cell: Sequence[Content], first: bool) -> str:
    """The lines of a cell as one; those of a heading row run on without a mark between."""
    lines = [squeeze(line) for part in cell if isinstance(part, Paragraph) for line in part.text.split("\n")]
    return " ".join(lines) if first else run_on(lines)

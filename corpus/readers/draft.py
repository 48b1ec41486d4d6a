"""Draft: what a reader of a format hands over, and the builder that keeps text and block spans in step."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.document import Block, Span, canonical
from corpus.labels import Meaning

LONGEST_WRAPPED_LINE = 120
"""Characters; a paragraph with a longer line was not wrapped by hand."""
LABELLED = re.compile(r"[^\W\d_][^:|.\n]{0,40}:\s")
LONGEST_LINKING_WORD = 3
"""Letters of a small word at the end of a line that ties it to the next: `of`, `the`, `din`, `și`."""
TIGHT = ("item", "row", "meta", "field")
SHORTEST_WRAPPED_LINE = 40
"""Characters; shorter lines are short because somebody wanted them so."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a register's column holds, learned from its header and from its values.

    `meaning` is None for a column of the source's own; `currency` is the ISO 4217 code that the header or the format
    gives to all its amounts; `decimal_mark` is `.` or `,` where the register's numbers show which, `.,` where plain
    numbers with a point stand beside text with decimal commas, else empty; `thousandths` is `texts` where its texts
    have three decimals, `numbers` where the file's own numbers have decimals, so that `137.125` may be such a number;
    `day_first` tells how its `05/04/2021` are read, None where no value shows it.
    """

    label: str
    meaning: Meaning | None = None
    currency: str = ""
    decimal_mark: str = ""
    day_first: bool | None = None
    thousandths: str = ""
    is_single: bool = False
    """Whether a value is one name whatever marks are in it; the format has another place for the next one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Canonical text with its blocks; `title` and `language` are empty where the format does not tell."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    page_starts: tuple[int, ...] = ()
    """Offset at which each page begins, the first 0; empty for formats without pages."""
    notes: tuple[str, ...] = ()
    """What a person should know about how it was read: `page 3 holds an image and no text`."""
    columns: tuple[Column, ...] = ()
    """For a register: its columns, by the labels of its `field` blocks."""
    rows: tuple[int, int] | None = None
    """For a part of a register: its first and last row, counted from 1 as in the file."""


class DraftBuilder:
    """Appends blocks one after the other; blocks of the same kind in TIGHT share one line break."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._page_starts: list[int] = []
        self._notes: list[str] = []
        self._length = 0

    def add(self, text: str, kind: str, level: int = 0, *, tight: bool = False) -> None:
        """Append `text` as one block, on the next line if `tight`; white space around it is dropped.

        An empty block is no block.
        """
        text = canonical(text).strip()
        if text:
            start = self._next_block(kind, level, tight=tight)
            self._append(text)
            self._blocks.append(Block(Span(start, self._length), kind, level))

    def add_row(self, cells: Sequence[str], *, first: bool = False) -> None:
        """Append a table's row: its cells that are not empty on one line, ` | ` between. `first` starts a table."""
        squeezed = [squeeze(cell) for cell in cells]
        if not any(squeezed):
            return
        start = self._next_block("row", int(first))
        spans = []
        for cell in squeezed:
            if cell and self._length > start:
                self._append(" | ")
            spans.append(Span(self._length, self._length + len(cell)))
            self._append(cell)
        self._blocks.append(Block(Span(start, self._length), "row", int(first), tuple(spans)))

    def add_field(self, label: str, value: str) -> None:
        """Append a labelled line of a register's record; one without a value is left out."""
        label, value = _squeezed_label(label), squeeze(value)
        if label and value:
            start = self._next_block("field", 0)
            end_of_label = start + len(label)
            self._append(f"{label}: {value}")
            cells = (Span(start, end_of_label), Span(end_of_label + len(": "), self._length))
            self._blocks.append(Block(Span(start, self._length), "field", 0, cells))

    def _next_block(self, kind: str, level: int, *, tight: bool = False) -> int:
        """Where the next block begins, behind the gap to the one before it."""
        if self._blocks:
            before = self._blocks[-1].kind
            tight = tight or (kind == before and kind in TIGHT)
            # Two tables with nothing between them stay two; a record's title and its fields stay together.
            tight = (tight and not (kind == "row" and level)) or (kind == "field" and before == "record")
            self._append("\n" if tight else "\n\n")
        return self._length

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def start_page(self) -> None:
        """Say that what is added from here on stands on the next page."""
        # The gap before the next block belongs to the page before it; the builder does not know it yet.
        self._page_starts.append(len(self._blocks))

    def note(self, text: str) -> None:
        """Say what a person should know about how this was read."""
        self._notes.append(text)

    def draft(self, title: str = "", language: str = "") -> Draft:
        """All of it, ended by a newline."""
        text = "".join(self._parts)
        text = text + "\n" if text else ""
        starts = [self._blocks[at].span.start if at < len(self._blocks) else len(text) for at in self._page_starts]
        pages = (0, *starts[1:]) if starts else ()
        return Draft(text, tuple(self._blocks), title, language, pages, tuple(self._notes))


def squeeze(text: str) -> str:
    """Canonical `text` with every run of white space as one space, none around."""
    return " ".join(canonical(text).split())


def run_on(lines: Iterable[str]) -> str:
    """Lines of a cell as one, `; ` between two where neither a mark nor a small letter or word joins them."""
    said = ""
    for line in filter(None, lines):
        last = said.rsplit(" ", 1)[-1]
        ties = said[-1:] in ",;:.!?/(–-+&" or (len(last) <= LONGEST_LINKING_WORD and last.islower())
        apart = not ties and (line[0].isupper() or line[0].isdigit())
        said += ("; " if apart else " ") * bool(said) + line
    return said


@lru_cache(maxsize=4096)
def _squeezed_label(label: str) -> str:
    """The same labels come back with every record of a register."""
    return squeeze(label)


OPENING = frozenset("€$£„“«(")
"""Marks with which a wrapped line may begin: no bullet, no rule of a table."""


def unwrap(paragraph: str) -> str:
    """Turn the line breaks of a hand-wrapped paragraph into spaces; the length stays the same.

    A break is a wrap when the next line's first word would not have fitted on its line.
    """
    lines = paragraph.split("\n")
    width = max(map(len, lines))
    if not SHORTEST_WRAPPED_LINE <= width <= LONGEST_WRAPPED_LINE:
        return paragraph
    # Among labelled lines one that begins with a capital is a line of its own, however long the one before.
    labelled = sum(LABELLED.match(line) is not None for line in lines) > 1
    joined = lines[0]
    for line, following in pairwise(lines):
        first = following.split(" ", 1)[0]
        wrapped = (
            len(line) + 1 + len(first) > width
            and (first[:1].isalnum() or first[:1] in OPENING)
            and not ((labelled or LABELLED.match(following)) and first[0].isupper())
        )
        joined += (" " if wrapped else "\n") + following
    return joined

"""Lines in reading order into headings, paragraphs, list items and rows, page by page.

What a heading is, and how far apart the lines of a paragraph stand, is learned from the document. Knows nothing of
pdfium or of how columns are found.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from corpus.readers.draft import LABELLED, DraftBuilder
from corpus.readers.pdf_hyphens import Hyphens
from corpus.readers.pdf_lines import LARGER, MARKER, Line, Run

DEEPEST_LEVEL = 6
BOLD_LINE_LEVEL = 7
LONGEST_HEADING = 200
"""Characters; a longer run of large or bold type is a lead-in."""
LONGEST_SENTENCE_HEADING = 100
"""Characters of a heading that ends in a full stop."""
OTHER_SIZE = 1.1
"""Lines whose sizes differ by more are not of one paragraph."""
WIDER = 1.25
"""Of the usual distance between lines: from here on there is white between."""
HEADING_PITCH_EMS = 1.7
FEWEST_PITCHES = 3
USUAL_PITCH_EMS = 1.3
"""Taken where no distance between lines occurs FEWEST_PITCHES times."""
INDENT_EMS = 0.8
SPACE_EMS = 0.3
LEEWAY_EMS = 2.0
"""What a line may lack at its end before a following small letter no longer counts as its continuation."""
BULLET = re.compile(r"[•‣◦▪▫●○■□◆◇➢➤✓✔\ue000-\uf8ff]\s+(?=\S)")
LONGEST_BLOCK = 20_000
"""Characters; no paragraph is longer, and what never ends is cut here."""
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
SENTENCE_END_LENGTH = 5
"""Characters at the end of a block that are looked at, which may be long."""
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document: the size of its text, whether that is bold, and its headings' sizes by rank."""

    size: float
    bold: bool
    pitch_ems: float
    heading_sizes: tuple[float, ...]

    def level_of(self, run: Run) -> int:
        """1 to 6 for a heading's line, 7 for one of bold text, 0 for text."""
        if not re.search(r"[^\W\d_]{2}", run.text):
            return 0
        if run.size > LARGER * self.size:
            rank = sum(size > run.size + 0.25 for size in self.heading_sizes) + 1
            return min(rank, DEEPEST_LEVEL)
        return BOLD_LINE_LEVEL if run.bold and not self.bold else 0


def learn_style(pages: Iterable[Sequence[Line]]) -> Style:
    """Sizes and distances of the document's lines."""
    sizes: Counter[float] = Counter()
    bold: Counter[float] = Counter()
    pitches: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            size = round(line.run.size * 4) / 4
            sizes[size] += len(line.run.text)
            bold[size] += len(line.run.text) if line.run.bold else 0
        for above, below in pairwise(lines):
            if above.left == below.left and above.run.size == below.run.size and not (above.cells or below.cells):
                pitches[round((above.run.y - below.run.y) / below.run.size, 1)] += 1
    size = max(sizes, key=lambda size: sizes[size], default=1.0)
    often = [pitch for pitch, times in pitches.items() if times >= FEWEST_PITCHES and 0.9 <= pitch <= 2.2]
    usual = max(often, key=lambda pitch: (pitches[pitch], -pitch), default=USUAL_PITCH_EMS)
    larger = tuple(sorted((s for s in sizes if s > LARGER * size), reverse=True))
    return Style(size, 2 * bold[size] > sizes[size], usual, larger)


@dataclass(slots=True)
class _Open:
    """The block under way."""

    kind: str
    level: int
    text: str
    first: Run
    last: Line
    tight: bool
    pages: int = 0
    """Pages that have begun since."""


@dataclass(slots=True)
class Writer:
    """Takes the lines of a document in order and fills a builder with its blocks."""

    builder: DraftBuilder
    style: Style
    hyphens: Hyphens
    _open: _Open | None = None
    _head: tuple[str, ...] = field(default=())
    """The first row of the table that the page before ended with."""
    _columns: int = 0

    def page(self, lines: Sequence[Line], aside: Iterable[str] = ()) -> None:
        """Begin a page and add its lines."""
        first = next(iter(lines), None)
        over = self._open is not None and first is not None and self._goes_over(self._open, first)
        if self._open and first and over:
            self._open.pages += 1
            self._extend(self._open, first)
        else:
            self.close()
            self.builder.start_page()
        goes_on = bool(first and first.cells and len(first.cells) == self._columns)
        for index, line in enumerate(lines[over:]):
            if line.cells and not (line.alone and self.style.level_of(line.run)):
                self._row(line, goes_on and not index)
            else:
                self._columns = 0
                self._line(line)
        for text in aside:
            self.close()
            self.builder.add(text, "paragraph")

    def close(self) -> None:
        """End the block under way."""
        block, self._open = self._open, None
        if block is None:
            return
        kind, level, text = block.kind, block.level, PRIVATE.sub("", block.text).strip()
        if kind == "heading" and len(text) > (LONGEST_SENTENCE_HEADING if text.endswith(".") else LONGEST_HEADING):
            kind, level = "paragraph", 0
        self.builder.add(text, kind, level, tight=block.tight)
        for _ in range(block.pages):
            self.builder.start_page()

    def _row(self, line: Line, goes_on: bool) -> None:
        self.close()
        if line.starts and not goes_on:
            self._head = line.cells
        elif goes_on and line.cells == self._head:
            return  # the head of a table, said again on its next page
        self._columns = len(line.cells)
        cells = [reduce(self.hyphens.join, PRIVATE.sub("", cell).split("\n")) for cell in line.cells]
        self.builder.add_row(cells, first=line.starts and not goes_on)

    def _line(self, line: Line) -> None:
        if self._open and self._continues(self._open, line):
            self._extend(self._open, line)
            return
        before = self._open
        self.close()
        level = self.style.level_of(line.run)
        kind = "heading" if level else "item" if _is_item(line.run.text) else "paragraph"
        text = BULLET.sub("", line.run.text, count=1) if kind == "item" else line.run.text
        tight = before is not None and before.kind == kind == "paragraph" and self._is_below(before.last, line)
        self._open = _Open(kind, level, text, line.run, line, tight)

    def _extend(self, block: _Open, line: Line) -> None:
        block.text = self.hyphens.join(block.text, line.run.text)
        block.last = line

    def _is_below(self, above: Line, line: Line) -> bool:
        """Whether a line stands in the same column right below another, without white between."""
        pitch = above.run.y - line.run.y
        usual = self.style.pitch_ems * max(line.run.size, above.run.size)
        return above.left == line.left and 0 < pitch <= WIDER * usual

    def _continues(self, block: _Open, line: Line) -> bool:
        last, run = block.last.run, line.run
        if max(last.size, run.size) > OTHER_SIZE * min(last.size, run.size):
            return False
        if BULLET.match(run.text) or len(block.text) > LONGEST_BLOCK:
            return False
        level = self.style.level_of(run)
        same_make = last.size == run.size and last.bold == run.bold
        if block.kind == "heading" and (level == block.level or (not level and same_make)):
            return self._heading_goes_on(block, line)
        full = not _fits(block.last, run)
        below = self._is_below(block.last, line)
        goes_on = run.text[0].islower() and not _ends(block.text)
        if block.kind == "heading":
            if block.level == BOLD_LINE_LEVEL and full and below and goes_on:
                block.kind, block.level = "paragraph", 0  # it was the bold beginning of a paragraph
                return True
            return False
        if level and not (below and full and not _ends(block.text)):
            return False
        if not below:
            return block.last.left != line.left and self._goes_over(block, line)
        return self._wraps(block, line, full, goes_on)

    def _wraps(self, block: _Open, line: Line, full: bool, goes_on: bool) -> bool:
        """Whether a line right below is the rest of the one above."""
        run, last = line.run, block.last.run
        if full and block.text.endswith(("|", "-")):
            return True
        if LABELLED.match(run.text) and run.text[0].isupper():
            return False
        if _is_item(run.text) and (block.kind == "item" or not full or _ends(block.text)):
            return False
        indent = run.x0 - last.x0
        if block.kind == "paragraph" and indent > INDENT_EMS * run.size and not goes_on:
            return False
        if block.kind == "item" and abs(run.x0 - block.first.x0) < SPACE_EMS * run.size and _ends(block.text):
            return False
        return full or (goes_on and (_lack(block.last, run) < LEEWAY_EMS * run.size or not LABELLED.match(run.text)))

    def _heading_goes_on(self, block: _Open, line: Line) -> bool:
        last, run = block.last.run, line.run
        if not 0 < last.y - run.y <= HEADING_PITCH_EMS * run.size or block.last.left != line.left:
            return False
        is_centred = abs(last.x0 + last.x1 - run.x0 - run.x1) < run.size and abs(last.x0 - run.x0) > 1
        return is_centred or not _fits(block.last, run) or block.level != BOLD_LINE_LEVEL

    def _goes_over(self, block: _Open, line: Line) -> bool:
        """Whether a block goes on in the next column or on the next page."""
        if block.kind == "heading" or line.cells or self.style.level_of(line.run) or len(block.text) > LONGEST_BLOCK:
            return False
        last = block.last.run
        if max(last.size, line.run.size) > OTHER_SIZE * min(last.size, line.run.size) or BULLET.match(line.run.text):
            return False
        return block.text.endswith("-") or (line.run.text[0].islower() and not _ends(block.text))


def _is_item(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and MARKER.fullmatch(first) is not None


def _ends(text: str) -> bool:
    return SENTENCE_END.search(text[-SENTENCE_END_LENGTH:]) is not None


def _lack(above: Line, run: Run) -> float:
    """Points that the line above would have to spare had it taken the first word of the next one."""
    return above.right - above.run.x1 - SPACE_EMS * run.size - run.first


def _fits(above: Line, run: Run) -> bool:
    """Whether the first word of a line would have fitted on the line above, so that the break was meant."""
    return _lack(above, run) > SPACE_EMS * run.size

"""Words with places into rows of runs: a run is what stands on one line without a wide gap.

Knows neither columns nor tables; what a wide gap means is decided in `corpus.readers.pdf_columns`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.readers.pdf_words import SUPERSCRIPTS, Word

WIDE_GAP_EMS = 0.8
"""A space is 0.25 em, seldom stretched beyond 0.7 in a justified line; the cells of tables that word processors make by
themselves are 0.9 em apart, and gutters 1 em and more."""
SAME_ROW_EMS = 0.6
"""Of the smaller font: lines of columns that do not stand level are of one row when their feet are closer than this;
the lines of one column are 1.1 to 1.5 em apart."""
RAISED_EMS = 0.45
"""Of the larger font: how far the mark of a footnote is raised at most."""
OVERPRINT = 0.7
"""Share of a word that lies on the same word before it when it is drawn twice for boldness or a shadow."""
TOUCHING_EMS = 0.08
"""Two words closer than this are one word that was drawn in two pieces."""
MOSTLY_BOLD = 10
"""A line is bold when at most one in so many of its characters is not: a full stop, a mark."""
LONGEST_MARKER_GAP_EMS = 4.0
LARGER = 1.12
"""Of the text's size: what a heading has at least; smaller steps set off quotations and lead-ins."""
MARKER = re.compile(r"[•‣◦▪▫●○■□◆◇➢➤✓✔–—*·\uf000-\uf0ff-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]")
"""What stands before a list item."""
LEADER = re.compile(r"[.·_…]+")
FEWEST_DOTS = 4
"""Dots in a row that lead from a title to its page in a list of contents."""
LED = " …"
"""What stands at the end of a run that dots lead away from."""


class Run(NamedTuple):
    """Words without a wide gap between; `first` is the width of its first word, `y` the line it stands on."""

    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    first: float
    text: str


Row = tuple[Run, ...]
"""Runs that stand level, from left to right."""


class Line(NamedTuple):
    """A line of text, or with `cells` a row of a table. `left` and `right` are the bounds of its column."""

    run: Run
    left: float
    right: float
    cells: tuple[str, ...] = ()
    """A line break in a cell stands where the cell was wrapped."""
    starts: bool = False
    """Whether it is the first row of a table."""
    alone: bool = False
    """Whether its cells are all there is of a table: a label and its value, or two parts of a heading."""


def rows_of(words: Sequence[Word]) -> list[Row]:
    """All words of a page in rows, from the top down."""
    return [row for level in _levels(words) if (row := tuple(_runs(level)))]


def _levels(words: Sequence[Word]) -> Iterator[list[Word]]:
    level: list[Word] = []
    for word in sorted(words, key=lambda word: -word.y):
        if level and level[0].y - word.y > _reach(word.size, level[0].size):
            yield level
            level = []
        level.append(word)
    if level:
        yield level


def _reach(size: float, other: float) -> float:
    small, large = (size, other) if size < other else (other, size)
    return max(SAME_ROW_EMS * small, min(RAISED_EMS * large, small))


def _runs(level: Iterable[Word]) -> Iterator[Run]:
    run: list[Word] = []
    for word, is_led in _without_leaders(sorted(level)):
        if run and _is_overprint(run[-1], word):
            continue
        if run and is_led:
            last = run_of(run)
            yield last._replace(text=last.text.rstrip(" .·_…") + LED)
            run = [word]
            continue
        if run and _is_apart(run, word):
            yield run_of(run)
            run = []
        run.append(word)
    if run:
        yield run_of(run)


def _without_leaders(level: Sequence[Word]) -> Iterator[tuple[Word, bool]]:
    """The words of a row without rows of dots; whether dots stood before each."""
    dots: list[Word] = []
    for word in level:
        if LEADER.fullmatch(word.text):
            dots.append(word)
            continue
        is_led = sum(len(dot.text) for dot in dots) >= FEWEST_DOTS
        if not is_led:
            yield from ((dot, False) for dot in dots)
        dots = []
        yield word, is_led
    yield from ((dot, False) for dot in dots)


def _is_overprint(before: Word, word: Word) -> bool:
    return word.text == before.text and before.x1 - word.x0 > OVERPRINT * (word.x1 - word.x0)


def _is_apart(run: Sequence[Word], word: Word) -> bool:
    gap = word.x0 - run[-1].x1
    size = max(run[-1].size, word.size)
    if gap < WIDE_GAP_EMS * size:
        return False
    is_marker = len(run) == 1 and MARKER.fullmatch(run[0].text) is not None
    return not is_marker or gap > LONGEST_MARKER_GAP_EMS * size


def run_of(words: Sequence[Word]) -> Run:
    """One run of words in order; size and weight are those of most of its characters."""
    first = last = words[0]
    parts = [first.text]
    right = first.x1
    sizes = {first.size: len(first.text)}
    plain = 0 if first.bold else len(first.text)
    for word in words[1:]:
        is_mark = word.size < 0.8 * last.size and word.y > last.y + 0.1 * last.size and word.text.isdecimal()
        # Two drawn pieces of one word touch.
        parts.append("" if is_mark or word.x0 - right < TOUCHING_EMS * word.size else " ")
        parts.append(word.text.translate(SUPERSCRIPTS) if is_mark else word.text)
        right = max(right, word.x1)
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        plain += 0 if word.bold else len(word.text)
        last = last if is_mark else word
    text = "".join(parts)
    size = max(sizes, key=lambda size: sizes[size]) if len(sizes) > 1 else first.size
    return Run(first.x0, right, first.y, size, MOSTLY_BOLD * plain <= len(text), first.x1 - first.x0, text)


def joined(runs: Sequence[Run]) -> Run:
    """Several runs of one line as one run."""
    if len(runs) == 1:
        return runs[0]
    longest = max(runs, key=lambda run: len(run.text))
    text = " ".join(run.text for run in runs)
    bold = all(run.bold for run in runs)
    return Run(runs[0].x0, max(r.x1 for r in runs), runs[0].y, longest.size, bold, runs[0].first, text)

"""Rows of runs into lines in reading order: one column after the other, a table row by row.

Neighbouring rows with a strip of white running down between their runs are a band. A band is columns where what stands
on either side runs on from line to line as prose does, and a table where it does not, or where lines are drawn across
the strip. Knows nothing of headings or paragraphs.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from corpus.readers.draft import LABELLED
from corpus.readers.pdf_lines import LARGER, MARKER, Line, Row, Run
from corpus.readers.pdf_tables import BORDER_EMS, lone, rules_between, table, table_end
from corpus.readers.pdf_words import Rule

GUTTER_EMS = 0.7
"""Narrowest strip of white between columns; the narrowest of newspapers are 1 em."""
MOST_GUTTERS = 60
MOST_BAND_ROWS = 500
"""A page of print has 60 to 150."""
DEEPEST = 3
"""Columns within columns; a page of more is a form, and read line by line."""
RUNS_ON = 0.4
"""Share of a column's lines that continue the one before or are labelled or listed; 0.6 to 0.9 in prose, 0 to 0.2 in
columns of names and figures."""
CARELESS = 0.6
"""Share of the lines of a box beside prose that stand level with the middle of a sentence; in a table the cells of a
row start level."""
MOST_CELL_LINES = 5
"""Lines that the rows of a table without lines drawn between them have on average at most."""
LEVEL_EMS = 0.05
ALL_LEVEL = 0.9
TIGHT_EMS = 1.8
"""Distance between lines from which on there is white between whatever the document's own distance is."""
NEAR_EMS = 2.0
FEWEST_SETTLED = 4
"""Lines of a text of which half end within NEAR_EMS of the furthest; they show where it is bound."""
LOOSE = 1.3
"""Rows that stand this many times further apart than the closest ones begin something."""
HUGE_GAP_EMS = 8.0
"""White above a row that ends a band whatever stands below."""

Strip = tuple[float, float]


def arrange(rows: Sequence[Row], rules: Sequence[Rule], measure: float = 0.0, depth: int = 0) -> list[Line]:
    """All rows of a page, from the top down, as lines in reading order.

    `rules` are in order of height; `measure` is where the lines of the text end at the right, 0 if not known.
    """
    left = min((row[0].x0 for row in rows), default=0.0)
    right = max(max((row[-1].x1 for row in rows), default=0.0), measure)
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        end, strips = _band(rows, at)
        if end - at > 1 and depth < DEEPEST and _are_columns(rows[at:end], strips, rules):
            end = _before_common_heading(rows, at, end)
            start = _above(rows, at, strips, bool(lines))
            del lines[len(lines) - (at - start) :]
            for column in _split(rows[start:end], strips):
                # In a box of short lines no line is short because the next word did not fit.
                lines += arrange(column, rules, 0.0 if _runs_on(column) else math.inf, depth + 1)
            at = end
        elif strips:
            end = table_end(rows, at, end, rules)
            lines += table(rows[at:end], rules, left, right)
            at = end
        else:
            lines.append(lone(rows[at], left, right))
            at += 1
    return list(_settled(lines)) if not depth else lines


def _settled(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with a nearer right bound where a text is narrower than its column, as beside a picture."""
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _is_next(lines[end - 1], lines[end]):
            end += 1
        group = lines[at:end]
        ends = [line.run.x1 for line in group]
        bound = max(ends)
        near = sum(bound - end_of_line < NEAR_EMS * group[0].run.size for end_of_line in ends)
        narrow = len(group) >= FEWEST_SETTLED and 2 * near >= len(group) and _runs_on([(line.run,) for line in group])
        yield from (line._replace(right=bound) for line in group) if narrow else group
        at = end


def _is_next(above: Line, line: Line) -> bool:
    pitch = above.run.y - line.run.y
    same = above.left == line.left and above.run.size == line.run.size and not above.cells and not line.cells
    return same and 0 < pitch < TIGHT_EMS * line.run.size


def _band(rows: Sequence[Row], at: int) -> tuple[int, list[Strip]]:
    """The end of the band that begins at row `at`, and the strips of white that run through all of it."""
    strips = [(one.x1, other.x0) for one, other in pairwise(rows[at])]
    strips = sorted(strips, key=lambda strip: strip[0] - strip[1])[:MOST_GUTTERS]
    end = at + 1
    while strips and end < min(len(rows), at + MOST_BAND_ROWS):
        if rows[end - 1][0].y - rows[end][0].y > HUGE_GAP_EMS * rows[end][0].size:
            break
        narrower = [piece for strip in strips for piece in _free(strip, rows[end])][:MOST_GUTTERS]
        if not narrower:
            break
        strips, end = narrower, end + 1
    return end, sorted(strips)


def _free(strip: Strip, row: Row) -> Iterator[Strip]:
    """The parts of a strip that a row leaves white and that are still wide enough."""
    left, right = strip
    narrowest = GUTTER_EMS * row[0].size
    for run in row:
        if run.x1 <= left or run.x0 >= right:
            continue
        if run.x0 - left >= narrowest:
            yield left, run.x0
        left = max(left, run.x1)
    if right - left >= narrowest:
        yield left, right


def _above(rows: Sequence[Row], at: int, strips: Sequence[Strip], has_lines: bool) -> int:
    """Where the right columns begin, if higher than the left ones: the rows above row `at` that are theirs alone."""
    start = at
    while has_lines and start and len(rows[start - 1]) == 1 and rows[start - 1][0].x0 >= strips[0][1]:
        if rows[start - 1][0].y - rows[start][0].y > TIGHT_EMS * rows[start][0].size:
            break
        start -= 1
    return start


def _split(rows: Sequence[Row], strips: Sequence[Strip]) -> list[list[Row]]:
    """The rows of each column."""
    columns: list[list[Row]] = [[] for _ in range(len(strips) + 1)]
    for row in rows:
        parts: list[list[Run]] = [[] for _ in columns]
        for run in row:
            parts[sum(run.x0 >= right for _, right in strips)].append(run)
        for column, part in zip(columns, parts, strict=True):
            if part:
                column.append(tuple(part))
    return [column for column in columns if column]


def _are_columns(band: Sequence[Row], strips: Sequence[Strip], rules: Sequence[Rule]) -> bool:
    if _is_drawn(band, strips, rules) or _starts_together(band):
        return False
    columns = _split(band, strips)
    prose = [column for column in columns if len(column) > 2 and _runs_on(column)]
    return len(columns) > 1 and all(column in prose or _stands_beside(column, prose, band) for column in columns)


def _stands_beside(column: Sequence[Row], prose: Sequence[Sequence[Row]], band: Sequence[Row]) -> bool:
    """Whether a column that is no prose is a box beside prose: its lines take no heed of where a sentence starts."""
    own = {run for row in column for run in row}
    level = sum(len(row) > 1 and abs(row[0].y - row[-1].y) < LEVEL_EMS * row[0].size for row in band)
    if level >= ALL_LEVEL * len(band):
        return False  # a line on the left for each on the right: a list of terms
    others = {run for one in prose for row in one for run in row}
    if not others or (len(column) <= 2 and _runs_on(column)):
        return bool(others)
    beside = [[run.text for run in row if run in others] for row in band if own.intersection(row)]
    careless = sum(not texts or any(text[0].islower() for text in texts) for texts in beside)
    return careless > CARELESS * len(beside)


def _before_common_heading(rows: Sequence[Row], at: int, end: int) -> int:
    """Where the columns that begin at row `at` end: before a larger line with white above and columns below it."""
    usual = median(above[0].y - below[0].y for above, below in pairwise(rows[at:end]))
    size = median(run.size for row in rows[at:end] for run in row)
    for index in range(at + 2, end - 1):
        row = rows[index]
        is_heading = len(row) == 1 and (row[0].size > LARGER * size or row[0].bold)
        if is_heading and rows[index - 1][0].y - row[0].y > LOOSE * usual and any(len(r) > 1 for r in rows[index:end]):
            return index
    return end


def _is_drawn(band: Sequence[Row], strips: Sequence[Strip], rules: Sequence[Rule]) -> bool:
    """Whether the lines of a table are drawn across a strip: two inside, or one inside and those around it."""
    top, bottom, size = band[0][0].y, band[-1][0].y, band[0][0].size
    near = rules_between(rules, bottom - BORDER_EMS * size, top + BORDER_EMS * size)
    heights = set()
    for left, right in strips:
        heights |= {round(rule.y) for rule in near if rule.x0 <= left and rule.x1 >= right}
        # Borders may be drawn cell by cell.
        ends = {round(rule.y) for rule in near if left <= rule.x1 <= right}
        heights |= ends & {round(rule.y) for rule in near if left <= rule.x0 <= right}
    inside = sum(bottom < height < top for height in heights)
    return inside > 1 or (inside == 1 and len(heights) > 2)


def _starts_together(band: Sequence[Row]) -> bool:
    """Whether all columns again and again begin something at one height below wider white, as a table's rows do.

    Where a heading stands above or below the white, or labels below, it is two stories that are built alike.
    """
    pairs = [(above[0].y - below[0].y, above, below) for above, below in pairwise(band)]
    usual, full = median(pitch for pitch, _, _ in pairs), max(map(len, band))
    starts = sum(
        pitch > LOOSE * usual and len(below) == full and _make(above) == _make(below) and not _labelled(below)
        for pitch, above, below in pairs
    )
    return starts > 1 and (starts + 1) * MOST_CELL_LINES > len(band)


def _labelled(row: Row) -> bool:
    return all(LABELLED.match(run.text) for run in row)


def _make(row: Row) -> set[tuple[float, bool]]:
    return {(round(run.size, 1), run.bold) for run in row}


def _runs_on(column: Sequence[Row]) -> bool:
    """Whether the lines of a column read as text: most continue what the line before began."""
    texts = [row[0].text for row in column]
    if len(texts) == 1:
        return len(texts[0].split()) > 3
    going_on = sum(
        text[0].islower() or before.endswith(("-", ",")) or bool(LABELLED.match(text)) or bool(_marked(text))
        for before, text in pairwise(texts)
    )
    return going_on >= RUNS_ON * (len(texts) - 1) and median(len(text.split()) for text in texts) > 2


def _marked(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and MARKER.fullmatch(first) is not None

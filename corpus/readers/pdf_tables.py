"""Rows of runs as rows of a table: which cell is of which column, and which line is the rest of a wrapped cell.

Which rows are a table is decided in `corpus.readers.pdf_columns`.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from corpus.readers.pdf_lines import LED, Line, Row, Run, joined
from corpus.readers.pdf_words import Rule

LONE_GAP_EMS = 1.5
"""Gap that makes two cells of a line with no like neighbour."""
MOST_LONE_WORDS = 8
"""Words of the first cell of such a line."""
UNEVEN = 1.15
"""Distances between a table's lines differ by more where they show which line is a row and which the rest of a cell;
word processors put 5 points or more between rows."""
SAME_PITCH = 1.08
INDENT_EMS = 2.0
"""How far from the table's left side a line begins that is not of its first column."""
RULED = 0.4
"""Lines drawn for each row that looks like one: no cell empty, none going on in small letters."""
BORDER_EMS = 2.0
"""How far a table's outer line is from the feet of its first and last row."""
WRAPPED_EMS = 1.6
"""Furthest that a line of a wrapped cell stands below the one before."""


def table_end(rows: Sequence[Row], at: int, end: int, rules: Sequence[Rule]) -> int:
    """Where the table that begins at row `at` ends: before a line of its own that is no rest of a wrapped cell."""
    furthest = max(row[-1].x0 for row in rows[at:end])
    floor = rows[end - 1][0].y - BORDER_EMS * rows[end - 1][0].size
    closest = _closest(rows[at:end])
    for index in range(at + 1, end):
        above, row = rows[index - 1], rows[index]
        if len(row) > 1 or _continues(above, row, closest, rows[at][0].x0):
            continue
        below = rules_between(rules, floor, row[0].y)
        if _is_rule_between(above, row, rules) or not any(rule.x1 >= furthest for rule in below):
            return index
    return end


def _closest(rows: Sequence[Row]) -> tuple[float, float]:
    """The smallest and the largest distance between neighbouring rows."""
    pitches = [above[0].y - below[0].y for above, below in pairwise(rows)]
    return (min(pitches), max(pitches)) if pitches else (0.0, 0.0)


def _continues(above: Row, row: Row, closest: tuple[float, float], left: float) -> bool:
    """Whether a row is the rest of the cells above: close below them, some cell empty, none of another make."""
    nearest, furthest = closest
    pitch = above[0].y - row[0].y
    over = min(above, key=lambda run: abs(run.x0 - row[0].x0))  # a label may be bold and its value not
    if pitch > WRAPPED_EMS * row[0].size or row[0].bold != over.bold or abs(row[0].size - over.size) > 1:
        return False
    uneven = furthest > UNEVEN * nearest
    if uneven and pitch > SAME_PITCH * nearest:
        return False
    return uneven or row[0].x0 - left > INDENT_EMS * row[0].size


def table(rows: Sequence[Row], rules: Sequence[Rule], left: float, right: float) -> Iterator[Line]:
    """The rows of a table, wrapped cells put together; a single row may turn out to be a line with a wide space."""
    if len(rows) == 1:
        yield lone(rows[0], left, right)
        return
    bounds = _bounds(rows)
    filled = [_cells(row, bounds) for row in rows]
    closest = _closest(rows)
    ruled = _is_ruled(rows, filled, rules)
    several = sum(above[0].y - below[0].y > UNEVEN * closest[0] for above, below in pairwise(rows)) > 1
    cells: list[list[str]] = []
    heads: list[Run] = []
    for index, (row, new) in enumerate(zip(rows, filled, strict=True)):
        is_rest = index > 0 and (not all(new) or any(cell[:1].islower() for cell in new))
        if is_rest and ruled:
            is_rest = not _is_rule_between(rows[index - 1], row, rules)
        elif is_rest:
            is_rest = _continues(rows[index - 1], row, closest, rows[0][0].x0)
            is_rest = is_rest and (not all(new) or (several and new[0][0].islower() and not cells[-1][0][:1].islower()))
        if is_rest:
            cells[-1] = [f"{above}\n{below}".strip() for above, below in zip(cells[-1], new, strict=True)]
        else:
            cells.append(new)
            heads.append(joined(row))
    for index, (head, row_cells) in enumerate(zip(heads, cells, strict=True)):
        yield Line(head, left, right, tuple(row_cells), starts=not index)


def _bounds(rows: Sequence[Row]) -> list[float]:
    """Where the columns of a table are divided, learned from the rows with the usual number of cells."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    usual = max(counts, key=lambda count: (counts[count], count))
    full = [row for row in rows if len(row) == usual]
    bounds = []
    for index in range(usual - 1):
        end = max(row[index].x1 for row in full)
        start = min(row[index + 1].x0 for row in full)
        if start <= end:  # some cells are set flush left and some flush right
            end, start = median(row[index].x1 for row in full), median(row[index + 1].x0 for row in full)
        bounds.append((end + start) / 2)
    return bounds


def _cells(row: Row, bounds: Sequence[float]) -> list[str]:
    cells: list[list[str]] = [[] for _ in range(len(bounds) + 1)]
    for run in row:
        middle = (run.x0 + run.x1) / 2
        cells[sum(middle > bound for bound in bounds)].append(run.text.removesuffix(LED))
    return [" ".join(cell) for cell in cells]


def _is_ruled(rows: Sequence[Row], filled: Sequence[Sequence[str]], rules: Sequence[Rule]) -> bool:
    """Whether lines are drawn between the rows of a table, and not only below its head and above its sum."""
    drawn = sum(_is_rule_between(above, below, rules) for above, below in pairwise(rows))
    full = sum(all(cells) and not any(cell[0].islower() for cell in cells) for cells in filled[1:])
    top, bottom, reach = rows[0][0].y, rows[-1][0].y, BORDER_EMS * rows[0][0].size
    bordered = bool(rules_between(rules, top, top + reach) and rules_between(rules, bottom - reach, bottom))
    return drawn >= RULED * full and (drawn > 1 or (drawn == 1 and bordered))


def _is_rule_between(above: Row, below: Row, rules: Sequence[Rule]) -> bool:
    left, right = min(above[0].x0, below[0].x0), max(above[-1].x0, below[-1].x0)
    between = rules_between(rules, below[0].y, above[0].y)
    return any(rule.x0 <= left for rule in between) and any(rule.x1 >= right for rule in between)


def rules_between(rules: Sequence[Rule], bottom: float, top: float) -> Sequence[Rule]:
    """Those of `rules`, which are in order of height, that lie between two heights."""
    return rules[bisect_right(rules, bottom, key=_height) : bisect_left(rules, top, key=_height)]


def _height(rule: Rule) -> float:
    return rule.y


def lone(row: Row, left: float, right: float) -> Line:
    """A line with no like neighbour: a label and its value where they stand far apart, else text."""
    whole = joined(row)
    if len(row) == 1:
        return Line(whole, left, right)
    cells = tuple(run.text.removesuffix(LED) for run in row)
    if any(run.text.endswith(LED) for run in row):
        return Line(whole, left, right, cells)
    gaps = [(other.x0 - one.x1) / max(one.size, other.size) for one, other in pairwise(row)]
    head = cells[0]
    is_label = not head[0].islower() and not head.endswith(("-", ",")) and len(head.split()) <= MOST_LONE_WORDS
    if is_label and min(gaps) >= LONE_GAP_EMS:
        return Line(whole, left, right, cells, alone=True)
    return Line(whole, left, right)

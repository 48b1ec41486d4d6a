"""What stands at the top or the foot of nearly every page, told apart from what is said there.

A row is furniture when the same words, or the same but for the number of the page, stand at the edge of most pages,
with white between them and the text. Knows nothing of what the rows say.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from corpus.readers.pdf_lines import LARGER, Row

EDGE_ROWS = 3
"""Rows at either edge of a page that may be furniture."""
MOST_PAGES = 0.6
"""Share of the pages, or of those with odd or with even numbers, on which a row has to stand; covers and the first
pages of chapters go without."""
FEWEST_PAGES = 2
WHITE_EMS = 1.15
"""White between such a row and the text; between the lines of a text there is 0.4 to 0.9 em."""
CAPITAL_EMS = 0.75
"""Height of a line's letters above their feet."""
WIDER = 1.2
"""How many times that distance exceeds the one between the rows that follow, where the row has several cells."""
MOST_DIGITS = 6
NUMBER = re.compile(rf"(?<!\d)\d{{1,{MOST_DIGITS}}}(?!\d)")


def without_furniture(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The rows of each page but for those that repeat at its edges."""
    keys = [_edge_keys(rows, number) for number, rows in enumerate(pages)]
    repeated = _repeated(keys)
    if not repeated:
        return [list(rows) for rows in pages]
    kept = []
    for rows, page_keys in zip(pages, keys, strict=True):
        is_repeated = {index for index, names in page_keys.items() if repeated.intersection(names)}
        top = _depth(rows, range(len(rows)), is_repeated)
        foot = _depth(rows, range(len(rows) - 1, -1, -1), is_repeated)
        kept.append(list(rows[top : max(top, len(rows) - foot)]))
    return kept


def _edge_keys(rows: Sequence[Row], number: int) -> dict[int, set[str]]:
    edge = {*range(min(EDGE_ROWS, len(rows))), *range(max(0, len(rows) - EDGE_ROWS), len(rows))}
    usual = median(row[0].size for row in rows) if rows else 0.0
    return {index: set(_keys(rows[index], number, usual)) for index in edge}


def _keys(row: Row, number: int, usual: float) -> Iterator[str]:
    """The words themselves and, for each figure among them, the words with its distance to the page's number."""
    text = " ".join(run.text for run in row)
    yield text
    has_letters = re.search(r"[^\W\d_]", text) is not None
    if has_letters and (row[0].bold or row[0].size > LARGER * usual):
        return  # "Project 7" at the head of the seventh page is a title
    if len(row) > 1 and (pages := [run.text for run in row if NUMBER.fullmatch(run.text)]):
        yield from (f"\0{int(page) - number}\0" for page in pages)  # the name of a chapter and the number of the page
    for match in NUMBER.finditer(text):
        yield f"{text[: match.start()]}\0{int(match.group()) - number}\0{text[match.end() :]}"


def _repeated(keys: Sequence[dict[int, set[str]]]) -> set[str]:
    found: set[str] = set()
    for pages in (keys, keys[::2], keys[1::2]):
        said = [set().union(*page.values()) for page in pages if page]
        fewest = max(FEWEST_PAGES + (pages is not keys), MOST_PAGES * len(said))
        times = Counter(key for page in said for key in page)
        found |= {key for key, count in times.items() if count >= fewest}
    return found


def _depth(rows: Sequence[Row], order: range, is_repeated: set[int]) -> int:
    """How many rows from the edge inwards are furniture."""
    depth = 0
    for place, index in enumerate(order[:EDGE_ROWS], 1):
        if index not in is_repeated:
            break
        if place == len(order) or _is_apart(rows, order, place):
            depth = place
    return depth


def _is_apart(rows: Sequence[Row], order: range, place: int) -> bool:
    """Whether white stands between the row at `place - 1` from the edge and the next one inwards."""
    row, inner = rows[order[place - 1]], rows[order[place]]
    pitch = abs(row[0].y - inner[0].y)
    lower = min(row[0], inner[0], key=lambda run: run.y)
    if pitch - CAPITAL_EMS * lower.size < WHITE_EMS * min(row[0].size, inner[0].size):
        return False
    if len(row) > 1 and place + 1 < len(order):
        return pitch > WIDER * abs(inner[0].y - rows[order[place + 1]][0].y)
    return True

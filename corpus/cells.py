"""What the cells of a register's column are: amounts, dates, links or words, and how its numbers and dates are written.

Decides once for a column what would otherwise be asked of each of a million cells. Does not know headers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.currencies import CODES, CURRENCIES
from corpus.dates import goes_on
from corpus.numbers import SCALES
from corpus.words import fold

MOST_SHARE = 0.6
"""Of a column's filled cells that must be dates, numbers or links for the column to be of these."""
LONGEST_SHORT = 60
"""Characters of a date, an amount or a reference."""
MOST_WORDS_OF_A_DATE = 6

_MONEY = re.compile(
    r"(?P<before>[^\W\d]{1,4}\.?|[€$£¥])?\s?(?P<sign>[-+(])?\s?(?P<number>\d(?:[\d.,'’ ]*\d)?)\)?(?:[,.]--?)?\s?"
    r"(?P<behind>[€$£¥]|[^\W\d]{1,5}\.?)?"
)
_THOUSANDTHS = re.compile(r"[^\d.,]*(?:0|\d{4,})[.,]\d{3}[^\d.,]*")
_TIME = r"(?:[ T]\d\d?:.*)?"
_DATE = re.compile(
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)\.?{_TIME}|(?:19|20)\d\d(?:[-./]\d\d?(?:[-./]\d\d?)?)?{_TIME}"
)
_YEAR = re.compile(r"(?:(?<![\d.,])|(?<!\d)\d{1,2}[./]\d{1,2}[./])(?:19|20)\d\d(?!\d|[.,]\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)\b")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class Number(str):
    """A number that its file holds as one, not as text, written plainly: its point is a decimal point."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Values:
    """What the filled cells of a column are like; shares of 1."""

    filled: int
    numbers: float
    dates: float
    links: float
    distinct: float
    mean_length: float
    moneyed: float
    """Share of the cells that are an amount in a currency."""
    counts_rows: bool
    """Whether it is the row's own number, one more in each row."""

    @property
    def is_number(self) -> bool:
        """Whether the column holds amounts or counts."""
        return self.numbers >= MOST_SHARE

    @property
    def is_date(self) -> bool:
        """Whether the column holds dates or periods."""
        return self.dates >= MOST_SHARE


def money_parts(cell: str) -> tuple[str, str] | None:
    """(number, ISO 4217 code or nothing) of a cell that holds an amount and nothing else; the number as written.

    `2010` may be an amount as well as a year; `05.03.2010` is none.
    """
    if cell.isdecimal() and len(cell) <= LONGEST_SHORT:
        return cell, ""
    match = _MONEY.fullmatch(cell) if len(cell) <= LONGEST_SHORT else None
    if match is None or _DATE.fullmatch(cell):
        return None
    before, sign, number, behind = match.group("before", "sign", "number", "behind")
    codes = {currency_code(word) for word in (before, behind) if word}
    if "" in codes or len(codes) > 1:
        return None
    return (f"({number})" if sign == "(" else f"{sign or ''}{number}"), codes.pop() if codes else ""


@lru_cache(maxsize=4096)
def currency_code(words: str) -> str:
    """The ISO 4217 code that a word, a sign or a code means; empty where it means none."""
    words = words.rstrip(".")
    return CURRENCIES.get(words.lower()) or (words if words in CODES else "")


def decimal_mark_of(cells: Sequence[str]) -> str:
    """`.` or `,`, whichever stands before decimals in a column's numbers; empty where they do not tell."""
    votes = votes_for_marks(cells)
    best = max(votes, key=votes.__getitem__)
    return best if votes[best] > 10 * (sum(votes.values()) - votes[best]) else ""


def votes_for_marks(cells: Sequence[str]) -> dict[str, int]:
    """How many numbers written as text show that `.` and that `,` stands before decimals.

    `1.2 million` is written as in a text, and shows nothing of how the column writes its sums.
    """
    votes = {".": 0, ",": 0}
    for cell in cells:
        if isinstance(cell, Number) or not SCALES.keys().isdisjoint(_WORD.findall(fold(cell))):
            continue
        number = re.sub(r"[^\d.,]", "", cell).strip(".,")
        points, commas = number.count("."), number.count(",")
        if points and commas:
            votes["." if number.rfind(".") > number.rfind(",") else ","] += 1
        elif points + commas == 1:
            mark = "." if points else ","
            whole, _, rest = number.partition(mark)
            votes[mark] += len(rest) != 3 or len(whole) > 3 or whole in ("", "0")
        elif points > 1 or commas > 1:
            votes["," if points > 1 else "."] += 1
    return votes


def has_thousandths(cell: str) -> bool:
    """Whether a number written as text has three decimals for sure: `1234.567`, `0.125`."""
    return not isinstance(cell, Number) and _THOUSANDTHS.fullmatch(cell) is not None


def day_first_of(cells: Sequence[str]) -> bool | None:
    """How the `05/04/2021` of a column are read; None where no day above 12 shows it, or both orders stand."""
    pairs = [(int(match[1]), int(match[2])) for cell in cells if (match := _SLASHED.match(cell))]
    first, second = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
    return first if first != second else None


def values_of(cells: Sequence[str]) -> Values:
    """What the filled cells of a column are like."""
    filled = len(cells) or 1
    dates = [is_date(cell) for cell in cells]
    if any(dates):  # of works that go on, the column of ends has no date
        dates = [told or goes_on(cell) for told, cell in zip(dates, cells, strict=True)]
    parts = [money_parts(cell) for cell in cells]
    numbers = [one is not None for one in parts]
    counts = len(cells) > 2 and all(cell.isdecimal() and len(cell) < 9 for cell in cells)
    return Values(
        filled=len(cells),
        numbers=sum(numbers) / filled,
        dates=sum(dates) / filled,
        links=sum(_LINK.match(cell) is not None for cell in cells) / filled,
        distinct=len(set(cells)) / filled,
        moneyed=sum(bool(one and one[1]) for one in parts) / filled,
        mean_length=sum(map(len, cells)) / filled,
        counts_rows=counts and int(cells[0]) < 2 and all(int(b) - int(a) == 1 for a, b in pairwise(cells)),
    )


def is_date(cell: str) -> bool:
    """Whether a cell holds a date or a period and nothing else."""
    if len(cell) > LONGEST_SHORT:
        return False
    if _DATE.fullmatch(cell):
        return True
    return bool(_YEAR.search(cell)) and len(_WORD.findall(cell)) <= MOST_WORDS_OF_A_DATE and money_parts(cell) is None

"""Dates as English and Romanian write them, at their precision: a day, a month, a day or a month of no year.

Does not know numbers; a year that stands alone is one.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from corpus.words import fold
from eval.written.lexemes import DATE, Lexemes, Spot, Written

_IN_FIGURES = re.compile(DATE)
_DAY = re.compile("(0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?")
_YEAR = re.compile("[12][0-9]{3}")
_ALSO_WORDS = frozenset(["may", "mai", "march"])
"""Months that are words too: in lower case they need a year to be months; „mai” does in any."""
_LINKS = frozenset(["-", "to", "until", "till", "and", "si", "la", "pana la", "pana in"])
"""What stands between the ends of a period, of which the first leaves out what the second says."""
_LEAP_YEAR = 2000
"""Any leap year: a day of no year may be 29 February."""


class Part(NamedTuple):
    """What is said of a date, 0 where it is not, and the index behind it."""

    year: int
    month: int
    day: int
    end: int


@cache
def months() -> Mapping[str, int]:
    """Numbers of months by their folded names and abbreviations, without full stops."""
    from babel import Locale

    named = {"sept": 9}
    for locale in ("en", "ro"):
        for width in ("wide", "abbreviated"):
            names = Locale.parse(locale).months["format"][width]
            named |= {fold(name).rstrip("."): number for number, name in names.items()}
    return named


def read_dates(text: Lexemes, index: int) -> list[Spot]:
    """The date that begins at `index`, none or one; or both ends of a period, “September 22–25, 2020”.

    What the first end of a period leaves out is what the second says: „iunie – noiembrie 2014” are two months of 2014.
    """
    if _IN_FIGURES.fullmatch(text.raw[index]):
        return _spots(list(_in_figures(text.raw[index], index + 1)), index)
    part = _part(text, index) or _day(text, index)
    link = _link(text, part.end) if part and not part.year else 0
    if not part or not link:
        return _one(text, index, part)
    following = _part(text, link)
    if following:
        return _one(text, index, _completed(part, following))
    second = _day(text, link)
    by_month = text.at(index) in months() and text.at(part.end) == "-"
    if not second or not part.month or not second.day > part.day > 0 or not (second.year or by_month):
        return _one(text, index, part)
    first, last = part._replace(year=second.year), second._replace(month=part.month)
    return _spots([first], index) + _spots([last], link)


def _one(text: Lexemes, index: int, part: Part | None) -> list[Spot]:
    if not part or not part.month:
        return []
    if not part.day and not part.year:
        return _month_alone(text.folded[index], part, index)
    spots = _spots([part], index)
    if not part.year and text.at(index) in months() and text.at(part.end).isalpha():
        number = {f"={part.day}"}  # „în ianuarie 15 copii” is no day
        return [one._replace(written=Written(one.written.asks, one.written.offers | number)) for one in spots]
    return spots


def _month_alone(word: str, part: Part, index: int) -> list[Spot]:
    """A month that nothing stands beside; its abbreviation is a word like any other."""
    if not _in_full(word):
        return []
    both = frozenset({word, _key(part)})
    return [Spot(index, index + 1, Written(both, both - {_key(part)} if word in _ALSO_WORDS else both))]


def _spots(parts: list[Part], start: int) -> list[Spot]:
    """One spot that means any of these dates; none if none of them exists."""
    real = [part for part in parts if _exists(part)]
    asks = frozenset(_key(part) for part in real)
    offers = frozenset(key for part in real for key in _offers(part))
    return [Spot(start, parts[0].end, Written(asks, offers))] if real else []


def _exists(part: Part) -> bool:
    try:
        date(part.year or _LEAP_YEAR, part.month, part.day or 1)
    except ValueError:
        return False
    return True


def _key(part: Part) -> str:
    """`@2013-11-05`, `@2013-11`, `@--11-05`, `@--11`: ISO 8601, its old form where there is no year."""
    day = f"-{part.day:02}" if part.day else ""
    return f"@{part.year or '-'}-{part.month:02}{day}"


def _offers(part: Part) -> frozenset[str]:
    """What a date is found under: itself, its year, and its month and day of no year; a day not as its month's year.

    A month is accepted because the documents give no day; a day is another statement.
    """
    timeless = part._replace(year=0)
    year = {f"@{part.year}"} if part.year else set()
    return frozenset({_key(part), _key(timeless), _key(timeless._replace(day=0)), *year})


def _in_figures(writing: str, end: int) -> Iterator[Part]:
    """What a date in figures may mean: “5/11/2013” 5 November and 11 May, „05.11.2013” the first alone."""
    first, *rest = re.split(r"\.?-|[./]", writing.split("T")[0])
    if len(first) == 4:
        year, month, day = (int(one) for one in [first, *rest, "0"][:3])
        yield Part(year, month, day, end)
    elif len(rest) == 1:
        yield Part(int(rest[0]), int(first), 0, end)
    elif not rest[0].isdecimal():
        yield Part(int(rest[1]), months().get(fold(rest[0]), 0), int(first), end)
    else:
        yield Part(int(rest[1]), int(rest[0]), int(first), end)
        if "." not in writing:
            yield Part(int(rest[1]), int(first), int(rest[0]), end)


def _part(text: Lexemes, index: int) -> Part | None:
    """A month with what stands beside it: “5th of November, 2013”, “November 5”, “Nov. 2013”, „noiembrie”."""
    if day := _DAY.fullmatch(text.at(index)):
        named = index + 1 + (text.at(index + 1) == "of")
        if text.at(named) not in months():
            return None
        year, end = _year(text, _behind_name(text, named), after_day=True)
        return Part(year, months()[text.at(named)], int(day[1]), end) if year or _is_sure(text, named) else None
    if text.at(index) not in months():
        return None
    month, behind = months()[text.at(index)], _behind_name(text, index)
    year, end = _year(text, behind)
    day = None if year else _DAY.fullmatch(text.at(behind))
    if day:
        year, end = _year(text, behind + 1, after_day=True)
        if year or _is_sure(text, index):
            return Part(year, month, int(day[1]), end)
        return Part(0, month, 0, behind)
    return Part(year, month, 0, end)


def _is_sure(text: Lexemes, index: int) -> bool:
    """Whether the month there is one beside a day, without a year: written in full, and no other word."""
    behind = text.at(index + 1)
    if text.folded[index] == "mai" and behind.isalpha() and behind not in _LINKS:
        return False  # „cele 5 mai importante”
    return _in_full(text.folded[index]) and text.raw[index] not in ("may", "march")


def _in_full(name: str) -> bool:
    """Whether the name of a month is no abbreviation."""
    return len(name) > 4 or name in ("june", "july", "may", "mai")


def _behind_name(text: Lexemes, index: int) -> int:
    """The index behind a month's name and the full stop of its abbreviation."""
    return index + 1 + (not _in_full(text.at(index)) and text.at(index + 1) == ".")


def _year(text: Lexemes, index: int, after_day: bool = False) -> tuple[int, int]:
    """The year at `index`, behind “of”, behind a day also behind a comma, and the index behind it; 0, and `index`."""
    at = index + (text.at(index) == "of" or (after_day and text.at(index) == ","))
    return (int(text.at(at)), at + 1) if _YEAR.fullmatch(text.at(at)) else (0, index)


def _day(text: Lexemes, index: int) -> Part | None:
    """A day whose month stands elsewhere, and the year behind it."""
    day = _DAY.fullmatch(text.at(index))
    year, end = _year(text, index + 1, after_day=True)
    return Part(year, 0, int(day[1]), end) if day else None


def _link(text: Lexemes, index: int) -> int:
    """The index behind what links the ends of a period at `index`; 0 if nothing does."""
    for length in (2, 1):
        if " ".join(text.folded[index : index + length]) in _LINKS:
            return index + length
    return 0


def _completed(part: Part, following: Part) -> Part:
    """The first end of a period with what it leaves out, if what follows can be its other end."""
    if not part.month:
        return following._replace(day=part.day, end=part.end) if part.day < following.day else part
    if bool(part.day) != bool(following.day) or part[1:3] > following[1:3]:
        return part
    return part._replace(year=following.year)

"""How long something lasts as written, in English and Romanian, and when it ends if it begins at a given time."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_YEARS = 99
"""Years; a longer duration is an error of writing."""
_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "one a un o", "two doi doua", "three trei", "four patru", "five cinci", "six sase",
            "seven sapte", "eight opt", "nine noua", "ten zece", "eleven unsprezece", "twelve douasprezece doisprezece",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS |= {"fifteen": 15, "eighteen": 18, "optsprezece": 18, "twenty": 20, "twenty-four": 24, "thirty-six": 36}
_UNITS = {
    name: unit
    for unit, names in (
        ("day", "day days zi zile"),
        ("week", "week weeks saptamana saptamani"),
        ("month", "month months luna luni"),
        ("year", "year years an ani"),
    )
    for name in names.split()
}
_DURATION = re.compile(
    rf"(?<![\w.,/-])(?P<number>[0-9]{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:\s(?:de\s)?|-)"
    rf"(?:calendar\s)?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """So many days, weeks, months or years, where they are written."""

    number: int
    unit: str
    begin: int
    finish: int


def find_durations(folded: str) -> list[Duration]:
    """Every duration in folded text, in order; the articles `a` and `o` count only before a month or a year."""
    return [
        Duration(_number(match["number"]), _UNITS[match["unit"]], *match.span()) for match in _DURATION.finditer(folded)
    ]


def end_after(duration: Duration, year: int, month: int | None, day: int | None) -> tuple[int, int] | None:
    """(year, month) of the last day of what begins then and lasts so long; None where the beginning is too vague."""
    if month is None:
        return None
    if duration.unit in ("day", "week"):
        if day is None:
            return None
        days = duration.number * (7 if duration.unit == "week" else 1)
        last = date(year, month, day) + timedelta(days=max(days, 1) - 1)
        return last.year, last.month
    months = duration.number * (12 if duration.unit == "year" else 1)
    if not 0 < months <= LONGEST_YEARS * 12:
        return None
    # The last month is the one before the first month that is not covered, unless a part of that is covered too.
    index = year * 12 + month - 1 + months - (day is None or day == 1)
    return index // 12, index % 12 + 1


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written]

"""The figures that texts say: numbers, years, dates and currencies. What a plan holds beyond these, nobody has said."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures import figures_of
from assistant.values import bounds_in, currencies_in, limit_in, place_in, times_in

YEAR, MONTH = 4, 7
"""Characters of a year and of a month in ISO 8601."""


@dataclass(frozen=True, slots=True)
class SaidFigures:
    """`moments` are ISO 8601, at the precision said and any coarser one."""

    numbers: frozenset[Decimal]
    moments: frozenset[str]
    currencies: frozenset[str]

    def is_number(self, value: Decimal) -> bool:
        """Whether this number is said, in whatever way it is written."""
        return value in self.numbers

    def is_moment(self, told: str) -> bool:
        """Whether this point in time is said; the first and last days of a year or month are said by it."""
        return told in self.moments or (
            told[YEAR:] in ("-01-01", "-12-31", "-01", "-12") and told[:YEAR] in self.moments
        )


def figures_said(texts: Sequence[str]) -> SaidFigures:
    """The figures of some texts, however they are written; each number in all that it may mean."""
    numbers: set[Decimal] = set()
    moments: set[str] = set()
    currencies: set[str] = set()
    for text in texts:
        told, bounds = figures_of(text), bounds_in(text)
        numbers |= {value for one in told.numbers for value in one.values | one.also}
        numbers |= {value for one in bounds for value in (one.least, one.most) if value is not None}
        numbers |= {Decimal(abs(found[0])) for found in (limit_in(text), place_in(text)) if found}
        currencies |= told.currencies | {code for code, *_ in currencies_in(text)}
        currencies |= {one.currency for one in bounds if one.currency}
        for stamp in (stamp for one in told.dates for stamp in one.stamps):
            moments |= set(_moments(*stamp))
        for one in times_in(text):
            moments |= {end[:length] for end in (one.since, one.until) if end for length in (YEAR, MONTH, len(end))}
    return SaidFigures(frozenset(numbers), frozenset(moments), frozenset(currencies))


def _moments(year: int | None, month: int | None, day: int | None) -> list[str]:
    if year is None:
        return []
    told = [f"{year:04}"]
    if month is not None:
        told.append(f"{year:04}-{month:02}")
        if day is not None:
            told.append(f"{year:04}-{month:02}-{day:02}")
    return told

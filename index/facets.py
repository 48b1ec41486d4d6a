"""What the wanted projects have in common, counted and added up: years, funders, places; and what can be filtered by.

Exact and complete: what could not be counted is counted apart. Currencies are never added together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from index.store import Store
from index.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot: `value` is what the filter is set to, "" where nothing filters so; `label` what is shown.

    `count` is how many records there are, `amount` what their main amounts come to.
    """

    value: str
    label: str
    count: int
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """The plots of the wanted projects, and the filters' options, which are those of the whole store.

    Money is that of the main amount: the first of role budget with a value or, in a record without a budget, grant. A
    part of another amount is not counted again, nor a project that another file describes as well. Currencies are by
    ISO 4217 code, "" where none is told.
    """

    by_year: tuple[Bar, ...]
    """Records whose period touches the year: set `since` and `until` to the bar's value."""
    money_by_year: Mapping[str, tuple[Bar, ...]]
    """By currency: main amounts by the year of the start; those without one are the last bar, of no value."""
    money_by_funder: Mapping[str, tuple[Bar, ...]]
    """By currency, the largest first: set `organisation` to the value and `role` to `funder`.

    What several funders paid is counted under each. The last bar, of no value and no label, is the rest of the funders,
    each project once.
    """
    by_place: tuple[Bar, ...]
    """The most frequent places; set `place`."""
    roles: tuple[str, ...]
    currencies: tuple[str, ...]
    programmes: tuple[str, ...]
    funders: tuple[str, ...]
    """Options, the most frequent first."""
    left_out: Mapping[str, int]
    """How many of the wanted records have no `year`, no usable `amount`, no `place`; of those with an amount, how many
    no year of a `start`, no `funder`, and how many several, which are counted under each: `shared`; and how many are
    counted with another record of the same project: `same`."""


def facets(store: Store, wanted: Wanted) -> Facets:
    """The plots and options of what is wanted; of the whole store they are made once a generation."""
    raise NotImplementedError

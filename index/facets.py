"""What the wanted projects have in common, counted and added up: years, funders, places; and what can be filtered by.

Exact and complete: what could not be counted is counted apart. Currencies are never added together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

import numpy as np

from corpus.places import country_code
from index.ledger import Ledger, Main, Named, Positions
from index.listing_filters import CODE_LETTERS, find, whole_name
from index.store import Store
from index.wanted import Wanted

MOST_FUNDERS, MOST_PLACES = 15, 20
MOST_OPTIONS = 200
DIGITS = 60
"""Digits that sums are exact to: an amount has some twenty, and there are not ten to the power of forty projects."""


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
    """How many of the wanted records have no `year` and no `place`, and how many are other files' records of the `same`
    projects. Of these projects, how many have no usable `amount`; of those that have one, how many no year of a
    `start`, no `funder`, and how many several, each of which they are counted under: `shared`."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What of a project, described in however many files, is added up: its main amount, its start, its funders."""

    main: Main
    year: str
    funders: tuple[int, ...]


def facets(store: Store, wanted: Wanted) -> Facets:
    """The plots and options of what is wanted; of the last things that were wanted they are kept.

    Raises:
        MisuseError: as `list_projects`.
    """
    return store.ledger.once(_facets, replace(wanted, sort="", descending=False))


def _facets(store: Store, wanted: Wanted) -> Facets:
    ledger, found = store.ledger, find(store, wanted)
    counted = list(_counted(ledger, found))
    by_currency = _grouped(counted)
    return Facets(
        by_year=tuple(_years(ledger, found, wanted)),
        money_by_year={code: tuple(_money_by_year(group)) for code, group in by_currency.items()},
        money_by_funder={code: tuple(_money_by_funder(ledger.funders, group)) for code, group in by_currency.items()},
        by_place=tuple(_places(ledger.places, found, len(ledger))),
        roles=ledger.roles.most_frequent(MOST_OPTIONS),
        currencies=tuple(_currencies(ledger)),
        programmes=ledger.programmes.most_frequent(MOST_OPTIONS),
        funders=ledger.funders.most_frequent(MOST_OPTIONS),
        left_out=_left_out(ledger, found, counted),
    )


def _counted(ledger: Ledger, found: Positions) -> Iterator[_Counted]:
    """Each project once, those with a main amount: of several files the first usable one, as in the sums of answers."""
    mains, periods, funded = ledger.mains, ledger.periods, ledger.funded
    for group in _groups(ledger, found):
        main = next((told for at in group if (told := mains[at])), None)
        if main:
            starts = (one.first_day for at in group if (one := periods[at]) and one.has_start)
            named = funded[group[0]] if len(group) == 1 else {number: 0 for at in group for number in funded[at]}
            yield _Counted(main, next(starts, "")[:4], tuple(named))


def _groups(ledger: Ledger, found: Positions) -> Iterable[Sequence[int]]:
    if not ledger.groups:
        return ((at,) for at in found.tolist())
    groups: dict[int, list[int]] = defaultdict(list)
    for at, head in zip(found.tolist(), ledger.heads[found].tolist(), strict=True):
        groups[head].append(at)
    return groups.values()


def _grouped(counted: Iterable[_Counted]) -> dict[str, list[_Counted]]:
    """By currency, the most frequent first."""
    groups: dict[str, list[_Counted]] = defaultdict(list)
    for one in counted:
        groups[one.main.currency].append(one)
    return dict(sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _total(group: Iterable[_Counted]) -> Decimal:
    with localcontext(prec=DIGITS):
        return sum((one.main.amount for one in group), Decimal(0))


def _years(ledger: Ledger, found: Positions, wanted: Wanted) -> Iterator[Bar]:
    """Records in each year that their period touches, of the years that are asked about."""
    counts: Counter[int] = Counter()
    least, most = int(wanted.since[:4] or 0), int(wanted.until[:4] or 9999)
    spans = Counter((one.first_day[:4], one.last_day[:4]) for at in found.tolist() if (one := ledger.periods[at]))
    for (first, last), times in spans.items():
        for year in range(max(least, int(first)), min(most, int(last)) + 1):
            counts[year] += times
    for year, count in sorted(counts.items()):
        yield Bar(f"{year:04}", f"{year:04}", count)


def _money_by_year(group: Sequence[_Counted]) -> Iterator[Bar]:
    years: dict[str, list[_Counted]] = defaultdict(list)
    for one in group:
        years[one.year].append(one)
    for year, own in sorted(years.items(), key=lambda pair: (not pair[0], pair[0])):
        yield Bar(year, year, len(own), _total(own))


def _money_by_funder(named: Named, group: Sequence[_Counted]) -> Iterator[Bar]:
    totals: dict[int, Decimal] = defaultdict(Decimal)
    counts: Counter[int] = Counter()
    with localcontext(prec=DIGITS):
        for one in group:
            for funder in one.funders:
                totals[funder] += one.main.amount
            counts.update(one.funders)
    shown = sorted(totals, key=lambda number: (-totals[number], named.folded[number]))[:MOST_FUNDERS]
    for number in shown:
        name = named.names[number]
        yield Bar(_as_filter(name, named.folded[number], named), name, counts[number], totals[number])
    are_shown = set(shown)
    rest = [one for one in group if not are_shown.issuperset(one.funders)]
    if rest:
        yield Bar("", "", len(rest), _total(rest))


def _places(named: Named, found: Positions, size: int) -> Iterator[Bar]:
    is_found = np.zeros(size, np.bool_)
    is_found[found] = True
    counts = np.bincount(named.numbers[is_found[named.owners]], minlength=len(named.names))
    for number in np.argsort(-counts, kind="stable")[:MOST_PLACES].tolist():
        if counts[number]:
            name = named.names[number]
            yield Bar(_as_filter(name, named.folded[number], named), name, int(counts[number]))


def _as_filter(name: str, folded: str, named: Named) -> str:
    """What finds those of this name and no others: in quotes where it is a part of others or a country's."""
    is_more = len(name) == CODE_LETTERS or country_code(name) or whole_name(name) is not None
    return f'"{name}"' if is_more or any(folded in other and folded != other for other in named.folded) else name


def _currencies(ledger: Ledger) -> Iterator[str]:
    counts = Counter(one.currency for one in ledger.mains if one and one.currency)
    yield from (code for code, _ in counts.most_common(MOST_OPTIONS))


def _left_out(ledger: Ledger, found: Positions, counted: Sequence[_Counted]) -> dict[str, int]:
    told = found.tolist()
    projects = len({*ledger.heads[found].tolist()})
    return {
        "year": sum(ledger.periods[at] is None for at in told),
        "amount": projects - len(counted),
        "place": len(told) - len(np.intersect1d(found, ledger.places.owners)),
        "start": sum(not one.year for one in counted),
        "funder": sum(not one.funders for one in counted),
        "shared": sum(len(one.funders) > 1 for one in counted),
        "same": len(told) - projects,
    }

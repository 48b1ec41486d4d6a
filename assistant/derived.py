"""Derived figures computed again from the quotes they rest on: sums, counts, differences, ranks and the like.

Knows nothing of wording. Values of two currencies are never taken together.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from assistant.answer import (
    AMOUNT,
    AVERAGE,
    COUNT,
    DAYS,
    DIFFERENCE,
    DURATION,
    END,
    MONTHS,
    QUOTES,
    RANK,
    SHARE,
    START,
    SUM,
    TOTAL,
    Citation,
    Derived,
    Statement,
)
from assistant.cited import beside
from assistant.figures import PERCENT, Number, figures_of
from assistant.money import money_of
from corpus.dates import read_period
from corpus.document import Document
from corpus.durations import find_durations
from corpus.folding import fold_keeping_length
from corpus.numbers import read_number

_FEWEST = {SUM: 1, AVERAGE: 1, COUNT: 1, DIFFERENCE: 2, SHARE: 2, RANK: 1, DURATION: 1}
_MOST = {DIFFERENCE: 2, DURATION: 1}
_ROUNDED = (AVERAGE, SHARE)


class UncomputableError(ValueError):
    """A quote that does not give the one value that is to be computed with; the message is a fault."""


def derived_faults(
    statement: Statement,
    citations: Mapping[int, Citation],
    documents: Mapping[str, Document],
    totals: Collection[Decimal | int],
) -> list[str]:
    """What is wrong with the derived figures of a statement whose citations all exist, in words."""
    faults = []
    for one in statement.derived:
        if one.kind == TOTAL:
            faults += [] if one.value in totals else [f"nobody vouches for the total {one.value:f}"]
        elif one.kind not in _FEWEST:
            faults.append(f"there is no way to derive a figure called {one.kind}")
        elif missing := sorted(set(one.from_) - set(statement.cites)):
            faults.append(f"the {one.kind} {one.value:f} rests on citation {missing[0]}, which the statement lacks")
        else:
            faults += _fault(one, [citations[n] for n in one.from_], documents)
    return faults + _left_out(statement, citations, documents)


def allows(derived: Sequence[Derived], number: Number) -> bool:
    """Whether a number of the text is one of the derived figures, in its own currency if it is given in one."""
    return any(_is_said(one, number) for one in derived)


def months(start: str, end: str) -> Decimal:
    """Months from `start` to the end of `end`, ISO 8601 at any precision, to the nearest one and at least one.

    A year begins with its first month and ends with its last; so does a month with its days.
    """
    first, last = ([int(part) for part in point.split("-")] for point in (start, end))
    whole = (last[0] - first[0]) * 12 + (last[1] if len(last) > 1 else 12) - (first[1] if len(first) > 1 else 1)
    if len(first) < 3 or len(last) < 3:
        return Decimal(whole + 1)
    days = last[2] + 1 - first[2]
    return Decimal(max(1, whole + (days >= 15) - (days < -15)))


def _is_said(one: Derived, number: Number) -> bool:
    unit = PERCENT if one.kind == SHARE else one.currency
    if number.unit not in (None, unit):
        return False
    value = abs(one.value)
    ways = {value}
    if one.kind == DURATION or one.measure == MONTHS:
        ways |= {Decimal(int(value) // 12), Decimal(int(value) % 12)} if value >= 12 else set()  # "a year and 3 months"
    return any(said in ways or (one.kind in _ROUNDED and _rounds(value, said)) for said in number.values)


def _rounds(exact: Decimal, said: Decimal) -> bool:
    """Whether `said` is `exact` to as many places as it has."""
    places = min(0, int(said.as_tuple().exponent))
    return abs(exact - said) * 2 <= Decimal(1).scaleb(places)


def _fault(one: Derived, cited: Sequence[Citation], documents: Mapping[str, Document]) -> list[str]:
    """What is wrong with one figure; the numbers in words."""
    what = f"the {one.kind} {one.value:f}"
    if not _FEWEST[one.kind] <= len(cited) <= _MOST.get(one.kind, len(cited)):
        return [f"{what} cannot be computed from {len(cited)} citations"]
    if one.kind in (SUM, AVERAGE) and len(set(one.from_)) < len(one.from_):
        return [f"{what} counts a citation twice"]
    if one.values and len(one.values) != len(cited):
        return [f"{what} names {len(one.values)} values for {len(cited)} citations"]
    by_quote = one.measure == QUOTES
    if one.kind == COUNT:
        exact = Decimal(len({(one.document_id, one.span) if by_quote else _record(one) for one in cited}))
    else:
        try:
            exact = _computed(one, _values(one, cited, documents))
        except UncomputableError as error:
            return [f"{what}: {error}"]
    fits = exact == one.value or (one.kind in _ROUNDED and _rounds(exact, one.value))
    return [] if fits else [f"{what} is {exact:f} by the quotes"]


def _record(citation: Citation) -> tuple[str | None, str]:
    return citation.project_id or citation.project, citation.document_id


def _computed(one: Derived, values: Sequence[Decimal]) -> Decimal:
    first, others = values[0], values[1:]
    if one.kind in (SUM, AVERAGE):
        return sum(values, Decimal(0)) / (len(values) if one.kind == AVERAGE else 1)
    if one.kind == DIFFERENCE:
        return abs(first - others[0]).copy_sign(one.value)
    if one.kind == SHARE:
        whole = sum(others, Decimal(0))
        if not whole:
            raise UncomputableError("there is no share of nothing")
        return first * 100 / whole
    if one.kind == RANK:
        larger, smaller = sum(other > first for other in others), sum(other < first for other in others)
        return Decimal(1 + larger if one.value > 0 else -1 - smaller)
    return first


def _values(one: Derived, cited: Sequence[Citation], documents: Mapping[str, Document]) -> list[Decimal]:
    """The one value of each quote that is computed with.

    Raises:
        UncomputableError: a quote has none, or several, or is in another currency.
    """
    measure = MONTHS if one.kind == DURATION else one.measure
    found: list[Decimal] = []
    currencies: set[str | None] = set()
    for place, citation in enumerate(cited):
        if measure == AMOUNT:
            values, currency = _amounts(citation, one.currency, documents)
            currencies |= {currency} - {None}
        else:
            values = _of_period(citation.quote, measure)
        if one.values:
            values &= {one.values[place]}
        if len(values) != 1:
            raise UncomputableError(f"citation {citation.n} gives {'several values' if values else 'no such value'}")
        found += values
    if len(currencies) > 1:
        raise UncomputableError(f"{' and '.join(sorted(map(str, currencies)))} are taken together")
    return found


def _amounts(
    citation: Citation, currency: str | None, documents: Mapping[str, Document]
) -> tuple[set[Decimal], str | None]:
    """(amounts of a quote, their currency): those in `currency` where it is given, else all of one currency."""
    if not money_of(citation.quote):
        known = beside(citation, documents) | figures_of(citation.quote).currencies if currency else frozenset()
        if known and currency not in known:
            raise UncomputableError(f"citation {citation.n} is in {' or '.join(sorted(known))}")
        return _bare(citation.quote), currency
    money = [one for one in money_of(citation.quote) if one.amount is not None]
    there = {one.currency for one in money_of(citation.quote) if one.currency}
    if currency and currency not in there:
        raise UncomputableError(f"citation {citation.n} is in {' or '.join(sorted(there)) or 'no currency'}")
    if currency is None and len(there) > 1:
        raise UncomputableError(f"citation {citation.n} is in {' and '.join(sorted(there))}")
    only = currency or min(there, default=None)
    return {one.amount for one in money if one.amount is not None and one.currency == only}, only


def _bare(quote: str) -> set[Decimal]:
    """The number of a cell, or of a value behind its label, or else all numbers of the quote."""
    value, _ = read_number(quote.rpartition(":")[2])
    if value is not None:
        return {value}
    return {
        value
        for number in figures_of(quote).numbers
        if number.is_sure and len(number.values | number.also) == 1
        for value in number.values
    }


def _of_period(quote: str, measure: str) -> set[Decimal]:
    """Length, start or end of the period of a quote; the latter two, as numbers, are in order."""
    start, end, _ = read_period(quote)
    if measure == DAYS:
        return {Decimal(_day(end, is_last=True) - _day(start, is_last=False) + 1)} if start and end else set()
    if measure == MONTHS:
        if start and end:
            return {months(start, end)}
        lasting = [one for one in find_durations(fold_keeping_length(quote)) if one.unit in ("month", "year")]
        return {Decimal(one.number * (12 if one.unit == "year" else 1)) for one in lasting} if not start else set()
    told = {START: (start, "00"), END: (end, "99")}.get(measure)
    if told is None or told[0] is None:
        return set()
    parts = [*told[0].split("-"), told[1], told[1]][:3]
    return {Decimal("".join(parts))}


def _day(point: str, *, is_last: bool) -> int:
    """The number of the first or last day of a day, month or year."""
    year, month, day = (*map(int, point.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day).toordinal()
    month = month or (12 if is_last else 1)
    return date(year, month, monthrange(year, month)[1] if is_last else 1).toordinal()


def _left_out(statement: Statement, citations: Mapping[int, Citation], documents: Mapping[str, Document]) -> list[str]:
    """Records that a statement cites with an amount, and that are in no sum or average of that currency."""
    added = [one for one in statement.derived if one.kind in (SUM, AVERAGE) and one.measure == AMOUNT]
    faults = []
    for currency in {one.currency for one in added}:
        records = {
            _record(citations[n]) for one in added if one.currency == currency for n in one.from_ if n in citations
        }
        for n in statement.cites:
            held = _currencies(citations[n], documents) if _record(citations[n]) not in records else None
            if held is not None and (currency in held or currency is None):
                faults.append(f"citation {n} is left out of what is added up in {currency or 'no currency'}")
    return faults


def _currencies(citation: Citation, documents: Mapping[str, Document]) -> frozenset[str | None] | None:
    """What the amounts of a quote may be in; None where it holds none."""
    held = frozenset(money.currency for money in money_of(citation.quote) if money.amount is not None)
    if held:
        return held
    is_bare = read_number(citation.quote.rpartition(":")[2])[0] is not None
    return frozenset({*beside(citation, documents), None}) if is_bare else None

"""Filters: which passages a search may find, by what the catalogue says of their projects and documents. Exact."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Table, and_, false, select

from corpus.dates import GOES_ON
from corpus.document import Span
from corpus.errors import MisuseError
from corpus.record import Period
from corpus.words import fold
from index.contents import Keys, Rows, among
from index.records import LARGEST, SCALE, days
from index.tables import amounts, documents, fields, organisations, places, projects

Names = tuple[str, ...]
_DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage or a project has to fulfil, all at once; None asks for nothing, of several names any will do.

    `projects` are ids; `documents` are ids or sources; `organisation`, `place` and `programme` are names as the records
    have them, accents and case forgiven; `country` is ISO 3166-1 alpha-2, of the place, `organisation_country` of the
    organisation; `placed` asks for any place at all; `category` is a label of the source's own with its value. `since`
    and `until` are ISO 8601 at any precision, and a project fits whose period shares a day with them; `started` and
    `ended` are such bounds, either None, within which its start or its end has to be; `goes_on` asks for a period of
    which the source says that it has no end yet. `least` and `most` bound one of
    its amounts, ends included, of `currency` and of one of the roles `measure` where these are given. Of an amount
    without a value only currency and role can fit.

    Raises:
        MisuseError: a date or an amount is none.
    """

    projects: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    language: str | None = None
    organisation: str | Names | None = None
    role: str | Names | None = None
    organisation_country: str | None = None
    place: str | Names | None = None
    country: str | None = None
    placed: bool = False
    programme: str | Names | None = None
    category: tuple[str, str] | None = None
    since: str | None = None
    until: str | None = None
    started: tuple[str | None, str | None] | None = None
    ended: tuple[str | None, str | None] | None = None
    goes_on: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None
    measure: str | Names | None = None

    def __post_init__(self) -> None:
        for told in (self.since, self.until, *(self.started or ()), *(self.ended or ())):
            if told is not None:
                _days(told)
        for bound in (self.least, self.most):
            if bound is not None and bound.is_nan():
                raise MisuseError(f"{bound} is no amount; expected a number such as 250000 or 1234.50")


def allowed_keys(connection: Connection, rows: Rows, filters: Filters) -> Keys:
    """Sorted keys of those of the passages `rows`, all that a generation sees, that fulfil the filters.

    Whether a document is seen is not asked again: it would take most of the time, and of others no row is there.
    """
    chosen = np.ones(len(rows), dtype=np.bool_)
    if filters.documents is not None:
        chosen &= _isin(rows.documents, _called(connection, filters.documents))
    if filters.language is not None:
        written = documents.c.language == _storable(filters.language.lower())
        chosen &= _isin(rows.documents, connection.execute(select(documents.c.key).where(written)).scalars())
    on_projects = list(project_conditions(connection, filters))
    if on_projects:
        chosen &= _isin(rows.projects, connection.execute(select(projects.c.key).where(*on_projects)).scalars())
    return rows.keys[chosen]


def _isin(owners: Keys, keys: Iterable[int]) -> NDArray[np.bool_]:
    found = np.fromiter(keys, dtype=np.int64)
    return np.isin(owners, found, kind="sort" if len(found) < len(owners) // 50 else None)


def _called(connection: Connection, names: Sequence[str]) -> Iterator[int]:
    """Keys of the documents with these sources and, of what is no source, with these ids."""
    key, source = documents.c.key, documents.c.source
    by_source = connection.execute(select(key, source).where(_one_of(connection, source, names))).all()
    yield from (found for found, _ in by_source)
    if others := {*names}.difference(name for _, name in by_source):
        yield from connection.execute(select(key).where(_one_of(connection, documents.c.id, [*others]))).scalars()


def project_conditions(connection: Connection, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What a row of `projects` has to fulfil."""
    if filters.projects is not None:
        yield _one_of(connection, projects.c.id, filters.projects)
    if any(asked is not None for asked in (filters.organisation, filters.role, filters.organisation_country)):
        yield _has(
            organisations,
            _any_of(connection, organisations.c.folded, filters.organisation),
            _any_of(connection, organisations.c.role, filters.role),
            _is(organisations.c.country, filters.organisation_country),
        )
    if filters.place is not None or filters.country is not None:
        country = filters.country and filters.country.upper()
        yield _has(places, _any_of(connection, places.c.folded, filters.place), _is(places.c.country, country))
    if filters.placed:
        yield projects.c.key.in_(select(places.c.project))
    if filters.programme is not None:
        yield _has(fields, fields.c.name == "programme", fields.c.value.in_(_several(filters.programme)))
    if filters.category is not None:
        label, value = filters.category
        yield _has(fields, fields.c.name == "other", _is(fields.c.label, label), _is(fields.c.value, value))
    yield from _period_conditions(filters)
    yield from _amount_conditions(connection, filters)


def _period_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    first_day = None if filters.since is None else _days(filters.since)[0]
    last_day = None if filters.until is None else _days(filters.until)[1]
    if first_day is not None:
        yield projects.c.last_day >= first_day
    if last_day is not None:
        yield projects.c.first_day <= last_day
    if first_day is not None and last_day is not None and first_day > last_day:
        yield false()  # no day is within, not even of a period that covers both
    # Of a period that tells one end only, the other is not known, though the row has that end's day for both.
    yield from _within(filters.started, projects.c.first_day, projects.c.period_start)
    yield from _within(filters.ended, projects.c.last_day, projects.c.period_end)
    if filters.goes_on:
        yield projects.c.period_end.is_(None)
        yield projects.c.period_note.contains(GOES_ON)


def _within(
    bounds: tuple[str | None, str | None] | None, day: ColumnElement[Any], told: ColumnElement[Any]
) -> Iterator[ColumnElement[bool]]:
    if bounds is None:
        return
    yield told.isnot(None)
    least, most = bounds
    if least is not None:
        yield day >= _days(least)[0]
    if most is not None:
        yield day <= _days(most)[1]


def _amount_conditions(connection: Connection, filters: Filters) -> Iterator[ColumnElement[bool]]:
    value = amounts.c.ten_thousandths
    own: list[ColumnElement[bool] | None] = [_is(amounts.c.currency, filters.currency and filters.currency.upper())]
    if filters.least is not None:
        own.append(value >= _scaled(filters.least, math.ceil))
    if filters.most is not None:
        own.append(value <= _scaled(filters.most, math.floor))
    if filters.measure is not None or any(condition is not None for condition in own):
        yield _has(amounts, *own, _any_of(connection, amounts.c.role, filters.measure))


def _has(table: Table, *conditions: ColumnElement[bool] | None) -> ColumnElement[bool]:
    """Whether one row of a project's values fulfils all conditions."""
    asked = and_(*(condition for condition in conditions if condition is not None))
    return projects.c.key.in_(select(table.c.project).where(asked))


def _several(names: str | Names) -> Names:
    return (names,) if isinstance(names, str) else names


def _any_of(
    connection: Connection, column: ColumnElement[Any], names: str | Names | None
) -> ColumnElement[bool] | None:
    """Whether a column of folded words is one of these names."""
    return None if names is None else _one_of(connection, column, [fold(name) for name in _several(names)])


def _is(column: ColumnElement[Any], wanted: str | None) -> ColumnElement[bool] | None:
    return None if wanted is None else column == _storable(wanted)


def _one_of(connection: Connection, column: ColumnElement[Any], wanted: Sequence[str]) -> ColumnElement[bool]:
    return among(connection, column, [_storable(text) for text in wanted])


def _storable(text: str) -> str:
    """The text without what databases do not take, which arguments that are not UTF-8 bring."""
    if text.isascii() and "\x00" not in text:
        return text
    return re.sub("[\ud800-\udfff\x00]", "\N{REPLACEMENT CHARACTER}", text)


def _scaled(bound: Decimal, whole: Callable[[Fraction], int]) -> int:
    """In ten-thousandths, as amounts are kept; what is beyond all that are kept becomes the last of them."""
    if bound.copy_abs() > LARGEST // SCALE:
        return LARGEST if bound > 0 else -LARGEST
    return whole(Fraction(bound) * SCALE)


def _days(told: str) -> tuple[str, str]:
    """The first and the last day of a date of any precision."""
    try:
        first_day, last_day = days(Period(told, told, told, Span(0, 0))) if _DATE.fullmatch(told) else (None, None)
        return date.fromisoformat(first_day or "").isoformat(), date.fromisoformat(last_day or "").isoformat()
    except ValueError as error:
        raise MisuseError(f"{told!r} is no date; expected one such as 2014, 2014-03 or 2014-03-31") from error

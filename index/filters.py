"""Filters: which passages a search may find, by what the catalogue says of their projects and documents. Exact."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, and_, select

from corpus.document import Span
from corpus.record import Period
from corpus.words import fold
from index.contents import Keys, Rows, visible
from index.records import SCALE, days
from index.tables import amounts, documents, organisations, places, projects


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage has to fulfil, all at once; None asks for nothing.

    `projects` are ids; `documents` are ids or sources; `organisation` and `place` are names as the records have them,
    accents and case forgiven; `country` is ISO 3166-1 alpha-2, of the place; `since` and `until` are ISO 8601 at any
    precision, and a project fits whose period shares a day with them; `least` and `most` bound one of its amounts, ends
    included, of `currency` where that is given.
    """

    projects: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    language: str | None = None
    organisation: str | None = None
    role: str | None = None
    place: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None


def allowed_keys(connection: Connection, generation: int, rows: Rows, filters: Filters) -> Keys:
    """Sorted keys of the passages of a generation that fulfil the filters; `rows` are all of its."""
    chosen = np.ones(len(rows), dtype=np.bool_)
    on_documents = list(_document_conditions(filters))
    if on_documents:
        query = select(documents.c.key).where(visible(generation), *on_documents)
        chosen &= _isin(rows.documents, connection, query)
    on_projects = list(_project_conditions(filters))
    if on_projects:
        query = select(projects.c.key).join(documents, projects.c.document == documents.c.key)
        chosen &= _isin(rows.projects, connection, query.where(visible(generation), *on_projects))
    return rows.keys[chosen]


def _isin(owners: Keys, connection: Connection, query: object) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    found = np.fromiter(connection.execute(query).scalars(), dtype=np.int64)  # type: ignore[call-overload]
    return np.isin(owners, found, kind="sort" if len(found) < len(owners) // 50 else None)


def _document_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.documents is not None:
        wanted = list(filters.documents)
        yield documents.c.id.in_(wanted) | documents.c.source.in_(wanted)
    if filters.language is not None:
        yield documents.c.language == filters.language


def _project_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.projects is not None:
        yield projects.c.id.in_(list(filters.projects))
    if filters.organisation is not None or filters.role is not None:
        own = [] if filters.organisation is None else [organisations.c.folded == fold(filters.organisation)]
        yield _has(organisations, *own, *([] if filters.role is None else [organisations.c.role == filters.role]))
    if filters.place is not None or filters.country is not None:
        own = [] if filters.place is None else [places.c.folded == fold(filters.place)]
        yield _has(places, *own, *([] if filters.country is None else [places.c.country == filters.country.upper()]))
    if filters.since is not None:
        yield projects.c.last_day >= _day(filters.since, last=False)
    if filters.until is not None:
        yield projects.c.first_day <= _day(filters.until, last=True)
    yield from _amount_conditions(filters)


def _amount_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    value = amounts.c.ten_thousandths
    own: list[ColumnElement[bool]] = []
    if filters.least is not None:
        own.append(value >= _scaled(filters.least))
    if filters.most is not None:
        own.append(value <= _scaled(filters.most))
    if filters.currency is not None:
        own.append(amounts.c.currency == filters.currency.upper())
    if own:
        yield _has(amounts, *own)


def _has(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return projects.c.key.in_(select(table.c.project).where(and_(*conditions)))


def _scaled(bound: Decimal) -> int:
    return int(bound * SCALE)


def _day(date: str, *, last: bool) -> str:
    """The first or the last day of a date of any precision."""
    first_day, last_day = days(Period(date, date, date, Span(0, 0)))
    return (last_day if last else first_day) or date

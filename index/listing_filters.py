"""Which projects a visitor wants: found in the catalogue and in the index of words. Exact."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from corpus.country_names import part_code
from corpus.errors import MisuseError
from corpus.places import country_code, part_around
from corpus.words import fold
from index.contents import among, visible
from index.filters import Filters, project_conditions
from index.ledger import Ledger, Positions
from index.main_amounts import MAIN_ROLES
from index.store import Store
from index.tables import documents, organisations, places, projects
from index.wanted import Wanted

CODE_LETTERS = 2
"""Of a country's code, which is looked for in the names of no places: `RO` is not `Roma`."""


def find(store: Store, wanted: Wanted) -> Positions:
    """The positions in the store's ledger, ascending, of the projects that fulfil what is wanted, in whatever order.

    Raises:
        MisuseError: a date or an amount is none; `from_query` leaves such out.
    """
    return store.ledger.once(_find, replace(wanted, sort="", descending=False))


def _find(store: Store, wanted: Wanted) -> Positions:
    ledger = store.ledger
    with store.catalogue.transaction() as connection:
        conditions = list(_conditions(connection, wanted))
        own = projects.join(documents, projects.c.document == documents.c.key)
        query = select(projects.c.key).select_from(own).where(visible(store.generation), *conditions)
        keys = connection.execute(query).scalars().all() if conditions else ledger.keys
    found = np.sort(ledger.at(keys))
    if wanted.programme:
        found = np.intersect1d(found, _in_programme(ledger, wanted.programme))
    if wanted.text:
        held = np.union1d(ledger.at(store.holding(wanted.text)), ledger.titled(wanted.text))
        found = np.intersect1d(found, held, assume_unique=True)
    return found


def _conditions(connection: Connection, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.organisation or wanted.role:
        named = [_is_called(organisations.c.folded, wanted.organisation)] if wanted.organisation else []
        yield _has(organisations, *named, *([organisations.c.role == fold(wanted.role)] if wanted.role else []))
    if wanted.place:
        yield _has(places, _is_place(connection, wanted.place))
    if wanted.document:
        yield or_(documents.c.source == wanted.document, documents.c.file == wanted.document)
    yield from project_conditions(connection, _filters(wanted))


def _filters(wanted: Wanted) -> Filters:
    """What of it the filters of questions know as well."""
    asked = wanted.least or wanted.most or wanted.currency
    return Filters(
        since=wanted.since or None,
        until=wanted.until or None,
        least=_amount(wanted.least),
        most=_amount(wanted.most),
        currency=wanted.currency or None,
        measure=MAIN_ROLES if asked else None,
    )


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise MisuseError(f"{text!r} is no amount; expected a number such as 250000 or 1234.50") from error


def whole_name(text: str) -> str | None:
    """The name between double quotes, which is a whole one; None where there are none around it."""
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else None


def _is_called(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    name = whole_name(text)
    return column.contains(fold(text), autoescape=True) if name is None else column == fold(name)


def _is_place(connection: Connection, text: str) -> ColumnElement[bool]:
    """Whether a place is called so or lies in the country, or in the part of one, that is."""
    called = _is_called(places.c.folded, text)
    code = country_code(text) or (country_code(text.upper()) if len(text) == CODE_LETTERS else None)
    if code is None or whole_name(text) is not None:
        return called
    if (part := part_code(text)) is not None:  # Scotland is in the United Kingdom, which is not all in Scotland
        query = select(places.c.folded, places.c.name).distinct().where(places.c.country == code)
        inside = {folded for folded, name in connection.execute(query) if part_around(name) == part}
        return or_(called, and_(places.c.country == code, among(connection, places.c.folded, sorted(inside))))
    named = places.c.folded == fold(text) if len(text) == CODE_LETTERS else called
    return or_(places.c.country == code, named)


def _in_programme(ledger: Ledger, text: str) -> Positions:
    own, name = ledger.programmes, whole_name(text)
    part = fold(text)
    fitting = [
        number for number, folded in enumerate(own.folded) if (part in folded if name is None else fold(name) == folded)
    ]
    return np.unique(own.owners[np.isin(own.numbers, fitting)])


def _has(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether one row of a project's values fulfils all conditions."""
    return projects.c.key.in_(select(table.c.project).where(*conditions))

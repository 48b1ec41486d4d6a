"""The projects as a table that is filtered, sorted and paged in the store. Knows no web page and no file format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from corpus.doubts import HINT, notes_on
from corpus.record import Project
from corpus.same import contradictions
from corpus.words import WORD, fold
from index.contents import among
from index.ledger import Ledger, Main, Positions
from index.listing_filters import find
from index.store import Store
from index.tables import documents, fields, projects
from index.wanted import SORTS as SORTS
from index.wanted import Wanted as Wanted
from index.wanted import from_query as from_query
from index.wanted import to_query as to_query

BATCH = 500
"""Records that are read at a time."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a project: its exact value where the words allow one reading, its words, and a note on them."""

    amount: Decimal | None
    currency: str | None
    role: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A project as a row of the table; `period` and the `text` of `money` are the source's own words."""

    key: int
    id: str
    title: str
    language: str
    period: str
    start: str | None
    end: str | None
    """ISO 8601 at the source's precision."""
    money: tuple[Money, ...]
    funders: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]
    programme: str
    document: str
    notes: int
    """How many doubts there are of its values, and how often another file says them differently."""
    same_as: tuple[str, ...] = ()
    """Ids of the other records of the same project, from other files."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the table: `number` of `pages`, from 1; `found` of the `total` records fulfil what is wanted."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    found: int
    total: int


def list_projects(store: Store, wanted: Wanted, *, page: int = 1, per_page: int = 50) -> Page:
    """A page of the projects that are wanted, in the order that is wanted; a page that is not there is the nearest.

    A project that several files describe has a row for each of them. What lacks the value that is sorted by stands
    last, whichever way. Amounts are main amounts (`Ledger.mains`), sorted within their currencies, the most frequent
    currency first; organisations are first funders, else the first of all.

    Raises:
        MisuseError: a date or an amount that is wanted is none.
    """
    ordered = in_order(store, wanted)
    pages = max(1, -(-len(ordered) // per_page))
    number = min(max(1, page), pages)
    shown = ordered[(number - 1) * per_page : number * per_page]
    return Page(_rows(store, shown), number, pages, len(ordered), len(store.ledger))


def every_row(store: Store, wanted: Wanted) -> Iterator[Project]:
    """The records of all projects that are wanted, in that order, some hundreds in memory at a time.

    Their `fields` lack those that are read as none (`other`).

    Raises:
        MisuseError: as `list_projects`.
    """
    ordered = in_order(store, wanted)
    for start in range(0, len(ordered), BATCH):
        yield from _records(store, ordered[start : start + BATCH])


def ids_of(store: Store, wanted: Wanted) -> tuple[str, ...]:
    """The ids of all projects that are wanted, in the store's own order.

    Raises:
        MisuseError: as `list_projects`.
    """
    titles = store.names.titles
    return tuple(titles[at].id for at in find(store, wanted).tolist())


def in_order(store: Store, wanted: Wanted) -> Positions:
    """The positions of the projects that are wanted, in the order that is wanted."""
    found = find(store, wanted)
    if wanted.sort not in SORTS:
        return found
    if wanted.sort not in store.ledger.ranks:
        store.ledger.ranks[wanted.sort] = _ranks(store, wanted.sort)
    groups, ranks = store.ledger.ranks[wanted.sort]
    own = -ranks[found] if wanted.descending else ranks[found]
    return found[np.lexsort((found, own, groups[found]))]


def _ranks(store: Store, sort: str) -> tuple[Positions, Positions]:
    """For each project the group that it is sorted in, which no direction turns round, and its place in there."""
    values = list(_values(store, sort))
    groups = np.array([group for group, _ in values], np.int64)
    numbers = {value: rank for rank, value in enumerate(sorted({value for _, value in values if value is not None}))}
    return groups, np.array([-1 if value is None else numbers[value] for _, value in values], np.int64)


def _values(store: Store, sort: str) -> Iterator[tuple[int, Any]]:
    """(group, value to sort by) of each project; None in the last group where it has none."""
    ledger = store.ledger
    if sort == "amount":
        yield from _by_currency(ledger.mains)
        return
    told: Sequence[str | None]
    if sort == "title":
        told = [_sorted_as(one.title) for one in store.names.titles]
    elif sort == "start":
        told = [one.first_day if one and one.has_start else None for one in ledger.periods]
    elif sort == "end":
        told = [one.last_day if one and one.has_end else None for one in ledger.periods]
    else:
        told = ledger.first_organisations if sort == "organisation" else ledger.first_places
    yield from ((int(value is None), value) for value in told)


def _sorted_as(title: str) -> str:
    """A title without the quotation mark or the bracket that it begins with."""
    first = WORD.search(title)
    return fold(title[first.start() :] if first else title)


def _by_currency(mains: Sequence[Main | None]) -> Iterator[tuple[int, Decimal | None]]:
    codes = [one.currency for one in mains if one]
    often = sorted(set(codes), key=lambda code: (-codes.count(code), code))
    groups = {code: group for group, code in enumerate(often)}
    yield from ((groups[one.currency], one.amount) if one else (len(groups), None) for one in mains)


def _records(store: Store, positions: Positions) -> list[Project]:
    """The records at these positions, in their order."""
    titles = store.names.titles
    by_id = {one.id: one for one in store.records(store.ledger.keys[positions], with_other=False)}
    return [by_id[titles[at].id] for at in positions.tolist()]


def _rows(store: Store, shown: Positions) -> tuple[Row, ...]:
    ledger, titles = store.ledger, store.names.titles
    groups = {at: [one for one in ledger.groups.get(at, ()) if one != at] for at in shown.tolist()}
    wanted = np.array(sorted({*groups, *(one for group in groups.values() for one in group)}), np.int64)
    records = dict(zip(wanted.tolist(), _records(store, wanted), strict=True))
    with store.catalogue.transaction() as connection:
        programmes = _programmes(connection, ledger, shown)
    return tuple(
        _row(titles[at].key, records[at], [records[one] for one in group], programmes.get(titles[at].key, ""))
        for at, group in groups.items()
    )


def _row(key: int, project: Project, others: Sequence[Project], programme: str) -> Row:
    period = project.period
    differing = [one for other in others for one in contradictions(project, other)]
    return Row(
        key=key,
        id=project.id,
        title=project.title,
        language=project.language,
        period=period.text if period else "",
        start=period.start if period else None,
        end=period.end if period else None,
        money=tuple(_money(project)),
        funders=_in_role(project, "funder"),
        partners=_in_role(project, "partner"),
        places=tuple(dict.fromkeys(one.name for one in project.places)),
        programme=programme,
        document=project.document,
        notes=sum(one.severity != HINT for one in notes_on(project)) + len(differing),
        same_as=tuple(one.id for one in others),
    )


def _money(project: Project) -> Iterator[Money]:
    for one in project.amounts:
        value = None if one.amount is None else Decimal(one.amount)
        yield Money(value, one.currency, one.role, one.text, one.note)


def _in_role(project: Project, role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in project.organisations if one.role == role))


def _programmes(connection: Connection, ledger: Ledger, shown: Positions) -> dict[int, str]:
    """The words that tell the first programme of each of these projects, by its key."""
    own = fields.c
    words = func.substr(documents.c.text, own.start + 1, own.end - own.start)
    joined = fields.join(projects, own.project == projects.c.key).join(documents)
    query = select(own.project, words).select_from(joined).order_by(own.project, own.position.desc())
    wanted = among(connection, own.project, ledger.keys[shown].tolist())
    return {row[0]: row[1] for row in connection.execute(query.where(wanted, own.name == "programme"))}

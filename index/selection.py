"""Records chosen and counted by what the catalogue says of them, in SQL; and the names that a question may hold.

Exact and complete: what is left out is said by whoever asks. Knows no question and words no answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, distinct, func, or_, select

from corpus.collector import collector_paused
from corpus.document import Document, Span
from corpus.numbers import read_number
from index.contents import Keys, among, visible
from index.filters import Filters, project_conditions
from index.tables import amounts, documents, fields, organisations, places, projects

OFTEN = 2
"""Records for each value of a label from which its values tell records apart."""
LONGEST_CATEGORY = 60
"""Characters of a value by which records are told apart, such as a status; longer ones are prose."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a project is called; `key` is the store's number for it, `source` its document, `page` that one's title."""

    key: int
    id: str
    title: str
    aliases: tuple[str, ...]
    reference: str
    source: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a source calls a field: `name` and `role` are what it is read as, `count` how many records have it."""

    label: str
    name: str
    role: str
    count: int


@dataclass(frozen=True, slots=True)
class Names:
    """All that records are called and described by, each once, as it is written.

    `documents` are those that describe no project, as (id, title). `places` have their country, ISO 3166-1 alpha-2, or
    None. `categories` are values that several records share under one of their source's own labels, as (label, value).
    """

    titles: tuple[Title, ...]
    documents: tuple[tuple[str, str], ...]
    organisations: tuple[str, ...]
    places: tuple[tuple[str, str | None], ...]
    programmes: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]


class Figure(NamedTuple):
    """An amount of a project: its exact value and currency where the source gives them, and where its words stand.

    `text` is given of what stands under a label of the source's own.
    """

    project: int
    role: str
    amount: Decimal | None
    currency: str | None
    start: int
    end: int
    text: str = ""

    @property
    def span(self) -> Span:
        """Where its words stand."""
        return Span(self.start, self.end)


def read_names(connection: Connection, generation: int) -> Names:
    """The names of a generation."""
    seen = visible(generation)
    own = projects.join(documents, projects.c.document == documents.c.key)
    columns = [projects.c[name] for name in ("key", "id", "title", "aliases", "reference")]
    titled = select(*columns, documents.c.source, documents.c.title.label("page"))
    with collector_paused():
        titles = tuple(
            Title(row.key, row.id, row.title, tuple(row.aliases), row.reference, row.source, row.page)
            for row in connection.execute(
                titled.select_from(own).where(seen).order_by(documents.c.source, projects.c.start)
            )
        )
    named = select(organisations.c.name).distinct().select_from(own.join(organisations)).where(seen)
    placed = select(places.c.name, places.c.country).distinct().select_from(own.join(places)).where(seen)
    told = own.join(fields)
    programmes = select(fields.c.value).distinct().select_from(told).where(seen, fields.c.name == "programme")
    own_labels = (fields.c.label, fields.c.name, fields.c.role)
    counted = func.count(distinct(projects.c.key))
    labels = (
        select(*own_labels, counted).select_from(told).where(seen, fields.c.source == "label").group_by(*own_labels)
    )
    other = select(documents.c.id, documents.c.title).where(seen, documents.c.key.notin_(select(projects.c.document)))
    return Names(
        titles,
        tuple((identity, title) for identity, title in connection.execute(other.order_by(documents.c.source))),
        tuple(connection.execute(named).scalars()),
        tuple((name, country) for name, country in connection.execute(placed)),
        tuple(value for value in connection.execute(programmes).scalars() if value),
        tuple(_categories(connection, generation)),
        tuple(Label(*row) for row in connection.execute(labels)),
    )


def _categories(connection: Connection, generation: int) -> Iterator[tuple[str, str]]:
    value = fields.c.value
    own = projects.join(documents, projects.c.document == documents.c.key).join(fields)
    short = (visible(generation), fields.c.name == "other", value != "", func.length(value) <= LONGEST_CATEGORY)
    records = func.count(distinct(projects.c.key))
    # Of a label whose values recur, such as a status, the value that stands once is shared as well.
    label = func.lower(fields.c.label)  # `Status` on one page, `status` on another
    recurs = select(label).select_from(own).where(*short).group_by(label)
    recurs = recurs.having(records >= OFTEN * func.count(distinct(value)))
    labels = set(connection.execute(recurs).scalars())
    values = select(fields.c.label, value).select_from(own).where(*short).group_by(fields.c.label, value)
    values = values.having(or_(records > 1, label.in_(labels)))
    yield from ((called, shared) for called, shared in connection.execute(values))


def chosen_keys(connection: Connection, generation: int, filters: Iterable[Filters]) -> Keys:
    """Sorted keys of the projects that fulfil all filters; those on documents and languages count too."""
    query = select(projects.c.key).select_from(projects.join(documents, projects.c.document == documents.c.key))
    query = query.where(visible(generation))
    for one in filters:
        if one.documents is not None:
            query = query.where(or_(documents.c.source.in_(one.documents), documents.c.id.in_(one.documents)))
        if one.language is not None:
            query = query.where(documents.c.language == one.language.lower())
        query = query.where(*project_conditions(connection, one))
    return np.sort(np.fromiter(connection.execute(query).scalars(), np.int64))


def keys_labelled(connection: Connection, generation: int, label: str) -> Keys:
    """Sorted keys of the projects that have something under a label of the source's own."""
    query = (
        select(projects.c.key)
        .distinct()
        .select_from(projects.join(documents, projects.c.document == documents.c.key).join(fields))
        .where(visible(generation), fields.c.label == label, fields.c.value != "")
    )
    return np.sort(np.fromiter(connection.execute(query).scalars(), np.int64))


def read_figures(connection: Connection, keys: Keys, roles: Sequence[str], label: str | None = None) -> list[Figure]:
    """The amounts of these projects in one of the roles, or under a label of the source's own, in their order.

    A part of another amount of the same project (`included_in`) is left out: it is in that one already.
    """
    own = amounts.c
    wanted = own.role.in_(roles) if label is None else own.label == label
    query = (
        select(own.project, own.role, own.amount, own.currency, own.start, own.end)
        .where(among(connection, own.project, keys.tolist()), wanted, own.included_in == "")
        .order_by(own.project, own.position)
    )
    return [
        Figure(project, role, None if amount is None else Decimal(amount), currency, start, end)
        for project, role, amount, currency, start, end in connection.execute(query).all()
    ]


def read_labelled(connection: Connection, keys: Keys, label: str, most: int | None = None) -> list[Figure]:
    """The same of a label that is read as no field, or as a date; whether a plain number is money nothing says."""
    own = fields.c
    query = (
        select(own.project, own.label, own.value, own.start, own.end)
        .where(among(connection, own.project, keys.tolist()), own.name.in_(("other", "period")), own.label == label)
        .order_by(own.project, own.position)
        .limit(most)
    )
    return [
        Figure(row.project, "", read_number(row.value)[0], None, row.start, row.end, row.value)
        for row in connection.execute(query)
    ]


def read_periods(connection: Connection, generation: int) -> list[tuple[int, str, str]]:
    """(key, first day, last day) of the projects of which both ends are told, in no order."""
    own = projects.c
    query = select(own.key, own.first_day, own.last_day).select_from(
        projects.join(documents, own.document == documents.c.key)
    )
    told = query.where(visible(generation), own.period_start.isnot(None), own.period_end.isnot(None))
    return [(key, str(first), str(last)) for key, first, last in connection.execute(told).all()]


def read_texts(connection: Connection, generation: int, sources: Iterable[str]) -> dict[str, Document]:
    """Documents by source, to be quoted: without their blocks, which take most of the time to read."""
    columns = [documents.c[name] for name in ("id", "source", "media_type", "title", "language", "sha256", "text")]
    query = select(*columns, documents.c.page_starts).where(
        visible(generation), among(connection, documents.c.source, sources)
    )
    return {
        row.source: Document(
            row.id, row.source, row.media_type, row.title, row.language, row.sha256, row.text, (),
            tuple(row.page_starts),
        )
        for row in connection.execute(query)
    }  # fmt: skip

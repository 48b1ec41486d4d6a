"""The projects as a table that is filtered, sorted and paged in the catalogue. Knows no page and no file format."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.record import Project
from index.store import Store
from index.wanted import SORTS as SORTS
from index.wanted import Wanted as Wanted
from index.wanted import from_query as from_query
from index.wanted import to_query as to_query


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
    """How many of its values are ambiguous, or said differently in another file."""
    same_as: tuple[str, ...] = ()
    """Ids of the other records of the same project, from other files."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the table: `number` of `pages`, from 1; `found` of the `total` projects fulfil what is wanted."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    found: int
    total: int


def list_projects(store: Store, wanted: Wanted, *, page: int = 1, per_page: int = 50) -> Page:
    """A page of the projects that are wanted, in the order that is wanted; a page that is not there is the nearest.

    What a project lacks that is sorted by stands last, whichever way. Amounts are sorted within their currencies, the
    most frequent currency first.
    """
    raise NotImplementedError


def every_row(store: Store, wanted: Wanted) -> Iterator[Project]:
    """The records of all projects that are wanted, in that order, some hundreds in memory at a time."""
    raise NotImplementedError

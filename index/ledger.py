"""Ledger: what the projects of one generation are listed, sorted and added up by, as columns in memory.

A row is a project, by its position in the store's own order. Each column is read when it is first asked for: a few
numbers and names a project, not the records. Knows no filter and no page.
"""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, select

from corpus.words import fold, stem, words
from index.contents import Keys, visible
from index.main_amounts import MAIN_ROLES, preference
from index.tables import amounts, documents, fields, organisations, places, projects

if TYPE_CHECKING:
    from index.store import Store
    from index.wanted import Wanted

Positions = NDArray[np.int64]
Made = TypeVar("Made")
MADE_KEPT = 64
"""Things made of what visitors want that are kept: the next page is asked for, and the plots beside the table."""
STEMMED = ("en", "ro")
"""Languages whose forms of a word are known in titles, which do not tell their language."""
UNCHANGED = 3
"""Letters that the forms of a word begin with alike; to look for the stems of all others takes seconds."""


@dataclass(frozen=True, slots=True)
class Main:
    """A project's main amount: its exact value, and its ISO 4217 code or "" where none is told."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days a period covers for certain, ISO 8601, and whether both ends are told, not one taken for the other."""

    first_day: str
    last_day: str
    has_start: bool
    has_end: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Names that projects have, each once a project: arrays of positions and, beside them, of numbers of names."""

    names: tuple[str, ...]
    """As they are mostly written; `folded` as they are compared."""
    folded: tuple[str, ...]
    owners: Positions
    numbers: Positions

    def by_owner(self, count: int) -> list[tuple[int, ...]]:
        """The numbers of the names that each of `count` projects has."""
        found: list[list[int]] = [[] for _ in range(count)]
        for owner, number in zip(self.owners.tolist(), self.numbers.tolist(), strict=True):
            found[owner].append(number)
        return [tuple(numbers) for numbers in found]

    def most_frequent(self, most: int) -> tuple[str, ...]:
        """The names that most projects have, the first `most`."""
        counts = np.bincount(self.numbers, minlength=len(self.names))
        return tuple(self.names[at] for at in np.argsort(-counts, kind="stable")[:most])


class Ledger:
    """The columns of a store, made when they are asked for, and the last things that were made of them."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._made: OrderedDict[tuple[object, Wanted], Any] = OrderedDict()
        self._lock = Lock()
        self.ranks: dict[str, tuple[Positions, Positions]] = {}
        """By what projects are sorted by: for each the group that it is sorted in, and its rank in there."""

    def __len__(self) -> int:
        return len(self._store.names.titles)

    def once(self, make: "Callable[[Store, Wanted], Made]", wanted: "Wanted") -> Made:
        """What `make` makes of what is wanted; the last things made are kept as long as this generation."""
        key = (make, wanted)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                kept: Made = self._made[key]
                return kept
        made = make(self._store, wanted)
        with self._lock:
            self._made[key] = made
            if len(self._made) > MADE_KEPT:
                self._made.popitem(last=False)
        return made

    @cached_property
    def keys(self) -> Keys:
        """The store's number for each project."""
        return np.array([one.key for one in self._store.names.titles], np.int64)

    @cached_property
    def _by_key(self) -> Positions:
        return np.argsort(self.keys, kind="stable")

    def at(self, keys: Keys | Sequence[int]) -> Positions:
        """The positions of these keys, all of which are there, in their order."""
        found: Positions = self._by_key[np.searchsorted(self.keys, np.asarray(keys, np.int64), sorter=self._by_key)]
        return found

    @cached_property
    def heads(self) -> Positions:
        """For each project the position of its first description: its own, unless another file has it as well."""
        heads = np.arange(len(self))
        if same := self._store.same:
            heads[self.at([*same])] = self.at([*same.values()])
        return heads

    @cached_property
    def groups(self) -> dict[int, list[int]]:
        """The positions of all descriptions of a project, by that of each, where there are several."""
        groups: dict[int, list[int]] = {}
        for at in np.flatnonzero(self.heads != np.arange(len(self))).tolist():
            head = int(self.heads[at])
            groups.setdefault(head, [head]).append(at)
        return {at: sorted(group) for group in groups.values() for at in group}

    @cached_property
    def periods(self) -> list[Period | None]:
        """When each project ran."""
        own = projects.c
        told = self._read(projects, own.key, own.first_day, own.last_day, own.period_start, own.period_end)
        found: list[Period | None] = [None] * len(self)
        kept = [row for row in told if row[1] is not None]
        for at, (_, first, last, start, end) in zip(self.at([row[0] for row in kept]).tolist(), kept, strict=True):
            found[at] = Period(first, last, start is not None, end is not None)
        return found

    @cached_property
    def in_time(self) -> Positions:
        """The positions of the projects that have a period, the earliest start first."""
        told = [(one.first_day, one.last_day, at) for at, one in enumerate(self.periods) if one]
        return np.array([at for _, _, at in sorted(told)], np.int64)

    @cached_property
    def mains(self) -> list[Main | None]:
        """The main amount of each project (`index.main_amounts`); None where it has none with a usable value."""
        own = amounts.c
        told = self._read(
            amounts, own.project, own.role, own.amount, own.currency,
            where=[own.role.in_(MAIN_ROLES), own.included_in == ""], order=[own.project, own.position],
        )  # fmt: skip
        found: dict[int, Main | None] = {}
        for key, group in groupby(told, lambda row: int(row[0])):
            best = min(group, key=lambda row: preference(row[1], row[2]))
            found[key] = None if best[2] is None else Main(Decimal(best[2]), best[3] or "")
        return [found.get(key) for key in self.keys.tolist()]

    @cached_property
    def funders(self) -> Named:
        """Who funded each project."""
        return self._named(organisations, organisations.c.role == "funder")

    @cached_property
    def funded(self) -> list[tuple[int, ...]]:
        """The numbers of each project's funders among all."""
        return self.funders.by_owner(len(self))

    @cached_property
    def places(self) -> Named:
        """Where each project took place."""
        return self._named(places)

    @cached_property
    def programmes(self) -> Named:
        """The programme of each project; of many words it is not kept apart."""
        own = fields.c
        told = self._read(fields, own.project, own.value, where=[own.name == "programme", own.value != ""])
        lines = [(key, " ".join(value.split())) for key, value in told]
        return self._numbered([(key, fold(line), line) for key, line in lines])

    @cached_property
    def roles(self) -> Named:
        """The roles of each project's organisations."""
        told = self._read(organisations, organisations.c.project, organisations.c.role)
        return self._numbered([(key, role, role) for key, role in told])

    @cached_property
    def first_organisations(self) -> list[str | None]:
        """The folded name of each project's first funder, else of its first organisation."""
        own = organisations.c
        told = self._read(organisations, own.project, own.role, own.folded, order=[own.project, own.position])
        found: dict[int, str] = {}
        funded: set[int] = set()
        for key, role, name in told:
            if role == "funder" and key not in funded:
                funded.add(key)
                found[key] = name
            found.setdefault(key, name)
        return [found.get(key) for key in self.keys.tolist()]

    @cached_property
    def first_places(self) -> list[str | None]:
        """The folded name of each project's first place."""
        own = places.c
        found = dict(self._read(places, own.project, own.folded, where=[own.position == 0]))
        return [found.get(key) for key in self.keys.tolist()]

    @cached_property
    def _titled(self) -> dict[str, list[int]]:
        """The positions of the projects whose title or aliases hold a word, by the word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._store.names.titles):
            for word in {*words(" ".join((one.title, *one.aliases)))}:
                found[word].append(at)
        return found

    def titled(self, text: str) -> Positions:
        """The projects whose title and aliases hold every word of a text, in whatever form."""
        held: set[int] | None = None
        for word in {*words(text)}:
            own = {at for form in self._titled if _are_one_word(form, word) for at in self._titled[form]}
            held = own if held is None else held & own
        return np.array(sorted(held or ()), np.int64)

    def _named(self, table: Table, *where: Any) -> Named:
        told = self._read(table, table.c.project, table.c.folded, table.c.name, where=where)
        return self._numbered([(key, folded, name) for key, folded, name in told])

    def _numbered(self, told: Sequence[tuple[int, str, str]]) -> Named:
        """(key, folded name, name) as names with numbers, each once a project."""
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for _, folded, name in told:
            written[folded][name] += 1
        numbers = {folded: number for number, folded in enumerate(written)}
        pairs = np.array([(key, numbers[folded]) for key, folded, _ in told], np.int64).reshape(-1, 2)
        owners = self.at(pairs[:, 0])
        once = np.unique(np.stack([owners, pairs[:, 1]]), axis=1)
        names = tuple(spellings.most_common(1)[0][0] for spellings in written.values())
        return Named(names, tuple(written), once[0], once[1])

    def _read(self, table: Table, *columns: Any, where: Iterable[Any] = (), order: Iterable[Any] = ()) -> list[Any]:
        """Columns of the rows that this generation sees."""
        store = self._store
        joined = projects.join(documents, projects.c.document == documents.c.key)
        joined = joined if table is projects else joined.join(table)
        query = select(*columns).select_from(joined).where(visible(store.generation), *where).order_by(*order)
        with store.catalogue.transaction() as connection:
            return [tuple(row) for row in connection.execute(query)]


def _are_one_word(one: str, other: str) -> bool:
    """Whether two folded words are forms of one in some language."""
    if one[:UNCHANGED] != other[:UNCHANGED]:
        return False
    return one == other or any(stem(one, language) == stem(other, language) for language in STEMMED)

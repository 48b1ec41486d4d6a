"""The records of a store as questions are made of them: each with the words that its document says of it.

Knows no questions. A store of some ten thousand records is read within seconds and kept in memory.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from corpus.document import Span
from corpus.files import file_of
from corpus.record import Project
from corpus.words import fold
from eval.growing.titles import Titles, is_shouted
from index.selection import Names
from index.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """One project; `number` is its place among all, `text` the canonical text of its document.

    `called` is what questions call it: its title, without what stands in brackets behind it where that says as much.
    """

    number: int
    project: Project
    text: str
    called: str

    @property
    def own(self) -> str:
        """All that the document says of it in its place."""
        return self.project.span.of(self.text)

    @property
    def file(self) -> str:
        """The document, a register by its file."""
        return file_of(self.project.document)

    def words_at(self, span: Span) -> str:
        """What is written there, white space aside."""
        return " ".join(span.of(self.text).split())


class Records:
    """All records of a store, and which of them a question may name. The same seed gives the same choices."""

    def __init__(self, store: Store, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        projects = list(store.projects.values())
        texts = {source: one.text for source, one in store.texts({one.document for one in projects}).items()}
        self.titles = Titles(projects, _other_names(store.names))
        self.told = [
            Told(number, one, texts[one.document], self.titles.called(number)) for number, one in enumerate(projects)
        ]
        self.organisations = store.names.organisations
        self.others = [store.document(identity).text for identity, _ in store.names.documents]
        """The texts of the documents that give no record."""

    def is_apart(self, one: Told) -> bool:
        """Whether its title alone says which project is meant."""
        return self.titles.is_apart(one.number)

    def names(self, one: Told) -> list[str]:
        """The ways to name it, its title first."""
        return self.titles.names(one.number)

    @cached_property
    def folded(self) -> list[str]:
        """What the documents say of each project, its title included, folded, white space aside."""
        return [" ".join(fold(f"{one.project.title} {one.own}").split()) for one in self.told]

    def speaking_of(self, name: str) -> set[int]:
        """The numbers of the projects of which a document says anything with this name in it, as whole words."""
        folded = " ".join(fold(name).split())
        whole = re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")
        return {number for number, text in enumerate(self.folded) if folded in text and whole.search(text)}

    def spread(self, most: int) -> list[Told]:
        """At most so many that a question may name, from each document as many as from others."""
        by_document: dict[str, list[Told]] = {}
        for one in self.told:
            by_document.setdefault(one.project.document, []).append(one)
        queues = list(by_document.values())
        for queue in (queues, *queues):
            self.random.shuffle(queue)  # type: ignore[arg-type]  # a list of lists, then each
        for queue in queues:
            queue.sort(key=lambda one: not is_shouted(one.called))  # taken from the end
        found: list[Told] = []
        while len(found) < most and (taken := [one for one in map(self._next, queues) if one]):
            found += taken
        return found[:most]

    def _next(self, queue: list[Told]) -> Told | None:
        while queue:
            if self.is_apart(one := queue.pop()):
                return one
        return None


def _other_names(names: Names) -> Iterator[str]:
    """What is no project: a title such as `Energy` would be taken for the sector."""
    yield from names.organisations
    yield from names.programmes
    yield from (name for name, _ in names.places)
    yield from (value for _, value in names.categories)


def apart_from_each_other(names: Sequence[str]) -> bool:
    """Whether no name holds another, so that an answer that has one of them does not seem to have two."""
    folded = [f" {' '.join(fold(name).split())} " for name in names]
    return not any(one in other for one in folded for other in folded if one is not other)

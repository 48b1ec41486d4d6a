"""The store's projects and documents as an assistant needs them: loaded when a question asks for them, then kept."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from assistant.linking import Subject
from assistant.names import DOCUMENT, PROJECT, Called
from corpus.document import Document, Span
from corpus.record import Project
from corpus.titles import aliases_of
from corpus.words import words
from index.contents import Keys
from index.store import Store

KEPT = 256
"""Subjects that are kept in memory."""


class Records:
    """Projects by id or key, documents by id."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[str, Subject] = OrderedDict()

    @cached_property
    def keys(self) -> dict[str, int]:
        """The store's number for each project, by id."""
        return {title.id: title.key for title in self.store.names.titles}

    def keys_of(self, subjects: Iterable[Subject]) -> Keys:
        """The store's numbers for projects."""
        return np.array([self.keys[subject.key] for subject in subjects], np.int64)

    @cached_property
    def count(self) -> int:
        """How many projects there are."""
        return len(self.store.names.titles)

    @cached_property
    def titles(self) -> list[str]:
        """All titles, in order of document and place."""
        return [title.title for title in self.store.names.titles]

    @cached_property
    def all_titles(self) -> frozenset[str]:
        """Titles of projects and of documents that describe none."""
        return frozenset([*self.titles, *(title for _, title in self.store.names.documents)])

    @cached_property
    def called(self) -> list[Called]:
        """What questions may call the projects, and the documents that describe none."""
        found = []
        for title in self.store.names.titles:
            found.append(Called(PROJECT, title.title, title.id))
            found += [Called(PROJECT, alias, title.id, whole=True) for alias in self._telling(title.aliases)]
            if title.reference:
                found.append(Called(PROJECT, title.reference, title.id, whole=True))
        for identity, name in self.store.names.documents:
            found.append(Called(DOCUMENT, name, identity))
            found += [Called(DOCUMENT, alias, identity, whole=True) for alias in aliases_of(name)]
        return found

    def _telling(self, aliases: Sequence[str]) -> Iterator[str]:
        """Aliases without those of one word that other projects' texts hold too ("Romania – Roads")."""
        for alias in aliases:
            if len(words(alias)) > 1 or len(self.store.holding(alias)) <= 1:
                yield alias

    def subject(self, called: Called) -> Subject:
        """The project or document that is called so."""
        if called.key not in self._kept:
            self._keep(self._load(called))
        self._kept.move_to_end(called.key)
        return self._kept[called.key]

    def _load(self, called: Called) -> Subject:
        if called.kind == PROJECT:
            return self.projects(np.array([self.keys[called.key]]))[0]
        document = self.store.document(called.key)
        return Subject(document.id, document.title, document, Span(0, len(document.text)))

    def project(self, identity: str | None) -> Project | None:
        """The project of an id."""
        return self.subject(Called(PROJECT, identity, identity)).project if identity else None

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id, read when they are asked for."""
        return _Documents(self.store)

    def projects(self, keys: Keys) -> list[Subject]:
        """The projects of these keys, by document and place in it; their documents without blocks."""
        records = self.store.records(keys)
        texts = self.store.texts({project.document for project in records})
        return [_subject(project, texts[project.document]) for project in records]

    def _keep(self, subject: Subject) -> None:
        self._kept[subject.key] = subject
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def _subject(project: Project, document: Document) -> Subject:
    return Subject(project.id, project.title, document, project.span, project)


def one_each(subjects: Iterable[Subject]) -> list[Subject]:
    """The subjects, each once."""
    return list({subject.key: subject for subject in subjects}.values())


class _Documents(Mapping[str, Document]):
    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, identity: str) -> Document:
        return self._store.document(identity)

    def __iter__(self) -> Iterator[str]:
        return iter(document.id for document in self._store.documents.values())

    def __len__(self) -> int:
        return self._store.counts()["documents"]

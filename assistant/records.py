"""The store's projects and documents as an assistant needs them: loaded when a question asks for them, then kept."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from assistant.called import called_in
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.names import DOCUMENT, PROJECT, Called
from corpus.dates import read_period
from corpus.document import Document, Span
from corpus.places import part_around
from corpus.record import Period, Project
from corpus.words import fold, words
from index.contents import Keys
from index.filters import Filters
from index.records import days
from index.selection import Figure
from index.store import Store

FIGURE = re.compile(r"(?!\d\d?\.\d\d?\.\d{4}$)[\d.,\s]{5,}")
"""A number that may look like a date, and none such as `15.03.2021`."""
SAMPLE = 20
"""Values under a label that tell whether it is for dates."""
TEXTS_KEPT = 64
"""Documents whose texts are kept in memory; one of a register has a thousand rows."""
KEPT = 256
"""Subjects that are kept in memory."""


class Records:
    """Projects by id or key, documents by id."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[str, Subject] = OrderedDict()
        self._texts: dict[str, Document] = {}
        self._dated: dict[str, bool] = {}
        self._dates: dict[str, dict[int, tuple[str, str]]] = {}
        self._labelled: dict[str, Keys] = {}

    @cached_property
    def keys(self) -> dict[str, int]:
        """The store's number for each project, by id."""
        return {title.id: title.key for title in self.store.names.titles}

    def keys_of(self, subjects: Iterable[Subject]) -> Keys:
        """The store's numbers for the projects among subjects."""
        return np.array([self.keys[subject.key] for subject in subjects if subject.project], np.int64)

    def once(self, keys: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        """The keys, those of one project together."""
        groups: dict[int, list[int]] = {}
        for key in keys:
            groups.setdefault(self.store.same.get(key, key), []).append(key)
        return tuple(map(tuple, groups.values()))

    @cached_property
    def _files(self) -> dict[int, tuple[int, ...]]:
        """For each project that several files describe, by any of its keys, all of them, the earliest first."""
        groups: dict[int, list[int]] = {}
        for key, head in self.store.same.items():
            groups.setdefault(head, [head]).append(key)
        return {key: tuple(sorted(group)) for group in groups.values() for key in group}

    def files_of(self, key: int) -> tuple[int, ...]:
        """The keys of all that is told of a project, in whatever file."""
        return self._files.get(key, (key,))

    def whole(self, keys: Keys) -> Keys:
        """The sorted keys with those of other files that describe the same projects."""
        shared = np.intersect1d(keys, np.array(sorted(self._files), np.int64)).tolist()
        return np.union1d(keys, np.array([one for key in shared for one in self._files[key]], np.int64))

    @cached_property
    def pages(self) -> dict[str, tuple[str, ...]]:
        """By the id of a project, the documents that are its page and describe none: called exactly as it is."""
        ids: dict[str, list[str]] = {}
        for title in self.store.names.titles:
            ids.setdefault(fold(title.title), []).append(title.id)
        found: dict[str, tuple[str, ...]] = {}
        for document, name in self.store.names.documents:
            own = ids.get(fold(name), [])
            if own and len(self.once(self.keys[identity] for identity in own)) == 1:  # of several called so, which?
                found |= {identity: (*found.get(identity, ()), document) for identity in own}
        return found

    def pages_of(self, subject: Subject) -> list[Subject]:
        """The pages about a project that give no record of it."""
        return [self.subject(Called(DOCUMENT, subject.title, page)) for page in self.pages.get(subject.key, ())]

    def holding(self, text: str) -> Keys:
        """Sorted keys of the projects of which one passage, of their pages too, holds every word of `text`."""
        keys = self.store.holding(text)
        if not self._of_pages:
            return keys
        own = np.intersect1d(self.store.passage_keys_holding(text), np.array([*self._of_pages], np.int64))
        return np.union1d(keys, np.array([self._of_pages[key] for key in own.tolist()], np.int64))

    @cached_property
    def _of_pages(self) -> dict[int, int]:
        """The project that each passage of the pages is about, by their keys."""
        told = ((page, identity) for identity, pages in self.pages.items() for page in pages)
        return {one.key: self.keys[identity] for page, identity in told for one in self.store.passages_in(page)}

    @property
    def are_shared(self) -> bool:
        """Whether any project is described in several files."""
        return bool(self.store.same)

    @cached_property
    def placed(self) -> Keys:
        """Sorted keys of the projects of which a place is known."""
        return self.store.choose([Filters(placed=True)])

    def unparted(self, country: str) -> Keys:
        """Sorted keys of the projects in a country if it is not told in which part of it: in Britain, or Bristol."""
        placed = tuple(name for name, code in self.store.names.places if code == country and part_around(name))
        own = self.store.choose([Filters(country=country)])
        return np.setdiff1d(own, self.store.choose([Filters(place=placed)])) if placed else own

    @cached_property
    def total(self) -> int:
        """How many projects there are, one in several files counted once."""
        return self.count - len(self.store.same)

    def title(self, key: int) -> str:
        """The title of a project."""
        return self._titles[key]

    @cached_property
    def _titles(self) -> dict[int, str]:
        """What each project is called: of several titles the one that carries the first, else the first."""
        told = {title.key: title for title in self.store.names.titles}
        found = {key: title.title for key, title in told.items()}
        for keys in self._files.values():
            first = told[keys[0]]
            carrying = (told[key].title for key in keys if first.title in told[key].aliases)
            found |= dict.fromkeys(keys, next(carrying, first.title))
        return found

    def by_key(self, keys: Iterable[int]) -> dict[int, Subject]:
        """Projects by the store's number for them; their documents without blocks."""
        wanted = np.array(sorted(set(keys)), np.int64)
        return {self.keys[subject.key]: subject for subject in self.projects(wanted)} if len(wanted) else {}

    def figures(self, keys: Sequence[int], roles: Sequence[str]) -> list[Figure]:
        """The amounts of projects in one of the roles."""
        return self.store.figures(np.array(keys, np.int64), roles)

    def labelled(self, keys: Sequence[int], label: str) -> list[Figure]:
        """What stands under a label in these projects; its amounts where it gives any."""
        return self.store.figures(np.array(keys, np.int64), label=label)

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
        return called_in(self.store.names)

    def dated(self, labels: Sequence[str], bounds: Sequence[tuple[str | None, str | None]]) -> Keys:
        """Sorted keys of the projects that have a date within bounds, ISO 8601 or open, under one of the labels."""
        found = set()
        for label in labels:
            for key, (first, last) in self.dates(label).items():
                if any(
                    (not since or last >= since) and (not until or first[: len(until)] <= until)
                    for since, until in bounds
                ):
                    found.add(key)
        return np.array(sorted(found), np.int64)

    def counted(self, labels: Sequence[str], bounds: tuple[Decimal | None, Decimal | None]) -> Keys:
        """Sorted keys of the projects that give a number within bounds, either open, under one of the labels."""
        least, most = bounds
        told = [one for label in labels for one in self.store.figures(self.store.choose(), label=label)]
        found = {
            one.project
            for one in told
            if one.amount is not None
            and (least is None or one.amount >= least)
            and (most is None or one.amount <= most)
        }
        return np.array(sorted(found), np.int64)

    def is_own(self, label: str) -> bool:
        """Whether a label gives something that no field of a record does."""
        return any(one.label == label and one.name == "other" for one in self.store.names.labels)

    def sources_of(self, keys: Keys) -> frozenset[str]:
        """The documents that projects stand in."""
        wanted = set(keys.tolist())
        return frozenset(title.source for title in self.store.names.titles if title.key in wanted)

    def keys_in(self, sources: frozenset[str]) -> Keys:
        """Sorted keys of the projects of these documents."""
        return np.array(sorted(title.key for title in self.store.names.titles if title.source in sources), np.int64)

    def labelled_by(self, label: str) -> Keys:
        """Sorted keys of the projects that have something under a label of the source's own."""
        if label not in self._labelled:
            self._labelled[label] = self.store.labelled_by(label)
        return self._labelled[label]

    @cached_property
    def dated_labels(self) -> tuple[str, ...]:
        """Own labels that give a date in most records, such as that of a page."""
        own = [one for one in self.store.names.labels if one.name == "other" and 2 * one.count > self.count]
        return tuple(one.label for one in own if self.is_dated(one.label))

    def lasting(self, bounds: tuple[float | None, float | None]) -> Keys:
        """Sorted keys of the projects that lasted within bounds, in days; of a period told half it is not known."""
        least, most = bounds
        found = [
            key
            for key, days_told in self._durations.items()
            if (least is None or days_told >= least) and (most is None or days_told <= most)
        ]
        return np.array(sorted(found), np.int64)

    @cached_property
    def _durations(self) -> dict[int, int]:
        """How many days each project lasted of which both ends are told."""
        told = self.store.periods()
        return {key: (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 for key, first, last in told}

    def is_dated(self, label: str) -> bool:
        """Whether dates stand under a label, by the first few of its values."""
        if label not in self._dated:
            few = [one.text for one in self.store.labelled(self.store.choose(), label, SAMPLE)]
            read = [text for text in few if not FIGURE.fullmatch(text) and any(read_period(text)[:2])]
            self._dated[label] = 2 * len(read) > len(few)
        return self._dated[label]

    def dates(self, label: str) -> dict[int, tuple[str, str]]:
        """First and last day, ISO 8601, of what stands under a label, by project; what is no date is left out."""
        if label not in self._dates:
            every = self.store.choose()
            told = {one.project: read_period(one.text) for one in reversed(self.store.labelled(every, label))}
            read = {key: Period(start, end, "", Span(0, 0)) for key, (start, end, _) in told.items() if start or end}
            self._dates[label] = {key: day for key, one in read.items() if all(day := days(one))}  # type: ignore[misc]
        return self._dates[label]

    @cached_property
    def about(self) -> Called | None:
        """The page about whoever runs the projects: the one document about no project, or the one called so."""
        found = [Called(DOCUMENT, name, identity) for identity, name in self.store.names.documents]
        called = [one for one in found if grammar().about_page.search(fold(one.name))]
        return called[0] if called else found[0] if len(found) == 1 else None

    def is_common(self, called: Called) -> bool:
        """Whether an alias is one word that other projects' texts hold too ("Romania – Roads")."""
        return called.whole and len(words(called.name)) == 1 and len(self.store.holding(called.name)) > 1

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
        absent = {project.document for project in records} - self._texts.keys()
        self._texts |= self.store.texts(absent) if absent else {}
        found = [self._subject(project, self._texts[project.document]) for project in records]
        while len(self._texts) > TEXTS_KEPT:
            self._texts.pop(next(iter(self._texts)))
        return found

    def _subject(self, project: Project, document: Document) -> Subject:
        """A project under one title in whatever file: `Water Mills (Mori de apă)`, also where it is `Mori de apă`."""
        title = self._titles[self.keys[project.id]]
        if title == project.title:
            return Subject(project.id, title, document, project.span, project)
        known = replace(project, title=title, aliases=(*project.aliases, project.title))
        return Subject(project.id, title, document, project.span, known, project.title)

    def in_all_files(self, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
        """The subjects, and behind each what other files tell of the same project."""
        found: list[Subject] = []
        for subject in subjects:
            others = self.files_of(self.keys[subject.key]) if subject.project else ()
            found += [subject, *(self.by_key(others).values() if len(others) > 1 else ())]
        return tuple(one_each(found))

    def _keep(self, subject: Subject) -> None:
        self._kept[subject.key] = subject
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)


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

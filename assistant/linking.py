"""Which projects a question names: titles and aliases found in it; typos, missing accents and words are forgiven.

Learns from the catalogue which words of a title tell it from the others. Knows no title itself.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.record import Project
from corpus.titles import aliases_of
from corpus.words import fold, stem, words

CLOSE = 84
"""RapidFuzz ratio, 0 to 100, from which two words are one with a slip: `chalenge`, 94; `storys` and `stories`, 77."""
ALLOWED_SLIPS = 1.5
"""Letters by which a whole name may differ, a changed one counting twice: `digi tale` for `DigiTales`."""
SHORTEST_FUZZY = 5
"""Letters; shorter words differ by one letter too easily."""
ENOUGH_OF_A_NAME = 0.6
"""Share of a name's weight, by rarity of its words, that a question has to hold."""
ENOUGH_OF_A_START = 0.3
"""The same where the question holds the name's first words, two or more, in order."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a question can be about: a project, or a document that describes no project but has a title."""

    key: str
    title: str
    names: tuple[str, ...]
    document: Document
    span: Span
    project: Project | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A subject that a question names; `positions` are the question's words that name it; score from 0 to 1."""

    subject: Subject
    positions: frozenset[int]
    score: float


def subjects_of(projects: Sequence[Project], documents: dict[str, Document]) -> list[Subject]:
    """Every project, and every document without projects, by its title."""
    sources = {document.source: document for document in documents.values()}
    holders = Counter(
        word for project in projects for word in set(words(project.span.of(sources[project.document].text)))
    )
    found = [
        Subject(
            project.id,
            project.title,
            (project.title, *_telling(project.aliases, holders)),
            sources[project.document],
            project.span,
            project,
        )
        for project in projects
    ]
    described = {project.document for project in projects}
    for document in documents.values():
        if document.source not in described:
            names = (document.title, *aliases_of(document.title))
            found.append(Subject(document.id, document.title, names, document, Span(0, len(document.text))))
    return found


def _telling(aliases: Sequence[str], holders: Counter[str]) -> Iterator[str]:
    """Aliases without those of one word that other projects' texts hold too ("Romania – Roads")."""
    return (alias for alias in aliases if len(words(alias)) > 1 or all(holders[word] <= 1 for word in words(alias)))


class Linker:
    """Finds the subjects of questions; built once for a set of subjects."""

    def __init__(self, subjects: Sequence[Subject], ignored: frozenset[str]) -> None:
        self._names: list[tuple[Subject, list[str]]] = [(s, words(name)) for s in subjects for name in s.names]
        self._ignored = ignored
        holders = Counter(word for subject in subjects for word in {w for name in subject.names for w in words(name)})
        self._weight = {word: math.log(1 + len(subjects) / count) for word, count in holders.items()}

    def link(self, question_words: Sequence[str]) -> list[Link]:
        """The subjects named, best first. Each word of the question names one subject, or several equally well."""
        links: dict[str, Link] = {}
        for subject, name in self._names:
            found = self._match(subject, name, question_words)
            if found and (subject.key not in links or found.score > links[subject.key].score):
                links[subject.key] = found
        if any(link.subject.project for link in links.values()):
            links = {key: link for key, link in links.items() if link.subject.project}
        chosen: list[Link] = []
        for link in sorted(links.values(), key=lambda link: (-len(link.positions) * link.score, -link.score)):
            same = [other for other in chosen if other.positions == link.positions]
            if same and link.score < same[0].score - 0.05 and same[0].score > 0.95:
                continue
            if same or not any(other.positions & link.positions for other in chosen):
                chosen.append(link)
        return chosen

    def _match(self, subject: Subject, name: Sequence[str], question: Sequence[str]) -> Link | None:
        whole = _find(name, question)
        telling = [word for word in name if word not in self._ignored]
        if whole and (telling or len(name) > 1):
            return Link(subject, whole, 1.0)
        if not telling:
            return None  # "Who we are" is named as a whole or not at all
        squashed = _find_squashed("".join(name), question)
        if squashed:
            return Link(subject, squashed, 1.0)
        hits = {word: at for word in telling if (at := _position(word, question, self._ignored)) is not None}
        total = sum(self._weight.get(word, 1.0) for word in telling)
        score = sum(self._weight.get(word, 1.0) for word in hits) / total if total else 0.0
        if name != words(subject.title):
            return Link(subject, frozenset(hits.values()), 1.0) if len(hits) == len(telling) else None
        start = _find(name[:2], question) if len(name) > 2 and set(name[:2]) <= set(telling) else None
        if score >= ENOUGH_OF_A_NAME and (len(hits) > 1 or len(telling) == 1):
            return Link(subject, frozenset(hits.values()), score)
        if start and score >= ENOUGH_OF_A_START:
            return Link(subject, frozenset(hits.values()), score)
        return None


def _find(name: Sequence[str], question: Sequence[str]) -> frozenset[int] | None:
    """Positions of `name` as a run of the question's words."""
    size = len(name)
    for start in range(len(question) - size + 1):
        if size and list(question[start : start + size]) == list(name):
            return frozenset(range(start, start + size))
    return None


def _find_squashed(name: str, question: Sequence[str]) -> frozenset[int] | None:
    """Positions of a run of words that is the name but for spaces and a slip: `digi tales`, `silver storys`."""
    from rapidfuzz import fuzz

    if len(name) < SHORTEST_FUZZY + 2:
        return None
    for size in range(1, 9):
        for start in range(len(question) - size + 1):
            run = "".join(question[start : start + size])
            alike = fuzz.ratio(run, name) >= 100 - ALLOWED_SLIPS * 200 / (len(name) + len(run))
            if alike and abs(len(run) - len(name)) <= ALLOWED_SLIPS and _digits(run) == _digits(name):
                return frozenset(range(start, start + size))
    return None


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _position(word: str, question: Sequence[str], closed: frozenset[str]) -> int | None:
    """Where the question has this word, the same or nearly."""
    from rapidfuzz import fuzz

    for at, other in enumerate(question):
        if word == other or stem(word, "en") == stem(other, "en"):
            return at
    if len(word) >= SHORTEST_FUZZY and word.isalpha():
        for at, other in enumerate(question):
            if len(other) >= SHORTEST_FUZZY and other not in closed and fuzz.ratio(word, other) >= CLOSE:
                return at
    return None


def nearest_titles(subjects: Sequence[Subject], question: str, count: int = 3) -> list[str]:
    """Titles most like the words of a question, for a refusal to name."""
    from rapidfuzz import fuzz, process

    titles = {subject.title: fold(subject.title) for subject in subjects if subject.project}
    found = process.extract(fold(question), titles, scorer=fuzz.token_set_ratio, limit=count)
    return [title for _, _, title in found]

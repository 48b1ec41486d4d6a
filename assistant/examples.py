"""Examples: questions to begin with, drawn from what a store holds and answered once before they are shown.

Looks at a sample of the records, spread evenly, so that a large store costs no more than a small one.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.answer import ANSWERED
from assistant.assistant import Assistant
from assistant.choosing import fields_had
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.mending import value_of
from assistant.name_conditions import FUNDING
from assistant.neighbours import FEWEST, MOST, OF_COUNTRY, OF_FUNDER, OF_YEAR, is_sayable
from assistant.plan_words import country_called
from assistant.questions_made import FIELDS, of_many, of_one
from corpus.words import words
from index.filters import Filters

LOOKED_AT = 40
"""Records that examples are drawn from."""
MOST_SHARED = 8
"""Names of each kind that are looked at, the commonest first."""
MOST_SECONDS = 3.0
"""How long examples are looked for; what is found by then is shown."""
SUMMED = {OF_FUNDER: "sum_funder", OF_COUNTRY: "sum_country", OF_YEAR: "count_year"}
COUNTED = {OF_COUNTRY: "count_country", OF_YEAR: "count_year"}
FEWEST_WORDS, MOST_TITLE_WORDS = 2, 6
"""Telling words of a title that is easily read as one, and the most that an example shows."""


def examples(assistant: Assistant, language: str, count: int = 4, *, seconds: float = MOST_SECONDS) -> tuple[str, ...]:
    """Up to `count` questions of different kinds in `language`, each of which the store answers.

    One for a field, one for a list, one for a sum or a number, one for what a text says; where a kind has none, another
    of the others in its place. Fewer where the records hold little, or `seconds` are over.
    """
    return [(), *tried(assistant, language, count, seconds=seconds)][-1]


def tried(
    assistant: Assistant, language: str, count: int = 4, *, seconds: float = MOST_SECONDS
) -> Iterator[tuple[str, ...]]:
    """The same step by step: what is found so far, after each question that is tried."""
    until = time.perf_counter() + seconds
    subjects = _sampled(assistant)
    kinds = [
        _fields(subjects, language),
        _lists(subjects, assistant, language),
        _figures(subjects, assistant, language),
        _texts(sorted(subjects, key=_length, reverse=True), language),
    ]
    found: dict[str, None] = {}
    for kind in (*kinds, *kinds):  # a second round where a kind has none
        for question in kind:
            if len(found) == count or time.perf_counter() > until:
                return
            is_new = question not in found and assistant.ask(question).status == ANSWERED
            if is_new:
                found[question] = None
            yield tuple(found)
            if is_new:
                break


def _sampled(assistant: Assistant) -> list[Subject]:
    """Some records spread evenly over the store, those with the most fields first."""
    keys = assistant.store.choose()
    chosen = keys[np.linspace(0, len(keys) - 1, min(LOOKED_AT, len(keys))).astype(int)] if len(keys) else keys
    subjects = [one for one in assistant.records.by_key(chosen.tolist()).values() if _is_plain(one.title)]
    return sorted(subjects, key=lambda one: -len(list(fields_had(one))))


def _length(subject: Subject) -> int:
    return subject.span.end - subject.span.start


def _is_plain(title: str) -> bool:
    telling = [word for word in words(title) if word not in grammar().closed]
    return is_sayable(title) and FEWEST_WORDS <= len(telling) <= MOST_TITLE_WORDS


def _fields(subjects: Sequence[Subject], language: str) -> Iterator[str]:
    """A field of each, another one each time."""
    for at, subject in enumerate(subjects):
        had = {value_of(one) for one in fields_had(subject) if not isinstance(one, str)}
        own = [one for one in FIELDS if one in had]
        if own:
            yield of_one(language, own[at % len(own)], subject.title)


def _lists(subjects: Sequence[Subject], assistant: Assistant, language: str) -> Iterator[str]:
    for kind, name in _shared(subjects, assistant):
        yield of_many(language, kind, name=_called(kind, name, language))


def _figures(subjects: Sequence[Subject], assistant: Assistant, language: str) -> Iterator[str]:
    has_amounts = any(one.project and one.project.amounts for one in subjects)
    keys = SUMMED if has_amounts else COUNTED
    told = list(_shared(subjects, assistant))
    for kind, name in told[1:]:  # not what the list is of
        if kind in keys:
            yield of_many(language, keys[kind], name=_called(kind, name, language))
    yield of_many(language, "largest_all" if has_amounts else "by_year")
    yield from (
        of_many(language, keys[kind], name=_called(kind, name, language)) for kind, name in told[:1] if kind in keys
    )


def _texts(subjects: Sequence[Subject], language: str) -> Iterator[str]:
    for subject in subjects:
        yield of_one(language, "description", subject.title)


def _shared(subjects: Sequence[Subject], assistant: Assistant) -> Iterator[tuple[str, str]]:
    """(kind, name) of what several of the records share, the commonest of each kind first; neither few nor all."""
    found: dict[str, Counter[str]] = {OF_FUNDER: Counter(), OF_COUNTRY: Counter(), OF_YEAR: Counter()}
    for project in (one.project for one in subjects if one.project):
        found[OF_FUNDER].update({one.name for one in project.organisations if one.role in FUNDING})
        found[OF_COUNTRY].update({one.country for one in project.places if one.country})
        if project.period and project.period.start:
            found[OF_YEAR][project.period.start[:4]] += 1
    ranked = [[(kind, name) for name, _ in counted.most_common(MOST_SHARED)] for kind, counted in found.items()]
    for kind, name in (pair for at in range(MOST_SHARED) for each in ranked for pair in each[at : at + 1]):
        if is_sayable(name) and FEWEST <= len(assistant.store.choose([_filters(kind, name)])) <= MOST:
            yield kind, name


def _filters(kind: str, name: str) -> Filters:
    if kind == OF_FUNDER:
        return Filters(organisation=name, role=FUNDING)
    return Filters(country=name) if kind == OF_COUNTRY else Filters(since=name, until=name)


def _called(kind: str, name: str, language: str) -> str:
    return country_called(name, language) if kind == OF_COUNTRY else name

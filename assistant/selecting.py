"""Which records fulfil a plan's conditions, and the words of each that show it.

Complete: the catalogue and the index of words are asked, nothing is ranked. Where the tables know nothing of a place or
a topic, a text that names it counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from assistant.linking import Subject
from assistant.plan import Condition
from assistant.records import Records
from corpus.document import Document, Span
from corpus.record import Field, Project
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words
from index.contents import Keys
from index.filters import Filters


@dataclass(frozen=True, slots=True)
class Chosen:
    """Keys of the records that fulfil all conditions, out of `total`; `failed` is a condition that none fulfils."""

    keys: Keys
    total: int
    failed: Condition | None = None


def choose(records: Records, conditions: Sequence[Condition]) -> Chosen:
    """The records that fulfil all conditions."""
    if not conditions:
        return Chosen(records.store.choose(), records.count)
    found = [_keys(records, condition) for condition in conditions]
    failed = next((one for one, keys in zip(conditions, found, strict=True) if not len(keys)), None)
    return Chosen(reduce(np.intersect1d, found), records.count, failed)


def _keys(records: Records, condition: Condition) -> Keys:
    found = [records.store.choose([filters]) for filters in condition.filters]
    if not any(map(len, found)):
        found = [records.store.holding(words_) for words_ in condition.mentions]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def shown_by(subject: Subject, condition: Condition) -> Span | None:
    """The words of a record that show that it fulfils a condition; None where they cannot be told."""
    project = subject.project
    if project is None:
        return None
    fields = [field for one in condition.filters for field in _showing(project, one)]
    if fields:
        return fields[0].whole
    spans = [
        place.span for one in condition.filters for place in project.places if _is_place(place.country, place.name, one)
    ]
    if spans:
        return _line(project, spans[0])
    return next(_sentences(subject, condition.mentions), None)


def _showing(project: Project, filters: Filters) -> Iterator[Field]:
    """The fields of a record that a filter looks at and finds right."""
    if filters.organisation is not None or filters.role is not None:
        names = {fold(name) for name in _several(filters.organisation)}
        roles = set(_several(filters.role))
        for one in project.organisations:
            if (not names or fold(one.name) in names) and (not roles or one.role in roles) and (
                filters.organisation_country in (None, one.country)
            ):
                yield from (f for f in project.fields if f.whole.holds(one.span))
    if filters.programme is not None:
        yield from (field for field in project.fields if field.name == "programme")
    if filters.category is not None:
        yield from (field for field in project.fields if field.name == "other" and field.label == filters.category[0])
    if any(bound is not None for bound in (filters.since, filters.until, filters.started, filters.ended)):
        yield from (field for field in project.fields if field.name == "period")
    if filters.least is not None or filters.most is not None or filters.currency is not None:
        yield from _amounts(project, filters)


def _amounts(project: Project, filters: Filters) -> Iterator[Field]:
    roles = set(_several(filters.measure))
    for one in project.amounts:
        value = None if one.amount is None else float(one.amount)
        fits = (
            (not roles or one.role in roles)
            and filters.currency in (None, one.currency)
            and (filters.least is None or (value is not None and value >= float(filters.least)))
            and (filters.most is None or (value is not None and value <= float(filters.most)))
        )
        if fits:
            yield from (field for field in project.fields if field.name == "amount" and field.span.holds(one.span))


def _is_place(country: str | None, name: str, filters: Filters) -> bool:
    if filters.place is None and filters.country is None:
        return False
    names = {fold(one) for one in _several(filters.place)}
    return (filters.country is None or country == filters.country) and (not names or fold(name) in names)


def _line(project: Project, span: Span) -> Span:
    """The field that a place stands in, or the place itself."""
    return next((field.whole for field in project.fields if field.whole.holds(span)), span)


def _sentences(subject: Subject, mentions: Sequence[str]) -> Iterator[Span]:
    """Sentences or lines of a record that hold all words of one of the mentions, else most of them."""
    language = subject.document.language
    wanted = [{stem(word, language) for word in words(one)} for one in mentions]
    spans = list(sentence_spans(subject.span.of(subject.document.text), language, subject.span.start))
    held = [_stems(subject.document, span) for span in spans]
    for one in wanted:
        best = max(range(len(spans)), key=lambda at: len(one & held[at]), default=None)
        if best is not None and one & held[best]:
            yield spans[best]


def _stems(document: Document, span: Span) -> set[str]:
    return {stem(word, document.language) for word in words(span.of(document.text))}


def _several(names: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else names

"""Which records fulfil a plan's conditions, and the words of each that show it.

Complete: the catalogue and the index of words are asked, nothing is ranked. Where the tables know nothing of a place or
a topic, a text that names it counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice

import numpy as np

from assistant.linking import Subject
from assistant.lookup import end_told
from assistant.names import CATEGORY, PLACE
from assistant.plan import Condition, Plan
from assistant.records import Records
from assistant.said import Said
from corpus.country_names import part_code
from corpus.dates import GOES_ON
from corpus.document import Document, Span
from corpus.record import Field, Place, Project
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words
from index.contents import Keys
from index.filters import Filters

MOST_PLACED = 0.5
"""Share of the records with a place from which one without may be anywhere; else the place goes without saying."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The records that fulfil all conditions, out of `total` projects.

    A group holds the keys of one project, several where several files describe it.
    """

    groups: tuple[tuple[int, ...], ...]
    total: int


def choose(records: Records, plan: Plan) -> Chosen:
    """The records that a plan over several is about.

    Of a project that several files describe, one may fulfil one condition and another the next.
    """
    plain = [one for one in plan.conditions if _is_plain(records, one)]
    found = [_keys(records, condition) for condition in plan.conditions if condition not in plain]
    if plain and records.are_shared:
        found += [records.store.choose([one.filters[0]]) for one in plain]
    elif plain:
        found.append(records.store.choose([one.filters[0] for one in plain]))
    if plan.subjects:
        found.append(np.sort(records.keys_of(plan.subjects)))
    whole = [records.whole(keys) for keys in found]
    keys = reduce(np.intersect1d, whole) if whole else records.store.choose()
    if plan.excluded:
        keys = np.setdiff1d(keys, records.whole(records.keys_of(plan.excluded)))
    return Chosen(records.once(keys.tolist()), records.total)


def _is_plain(records: Records, condition: Condition) -> bool:
    """Whether one filter says all of a condition, so that SQL can put it together with others."""
    by_text = condition.kind == PLACE and len(records.placed) < records.count
    by_text = by_text or (bool(condition.mentions) and condition.kind != PLACE)
    in_turn = any(_in_turn(filters) for filters in condition.filters)
    is_turned = condition.is_negated or bool(condition.otherwise)
    return len(condition.filters) == 1 and not (condition.labels or is_turned or by_text or in_turn)


def _in_turn(filters: Filters) -> bool:
    """Whether an amount is looked for in roles of which the first counts that a record has."""
    bounded = any(bound is not None for bound in (filters.least, filters.most))
    return bounded and isinstance(filters.measure, tuple) and len(filters.measure) > 1


def _keys(records: Records, condition: Condition) -> Keys:
    found = [keys for filters in condition.filters for keys in _fulfilling(records, filters)]
    found += [_keys(records, one) for one in condition.parts]
    if condition.otherwise:
        others = [records.store.choose([filters]) for filters in condition.otherwise]
        found += [np.setdiff1d(keys, _telling(records, condition)) for keys in others]
    if condition.lasting:
        found.append(records.lasting(condition.lasting))
    if condition.dated:
        found.append(records.dated(condition.labels, condition.dated))
    elif condition.counted:
        found.append(records.counted(condition.labels, condition.counted))
    elif condition.labels:
        found += [records.labelled_by(label) for label in condition.labels]
    if condition.kind == PLACE and not any(filters.role for filters in condition.filters):
        # Of a record without a place its text tells where it was.
        found.append(np.setdiff1d(_holding(records, condition.mentions), records.placed))
    elif condition.mentions and not any(map(len, found)):
        found = [_holding(records, condition.mentions)]
    keys = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    if not condition.is_negated:
        return keys
    parts = {part_code(name) for row in condition.mentions for name in row} if condition.kind == PLACE else set()
    unsure = [records.unparted(part[:2]) for part in parts if part]
    return np.setdiff1d(_told_of(records, condition), records.whole(np.concatenate([keys, *unsure])))


def _telling(records: Records, condition: Condition) -> Keys:
    """The records, in all their files, that tell by one of the labels `unless` what a condition is about."""
    told = [records.labelled_by(label) for label in condition.unless]
    return records.whole(np.unique(np.concatenate(told))) if told else np.empty(0, np.int64)


def _fulfilling(records: Records, filters: Filters) -> Iterator[Keys]:
    """The records that fulfil a filter: by the budget, and by the grant where they have no budget."""
    if not _in_turn(filters):
        yield records.store.choose([filters])
        return
    with_others = np.empty(0, np.int64)
    for role in _several(filters.measure):
        yield np.setdiff1d(records.store.choose([replace(filters, measure=(role,))]), with_others)
        with_others = np.union1d(with_others, records.store.choose([Filters(measure=(role,))]))


def _told_of(records: Records, condition: Condition) -> Keys:
    """The records of which anything is told: one without a place may have been anywhere."""
    is_of_project = condition.kind == PLACE and not any(filters.role for filters in condition.filters)
    if is_of_project and len(records.placed) > MOST_PLACED * records.count:
        return records.placed
    if condition.counted:
        return np.unique(np.concatenate([records.labelled_by(label) for label in condition.labels]))
    if condition.kind == "field" and any(records.is_own(label) for label in condition.labels):
        # A register without the column says nothing of it.
        sources = records.sources_of(np.concatenate([records.labelled_by(label) for label in condition.labels]))
        return records.keys_in(sources)
    if condition.otherwise:
        told = [records.store.choose([one]) for one in (Filters(ended=(None, None)), Filters(goes_on=True))]
        return np.unique(np.concatenate([_telling(records, condition), *told]))
    if condition.kind == CATEGORY:  # what gives no status has not another one
        labels = dict.fromkeys(filters.category[0] for filters in condition.filters if filters.category)
        return np.unique(np.concatenate([records.labelled_by(label) for label in labels]))
    if condition.kind == "status":  # of what tells no end it is not known whether it is over
        return np.union1d(
            records.store.choose([Filters(ended=(None, None))]), records.store.choose([Filters(goes_on=True)])
        )
    if condition.kind == "period" and not condition.labels:
        return records.store.choose([Filters(started=(None, None), ended=(None, None))])
    return records.store.choose()


def _holding(records: Records, mentions: Sequence[Sequence[str]]) -> Keys:
    """The records that hold one of each row."""
    held = [np.unique(np.concatenate([records.holding(one) for one in row])) for row in mentions]
    return reduce(np.intersect1d, held)


def shown_by(subject: Subject, condition: Condition) -> tuple[Span, ...]:
    """The words of a record that show that it fulfils a condition; none where they cannot be told."""
    project = subject.project
    if condition.is_negated or condition.kind == "kind":
        return ()
    if condition.parts:
        return tuple(dict.fromkeys(span for one in condition.parts for span in shown_by(subject, one)))
    if project is None:
        sentence = _sentence(subject, condition.mentions)
        return (sentence,) if sentence else ()
    if condition.lasting:
        told = [field for field in project.fields if field.name == "period"]
        return tuple(field.whole for field in (told[:1] if not told or not told[0].role else told))
    for filters in (*condition.filters, *condition.otherwise):
        if fields := list(_showing(project, filters, subject.document)):
            return tuple(field.whole for field in fields)
    places = [
        one for filters in condition.filters for one in project.places if _is_place(one.country, one.name, filters)
    ]
    if places:
        return (_line(project, places[0].span),)
    if condition.labels:
        wanted = {fold(label) for label in condition.labels}
        return tuple(field.whole for field in project.fields if fold(field.label) in wanted)[:1]
    sentence = _sentence(subject, condition.mentions)
    return (sentence,) if sentence else ()


def shown_of(conditions: Sequence[Condition], said: Said, own: Sequence[Subject]) -> list[int]:
    """Citations of what shows that a project, in any of its files, fulfils the conditions."""
    shown = (said.cite(one, span) for one in own for condition in conditions for span in shown_by(one, condition))
    return list(dict.fromkeys(shown))


def first_shown_of(conditions: Sequence[Condition], said: Said, own: Sequence[Subject]) -> list[int]:
    """The same, for each condition from the first file alone that shows it."""
    cites: list[int] = []
    for condition in conditions:
        one = next((one for one in own if shown_by(one, condition)), own[0])
        cites += shown_of([condition], said, [one])
    return list(dict.fromkeys(cites))


def is_there(subject: Subject, conditions: Sequence[Condition]) -> bool:
    """Whether the places that a question names beside a subject have to do with it: its own, or in its text."""
    said = f" {' '.join(words(subject.span.of(subject.document.text)))} "
    return all(
        any(_is_place(one.country, one.name, filters) for one in _places(subject) for filters in condition.filters)
        or any(f" {' '.join(words(name))} " in said for row in condition.mentions for name in row)
        or condition.kind != PLACE
        for condition in conditions
    )


def _places(subject: Subject) -> tuple[Place, ...]:
    return subject.project.places if subject.project else ()


def _showing(project: Project, filters: Filters, document: Document) -> Iterator[Field]:
    """The fields of a record that a filter looks at and finds right, one of each kind."""
    if filters.organisation is not None or filters.role is not None:
        yield from islice(_organisations(project, filters), 1)
    if filters.programme is not None:
        named = _several(filters.programme)
        told = (field for field in project.fields if field.name == "programme")
        yield from islice((field for field in told if field.span.of(document.text) in named), 1)
    if filters.category is not None:
        own = (field for field in project.fields if field.name == "other" and field.label == filters.category[0])
        yield from islice(own, 1)
    dated = any(bound is not None for bound in (filters.since, filters.until, filters.started, filters.ended))
    if dated or (filters.goes_on and project.period and GOES_ON in project.period.note):
        yield from _periods(project, filters)
    if any(asked is not None for asked in (filters.least, filters.most, filters.currency)):
        yield from islice(_amounts(project, filters), 1)


def _organisations(project: Project, filters: Filters) -> Iterator[Field]:
    names = {fold(name) for name in _several(filters.organisation)}
    roles = set(_several(filters.role))
    for one in project.organisations:
        is_named = not names or fold(one.name) in names
        is_in_role = not roles or one.role in roles
        if is_named and is_in_role and filters.organisation_country in (None, one.country):
            yield from (field for field in project.fields if field.whole.holds(one.span))


def _periods(project: Project, filters: Filters) -> list[Field]:
    """The line of the period or, of one told in two, that of the end asked for; both where either counts."""
    told = [field for field in project.fields if field.name == "period"]
    asks_both = filters.since is not None or filters.until is not None or (filters.started and filters.ended)
    role = "" if asks_both else "start" if filters.started is not None else "end"
    ends = {end_told(field): field for field in reversed(told)}
    if "" in ends or not ends:
        return told[:1]
    return [ends[role]] if role in ends else list(ends.values())


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


def _sentence(subject: Subject, mentions: Sequence[Sequence[str]]) -> Span | None:
    """The sentence or line of a record that holds most of what is mentioned."""
    language = subject.document.language
    wanted = [[{stem(word, language) for word in words(one)} for one in row] for row in mentions]
    spans = list(sentence_spans(subject.span.of(subject.document.text), language, subject.span.start))
    held = [_stems(subject.document, span) for span in spans]
    scores = [sum(any(one <= stems for one in row) for row in wanted) for stems in held]
    best = max(range(len(spans)), key=lambda at: scores[at], default=None)
    return spans[best] if best is not None and scores[best] else None


def _stems(document: Document, span: Span) -> set[str]:
    return {stem(word, document.language) for word in words(span.of(document.text))}


def _several(names: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else names

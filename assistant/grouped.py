"""The groups that records fall into: by country, year, role of organisations, programme or a label of the source's own.

Each record stands in a group with the words that put it there. Words nothing and adds nothing up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.linking import Subject
from assistant.lookup import end_told
from assistant.place_names import place_key
from assistant.plan import COUNTRY, END_YEAR, LABEL, PROGRAMME, ROLE, YEAR, Grouping
from assistant.records import Records
from assistant.value_words import anywhere
from assistant.vocabulary import LONGEST_NAME, Vocabulary
from corpus.dates import read_period
from corpus.document import Span
from corpus.places import country_code
from corpus.record import Field, Organisation, Period, Project
from corpus.target_groups import is_people
from corpus.words import fold

FUNDER, BENEFICIARY = "funder", "beneficiary"
FALLBACKS = {FUNDER: ("sponsor", "supporter")}
"""Roles that stand for one of which a record names nobody."""


@dataclass(slots=True)
class Group:
    """Records that belong together: for each project, by the store's keys of it, where its sources say so."""

    names: Counter[str] = field(default_factory=Counter)
    """What it is called, as it is written."""
    places: dict[tuple[int, ...], list[tuple[Subject, Span]]] = field(default_factory=dict)


def groups_of(
    grouping: Grouping, projects: Sequence[tuple[int, ...]], records: Records, vocabulary: Vocabulary
) -> dict[str, Group]:
    """The groups by a key of each, of those that `grouping` is about."""
    subjects = records.by_key(key for keys in projects for key in keys)
    approved = _approved(grouping, records)
    found: dict[str, Group] = {}
    for keys in projects:
        for key in keys:
            for value, name, span in _told(grouping, subjects[key], vocabulary, approved.get(key)):
                if not grouping.only or value in grouping.only:
                    group = found.setdefault(value, Group())
                    group.names[" ".join(name.split())] += 1
                    group.places.setdefault(keys, []).append((subjects[key], span))
    return found


def people_in(grouping: Grouping, groups: dict[str, Group]) -> dict[str, Group]:
    """Those groups by beneficiary that are people and no names, where others are names: `48 small farmers`."""
    if grouping.kind != ROLE or BENEFICIARY not in grouping.names:
        return {}
    people = {key: one for key, one in groups.items() if all(map(is_people, one.names))}
    return people if len(people) < len(groups) else {}


def value_key(value: str) -> str:
    """What values that are written alike but for case and accents have in common."""
    return " ".join(fold(value).split())


def in_role(subject: Subject, roles: Sequence[str]) -> list[Organisation]:
    """The organisations of a project in the first of the roles in which it names any."""
    organisations = subject.project.organisations if subject.project else ()
    named = ([one for one in organisations if one.role == role] for role in roles)
    found = next((ones for ones in named if ones), [])
    return found or (_unnamed(subject, FUNDER) if FUNDER in roles else [])


def _unnamed(subject: Subject, role: str) -> list[Organisation]:
    """What stands under the label of a role and is no name: `Funder: local budget`."""
    fields = subject.project.fields if subject.project else ()
    told = [one.span for one in fields if (one.name, one.role, one.source) == ("organisation", role, "label")]
    said = ((" ".join(span.of(subject.document.text).split()), span) for span in told)
    return [Organisation(text, role, text, span) for text, span in said if any(map(str.isalpha, text))]


def _approved(grouping: Grouping, records: Records) -> dict[int, str]:
    """For each record the first day under the labels of dates that a question names, or of when it was approved."""
    if grouping.kind != YEAR:
        return {}
    found: dict[int, str] = {}
    for label in _of_start(grouping, records):
        found |= {key: first for key, (first, _) in records.dates(label).items() if key not in found}
    return found


def _of_start(grouping: Grouping, records: Records) -> tuple[str, ...]:
    """Own labels of dates: those that a question names, else those for a start: `Approved`."""
    dated = (label for label in records.dated_labels if anywhere("started").search(fold(label)))
    return grouping.names or tuple(dated)


def _told(
    grouping: Grouping, subject: Subject, vocabulary: Vocabulary, approved: str | None
) -> Iterator[tuple[str, str, Span]]:
    """(key, name, place) of each group that a record is in."""
    project, text = subject.project, subject.document.text
    if project is None:
        return
    if grouping.kind == YEAR:
        yield from _year(grouping, subject, approved)
    elif grouping.kind == END_YEAR:
        if project.period and project.period.end:
            yield project.period.end[:4], project.period.end[:4], _end_at(project, project.period)
    elif grouping.kind == COUNTRY:
        named = [(country_code(place.name), place) for place in project.places]
        # A town is counted where the source names no country: that of "Alba County" is known.
        named = [one for one in named if one[0]] or [(place.country, place) for place in project.places]
        yield from ((code, place.name, place.span) for code, place in named if code)
    elif grouping.kind == ROLE:
        for each in in_role(subject, (*grouping.names, *FALLBACKS.get(grouping.names[0], ()))):
            if len(each.name.split()) <= LONGEST_NAME:
                yield vocabulary.key_of(each.name), each.name, each.span
    else:
        wanted = {fold(name) for name in grouping.names}
        for one in project.fields:
            is_own = grouping.kind == LABEL and fold(one.label) in wanted and one.source == "label"
            if is_own or (grouping.kind == PROGRAMME and one.name == PROGRAMME):
                key = place_key if one.name == "place" else value_key
                yield from ((key(span.of(text)), span.of(text), span) for span in _values(one, project, text))


def _year(grouping: Grouping, subject: Subject, approved: str | None) -> Iterator[tuple[str, str, Span]]:
    """The year under a label where one is named; else in which the period starts, or that of an approval."""
    project, text = subject.project, subject.document.text
    start = project.period.start if project and project.period else None
    if project and approved and (grouping.names or not start):
        named = {fold(name) for name in grouping.names}
        own = (one for one in project.fields if one.name == "other" or fold(one.label) in named)
        told = (one.span for one in own if _tells(one.span.of(text), approved))
        yield from ((approved[:4], approved[:4], span) for span in list(told)[:1])
    elif project and project.period and start and not grouping.names:
        yield start[:4], start[:4], project.period.span


def _end_at(project: Project, period: Period) -> Span:
    """Where the end of a period is told that may have a column of its own."""
    told = [one for one in project.fields if one.name == "period" and end_told(one) == "end"]
    return told[0].span if told else period.span


def _tells(text: str, day: str) -> bool:
    """Whether words tell a day, ISO 8601, as precisely as they do."""
    start, end, _ = read_period(text)
    return day.startswith(start or end or "?")


def _values(one: Field, project: Project, text: str) -> Iterable[Span]:
    """The values of a field: organisations apart, and what semicolons part."""
    organisations = [each.span for each in project.organisations if one.span.holds(each.span)]
    if organisations:
        return dict.fromkeys(organisations)
    found, start = [], one.span.start
    for piece in one.span.of(text).split(";"):
        begin = start + len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(Span(begin, begin + len(piece.strip())))
        start += len(piece) + 1
    return found

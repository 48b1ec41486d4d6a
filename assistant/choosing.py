"""What else the parts of a plan may be meant for: other projects, other fields that a project has, other operations."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.grammar import Asked, grammar
from assistant.linking import Subject, nearest_titles
from assistant.lookup import fields_of, is_register
from assistant.mend import Mend
from assistant.mending import OF_GROUPS, OPERATIONS, value_of
from assistant.names import PROJECT, Called
from assistant.part import Choice
from assistant.plan import ACROSS, AVERAGE, COMPARISON, COUNT, GROUPS, LIST, SUM, Plan
from assistant.plan_words import word
from assistant.vocabulary import Vocabulary
from corpus.words import words

MOST_SUBJECTS, MOST_FIELDS, MOST_LABELS = 5, 12, 6
LONGEST_LABEL = 40
"""Characters of a source's own label that is offered."""
FEW_TITLES = 500
"""Titles that are all compared with a question; of more, those that share words with it."""


def other_subjects(plan: Plan, vocabulary: Vocabulary, mend: Mend) -> tuple[Choice, ...]:
    """The projects with the nearest names, but for the one understood, each once."""
    records = vocabulary.records
    own = {one.title for one in plan.subjects}
    only = len({one.title for one in plan.subjects}) == 1
    told = [] if only else [Called(PROJECT, one.title, one.key) for one in plan.subjects if one.project]
    told += _near(plan, vocabulary)
    found: dict[str, str] = {}
    for called in told:
        title = records.title(records.keys[called.key])
        if not (only and title in own):
            found.setdefault(title, called.key)
    return tuple(Choice(title, replace(mend, subject=key)) for title, key in list(found.items())[:MOST_SUBJECTS])


def _near(plan: Plan, vocabulary: Vocabulary) -> list[Called]:
    """The projects that share words with the question or the title understood; of few, those written alike too."""
    said = [*words(plan.question), *(word for one in plan.subjects[:1] for word in words(one.title))]
    found = vocabulary.linker.near(said, 2 * MOST_SUBJECTS)
    records = vocabulary.records
    if len(found) < MOST_SUBJECTS and records.count <= FEW_TITLES:
        ids = {title.title: title.id for title in reversed(records.store.names.titles)}
        telling = {title: " ".join(w for w in words(title) if w not in grammar().closed) for title in ids}
        sought = " ".join(w for w in said if w not in grammar().closed)
        near = nearest_titles({k: v for k, v in telling.items() if v}, sought, MOST_SUBJECTS) if sought else []
        found += [Called(PROJECT, title, ids[title]) for title in near]
    if not found and not plan.subjects and not plan.leftover:  # "what was the budget?"
        found = [Called(PROJECT, title.title, title.id) for title in records.store.names.titles[:MOST_SUBJECTS]]
    return found


def other_fields(plan: Plan, language: str, mend: Mend) -> tuple[Choice, ...]:
    """The other fields of what the question is about: those that all of the projects have."""
    subjects = [one for one in plan.subjects if one.project]
    is_one = len({one.title for one in subjects}) == 1
    is_compared, is_unnamed = plan.intent == COMPARISON, bool(plan.conditions or plan.leftover or plan.inherited)
    if not subjects or (is_unnamed and not (is_one or is_compared)):
        return ()
    if is_unnamed and not is_compared:  # so that the other field is asked of the same project
        mend = replace(mend, subject=mend.subject or subjects[0].key)
    asked = {value_of(one) for one in plan.fields} | {value_of(label) for label in plan.labels}
    had = [one for one in fields_had(subjects[0]) if not (is_compared and isinstance(one, str))]
    shared = [one for one in had if value_of(one) not in asked and _is_told_of_each(one, subjects)]
    return tuple(
        Choice(one if isinstance(one, str) else one.names[language].lower(), replace(mend, field=value_of(one)))
        for one in shared[:MOST_FIELDS]
    )


def _is_told_of_each(one: Asked | str, subjects: Sequence[Subject]) -> bool:
    """Whether every project has a field, in any of the files that describe it."""
    telling = {each.title for each in subjects if fields_of(each, one)}
    return telling == {each.title for each in subjects}


def fields_had(subject: Subject) -> Iterator[Asked | str]:
    """The fields that a project has, and after them a few labels of its source's own."""
    seen = set()
    for one in grammar().fields:
        spans = tuple(field.span for field in fields_of(subject, replace(one, also=())))
        if spans and spans not in seen:
            seen.add(spans)
            yield one
    fields = subject.project.fields if subject.project else ()
    own = dict.fromkeys(one.label for one in fields if (one.name, one.source) == ("other", "label"))
    # The keys of a page's front matter, all in small letters, tell of the page.
    kept = (one for one in own if is_register(subject.document) or one[:1].isupper())
    yield from [label for label in kept if len(label) <= LONGEST_LABEL][:MOST_LABELS]


def other_operations(plan: Plan, what: str, language: str, mend: Mend, *, has_amounts: bool) -> tuple[Choice, ...]:
    """What else can be done with the records: counted, added up, the largest found."""
    if plan.beyond or plan.intent not in (ACROSS, GROUPS):
        return ()
    allowed = OPERATIONS if plan.intent == ACROSS else OF_GROUPS
    kept = [one for one in allowed if one != plan.operation and (one in (LIST, COUNT) or has_amounts)]
    return tuple(Choice(_called(one, what, language), replace(mend, operation=one)) for one in kept)


def _called(operation: str, what: str, language: str) -> str:
    if operation in (LIST, COUNT):
        return word(language, f"{operation}_choice")
    if operation in (SUM, AVERAGE):
        return word(language, operation, what=what)
    return word(language, f"{operation}_amount", what=what)

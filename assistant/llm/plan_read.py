"""A form that a language model has filled in, read into a Plan that the executor knows how to carry out.

Trusts nothing: what is not in the choice, or was never said, makes all of it unusable. The plan has the form that the
grammar would have given it; which of the two is carried out is for `plan_kept`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.grammar import Asked
from assistant.heard import hear
from assistant.linking import Subject
from assistant.llm.plan_conditions import Known, UnusableError, condition_of, stems_of
from assistant.llm.plan_figures import figures_said
from assistant.llm.plan_kept import is_sure
from assistant.llm.plan_names import Choice, by_name
from assistant.llm.plan_over import across_told, fields_told, groups_told, labels_told, members_told, titles_of
from assistant.llm.plan_schema import INTENTS
from assistant.plan import (
    AMOUNT,
    AVERAGE,
    COMPARISON,
    DESCRIPTION,
    DURATION,
    END,
    FIELD,
    GROUPS,
    HIGHEST,
    LOWEST,
    MEMBERS,
    PASSAGE,
    PRECEDENT,
    SHARE,
    START,
    SUM,
    Condition,
    Plan,
)
from assistant.question import understand_alone
from assistant.records import one_each
from assistant.vocabulary import Vocabulary
from corpus.words import words

LONGEST_QUESTION = 400
"""Characters of a question that stands alone."""
MOST_LISTED = 50
COMPARABLE = (HIGHEST, LOWEST)
ADDED = {SUM: (AMOUNT,), AVERAGE: (AMOUNT, DURATION)}
"""What can be added up, by operation; of all else the largest can be found."""


def known_of(texts: Sequence[str], choice: Choice, hint: Plan, vocabulary: Vocabulary) -> Known:
    """What a plan may be made of; `texts` are all that was said, the question first."""
    stems = {
        form for text in texts for said in words(text) for language in ("en", "ro") for form in stems_of(said, language)
    }
    return Known(choice, figures_said(texts), frozenset(stems), hint.language, vocabulary)


def read_plan(told: Mapping[str, Any], known: Known, hint: Plan) -> tuple[Plan, Plan]:
    """(the plan that a form describes, how the grammar reads its `question`); `told` fits the schema.

    Raises:
        UnusableError: it holds what is not known or was never said, or asks for what cannot be done.
    """
    question = _standalone(str(told["question"]), known, hint)
    alone = understand_alone(question, known.vocabulary, known.language)
    alone = replace(alone, language=known.language)
    return _planned(told, alone, known, hint), alone


def _planned(told: Mapping[str, Any], alone: Plan, known: Known, hint: Plan) -> Plan:
    intent = INTENTS[str(told["intent"])]
    subjects = _subjects(told["subjects"], known)
    conditions = tuple(dict.fromkeys(condition_of(one, known) for one in told["conditions"]))
    if intent in (FIELD, DESCRIPTION, COMPARISON):
        return _of_subjects(told, intent, alone, subjects, conditions, known)
    if intent in (PASSAGE, PRECEDENT):
        return _of_text(intent, alone, subjects, hint)
    if told["operation"] == SHARE:
        if alone.operation == SHARE and is_sure(alone, known):
            return alone
        raise UnusableError("no share of records")
    plan = Plan(
        alone.question, known.language, intent, subjects, words=alone.words, names=alone.names, quoted=alone.quoted,
        conditions=conditions, fields=fields_told(told["fields"]),
    )  # fmt: skip
    if intent == MEMBERS:
        return members_told(plan)
    return groups_told(plan, told, known) if intent == GROUPS else across_told(plan, told, known)


# What the form names


def _standalone(question: str, known: Known, hint: Plan) -> str:
    """The question as it stands alone, if it holds no name and no figure that nobody has said.

    Raises:
        UnusableError: it does, or it is too long or empty.
    """
    question = " ".join(question.split())
    if not words(question) or len(question) > LONGEST_QUESTION:
        return hint.question
    heard = hear(question, known.language)
    names = {word for one in (*known.choice.titles, *known.choice.organisations) for word in words(one.name)}
    strange = [
        heard.words[at]
        for at in sorted(heard.names())
        if heard.words[at] not in names and known.stems.isdisjoint(stems_of(heard.words[at], known.language))
    ]
    if strange:
        raise UnusableError(f"nobody has said: {strange[0]!r}")
    return question


def _subjects(titles: Sequence[str], known: Known) -> tuple[Subject, ...]:
    records, found = known.vocabulary.records, []
    for title in titles:
        called = by_name(title, known.choice.titles)
        if not called:
            raise UnusableError(f"no project of the choice: {title[:80]!r}")
        found += [records.subject(one) for one in called]
    return tuple(one_each([*found, *(page for one in found for page in records.pages_of(one))]))


# One project, or a few


def _of_subjects(
    told: Mapping[str, Any],
    intent: str,
    alone: Plan,
    subjects: tuple[Subject, ...],
    conditions: tuple[Condition, ...],
    known: Known,
) -> Plan:
    fields, labels = fields_told(told["fields"]), labels_told(told["labels"], known)
    titles = titles_of(subjects)
    if not titles:
        return _of_unnamed(intent, alone, fields, labels)
    if conditions:
        raise UnusableError("a project that is named, and conditions")
    if intent == DESCRIPTION:
        return replace(alone, intent=DESCRIPTION, subjects=subjects, alternatives=(), unknown="", conditions=())
    if intent == COMPARISON:
        if len(titles) < 2:
            raise UnusableError("one project is compared with nothing")
        plan = replace(alone, intent=COMPARISON, subjects=subjects, fields=fields, labels=labels, conditions=())
        return replace(plan, alternatives=(), unknown="", leftover=(), narrowing=(), heads=())
    if not (fields or labels):
        raise UnusableError("no field is asked for")
    if told["detail"] is not None and words(str(told["detail"])):
        return _narrowed(alone, subjects, fields, labels)
    read = (alone.intent, titles_of(alone.subjects), alone.fields, alone.labels)
    if read == (FIELD, titles, fields, labels) and is_sure(alone, known):
        return alone
    name = ", ".join([*(one.names[known.language].lower() for one in fields), *labels])
    ends = [key for key in told["fields"] if key in (START, END)]
    end = ends[0] if len(ends) == 1 and "period" not in told["fields"] else ""
    return Plan(f"{name}: {'; '.join(titles)}", known.language, FIELD, subjects, fields, labels, end)


def _narrowed(alone: Plan, subjects: tuple[Subject, ...], fields: tuple[Asked, ...], labels: tuple[str, ...]) -> Plan:
    """A part of a field, such as one item of a budget: the text may tell it, and the field as a whole does not."""
    if not (alone.narrowing or alone.heads):
        raise UnusableError("part of a field that the question does not name")
    return replace(alone, intent=FIELD, subjects=subjects, fields=fields, labels=labels)


def _of_unnamed(intent: str, alone: Plan, fields: tuple[Asked, ...], labels: tuple[str, ...]) -> Plan:
    """A field of a project that is only described: the grammar's reading of the question that stands alone."""
    if intent != FIELD or alone.subjects or alone.intent not in (FIELD, PASSAGE) or not alone.leftover:
        raise UnusableError("no project is named")
    if not (fields or labels or alone.fields or alone.labels):
        raise UnusableError("no field is asked for")
    return replace(alone, intent=FIELD, fields=fields or alone.fields, labels=labels or alone.labels)


def _of_text(intent: str, alone: Plan, subjects: tuple[Subject, ...], hint: Plan) -> Plan:
    """What the text says: the question that stands alone as the grammar reads it, of the projects named."""
    if intent == PRECEDENT:
        return replace(alone, intent=PRECEDENT, subjects=(), conditions=(), alternatives=(), unknown="", unread=())
    if not subjects:
        if alone.question == hint.question:
            raise UnusableError("nothing that the grammar does not say")
        return alone
    return replace(
        alone, intent=PASSAGE, subjects=subjects, conditions=(), alternatives=(), unknown="", unread=(), operation=""
    )

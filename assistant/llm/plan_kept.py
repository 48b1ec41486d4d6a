"""Which of two plans is carried out: the grammar's, or the one that a language model has made.

The grammar's stays where it explains the whole question, and wherever the model's leaves out what the grammar has read
with certainty: a project, a name, a figure, a condition, a negation, the end of an order. What a model adds has been
checked before, by `plan_read`.
"""

from collections.abc import Iterator
from dataclasses import replace

from assistant.llm.plan_conditions import Known
from assistant.llm.plan_left_out import OF_TEXT, left_out, several
from assistant.names import CATEGORY, ORGANISATION, PLACE, PROGRAMME
from assistant.plan import (
    ABILITIES,
    ACROSS,
    AVERAGE,
    COMPARISON,
    COUNT,
    DESCRIPTION,
    FIELD,
    GREETED,
    GROUPS,
    HIGHEST,
    LOWEST,
    MEMBERS,
    SHARE,
    SUM,
    TASK,
    Condition,
    Plan,
)
from assistant.status_conditions import STATUS
from corpus.words import words
from index.filters import Filters

SETTLED = (GREETED, ABILITIES, TASK)
"""Intents that no model is asked about."""
OF_RECORDS = (ACROSS, GROUPS, MEMBERS)
TOLD = (COUNT, SUM, AVERAGE, HIGHEST, LOWEST, SHARE)
"""Operations that a question says in words of the grammar."""
ONLY_OURS = ("kind", "field", "duration")
"""Kinds of conditions that no model can give; they stay."""
STATED = (CATEGORY, STATUS)
NAMED = (ORGANISATION, PROGRAMME)


def is_sure(plan: Plan, known: Known) -> bool:
    """Whether the grammar explains all of a question by itself, so that no model has anything to say."""
    if plan.intent in SETTLED or plan.unmended:
        return True
    if plan.inherited or plan.singled or plan.unread or plan.unknown or plan.alternatives:
        return False
    if plan.intent in (FIELD, COMPARISON, DESCRIPTION):
        return bool(plan.subjects) and not plan.leftover and not left_out(plan, known)
    if plan.intent not in OF_RECORDS or any(one.kind == "mention" for one in plan.conditions):
        return False
    return not left_out(plan, known)


def kept(plan: Plan, alone: Plan, hint: Plan, known: Known) -> Plan:
    """The plan that is carried out; `alone` is how the grammar reads the question that the model's plan stands for."""
    if plan.intent in (ACROSS, GROUPS) and plan.operation in (HIGHEST, LOWEST) and hint.operation == plan.operation:
        plan = replace(
            plan, place=hint.place, limit=plan.limit or hint.limit, is_ordered=plan.is_ordered or hint.is_ordered
        )
    if plan.intent in OF_RECORDS:
        own = [one for one in hint.conditions if one.kind in ONLY_OURS and one not in plan.conditions]
        plan = replace(plan, conditions=(*own, *plan.conditions))
    is_dropping = _drops(plan, hint, known) or _drops(plan, alone, known) or left_out(plan, known)
    return hint if is_dropping or _are_same(plan, hint) else plan


def _are_same(plan: Plan, hint: Plan) -> bool:
    """Whether two plans come to the same, though their words differ."""

    def told(one: Plan) -> tuple[object, ...]:
        conditions = {(each.filters, each.is_negated) for each in one.conditions}
        subjects = {subject.title for subject in one.subjects}
        told = (one.intent, subjects, one.fields, one.labels, one.end, conditions, one.grouped, one.place, one.limit)
        return (*told, one.operation, one.measure) if one.intent in (ACROSS, GROUPS) else told

    return told(plan) == told(hint) and not hint.leftover and plan.question == hint.question


# What a plan leaves out


def _drops(plan: Plan, other: Plan, known: Known) -> bool:
    """Whether a plan leaves out what another has read in the question with certainty."""
    if other.beyond or other.excluded or other.recurring or other.intent in SETTLED:
        return True
    asked = words(known.choice.heard.question)
    if plan.intent not in OF_TEXT:
        titles = {one.title for one in plan.subjects}
        if any(title not in titles for title in _named_titles(other, known)):
            return True
    if plan.intent not in OF_RECORDS or other.intent not in OF_RECORDS:
        return False
    needed = [one for one in other.conditions if _is_needed(one, plan, asked)]
    if any(not _is_met(one, plan) for one in needed if one.kind != "mention"):
        return True
    is_told = (
        other.operation in TOLD
        and (other.operation, other.intent) != (COUNT, GROUPS)
        and other.intent == plan.intent != MEMBERS
    )
    return is_told and other.operation != plan.operation


def _is_needed(one: Condition, plan: Plan, asked: list[str]) -> bool:
    """Whether a condition has to stay: what a follow-up has taken over may go where it is rewritten without."""
    rewritten = words(plan.question)
    if rewritten == asked or {*words(one.said)} <= {*asked}:
        return True
    return {*words(one.said)} <= {*asked, *rewritten} and all(each.kind != one.kind for each in plan.conditions)


def _named_titles(other: Plan, known: Known) -> Iterator[str]:
    """The projects of a plan that the question names, by a word that is written like a name."""
    names = known.choice.heard.names()
    for one in other.subjects:
        at = {position for each in known.choice.named if one.key in each.keys for position in each.positions}
        if at & names:
            yield one.title


def _is_met(one: Condition, plan: Plan) -> bool:
    """Whether a plan has a condition, or one that says more."""
    if one.kind in ONLY_OURS:
        return one in plan.conditions
    if one.parts or one.kind == "either":
        return False
    return any(_says(each, one) for each in plan.conditions)


def _says(each: Condition, one: Condition) -> bool:
    if one.kind in STATED and each.kind in STATED:
        are_alike = bool(set(each.filters) & set(one.filters)) or each.otherwise == one.otherwise != ()
        return are_alike == (each.is_negated == one.is_negated)  # what is not finished is under way
    if each.is_negated != one.is_negated:
        return False
    if one.kind in NAMED and each.kind in NAMED:
        return any(_is_within(wide, narrow) for wide in one.filters for narrow in each.filters)
    if one.kind != each.kind:
        return False
    if one.kind == "period":
        return not one.labels and all(_ends(each) == _ends(one) or not _ends(one) for _ in one.filters)
    return one.kind in (PLACE, "amount") and bool(_places(one) & _places(each) or one.kind == "amount")


def _is_within(wide: Filters, narrow: Filters) -> bool:
    """Whether organisations of one filter are among those of another, in a role that it leaves open or has."""
    if wide.programme or narrow.programme:
        return wide.programme == narrow.programme
    shared = set(several(wide.organisation)) & set(several(narrow.organisation))
    return bool(shared) and (not wide.role or bool(set(several(wide.role)) & set(several(narrow.role))))


def _ends(one: Condition) -> tuple[bool, bool]:
    filters = one.filters[:1]
    return any(each.started for each in filters), any(each.ended for each in filters)


def _places(one: Condition) -> set[object]:
    return {each.country or each.organisation_country or each.place for each in one.filters} | set(one.mentions)

"""What a question leaves unsaid, taken from the ones before it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.grammar import Asked, grammar
from assistant.linking import Subject
from assistant.operations import direction_of, measure_of, told_by_label
from assistant.plan import (
    ABILITIES,
    ACROSS,
    COMPARISON,
    COUNT,
    DESCRIPTION,
    FIELD,
    GREETED,
    HIGHEST,
    LIST,
    LOWEST,
    MEMBERS,
    PARTNERS,
    PASSAGE,
    PRECEDENT,
    SUM,
    TASK,
    Condition,
    Measure,
    Plan,
)
from corpus.words import fold, words
from index.filters import Filters

MEASURED = ("amount", "period")
"""Fields of which one project may have more than another."""


def follow(plan: Plan, before: Sequence[Plan], find: Callable[[Plan], Sequence[Subject]]) -> Plan:
    """The plan with what it leaves unsaid; `find` tells which few records a question over several has come down to."""
    if not before or plan.intent in (GREETED, ABILITIES, PRECEDENT, TASK):
        return plan
    last = before[-1]
    folded = fold(plan.question)
    across = grammar().across
    if last.intent == ACROSS and plan.intent == MEMBERS and not plan.conditions and not _wants_all(folded):
        found = tuple(find(last))  # "who were the partners?" of what was listed
        kept = replace(plan, conditions=last.conditions, inherited=True)
        return replace(kept, intent=FIELD, subjects=found, conditions=()) if found else kept
    if last.intent in (ACROSS, PRECEDENT) and not plan.subjects:
        narrowed = _of_records(plan, last, folded) if last.intent == ACROSS else None
        if narrowed:
            return narrowed
        found = tuple(find(last)) if _points_back(plan, folded) else ()
        if found:
            if last.intent == PRECEDENT and not plan.singled:
                found = found[:1]  # "it" is the likest
            before = [*before[:-1], replace(last, subjects=found)]
            last = before[-1]
            if last.measure.kind == PARTNERS and plan.wants_name and not plan.fields:
                return replace(plan, intent=FIELD, fields=_partners(), subjects=found, leftover=(), inherited=True)
    recent = _recent(before)
    is_bare = not plan.conditions and not plan.subjects
    is_of_recent = plan.intent == ACROSS and is_bare and len(recent) > 1 and bool(across["only"].search(folded))
    if is_of_recent and plan.operation in (HIGHEST, LOWEST):
        return replace(plan, subjects=recent, inherited=True)
    is_of_others = plan.intent == ACROSS or bool(across["others_of"].search(folded))
    if is_of_others and is_bare and (others := _others(plan, last, folded)):
        return others
    if _asks_for_others(plan, last, folded):
        names_of = _others(replace(plan, fields=plan.fields or last.fields), last, folded)
        return names_of or replace(plan, unread=(plan.question,))
    if not plan.subjects and not plan.singled and len(recent) > 1 and across["comparative"].search(folded):
        fields = plan.fields or tuple(one for one in last.fields if one.meaning.name in MEASURED)
        return replace(plan, intent=COMPARISON, subjects=recent[-2:], fields=fields, conditions=(), inherited=True)
    return _of_subjects(plan, last, recent, folded)


def _points_back(plan: Plan, folded: str) -> bool:
    """Whether a question leans on the one before it."""
    said = set(words(plan.question))
    leans = bool(grammar().same_again.match(folded)) or bool(said & grammar().anaphora[plan.language]) or plan.singled
    return leans or (plan.intent == FIELD and not plan.leftover and not plan.conditions)


def _of_records(plan: Plan, last: Plan, folded: str) -> Plan | None:
    """A question about what the one before listed: fewer of them, which ones, the largest, the same elsewhere."""
    across = grammar().across
    is_bare = not (plan.conditions or plan.operation or plan.fields or plan.labels or plan.leftover)
    if across["which_ones"].match(folded.strip(" ?!.")) and is_bare:
        return replace(last, question=plan.question, language=plan.language, operation=LIST, inherited=True)
    counts = grammar().how_many.search(folded) and not _counts_all(folded)
    if counts and not (plan.fields or plan.labels or plan.conditions or plan.leftover):
        return replace(last, question=plan.question, language=plan.language, operation=COUNT, inherited=True)
    if across["comparative"].search(folded) and not (
        plan.operation or plan.conditions or plan.singled
    ):  # "which was larger?"
        direction = direction_of(folded)
        measure = measure_of(folded, plan.fields, (), last.conditions, is_beyond=True)
        same = replace(last, question=plan.question, language=plan.language, fields=plan.fields, inherited=True)
        return replace(same, operation=direction, measure=measure)
    is_narrower = bool(across["only"].search(folded))
    if plan.operation in ("", COUNT) and _counts_those(folded) and plan.conditions:  # "how many of them ran in 2014?"
        plan, is_narrower = replace(plan, operation=COUNT, fields=(), labels=()), True
    if not plan.operation and not plan.conditions and told_by_label(folded):
        plan = replace(plan, operation=SUM, measure=measure_of(folded, plan.fields, (), last.conditions))
    is_alone = bool(plan.operation) and not plan.conditions and not across["asks_records"].search(folded)
    leans = bool(grammar().same_again.match(folded))
    points = bool(set(words(plan.question)) & grammar().anaphora[plan.language])
    if is_narrower or is_alone or (plan.operation and (leans or points)):
        told = (one for one in plan.conditions if one.kind != "mention" or not plan.operation)
        conditions = (*last.conditions, *told)
    elif leans and plan.conditions and not plan.fields:
        conditions = _instead(last.conditions, plan.conditions)
    else:
        return None
    return replace(
        plan,
        intent=ACROSS,
        operation=plan.operation or (LIST if is_narrower else last.operation),
        conditions=conditions,
        fields=plan.fields or last.fields,
        measure=plan.measure if plan.operation else _measured(plan, last),
        inherited=True,
    )


def _counts_those(folded: str) -> bool:
    """Whether "how many" counts what was told before: a closed-class word follows, no noun."""
    found = re.match(rf"\W*{grammar().how_many.pattern}\W+(\w+)", folded)
    return found is not None and found[found.re.groups] in grammar().closed


def _counts_all(folded: str) -> bool:
    """Whether "how many projects are there" counts records by their name: those of a list are "of them", or unnamed."""
    found = re.match(rf"\W*{grammar().how_many.pattern}\W+(?:de\W+)?(\w+)", folded)
    is_named = found is not None and bool(grammar().across["records"].fullmatch(found[found.re.groups]))
    points = set(words(folded)) & {word for told in grammar().anaphora.values() for word in told}
    return is_named and not points - {"there"}


def _measured(plan: Plan, last: Plan) -> Measure:
    """What was measured before, in the currency named now: "and in RON?"."""
    return replace(last.measure, currency=plan.measure.currency or last.measure.currency)


def _partners() -> tuple[Asked, ...]:
    return tuple(one for one in grammar().fields if (one.meaning.name, one.meaning.role) == ("organisation", "partner"))


def _asks_for_others(plan: Plan, last: Plan, folded: str) -> bool:
    """Whether other projects of someone just spoken of are asked for, who is not named: "what other grants has it"."""
    is_bare = plan.intent == ACROSS and not (plan.conditions or plan.subjects or plan.fields)
    return is_bare and bool(last.subjects) and bool(grammar().across["other"].search(folded))


def _others(plan: Plan, last: Plan, folded: str) -> Plan | None:
    """Other projects of those just spoken of: "which other projects did they fund?", "what else did she lead?"."""
    is_of_those = bool(grammar().across["others_of"].search(folded))
    roles = _roles(plan) or (_roles(last) if is_of_those else set())
    if not (roles and last.subjects and grammar().across["other"].search(folded)):
        return replace(plan, unread=(plan.question,)) if is_of_those else None
    names = tuple(
        dict.fromkeys(
            one.name
            for subject in last.subjects
            for one in (subject.project.organisations if subject.project else ())
            if one.role in roles
        )
    )
    if not names:
        return replace(plan, unread=(plan.question,)) if is_of_those else None
    condition = Condition("organisation", "; ".join(names), (Filters(organisation=names, role=tuple(roles)),))
    whole = replace(plan, intent=ACROSS, conditions=(condition,), fields=(), excluded=last.subjects, operation=LIST)
    return replace(whole, inherited=True)


def _roles(plan: Plan) -> set[str]:
    return {one.meaning.role for one in plan.fields if one.meaning.name == "organisation"}


def _instead(before: Sequence[Condition], now: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions of before, those of a kind that is named anew replaced: "and in Moldova?"."""
    kinds = {one.kind for one in now}
    times = [one for one in before if one.kind == "period"]
    now = [_of_same_end(one, times[0]) if one.kind == "period" and times else one for one in now]
    return (*(one for one in before if one.kind not in kinds), *now)


def _of_same_end(one: Condition, last: Condition) -> Condition:
    """A time that says no end of a period, of the end asked about before: "how many began in 2019? and in 2020?"."""
    if last.labels and not one.labels:
        dated = tuple((each.since, each.until) for each in one.filters)
        return replace(one, filters=(), labels=last.labels, dated=dated)
    before = last.filters[0] if last.filters else Filters()
    if before.started is None and before.ended is None:
        return one
    filters = []
    for each in one.filters:
        bounds = (each.since, each.until)
        if each.started is not None or each.ended is not None:
            filters.append(each)
        elif before.started is not None:
            filters.append(replace(each, since=None, until=None, started=bounds))
        else:
            filters.append(replace(each, since=None, until=None, ended=bounds))
    return replace(one, filters=tuple(filters))


def _recent(before: Sequence[Plan]) -> tuple[Subject, ...]:
    """What the last questions were about, each once, the latest last."""
    found: dict[str, Subject] = {}
    for plan in before[-3:]:
        for subject in plan.subjects:
            called = fold(subject.title)  # one project may stand in two files
            found.pop(called, None)
            found[called] = subject
    return tuple(found.values())


def _of_subjects(plan: Plan, last: Plan, recent: Sequence[Subject], folded: str) -> Plan:
    leans = bool(grammar().same_again.match(folded))
    if plan.subjects and last.intent == FIELD and not last.subjects and not plan.fields and not plan.leftover:
        # "Which project do you mean?" – "Salt Road."
        return replace(plan, intent=FIELD, fields=last.fields, labels=last.labels, covered=last.covered)
    if member := _of_members(plan, last, folded):
        return member
    if plan.intent == ACROSS and not plan.conditions and (plan.fields or plan.labels) and _points_back(plan, folded):
        plan = replace(plan, intent=FIELD, operation="")  # "and how much is the total?"
    if plan.subjects:
        if leans and plan.intent in (DESCRIPTION, PASSAGE) and last.intent == FIELD:
            return replace(
                plan,
                intent=FIELD,
                fields=last.fields,
                labels=last.labels,
                covered=last.covered,
                leftover=(),
                narrowing=(),
            )
        return plan
    if plan.intent == MEMBERS and not plan.conditions and last.subjects and not _wants_all(folded):
        return replace(plan, intent=FIELD, subjects=last.subjects, inherited=True)
    if not recent or (plan.intent == ACROSS and not plan.fields) or (plan.intent == MEMBERS and plan.conditions):
        return plan
    spoken_of = last.subjects if len(last.subjects) > 1 else recent
    chosen = (_one_of(spoken_of, plan.place) if plan.singled else last.subjects) or tuple(recent[-1:])
    pointing = set(words(plan.question)) & grammar().anaphora[plan.language]
    is_field = plan.intent == FIELD and not plan.leftover
    if leans or pointing or plan.singled or is_field:
        if plan.conditions and leans and not plan.fields and last.fields:  # "and the one from Portugal?"
            return replace(plan, intent=FIELD, fields=last.fields, subjects=chosen, conditions=(), inherited=True)
        is_asked = plan.fields and (plan.intent == FIELD or not plan.leftover)
        intent = FIELD if is_asked else DESCRIPTION if plan.intent == PASSAGE and not plan.leftover else plan.intent
        ordinals = plan.leftover if plan.singled else ()
        return replace(
            plan,
            subjects=chosen,
            intent=intent,
            conditions=(),
            leftover=() if ordinals else plan.leftover,
            narrowing=() if ordinals else plan.narrowing,
            inherited=True,
        )
    return plan


def _wants_all(folded: str) -> bool:
    """Whether a question wants everything there is: "all partners"."""
    return bool(grammar().across["every"].search(folded))


def _of_members(plan: Plan, last: Plan, folded: str) -> Plan | None:
    """Fewer of the organisations just told: "which of them is from Poland?", "how many are there?"."""
    is_told = last.intent == FIELD and last.subjects and all(one.meaning.name == "organisation" for one in last.fields)
    points = set(words(plan.question)) & (grammar().anaphora[plan.language] | {"there"})
    counts = grammar().how_many.search(folded) and not plan.counted and not plan.leftover
    narrows = plan.conditions and points
    if plan.subjects or not is_told or not last.fields or not (counts or narrows) or plan.fields:
        return None
    return replace(
        plan, intent=FIELD, fields=last.fields, subjects=last.subjects, conditions=(), words=(), leftover=(),
        narrowing=(), wants_number=bool(counts), inherited=True,
    )  # fmt: skip


def _one_of(subjects: Sequence[Subject], place: int) -> tuple[Subject, ...]:
    """The second one, the last one; all of them where there is none."""
    if not 1 <= abs(place) <= len(subjects):
        return tuple(subjects)
    return (subjects[place - 1 if place > 0 else place],)

"""What a form asks over several projects: lists, figures, groups, organisations; and the fields and labels it names.

Only what the executor can do: dates are not added up, and groups are told by how many or how much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assistant.grammar import Asked, grammar
from assistant.linking import Subject
from assistant.llm.plan_conditions import Known, UnusableError
from assistant.llm.plan_schema import GROUPED_BY, MEASURES, MOST, ROLES
from assistant.plan import (
    AMOUNT,
    AVERAGE,
    COUNT,
    DURATION,
    END,
    FIELD,
    HIGHEST,
    LABEL,
    LIST,
    LOWEST,
    PARTNERS,
    ROLE,
    START,
    SUM,
    Condition,
    Grouping,
    Measure,
    Plan,
)
from assistant.value_conditions import AMOUNT_ROLES
from corpus.words import fold

MOST_LISTED = 50
COMPARABLE = (HIGHEST, LOWEST)
ADDED = {SUM: (AMOUNT,), AVERAGE: (AMOUNT, DURATION)}
"""What can be added up, by operation; of all else the largest can be found."""


def fields_told(keys: Sequence[str]) -> tuple[Asked, ...]:
    """The fields of a form, as the grammar has them; an end of the period is the period."""
    by_key = {one.meaning.role or one.meaning.name: one for one in grammar().fields}
    return tuple(by_key[key] for key in dict.fromkeys("period" if key in (START, END) else key for key in keys))


def labels_told(labels: Sequence[str], known: Known) -> tuple[str, ...]:
    """The labels of a form.

    Raises:
        UnusableError: the store has none that is called so.
    """
    own = {fold(label): label for label in known.choice.labels}
    found = tuple(dict.fromkeys(own.get(fold(label), "") for label in labels))
    if "" in found:
        raise UnusableError(f"no label of the choice: {', '.join(labels)[:80]!r}")
    return found


def titles_of(subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Their titles, each once: a project may stand in two files."""
    return tuple(dict.fromkeys(one.title for one in subjects))


def across_told(plan: Plan, told: Mapping[str, Any], known: Known) -> Plan:
    """A plan over several projects, with what is done with them.

    Raises:
        UnusableError: that cannot be done.
    """
    operation = str(told["operation"])
    if len(titles_of(plan.subjects)) == 1:
        raise UnusableError("one project is named, and several are asked for")
    measure = _measure(told, operation, plan.conditions, known)
    limit = _limit(told["limit"], known)
    is_ordered = bool(told["all_in_order"]) and limit is None and operation in COMPARABLE
    fields = plan.fields if operation == LIST else ()
    plan = replace(plan, operation=operation, measure=measure, fields=fields, is_ordered=is_ordered)
    return replace(plan, limit=limit if operation in COMPARABLE else None)


def members_told(plan: Plan) -> Plan:
    """A plan for the organisations in a role, of all projects or of one.

    Raises:
        UnusableError: it names no role, or several.
    """
    roles = [one for one in plan.fields if one.meaning.name == "organisation"]
    if len(roles) != 1 or len(roles) != len(plan.fields):
        raise UnusableError("organisations in no role, or in several")
    if len(titles_of(plan.subjects)) != 1:
        return plan
    if plan.conditions:
        raise UnusableError("a project that is named, and conditions")
    question = f"{roles[0].names[plan.language].lower()}: {plan.subjects[0].title}"
    return Plan(question, plan.language, FIELD, plan.subjects, plan.fields)


def groups_told(plan: Plan, told: Mapping[str, Any], known: Known) -> Plan:
    """A plan for groups of projects, with what is told of each.

    Raises:
        UnusableError: they cannot be put together so, or what is asked cannot be told of each.
    """
    operation = COUNT if told["operation"] == LIST else str(told["operation"])
    by = told["group_by"]
    if by not in GROUPED_BY or plan.subjects:
        raise UnusableError("put together by nothing")
    measure = _measure(told, operation, plan.conditions, known)
    if measure.kind != AMOUNT and operation != COUNT:
        raise UnusableError(f"no {operation} of {measure.kind} for each")
    names: tuple[str, ...] = (str(by),) if by in ROLES else ()
    kind, said = ROLE if by in ROLES else str(by), str(by)
    if kind == LABEL:
        names = labels_told(told["labels"], known)[:1]
        said = names[0] if names else ""
        if not names:
            raise UnusableError("put together by no label")
    rank = "" if told["group_rank"] is None else HIGHEST if told["group_rank"] == MOST else LOWEST
    grouped = Grouping(kind, said, names, rank, by_count=bool(rank) and operation == COUNT)
    plan = replace(plan, grouped=grouped, operation=operation, measure=measure, fields=())
    return replace(plan, limit=_limit(told["limit"], known) if rank else None)


def _measure(told: Mapping[str, Any], operation: str, conditions: Sequence[Condition], known: Known) -> Measure:
    """What is added up or compared.

    Raises:
        UnusableError: it cannot be.
    """
    key = str(told["measure"])
    kind = MEASURES[key]
    if operation in (LIST, COUNT):
        return Measure()
    if kind not in ADDED.get(operation, (AMOUNT, DURATION, START, END, PARTNERS)):
        raise UnusableError(f"no {operation} of {kind}")
    currency = next((one.currency for each in conditions for one in each.filters if one.currency), None)
    currency = currency if kind == AMOUNT else None
    if key == "label":
        return _labelled(labels_told(told["labels"], known)[:1], operation, currency, known)
    roles = AMOUNT_ROLES if key not in ("grant", "cost share") else roles_of_amount(key)
    return Measure(kind, roles, (), currency)


def roles_of_amount(key: str) -> tuple[str, ...]:
    """The roles of amounts that stand for one, in order."""
    one = next(one for one in grammar().fields if (one.meaning.name, one.meaning.role) == ("amount", key))
    return (one.meaning.role, *one.also)


def _labelled(labels: tuple[str, ...], operation: str, currency: str | None, known: Known) -> Measure:
    own = {one.label for one in known.vocabulary.own_labels}
    if not labels or labels[0] not in own:
        raise UnusableError("no label of figures")
    if known.vocabulary.records.is_dated(labels[0]):
        if operation not in COMPARABLE:
            raise UnusableError("dates are not added up")
        return Measure(START, (), labels)
    return Measure(AMOUNT, (), labels, currency)


def _limit(limit: object, known: Known) -> int | None:
    if limit is None or limit == 1:
        return None
    if isinstance(limit, bool) or not isinstance(limit, (int, float)) or limit != int(limit):
        raise UnusableError(f"no number of projects: {str(limit)[:40]}")
    if not 1 < limit <= MOST_LISTED or not known.figures.is_number(Decimal(int(limit))):
        raise UnusableError(f"no number that was said: {limit}")
    return int(limit)

"""A plan in the form that a language model fills, and the names that it may choose from: what a prompt is made of.

What the form has no word for is left out; the plan itself stays as it is.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assistant.llm.plan_names import Choice
from assistant.llm.plan_schema import ENDED, FIELDS, INTENTS, LEAST, MEASURES, MOST, OPERATIONS, RAN, ROLES, STARTED
from assistant.names import CATEGORY, ORGANISATION, PLACE, PROGRAMME
from assistant.plan import AMOUNT, GROUPS, HIGHEST, LABEL, ROLE, Condition, Measure, Plan
from assistant.values import CENT
from index.filters import Filters

MOST_TOLD = 4
SHAPES = {intent: key for key, intent in INTENTS.items()}


def names_told(choice: Choice) -> dict[str, list[str]]:
    """The names of a choice by kind, as a prompt gives them."""
    values: dict[str, list[str]] = {}
    for label, value in choice.values:
        values.setdefault(label, []).append(value)
    labels = [f"{label}: {', '.join(values[label])}" if label in values else label for label in choice.labels]
    labels += [f"{label}: {', '.join(told)}" for label, told in values.items() if label not in choice.labels]
    return {
        "projects": list(dict.fromkeys(one.name for one in choice.titles)),
        "organisations": list(dict.fromkeys(one.name for one in choice.organisations)),
        "places": list(choice.place_names),
        "labels": labels,
    }


def form_told(plan: Plan) -> dict[str, Any]:
    """The parts of the form that say a plan, without those that are empty."""
    fields = [key for one in plan.fields if (key := one.meaning.role or one.meaning.name) in FIELDS]
    fields = [plan.end if key == "period" and plan.end else key for key in fields]
    told: dict[str, Any] = {
        "intent": SHAPES.get(plan.intent, "text"),
        "subjects": list(dict.fromkeys(one.title for one in plan.subjects))[:MOST_TOLD],
        "fields": fields[:MOST_TOLD],
        "labels": list(plan.labels[:2]),
        "conditions": [each for one in plan.conditions[:MOST_TOLD] if (each := _condition(one)) is not None],
        "limit": plan.limit,
        "all_in_order": plan.is_ordered,
    }
    if plan.operation in OPERATIONS and plan.intent in (GROUPS, INTENTS["projects"]):
        told |= {"operation": plan.operation, "measure": _measure(plan.measure)}
    if plan.grouped:
        grouped = plan.grouped
        told["group_by"] = grouped.names[0] if grouped.kind == ROLE and grouped.names[0] in ROLES else grouped.kind
        told["labels"] = list(grouped.names[:1]) if grouped.kind == LABEL else []
        told["group_rank"] = (MOST if grouped.rank == HIGHEST else LEAST) if grouped.rank else None
    return {key: value for key, value in told.items() if value}


def _measure(one: Measure) -> str:
    if one.labels:
        return "label"
    if one.kind != AMOUNT:
        return one.kind if one.kind in MEASURES else "money"
    return one.roles[0] if one.roles and one.roles[0] in ("grant", "cost share") else "money"


def _condition(one: Condition) -> dict[str, Any] | None:
    told = _TELLERS[one.kind](one.said, one.filters[0] if one.filters else Filters()) if one.kind in _TELLERS else None
    return {**told, "negated": one.is_negated} if told else None


def _named(said: str, filters: Filters) -> dict[str, Any]:
    names = filters.organisation or filters.programme or said
    return {"kind": "organisation", "name": names if isinstance(names, str) else names[0], "role": _role(filters)}


def _placed(said: str, filters: Filters) -> dict[str, Any]:
    return {"kind": "place", "name": said, "role": _role(filters)}


def _role(filters: Filters) -> str | None:
    role = filters.role if isinstance(filters.role, str) else (filters.role or (None,))[0]
    return role if role in ROLES else None


def _timed(_: str, filters: Filters) -> dict[str, Any] | None:
    event = STARTED if filters.started else ENDED if filters.ended else RAN
    since, until = filters.started or filters.ended or (filters.since, filters.until)
    if since is None and until is None:
        return None
    return {"kind": "time", "event": event, "from": since, "to": until, "strict": False}


def _amount(_: str, filters: Filters) -> dict[str, Any]:
    bounds = (filters.least, filters.most)
    least, most = (_number(bound) for bound in bounds)
    is_strict = any(bound is not None and bound % 1 for bound in bounds)  # a cent beyond what is said
    return {"kind": "amount", "at_least": least, "at_most": most, "currency": filters.currency, "strict": is_strict}


def _number(bound: Decimal | None) -> float | int | None:
    if bound is None:
        return None
    whole = bound.to_integral_value()
    return int(whole) if abs(whole - bound) <= CENT else float(bound)


def _valued(_: str, filters: Filters) -> dict[str, Any] | None:
    label, value = filters.category or ("", "")
    return {"kind": "value", "label": label, "value": value} if label else None


def _topic(said: str, _: Filters) -> dict[str, Any]:
    return {"kind": "topic", "words": said}


_TELLERS: dict[str, Callable[[str, Filters], dict[str, Any] | None]] = {
    ORGANISATION: _named,
    PROGRAMME: _named,
    PLACE: _placed,
    "period": _timed,
    "amount": _amount,
    CATEGORY: _valued,
    "mention": _topic,
}

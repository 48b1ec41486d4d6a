"""The form that a language model fills to say how it understands a question: a JSON schema, and its closed words.

Strict, so that servers which follow a schema take it as it is: every key is required, none may be added, and what may
be left out is null. Only keywords that they all know are used: the length of a text is bounded where it is read.
Knows no store; what the words mean is for `plan_read`.
"""

from typing import Any

from assistant.plan import (
    ACROSS,
    AMOUNT,
    AVERAGE,
    COMPARISON,
    COUNT,
    COUNTRY,
    DESCRIPTION,
    DURATION,
    END,
    END_YEAR,
    FIELD,
    GROUPS,
    HIGHEST,
    LABEL,
    LIST,
    LOWEST,
    MEMBERS,
    PARTNERS,
    PASSAGE,
    PRECEDENT,
    PROGRAMME,
    SHARE,
    START,
    SUM,
    YEAR,
)

INTENTS = {
    "field": FIELD,
    "description": DESCRIPTION,
    "comparison": COMPARISON,
    "projects": ACROSS,
    "groups": GROUPS,
    "organisations": MEMBERS,
    "text": PASSAGE,
    "precedents": PRECEDENT,
}
"""How the form calls the intents of a plan that a model may choose."""
OPERATIONS = (LIST, COUNT, SUM, AVERAGE, HIGHEST, LOWEST, SHARE)
ROLES = ("funder", "partner", "sponsor", "supporter", "implementer", "beneficiary", "client")
FIELDS = ("budget", "grant", "cost share", "period", START, END, *ROLES, "programme", "place", "reference", "link")
"""The grammar's fields, by role or else by name, and the two ends of the period."""
MEASURES = {"money": AMOUNT, "grant": AMOUNT, "cost share": AMOUNT, "label": AMOUNT}
MEASURES |= {one: one for one in (DURATION, START, END, PARTNERS)}
"""What is added up or compared, with the kind of measure that it is."""
GROUPED_BY = (COUNTRY, YEAR, END_YEAR, PROGRAMME, LABEL, *ROLES)
MOST, LEAST = "most", "least"
EVENTS = RAN, STARTED, ENDED = ("ran", "started", "ended")
FINISHED, UNDER_WAY = STATES = ("finished", "under_way")
MOST_SUBJECTS, MOST_FIELDS, MOST_LABELS, MOST_CONDITIONS = 4, 4, 2, 5


def _one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _or_null(told: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [told, {"type": "null"}]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _several(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most}


TEXT = {"type": "string"}
NUMBER = {"type": "number"}
TRUTH = {"type": "boolean"}


def _condition(kind: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return _object({"kind": _one_of(kind), **properties, "negated": TRUTH})


CONDITIONS = [
    _condition("organisation", name=TEXT, role=_or_null(_one_of(*ROLES))),
    _condition("place", name=TEXT, role=_or_null(_one_of(*ROLES))),
    _condition(
        "time",
        **{"event": _one_of(*EVENTS), "from": _or_null(TEXT), "to": _or_null(TEXT), "strict": TRUTH},
    ),
    _condition("amount", at_least=_or_null(NUMBER), at_most=_or_null(NUMBER), currency=_or_null(TEXT), strict=TRUTH),
    _condition("value", label=TEXT, value=TEXT),
    _condition("state", state=_one_of(*STATES)),
    _condition("topic", words=TEXT),
]

PLAN_SCHEMA: dict[str, Any] = _object(
    {
        "question": TEXT,
        "intent": _one_of(*INTENTS),
        "subjects": _several(TEXT, MOST_SUBJECTS),
        "fields": _several(_one_of(*FIELDS), MOST_FIELDS),
        "labels": _several(TEXT, MOST_LABELS),
        "detail": _or_null(TEXT),
        "operation": _one_of(*OPERATIONS),
        "measure": _one_of(*MEASURES),
        "conditions": _several({"anyOf": CONDITIONS}, MOST_CONDITIONS),
        "group_by": _or_null(_one_of(*GROUPED_BY)),
        "group_rank": _or_null(_one_of(MOST, LEAST)),
        "limit": _or_null({"type": "integer"}),
        "all_in_order": TRUTH,
    }
)
"""A plan as a model gives it. `question` stands alone, in the words and the language of the one asked."""

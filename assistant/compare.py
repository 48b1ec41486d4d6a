"""Two or more projects side by side: the field asked for of each, and which of them has more where that can be said."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.across import Said, Valued, valued
from assistant.answer import Derived
from assistant.grammar import Asked, grammar
from assistant.linking import Subject
from assistant.lookup import look_up
from assistant.operations import EXTREMES
from assistant.phrases import figure, say
from assistant.plan import AMOUNT, HIGHEST, PARTNERS, Measure, Plan
from assistant.records import Records
from corpus.words import fold

AMOUNTS, PERIODS = "amount", "period"


def compare(plan: Plan, records: Records) -> tuple[Said, list[tuple[Subject, Asked | str]]]:
    """(what is said, what is missing) of the plan's subjects."""
    direction, kind = _wanted(plan)
    fields = plan.fields or tuple(one for one in grammar().fields if one.meaning == _meaning(kind))
    statements, citations, missing = look_up(replace(plan, fields=fields), plan.language)
    said = Said(statements, citations)
    measure = Measure(kind, _roles(fields) or ("budget", "grant"))
    if statements and direction and (kind != AMOUNT or any(one.meaning.name == AMOUNTS for one in fields)):
        _conclude(plan, said, valued(measure, plan.subjects, records), direction, kind)
    return said, missing


def _wanted(plan: Plan) -> tuple[str, str]:
    """(which end, of what) a comparative asks for: "longer", "cheaper"; the larger amount where it says nothing more."""
    folded = fold(plan.question)
    for key, (direction, kind) in EXTREMES.items():
        if grammar().comparatives[key].search(folded):
            return direction, kind
    asked = {one.meaning.name for one in plan.fields}
    return (HIGHEST, AMOUNT) if AMOUNTS in asked or not asked else ("", AMOUNT)


def _meaning(kind: str):  # type: ignore[no-untyped-def]
    wanted = ("amount", "budget") if kind == AMOUNT else ("organisation", "partner") if kind == PARTNERS else ("period", "")
    return next(one.meaning for one in grammar().fields if (one.meaning.name, one.meaning.role) == wanted)


def _roles(fields: Sequence[Asked]) -> tuple[str, ...]:
    return tuple(role for one in fields if one.meaning.name == AMOUNTS for role in (one.meaning.role, *one.also))


def _conclude(plan: Plan, said: Said, found: Sequence[Valued], direction: str, kind: str) -> None:
    known = [one for one in found if one.value is not None and one.span is not None]
    if len(known) < len(plan.subjects):
        return
    if len({one.currency for one in known}) > 1:
        said.say(say(plan.language, "currencies_differ"), is_remark=True)
        return
    ordered = sorted(known, key=lambda one: one.value or Decimal(0), reverse=direction == HIGHEST)
    first, second = ordered[:2]
    cites = [said.cite(one.subject, one.span) for one in ordered if one.span]
    if first.value == second.value:
        said.say(say(plan.language, "alike"), cites)
        return
    if kind != AMOUNT:
        said.say(say(plan.language, f"first_{kind}_{direction}", title=first.subject.title), cites)
        return
    apart = abs((first.value or Decimal(0)) - (second.value or Decimal(0)))
    derived = [Derived("difference", apart, first.currency, tuple(cites[:2]))]
    text = say(plan.language, f"first_{direction}", title=first.subject.title, value=figure(plan.language, apart, first.currency))
    said.say(text, cites, derived=derived)

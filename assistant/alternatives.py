"""Conditions of different kinds of which any will do: "in Latvia or over 10,000 EUR"."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.heard import Heard
from assistant.joined import are_joined_by_or
from assistant.plan import Condition, Found

EITHER = "either"
OF_ALL = ("kind",)
"""Kinds of conditions that say what the records are called, whatever else is asked of them."""


def with_alternatives(heard: Heard, found: Found) -> tuple[Condition, ...]:
    """The conditions in the order of the question, those joined by "or" as one.

    Where only some are joined so, "in A and in B or in C", two readings are as good; that condition has no parts and
    is for the plan to leave unread.
    """
    found = sorted(found, key=lambda one: min(one[0], default=0))
    own = [(positions, one) for positions, one in found if positions and one.kind not in OF_ALL]
    joins = [are_joined_by_or(heard, first, second) for (first, _), (second, _) in pairwise(own)]
    if not any(joins):
        return tuple(one for _, one in found)
    rest = tuple(one for one in (one for _, one in found) if one not in [each for _, each in own])
    positions = frozenset(at for each, _ in own for at in each)
    parts = _parts([one for _, one in own]) if all(joins) else ()
    return (*rest, Condition(EITHER, heard.text(positions), parts=parts))


def _parts(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    return () if any(one.is_negated for one in conditions) else tuple(conditions)

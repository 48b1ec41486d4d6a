"""What a question over several records wants done with them, and by what measure."""

from collections.abc import Sequence

from assistant.grammar import Asked, grammar
from assistant.plan import (
    AMOUNT,
    AVERAGE,
    COUNT,
    DURATION,
    END,
    HIGHEST,
    LIST,
    LOWEST,
    PARTNERS,
    START,
    SUM,
    Condition,
    Measure,
)

EXTREMES = {
    "partners": (HIGHEST, PARTNERS),
    "ended_first": (LOWEST, END),
    "ended_last": (HIGHEST, END),
    "longest": (HIGHEST, DURATION),
    "shortest": (LOWEST, DURATION),
    "earliest": (LOWEST, START),
    "latest": (HIGHEST, START),
    "highest": (HIGHEST, AMOUNT),
    "lowest": (LOWEST, AMOUNT),
}
"""Patterns of the grammar, the particular before the general, with the direction and what is compared."""


def operation_of(unnamed: str) -> str:
    """The operation that a question asks for; nothing where it asks for none, LIST is left to whoever knows more."""
    across = grammar().across
    counted = across["count"].search(unnamed)
    if counted and across["records"].search(unnamed, counted.end(), counted.end() + 40):
        return COUNT
    if across["average"].search(unnamed):
        return AVERAGE
    for key, (direction, _) in EXTREMES.items():
        if across[key].search(unnamed):
            return direction
    return SUM if across["sum"].search(unnamed) else ""


def measure_of(
    unnamed: str, fields: Sequence[Asked], labels: Sequence[str], conditions: Sequence[Condition]
) -> Measure:
    """What is added up or compared."""
    currency = next((f.currency for one in conditions for f in one.filters if f.currency), None)
    if labels:
        return Measure(label=labels[0], currency=currency)
    kind = next((kind for key, (_, kind) in EXTREMES.items() if grammar().across[key].search(unnamed)), AMOUNT)
    roles = tuple(role for one in fields if one.meaning.name == "amount" for role in (one.meaning.role, *one.also))
    return Measure(kind, roles or ("budget", "grant"), None, currency)


def listed(operation: str) -> str:
    """The operation, LIST where none is asked for."""
    return operation or LIST

"""What a question over several records wants done with them, and by what measure."""

from collections.abc import Sequence

from assistant.agreements import AGREED
from assistant.grammar import Asked, grammar
from assistant.labels import LabelMention
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
from assistant.value_words import anywhere
from assistant.values import limit_in
from corpus.words import fold
from index.selection import Label

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


LIMITS = {
    "top": HIGHEST,
    "bottom": LOWEST,
    "first": LOWEST,
    "last": HIGHEST,
    "latest": HIGHEST,
    "prim": LOWEST,
    "ultim": HIGHEST,
}
"""How the words that limit a list begin, with the end that they mean."""


def operation_of(unnamed: str) -> str:
    """The operation that a question asks for; nothing where it asks for none, LIST is left to whoever knows more."""
    across = grammar().across
    if across["average"].search(unnamed):
        return AVERAGE
    counted = across["count"].search(unnamed)
    records = across["several"].search(unnamed, counted.end(), counted.end() + 40) if counted else None
    # "How many partners did the projects have" counts partners.
    if counted and records and not across["of_records"].match(unnamed[counted.end() : records.start()].strip()):
        return COUNT
    if across["by_value"].search(unnamed) and across["in_order"].search(unnamed):
        return HIGHEST  # „primele trei granturi ca valoare”
    for key, (direction, _) in EXTREMES.items():
        if across[key].search(unnamed):
            return direction
    return SUM if across["sum"].search(unnamed) else ""


def direction_of(unnamed: str) -> str:
    """The end that a comparative points to: HIGHEST for "larger than", the default."""
    found = (direction for key, (direction, _) in EXTREMES.items() if grammar().comparatives[key].search(unnamed))
    return next(found, HIGHEST)


def told_by_label(unnamed: str) -> str:
    """SUM where a label says "total" and no records are asked for: "the total cost of the projects in …"."""
    across = grammar().across
    said, asked = across["sum"].search(unnamed), across["asks_records"].search(unnamed)
    return SUM if said and (asked is None or said.start() < asked.start()) else ""


def told_by_limit(question: str) -> str:
    """The end of an order that "top 3" or "the last two" ask for."""
    found = limit_in(question)
    said = fold(question[found[1] : found[2]]) if found else ""
    return next((operation for word, operation in LIMITS.items() if said.startswith(word)), "")


def measure_of(
    unnamed: str,
    fields: Sequence[Asked],
    labels: Sequence[LabelMention],
    conditions: Sequence[Condition],
    *,
    is_beyond: bool = False,
) -> Measure:
    """What is added up or compared."""
    currency = next((f.currency for one in conditions for f in one.filters if f.currency), None)
    across, beside = grammar().across, grammar().comparatives
    kinds = [kind for key, (_, kind) in EXTREMES.items() if across[key].search(unnamed)]
    if is_beyond:  # "larger than NAME"; "started before 2015" measures nothing
        kinds += [kind for key, (_, kind) in EXTREMES.items() if beside[key].search(unnamed)]
    kind = next(iter(kinds), AMOUNT)
    if kind == AMOUNT and across["in_sequence"].search(unnamed) and any(f.meaning.name == "period" for f in fields):
        kind = START
    if kind == AMOUNT and across["in_order"].search(unnamed) and not across["by_value"].search(unnamed):
        kind = START
    if kind in (START, END):
        kind = _which_end(unnamed, kind)
    currency = currency if kind == AMOUNT else None  # "the longest project in EUR"
    own = tuple(
        one.label for mention in labels for one in mention.labels if _is_own(one, kind) and _is_said(mention, kind)
    )
    if own and kind in (AMOUNT, START, END):
        return Measure(START if kind in (START, END) else AMOUNT, (), own, currency)
    told = tuple(dict.fromkeys(one.role for mention in labels for one in mention.labels if one.name == "amount"))
    if told and kind == AMOUNT:
        return Measure(AMOUNT, told, (), currency)
    asked = {role: None for one in fields if one.meaning.name == "amount" for role in (one.meaning.role, *one.also)}
    if kind == AMOUNT and not asked and grammar().across["duration"].search(unnamed):
        kind = DURATION
    roles = tuple(asked) or (("grant", "budget") if across["grants"].search(unnamed) else ("budget", "grant"))
    return Measure(kind, roles, (), currency)


def _which_end(unnamed: str, kind: str) -> str:
    """The end that the words beside a superlative speak of: "earliest closing date", "last to begin"."""
    begins, closes = (anywhere(key).search(unnamed) for key in ("started", "ended"))
    return kind if bool(begins) == bool(closes) else START if begins else END


def _is_said(mention: LabelMention, kind: str) -> bool:
    """Whether a label is named by more than one word, or by one where dates are compared."""
    return len(mention.positions) > 1 or kind in (START, END)


def _is_own(label: Label, kind: str) -> bool:
    """Whether a label gives something that no field of a record does or, of dates, the day of an agreement alone."""
    return label.name == "other" or (label.role == AGREED and kind in (START, END))


def listed(operation: str) -> str:
    """The operation, LIST where none is asked for."""
    return operation or LIST

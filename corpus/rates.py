"""Prices for one of several things, `1,250 EUR per school`: they are no sums, and a budget is not read from them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.amounts import Money
from corpus.folding import fold_keeping_length
from corpus.numbers import NUMBER, value_of

_UNITS = (
    "an|luna|saptamana|zi|ora|trimestru|semestru|cap|om|persoana|participant|beneficiar|elev|student|copil|cadru|voluntar|"
    "familie|gospodarie|grup[ae]?|scoala|clasa|unitate|bucata|proiect|echipa|localitate|comuna|eveniment|atelier|loc|"
    "kilometru|km|metru|mp|m2|hectar|ha|tona|litru|kwh|mwh"
)
_UNITS_EN = "year|month|week|day|hour|person|pupil|child|school|unit|piece|project|km|ha|m2|kwh|mwh"
_BEHIND = re.compile(
    r"\s?(?:\([^()\d]{0,40}\)\s?)?(?P<per>per (?!se\b|cent\b)(?:each )?[a-z][a-z-]*|"
    r"for (?:each|every)(?: [a-z][a-z-]*)?|"
    r"(?:each|apiece)\b(?! (?:other|from|by))|"
    r"an? (?:year|month|week|day|hour|head|piece|person|pupil|child|household)\b|every (?:year|month|week|day)|"
    r"(?:yearly|annually|monthly|weekly|daily|anual|lunar|saptamanal|zilnic)\b|(?:pentru )?fiecare(?: [a-z-]+)?|"
    rf"(?:pe|/|de) ?(?:{_UNITS})\b|/ ?(?:{_UNITS_EN})\b)"
)
"""What stands behind the price of one; „pe an” is closed to units, since „pe perioada 2014-2016” is none."""
_BEFORE = re.compile(r"(?P<per>\b(?:each|every|fiecare|cate|per [a-z][a-z-]*)):?\s(?:(?:of|de|in valoare de)\s)?$")
_NEAR = 40
_TOTAL_BEHIND = re.compile(r"\s(?:in total|in all|altogether|total|cu totul)\b")
_TOTAL_BEFORE = re.compile(r"\b(?:in all|altogether|total|cu totul):?\s(?:(?:of|de)\s)?$")


def sums_in(words: str, found: Sequence[Money]) -> list[Money]:
    """The amounts of a value without prices for one thing; those alone are kept without an amount, with a note."""
    folded = fold_keeping_length(words)
    rates = {money: rate for money in found if (rate := _rate(folded, money))}
    sums = [money for money in found if money not in rates]
    if not rates or sums:
        return sums
    totals = _totals(folded, found)
    return totals or [_noted(words, money, *rates[money]) for money in found]


def _totals(folded: str, prices: Sequence[Money]) -> list[Money]:
    """Bare numbers that are called a total, in the currency of the prices: `1.250 EUR per school, 75.000 in total`."""
    currency = prices[0].currency
    if any(money.currency != currency for money in prices):
        return []
    made = []
    for match in NUMBER.finditer(folded):
        is_price = any(money.start < match.end() and match.start() < money.end for money in prices)
        before = _TOTAL_BEFORE.search(folded, max(0, match.start() - _NEAR), match.start())
        value, note = value_of(match["number"])
        if not is_price and not note and (before or _TOTAL_BEHIND.match(folded, match.end())):
            made.append(Money(value, currency, match.start("number"), match.end("number")))
    return made


def _rate(folded: str, money: Money) -> tuple[int, int] | None:
    """Where the words are that make an amount the price of one thing."""
    behind = _BEHIND.match(folded, money.end)
    if behind:
        return behind.span("per")
    before = _BEFORE.search(folded, max(0, money.start - _NEAR), money.start)
    return before.span("per") if before else None


def _noted(words: str, money: Money, start: int, end: int) -> Money:
    return replace(
        money, amount=None, start=min(start, money.start), end=max(end, money.end),
        note=f"a price and no sum: {words[start:end]}",
    )  # fmt: skip

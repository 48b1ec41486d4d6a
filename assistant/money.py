"""The amounts and currencies that a text names, remembered, since one answer after another cites the same lines."""

import re
from functools import lru_cache

from corpus.amounts import Money, find_money
from corpus.currencies import CODES, CURRENCIES, UNSETTLED, currency_behind
from corpus.folding import fold_keeping_length

MOST_KEPT = 4_096
"""Texts whose reading is remembered."""
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|[^\w\s.,;:|()\"'“”„¦/-]")
_FIRST_WORDS = frozenset(name.split()[0] for name in (*CURRENCIES, *UNSETTLED))


@lru_cache(maxsize=MOST_KEPT)
def money_of(text: str) -> tuple[Money, ...]:
    """The amounts of `text`, in order."""
    return tuple(find_money(text))


@lru_cache(maxsize=MOST_KEPT)
def currencies_of(text: str) -> frozenset[str]:
    """The ISO 4217 codes of all currencies that `text` names, beside a number or not."""
    folded, money = fold_keeping_length(text), money_of(text)
    found = {one.currency for one in money if one.currency}
    end = 0
    for match in _WORD_OR_SIGN.finditer(folded):
        start = match.start()
        if start < end or not (match.group() in _FIRST_WORDS or text[start : match.end()] in CODES):
            continue
        named = currency_behind(text, folded, start)
        if named is None or any(one.start <= start < one.end for one in money):
            continue
        end = named.end
        if named.code and not named.is_wordlike:
            found.add(named.code)
    return frozenset(found)

"""A sentence without the sums of money in it, which stand between words that belong together.

`a project of EUR 22,600 funded by X` → `a project funded by X`. Knows where each character came from; reads no amount.
"""

import re
from collections.abc import Sequence

from corpus.amounts import find_money

BEFORE = re.compile(
    r"\s+(?:(?:with|for|of|worth|(?:to|in) the (?:tune|amount) of|valued at"
    r"|cu|de|pentru|[îi]n (?:valoare|sum[ăa]) de)\s+)?"
    r"(?:(?:a (?:total|sum) of|the sum of|about|some|over|peste|circa|aproximativ|suma de)\s+)?(?:de\s+)?$",
    re.IGNORECASE,
)
"""What ties a sum to the words before it, and goes with it."""


def without_sums(sentence: str) -> tuple[str, Sequence[int]]:
    """(the sentence without its sums, the place of each of its characters in the sentence and the end of it)."""
    kept: list[int] = []
    position = 0
    for money in find_money(sentence):
        tie = BEFORE.search(sentence, position, money.start)
        kept += range(position, tie.start() if tie else money.start)
        position = money.end
    kept += range(position, len(sentence))
    return "".join(sentence[at] for at in kept), (*kept, len(sentence))

"""The words of register headers and the ideas they stand for, in the languages of such registers.

A word may be several written as one (`boardapprovaldate`). What ideas together make which field is not known here.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from corpus.words import fold

ENDING_COST = 2.5
"""Words that a last word with an ending of its own may stand for: `approvaldate` is two words, not one of approval."""
SHORTEST_PIECE = 3
"""Letters of a word within a header that is written as one word; `id`, `no`, `of` and `eu` are known too."""
_SHORT_PIECES = frozenset({"id", "no", "of", "eu", "ec", "dt"})


@cache
def vocabulary() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """(ideas by whole word, ideas by beginning of a word)."""
    with Path(__file__).with_name("columns.toml").open("rb") as file:
        ideas = tomllib.load(file)
    whole: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    for idea, words in ideas.items():
        for word in words.split():
            (beginnings if word.endswith("*") else whole).setdefault(fold(word.rstrip("*")), set()).add(idea)
    return {w: frozenset(i) for w, i in whole.items()}, {w: frozenset(i) for w, i in beginnings.items()}


@lru_cache(maxsize=8192)
def ideas_of(word: str) -> frozenset[str]:
    """The ideas of a folded word; of several run together, all of theirs."""
    if word in vocabulary()[0] or len(word) < 2 * SHORTEST_PIECE:
        return _known(word)
    return frozenset().union(*map(_known, spelled(word) or [word]))


def _known(word: str) -> frozenset[str]:
    whole, beginnings = vocabulary()
    if word in whole:
        return whole[word]
    return next((beginnings[word[:n]] for n in range(len(word), 2, -1) if word[:n] in beginnings), frozenset())


def spelled(word: str) -> list[str]:
    """The fewest known words that make up a folded `word` without a rest; none where it cannot be cut so."""
    whole, beginnings = vocabulary()
    best: list[tuple[float, list[str]] | None] = [(0.0, []), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(end == len(word), end):
            before, piece = best[start], word[start:end]
            if before is None or not (len(piece) >= SHORTEST_PIECE or piece in _SHORT_PIECES):
                continue
            exact = piece in whole or piece in beginnings
            there = best[end]
            cost = before[0] + (1.0 if exact else ENDING_COST)
            if (exact or (end == len(word) and _known(piece))) and (there is None or cost < there[0]):
                best[end] = cost, [*before[1], piece]
    found = best[-1]
    return found[1] if found else []

"""Small numbers in words, and ordinals: „nouă ore” where the source has six, the third prize where it has the second.

Beside what `assistant.figures` is sure of, which are words that are nothing but a number. Knows no other figures.
"""

import re
from collections.abc import Iterator
from functools import cache

from assistant.figures import figures_of
from assistant.grammar import grammar
from assistant.llm.aligned import Aligned
from assistant.number_words import find_number_words
from assistant.value_words import numbers
from corpus.folding import fold_keeping_length

_NEXT = re.compile(r"\s+([^\W\d_]+)")
_PLURAL = ("i", "e", "uri", "le")
_FRACTION = re.compile(r"\b(?:an?|one)\s$")
"""Before "third", which is then a part."""
_ROMAN = re.compile(r"(?<!\w)(?:II|III|IV|V|VI|VII|VIII|IX|X)(?!\w)")
_ROMANS = {"II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_FIGURE_ORDINAL = re.compile(r"(?<!\w)([0-9]{1,2})(?:st|nd|rd|th|-lea|-a)(?!\w)|\bal?\s([0-9]{1,2})-(?:lea|a)\b")
LEAST = 2
""""First" is said of much that is no place in an order, and looked after elsewhere."""


def counted_faults(aligned: Aligned) -> Iterator[str]:
    """Numbers in words, and ordinals, that no source has in words or figures."""
    said, sources = aligned.said, aligned.sources
    held = {value for source in sources for one in figures_of(source.text).numbers for value in one.values}
    held |= {number for source in sources for _, _, number, _ in find_number_words(source.folded)}
    for start, end, number, is_sure in find_number_words(said.folded):
        if not is_sure and _is_number(said.folded, start, end, said.language) and number not in held:
            yield f"number not in its source: {said.text[start:end]}"
    there = {number for source in sources for number, _, _ in _ordinals(source.folded)}
    there |= {_ROMANS[match.group()] for source in sources for match in _ROMAN.finditer(source.text)}
    for number, start, end in _ordinals(said.folded):
        if number not in there | held:
            yield f"not in its source: {said.text[start:end]}"


def _is_number(folded: str, start: int, end: int, language: str) -> bool:
    """Whether `opt` or `noua` counts what follows, and is neither "new" nor "us"; `one` counts too many things."""
    following = _NEXT.match(folded, end)
    if language != "ro" or folded[start:end] == "one" or following is None:
        return False
    return following[1] == "de" or (following[1] not in grammar().closed and following[1].endswith(_PLURAL))


def _ordinals(folded: str) -> Iterator[tuple[int, int, int]]:
    """(number, start, end) of each ordinal from the second on."""
    for match in _worded().finditer(folded):
        if not _FRACTION.search(folded, 0, match.start()):
            yield int(_values()[match.group()]), match.start(), match.end()
    for match in _FIGURE_ORDINAL.finditer(folded):
        if (number := int(match[1] or match[2])) >= LEAST:
            yield number, match.start(), match.end()


@cache
def _values() -> dict[str, float]:
    return {fold_keeping_length(word): number for word, number in numbers("ordinals").items() if number >= LEAST}


@cache
def _worded() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _values()), key=len, reverse=True))})(?!\w)")

"""The words by which questions say values, from the tables `values` of the grammar's files, as patterns.

Patterns of all languages apply to every question, folded by `fold_keeping_length`. What they mean is for `values` to
say.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.grammar import LANGUAGES, grammar
from assistant.names import CLOSE

SHORTEST_SLIP = 6
"""Letters; shorter words are other words by one letter: `ended`, `mended`."""
_SIGNS = {"at_least": ">=|=>|≥", "at_most": "<=|=<|≤", "above": ">", "below": "<", "about": "~|≈"}
"""What is written in any language for the words of these keys."""


@cache
def anywhere(key: str) -> re.Pattern[str]:
    """The words of `key` wherever they stand."""
    return re.compile(rf"(?<!\w){_told(key)}(?!\w)")


@cache
def ahead(key: str, fillers: str) -> re.Pattern[str]:
    """The words of `key` at the end of what is searched, but for words of `fillers`: `before the year `."""
    signs = f"|{_SIGNS[key]}" if key in _SIGNS else ""
    between = _either(word for table in _tables() for word in table[fillers].split())
    return re.compile(rf"(?:(?<!\w){_told(key)}(?!\w){signs})(?:\s+{between}(?!\w))*\s*$")


@cache
def behind(key: str) -> re.Pattern[str]:
    """The words of `key` right behind something."""
    return re.compile(rf"\s*,?\s*{_told(key)}(?!\w)")


@cache
def listing(fillers: str, *keys: str) -> re.Pattern[str]:
    """Nothing but the words of `keys`, prepositions of `fillers` and punctuation."""
    between = _either(word for table in _tables() for word in table[fillers].split())
    return re.compile(rf"\W*(?:(?:{'|'.join(map(_told, keys))}|{between})(?:\W+|$))*")


@lru_cache(maxsize=4096)
def slip_of(word: str, *keys: str) -> str | None:
    """The key among those whose words, listed in full, hold one that `word` is but for a slip of the hand."""
    from rapidfuzz import fuzz

    if len(word) < SHORTEST_SLIP or word in grammar().closed | grammar().helpers:
        return None
    told = [(key, form) for key in keys for table in _tables() for form in table[key].split()]
    return next((key for key, form in told if fuzz.ratio(word, form) >= CLOSE), None)


@cache
def forms(key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of `key`, each by itself, with the group `number`, `ordinal` or `last` that they speak of."""
    return tuple(re.compile(rf"(?<!\w){pattern}(?!\w)") for table in _tables() for pattern in _filled(table, key))


@cache
def numbers(key: str) -> dict[str, float]:
    """The words of a table of numbers and what each stands for."""
    return {word: number for table in _tables() for word, number in table[key].items()}


def _filled(table: dict[str, Any], key: str) -> list[str]:
    """The patterns of one language with what stands for numbers, ordinals and superlatives written out."""
    ordinals = table["ordinals"]
    counting = [word for word, number in table["numbers"].items() if number > 1]
    parts = {
        "<number>": rf"(?P<number>[0-9]{{1,3}}|{_either(counting)})(?!\w)",
        "<ordinal>": f"(?P<ordinal>{_either([*table['ordinal_figures'], *(w for w in ordinals if ordinals[w] > 0)])})",
        "<last>": f"(?P<last>{_either(word for word in ordinals if ordinals[word] < 0)})",
        "<most>": _either(table["superlatives"]),
    }
    filled = list(table[key])
    for name, part in parts.items():
        filled = [pattern.replace(name, part) for pattern in filled]
    return filled


@cache
def _tables() -> tuple[dict[str, Any], ...]:
    paths = [Path(__file__).with_name(f"grammar.{language}.toml") for language in LANGUAGES]
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["values"] for path in paths)


def _told(key: str) -> str:
    return _either(pattern for table in _tables() for pattern in table[key])


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"

"""The closed-class words by which a written sentence is held against its sources, read from one data file.

What a match means is for others. All is matched against folded text; which text is a source is not known here.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.grammar import LANGUAGES
from assistant.number_words import NUMBER_WORDS

BEARING = frozenset({"reason", "average", "anew"})
"""Strict words that a sentence may say without its source; there they bear out another."""
KEPT = 1 << 14
"""Words whose families are remembered."""


@dataclass(frozen=True)
class Wording:
    """Words and patterns, by language or for both."""

    light: Mapping[str, frozenset[str]]
    """Words that state nothing by themselves."""
    negation: Mapping[str, re.Pattern[str]]
    no_negation: re.Pattern[str]
    unreal: Mapping[str, re.Pattern[str]]
    """What makes planned, possible or conditional what stands behind it."""
    able: Mapping[str, re.Pattern[str]]
    """What makes possible, or an aim, what stands behind it, where its source need not say so."""
    future: Mapping[str, re.Pattern[str]]
    families: Mapping[str, re.Pattern[str]]
    """Words of one meaning, single words only."""
    phrases: re.Pattern[str]
    """The same of several words; the group that matches is called as its family."""
    pairs: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]
    """Words of two opposite directions."""
    strict: Mapping[str, re.Pattern[str]]
    """Words that a sentence may not add."""
    units: Mapping[str, re.Pattern[str]]
    apart: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    """Words that the wordnets take for one and that are two."""
    institutions: re.Pattern[str]
    """Common nouns of which names of bodies and places are made."""
    acronyms: tuple[frozenset[str], ...]
    """What one body is called in short in both languages."""


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """What matches any of the patterns as whole words, the longest first."""
    behind = rf"(?= (?:\d|(?:{'|'.join(sorted(NUMBER_WORDS))})\b))"
    rows = [one.replace(r"(?= \d)", behind) for one in patterns]
    signs = "".join(f"|{re.escape(one)}" for one in rows if not any(map(str.isalnum, one)))
    return re.compile(rf"(?<![\w])(?:{'|'.join(sorted(rows, key=len, reverse=True))})(?![\w]){signs}")


@cache
def wording() -> Wording:
    """The data file, read and compiled once."""
    told = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    rows = told["families"].items()
    phrases = [
        f"(?P<{name}>{'|'.join(one)})" for name, row in rows if (one := [each for each in row if not _is_word(each)])
    ]
    return Wording(
        {language: frozenset(told["light"][language].split()) for language in LANGUAGES},
        _by_language(told["negation"]),
        any_of(told["negation"]["no_negation"]),
        _by_language(told["unreal"]),
        _by_language(told["able"]),
        _by_language(told["future"]),
        {name: any_of(one for one in row if _is_word(one)) for name, row in rows},
        re.compile(rf"\b(?:{'|'.join(phrases)})\b"),
        {name: (any_of(one), any_of(other)) for name, (one, other) in told["pairs"].items()},
        {name: any_of(row) for name, row in told["strict"].items()},
        {name: any_of(row) for name, row in told["units"].items()},
        tuple((any_of(one), any_of(other)) for one, other in told["apart"]["pairs"]),
        any_of(told["institutions"]["words"]),
        tuple(frozenset(row.split()) for row in told["acronyms"]["names"]),
    )


@lru_cache(maxsize=KEPT)
def families_of(word: str) -> frozenset[str]:
    """The families that a folded word belongs to."""
    whole, beginnings, _ = _meanings()
    told = {name for name, pattern in wording().families.items() if pattern.fullmatch(word)}
    begun = (beginnings.get(word[:end], ()) for end in range(2, len(word) + 1))
    return frozenset({*told, *whole.get(word, ()), *(name for names in begun for name in names)})


def phrases_in(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, family) of each phrase of several words that belongs to one."""
    for match in wording().phrases.finditer(folded):
        yield match.start(), match.end(), str(match.lastgroup)
    for phrase, names in _meanings()[2].items():
        start = folded.find(phrase)
        while start >= 0:
            yield from ((start, start + len(phrase), name) for name in names)
            start = folded.find(phrase, start + 1)


def is_light(word: str, language: str) -> bool:
    """Whether a folded word states nothing by itself."""
    return word in wording().light.get(language, wording().light["en"])


def strict_in(folded: str) -> dict[str, list[tuple[int, int]]]:
    """Where words stand that a sentence may not add, by what they say."""
    return _found(wording().strict, folded)


def sides_in(folded: str) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """Where words of direction stand, by pair and side, 0 or 1."""
    found = {}
    for name, sides in wording().pairs.items():
        for side, pattern in enumerate(sides):
            if spans := [match.span() for match in pattern.finditer(folded)]:
                found[name, side] = spans
    return found


@lru_cache(maxsize=KEPT)
def unit_of(word: str) -> str | None:
    """The unit that a folded word is."""
    return next((name for name, pattern in wording().units.items() if pattern.fullmatch(word)), None)


def _found(patterns: Mapping[str, re.Pattern[str]], folded: str) -> dict[str, list[tuple[int, int]]]:
    found = {name: [match.span() for match in pattern.finditer(folded)] for name, pattern in patterns.items()}
    return {name: spans for name, spans in found.items() if spans}


Names = dict[str, list[str]]


@cache
def _meanings() -> tuple[Names, Names, Names]:
    """The families of general vocabulary by whole words, by beginnings of words, and by phrases."""
    told = tomllib.loads(Path(__file__).with_name("meanings.toml").read_text(encoding="utf-8"))
    whole: Names = {}
    beginnings: Names = {}
    phrases: Names = {}
    for number, row in enumerate(told["rows"].strip().splitlines()):
        for one in dict.fromkeys(each.strip() for each in row.split(",")):
            kind = phrases if " " in one or "-" in one else beginnings if one.endswith("*") else whole
            kind.setdefault(one.replace("*", ""), []).append(f"row_{number}")
    return whole, beginnings, phrases


def _is_word(pattern: str) -> bool:
    return not any(mark in pattern for mark in (" ", "-"))


def _by_language(rows: Mapping[str, list[str]]) -> Mapping[str, re.Pattern[str]]:
    return {language: any_of(rows[language]) for language in LANGUAGES}

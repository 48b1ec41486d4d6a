"""Values that records share under a label, as a question in the other language says them: „prim ajutor”, `First aid`.

Each telling word of a value has to be said, in any form and order, with nothing between but closed-class words. Knows
no value itself.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.language import detect_language
from assistant.names import NameIndex
from assistant.translation import translations_of
from corpus.words import stem

LONGEST_VALUE = 5
"""Telling words of a value that is looked for in translation."""


def translated_runs(heard: Heard, index: NameIndex) -> list[tuple[frozenset[int], list[int]]]:
    """(positions of free words, the values that all of them say whole), those of more words first."""
    if heard.language not in ("en", "ro"):
        return []
    operated = heard.matching(grammar().operations)
    said = {at: _said(heard, at) for at in heard.free if heard.words[at] not in grammar().closed}
    by_stem: dict[str, set[int]] = {}
    for at, stems in said.items():
        for one in stems:
            by_stem.setdefault(one, set()).add(at)
    found: dict[frozenset[int], list[int]] = {}
    for number, own in enumerate(index.words):
        for positions in _where(heard, [word for word in own if word not in grammar().closed], by_stem):
            # "Total" is no translation of a value where the question adds up.
            is_single = len(positions) == 1
            is_ruled_out = is_single and (positions <= operated or all(map(heard.is_name, positions)))
            if not is_ruled_out and _may_be_read(index.names[number].name, heard.language):
                found.setdefault(positions, []).append(number)
    return sorted(found.items(), key=lambda run: -len(run[0]))


def _said(heard: Heard, at: int) -> set[str]:
    """The stems, as a word of a value in the other language has them, that a word of the question may stand for."""
    word, other = heard.words[at], "en" if heard.language == "ro" else "ro"
    return {stem(word, other), *translations_of(word, heard.language)}


def _where(heard: Heard, own: list[str], by_stem: Mapping[str, set[int]]) -> Iterator[frozenset[int]]:
    """Where a question says all of these words near each other."""
    if not 0 < len(own) <= LONGEST_VALUE:
        return
    other = "en" if heard.language == "ro" else "ro"
    ways = [by_stem.get(stem(word, other), set()) for word in own]
    if not all(ways):
        return
    for chosen in product(*ways):
        positions = frozenset(chosen)
        between = set(range(min(positions), max(positions))) - positions
        if len(positions) == len(own) and all(heard.words[at] in grammar().closed for at in between):
            yield positions


def _may_be_read(value: str, language: str) -> bool:
    """Whether a value is in the other language: registers have English values, Romanian ones tell that they are."""
    return language == "ro" or detect_language(value) == "ro"

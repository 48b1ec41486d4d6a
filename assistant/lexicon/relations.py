"""Relations between the synsets and words of Princeton WordNet: what is more general, akin, derived, opposite.

Knows the layout of its files and nothing of which relations are worth keeping.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.lexicon.sources import PARTS, key_of, lines_of, moved_in

_GENERAL, _ALIKE, _DERIVED, _OPPOSITE = ("@",), ("&",), ("+", "\\"), ("!",)
_SATELLITE = "s"


@dataclass(slots=True)
class Relations:
    """By key of a synset, those more general or akin to it; by pairs of words, what derives from and is opposite to it.

    A word is `(key of its synset, the word)`, since it is derived or opposite in one sense only.
    """

    general: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    derived: set[tuple[str, str]] = field(default_factory=set)
    opposite: set[tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=set)
    senses: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """Of a word, lower case, and its part of speech, the synsets it is in, the most usual first."""


def read_relations(folder: Path) -> Relations:
    """The relations in `data.*`, and the order of senses in `index.*`, of Princeton's files or Debian's."""
    moved, found = moved_in(folder), Relations()
    members: dict[str, list[str]] = {}
    pointers: list[tuple[str, str, str, int, int]] = []
    for part, letter in PARTS.items():
        for fields in lines_of(folder / f"data.{part}"):
            key, count = key_of(f"{fields[0]}-{letter}", moved), int(fields[3], 16)
            members[key] = [word.partition("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2]]
            pointers += ((key, *one) for one in _pointers(fields, 4 + 2 * count, moved))
        for word, *fields in lines_of(folder / f"index.{part}"):
            offsets = [one for one in fields if len(one) == 8 and one.isdigit()]
            found.senses[word, letter] = [key_of(f"{one}-{letter}", moved) for one in offsets]
    for key, symbol, other, own, theirs in pointers:
        if symbol in _GENERAL or symbol in _ALIKE:
            found.general[key].add(other)
        elif own and theirs and symbol in _DERIVED:
            found.derived.add((members[key][own - 1], members[other][theirs - 1]))
        elif own and theirs and symbol in _OPPOSITE:
            found.opposite.add(((key, members[key][own - 1]), (other, members[other][theirs - 1])))
    return found


def _pointers(
    fields: list[str], at: int, moved: dict[str, tuple[int, int, int]]
) -> Iterator[tuple[str, str, int, int]]:
    """(symbol, key of the other synset, number of the word, of the other word) of each pointer of a line."""
    for place in range(at + 1, at + 1 + 4 * int(fields[at]), 4):
        symbol, offset, letter, words = fields[place : place + 4]
        letter = "a" if letter == _SATELLITE else letter
        yield symbol, key_of(f"{offset}-{letter}", moved), int(words[:2], 16), int(words[2:], 16)

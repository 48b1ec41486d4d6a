"""The two wordnets the lexicon is made of: Princeton WordNet 3.0 as its files are, RoWordNet as its package pickles it.

Both have the same synsets under the same keys, `00028270-n`. Does not know which words are worth keeping.
"""

import pickle
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.words import words

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_OF_SENSE_KEY = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_LIVING = ("05", "20")
"""Lexicographer's files of animals and plants."""
_MOVED = {"v": (613018, 2422967, 18), "a": (1681477, 10**8, 1)}
"""Debian mended glosses and so moved the synsets behind them: from and to which offset, and by how many bytes."""
_CONTAINERS: dict[str, type] = {"set": set, "list": list, "dict": dict, "defaultdict": defaultdict}
_OBJECTS = frozenset({"RoWordNet", "DiGraph", "Synset"})
_NOT_SPOKEN = re.compile(r"\[[^\]]*\]_?\s*|\(\w+\)$")
"""`[-și] imagina`, `[se] naște`, and WordNet's marks of where an adjective may stand: `alone(p)`."""


@dataclass(frozen=True, slots=True)
class Synset:
    """What English words mean together: each with how often WordNet's editors met it in this sense in running text."""

    counts: dict[str, int]
    is_name: bool
    """One person, place or thing, not a kind."""
    is_living: bool


def read_wordnet(folder: Path) -> dict[str, Synset]:
    """Synsets by key, from the folder with `data.*`, `index.*` and `cntlist.rev`, Princeton's or Debian's."""
    counts = _counts(folder)
    moved = moved_in(folder)
    found = {}
    for part, letter in PARTS.items():
        for fields in lines_of(folder / f"data.{part}"):
            key = f"{fields[0]}-{letter}"
            met = [_NOT_SPOKEN.sub("", word) for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]]
            found[key_of(key, moved)] = Synset(
                {word: counts.get((key, word.lower()), 0) for word in met}, "@i" in fields, fields[1] in _LIVING
            )
    return found


def moved_in(folder: Path) -> dict[str, tuple[int, int, int]]:
    """By part of speech which synsets of a folder stand elsewhere than in Princeton's own files, and by how much."""
    start, _, by = _MOVED["v"]
    is_debian = any(int(fields[0]) == start + by for fields in lines_of(folder / "data.verb"))
    return _MOVED if is_debian else {}


def key_of(key: str, moved: dict[str, tuple[int, int, int]]) -> str:
    """The key that a synset has in Princeton's own files."""
    offset, letter = int(key[:8]), key[-1]
    start, end, by = moved.get(letter, (0, 0, 0))
    return f"{offset - by:08}-{letter}" if start <= offset - by < end else key


def irregular_forms(folder: Path) -> dict[str, list[str]]:
    """Forms by English noun or verb where they are not made by rule, from `*.exc`: children, taught."""
    found: dict[str, list[str]] = defaultdict(list)
    for part in ("noun", "verb"):
        for form, *lemmas in lines_of(folder / f"{part}.exc"):
            for word in lemmas:
                found[word].append(form)
    return found


def read_rowordnet(path: Path) -> tuple[dict[str, set[str]], frozenset[str]]:
    """Romanian words by key of a synset; and all words of the definitions.

    The second, folded, are the one running text at hand: what stands there is said. Raises pickle.UnpicklingError where
    the file holds more than plain data.
    """
    with path.open("rb") as file:
        synsets = _Plain(file).load()._synsets
    literals = {
        key.removeprefix("ENG30-"): {_NOT_SPOKEN.sub("", word) for word in one._literals}
        for key, one in synsets.items()
        if key.startswith("ENG30-")
    }
    return literals, frozenset(word for one in synsets.values() for word in words(one._definition or ""))


class _Plain(pickle.Unpickler):
    """Makes nothing but containers, and objects that can do nothing in place of the package's own."""

    def find_class(self, module: str, name: str) -> Any:
        if module in ("builtins", "collections") and name in _CONTAINERS:
            return _CONTAINERS[name]
        if module.startswith(("rowordnet.", "networkx.")) and name in _OBJECTS:
            return type(name, (), {})
        if (module, name) == ("builtins", "getattr"):  # how an enum inside a class is named
            return _no_attribute
        raise pickle.UnpicklingError(f"{module}.{name} is not expected in a wordnet")


def _no_attribute(_owner: object, name: str) -> Any:
    return lambda *values: (name, *values)


def _counts(folder: Path) -> dict[tuple[str, str], int]:
    """How often each word was met, by synset and word; a sense's number leads to its synset by the index."""
    senses = {
        (word, letter): [field for field in fields if len(field) == 8 and field.isdigit()]
        for part, letter in PARTS.items()
        for word, *fields in lines_of(folder / f"index.{part}")
    }
    found = {}
    for sense, number, count in lines_of(folder / "cntlist.rev"):
        word, _, kind = sense.partition("%")
        letter = _OF_SENSE_KEY[kind[0]]
        offsets = senses.get((word, letter), [])
        if int(number) <= len(offsets):
            found[f"{offsets[int(number) - 1]}-{letter}", word] = int(count)
    return found


def lines_of(path: Path) -> Iterator[list[str]]:
    """The fields of each line before its gloss; a licence, indented, stands above them."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if not line.startswith("  "):
                yield line.partition("|")[0].split()

"""Which names are of one organisation: "Danube Reading Fund (DRF)" says that `DRF` is another name of it.

Learned from the names themselves; initials that two different names have are left apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from corpus.words import words

SHORTEST, LONGEST = 2, 10
"""Letters of an acronym."""
BRACKETED = re.compile(r"^(?P<name>[^()]{4,}?)\s*\((?P<short>[^()]+)\)\s*$")
HEAD = re.compile(r"^(?P<head>[A-Z]{2,10}(?:[\s/]*\d{2,4})?|.{3,}\d{4}\s*[-–]\s*\d{4})\s*[,(/–:]\s*\S")
"""Initials, or a programme with its years, and more behind a mark: `Regional Programme 2014-2020, Axis 3`."""


def canonical_names(names: Iterable[str]) -> Mapping[str, str]:
    """For each name, as it is written, one key of the organisation that it is a name of."""
    said = list(dict.fromkeys(names))
    own = {name: " ".join(words(name)) for name in said}
    known = set(own.values())
    full = {name: " ".join(words(found["name"])) for name in said if (found := _with_acronym(name))}
    of_acronym: dict[str, set[str]] = defaultdict(set)
    for name, found in ((name, BRACKETED.match(name)) for name in full):
        if found:
            of_acronym[" ".join(words(found["short"]))].add(full[name])
    keys = {name: full.get(name, key) for name, key in own.items()}
    for name in said:
        head = HEAD.match(name) if name not in full else None
        if head and (begins := " ".join(words(head["head"]))) in known:
            keys[name] = begins
        if len(of_acronym.get(keys[name], ())) == 1:
            keys[name] = next(iter(of_acronym[keys[name]]))
    return keys


def _with_acronym(name: str) -> re.Match[str] | None:
    """A name with its acronym in brackets: capitals that stand, in order, in what they are short for."""
    found = BRACKETED.match(name)
    if not found or not _is_acronym(found["short"]):
        return None
    letters = iter("".join(words(found["name"])))
    return found if all(letter in letters for letter in "".join(words(found["short"]))) else None


def _is_acronym(short: str) -> bool:
    letters = re.sub(r"[^\w]", "", short)
    return SHORTEST <= len(letters) <= LONGEST and sum(map(str.isupper, letters)) * 2 > len(letters)

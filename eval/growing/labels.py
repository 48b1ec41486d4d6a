"""How a question speaks of a label of the source: `Cod proiect`, `curr_project_cost`; or that it had better not.

Knows words of the trade and of the two languages, and no organisation's.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from assistant.translation import translations_of
from corpus.header_words import spelled
from corpus.words import fold
from eval.growing.wording import told

MACHINE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*|[a-z]+(?:[A-Z][a-z0-9]*)+")
"""A label as programs write it: `closing_date`, `closingDate`, `closingdate`."""
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
ABBREVIATION = 4
"""Letters of a word that no dictionary has and that is left out of a label: `curr` of `curr_project_cost`."""
LONGEST_LABEL = 40
PREPOSITIONS = re.compile(r"(?:\b(?:by|to|of|from|with|for|de|din|la|cu|prin|pentru|since|here))$")


def spoken(labels: Iterable[str]) -> Mapping[str, str]:
    """The labels that a question may use, each with the words that it uses.

    Left out is what page makers keep for themselves (`[metadata]` of the wordings), what is no noun, what no dictionary
    knows, and what would not be told from another label.
    """
    every = set(labels)
    found = {label: words for label in every if not is_metadata(label) and (words := _words(label))}
    sets = {label: set(fold(words).split()) for label, words in found.items()}
    return {
        label: words
        for label, words in found.items()
        if fold(words) == fold(label)  # a label as it stands is itself
        or not any(sets[label] <= sets[other] for other in found if fold(found[other]) != fold(words))
    }


def is_metadata(label: str) -> bool:
    """Whether it says something of the page and nothing of the project."""
    return bool(re.fullmatch(str(told()["metadata"]["labels"]), fold(label)))


def _words(label: str) -> str:
    if len(label) > LONGEST_LABEL or not any(map(str.isalpha, label)) or PREPOSITIONS.search(fold(label)):
        return ""
    if not MACHINE.fullmatch(label):
        return _as_in_a_sentence(label)
    pieces = [piece for part in HUMP.split(label) for piece in (spelled(fold(part)) or [fold(part)])]
    known = [piece for piece in pieces if _is_word(piece)]
    unknown = [piece for piece in pieces if not _is_word(piece)]
    if len(known) > 1 and known[-1] == "name":  # the region of a project, not the name of its region
        known.pop()
    return " ".join(known) if known and all(len(piece) <= ABBREVIATION for piece in unknown) else ""


def _as_in_a_sentence(label: str) -> str:
    """`Value of the Contract` in small letters, `PI` and `NGO lead` with their capitals."""
    said = label.rstrip(": ").split()
    return " ".join(word if any(map(str.isupper, word[1:])) else word.lower() for word in said)


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    return word in _own_words() or any(translations_of(word, language) for language in ("en", "ro"))


@cache
def _own_words() -> frozenset[str]:
    return frozenset(str(told()["metadata"]["words"]).split())

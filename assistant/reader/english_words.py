"""English words as they are written, by their stems: what the lexicon gives as `receiv` is `received` in a text.

Out of the vocabulary of the reader's own word pieces, where a word's number tells how often it is used. Does not know
what a word means.
"""

import gzip
import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from assistant.reader.wordpieces import open_pieces
from corpus.words import stem

_IRREGULAR = Path(__file__).parents[1] / "lexicon" / "forms-en.tsv.gz"
_LONGEST_ENDING = 6
"""Letters that a word may have more than its stem."""


@lru_cache(maxsize=16384)
def written(stemmed: str) -> tuple[str, ...]:
    """The words of the vocabulary with this stem or, as `taught`, of this verb or noun; the most usual first."""
    order, ranks = _words()
    root = stemmed[:-1] if stemmed.endswith("i") else stemmed  # `countri`, country
    found = set(_irregular().get(stemmed, ()))
    for at in range(bisect_left(order, root), len(order)):
        if not order[at].startswith(root):
            break
        if len(order[at]) <= len(stemmed) + _LONGEST_ENDING and stem(order[at], "en") == stemmed:
            found.add(order[at])
    return tuple(sorted((word for word in found if word in ranks), key=ranks.__getitem__))


_ENDINGS = {
    "past": re.compile(r"ed$"),
    "plural": re.compile(r"(?<!s)s$|men$|people$|children$"),
    "doer": re.compile(r"(?:er|or|ant|ent|ist)s?$"),
    "going": re.compile(r"ing$"),
}


def shaped(stemmed: str, shape: str) -> str | None:
    """The most usual word with this stem that looks `past`, `plural`, like a `doer` or `going`, if there is one."""
    forms = written(stemmed)
    irregular = _irregular().get(stemmed, ()) if shape == "past" else ()
    fitting = (word for word in forms if _ENDINGS[shape].search(word) or (word in irregular and word[-1] != "g"))
    return next(fitting, None)


@cache
def _words() -> tuple[list[str], dict[str, int]]:
    """The whole words of the vocabulary in alphabetical order, and the rank of each."""
    ranks = {word: at for word, at in open_pieces().vocabulary().items() if word.isascii() and word.isalpha()}
    return sorted(ranks), ranks


@cache
def _irregular() -> dict[str, list[str]]:
    """Forms by the stem of their lemma."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in gzip.decompress(_IRREGULAR.read_bytes()).decode().splitlines():
        form, lemma = line.split("\t")
        found[lemma].append(form)
    return found

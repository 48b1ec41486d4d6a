"""Known names found in running text, word by word: folded for accents, strict about capital letters.

A name is given as it is written. Where it has a capital, the text must have one (`Turkey`, not `turkey`); where a word
is all capitals, so must the text's be (`LIFE`, not `Life`). Does not know what the names stand for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.words import fold

WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[\s.'’\-–]{1,3}|, ")
"""What may stand between two words of a name."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One name: its folded words, its words as written, and what it stands for."""

    folded: Words
    written: Words
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` of a text are a known name that stands for `key`."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their first folded word, the longest first."""

    by_first: Mapping[str, tuple[Known, ...]]


def gazetteer(names: Iterable[tuple[str, str]]) -> Gazetteer:
    """A gazetteer of (name as written, what it stands for); of two alike the first counts."""
    by_first: dict[str, dict[Words, Known]] = {}
    for name, key in names:
        written = tuple(WORD.findall(name))
        folded = tuple(fold(word) for word in written)
        if folded:
            alike = by_first.setdefault(folded[0], {})
            alike.setdefault(written if len(written) == 1 and name.isupper() else folded, Known(folded, written, key))
    return Gazetteer(
        {first: tuple(sorted(all_.values(), key=lambda one: -len(one.folded))) for first, all_ in by_first.items()}
    )


def find_known(text: str, names: Gazetteer) -> Iterator[Found]:
    """The known names in `text`, in order, the longest at each place, none overlapping."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        for known in names.by_first.get(fold(words[at].group()), ()):
            last = at + len(known.folded) - 1
            if last < len(words) and _stands(text, words[at : last + 1], known):
                yield Found(words[at].start(), words[last].end(), known.key)
                at = last
                break
        at += 1


def _stands(text: str, words: list[re.Match[str]], known: Known) -> bool:
    before: re.Match[str] | None = None
    for word, folded, written in zip(words, known.folded, known.written, strict=True):
        if fold(word.group()) != folded or not _as_large(word.group(), written):
            return False
        if before and not GAP.fullmatch(text, before.end(), word.start()):
            return False
        before = word
    return True


def _as_large(word: str, written: str) -> bool:
    """Whether `word` has the capitals of `written`."""
    if len(written) > 1 and written.isupper():
        return word.isupper()
    return word[0].isupper() or not written[0].isupper()

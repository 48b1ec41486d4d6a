"""What a question names: titles, organisations, programmes, places and shared values, found among all of a store's.

One index for thousands of names: its words lead to the few that a question may mean. Typos, missing accents, other
forms of a word and partial names are forgiven as far as a name's own rarity allows. Knows no name itself.
"""

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from corpus.words import stem, words

PROJECT, DOCUMENT, ORGANISATION, PROGRAMME, PLACE, CATEGORY = (
    "project", "document", "organisation", "programme", "place", "category",
)  # fmt: skip
CLOSE = 84
"""RapidFuzz ratio, 0 to 100, from which two words are one with a slip: `chalenge`, 94; `storys` and `stories`, 77."""
SHORTEST_FUZZY = 5
"""Letters; shorter words differ by one letter too easily."""
MOST_ALIKE = 5
"""Words of names that one word of a question is taken for, at most."""
MOST_HOLDERS = 2_000
"""A word that more names than this hold leads to none of them by itself; it still counts once others have."""


@dataclass(frozen=True, slots=True)
class Called:
    """Something that can be named: a project or document by its id in `key`; anything else by `key` as it is written.

    `whole` is for names that count only as a whole, such as an alias.
    """

    kind: str
    name: str
    key: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question, by their positions, and what they name: several things where they fit all equally well."""

    kind: str
    called: tuple[Called, ...]
    positions: frozenset[int]
    score: float = 1.0


class NameIndex:
    """An index over names, built once for a generation of a store."""

    def __init__(self, names: Sequence[Called], closed: frozenset[str]) -> None:
        self.names = names
        self.words = [words(one.name) for one in names]
        self.closed = closed
        self._weights: dict[str, float] = {}
        self._wholes: dict[int, float] = {}
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(self.words):
            for word in dict.fromkeys(own):
                self._postings[word].append(number)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._postings:
            self._by_stem[stem(word, "en")].append(word)
        self._by_romanian_stem: dict[str, list[str]] = defaultdict(list)
        self._fuzzy = [word for word in self._postings if len(word) >= SHORTEST_FUZZY and word.isalpha()]
        self._joined: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(self.words):
            if len(joined := "".join(own)) >= SHORTEST_FUZZY:
                self._joined[joined].append(number)

    def weight(self, word: str) -> float:
        """How much a word of a name tells it from the others: more, the fewer hold it."""
        if word not in self._weights:
            self._weights[word] = math.log(1 + len(self.names) / max(1, len(self._postings.get(word, ()))))
        return self._weights[word]

    def whole_weight(self, number: int) -> float:
        """What the words of a name that are no closed-class words weigh together."""
        if number not in self._wholes:
            self._wholes[number] = sum(self.weight(word) for word in self.words[number] if word not in self.closed)
        return self._wholes[number]

    def holding(self, word: str) -> Sequence[int]:
        """The names that hold a word as it is."""
        return self._postings.get(word, ())

    def alike(self, word: str) -> list[str]:
        """The words of names that this word of a question may be: itself, other forms or, failing these, a slip."""
        found = self._by_stem.get(stem(word, "en"), [])
        if word in self._postings:
            return [word, *(other for other in found if other != word)]
        if found or word in self.closed or len(word) < SHORTEST_FUZZY or not word.isalpha():
            return found
        return self._slips(word)

    def forms(self, word: str, language: str) -> set[str]:
        """The words of names that are this one in another form."""
        if language == "en":
            return {word, *self._by_stem.get(stem(word, "en"), ())}
        if not self._by_romanian_stem:
            for other in self._postings:
                self._by_romanian_stem[stem(other, "ro")].append(other)
        return {word, *self._by_romanian_stem.get(stem(word, "ro"), ())}

    def _slips(self, word: str) -> list[str]:
        from rapidfuzz import fuzz, process

        close = process.extract(word, self._fuzzy, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST_ALIKE)
        return [other for other, _, _ in close]

    def candidates(self, said: Sequence[str]) -> dict[int, dict[str, int]]:
        """Names that share words with a question: for each, its words and the positions where the question has them."""
        hits: dict[int, dict[str, int]] = defaultdict(dict)
        common: list[tuple[str, int]] = []
        for at, word in enumerate(said):
            for other in self.alike(word):
                holders = self._postings[other]
                if len(holders) > MOST_HOLDERS:
                    common.append((other, at))
                    continue
                for number in holders:
                    hits[number].setdefault(other, at)
        for other, at in common:
            for number in hits:
                if other in self.words[number]:
                    hits[number].setdefault(other, at)
        return hits

    def runs(self, said: Sequence[str], free: Container[int]) -> list[tuple[frozenset[int], list[int]]]:
        """Runs of the question's free words that stand in names as they are: (positions, names), the longest first.

        Runs overlap no other.
        """
        alike = [self.alike(word) if at in free else [] for at, word in enumerate(said)]
        found = sorted(filter(None, (self._run(alike, start) for start in range(len(said)))), key=self._run_order)
        taken: set[int] = set()
        kept = []
        for start, stop, numbers in found:
            positions = frozenset(range(start, stop))
            if not positions & taken:
                taken |= positions
                kept.append((positions, numbers))
        return kept

    def _run(self, alike: Sequence[Sequence[str]], start: int) -> tuple[int, int, list[int]] | None:
        """The longest run from `start` on, in the names that hold it."""
        holders = {number for word in alike[start] for number in self._postings[word]}
        ends = {
            (number, place + 1)
            for number in holders
            for place, word in enumerate(self.words[number])
            if word in alike[start]
        }
        stop, best = start, ends
        while ends:
            stop, best = stop + 1, ends
            if stop == len(alike):
                break
            ends = {
                (number, place + 1)
                for number, place in ends
                if place < len(self.words[number]) and self.words[number][place] in alike[stop]
            }
        return (start, stop, sorted({number for number, _ in best})) if stop > start else None

    def _run_order(self, run: tuple[int, int, list[int]] | None) -> tuple[int, int]:
        start, stop, _ = run or (0, 0, [])
        return start - stop, start

    def joined(self, said: Sequence[str], longest: int = 8) -> Iterable[tuple[int, frozenset[int]]]:
        """Names that a run of the question's words is but for spaces: (number, positions)."""
        for start in range(len(said)):
            run = ""
            for stop in range(start, min(len(said), start + longest)):
                run += said[stop]
                for number in self._joined.get(run, ()):
                    yield number, frozenset(range(start, stop + 1))

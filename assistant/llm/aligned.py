"""Which words of its sources bear out a word of a written sentence: the same, its kin, or what translates it.

Compares words one by one; what they come to together is for others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.crosslingual import are_akin
from assistant.kin import keys_of, kin_of, opposites_of
from assistant.llm.clauses import MOST_TRANSLATIONS, Told
from assistant.llm.word import Word
from assistant.llm.wording import wording
from assistant.translation import translations_of
from corpus.words import stem

Place = tuple[int, int]
"""A text's number, and the place of a word in it."""
SHORTEST_AKIN = 5
LONGEST_WORD = 11
ROLES = frozenset("fund support partner implement benefit grant cofinancing".split())
"""Families of words for what one body does for another or for a project."""
EXACT = frozenset("grant cofinancing partner benefit".split())
"""Those that nothing but a word of the same family bears out: a grant is no budget."""
IMPLIED = {"support": ("fund", "grant"), "fund": ("grant",)}
"""Families of which one follows from the other, and not the other way round."""


@dataclass(frozen=True)
class Aligned:
    """A sentence and what it rests on; `sources` are the cited words, titles behind them from `first_title` on."""

    said: Told
    sources: Sequence[Told]
    first_title: int
    beside: Callable[[], Iterable[Told]] = tuple
    """Other sentences of the cited projects: what they call a thing it may be called, and nothing else."""

    @cached_property
    def places(self) -> list[list[Place]]:
        """For each word of the sentence, in order, where it is borne out; the same word before a kin."""
        return [list(self._places(word)) if word.tells else [] for word in self.said.words]

    def word(self, place: Place) -> Word:
        """The word of a source at a place."""
        return self.sources[place[0]].words[place[1]]

    def facts(self, word: Word) -> list[Place]:
        """Where a word is borne out by what is cited, titles aside."""
        return [place for place in self.places[word.at] if place[0] < self.first_title]

    def _places(self, word: Word) -> Iterator[Place]:
        is_name = word.is_capital or self.said.text[word.start].isupper()
        kin = (
            place
            for place in self._kin(word)
            if self._may_bear_out(word, self.word(place), told_in=self.sources[place[0]].language, is_name=is_name)
        )
        found = dict.fromkeys((*self._same(word), *kin))
        yield from found or dict.fromkeys(self._akin(word))

    def _may_bear_out(self, word: Word, other: Word, *, told_in: str, is_name: bool) -> bool:
        """A word is borne out by no part of a name, and one for a role by none for another role."""
        ours, theirs = word.families & ROLES, other.families & ROLES
        if ours and theirs and not (ours | {one for name in ours for one in IMPLIED.get(name, ())}) & theirs:
            return False
        if ours & EXACT and not ours & EXACT & theirs:
            return False
        if self.said.language == told_in and any(
            one.fullmatch(word.folded) and two.fullmatch(other.folded) for one, two in wording().apart
        ):
            return False
        if other.is_light and not word.families & other.families:
            return False
        return is_name or not other.is_capital or wording().institutions.fullmatch(other.folded) is not None

    def _same(self, word: Word) -> Iterator[Place]:
        own = {word.folded, stem(word.folded, self.said.language), *keys_of(word.folded, self.said.language)}
        for number, source in enumerate(self.sources):
            for key in own:
                yield from ((number, at) for at in source.keys.get(key, ()))

    def _kin(self, word: Word) -> Iterator[Place]:
        for number, source in enumerate(self.sources):
            for family in (*word.families, *(one for name in word.families for one in IMPLIED.get(name, ()))):
                yield from ((number, at) for at in source.by_family.get(family, ()))
            if source.language != self.said.language:
                yield from ((number, at) for at in source.others.get(stem(word.folded, self.said.language), ()))
            for key in _bearing_out(word.folded, self.said.language, source.language):
                yield from ((number, at) for at in source.keys.get(key, ()))

    def anywhere(self, word: Word) -> set[Place]:
        """Where a word is borne out, be it one that states nothing by itself."""
        return set(self._places(word))

    def same(self, word: Word) -> set[Place]:
        """Where the very word stands, in any form."""
        return set(self._same(word))

    def is_beside(self, word: Word) -> bool:
        """Whether the very word, in any form, stands in another sentence of the projects."""
        own = {word.folded, stem(word.folded, self.said.language), *keys_of(word.folded, self.said.language)}
        return any(not own.isdisjoint(one.keys) for one in self.beside())

    def _akin(self, word: Word) -> Iterator[Place]:
        if len(word.folded) < SHORTEST_AKIN or word.is_capital:
            return
        for number, source in enumerate(self.sources):
            for other in source.words:
                if len(other.folded) < SHORTEST_AKIN:
                    continue
                is_of_one_origin = source.language != self.said.language and are_akin(
                    _bare(word.folded), _bare(other.folded)
                )
                if is_of_one_origin or _is_part_of(word.folded, other.folded) or are_akin(word.folded, other.folded):
                    yield number, other.at


def _is_part_of(word: str, label: str) -> bool:
    """Whether a register's label, written in one, holds a word: `boardapprovaldate`."""
    return len(label) >= LONGEST_WORD and len(word) >= SHORTEST_AKIN and stem(word, "en")[:6] in label


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    """A word as both languages would write it: `muzicolog`, `musicolog`."""
    for theirs, ours in (("ti", "ci"), ("ph", "f"), ("th", "t"), ("qu", "cv"), ("k", "c"), ("z", "s"), ("y", "i")):
        word = word.replace(theirs, ours)
    return re.sub(r"(.)\1", r"\1", word)


@lru_cache(maxsize=1 << 14)
def _bearing_out(folded: str, said_in: str, told_in: str) -> frozenset[str]:
    """What words of a source in `told_in` are found by that bear out a word in `said_in`."""
    kin = kin_of(folded, said_in, told_in)
    return kin if said_in == told_in else kin.union(translations_of(folded, said_in)[:MOST_TRANSLATIONS])


def contrary_places(aligned: Aligned, word: Word) -> Iterator[Place]:
    """Where the cited words have the opposite of a word of the sentence."""
    for number, source in enumerate(aligned.sources[: aligned.first_title]):
        yield from ((number, at) for at in _opposites(word, aligned.said, source))


def opposites_in(word: Word, said: Told, source: Told) -> list[str]:
    """Words of a source that are opposite to a word of a sentence."""
    return [source.words[at].folded for at in _opposites(word, said, source)]


def _opposites(word: Word, said: Told, source: Told) -> list[int]:
    keys = opposites_of(word.folded, said.language, source.language)
    return [at for key in sorted(keys) for at in source.keys.get(key, ())]

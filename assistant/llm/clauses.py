"""A text in clauses, words and figures, with what is denied in it and what is only planned.

Without a grammar of the language: borders are marks and joining words, a negation holds to the end of its clause.
Does not know which of two texts rests on the other.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.figures import FIGURE_WORDS
from assistant.grammar import LANGUAGES
from assistant.kin import keys_of
from assistant.llm.borders import clauses_of, holds, opens, scopes_of, turn_before
from assistant.llm.placed import figures_at, spans_in
from assistant.llm.word import Figure, Span, Word
from assistant.llm.wording import BEARING, families_of, is_light, phrases_in, sides_in, strict_in
from assistant.money import MOST_KEPT
from assistant.translation import translations_of
from corpus.folding import fold_keeping_length
from corpus.numbers import SCALES
from corpus.words import WORD, stem

_CAPITAL_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-zăâîșțşţ][\w’'-]*\s$")
_NEAR = 40
"""Characters before a word in which another capitalised one is looked for."""
MOST_TRANSLATIONS = 6
"""Of each word; the later ones are less likely."""


@dataclass(frozen=True)
class Told:
    """A text as it is understood here."""

    text: str
    folded: str
    language: str
    words: tuple[Word, ...]
    clauses: tuple[Span, ...]
    strict: Mapping[str, list[Span]]
    """Its words that may not be added."""

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures in order."""
        return tuple(figures_at(self.text, self.folded, self.words, [start for start, _ in self.clauses]))

    @cached_property
    def sides(self) -> dict[tuple[str, int], list[Span]]:
        """Its words of direction."""
        return sides_in(self.folded)

    @cached_property
    def others(self) -> dict[str, list[int]]:
        """Places of words by the stems of what translates them into the other language."""
        found: dict[str, list[int]] = {}
        for word in self.words:
            if word.tells:
                for key in translations_of(word.folded, self.language)[:MOST_TRANSLATIONS]:
                    found.setdefault(key, []).append(word.at)
        return found

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        """Places of words by what they may be found by: as they are, and their stem in either language."""
        found: dict[str, list[int]] = {}
        for word in self.words:
            for key in {
                word.folded,
                *(stem(word.folded, language) for language in LANGUAGES),
                *keys_of(word.folded, self.language),
            }:
                found.setdefault(key, []).append(word.at)
        return found

    @cached_property
    def by_family(self) -> dict[str, list[int]]:
        """Places of words by their families."""
        found: dict[str, list[int]] = {}
        for word in self.words:
            for family in word.families:
                found.setdefault(family, []).append(word.at)
        return found

    def clause_at(self, offset: int) -> int:
        """The clause that holds an offset."""
        return bisect_right([start for start, _ in self.clauses], offset) - 1

    def line_at(self, offset: int) -> int:
        """Where the line or sentence that holds an offset begins."""
        return max(self.text.rfind(mark, 0, offset + 1) for mark in ("|", "\n", ";", ". ")) + 1

    def within(self, clause: int) -> list[Word]:
        """The words of a clause."""
        return [word for word in self.words if word.clause == clause]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the words of a text are read by, as spans of it."""

    figures: Sequence[Span]
    strict: Sequence[Span]
    denied: Sequence[Span]
    beside: Sequence[Span]
    unreal: Sequence[Span]
    phrases: Sequence[tuple[int, int, str]]
    starts: Sequence[int]


@lru_cache(maxsize=MOST_KEPT)
def told(text: str, language: str) -> Told:
    """`text` in clauses, words and figures; `language` is what it is in, `en` or `ro`."""
    folded, figures = fold_keeping_length(text), spans_in(text)
    clauses = tuple(clauses_of(folded, text, language, figures))
    strict = strict_in(folded)
    denied, unreal = scopes_of(folded, language)
    reading = _Reading(
        figures,
        [span for name, found in strict.items() if name not in BEARING for span in found],
        denied,
        [(turn_before(folded, start), start) for start, _ in denied],
        unreal,
        list(phrases_in(folded)),
        [start for start, _ in clauses],
    )
    words = (_word(at, match, text, language, reading) for at, match in enumerate(WORD.finditer(folded)))
    return Told(text, folded, language, tuple(words), clauses, strict)


def _word(at: int, match: re.Match[str], text: str, language: str, reading: _Reading) -> Word:
    (start, end), word = match.span(), match.group()
    phrases = frozenset(name for first, last, name in reading.phrases if first <= start and end <= last)
    is_figure = word[0].isdigit() or word in FIGURE_WORDS or word in SCALES
    return Word(
        at,
        word,
        start,
        end,
        bisect_right(reading.starts, start) - 1,
        is_light=(is_light(word, language) or len(word) < 2) and not _is_in_name(text, start, end),
        is_capital=text[start].isupper() and not opens(text, start),
        is_figure=is_figure or holds(reading.figures, start, end),
        is_strict=holds(reading.strict, start, end),
        families=families_of(word) | phrases,
        is_denied=holds(reading.denied, start, end),
        is_by_denial=holds(reading.beside, start, end),
        is_unreal=holds(reading.unreal, start, end),
    )


def _is_in_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands behind another within a sentence: the `Foundation` of a name."""
    if not text[start].isupper() or end - start < 3 or opens(text, start):
        return False
    return _CAPITAL_BEFORE.search(text, max(0, start - _NEAR), start) is not None

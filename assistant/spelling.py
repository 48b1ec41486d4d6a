"""Slips of the pen in questions: a word that nothing knows is taken for the one word it nearly is.

A word is known that the grammar, a name, a text of the store or the lexicon has. What is near is a word of questions,
of a name or, of a small store, of its texts. Names and numbers are left as they are.
"""

import re
from collections.abc import Iterable
from functools import cache, cached_property

from assistant.grammar import grammar
from assistant.heard import Heard, hear
from assistant.place_names import names_of_countries
from assistant.records import Records
from assistant.translation import translations_of
from corpus.nationalities import country_of_nationality
from corpus.words import words

SHORTEST = 4
"""Letters of a word in which a slip is forgiven."""
LONG = 10
"""Letters from which two slips are."""
MOST_PASSAGES = 3_000
"""Passages of a store whose words are all looked at; of a larger one those of its names are."""


class Spelling:
    """What the words of questions may be meant to be, for one store."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._meant: dict[tuple[str, str], str] = {}

    def mend(self, question: str, language: str) -> str:
        """The question with the words that are slips written as they are meant."""
        heard = hear(question, language)
        for at in range(len(heard.words) - 1, -1, -1):
            start, end = heard.spans[at]
            meant = self.meant(heard.words[at], language)
            if heard.is_name(at) and (meant not in self._names or not self._may_slip(heard, at)):
                continue  # "Cluj" is no slip of "club"
            if meant != heard.words[at]:
                question = f"{question[:start]}{meant}{question[end:]}"
        return question

    def _may_slip(self, heard: Heard, at: int) -> bool:
        """Whether a name is long enough to be known by most of its letters, or stands beside another of its words."""
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(heard.words) and heard.is_name(one)]
        return len(heard.words[at]) > SHORTEST or any(heard.words[one] in self._names for one in beside)

    def meant(self, word: str, language: str) -> str:
        """The word itself, or the one that it nearly is where nothing knows it."""
        key = (word, language)
        if key not in self._meant:
            self._meant[key] = word if self._is_known(word) else self._nearest(word, language)
        return self._meant[key]

    def _is_known(self, word: str) -> bool:
        if len(word) < SHORTEST or not word.isalpha() or word in grammar().known or word in self._names:
            return True
        if word in _countries() or any(pattern.fullmatch(word) for pattern in grammar().patterns):
            return True
        if translations_of(word, "en") or translations_of(word, "ro"):
            return True
        return bool(country_of_nationality(word)) or len(self._records.store.holding(word)) > 0

    def _nearest(self, word: str, language: str) -> str:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        most = 2 if len(word) >= LONG else 1
        for choices in (grammar().spelling[language], self._names, grammar().all_spelling, self._texts):
            near = extract(
                word, [c for c in choices if c[:1] == word[:1]], scorer=OSA.distance, score_cutoff=most, limit=2
            )
            if near and (len(near) == 1 or near[0][1] < near[1][1]):
                return str(near[0][0])
        return word

    @cached_property
    def _names(self) -> dict[str, None]:
        """The words of titles, organisations and places, in order."""
        names = self._records.store.names
        told = [title.title for title in names.titles] + list(names.organisations) + [name for name, _ in names.places]
        return dict.fromkeys(_words_of(told))

    @cached_property
    def _texts(self) -> list[str]:
        if self._records.store.passage_count > MOST_PASSAGES:
            return []
        return _words_of(passage.text for passage in self._records.store.passages())


@cache
def _countries() -> frozenset[str]:
    """The words of countries' names and of their people's."""
    return frozenset(word for name in names_of_countries() for word in name)


def _words_of(texts: Iterable[str]) -> list[str]:
    found = dict.fromkeys(word for text in texts for word in words(text))
    return [word for word in found if len(word) >= SHORTEST and re.fullmatch(r"[a-z]+", word)]

"""Which titles hold words of a question, in whatever form or language. Knows no question."""

from collections import defaultdict
from collections.abc import Sequence

from assistant.crosslingual import SHORTEST_ROOT, are_akin
from assistant.grammar import LANGUAGES, grammar
from assistant.names import PROJECT, Called
from assistant.translation import translations_of
from corpus.words import stem, words
from index.selection import Title


class TitleWords:
    """An index over the telling words of a store's titles."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._titles = titles
        self._postings: dict[str, set[int]] = defaultdict(set)
        for number, title in enumerate(titles):
            for word in set(words(title.title)) - grammar().closed:
                for form in _forms(word):
                    self._postings[form].add(number)
        self._families: dict[str, list[str]] = defaultdict(list)
        for form in self._postings:
            self._families[form[:SHORTEST_ROOT]].append(form)

    def holding(self, said: Sequence[str], language: str) -> list[Called]:
        """The projects whose titles hold all of these words: as they are or bent, else akin, else in translation."""
        held = [set[int]() for _ in said]
        for ways in (_forms, self._akin, lambda word: translations_of(word, language)):
            for word, own in zip(said, held, strict=True):
                own.update(*(self._postings.get(form, ()) for form in ways(word)))
            if found := set.intersection(*held) if held else set():
                return [Called(PROJECT, self._titles[at].title, self._titles[at].id) for at in sorted(found)]
        return []

    def _akin(self, word: str) -> Sequence[str]:
        return [form for form in self._families.get(word[:SHORTEST_ROOT], ()) if are_akin(word, form)]


def _forms(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *(stem(word, language) for language in LANGUAGES))))

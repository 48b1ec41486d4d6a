"""What an acronym stands for that no text spells: the words in a store's texts whose initials it is."""

import re

from assistant.records import Records
from assistant.translation import translations_of
from corpus.words import stem, words

MOST_READ = 60
"""Documents that are looked through."""
SHORTEST, LONGEST = 2, 6
_PAIRS = "see eea ue eu fse esf feder erdf fedr erdf onu un oms who bm wb berd ebrd bei eib ong ngo sua usa".split()
_IN_ENGLISH = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
IN_OTHER_LANGUAGE = {one: other for pair in _IN_ENGLISH.items() for one, other in (pair, pair[::-1])}
"""Acronyms of the world's institutions that have one in Romanian and another one in English."""
OWN = 0.5
"""Share of the documents looked through from which a name is that of whoever they all are of."""


def name_in_english(name: str) -> frozenset[str]:
    """Stems that a name with such an acronym has in either language, years aside; none of another name.

    `Granturile SEE 2014-2021` and `EEA Grants` are one.
    """
    said = [word for word in words(name) if word.isalpha()]
    if IN_OTHER_LANGUAGE.keys().isdisjoint(said):
        return frozenset()
    return frozenset(
        _IN_ENGLISH.get(word, word)
        if word in IN_OTHER_LANGUAGE
        else next(iter(translations_of(word, "ro")), stem(word, "en"))
        for word in said
    )


class Acronyms:
    """Acronyms of one store, each looked up once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._texts: list[str] | None = None
        self._shares: dict[str, float] = {}

    def is_own(self, word: str) -> bool:
        """Whether most documents spell out what a word in capitals stands for: the name of their publisher."""
        if not (SHORTEST <= len(word) <= LONGEST and word.isalpha() and word.isupper()):
            return False
        if word not in self._shares:
            spelt = re.compile(
                r"\b" + r"\W+(?:(?:of|and|for|the|de|si|și|al|a)\W+)?".join(rf"{c}\w+" for c in word) + r"\b"
            )
            own = re.compile(rf"\b{word}\b")
            texts = self._read()
            held = sum(bool(spelt.search(text) or own.search(text)) for text in texts)
            self._shares[word] = held / len(texts) if texts else 0.0
        return self._shares[word] > OWN

    def _read(self) -> list[str]:
        if self._texts is None:
            sources = list(dict.fromkeys(title.source for title in self._records.store.names.titles))[:MOST_READ]
            self._texts = [document.text for document in self._records.store.texts(sources).values()]
        return self._texts

"""Everything of a store that questions are linked against, indexed once for a generation."""

import re
from functools import cached_property

from assistant.acronyms import IN_OTHER_LANGUAGE, Acronyms
from assistant.called import pages_in
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.labels import LabelIndex
from assistant.linking import Linker
from assistant.names import CATEGORY, ORGANISATION, PROGRAMME, Called, NameIndex
from assistant.places import PlaceIndex
from assistant.record_nouns import record_nouns
from assistant.records import Records
from assistant.spelling import Spelling
from corpus.words import fold, words

NOT_ASKED_FOR = frozenset({"title", "alias", "description", "link"})
"""Fields whose labels are words of any question."""
LONGEST_INITIALS = 6
INITIALS = re.compile(r"([A-Z]{2,})(?:\s*[,(/–-].*)?$")
"""A name that is nothing but initials, or begins with them and gives more behind a mark."""
LONGEST_NAME = 12
"""Words; a longer name is prose that has got into a field."""


class Vocabulary:
    """Names by kind; each index is made when the first question needs it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._names = records.store.names

    @cached_property
    def linker(self) -> Linker:
        """Projects and documents by title, alias or reference."""
        return Linker(self.records.called, grammar().closed)

    @cached_property
    def pages(self) -> Linker:
        """Projects by the title of the page that each has to itself."""
        return Linker(pages_in(self._names), grammar().closed)

    @cached_property
    def organisations(self) -> NameIndex:
        """Organisations and programmes."""
        named = [name for name in self._names.organisations if len(name.split()) <= LONGEST_NAME]
        names = [Called(ORGANISATION, name, name) for name in named]
        return NameIndex(
            [*names, *(Called(PROGRAMME, name, name) for name in self._names.programmes)], grammar().closed
        )

    @cached_property
    def initials(self) -> dict[str, list[Called]]:
        """Organisations and programmes by the initials of their names: `ec` for the European Commission."""
        found: dict[str, list[Called]] = {}
        for called in self.organisations.names:
            telling = [word for word in words(called.name) if word not in _linking() and word.isalpha()]
            if 1 < len(telling) <= LONGEST_INITIALS:
                found.setdefault("".join(word[0] for word in telling), []).append(called)
        return found

    def by_acronym(self, word: str) -> list[Called]:
        """The names that an acronym stands for, or that hold what it is in the other language."""
        other = IN_OTHER_LANGUAGE.get(word, "")
        held = [self.organisations.names[number] for number in self.organisations.holding(other)]
        return [*self.initials.get(word, ()), *held]

    def same(self, called: Called) -> list[Called]:
        """A name with those that are its initials, or whose initials it is; more may follow these: "EC, Erasmus"."""
        name = words(called.name)
        initials = INITIALS.match(called.name)
        if initials and 1 < len(initials[1]) <= LONGEST_INITIALS:
            return [called, *self.initials.get(fold(initials[1]), ())]
        short = "".join(word[0] for word in name if word not in _linking() and word.isalpha())
        return [called, *self._by_initials.get(short, ())]

    @cached_property
    def _by_initials(self) -> dict[str, list[Called]]:
        found: dict[str, list[Called]] = {}
        for called in self.organisations.names:
            if initials := INITIALS.match(called.name):
                found.setdefault(fold(initials[1]), []).append(called)
        return found

    @cached_property
    def categories(self) -> NameIndex:
        """Values that records share under a label; a key is label and value with a null character between."""
        own = [Called(CATEGORY, value, f"{label}\0{value}") for label, value in self._names.categories]
        return NameIndex(own, grammar().closed)

    @cached_property
    def record_nouns(self) -> frozenset[str]:
        """What the sources call their records."""
        return record_nouns(self._names)

    @cached_property
    def spelling(self) -> Spelling:
        """What unknown words are meant to be."""
        return Spelling(self.records)

    @cached_property
    def places(self) -> PlaceIndex:
        """Countries, nationalities and the store's own places."""
        return PlaceIndex(self._names.places)

    @cached_property
    def labels(self) -> LabelIndex:
        """The sources' own labels of what questions ask for."""
        return LabelIndex([label for label in self._names.labels if label.name not in NOT_ASKED_FOR])

    def own_name(self, heard: Heard) -> frozenset[int]:
        """The words of a question that name whoever runs all projects: in the title of a page about no project."""
        own = (at for at in heard.free if heard.is_name(at))
        return frozenset(
            at for at in own if heard.words[at] in self._own_words or self._acronyms.is_own(heard.written(at))
        )

    @cached_property
    def _acronyms(self) -> Acronyms:
        return Acronyms(self.records)

    @cached_property
    def _own_words(self) -> frozenset[str]:
        told = [words(title) for _, title in self._names.documents]
        return frozenset(word for title in told for word in title if len(word) > 1) - grammar().closed

    def organisations_of(self, code: str) -> tuple[str, ...]:
        """Organisations whose names tell a country, ISO 3166-1 alpha-2: `National Library of Moldova`."""
        return self._by_country.get(code, ())

    @cached_property
    def _by_country(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in self._names.organisations:
            for place in self.places.find(words(name), name):
                for code in {place.code, place.code[:2]} if place.code else ():
                    found.setdefault(code, []).append(name)
        return {code: tuple(names) for code, names in found.items()}


def _linking() -> frozenset[str]:
    """Words that have no initial in an acronym: "of the", but "Programme" has."""
    return frozenset().union(*grammar().function_words.values())

"""Everything of a store that questions are linked against, indexed once for a generation."""

import re
from collections.abc import Mapping
from functools import cached_property

from assistant.acronyms import IN_OTHER_LANGUAGE, Acronyms, name_in_english
from assistant.aliases import canonical_names
from assistant.called import pages_in
from assistant.grammar import LANGUAGES, grammar
from assistant.heard import Heard
from assistant.labels import LabelIndex
from assistant.linking import Linker
from assistant.names import CATEGORY, ORGANISATION, PLACE, PROGRAMME, Called, NameIndex
from assistant.places import PlaceIndex
from assistant.record_nouns import record_nouns
from assistant.records import Records
from assistant.registers_named import registers_named
from assistant.spelling import Spelling
from assistant.title_words import TitleWords
from corpus.words import fold, stem, words
from index.contents import Keys
from index.filters import Filters
from index.selection import Label

FINISHED, UNDER_WAY = STATES = ("finished", "under_way")
"""How far a project may have come, by the keys of the grammar."""
MOST_STATES, LONGEST_STATE = 200, 4
"""Records of which each value under a label is looked at; words of a status."""
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
        self._written: dict[str, Keys] = {}

    @cached_property
    def linker(self) -> Linker:
        """Projects and documents by title, alias or reference."""
        return Linker(self.records.called, grammar().closed)

    @cached_property
    def title_words(self) -> TitleWords:
        """Projects by any words of their titles."""
        return TitleWords(self._names.titles)

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
        """A name with its other names: its initials, those whose initials it is, the one in the other language."""
        found = [*self._same_by_initials(called), *self._in_english.get(name_in_english(called.name), ())]
        also = (other for one in found for other in self._by_key.get(self.key_of(one.name), ()))
        return list(dict.fromkeys((*found, *also)))

    def key_of(self, organisation: str) -> str:
        """What all names of one organisation have in common; of a name that the store does not know, itself."""
        return self._keys.get(organisation) or " ".join(words(organisation))

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        keys = dict(canonical_names(self._names.organisations))
        for name in keys:
            if INITIALS.fullmatch(name) and name.isupper():
                others = {keys[one.name] for one in self.initials.get(fold(name), ()) if one.name in keys}
                if len(others) == 1 and keys[name] == fold(name):
                    keys[name] = others.pop()
        return keys

    @cached_property
    def _by_key(self) -> dict[str, list[Called]]:
        found: dict[str, list[Called]] = {}
        for called in self.organisations.names:
            if called.kind == ORGANISATION:
                found.setdefault(self.key_of(called.name), []).append(called)
        return found

    @cached_property
    def _in_english(self) -> dict[frozenset[str], list[Called]]:
        found: dict[frozenset[str], list[Called]] = {}
        for called in self.organisations.names:
            if key := name_in_english(called.name):
                found.setdefault(key, []).append(called)
        return found

    def _same_by_initials(self, called: Called) -> list[Called]:
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
        told = dict.fromkeys((*self._names.categories, *self._state_values))
        own = [Called(CATEGORY, value, f"{label}\0{value}") for label, value in told]
        return NameIndex(own, grammar().closed)

    @cached_property
    def record_nouns(self) -> dict[str, tuple[str, ...]]:
        """What the sources call their records, and the labels that say so."""
        return record_nouns(self._names)

    @cached_property
    def registers(self) -> dict[frozenset[str], tuple[str, ...]]:
        """The documents of registers that are called by more than a noun for records, by the words of their names."""
        return registers_named(self._names, self.record_nouns)

    @cached_property
    def spelling(self) -> Spelling:
        """What unknown words are meant to be."""
        return Spelling(self.records)

    def written_in(self, language: str) -> Keys:
        """Sorted keys of the records written in a language."""
        if language not in self._written:
            self._written[language] = self.records.store.choose([Filters(language=language)])
        return self._written[language]

    def is_of_a_name(self, word: str) -> bool:
        """Whether a word, or another form of it, stands in the name of an organisation or a place."""
        return bool({stem(word, "en"), stem(word, "ro")} & self._stems_of_names)

    @cached_property
    def _stems_of_names(self) -> frozenset[str]:
        told = (*self._names.organisations, *(name for name, _ in self._names.places))
        return frozenset(stem(word, language) for name in told for word in words(name) for language in LANGUAGES)

    @cached_property
    def places(self) -> PlaceIndex:
        """Countries, nationalities and the store's own places."""
        return PlaceIndex(self._names.places)

    @cached_property
    def labels(self) -> LabelIndex:
        """The sources' own labels of what questions ask for."""
        return LabelIndex([label for label in self._names.labels if label.name not in NOT_ASKED_FOR])

    @cached_property
    def own_labels(self) -> tuple[Label, ...]:
        """Labels that are read as no field of the records."""
        return tuple(one for one in self._names.labels if one.name == "other")

    @cached_property
    def labels_of_names(self) -> tuple[Label, ...]:
        """The same with those of organisations and places."""
        return tuple(one for one in self._names.labels if one.name in ("other", ORGANISATION, PLACE))

    @cached_property
    def shared_labels(self) -> frozenset[str]:
        """Labels under which several records have the same value."""
        return frozenset(label for label, _ in self._names.categories)

    @cached_property
    def states(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """By each of `STATES` the (label, value) that mean it, under labels that tell how far a project has come."""
        across = grammar().across
        own = [one for one in self._state_values if not across["negation"].search(fold(one[1]))]
        found = {key: tuple(one for one in own if across[key].search(fold(one[1]))) for key in STATES}
        both = set(found[FINISHED]) & set(found[UNDER_WAY])
        return {key: tuple(one for one in told if one not in both) for key, told in found.items()}

    @cached_property
    def _state_values(self) -> tuple[tuple[str, str], ...]:
        """(label, value) of all that tell how far a project has come, of the few on pages those that stand once too."""
        store, state = self.records.store, grammar().across["state"]
        labels = [one for one in self.own_labels if state.fullmatch(fold(one.label))]
        called = {one.label for one in labels}
        own = {one: None for one in self._names.categories if one[0] in called}
        for one in labels:
            few = store.labelled(store.choose(), one.label, MOST_STATES) if one.count <= MOST_STATES else []
            own |= {(one.label, each.text): None for each in few if len(each.text.split()) <= LONGEST_STATE}
        return tuple(own)

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

"""Conditions of organisations and programmes: found by name, by initials and, of Romanian questions, in translation."""

from collections.abc import Sequence

from assistant.acronyms import IN_OTHER_LANGUAGE
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.joined import are_alternatives
from assistant.names import ORGANISATION, PROGRAMME, Called, NameIndex
from assistant.places import PlaceMention
from assistant.plan import Condition, Found
from assistant.said_roles import Roles
from assistant.translation import translations_of
from assistant.vocabulary import Vocabulary
from corpus.country_names import names_of
from corpus.words import stem, words
from index.filters import Filters

FUNDING = ("funder", "sponsor", "supporter")
MOST_TRANSLATED = 2_000
"""Names that a Romanian question's words are compared with in translation."""


def organisations_of(heard: Heard, vocabulary: Vocabulary, roles: Roles, places: Sequence[PlaceMention]) -> Found:
    """Organisations and programmes; those joined by "or" are alternatives."""
    index = vocabulary.organisations
    of_places = frozenset(at for one in places for at in one.positions)
    found: list[tuple[frozenset[int], tuple[Filters, ...], str]] = []
    named = [
        (positions, [index.names[number] for number in _meant(index, heard, positions, numbers)])
        for positions, numbers in index.runs(heard.words, heard.free)
        if _is_name(heard, positions - of_places, any(len(index.words[n]) == len(positions) for n in numbers))
        and not _is_cut(heard, positions, any(len(index.words[n]) == len(positions) for n in numbers))
    ]
    named += _translated(heard, index, places) if heard.language == "ro" or places else []
    taken = frozenset(at for positions, _ in named for at in positions)
    for at in heard.free - taken:
        if heard.written(at).isupper() and (called := vocabulary.by_acronym(heard.words[at])):
            named.append((frozenset({at}), called))
    for positions, called in sorted(named, key=lambda one: min(one[0])):
        same = list(dict.fromkeys(other for one in called for other in vocabulary.same(one)))
        filters = filters_of_names(same, roles.of(positions))
        if filters and found and are_alternatives(heard, found[-1][0], positions):
            before, others, kind = found.pop()
            found.append((before | positions, (*others, *filters), kind))
        elif filters:
            kind = ORGANISATION if any(one.kind == ORGANISATION for one in same) else PROGRAMME
            found.append((positions, filters, kind))
    for positions, _, _ in found:
        heard.take(positions)
    return [(positions, Condition(kind, heard.text(positions), filters)) for positions, filters, kind in found]


def filters_of_names(called: Sequence[Called], roles: tuple[str, ...]) -> tuple[Filters, ...]:
    """What records fulfil that have any of these organisations, in one of the roles where some are told."""
    filters = []
    if names := tuple(one.key for one in called if one.kind == ORGANISATION):
        filters.append(Filters(organisation=names, role=roles or None))
    programmes = tuple(one.key for one in called if one.kind == PROGRAMME)
    if programmes and (not roles or set(roles) & set(FUNDING)):
        filters.append(Filters(programme=programmes))
    return tuple(filters)


def _translated(
    heard: Heard, index: NameIndex, places: Sequence[PlaceMention]
) -> list[tuple[frozenset[int], list[Called]]]:
    """English names said in Romanian or by a nationality: „Ambasada Regatului Țărilor de Jos”, "the Dutch embassy"."""
    is_romanian = heard.language == "ro"
    forms: dict[int, set[str]] = {
        at: {stem(heard.words[at], "en"), *(translations_of(heard.words[at], "ro") if is_romanian else ())}
        for at in heard.free
    }
    for at in heard.free:
        if heard.is_acronym(at) and heard.words[at] in IN_OTHER_LANGUAGE:
            forms[at].add(IN_OTHER_LANGUAGE[heard.words[at]])
    for place in places:
        for name in names_of(place.code) if place.code else ():
            for at in place.positions & heard.free:
                forms[at] |= {stem(word, "en") for word in words(name)}
    found = []
    for number in range(len(index.names)) if len(index.names) <= MOST_TRANSLATED else ():
        own = [stem(word, "en") for word in _telling(index.words[number])]
        positions = frozenset(at for at, said in forms.items() if said & set(own))
        if len(own) > 1 and all(any(word in said for said in forms.values()) for word in own) and len(positions) > 1:
            found.append((positions, [index.names[number]]))
    return found


def _is_name(heard: Heard, positions: frozenset[int], is_whole: bool) -> bool:
    """Whether words are meant as a name: several telling ones, the whole of a name, or one written like a name."""
    known = grammar().closed | grammar().helpers
    telling = [at for at in positions if not heard.is_closed(at, known)]
    return len(telling) > 1 or bool(telling and is_whole) or any(heard.is_name(at) for at in telling)


def _is_cut(heard: Heard, positions: frozenset[int], is_whole: bool) -> bool:
    """Whether words are part of one name and, with a name beside them, of another: "Aurora Ferries", "Nord Ferries"."""
    beside = {min(positions) - 1, max(positions) + 1}
    return not is_whole and any(at in heard.free and heard.is_name(at) for at in beside)


def _meant(index: NameIndex, heard: Heard, positions: frozenset[int], numbers: Sequence[int]) -> Sequence[int]:
    """The names that are said; where one is no more than the words, also those that begin or end with them.

    Articles do not count: "The Association of Librarians (AL)" begins with "Association of Librarians".
    """
    said = [heard.words[at] for at in sorted(positions) if not heard.is_closed(at, grammar().closed)]
    if not said or not any(len(index.words[number]) == len(positions) for number in numbers):
        return numbers
    found = []
    for number in numbers:
        own = _telling(index.words[number])
        if _alike(own[: len(said)], said) or _alike(own[-len(said) :], said):
            found.append(number)
    return found


def _telling(name: Sequence[str]) -> list[str]:
    return [word for word in name if word not in grammar().closed]


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return [stem(word, "en") for word in one] == [stem(word, "en") for word in other]

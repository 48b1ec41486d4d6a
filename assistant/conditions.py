"""What a question asks of its records: times, amounts, organisations, programmes, places, shared values, topics.

Each condition is found once and its words are taken out of what is left. Knows the names of a store through its
vocabulary and looks up nothing but which words its texts hold.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import Asked, grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.names import CATEGORY, ORGANISATION, PROGRAMME, Called, NameIndex
from assistant.places import PlaceMention
from assistant.plan import Condition
from assistant.times import END, START, WITHIN, Times, times_in
from assistant.topics import find_topic
from assistant.translation import translations_of
from assistant.value_words import anywhere
from assistant.values import bounds_in, currencies_in
from assistant.vocabulary import Vocabulary
from corpus.places import names_of
from corpus.words import fold, stem, words
from index.filters import Filters

AMOUNT_ROLES = ("budget", "grant")
"""Roles of the amounts that "budget", "money" or no word at all stand for."""
FUNDING = ("funder", "sponsor", "supporter")
ROLE_REACH = 2
"""Words between a role and the country of whoever has it: "partners from Ukraine"."""
LACKING_REACH = 2
"""Words between "without" and the field that is lacking: "have no known budget"."""
MOST_TRANSLATED = 2_000
"""Names that a Romanian question's words are compared with in translation."""
OR = r"(?:or|sau|ori)"
LINKS = r"(?:\s*(?:the|name|those|from|in|of|by|de|din|cele|la|catre)\b)*"
"""What may stand between "or" and a name, folded."""
TIME_VERBS = ("started", "ended", "ran")
NEGATION_REACH = 7
"""Words between "not" or "without" and what is ruled out: "were not funded by the …"."""


def find_conditions(
    heard: Heard, vocabulary: Vocabulary, fields: Sequence[Asked], labels: Sequence[LabelMention], *, with_topic: bool
) -> tuple[Condition, ...]:
    """The conditions of a question, in the order of its words; a topic only where it is asked for."""
    found: list[tuple[frozenset[int], Condition]] = []
    roles = _Roles(heard, grammar().fields if with_topic else fields)
    places = [one for one in vocabulary.places.find(heard.words, heard.question) if one.positions <= heard.free]
    found += _amounts(heard, fields)
    found += _times(heard, labels, vocabulary)
    heard.take(at for one in labels for at in one.positions)
    found += _categories(heard, vocabulary, labels, places, is_timed=any(one.kind == "period" for _, one in found))
    found += _organisations(heard, vocabulary, roles, places)
    found += _places(heard, vocabulary, roles, places)
    if with_topic:
        found = _won(heard, vocabulary, found)
        found += _lacking(heard, [positions for positions, one in found if one.kind in (ORGANISATION, PROGRAMME)])
        found += find_topic(heard, vocabulary)
    found.sort(key=lambda one: min(one[0], default=0))
    return tuple(
        one if one.is_negated else replace(one, is_negated=_is_negated(heard, positions)) for positions, one in found
    )


def places_of(heard: Heard, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """The countries that a question names beside its subject."""
    found = vocabulary.places.find(heard.words, heard.question)
    places = [one for one in found if one.code and not one.is_adjective]  # "in English" is no place
    return tuple(condition for _, condition in _places(heard, vocabulary, _Roles(heard, ()), places))


def _won(
    heard: Heard, vocabulary: Vocabulary, found: list[tuple[frozenset[int], Condition]]
) -> list[tuple[frozenset[int], Condition]]:
    """Contracts that were won: those of which a holder is known, where that tells some from others."""
    across = grammar().across
    positions = frozenset(heard.matching([across["won"]]))
    if not positions or not across["contracts"].search(fold(heard.question)):
        return found
    records, filters = vocabulary.records, Filters(role="implementer")
    if not 0 < len(records.store.choose([filters])) < records.count:
        return found
    heard.take(positions)
    for at, (others, one) in enumerate(found):
        if one.kind == CATEGORY and _are_alternatives(heard, *sorted((positions, others), key=min)):
            both = positions | others
            found[at] = (both, replace(one, said=heard.text(both), filters=(*one.filters, filters)))
            return found
    return [*found, (positions, Condition("field", heard.text(positions), (filters,)))]


def _lacking(heard: Heard, named: Sequence[frozenset[int]]) -> list[tuple[frozenset[int], Condition]]:
    """The fields that the records asked for must not have: "without partners", "have no budget"."""
    found, blanked = [], heard.blanked()
    for one in grammar().fields:
        for match in one.pattern.finditer(blanked):
            positions = heard.positions(*match.span())
            filters = _has(one)
            start = min(positions, default=0)
            before = heard.blanked_words(max(0, start - LACKING_REACH), start)
            behind = max(positions, default=0) + 1
            is_of_another = any(behind <= min(others) <= behind + ROLE_REACH for others in named)  # "not funded by X"
            if positions and filters and not is_of_another and grammar().across["negation"].search(before):
                heard.take(positions)
                found.append((positions, Condition("field", heard.text(positions), (filters,), is_negated=True)))
    return found


def _has(one: Asked) -> Filters | None:
    """What a record fulfils that has a field."""
    if one.meaning.name == "amount":
        return Filters(measure=(one.meaning.role, *one.also))
    if one.meaning.name == "organisation":
        return Filters(role=one.meaning.role)
    if one.meaning.name == "period":
        return Filters(started=(None, None))
    return Filters(placed=True) if one.meaning.name == "place" else None


def _is_negated(heard: Heard, positions: frozenset[int]) -> bool:
    """Whether a word right before says that the records must not fulfil it."""
    start = min(positions, default=0)
    before = heard.blanked_words(max(0, start - NEGATION_REACH), start)
    return bool(grammar().across["negation"].search(before))


class _Roles:
    """The roles that a question speaks of, and where."""

    def __init__(self, heard: Heard, fields: Sequence[Asked]) -> None:
        blanked = heard.blanked()
        self._heard = heard
        self._said: list[tuple[int, tuple[str, ...]]] = []
        for one in fields:
            if one.meaning.name == "organisation":
                roles = tuple(role for role in (one.meaning.role, *one.also) if role != "programme")
                for match in one.pattern.finditer(blanked):
                    if positions := heard.positions(*match.span()):
                        self._said.append((max(positions), roles))
        self._said.sort()

    def of(self, positions: frozenset[int]) -> tuple[str, ...]:
        """The roles of an organisation named there: those spoken of last before it, else all that follow."""
        before = [roles for at, roles in self._said if at < min(positions)]
        chosen = before[-1:] or [roles for _, roles in self._said]
        return tuple(dict.fromkeys(role for roles in chosen for role in roles))

    def beside(self, place: PlaceMention) -> tuple[str, ...]:
        """The roles of those who are from a place: "partners from Ukraine", "Ukrainian partners"."""
        first, last = min(place.positions), max(place.positions)
        for at, roles in self._said:
            near = at < first <= at + ROLE_REACH + 1 and self._only_links(at, first)
            ahead = place.is_adjective and last < at <= last + ROLE_REACH
            if near or ahead:
                return roles
        return ()

    def _only_links(self, at: int, first: int) -> bool:
        return all(word in grammar().closed | grammar().prepositions for word in self._heard.words[at + 1 : first])


def _times(
    heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary
) -> list[tuple[frozenset[int], Condition]]:
    """Times of the same end of a period are alternatives; of different ones all have to fit."""
    found = []
    own = [one for mention in labels for one in mention.labels if one.name == "other"]
    dates = [one for one in own if vocabulary.records.is_dated(one.label)]
    times = [one for one in times_in(heard.blanked_question()) if not one.is_bare or dates or len(heard.words) < 12]
    for of in dict.fromkeys(one.of for one in times):
        several = [one for one in times if one.of == of]
        begin, finish = several[0].begin, several[-1].finish
        condition = Condition("period", heard.question[begin:finish].strip(), tuple(_within(one) for one in several))
        if dates:
            bounds = tuple((one.since, one.until) for one in several)
            condition = replace(condition, filters=(), labels=tuple(one.label for one in dates), dated=bounds)
        positions = heard.positions(begin, finish)
        heard.take(positions)
        found.append((positions, condition))
    return found


def _within(one: Times) -> Filters:
    bounds = (one.since, one.until)
    if one.of == START:
        return Filters(started=bounds)
    if one.of == END:
        return Filters(ended=bounds)
    if one.of == WITHIN:
        return Filters(started=(one.since, None), ended=(None, one.until))
    return Filters(since=one.since, until=one.until)


def _amounts(heard: Heard, fields: Sequence[Asked]) -> list[tuple[frozenset[int], Condition]]:
    roles = tuple(one.meaning.role for one in fields if one.meaning.name == "amount") or AMOUNT_ROLES
    roles = AMOUNT_ROLES if set(roles) <= set(AMOUNT_ROLES) else roles
    question = heard.blanked_question()
    bounds = bounds_in(question)
    told = [
        (one.begin, one.finish, Filters(least=one.least, most=one.most, currency=one.currency, measure=roles))
        for one in bounds
    ]
    if not bounds:
        told += [(begin, end, Filters(currency=code, measure=roles)) for code, begin, end in currencies_in(question)]
    found = []
    for begin, finish, filters in told:
        positions = heard.positions(begin, finish)
        heard.take(positions)
        found.append((positions, Condition("amount", heard.question[begin:finish].strip(), (filters,))))
    return found


def _categories(
    heard: Heard,
    vocabulary: Vocabulary,
    labels: Sequence[LabelMention],
    places: Sequence[PlaceMention],
    *,
    is_timed: bool,
) -> list[tuple[frozenset[int], Condition]]:
    index, found = vocabulary.categories, []
    for positions, numbers in sorted(index.runs(heard.words, heard.free), key=lambda run: min(run[0])):
        whole = [index.names[n] for n in numbers if len(index.words[n]) == len(positions)]
        # With a time, "active" is any word, but not behind its label or with a capital: "status Active".
        beside = {min(positions) - 1, max(positions) + 1}
        named = {label.label for one in labels if one.positions & beside for label in one.labels}
        is_meant = any(_label_and_value(one)[0] in named for one in whole) or any(map(heard.is_name, positions))
        is_verb = is_timed and any(anywhere(key).search(heard.text(positions).lower()) for key in TIME_VERBS)
        is_plain = {heard.words[at] for at in positions} <= grammar().closed or not _is_telling(heard, positions)
        if _is_one_of_unknown(heard, positions):
            heard.take(positions)
            continue
        is_place = any(positions <= one.positions for one in places)
        if whole and not is_place and (is_meant or not (is_verb or is_plain)):
            filters = tuple(Filters(category=_label_and_value(called)) for called in whole)
            heard.take(positions)
            before = found.pop() if found and _are_alternatives(heard, found[-1][0], positions) else None
            if before:
                positions, filters = before[0] | positions, (*before[1].filters, *filters)
            found.append((positions, Condition(CATEGORY, heard.text(positions), filters)))
    return found


def _is_one_of_unknown(heard: Heard, positions: frozenset[int]) -> bool:
    """Whether another word will do as well of which nothing is known: "awarded or shortlisted"."""
    first, last = min(positions), max(positions)
    before = first > 1 and grammar().links_or.fullmatch(heard.words[first - 1])
    behind = last + 2 < len(heard.words) and grammar().links_or.fullmatch(heard.words[last + 1])
    others = [at for at, is_joined in ((first - 2, before), (last + 2, behind)) if is_joined]
    return any(at in heard.free and heard.words[at] in grammar().helpers for at in others)


def _is_telling(heard: Heard, positions: frozenset[int]) -> bool:
    """Whether words say more than what is asked for: no record noun, no field."""
    text = " ".join(heard.words[at] for at in sorted(positions))
    patterns = (*grammar().operations, *(one.pattern for one in grammar().fields))
    return not any(one.fullmatch(text) for one in patterns) and any(len(heard.words[at]) > 2 for at in positions)


def _label_and_value(called: Called) -> tuple[str, str]:
    label, _, value = called.key.partition("\0")
    return label, value


def _organisations(
    heard: Heard, vocabulary: Vocabulary, roles: _Roles, places: Sequence[PlaceMention]
) -> list[tuple[frozenset[int], Condition]]:
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
    named += _translated(heard, index, places) if heard.language == "ro" else []
    taken = frozenset(at for positions, _ in named for at in positions)
    named += [
        (frozenset({at}), vocabulary.initials[heard.words[at]])
        for at in heard.free - taken
        if heard.written(at).isupper() and heard.words[at] in vocabulary.initials
    ]
    for positions, called in sorted(named, key=lambda one: min(one[0])):
        same = list(dict.fromkeys(other for one in called for other in vocabulary.same(one)))
        filters = _of_organisations(same, roles.of(positions))
        if filters and found and _are_alternatives(heard, found[-1][0], positions):
            before, others, kind = found.pop()
            found.append((before | positions, (*others, *filters), kind))
        elif filters:
            kind = ORGANISATION if any(one.kind == ORGANISATION for one in same) else PROGRAMME
            found.append((positions, filters, kind))
    for positions, _, _ in found:
        heard.take(positions)
    return [(positions, Condition(kind, heard.text(positions), filters)) for positions, filters, kind in found]


def _translated(
    heard: Heard, index: NameIndex, places: Sequence[PlaceMention]
) -> list[tuple[frozenset[int], list[Called]]]:
    """English names that a Romanian question says in Romanian: „Ambasada Regatului Țărilor de Jos”."""
    forms: dict[int, set[str]] = {
        at: {stem(heard.words[at], "en"), *translations_of(heard.words[at], "ro")} for at in heard.free
    }
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


def _is_cut(heard: Heard, positions: frozenset[int], is_whole: bool) -> bool:
    """Whether words are part of one name and, with a name beside them, of another: "Aurora Ferries", "Nord Ferries"."""
    beside = {min(positions) - 1, max(positions) + 1}
    return not is_whole and any(at in heard.free and heard.is_name(at) for at in beside)


def _meant(index: NameIndex, heard: Heard, positions: frozenset[int], numbers: Sequence[int]) -> Sequence[int]:
    """The names that are said; where one is no more than the words, also those that begin or end with them.

    Articles do not count: "The Association of Librarians (AL)" begins with "Association of Librarians".
    """
    said = _telling([heard.words[at] for at in sorted(positions)])
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


def _of_organisations(called: Sequence[Called], roles: tuple[str, ...]) -> tuple[Filters, ...]:
    filters = []
    if names := tuple(one.key for one in called if one.kind == ORGANISATION):
        filters.append(Filters(organisation=names, role=roles or None))
    programmes = tuple(one.key for one in called if one.kind == PROGRAMME)
    if programmes and (not roles or set(roles) & set(FUNDING)):
        filters.append(Filters(programme=programmes))
    return tuple(filters)


def _are_alternatives(heard: Heard, first: frozenset[int], second: frozenset[int]) -> bool:
    """Whether any of two will do: "A or B", "A, B", "A (or B)", „A sau de B”."""
    return bool(re.fullmatch(rf"\s*[,/(]?\s*(?:{OR}\b)?{LINKS}\s*", heard.between(max(first), min(second))))


def _is_name(heard: Heard, positions: frozenset[int], is_whole: bool) -> bool:
    """Whether words are meant as a name: several telling ones, the whole of a name, or one written like a name."""
    known = grammar().closed | grammar().helpers
    telling = [at for at in positions if heard.words[at] not in known]
    return len(telling) > 1 or bool(telling and is_whole) or any(heard.is_name(at) for at in telling)


def _places(
    heard: Heard, vocabulary: Vocabulary, roles: _Roles, places: Sequence[PlaceMention]
) -> list[tuple[frozenset[int], Condition]]:
    """Places; those joined by "or", or by "and" as in "those of Serbia and of Bosnia", are alternatives."""
    found: list[tuple[frozenset[int], Condition]] = []
    for one in places:
        if not one.positions <= heard.free:
            continue
        filters = _of_place(one, vocabulary, roles.beside(one))
        mentions = (heard.text(one.positions), *(names_of(one.code) if one.code else one.names))
        condition = Condition("place", heard.text(one.positions), filters, (tuple(dict.fromkeys(mentions)),))
        if found and _are_both(heard, found[-1][0], one.positions):
            before, other = found.pop()
            said = heard.text(before | one.positions)
            row = (*other.mentions[0], *condition.mentions[0])
            condition = Condition("place", said, (*other.filters, *filters), (row,))
            found.append((before | one.positions, condition))
        else:
            found.append((one.positions, condition))
    for positions, _ in found:
        heard.take(positions)
    return found


def _of_place(one: PlaceMention, vocabulary: Vocabulary, roles: tuple[str, ...]) -> tuple[Filters, ...]:
    if not one.code:
        return (Filters(place=one.names),)
    if not roles:
        return (Filters(country=one.code),)
    of_country = vocabulary.organisations_of(one.code)
    named = (Filters(role=roles, organisation=of_country),) if of_country else ()
    return (Filters(role=roles, organisation_country=one.code), *named)


def _are_both(heard: Heard, first: frozenset[int], second: frozenset[int]) -> bool:
    between = heard.between(max(first), min(second))
    return bool(re.fullmatch(rf"\s*,?\s*(?:{OR}\b|(?:and|si)\b|,){LINKS}\s*", between))

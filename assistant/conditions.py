"""What a question over several records asks of them: times, amounts, places, organisations, shared values, topics.

Each condition is found once and its words are taken out of what is left. Knows the names of a store through its
vocabulary and looks nothing up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.grammar import Asked, grammar
from assistant.names import CATEGORY, ORGANISATION, PROGRAMME, Called
from assistant.plan import Condition
from assistant.times import END, START, WITHIN, Times, times_in
from assistant.values import bounds_in, currencies_in
from assistant.vocabulary import Vocabulary
from corpus.folding import fold_keeping_length
from corpus.places import names_of
from corpus.words import WORD, fold
from index.filters import Filters

AMOUNT_ROLES = ("budget", "grant")
"""Roles of the amounts that "budget", "money" or no word at all stand for."""
FUNDING = ("funder", "sponsor", "supporter")


@dataclass(slots=True)
class Said:
    """The words of a question, where they stand, and which are still to be explained."""

    question: str
    words: list[str]
    free: set[int]
    spans: list[tuple[int, int]]
    found: list[Condition] = field(default_factory=list)

    def take(self, positions: Sequence[int] | frozenset[int], condition: Condition) -> None:
        """A condition explains these words."""
        self.free -= set(positions)
        self.found.append(condition)

    def positions(self, begin: int, finish: int) -> frozenset[int]:
        """The words that stand within some characters."""
        return frozenset(at for at, (start, end) in enumerate(self.spans) if begin <= start and end <= finish)

    def text(self, positions: frozenset[int]) -> str:
        """The question's own words from the first to the last of some."""
        return self.question[self.spans[min(positions)][0] : self.spans[max(positions)][1]]


def said_of(question: str, named: frozenset[int]) -> Said:
    """A question whose words at `named` are names of subjects already."""
    spans = [match.span() for match in WORD.finditer(question)]
    found = [fold(question[start:end]) for start, end in spans]
    return Said(question, found, set(range(len(found))) - named, spans)


def find_conditions(said: Said, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """The conditions of a question; the fields it speaks of tell the roles of organisations and amounts."""
    blanked = fold_keeping_length(_blanked(said))
    fields = [one for one in grammar().fields if one.pattern.search(blanked)]
    _amounts(said, fields)
    _times(said)
    _categories(said, vocabulary)
    _organisations(said, fields, vocabulary)
    _places(said, fields, vocabulary)
    _topic(said, fields)
    return tuple(said.found)


def _blanked(said: Said) -> str:
    """The question without the words that are explained."""
    text = said.question
    for at, (start, end) in enumerate(said.spans):
        if at not in said.free:
            text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _times(said: Said) -> None:
    """Times of the same end of a period are alternatives; of different ones all have to fit."""
    found = [one for one in times_in(_blanked(said)) if not one.is_bare]
    for of in dict.fromkeys(one.of for one in found):
        several = [one for one in found if one.of == of]
        begin, finish = several[0].begin, several[-1].finish
        filters = tuple(_within(one) for one in several)
        condition = Condition("period", said.question[begin:finish].strip(), filters)
        said.take(said.positions(begin, finish), condition)


def _within(one: Times) -> Filters:
    bounds = (one.since, one.until)
    if one.of == START:
        return Filters(started=bounds)
    if one.of == END:
        return Filters(ended=bounds)
    if one.of == WITHIN:
        return Filters(started=(one.since, None), ended=(None, one.until))
    return Filters(since=one.since, until=one.until)


def _amounts(said: Said, fields: Sequence[Asked]) -> None:
    roles = tuple(one.meaning.role for one in fields if one.meaning.name == "amount") or AMOUNT_ROLES
    roles = AMOUNT_ROLES if set(roles) <= set(AMOUNT_ROLES) else roles
    bounds = bounds_in(_blanked(said))
    for one in bounds:
        filters = Filters(least=one.least, most=one.most, currency=one.currency, measure=roles)
        words = said.question[one.begin : one.finish].strip()
        said.take(said.positions(one.begin, one.finish), Condition("amount", words, (filters,)))
    for code, begin, finish in currencies_in(_blanked(said)) if not bounds else ():
        condition = Condition("amount", said.question[begin:finish].strip(), (Filters(currency=code, measure=roles),))
        said.take(said.positions(begin, finish), condition)


def _categories(said: Said, vocabulary: Vocabulary) -> None:
    index = vocabulary.categories
    for positions, numbers in index.runs(said.words, said.free):
        whole = [index.names[n] for n in numbers if len(index.words[n]) == len(positions)]
        if not whole or not set(said.words[at] for at in positions) - grammar().closed - grammar().helpers:
            continue
        filters = tuple(Filters(category=_label_and_value(called)) for called in whole)
        said.take(positions, Condition(CATEGORY, said.text(positions), filters))


def _label_and_value(called: Called) -> tuple[str, str]:
    label, _, value = called.key.partition("\0")
    return label, value


def _organisations(said: Said, fields: Sequence[Asked], vocabulary: Vocabulary) -> None:
    """Organisations and programmes; those joined by "or" are alternatives."""
    roles = _roles(fields)
    index = vocabulary.organisations
    found: list[tuple[frozenset[int], tuple[Filters, ...], str]] = []
    for positions, numbers in sorted(index.runs(said.words, said.free), key=lambda run: min(run[0])):
        if not _is_name(said, positions, any(len(index.words[n]) == len(positions) for n in numbers)):
            continue
        called = [index.names[number] for number in numbers]
        filters = _of_organisations(called, roles)
        if filters and found and _are_alternatives(said, found[-1][0], positions):
            before, others, kind = found.pop()
            found.append((before | positions, (*others, *filters), kind))
        elif filters:
            kind = ORGANISATION if any(one.kind == ORGANISATION for one in called) else PROGRAMME
            found.append((positions, filters, kind))
    for positions, filters, kind in found:
        said.take(positions, Condition(kind, said.text(positions), filters))


def _of_organisations(called: Sequence[Called], roles: tuple[str, ...]) -> tuple[Filters, ...]:
    filters = []
    if names := tuple(one.key for one in called if one.kind == ORGANISATION):
        filters.append(Filters(organisation=names, role=roles or None))
    programmes = tuple(one.key for one in called if one.kind == PROGRAMME)
    if programmes and (not roles or set(roles) & set(FUNDING)):
        filters.append(Filters(programme=programmes))
    return tuple(filters)


def _are_alternatives(said: Said, first: frozenset[int], second: frozenset[int]) -> bool:
    between = said.question[said.spans[max(first)][1] : said.spans[min(second)][0]]
    return bool(re.fullmatch(r"\s*(?:,|/|\()?\s*(?:(?:or|sau|ori)\b)?\s*(?:(?:the|the name)\b)?\s*", fold(between)))


def _roles(fields: Sequence[Asked]) -> tuple[str, ...]:
    """The roles that a question speaks of, those that stand in for them included."""
    own = [one for one in fields if one.meaning.name == "organisation"]
    roles = [role for one in own for role in (one.meaning.role, *one.also) if role != "programme"]
    return tuple(dict.fromkeys(roles))


def _is_name(said: Said, positions: frozenset[int], is_whole: bool) -> bool:
    """Whether words are meant as a name: several telling ones, the whole of a name, or one written like a name."""
    telling = [at for at in positions if said.words[at] not in grammar().closed | grammar().helpers]
    if len(telling) > 1 or (telling and is_whole):
        return True
    return any(
        re.match(r"[^\W\d_]*[A-ZȘȚŞŢÎÂĂ]", said.question[said.spans[at][0] : said.spans[at][1]]) and at > 0
        for at in telling
    )


def _places(said: Said, fields: Sequence[Asked], vocabulary: Vocabulary) -> None:
    roles = _roles(fields)
    for one in vocabulary.places.find(said.words, said.question):
        if not one.positions <= said.free:
            continue
        words = said.text(one.positions)
        filters = Filters(country=one.code) if one.code else Filters(place=one.names)
        if roles and one.code:
            filters = Filters(role=roles, organisation_country=one.code)
        mentions = tuple(dict.fromkeys((words, *(names_of(one.code) if one.code else one.names))))
        said.take(one.positions, Condition("place", words, (filters,), mentions))


def _topic(said: Said, fields: Sequence[Asked]) -> None:
    """The content words that nothing explains: a text has to hold them all."""
    explained = grammar().closed | grammar().helpers
    blanked = fold_keeping_length(_blanked(said))
    patterns = [*(one.pattern for one in fields), *grammar().across.values()]
    asked = {at for one in patterns for match in one.finditer(blanked) for at in said.positions(*match.span())}
    left = [at for at in sorted(said.free - asked) if said.words[at] not in explained]
    if left:
        words = " ".join(said.words[at] for at in left)
        said.take(left, Condition("mention", words, (), (words,)))

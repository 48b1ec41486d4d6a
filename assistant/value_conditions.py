"""Conditions of times and amounts, as a question says them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import Asked
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.plan import Condition, Found
from assistant.times import END, START, WITHIN, Times, times_in
from assistant.values import bounds_in, currencies_in
from assistant.vocabulary import Vocabulary
from index.filters import Filters

AMOUNT_ROLES = ("budget", "grant")
"""Roles of the amounts that "budget", "money" or no word at all stand for."""


def times_of(heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> Found:
    """Times of the same end of a period are alternatives; of different ones all have to fit."""
    found: Found = []
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


def amounts_of(heard: Heard, fields: Sequence[Asked]) -> Found:
    """Bounds of amounts, each with its currency, or currencies alone, of the roles that the fields speak of."""
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
    found: Found = []
    for begin, finish, filters in told:
        positions = heard.positions(begin, finish)
        heard.take(positions)
        found.append((positions, Condition("amount", heard.question[begin:finish].strip(), (filters,))))
    return found

"""Conditions of times and amounts, as a question says them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.durations_asked import durations_in
from assistant.grammar import Asked, grammar
from assistant.heard import Heard
from assistant.joined import are_joined_by_or
from assistant.labels import LabelMention
from assistant.plan import Condition, Found
from assistant.times import END, START, WITHIN, Times, times_in
from assistant.values import bounds_in, currencies_in
from assistant.vocabulary import Vocabulary
from corpus.words import fold
from index.filters import Filters

AMOUNT_ROLES = ("budget", "grant")
"""Roles of the amounts that "budget", "money" or no word at all stand for."""


def times_of(heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> Found:
    """Times of the same end of a period are alternatives; of different ones, or with "not" between, all have to fit."""
    found: Found = []
    # The day of an agreement may stand for the start, but "approved in 2015" asks for that day itself.
    own = [one for mention in labels for one in mention.labels if one.name == "other" or one.role == "agreed"]
    dates = [one for one in own if vocabulary.records.is_dated(one.label)]
    times = [one for one in times_in(heard.blanked_question()) if not one.is_bare or dates or len(heard.words) < 12]
    groups: list[list[Times]] = []
    for one in times:
        between = fold(heard.question[groups[-1][-1].finish : one.begin]) if groups else ""
        is_ruled_out = grammar().across["negation"].search(between) and not grammar().across["neither"].search(between)
        same = next((group for group in groups if group[0].of == one.of), None)
        if same and not is_ruled_out:
            same.append(one)
        else:
            groups.append([one])
    for several in groups:
        begin, finish = several[0].begin, several[-1].finish
        condition = Condition("period", heard.question[begin:finish].strip(), tuple(within(one) for one in several))
        if dates:
            bounds = tuple((one.since, one.until) for one in several)
            condition = replace(condition, filters=(), labels=tuple(one.label for one in dates), dated=bounds)
        positions = heard.positions(begin, finish)
        heard.take(positions)
        found.append((positions, condition))
    return found


def within(one: Times) -> Filters:
    """What a record fulfils that starts, ends or runs within a time."""
    bounds = (one.since, one.until)
    if one.of == START:
        return Filters(started=bounds)
    if one.of == END:
        return Filters(ended=bounds)
    if one.of == WITHIN:
        return Filters(started=(one.since, None), ended=(None, one.until))
    return Filters(since=one.since, until=one.until)


def durations_of(heard: Heard) -> Found:
    """Bounds of how long projects lasted."""
    found: Found = []
    for one in durations_in(heard.blanked_question()):
        positions = heard.positions(one.begin, one.finish)
        heard.take(positions)
        said = heard.question[one.begin : one.finish].strip()
        found.append((positions, Condition("duration", said, lasting=(one.least, one.most))))
    return found


def amounts_of(heard: Heard, fields: Sequence[Asked], labels: Sequence[LabelMention]) -> Found:
    """Bounds of amounts, each with its currency, or currencies alone, of the roles that labels or fields speak of."""
    roles = tuple(one.meaning.role for one in fields if one.meaning.name == "amount") or AMOUNT_ROLES
    is_grant = roles == ("grant",) and not any(one.meaning.role == "budget" for one in fields)
    roles = AMOUNT_ROLES if set(roles) <= set(AMOUNT_ROLES) and not is_grant else roles
    roles = tuple({one.role: None for told in labels for one in told.labels if one.name == "amount"}) or roles
    question = heard.blanked_question()
    bounds, named = bounds_in(question), currencies_in(question)
    if len(named) == 1:  # "with a budget in lei that cost over 90,000"
        bounds = [one if one.currency else replace(one, currency=named[0][0]) for one in bounds]
    told = [
        (one.begin, one.finish, Filters(least=one.least, most=one.most, currency=one.currency, measure=roles))
        for one in bounds
    ]
    if not bounds:
        told += [(begin, end, Filters(currency=code, measure=roles)) for code, begin, end in named]
    groups: list[list[tuple[int, int, Filters]]] = []
    for one in told:
        before = groups[-1] if groups else []
        # No amount is in two currencies; bounds may both have to hold.
        if before and (
            not bounds or are_joined_by_or(heard, heard.positions(*before[-1][:2]), heard.positions(*one[:2]))
        ):
            before.append(one)
        else:
            groups.append([one])
    found: Found = []
    for several in groups:
        begin, finish = several[0][0], several[-1][1]
        positions = heard.positions(begin, finish)
        filters = tuple(each for *_, each in several)
        found.append((positions, Condition("amount", heard.question[begin:finish].strip(), filters)))
    for positions, _ in found:
        heard.take(positions)
    return found

"""The names and figures of a question that a plan says nothing of: without one of these it is another question."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.figures import figures_of
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.linking import Subject
from assistant.llm.plan_conditions import Known, stems_of
from assistant.llm.plan_names import Named, place_key
from assistant.places import PlaceMention
from assistant.plan import ACROSS, GROUPS, PASSAGE, PRECEDENT, Plan
from assistant.times import END, START, times_in
from corpus.calendars import MONTHS
from corpus.words import words
from index.filters import Filters

OF_TEXT = (PASSAGE, PRECEDENT)
"""Intents that look for all of a question's words."""


def left_out(plan: Plan, known: Known) -> tuple[str, ...]:
    """The names and figures of the question asked that a plan says nothing of."""
    heard = known.choice.heard
    if plan.intent in OF_TEXT:
        said = {form for word in words(plan.question) for form in stems_of(word, known.language)}
        strange = (at for at in sorted(heard.names()) if said.isdisjoint(stems_of(heard.words[at], known.language)))
        return tuple(heard.written(at) for at in strange) if not plan.subjects else ()
    named = _named(plan, known)
    whole = replace(heard, free=heard.free - named)
    rest = replace(heard, free=heard.free - named - _said(plan, known))
    unnamed = (
        heard.text(one.positions) for one in known.choice.named if _is_name(one, known) and one.positions & rest.free
    )
    return (*unnamed, *_names_left(rest, plan, known), *_figures_left(rest, whole, plan))


def _is_name(one: Named, known: Known) -> bool:
    """Whether words name a place or the whole of an organisation, though all in small letters."""
    is_whole = any(len(words(key)) == len(one.positions) > 1 for key in one.keys)
    return is_whole or any(place_key(place) in one.keys for place in known.choice.places)


def _named(plan: Plan, known: Known) -> set[int]:
    """The positions of the names that a plan has."""
    used: set[str | None] = {one.key for one in _subjects_of(plan)}
    titles = {one.title for one in plan.subjects}
    used |= {one.key for one in known.choice.titles if one.name in titles}
    for one in _filters_of(plan):
        used |= {*several(one.organisation), *several(one.programme), one.country, one.organisation_country}
        used |= {place_key(PlaceMention(None, several(one.place), frozenset(), is_adjective=False))}
    return {at for each in known.choice.named if each.keys & used for at in each.positions}


def _said(plan: Plan, known: Known) -> set[int]:
    """The positions of the words that its parts are called by."""
    said = {form for word in _words_of(plan) for form in stems_of(word, known.language)}
    heard = known.choice.heard
    return {at for at, word in enumerate(heard.words) if not said.isdisjoint(stems_of(word, known.language))}


def _words_of(plan: Plan) -> set[str]:
    """All words that the parts of a plan are called by."""
    subjects, conditions = _subjects_of(plan), plan.conditions
    told = [title for one in subjects for title in (*one.titles, *(one.project.aliases if one.project else ()))]
    told += [one.project.reference for one in subjects if one.project and one.project.reference]
    told += [name for one in conditions for name in (one.said, *(each for row in one.mentions for each in row))]
    told += [name for one in _filters_of(plan) for name in (*several(one.organisation), *(one.category or ()))]
    told += [*plan.labels, *plan.measure.labels, *(plan.grouped.names if plan.grouped else ())]
    return {word for text in told for word in words(text)}


def _subjects_of(plan: Plan) -> tuple[Subject, ...]:
    return (*plan.subjects, *plan.excluded, *((plan.beyond,) if plan.beyond else ()))


def _filters_of(plan: Plan) -> list[Filters]:
    return [each for one in plan.conditions for part in (one, *one.parts) for each in part.filters]


def _names_left(rest: Heard, plan: Plan, known: Known) -> Iterator[str]:
    closed, own = grammar().closed | grammar().helpers, known.vocabulary.own_name(rest)
    is_timed = any(one.kind == "period" for one in plan.conditions)
    for at in sorted(rest.names() & rest.free - own):
        word = rest.words[at]
        is_currency = len(word) == 3 and word.upper() in known.figures.currencies
        if not (word in closed or is_currency or any(map(str.isdigit, word)) or (is_timed and word in MONTHS)):
            yield rest.written(at)


def _figures_left(rest: Heard, whole: Heard, plan: Plan) -> Iterator[str]:
    figures = figures_of(rest.blanked_question())
    numbers, years = _numbers_of(plan)
    for number in figures.numbers:
        is_year = any(date.is_year and date.written == number.written for date in figures.dates)
        if number.is_sure and not is_year and numbers.isdisjoint(number.values | number.also):
            yield number.written
    for date in figures.dates:
        if not any(stamp[0] is None or stamp[0] in years for stamp in date.stamps):
            yield date.written
    if plan.intent in (ACROSS, GROUPS):
        yield from _ends_left(whole, plan)
        yield from sorted(figures.currencies - {plan.measure.currency, *(one.currency for one in _filters_of(plan))})


def _ends_left(rest: Heard, plan: Plan) -> Iterator[str]:
    """The times said of a start, or of an end, where the plan has none of these."""
    told = [one for one in _filters_of(plan) if one.started or one.ended]
    is_dated = any(one.dated for one in plan.conditions)
    for time in times_in(rest.blanked_question()):
        is_told = any((one.started if time.of == START else one.ended) for one in told) or is_dated
        if time.of in (START, END) and not is_told:
            yield rest.question[time.begin : time.finish]


def _numbers_of(plan: Plan) -> tuple[set[Decimal], set[int]]:
    """(numbers, years) that a plan holds."""
    filters = _filters_of(plan)
    bounds = [bound for one in filters for bound in (one.least, one.most) if bound is not None]
    bounds += [bound for one in plan.conditions for bound in one.counted or () if bound is not None]
    numbers = {bound.to_integral_value() for bound in bounds} | {*bounds}
    numbers |= {Decimal(abs(one)) for one in (plan.limit, plan.place) if one is not None}
    told = [end for one in filters for end in (one.since, one.until, *(one.started or ()), *(one.ended or ())) if end]
    told += [end for one in plan.conditions for pair in one.dated for end in pair if end]
    own = {int(word) for one in plan.conditions for word in words(one.said) if word.isdigit() and len(word) <= 4}
    return numbers, {int(end[:4]) for end in told} | own


def several(told: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """One name, several or none, as a tuple."""
    return (told,) if isinstance(told, str) else told or ()

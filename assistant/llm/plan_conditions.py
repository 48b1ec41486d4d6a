"""The conditions of a plan that a language model has filled in, made of what the store and the question say.

A name counts where it is one of the choice, a figure where it is said; else the whole plan is of no use, which
`UnusableError` says. Makes the same conditions as the grammar; looks nothing up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from assistant.grammar import grammar
from assistant.heard import hear
from assistant.llm.plan_figures import MONTH, YEAR, SaidFigures
from assistant.llm.plan_names import Choice, by_name, place_key
from assistant.llm.plan_schema import ENDED, FINISHED, STARTED
from assistant.name_conditions import filters_of_names
from assistant.names import CATEGORY, ORGANISATION, PROGRAMME
from assistant.place_conditions import filters_of_place, places_named
from assistant.plan import Condition
from assistant.plan_words import size, when, word
from assistant.said_roles import Roles
from assistant.status_conditions import statuses_of
from assistant.times import END, PERIOD, START, Times
from assistant.topics import find_topic
from assistant.translation import translations_of
from assistant.value_conditions import AMOUNT_ROLES, within
from assistant.values import CENT
from assistant.vocabulary import Vocabulary
from corpus.currencies import CURRENCIES
from corpus.errors import MisuseError, ProjectError
from corpus.words import fold, stem, words
from index.filters import Filters

LONGEST_WORDS = 80
"""Characters of a topic."""
ISO_LENGTHS = (YEAR, MONTH, 10)
MOST_MONEY = Decimal(10) ** 15
SHOWN = 40
"""Characters of what a model wrote that a message repeats."""
EVENTS = {STARTED: START, ENDED: END}


class UnusableError(ProjectError):
    """Something in a plan is not known, or was never said; the message says what."""


@dataclass(frozen=True, slots=True)
class Known:
    """What conditions are made of: the choice of names, the figures and the words said, the language of the answer."""

    choice: Choice
    figures: SaidFigures
    stems: frozenset[str]
    language: str
    vocabulary: Vocabulary


def condition_of(told: Mapping[str, Any], known: Known) -> Condition:
    """The condition that a part of the form describes.

    Raises:
        UnusableError: it names what is not in the choice, or a figure that nobody has said.
    """
    made = _MAKERS[str(told["kind"])](told, known)
    return replace(made, is_negated=bool(told["negated"]))


def roles_called(role: object) -> tuple[str, ...]:
    """The roles that stand for one that a question speaks of, as the grammar has them."""
    asked = next((one for one in grammar().fields if one.meaning.role == role), None)
    return tuple(one for one in (asked.meaning.role, *asked.also) if one != PROGRAMME) if asked else ()


def _organisation(told: Mapping[str, Any], known: Known) -> Condition:
    called = by_name(str(told["name"]), known.choice.organisations, known.vocabulary)
    same = list(dict.fromkeys(other for one in called for other in known.vocabulary.same(one)))
    filters = filters_of_names(same, roles_called(told["role"]))
    if not filters:
        raise UnusableError(f"no organisation of the choice: {told['name']!r}")
    kind = ORGANISATION if any(one.kind == ORGANISATION for one in same) else PROGRAMME
    return Condition(kind, called[0].name, filters)


def _place(told: Mapping[str, Any], known: Known) -> Condition:
    name = str(told["name"])
    heard = hear(name, known.language)
    found = known.vocabulary.places.find(heard.words, name)
    said = {place_key(one) for one in known.choice.places}
    if len(found) != 1 or place_key(found[0]) not in said:
        raise UnusableError(f"no place that was said: {name!r}")
    conditions = places_named(heard, known.vocabulary, Roles(heard, ()), found)
    if len(conditions) != 1:
        raise UnusableError(f"no place: {name!r}")
    roles = roles_called(told["role"])
    filters = filters_of_place(found[0], known.vocabulary, roles) if roles else conditions[0][1].filters
    return replace(conditions[0][1], filters=filters)


def _time(told: Mapping[str, Any], known: Known) -> Condition:
    since, until = (_moment(told[key], known) for key in ("from", "to"))
    is_turned = since and until and since[: len(until)] > until[: len(since)]
    if (since is None and until is None) or is_turned:
        raise UnusableError(f"no time: {since} to {until}")
    said = when(known.language, since, until)
    if told["strict"]:
        said = " ".join(part for part in (f"> {since}" if since else "", f"< {until}" if until else "") if part)
        since, until = (_beside(since, 1) if since else None), (_beside(until, -1) if until else None)
    of = EVENTS.get(str(told["event"]), PERIOD)
    try:
        filters = within(Times(since, until, of, 0, 0))
    except MisuseError as error:
        raise UnusableError(f"no time: {since} to {until}") from error
    return Condition("period", said, (filters,))


def _moment(told: object, known: Known) -> str | None:
    if told is None:
        return None
    if not isinstance(told, str) or len(told) not in ISO_LENGTHS or not known.figures.is_moment(told):
        raise UnusableError(f"no date that was said: {str(told)[:SHOWN]!r}")
    return told


def _beside(told: str, step: int) -> str:
    """The year, month or day right after, or right before."""
    try:
        if len(told) == YEAR:
            return f"{int(told) + step:04}"
        if len(told) == MONTH:
            months = int(told[:YEAR]) * 12 + int(told[YEAR + 1 :]) - 1 + step
            return f"{months // 12:04}-{months % 12 + 1:02}"
        return (date.fromisoformat(told) + timedelta(days=step)).isoformat()
    except (ValueError, OverflowError) as error:
        raise UnusableError(f"no date: {told!r}") from error


def _amount(told: Mapping[str, Any], known: Known) -> Condition:
    least, most = (_money(told[key], known) for key in ("at_least", "at_most"))
    code = currency_called(told["currency"], known)
    if (least is None and most is None and code is None) or (least is not None and most is not None and least > most):
        raise UnusableError(f"no amount: {least} to {most}")
    if told["strict"]:
        least, most = None if least is None else least + CENT, None if most is None else most - CENT
    filters = Filters(least=least, most=most, currency=code, measure=AMOUNT_ROLES)
    return Condition("amount", size(known.language, least, most, code), (filters,))


def _money(told: object, known: Known) -> Decimal | None:
    if told is None:
        return None
    value = Decimal(str(told)) if isinstance(told, (int, float)) and not isinstance(told, bool) else Decimal("NaN")
    if not value.is_finite() or not 0 <= value < MOST_MONEY or not known.figures.is_number(value):
        raise UnusableError(f"no number that was said: {str(told)[:SHOWN]}")
    return value


def currency_called(told: object, known: Known) -> str | None:
    """The code of a currency that was said; None where none is meant.

    Raises:
        UnusableError: nobody has said it.
    """
    if told is None:
        return None
    code = CURRENCIES.get(fold(str(told)), str(told).upper())
    if code not in known.figures.currencies:
        raise UnusableError(f"no currency that was said: {str(told)[:SHOWN]!r}")
    return str(code)


def _value(told: Mapping[str, Any], known: Known) -> Condition:
    wanted = (fold(str(told["label"])), fold(str(told["value"])))
    found = next((one for one in known.choice.values if (fold(one[0]), fold(one[1])) == wanted), None)
    if found is None:
        raise UnusableError(f"no value of the choice: {str(told['value'])[:SHOWN]!r}")
    return Condition(CATEGORY, found[1], (Filters(category=found),))


def _state(told: Mapping[str, Any], known: Known) -> Condition:
    phrase = "finished projects" if told["state"] == FINISHED else "ongoing projects"
    found = statuses_of(hear(phrase), known.vocabulary, [], [])
    if len(found) != 1:
        raise UnusableError(f"no state: {told['state']}")
    return replace(found[0][1], said=word(known.language, str(told["state"])))


def _topic(told: Mapping[str, Any], known: Known) -> Condition:
    said = str(told["words"])
    if len(said) > LONGEST_WORDS or not is_said(said, known):
        raise UnusableError(f"no words that were said: {said[:SHOWN]!r}")
    found = find_topic(hear(said, known.language), known.vocabulary)
    if len(found) != 1:
        raise UnusableError(f"no topic: {said!r}")
    return found[0][1]


def is_said(text: str, known: Known) -> bool:
    """Whether each content word was said, in any form or in the other language."""
    left = [word for word in words(text) if word not in grammar().closed]
    return bool(left) and all(not known.stems.isdisjoint(stems_of(one, known.language)) for one in left)


def stems_of(said: str, language: str) -> set[str]:
    """A word, its stems, and those of what it is in the other language."""
    return {said, stem(said, "en"), stem(said, "ro"), *translations_of(said, language)}


_MAKERS: dict[str, Callable[[Mapping[str, Any], Known], Condition]] = {
    "organisation": _organisation,
    "place": _place,
    "time": _time,
    "amount": _amount,
    "value": _value,
    "state": _state,
    "topic": _topic,
}

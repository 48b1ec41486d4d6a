"""What a question asks of its records: times, amounts, organisations, programmes, places, shared values, topics.

Each condition is found once and its words are taken out of what is left. Knows the names of a store through its
vocabulary and looks up nothing but which words its texts hold.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.category_conditions import categories_of, won
from assistant.grammar import Asked, grammar
from assistant.grouped import FALLBACKS
from assistant.heard import BLANK, Heard
from assistant.labels import LabelMention
from assistant.name_conditions import organisations_of
from assistant.names import CATEGORY
from assistant.place_conditions import places_named
from assistant.plan import Condition, Found
from assistant.said_roles import ROLE_REACH, Roles
from assistant.topics import find_topic
from assistant.value_conditions import amounts_of, durations_of, statuses_of, times_of
from assistant.vocabulary import Vocabulary
from index.filters import Filters

OF_RECORDS = ("period", "duration", "status", CATEGORY)
"""Kinds of conditions that no field beside them is of: "with sponsors in 2014"."""
LACKING_REACH = 4
"""Words between "without" and the field that is lacking: "have no known budget"."""
NEGATION_REACH = 7
"""Words between "not" or "without" and what is ruled out: "were not funded by the …"."""


def find_conditions(
    heard: Heard, vocabulary: Vocabulary, fields: Sequence[Asked], labels: Sequence[LabelMention], *, with_topic: bool
) -> tuple[Condition, ...]:
    """The conditions of a question, in the order of its words; a topic only where it is asked for."""
    found: Found = []
    roles = Roles(heard, grammar().fields if with_topic else fields)
    places = [one for one in vocabulary.places.find(heard.words, heard.question) if one.positions <= heard.free]
    found += durations_of(heard)
    found += amounts_of(heard, fields, labels)
    found += times_of(heard, labels, vocabulary)
    heard.take(at for one in labels for at in one.positions)
    found += categories_of(heard, vocabulary, labels, places, is_timed=any(one.kind == "period" for _, one in found))
    found += organisations_of(heard, vocabulary, roles, places)
    found += places_named(heard, vocabulary, roles, places)
    if with_topic and not any(one.kind in ("period", CATEGORY) for _, one in found):
        found += statuses_of(heard)
    if with_topic:
        found = won(heard, vocabulary, found)
        found += had_or_lacking(
            heard, vocabulary, [positions for positions, one in found if one.kind not in OF_RECORDS]
        )
        is_timed = any(one.kind in ("period", "duration", "status") for _, one in found)
        found += find_topic(heard, vocabulary, is_timed=is_timed)
    found.sort(key=lambda one: min(one[0], default=0))
    return tuple(
        one if one.is_negated else replace(one, is_negated=_is_negated(heard, positions)) for positions, one in found
    )


def places_of(heard: Heard, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """The countries that a question names beside its subject."""
    found = vocabulary.places.find(heard.words, heard.question)
    places = [one for one in found if one.code and not one.is_adjective]  # "in English" is no place
    return tuple(condition for _, condition in places_named(heard, vocabulary, Roles(heard, ()), places))


def had_or_lacking(heard: Heard, vocabulary: Vocabulary, named: Sequence[frozenset[int]]) -> Found:
    """The fields that the records asked for must have, or must not: "with partners", "have no budget".

    "List the projects with their budgets" wants these told, of whichever has one.
    """
    blanked = heard.blanked()
    asks = re.match(rf"\W*(?:\w+ )?(?:{grammar().across['asks_which'].pattern})", blanked)
    found: Found = []
    for one in grammar().fields:
        for match in one.pattern.finditer(blanked):
            positions = heard.positions(*match.span())
            filters = _has(one, match.group(), vocabulary)
            start = min(positions, default=0)
            before = heard.blanked_words(max(0, start - LACKING_REACH), start)
            behind = max(positions, default=0) + 1
            is_of_another = any(behind <= min(others) <= behind + ROLE_REACH for others in named)  # "not funded by X"
            if not positions or not filters or is_of_another:
                continue
            is_lacking = bool(grammar().across["negation"].search(before))
            if is_lacking or (asks and re.search(rf"{grammar().across['having'].pattern}$", before)):
                heard.take(positions)
                condition = Condition("field", heard.text(positions), (filters,), is_negated=is_lacking)
                found.append((positions, condition))
    return found


def _has(one: Asked, said: str, vocabulary: Vocabulary) -> Filters | None:
    """What a record fulfils that has a field, or the end of a period where that is said."""
    if one.meaning.name == "amount":
        return Filters(measure=(one.meaning.role, *one.also))
    if one.meaning.name == "organisation":
        is_told = len(vocabulary.records.store.choose([Filters(role=one.meaning.role)])) > 0
        also = FALLBACKS.get(one.meaning.role, ()) if is_told else one.also
        return Filters(role=(one.meaning.role, *also))
    if one.meaning.name == "period":
        return (
            Filters(ended=(None, None)) if grammar().across["end_said"].search(said) else Filters(started=(None, None))
        )
    return Filters(placed=True) if one.meaning.name == "place" else None


def _is_negated(heard: Heard, positions: frozenset[int]) -> bool:
    """Whether a word right before says that the records must not fulfil it."""
    start = min(positions, default=0)
    before = heard.blanked_words(max(0, start - NEGATION_REACH), start).split()
    # A condition that stands between, or "and", ends what the negation is said of.
    ends = [at for at, word in enumerate(before) if word == BLANK or word in grammar().joining]
    told = " ".join(before[ends[-1] + 1 if ends else 0 :])
    return bool(grammar().across["negation"].search(told) or grammar().across["except"].search(told))

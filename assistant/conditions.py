"""What a question asks of its records: times, amounts, organisations, programmes, places, shared values, topics.

Each condition is found once and its words are taken out of what is left. Knows the names of a store through its
vocabulary and looks up nothing but which words its texts hold.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.alternatives import with_alternatives
from assistant.asking import WHOLE
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
from assistant.status_conditions import STATUS, statuses_of
from assistant.topics import find_topic
from assistant.value_conditions import AMOUNT_ROLES, amounts_of, durations_of, times_of
from assistant.vocabulary import Vocabulary
from corpus.labels import Meaning
from index.filters import Filters
from index.selection import Label

OF_RECORDS = ("period", "duration", STATUS, CATEGORY)
"""Kinds of conditions that no field beside them is of: "with sponsors in 2014"."""
BY = frozenset(("by", "from", "de", "din", "catre"))
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
    operated = heard.matching(grammar().operations)  # „media granturilor” is not Mediaș
    places = [
        one
        for one in vocabulary.places.find(heard.words, heard.question)
        if one.positions <= heard.free and (not one.positions <= operated or any(map(heard.is_name, one.positions)))
    ]
    found += durations_of(heard)
    found += amounts_of(heard, fields, labels)
    found += times_of(heard, labels, vocabulary)
    timed = frozenset(at for positions, one in found if one.kind == "period" for at in positions)
    found += labels_had_or_lacking(heard, labels, vocabulary) if with_topic else []
    heard.take(at for one in labels for at in one.positions)
    roles_said = _labels_of_roles(heard, vocabulary) if with_topic else []
    found += labels_had_or_lacking(heard, roles_said, vocabulary)
    heard.take(at for one in roles_said for at in one.positions)  # "Lead expert" is not the value "Lead"
    found += categories_of(heard, vocabulary, labels, places, timed=timed)
    found += organisations_of(heard, vocabulary, roles, places)
    found += places_named(heard, vocabulary, roles, places)
    if with_topic:
        found = statuses_of(heard, vocabulary, found, labels)
        found = _without_labels_of_values(found)
        found = won(heard, vocabulary, found)
        found += had_or_lacking(
            heard, vocabulary, [positions for positions, one in found if one.kind not in OF_RECORDS]
        )
        is_timed = any(one.kind in ("period", "duration", STATUS) for _, one in found)
        found += find_topic(heard, vocabulary, is_timed=is_timed)
    told = [
        (positions, one if one.is_negated else replace(one, is_negated=_is_negated(heard, positions)))
        for positions, one in found
    ]
    return with_alternatives(heard, told)


def _without_labels_of_values(found: Found) -> Found:
    """The conditions but that a label is there whose value is asked for: "have the role of partner"."""
    values = [one for _, one in found if one.kind == CATEGORY]
    told = {filters.category[0] for one in values for filters in one.filters if filters.category}
    return [(at, one) for at, one in found if one.kind != "field" or one.is_negated or not told & set(one.labels)]


def places_of(heard: Heard, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """The countries that a question names beside its subject; none within an organisation's name."""
    found = vocabulary.places.find(heard.words, heard.question)
    index = vocabulary.organisations
    names = [
        at
        for at, numbers in index.runs(heard.words, heard.free)
        if any(len(index.words[n]) == len(at) for n in numbers)
    ]
    places = [one for one in found if one.code and not one.is_adjective]  # "in English" is no place
    places = [one for one in places if not any(one.positions < name for name in names)]
    return tuple(condition for _, condition in places_named(heard, vocabulary, Roles(heard, ()), places))


def had_or_lacking(heard: Heard, vocabulary: Vocabulary, named: Sequence[frozenset[int]]) -> Found:
    """The fields that the records asked for must have, or must not: "with partners", "have no budget".

    "List the projects with their budgets" wants these told, of whichever has one.
    """
    blanked = heard.blanked()
    asks = _asks_which(heard)
    found: Found = []
    for one in grammar().fields:
        for match in one.pattern.finditer(blanked):
            positions = heard.positions(*match.span())
            filters, labels = _has(one, match.group(), vocabulary), _labels_of(one.meaning, vocabulary)
            start = min(positions, default=0)
            before = heard.blanked_words(max(0, start - LACKING_REACH), start)
            behind = max(positions, default=0) + 1
            is_of_another = any(behind <= min(others) <= behind + ROLE_REACH for others in named)  # "not funded by X"
            is_of_another = is_of_another or (one.meaning.name == "organisation" and _is_by(heard, behind))
            if not positions or not (filters or labels) or is_of_another:
                continue
            is_lacking = bool(grammar().across["negation"].search(before))
            if is_lacking or (asks and _ends_in_having(before)):
                heard.take(positions)
                said, had = heard.text(positions), (filters,) if filters else ()
                condition = Condition("field", said, had, labels=() if had else labels, is_negated=is_lacking)
                found.append((positions, condition))
    return found + _money_lacking(heard)


def _money_lacking(heard: Heard) -> Found:
    """That records tell no amount at all: "grants without any amount"."""
    across, blanked = grammar().across, heard.blanked()
    for match in across["money"].finditer(blanked):
        positions = heard.positions(*match.span())
        start = min(positions, default=0)
        if across["negation"].search(heard.blanked_words(max(0, start - LACKING_REACH), start)):
            heard.take(positions)
            filters = (Filters(measure=AMOUNT_ROLES),)
            return [(positions, Condition("field", heard.text(positions), filters, is_negated=True))]
    return []


def labels_had_or_lacking(heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> Found:
    """The same of what the sources call so themselves: "give no loan amount", "with a closing date"."""
    found: Found = []
    asks = _asks_which(heard)
    for one in labels:
        start = min(one.positions)
        before = heard.blanked_words(max(0, start - LACKING_REACH), start)
        is_lacking = bool(grammar().across["negation"].search(before))
        if is_lacking or (asks and _ends_in_having(before)):
            names = tuple(dict.fromkeys(name for label in one.labels for name in _labels_of(label, vocabulary)))
            roles = tuple(dict.fromkeys(label.role for label in one.labels if label.name == "amount"))
            roles = AMOUNT_ROLES if roles and set(roles) <= set(AMOUNT_ROLES) else roles
            filters = (Filters(measure=roles),) if roles else ()
            condition = Condition("field", heard.text(one.positions), filters, labels=names, is_negated=is_lacking)
            found.append((one.positions, condition))
    return found


def _labels_of_roles(heard: Heard, vocabulary: Vocabulary) -> list[LabelMention]:
    """The sources' labels of organisations and people that are said in several words, as they are.

    The words of `Funded by` before a name say what the name is, and name no label.
    """
    found = vocabulary.labels.find(heard.words, heard.free, heard.language)
    return [
        one
        for one in found
        if len(one.positions) > 1
        and one.share > WHOLE
        and all(label.name == "organisation" for label in one.labels)
        and not _is_by(heard, max(one.positions))
    ]


def _asks_which(heard: Heard) -> bool:
    return bool(re.match(rf"\W*(?:\w+ )?(?:{grammar().across['asks_which'].pattern})", heard.blanked()))


def _ends_in_having(before: str) -> bool:
    return bool(re.search(rf"{grammar().across['having'].pattern}$", before))


def _is_by(heard: Heard, at: int) -> bool:
    """Whether whoever has a role is named behind it: "not funded by Whoever"."""
    word = heard.words[at] if at < len(heard.words) else ""
    names = [near for near in range(at + 1, min(len(heard.words), at + 1 + ROLE_REACH)) if heard.is_name(near)]
    return word in BY and bool(names)


def _labels_of(one: Meaning | Label, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The labels under which the sources give what a field means; of one of their own, itself."""
    if isinstance(one, Label) and one.name == "other":
        return (one.label,)
    own = vocabulary.records.store.names.labels
    return tuple(label.label for label in own if (label.name, label.role) == (one.name, one.role))


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

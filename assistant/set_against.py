"""Groups that a question sets against each other: "more projects in Kenya or in Vietnam", "the budgets of A and B"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import grammar
from assistant.grouped import value_key
from assistant.grouping_asked import dated_named
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.names import ORGANISATION
from assistant.place_names import place_key
from assistant.plan import AVERAGE, COUNT, COUNTRY, LABEL, ROLE, SUM, YEAR, Grouping, Plan
from assistant.values import bounds_in
from assistant.vocabulary import Vocabulary
from corpus.words import fold

Told = tuple[Grouping, frozenset[int]]


def set_against(
    heard: Heard, plan: Plan, mentions: Sequence[LabelMention], vocabulary: Vocabulary
) -> tuple[Plan, frozenset[int]]:
    """The plan with the groups that it compares, and the words that say so; as it is where it compares none."""
    unnamed, across = heard.blanked(), grammar().across
    if not across["set_against"].search(unnamed) or bounds_in(heard.question) or _wants_records(unnamed):
        return plan, frozenset()
    told = (
        _countries(heard, vocabulary)
        or _years(heard, dated_named(mentions, vocabulary))
        or _values(heard, vocabulary)
        or _givers(heard, plan, vocabulary)
    )
    if not told:
        return plan, frozenset()
    grouping, positions = told
    is_money = any(across[key].search(unnamed) for key in ("gave", "sum", "money"))
    is_money |= any(one.meaning.name == "amount" for one in plan.fields)
    is_money |= any(label.name == "amount" for one in mentions for label in one.labels)
    of_records = across["more_records"].search(unnamed) or across["counted_records"].search(unnamed)
    operation = AVERAGE if across["average"].search(unnamed) else SUM if is_money and not of_records else COUNT
    positions |= heard.matching([across["set_against"], across["gave"], across["received"], across["more_records"]])
    return replace(plan, grouped=grouping, operation=operation), frozenset(positions)


def _wants_records(unnamed: str) -> bool:
    """Whether records are asked for: "which projects in A or B lasted longer"."""
    across = grammar().across
    found = across["asks_records"].match(unnamed.lstrip())
    return bool(found) and not (across["more_records"].search(unnamed) or across["counted_records"].search(unnamed))


def _countries(heard: Heard, vocabulary: Vocabulary) -> Told | None:
    places = [one for one in vocabulary.places.find(heard.words, heard.question) if one.positions <= heard.free]
    codes = tuple(dict.fromkeys(one.code for one in places if one.code))
    positions = frozenset(at for one in places if one.code for at in one.positions)
    return (Grouping(COUNTRY, heard.text(positions), only=codes), positions) if len(codes) > 1 else None


def _years(heard: Heard, labels: tuple[str, ...]) -> Told | None:
    positions = frozenset(at for at in heard.free if re.fullmatch(r"(?:19|20)\d\d", heard.words[at]))
    years = tuple(dict.fromkeys(heard.words[at] for at in sorted(positions)))
    return (Grouping(YEAR, heard.text(positions), labels, only=years), positions) if len(years) > 1 else None


def _values(heard: Heard, vocabulary: Vocabulary) -> Told | None:
    """Values under one label."""
    index = vocabulary.categories
    placed = {fold(one.label) for one in vocabulary.records.store.names.labels if one.name == "place"}
    by_label: dict[str, list[tuple[str, frozenset[int]]]] = {}
    for positions, numbers in index.runs(heard.words, heard.free):
        for number in numbers:
            label, _, value = index.names[number].key.partition("\0")
            if len(index.words[number]) == len(positions):
                key = place_key if fold(label) in placed else value_key
                by_label.setdefault(fold(label), []).append((key(value), positions))
    for label, found in by_label.items():
        only = tuple(dict.fromkeys(value for value, _ in found))
        if len(only) > 1 and len({positions for _, positions in found}) > 1:
            names = tuple(one for one in vocabulary.shared_labels if fold(one) == label)
            positions = frozenset(at for _, own in found for at in own)
            return Grouping(LABEL, heard.text(positions), names, only=only), positions
    return None


def _givers(heard: Heard, plan: Plan, vocabulary: Vocabulary) -> Told | None:
    """Organisations in the role that the question speaks of."""
    roles = [one.meaning.role for one in plan.fields if one.meaning.name == "organisation"]
    index, found = vocabulary.organisations, {}
    for positions, numbers in index.runs(heard.words, heard.free) if roles else ():
        called = [index.names[number] for number in numbers if index.names[number].kind == ORGANISATION]
        keys = {vocabulary.key_of(one.name) for one in called}
        if len(keys) == 1 and any(map(heard.is_name, positions)):
            found[keys.pop()] = positions
    positions = frozenset(at for own in found.values() for at in own)
    return (
        (Grouping(ROLE, heard.text(positions), (roles[0],), only=tuple(found)), positions) if len(found) > 1 else None
    )

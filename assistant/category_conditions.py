"""Conditions of values that records share under a label of their own, such as a status, and of contracts won."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.joined import OR, are_alternatives, are_both
from assistant.labels import LabelMention
from assistant.names import CATEGORY, Called, NameIndex
from assistant.places import PlaceMention
from assistant.plan import Condition, Found
from assistant.translated_values import translated_runs
from assistant.value_words import anywhere
from assistant.vocabulary import Vocabulary
from corpus.words import fold
from index.filters import Filters

AS = frozenset(("as", "ca"))
TIME_VERBS = ("started", "ended", "ran")


def categories_of(
    heard: Heard,
    vocabulary: Vocabulary,
    labels: Sequence[LabelMention],
    places: Sequence[PlaceMention],
    *,
    timed: frozenset[int],
) -> Found:
    """Shared values that a question names; those joined by "or" are alternatives. `timed` are the words of a time."""
    index = vocabulary.categories
    found: Found = []
    operated = heard.matching(grammar().operations)
    asked = heard.matching(one.pattern for one in grammar().fields)
    for positions, whole in value_runs(heard, index):
        if not positions <= heard.free:
            continue
        # With a time, "active" is any word, but not behind its label or with a capital: "status Active".
        beside = {min(positions) - 1, max(positions) + 1}
        named = {label.label for one in labels if one.positions & beside for label in one.labels}
        is_meant = any(_label_and_value(one)[0] in named for one in whole) or any(map(heard.is_name, positions))
        is_operator = len(positions) == 1 and positions <= operated  # „în total”, but "first aid grants"
        is_closed = {heard.words[at] for at in positions} <= grammar().closed
        is_meant = is_meant or (not (is_closed or is_operator) and _stands_as_one(heard, positions))
        is_verb = _is_before(heard, positions, timed) and any(
            anywhere(key).search(fold(heard.text(positions))) for key in TIME_VERBS
        )
        is_verb = is_verb or positions <= operated  # "which closes last"
        is_verb = is_verb or (positions <= asked and not any(heard.words[at] in grammar().helpers for at in positions))
        is_plain = is_closed or not _is_telling(heard, positions)
        if _is_one_of_unknown(heard, positions):
            heard.take(positions)
            continue
        is_place = any(positions <= one.positions for one in places)
        if whole and not is_place and (is_meant or not (is_verb or is_plain)):
            filters = tuple(Filters(category=_label_and_value(called)) for called in whole)
            heard.take(positions)
            before = found.pop() if found and _either(heard, found[-1], positions, filters) else None
            if before:
                positions, filters = before[0] | positions, (*before[1].filters, *filters)
            found.append((positions, Condition(CATEGORY, heard.text(positions), filters)))
    return found


def value_runs(heard: Heard, index: NameIndex) -> list[tuple[frozenset[int], list[Called]]]:
    """Words of a question with the values that they say whole, if any, as these are or in translation."""
    runs = index.runs(heard.words, heard.free)
    found = [(at, [n for n in numbers if len(index.words[n]) == len(at)]) for at, numbers in runs]
    found += translated_runs(heard, index)
    return [(at, [index.names[n] for n in numbers]) for at, numbers in sorted(found, key=lambda run: min(run[0]))]


def _either(
    heard: Heard, before: tuple[frozenset[int], Condition], positions: frozenset[int], filters: Sequence[Filters]
) -> bool:
    """Whether any of two values will do: said so, or both of one label: "energy and transport", but "closed energy"."""
    others = before[1].filters
    labels = {one.category[0] for one in (*others, *filters) if one.category}
    joined = are_alternatives(heard, before[0], positions)
    if len(labels) == 1:
        return joined or are_both(heard, before[0], positions)
    between = heard.between(max(before[0]), min(positions))
    return joined and bool(re.search(rf"[,/(]|\b{OR}\b", between))  # not „finalizate de educație”


def _is_before(heard: Heard, positions: frozenset[int], timed: frozenset[int]) -> bool:
    """Whether a time stands right behind, a preposition between: "closed in 2018", not "in 2013 are closed"."""
    behind = max(positions) + 1
    while behind < len(heard.words) and heard.words[behind] in grammar().closed and behind not in timed:
        behind += 1
    return behind in timed


def _stands_as_one(heard: Heard, positions: frozenset[int]) -> bool:
    """Whether words that could ask for a field are a value: "are in finance", "finance projects"."""
    first, last = min(positions), max(positions)
    before = heard.words[first - 1] if first else ""
    behind = heard.words[last + 1] if last + 1 < len(heard.words) else ""
    is_led = before in (grammar().prepositions - grammar().about) | AS and not behind
    return is_led or bool(grammar().across["several"].fullmatch(behind))


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


def won(heard: Heard, vocabulary: Vocabulary, found: Found) -> Found:
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
        if one.kind == CATEGORY and are_alternatives(heard, *sorted((positions, others), key=min)):
            both = positions | others
            found[at] = (both, replace(one, said=heard.text(both), filters=(*one.filters, filters)))
            return found
    return [*found, (positions, Condition("field", heard.text(positions), (filters,)))]

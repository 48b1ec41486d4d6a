"""Bounds of what the sources count under labels of their own: "more than 100 staff months"."""

from collections.abc import Sequence

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.plan import Condition
from assistant.values import bounds_in
from assistant.vocabulary import Vocabulary

Bounded = tuple[list[Condition], list[LabelMention]]
"""Conditions, and the labels of a question that none of them is of."""


def bounded_in(heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> Bounded:
    """The numbers that a question bounds right beside an own label, and the labels that are asked for otherwise."""
    found: list[Condition] = []
    others: list[LabelMention] = []
    for mention in labels:
        own = tuple(one.label for one in mention.labels if one.name == "other")
        is_counted = bool(own) and not any(map(vocabulary.records.is_dated, own))
        condition = _bounded(heard, mention, own) if is_counted else None
        if condition:
            found.append(condition)
        else:
            others.append(mention)
    return found, others


def _bounded(heard: Heard, mention: LabelMention, own: tuple[str, ...]) -> Condition | None:
    said = set(mention.positions)
    first = min(said)
    if first and heard.words[first - 1] in grammar().prepositions:
        said.add(first - 1)  # „peste 100 de om-luni”
    question = heard.blanked_question()
    for at in said:
        start, end = heard.spans[at]
        question = question[:start] + " " * (end - start) + question[end:]
    for one in bounds_in(question, least_bare=0):
        positions = heard.positions(one.begin, one.finish) - mention.positions
        if one.currency is None and positions and _are_beside(heard, positions, mention.positions):
            whole = positions | mention.positions
            heard.take(whole)
            return Condition("count", heard.text(whole), labels=own, counted=(one.least, one.most))
    return None


def _are_beside(heard: Heard, number: frozenset[int], label: frozenset[int]) -> bool:
    """Whether nothing but closed-class words stands between a number and a label."""
    before, behind = sorted((number, label), key=min)
    between = range(max(before) + 1, min(behind))
    return all(heard.words[at] in grammar().closed | grammar().prepositions for at in between)

"""What narrows a question over records: its conditions, which of an order is meant, what is measured or unread."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.alternatives import EITHER
from assistant.conditions import find_conditions, places_of
from assistant.counts_asked import records_wanted
from assistant.drafting import dates_only
from assistant.grammar import grammar
from assistant.grouping_asked import absent_values, left_ungrouped
from assistant.heard import Heard
from assistant.label_bounds import bounded_in
from assistant.labels import LabelMention
from assistant.operations import EXTREMES, measure_of
from assistant.plan import (
    ACROSS,
    COMPARISON,
    COUNT,
    GROUPS,
    HIGHEST,
    LOWEST,
    MEMBERS,
    PRECEDENT,
    Condition,
    Grouping,
    Plan,
)
from assistant.value_words import ahead, numbers
from assistant.values import limit_in, place_in
from assistant.vocabulary import Vocabulary
from corpus.calendars import MONTHS
from corpus.folding import fold_keeping_length
from corpus.words import fold, words

BOUNDS = ("above", "below", "at_least", "at_most")


def narrowed(plan: Plan, heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> Plan:
    """The plan with its conditions, its measure and which of an order is meant."""
    limit, place = limit_in(heard.question), place_in(heard.question)
    ordered = frozenset(at for one in (limit, place) if one for at in heard.positions(one[1], one[2])) & heard.free
    heard.take(ordered)
    ungrouped = left_ungrouped(heard) if plan.intent == ACROSS else ()
    if plan.operation in (HIGHEST, LOWEST):  # what is compared is no condition: "which ended last"
        ordered |= heard.matching([grammar().across[key] for key in EXTREMES]) & heard.free
    heard.take(ordered)
    singled = place is not None and not plan.subjects
    plan = replace(plan, limit=limit[0] if limit else None, place=place[0] if place else 1, singled=singled)
    if plan.intent in (COMPARISON, PRECEDENT):
        return plan
    if plan.subjects and plan.intent not in (ACROSS, MEMBERS, GROUPS):
        return replace(plan, conditions=places_of(heard, vocabulary))
    if aside := grammar().across["in_passing"].search(fold_keeping_length(heard.question)):  # "…, vacancies included"
        heard.take(heard.positions(*aside.span()))
    if plan.intent in (MEMBERS, GROUPS) and (recurring := records_wanted(heard.question)):
        heard.take(heard.positions(*recurring.said))
        plan = replace(plan, recurring=recurring.counts)
    is_across = plan.intent in (ACROSS, MEMBERS, GROUPS)
    is_left_out = is_across and bool(plan.subjects) and bool(grammar().across["except"].search(fold(heard.question)))
    with_topic = is_across and (not plan.subjects or is_left_out)
    if is_left_out:
        heard.take(heard.matching([grammar().across["except"]]))
    counted, labels = bounded_in(heard, labels, vocabulary) if is_across else ([], list(labels))
    conditions = find_conditions(heard, vocabulary, plan.fields if is_across else (), labels, with_topic=with_topic)
    conditions = (*counted, *conditions)
    if is_left_out:
        plan = replace(plan, excluded=plan.subjects, subjects=())
    if dates_only(labels, vocabulary):
        ordered |= {at for one in labels for at in one.positions}
    heard.free |= ordered  # "the first project" is the earliest, "approved first" too
    unnamed = heard.blanked()
    heard.take(ordered)
    measure = measure_of(unnamed, plan.fields, labels, conditions, is_beyond=plan.beyond is not None)
    unread = tuple(heard.written(at) for at in sorted(heard.free) if _is_figure(heard, at)) if is_across else ()
    bodies = grammar().across["kind_of_bodies"].search(heard.blanked()) if plan.intent == ACROSS else None
    unread += tuple(one.said for one in conditions if one.kind == EITHER and not one.parts)
    unread += (*ungrouped, *((heard.question[slice(*bodies.span())],) if bodies else ()))
    if plan.grouped and plan.grouped.is_values:
        unread += absent_values(heard.question)
    plan = replace(plan, conditions=conditions, measure=measure)
    if plan.grouped and plan.operation == COUNT and not plan.grouped.is_values:
        unread += _counted_within(heard.question, plan.grouped, conditions)
    return replace(plan, unread=unread)


def _counted_within(question: str, grouping: Grouping, conditions: Sequence[Condition]) -> tuple[str, ...]:
    """What is counted in each group where that is no records: "how many people are there per county"."""
    across, found = grammar().across, grammar().counted.search(fold(question))
    said = list(takewhile(lambda word: not across["each"].fullmatch(word), words(found.group(1)) if found else ()))
    if any(across[key].fullmatch(word) for word in said for key in ("records", "several")):
        return ()
    told = {word for one in conditions if one.kind != "mention" for word in words(one.said)}
    known = told | {*words(grouping.said)} | grammar().closed | grammar().helpers
    return tuple(word for word in said if word not in known)


def _is_figure(heard: Heard, at: int) -> bool:
    """Whether a word is a figure, a month without a year, or a number that a comparative bounds: "longer than two"."""
    if heard.words[at].isdigit() or _is_month(heard, at):
        return True
    before = fold(heard.question[: heard.spans[at][0]])
    return heard.words[at] in numbers("numbers") and any(ahead(key, "amount_fillers").search(before) for key in BOUNDS)


def _is_month(heard: Heard, at: int) -> bool:
    """Whether a word is a month behind a preposition: "in May", not "may"."""
    before = heard.words[at - 1] if at else ""
    is_plain = heard.words[at] not in grammar().closed or at == len(heard.words) - 1  # „în mai multe proiecte”
    return heard.words[at] in MONTHS and is_plain and (before in grammar().prepositions or before == "luna")

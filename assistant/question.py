"""A question, with the ones before it, understood as a Plan by the grammar; no model takes part.

Knows the closed-class words and the catalogue's names; does not look anything up.
"""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from assistant.agreements import agreements_in
from assistant.asking import (
    covered_by,
    fields_in,
    is_meant,
    says_more,
    told_by_role,
    told_by_state,
    told_by_time,
    told_by_value,
)
from assistant.drafting import drafted
from assistant.follow import follow
from assistant.grammar import grammar
from assistant.grouping_asked import grouping_asked
from assistant.heard import BLANK, Heard, hear
from assistant.intents import intent_of
from assistant.kinds import kind_in
from assistant.label_words import with_states
from assistant.labels import LabelMention
from assistant.language import detect_language, language_of
from assistant.linking import Link, Subject
from assistant.meant_names import meant_as_names
from assistant.mend import Earlier, History, Mend, earlier
from assistant.mending import mended
from assistant.narrowing import narrowed
from assistant.operations import direction_of, told_by_label, told_by_limit
from assistant.plan import ACROSS, DESCRIPTION, FIELD, GROUPS, HIGHEST, LOWEST, MEMBERS, PASSAGE, SHARE, Plan
from assistant.record_nouns import as_projects
from assistant.registers_named import in_register
from assistant.sentences_asked import compared_parts, told_part, without_contractions
from assistant.series import unknown_of_series, with_listed
from assistant.set_against import set_against
from assistant.topic_names import named_by_page, named_by_topic
from assistant.value_words import anywhere
from assistant.vocabulary import Vocabulary

UNCHANGED = Mend()
CHRONOLOGICAL = re.compile(r"\bch?ronologic")


def understand(
    question: str,
    history: History,
    vocabulary: Vocabulary,
    find: Callable[[Plan], Sequence[Subject]] = lambda _: (),
    mend: Mend = UNCHANGED,
) -> Plan:
    """The Plan of `question`, changed as `mend` has it; `history` are the questions before it, oldest first.

    `find` tells which few records an earlier question over several has come down to, for one that points back to them.
    """
    before: list[Plan] = []
    plan = Plan(question, "", "")
    for one in (*(one for one in map(earlier, history) if one.question.strip()), Earlier(question, mend)):
        plan = _followed(one, before, vocabulary, find)
        before.append(replace(plan, unmended=""))
    return plan


def understand_alone(question: str, vocabulary: Vocabulary, usual: str = "") -> Plan:
    """The Plan of a question by itself; `usual` is the language of the conversation."""
    return _alone(question, vocabulary, usual)


def behind(plan: Plan, last: Plan) -> Plan:
    """A plan of a question by itself as it is behind another; few records found by that one are not looked up."""
    return follow(plan, [last], lambda _: ())


def _followed(
    asked: Earlier, before: Sequence[Plan], vocabulary: Vocabulary, find: Callable[[Plan], Sequence[Subject]]
) -> Plan:
    """The plan of one question of a conversation, behind the plans before it."""
    usual = before[-1].language if before else ""

    def again(question: str) -> Plan:
        return follow(_alone(question, vocabulary, usual), before, find)

    plan = again(asked.question)
    return mended(plan, asked.mend, vocabulary, again) if asked.mend else plan


def _alone(
    question: str, vocabulary: Vocabulary, usual: str = "", *, with_parts: bool = True, with_kind: bool = True
) -> Plan:
    language = detect_language(question, usual)
    question_told = without_contractions(told_part(question))
    mended = vocabulary.spelling.mend(question_told, language)
    labels_told = [label.label for label in vocabulary.records.store.names.labels]
    of_one, register = in_register(mended, language, vocabulary.registers)
    read, told = as_projects(of_one, language, vocabulary.record_nouns, labels_told)
    found = kind_in(read, language, vocabulary.linker) if with_kind else None
    heard = hear(found[0] if found else read, language)
    linked = vocabulary.linker.link(heard.words, language, heard.names())
    mentions = _labels_named(heard, vocabulary, is_of_one=bool(linked))
    links = meant_as_names(linked, heard, mentions, vocabulary)
    if not links and mended != question:
        whole = hear(question, language)
        links, elsewhere = meant_as_names(vocabulary.linker.link(whole.words, language), whole, (), vocabulary), True
    else:
        elsewhere = False
    if not links and (links := named_by_page(heard, vocabulary)):
        elsewhere = True  # the page's words are still looked for
    links = links or named_by_topic(heard, vocabulary)
    named_one, unknown = links, ""
    if not elsewhere:
        links, unknown = with_listed(links, heard, vocabulary)
        unknown = unknown or unknown_of_series(links, heard, vocabulary)
    named = frozenset() if elsewhere else frozenset(at for link in links for at in link.positions)
    everything = frozenset(heard.free)
    heard.take(named)
    if named and heard.free:
        heard.language = language_of(heard, sorted(heard.free), usual or language)
    unnamed = heard.blanked()
    asked = fields_in(unnamed)
    labels = [one for one in mentions if one.positions <= heard.free and says_more(one, asked, heard)]
    fields = tuple(one for _, _, one in asked)
    roles, role_said = told_by_role(heard, mentions) if not asked and not labels else ([], frozenset[int]())
    asked = asked or [(0, 0, one) for one in roles]
    fields = tuple(one for _, _, one in asked)
    points = bool(set(heard.words) & grammar().anaphora[heard.language])  # "is it finished?"
    is_implied = (bool(links) or points) and not asked and not labels
    if is_implied:
        implied, labels = told_by_time(heard), told_by_value(heard, vocabulary)
        if not (implied or labels):
            implied, labels = told_by_state(heard, vocabulary)
        asked = [(0, 0, one) for one in implied]
        fields = tuple(one for _, _, one in asked)
    covered = covered_by(fields, labels, heard, vocabulary)
    fields = tuple(one for one in fields if one not in covered or is_meant(one, labels))
    plan = drafted(question, heard, links, fields, labels, vocabulary)
    plan = replace(plan, covered=tuple(one for one in covered if one in fields))
    if is_implied and fields:
        plan = replace(plan, leftover=(), narrowing=(), heads=(), own=())
    if role_said:
        plan = _without(plan, {heard.words[at] for at in role_said})
        heard.take(role_said)
    is_sure = bool(links) and (all(link.is_sure for link in links) or len(links) > len(named_one))
    grouped, grouping = _grouped(plan, heard, mentions, vocabulary, everything, is_sure=is_sure)
    intent = intent_of(grouped, heard, is_sure, mentions)
    intent = FIELD if roles and intent in (PASSAGE, DESCRIPTION) else intent
    is_kept = _restricts(plan, links) or _is_left_out(unnamed, links)
    is_kept = is_kept or (not elsewhere and _is_set_against(unnamed, heard, links))
    if intent == ACROSS and not is_kept:
        heard.free = set(everything) - {at for link in links if _restricts(plan, [link]) for at in link.positions}
        plan = replace(plan, subjects=())
    plan = replace(plan, intent=intent)
    if intent == GROUPS:
        heard.free = set(everything) - grouping
        labels = [one for one in labels if not one.positions & grouping]
        plan = replace(grouped, intent=intent, subjects=())
    if plan.operation == SHARE:
        heard.take(heard.matching([grammar().across["share_of"]]))
    if intent == MEMBERS:
        heard.take(heard.matching([grammar().across["value_fillers"]]))
    if intent == ACROSS and not plan.operation:
        plan = replace(plan, operation=told_by_label(unnamed) or told_by_limit(heard.question))
    if intent == ACROSS:
        plan = _in_sequence(_beyond(plan, unnamed), unnamed)
    plan = narrowed(plan, heard, labels, vocabulary)
    if found and intent not in (ACROSS, GROUPS, MEMBERS):
        return _alone(question, vocabulary, usual, with_parts=with_parts, with_kind=False)
    kinds = [one for one in (register, told, found and found[1].condition) if one]
    if intent in (ACROSS, GROUPS, MEMBERS):
        plan = replace(plan, conditions=(*kinds, *plan.conditions))
    parts = compared_parts(heard.question) if with_parts and len(plan.subjects) < 2 else ()
    plan = replace(plan, unknown=unknown if plan.subjects else "")
    return replace(plan, alternatives=tuple(_alone(one, vocabulary, heard.language, with_parts=False) for one in parts))


def _labels_named(heard: Heard, vocabulary: Vocabulary, *, is_of_one: bool) -> list[LabelMention]:
    """The sources' labels that the words name: as they are, by the day of an agreement, or by a word for a status."""
    mentions = vocabulary.labels.find(heard.words, heard.free, heard.language)
    asks_both = is_of_one and anywhere("ended").search(heard.blanked())  # both ends are the period's
    agreed = [] if asks_both else list(agreements_in(heard, vocabulary.records.store.names.labels))
    days = {at for one in agreed for at in one.positions}  # „acordat” is not the label `Grant`
    mentions = [one for one in mentions if not one.positions <= days]
    said = {at for one in mentions for at in one.positions}
    mentions += [one for one in agreed if not one.positions & said]
    return with_states(mentions, heard, vocabulary.own_labels)


def _without(plan: Plan, explained: Container[str]) -> Plan:
    """The plan with these words explained, though they may be looked for."""
    left, narrowing, heads, own = (
        tuple(word for word in said if word not in explained)
        for said in (plan.leftover, plan.narrowing, plan.heads, plan.own)
    )
    return replace(plan, leftover=left, narrowing=narrowing, heads=heads, own=own)


def _grouped(
    plan: Plan,
    heard: Heard,
    mentions: Sequence[LabelMention],
    vocabulary: Vocabulary,
    everything: frozenset[int],
    *,
    is_sure: bool,
) -> tuple[Plan, frozenset[int]]:
    """The plan with what it puts records together by, and the words that say so; not where a share is asked for."""
    if plan.operation == SHARE:
        return plan, frozenset()
    grouped, grouping = grouping_asked(heard, plan, mentions, vocabulary)
    if grouped.grouped or (plan.subjects and is_sure):
        return grouped, grouping
    return set_against(replace(heard, free=set(everything)), plan, mentions, vocabulary)


def _beyond(plan: Plan, unnamed: str) -> Plan:
    """Records whose figure is larger, or smaller, than that of the project named."""
    across = grammar().across
    if len(plan.subjects) != 1 or not (across["than"].search(unnamed) and across["comparative"].search(unnamed)):
        return plan
    direction = direction_of(unnamed)
    return replace(plan, beyond=plan.subjects[0], excluded=plan.subjects, subjects=(), operation=direction)


def _is_set_against(unnamed: str, heard: Heard, links: Sequence[Link]) -> bool:
    """Whether the one project named, as a whole, is what others are measured by: "cost more than NAME"."""
    whole = [link for link in links if link.score == 1.0 and all(map(heard.is_name, link.positions))]
    said = re.search(rf"{grammar().across['than'].pattern}\W+(?:\w+ )?{BLANK}", unnamed)
    return len(links) == len(whole) == 1 and bool(said)


def _is_left_out(unnamed: str, links: Sequence[Link]) -> bool:
    """Whether the projects named, in whatever form, are those not asked for: „cu excepția Parcului …”."""
    return bool(links) and bool(grammar().across["except"].search(unnamed)) and all(one.score > 0.99 for one in links)


def _in_sequence(plan: Plan, unnamed: str) -> Plan:
    """All records in an order that a question asks for, the earliest or the largest first."""
    if plan.operation or not grammar().across["in_sequence"].search(unnamed):
        return plan
    is_dated = any(one.meaning.name == "period" for one in plan.fields) or bool(CHRONOLOGICAL.search(unnamed))
    return replace(plan, operation=LOWEST if is_dated else HIGHEST, is_ordered=True)


def _restricts(plan: Plan, links: Sequence[Link]) -> bool:
    """Whether a question over records is about these alone: their names are said as they are."""
    return bool(plan.subjects) and all(link.is_sure for link in links)

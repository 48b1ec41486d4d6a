"""Whether a question puts records together by what they have in common, and by what: "per sector", "which countries".

The words for it are those of the grammar for countries, years and roles, and the source's own labels under which values
recur. Looks nothing up but what kind of values a label has.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agreements import AGREED
from assistant.counts_asked import MANY, records_wanted
from assistant.crosslingual import are_akin
from assistant.grammar import Asked, grammar
from assistant.heard import Heard
from assistant.label_words import labels_called
from assistant.labels import LabelMention
from assistant.operations import EXTREMES
from assistant.plan import (
    AMOUNT,
    AVERAGE,
    COUNT,
    COUNTRY,
    END_YEAR,
    HIGHEST,
    LABEL,
    LOWEST,
    PROGRAMME,
    ROLE,
    SUM,
    YEAR,
    Grouping,
    Plan,
)
from assistant.value_words import anywhere
from assistant.vocabulary import Vocabulary
from corpus.folding import fold_keeping_length
from corpus.words import fold
from index.selection import Label

BENEFICIARY = "beneficiary"
QUOTED = " \t„“”\"'«»"
"""What may stand between a label and its value: „pe tema «sport»”."""
SAMPLE = 40
"""Values under a label that tell what kind it has."""
Told = tuple[Grouping, frozenset[int]]
"""A grouping with the words that say it."""


def grouping_asked(
    heard: Heard, plan: Plan, mentions: Sequence[LabelMention], vocabulary: Vocabulary
) -> tuple[Plan, frozenset[int]]:
    """The plan with what it groups records by and what it wants of each group, and the words that say so."""
    unnamed, across = heard.blanked(), grammar().across
    amounts = [one for one in mentions if any(label.name == "amount" for label in one.labels)]
    measured = any(not _are_records(heard, one) for one in amounts)
    said = heard.matching([across["fewest_records"], across["most_records"], across["gave"], across["received"]])
    said |= heard.matching([across["value_fillers"]])
    is_top = across["top"].search(unnamed)  # what stands behind its "by" is the measure
    told = None if is_top else _by_lead(heard, unnamed, "group_lead", mentions, vocabulary)
    if told:
        grouping, positions = _of_end(heard, told[0], told[1] | said)
        plan = replace(plan, operation=_of_each(plan, unnamed, is_measured=measured))
        if across["most_records"].search(unnamed):
            grouping = replace(grouping, rank=HIGHEST, by_count=True)
        return replace(plan, grouped=grouping), positions
    if told := _by_lead(heard, unnamed, "same_lead", mentions, vocabulary):
        grouping = replace(told[0], is_values=True)
        return replace(plan, grouped=grouping, operation=COUNT, recurring=range(2, MANY)), told[1] | said
    ranked = _ranked(plan, unnamed, is_measured=measured)
    told = _by_lead(heard, unnamed, "value_lead", mentions, vocabulary) or (_who(plan, unnamed) if ranked else None)
    if not told:
        return plan, frozenset()
    grouping, positions = told
    if ranked:
        grouping, positions = _of_end(heard, grouping, positions)
        grouping = replace(grouping, rank=ranked[0], by_count=ranked[1] == COUNT)
        return replace(plan, grouped=grouping, operation=ranked[1]), positions | said | _verb_behind(heard, positions)
    is_role = grouping.kind == ROLE or _is_label_of_role(grouping, plan, vocabulary)
    if is_role and not plan.subjects and not records_wanted(heard.question):
        return plan, frozenset()  # the members of a role are told by `members`
    is_counted = across["count"].search(unnamed) or records_wanted(heard.question)
    is_loose = bool(plan.subjects) and (bool(across["count"].search(unnamed)) or min(positions, default=0) > 0)
    if grouping.kind == YEAR or is_loose:
        return plan, frozenset()  # "how many years of …"; a name that is not sure may well be meant
    if grouping.is_values or is_counted:
        return replace(plan, grouped=replace(grouping, is_values=True), operation=COUNT), positions | said
    return plan, frozenset()


def _verb_behind(heard: Heard, positions: frozenset[int]) -> frozenset[int]:
    """The verb between what is ranked and by what, whichever it is: "which country brings the highest …"."""
    at = max(positions, default=-1) + 1
    if not 0 < at < len(heard.words) - 1 or at not in heard.free or heard.is_name(at):
        return frozenset()
    is_verb = heard.words[at] not in grammar().closed and heard.words[at + 1] in grammar().articles
    return frozenset({at}) if is_verb else frozenset()


def _is_label_of_role(grouping: Grouping, plan: Plan, vocabulary: Vocabulary) -> bool:
    """Whether the label is the source's own for a role that is asked for: `Consortium members` are partners."""
    roles = {one.meaning.role for one in plan.fields if one.meaning.name == "organisation"}
    own = [one for one in vocabulary.records.store.names.labels if one.label in grouping.names]
    return bool(own) and all(one.name == "organisation" and one.role in roles for one in own)


def _are_records(heard: Heard, mention: LabelMention) -> bool:
    """Whether a label is said by the word for records: "grants by county", where `Grant` is a sum."""
    across = grammar().across
    are_records = all(across["several"].fullmatch(heard.words[at]) for at in mention.positions)
    return are_records and (bool(across["count"].search(heard.blanked())) or not across["sum"].search(heard.blanked()))


def _of_end(heard: Heard, grouping: Grouping, positions: frozenset[int]) -> Told:
    """Of years, those in which records ended where the question says so; the words for a start or an end are it."""
    if grouping.kind != YEAR:
        return grouping, positions
    unnamed, noun = heard.blanked(), grammar().across["several"].pattern
    ends = [one for one in anywhere("ended").finditer(unnamed) if not re.match(rf"\W+{noun}", unnamed[one.end() :])]
    starts = list(anywhere("started").finditer(unnamed))
    said = {at for one in (*ends, *starts) for at in heard.positions(*one.span())}
    if ends and not starts:
        grouping = replace(grouping, kind=END_YEAR, names=())
    return grouping, positions | said


def _of_each(plan: Plan, unnamed: str, *, is_measured: bool) -> str:
    """What is wanted of each group: its sum, average, largest, or how many it has."""
    if plan.operation in (AVERAGE, HIGHEST, LOWEST):
        return plan.operation
    across = grammar().across
    if re.search(
        rf"{across['counted_records'].pattern}|{across['count'].pattern}\W+{across['several'].pattern}", unnamed
    ):
        return COUNT  # "how many grants", though a grant is an amount too
    is_counted = across["count"].search(unnamed) and not any(one.meaning.name == "amount" for one in plan.fields)
    is_money = any(one.meaning.name == "amount" for one in plan.fields) or across["gave"].search(unnamed)
    is_given = across["money"].search(unnamed) or across["gives"].search(unnamed)
    is_money = is_money or (across["sum"].search(unnamed) and is_given)
    return SUM if is_measured or (is_money and not is_counted) else COUNT


def _ranked(plan: Plan, unnamed: str, *, is_measured: bool) -> tuple[str, str] | None:
    """(which end, by what) groups are ranked: "the most projects", "the most money"; not "the largest project"."""
    across = grammar().across
    for key, end in (("most_records", HIGHEST), ("fewest_records", LOWEST)):
        if across[key].search(unnamed):
            return end, COUNT
    if across["extreme_records"].search(unnamed):
        return None
    if across["top"].search(unnamed):  # "the top three sectors by budget"
        is_money = is_measured or any(one.meaning.name == "amount" for one in plan.fields)
        return HIGHEST, AVERAGE if across["average"].search(unnamed) else SUM if is_money else COUNT
    kinds = [(end, kind) for key, (end, kind) in EXTREMES.items() if across[key].search(unnamed)]
    if kinds and kinds[0][1] == AMOUNT:
        return kinds[0][0], AVERAGE if across["average"].search(unnamed) else SUM
    return None


def _who(plan: Plan, unnamed: str) -> Told | None:
    """The role that "who" is asked for: of those who gave, or of those who received."""
    if not grammar().who.search(unnamed):
        return None
    roles = [one.meaning.role for one in plan.fields if one.meaning.name == "organisation"]
    if grammar().across["received"].search(unnamed):
        roles = [BENEFICIARY]
    return (Grouping(ROLE, roles[0], (roles[0],)), frozenset()) if roles else None


def _by_lead(
    heard: Heard, unnamed: str, key: str, mentions: Sequence[LabelMention], vocabulary: Vocabulary
) -> Told | None:
    """What stands right behind a lead such as "per" or "which", if records can be put together by it."""
    for lead in re.finditer(rf"{grammar().across[key].pattern}\W+(?=(\w))", unnamed):
        at = next((n for n, (start, _) in enumerate(heard.spans) if start == lead.end()), None)
        if at is None or at not in heard.free:
            continue
        found = _named_at(heard, at, mentions, vocabulary)
        may_be_a_value = key == "group_lead" and not grammar().across["each"].search(lead.group())
        if found and not (may_be_a_value and _is_of_a_value(heard, found[1])):
            grouping, positions = found
            is_values = key == "value_lead" and _is_plural(heard.words[max(positions)], grouping, heard.language)
            return replace(grouping, is_values=is_values), positions | heard.positions(*lead.span())
    return None


def _named_at(heard: Heard, at: int, mentions: Sequence[LabelMention], vocabulary: Vocabulary) -> Told | None:
    """What the words from a position on name that records can be put together by."""
    across, here = grammar().across, frozenset({at})
    word = heard.words[at]
    if across["by_country"].fullmatch(word):
        return Grouping(COUNTRY, word), here
    if across["by_year"].fullmatch(word):
        return Grouping(YEAR, word, dated_named(mentions, vocabulary)), here
    own = [one for one in mentions if at in one.positions and min(one.positions) >= at]
    labels = [label for one in own for label in one.labels if _is_shared(label, vocabulary)]
    called = labels_called(word, heard.language, vocabulary.labels_of_names) if not labels else []
    called = [label for label in called if _is_shared(label, vocabulary)]
    labels = labels or [label for label in called if label.name == "other"]
    positions = frozenset(position for one in own for position in one.positions) | here
    if any(label.name == "other" for label in labels) or _is_most_of_its_role(word, labels, vocabulary):
        return _of_labels(heard, labels, positions)
    if across["role_nouns"].fullmatch(word) and (role := _role_of(word, grammar().fields)):
        return Grouping(ROLE, word, (role,)), here
    if across["by_programme"].fullmatch(word):
        return Grouping(PROGRAMME, word), here
    labels = labels or [label for label in called if label.count > 1]
    return _of_labels(heard, labels, positions) if labels else None


def _is_most_of_its_role(word: str, labels: Sequence[Label], vocabulary: Vocabulary) -> bool:
    """Whether a role is told mostly under labels that a word names, and not by its own name: `Grantee`."""
    roles = {label.role for label in labels}
    names = [name for one in grammar().fields if one.meaning.role in roles for name in one.names.values()]
    if len(roles) != 1 or any(are_akin(word, fold(name)) for name in (*roles, *names)):
        return False
    others = [one.count for one in vocabulary.labels_of_names if one.role in roles]
    return 2 * sum(label.count for label in labels) > sum(others)


def _of_labels(heard: Heard, labels: Sequence[Label], positions: frozenset[int]) -> Told:
    behind = max(positions) + 1
    if behind < len(heard.words) and grammar().across["kinds"].fullmatch(heard.words[behind]):
        positions |= {behind}  # "each interest type"
    names = tuple(dict.fromkeys(one.label for one in labels))
    return Grouping(LABEL, heard.text(positions), names), positions


def _role_of(word: str, fields: Sequence[Asked]) -> str:
    named = (one for one in fields if one.meaning.name == "organisation" and one.pattern.fullmatch(word))
    return next((one.meaning.role for one in named), "")


def dated_named(mentions: Sequence[LabelMention], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The labels of dates that a question names beside "year": "approved each year"."""
    own = (label.label for one in mentions for label in one.labels if label.name == "other" or label.role == AGREED)
    return tuple(dict.fromkeys(label for label in own if vocabulary.records.is_dated(label)))


def _is_shared(label: Label, vocabulary: Vocabulary) -> bool:
    """Whether several records have the same under a label, and words, not figures or dates."""
    if label.name not in ("other", "organisation", "place"):
        return False
    if label.name == "other" and label.label not in vocabulary.shared_labels:
        return False
    records = vocabulary.records
    if label.name == "other" and records.is_dated(label.label):
        return False
    if label.name != "other":
        return True
    few = [one.text for one in records.store.labelled(records.store.choose(), label.label, SAMPLE)]
    return 2 * sum(bool(re.fullmatch(r"[\W\d]*", text)) for text in few) < len(few)


def _is_of_a_value(heard: Heard, positions: frozenset[int]) -> bool:
    """Whether a value follows right behind: "by status Closed", „pe tema agricultură”."""
    behind = max(positions) + 1
    if behind >= len(heard.words) or behind not in heard.free:
        return False
    is_telling = heard.words[behind] not in grammar().closed | grammar().helpers
    return is_telling and not heard.between(behind - 1, behind).strip(QUOTED)


def left_ungrouped(heard: Heard) -> tuple[str, ...]:
    """The words that put records together by what is not known to, "per village", or rank what nobody counts."""
    unnamed, across = heard.blanked(), grammar().across
    for lead in re.finditer(rf"{across['each'].pattern}\W+(\w+)", unnamed):
        is_record = across["records"].fullmatch(lead[1]) or lead[1] in grammar().closed
        if not (is_record or across["no_group"].fullmatch(lead[1])):
            return (heard.question[lead.start() : lead.end()],)
    most = across["most_records"].search(unnamed) or across["fewest_records"].search(unnamed)
    ends = [one.end() for key in EXTREMES for one in across[key].finditer(unnamed) if most and one.start() < most.end()]
    is_of_adjective = most is not None and any(end > most.end() for end in ends)  # "the most recent projects"
    return (heard.question[slice(*most.span())],) if most and not is_of_adjective else ()


def absent_values(question: str) -> tuple[str, ...]:
    """The words that ask for values that no record has, "which sectors are not in …": these are not looked for."""
    across, folded = grammar().across, fold_keeping_length(question)
    said = across["negation"].search(folded)
    return (question[slice(*said.span())],) if said and not across["records"].search(folded, 0, said.start()) else ()


def _is_plural(word: str, grouping: Grouping, language: str) -> bool:
    """Whether several are asked for, by the ending of the word."""
    own = {fold(name) for name in grouping.names}
    if language == "ro":
        is_other = word not in own or word.endswith(("i", "uri"))
        return is_other and word.endswith(("i", "e")) and not word.endswith(("tie", "rie"))
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))

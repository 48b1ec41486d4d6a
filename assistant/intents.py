"""What a question wants: a field, a list, a comparison, a description, what the text says, or a greeting returned."""

import re
from collections.abc import Sequence

from assistant.answer_types import REASON, kind_of, types
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.plan import (
    ABILITIES,
    ACROSS,
    AVERAGE,
    COMPARISON,
    COUNT,
    DESCRIPTION,
    FIELD,
    GREETED,
    GROUPS,
    MEMBERS,
    PASSAGE,
    PRECEDENT,
    SHARE,
    SUM,
    TASK,
    Plan,
)
from assistant.value_words import anywhere
from corpus.words import fold, words

FEW_SUBJECTS = 4
"""Projects that a name may stand for; one of more is a kind of projects: "solar parks"."""
FEW_WORDS = 2
"""Content words with which "describe …" asks for something in particular."""


def intent_of(plan: Plan, heard: Heard, is_sure: bool, labels: Sequence[LabelMention]) -> str:
    """The intent of a plan whose fields and subjects are found; `is_sure` where these are named as they are called."""
    folded, unnamed, across = fold(heard.question), heard.blanked(), grammar().across
    if grammar().greeting.match(folded) and not grammar().own.search(folded):
        return GREETED
    if across["abilities"].search(folded):
        return ABILITIES
    if across["precedent"].search(unnamed) and len(plan.leftover) > 1:
        return PRECEDENT
    if grammar().instructs.match(unnamed) or grammar().advice.search(unnamed):
        return TASK
    titles = {subject.title for subject in plan.subjects}
    if plan.grouped and not (0 < len(titles) <= FEW_SUBJECTS and is_sure):
        return GROUPS
    if not plan.subjects and plan.operation == SHARE:
        return ACROSS
    if _asks_for_organisations(plan, unnamed):
        return MEMBERS
    if len(titles) > 1:  # one project may stand in two files
        if plan.operation in (SUM, AVERAGE) and is_sure:
            return ACROSS
        if any(across[key].search(unnamed) for key in ("comparative", "compare", "common")):
            return COMPARISON
    if not plan.subjects and plan.fields and across["only"].search(unnamed) and across["negation"].search(unnamed):
        return ACROSS  # "which of them had no partners?"
    # "The average of the grants for first aid" is over several, whatever one of them is called.
    is_figured = plan.operation in (SUM, AVERAGE) and not is_sure and bool(across["several"].search(unnamed))
    asks_records = is_figured or _asks_for_records(heard, unnamed, labels)
    if asks_records and (not plan.subjects or _is_over_all(plan, unnamed, is_sure)):
        return ACROSS
    if not plan.subjects and (plan.operation or (across["several"].search(unnamed) and not _asks_for_another(folded))):
        return ACROSS
    described = grammar().describe.search(unnamed)
    left = set(plan.leftover) - set(words(described.group())) if described else set(plan.leftover)
    if asks_records and plan.subjects and is_sure and across["which_is"].match(folded) and not left:
        return DESCRIPTION  # "which project is AB-123?"
    if asks_records and plan.subjects:
        return PASSAGE  # "which projects ended before NAME did": NAME itself is not what is asked for
    if plan.subjects and described and not plan.fields and len(left) < FEW_WORDS:
        return DESCRIPTION
    asks_for_one = plan.wants_date or bool(grammar().counted.search(folded) or types().clock_asks.search(folded))
    asks_for_one = asks_for_one or ((plan.wants_name or kind_of(folded) == REASON) and bool(plan.words))
    is_weak = not plan.labels and bool(plan.leftover) and not any(one.pattern.search(unnamed) for one in plan.fields)
    if (plan.fields or plan.labels) and not is_weak:
        return FIELD
    return DESCRIPTION if plan.subjects and not left and not asks_for_one else PASSAGE


def _asks_for_organisations(plan: Plan, unnamed: str) -> bool:
    """Whether the organisations of several projects are asked for: all funders, partners that two have in common."""
    if not any(one.meaning.name == "organisation" for one in plan.fields):
        return False
    across = grammar().across
    if len(plan.subjects) > 1:
        return bool(across["common"].search(unnamed))
    return (
        not plan.subjects and bool(across["asks_organisations"].search(unnamed)) and not across["one"].search(unnamed)
    )


def _asks_for_records(heard: Heard, unnamed: str, labels: Sequence[LabelMention]) -> bool:
    """Whether records are asked for; "which project reference" asks for none."""
    across = grammar().across
    found = across["asks_records"].search(unnamed) or re.match(rf"\W*{across['several'].pattern}", unnamed)
    if not found:
        return False
    last = max(heard.positions(*found.span()), default=-1)
    if across["several"].fullmatch(heard.words[last]):
        return True
    return not any(last in one.positions for one in labels if len(one.positions) > 1 and last < max(one.positions))


def _asks_for_another(folded: str) -> bool:
    """Whether a question asks for something else than records: "in which fields are the projects"."""
    if re.match(r"\W*(?:who|cine)\b", folded):  # "who is in charge of projects", but "who funded the projects in …"
        return not re.search(
            r"\b(?:the (?:\w+ )?(?:projects|initiatives|grants|contracts)|proiectele|proiectelor)\b", folded
        )
    found = re.match(r"\W*(?:in |la |din |pe |for |to |of )?(?:ce|care|cat[ei]|what|which|how many) (\w+)", folded)
    return bool(found) and found[1] not in grammar().closed | grammar().helpers  # type: ignore[index]


def _is_over_all(plan: Plan, unnamed: str, is_sure: bool) -> bool:
    """Whether records are asked for though a name is found: it is no sure one, or only says what is left out."""
    if not is_sure or grammar().across["except"].search(unnamed):
        return True
    is_measured = grammar().across["than"].search(unnamed) and grammar().across["comparative"].search(unnamed)
    if anywhere("started").search(unnamed) and anywhere("ended").search(unnamed):
        is_measured = None  # "ended before NAME started" sets two things against each other
    return plan.operation in (COUNT, SUM, AVERAGE) or bool(is_measured)

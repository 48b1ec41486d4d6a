"""What share of some records fulfils a condition: "what share of the Kenya projects is closed"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.across import where_of
from assistant.figures import PERCENT
from assistant.grammar import grammar
from assistant.phrases import figure, say
from assistant.plan import Condition, Plan
from assistant.records import Records
from assistant.said import Said
from assistant.selecting import choose, shown_by
from corpus.folding import fold_keeping_length

MOST_CITED = 200
"""Records whose words are cited."""


def asks_share(unnamed: str) -> bool:
    """Whether a folded question asks for a share of records, not of money."""
    across = grammar().across
    is_of_money = across["money"].search(unnamed) or across["gave"].search(unnamed)
    return bool(across["share_of"].search(unnamed) and across["several"].search(unnamed) and not is_of_money)


def whole_of(question: str, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Those of the conditions that say of what the share is: they stand before the verb."""
    folded = fold_keeping_length(question)
    share = grammar().across["share_of"].search(folded)
    verb = grammar().across["share_verb"].search(folded, share.end() if share else 0)
    end = verb.start() if verb else len(question)
    return tuple(one for one in conditions if 0 <= question.find(one.said) < end)


def tell_share(plan: Plan, records: Records) -> Said:
    """How many of how many, and the share in percent; nothing where no condition is left to be counted."""
    said, whole = Said(), whole_of(plan.question, plan.conditions)
    if len(whole) == len(plan.conditions):
        return said
    among, kept = choose(records, replace(plan, conditions=whole)), choose(records, plan)
    if not among.groups:
        return said
    share = Decimal(100 * len(kept.groups)) / len(among.groups)
    subjects = records.by_key(keys[0] for keys in kept.groups[:MOST_CITED])
    cites = []
    for subject in subjects.values():
        spans = [span for one in plan.conditions for span in shown_by(subject, one)]
        cites += [said.cite(subject, span) for span in spans or [subject.called_at]]
    part, total = len(kept.groups), len(among.groups)
    text = say(
        plan.language, "share", count=str(part), total=str(total), where=where_of(plan),
        share=figure(plan.language, round(share, 2), None),
    )  # fmt: skip
    derived = [said.vouch(part), said.vouch(total), said.vouch(round(share, 2), PERCENT)]
    said.say(re.sub(r"\s+", " ", text), cites, is_remark=not cites, derived=derived)
    return said

"""Whether citations support what they stand behind: citation recall and precision as ALCE defines them.

Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations", section 4, with two changes. Support
is decided by the deterministic check that every answer passes before it is shown, not by a language model. A citation
of a number that is not there counts against precision, where ALCE's own program leaves it out; an answer that refuses
has no score, where there it gets zero. A total that only the catalogue can tell counts as supported, since no words
could: whether it is right is for correctness to say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import nan

from assistant.answer import ANSWERED, TOTAL, Answer, Statement
from assistant.check import check
from corpus.document import Document
from eval.metrics import mean

LOOKED_AT = 20
"""Citations of one statement that precision looks at, evenly spaced where it has more: each needs two checks."""

Supports = Callable[[Statement, Sequence[int]], bool]
"""Whether these of an answer's citations support a statement."""


def supports_of(answer: Answer, documents: Mapping[str, Document], titles: frozenset[str]) -> Supports:
    """The check of an answer's statements, one at a time; `documents` by id, `titles` as `assistant.check` wants."""
    totals = {one.value for statement in answer.statements for one in statement.derived if one.kind == TOTAL}

    def supports(statement: Statement, numbers: Sequence[int]) -> bool:
        if not numbers:
            return False
        kept = tuple(one for one in answer.citations if one.n in numbers)
        alone = replace(answer, statements=(replace(statement, cites=tuple(numbers)),), citations=kept)
        return not check(alone, documents, totals=totals, titles=titles)

    return supports


def citation_scores(answer: Answer, supports: Supports) -> tuple[float, float]:
    """(precision, recall) of an answer's citations, each 0 to 1; NaN where it refuses or says nothing to support.

    Recall: |statements that all their citations together support| / |statements|. Precision: |needed citations| /
    |citations|; one is needed if its statement is supported and it supports that alone or the others do not without it.
    """
    if answer.status != ANSWERED:
        return nan, nan
    there = {citation.n for citation in answer.citations}
    recalled: list[float] = []
    needed: list[float] = []
    for statement in answer.statements:
        if statement.is_remark and not statement.cites:
            continue
        cites = statement.cites
        is_held = there.issuperset(cites) and supports(statement, cites)
        recalled.append(float(is_held))
        looked_at = cites[:: -(-len(cites) // LOOKED_AT)] if cites else ()
        needed += [float(is_held and _is_needed(n, statement, supports)) for n in looked_at]
    return mean(needed), mean(recalled)


def _is_needed(n: int, statement: Statement, supports: Supports) -> bool:
    others = [one for one in statement.cites if one != n]
    return not others or supports(statement, [n]) or not supports(statement, others)

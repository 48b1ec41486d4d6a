"""Further sentences that answer as the best one does, and one that answers otherwise: sources agree, or they differ."""

from collections.abc import Sequence

from assistant.answer_types import COUNT, DURATION, MEASURE, MONEY, SHARE, TIME, kind_of
from assistant.decisive import decisive_words
from assistant.evidence import Sentence
from assistant.plan import Plan
from corpus.words import fold, words

MOST_FURTHER = 2
FIGURES = frozenset({COUNT, MONEY, SHARE, TIME, DURATION, MEASURE})
"""Kinds of answers of which two that differ cannot both be meant alone."""
AS_MUCH = 0.7
"""Log odds that may lie between the evidence for two figures that are both shown."""


def further(
    best: Sentence, ranked: Sequence[Sentence], plan: Plan, enough: float
) -> tuple[list[Sentence], Sentence | None]:
    """(at most two sentences from elsewhere that decide the question alike, one that gives another figure for it).

    Both have `enough` evidence; a figure that differs has to be of the same project or document title.
    """
    own = _said(plan, best)
    if not own:
        return [], None
    alike: list[Sentence] = []
    other = None
    for sentence in ranked[1:]:
        if sentence.evidence < enough or sentence.passage.key == best.passage.key:
            continue
        said = _said(plan, sentence)
        elsewhere = all(
            sentence.document.id != one.document.id or sentence.passage.key != one.passage.key for one in (best, *alike)
        )
        if said == own and elsewhere and not _is_same_text(sentence, (best, *alike)):
            alike.append(sentence)
        elif said and other is None and said != own and _differs(best, sentence, plan, own & said):
            other = sentence
    return alike[:MOST_FURTHER], other


def _said(plan: Plan, sentence: Sentence) -> frozenset[str]:
    """The folded words that decide, without those of the question."""
    known = set(words(plan.question))
    text = sentence.document.text
    return frozenset(
        word for span in decisive_words(plan, sentence) for word in words(span.of(text)) if word not in known
    )


def _differs(best: Sentence, sentence: Sentence, plan: Plan, shared: frozenset[str]) -> bool:
    """Whether a sentence gives another figure with as much evidence, for the same subject."""
    is_figure = kind_of(fold(plan.question)) in FIGURES
    same = best.passage.project_id == sentence.passage.project_id and (
        best.passage.project_id is not None or best.document.title == sentence.document.title
    )
    has_digits = any(word[0].isdigit() for word in shared)
    return is_figure and same and not has_digits and sentence.evidence >= best.evidence - AS_MUCH


def _is_same_text(sentence: Sentence, others: Sequence[Sentence]) -> bool:
    return any(fold(sentence.text) == fold(one.text) and sentence.document.id == one.document.id for one in others)

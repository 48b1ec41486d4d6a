"""What is measured, each with its formula. A score is 0 to 1, higher is better unless said; NaN is "does not apply"."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.document import Span
from eval.normalise import holds

Place = tuple[str, Span]
"""A document's source and a span in it."""


class Gold(NamedTuple):
    """A place that a source stands at: what is cited has to touch it, or where it is a whole record, to lie in it."""

    document: str
    span: Span
    whole: bool = False

    def met_by(self, place: Place) -> bool:
        """Whether citing `place` is citing this."""
        document, span = place
        return document == self.document and (self.span.holds(span) if self.whole else self.span.overlaps(span))


def mean(scores: Iterable[float]) -> float:
    """Mean of the scores that apply; NaN if none does."""
    applying = [score for score in scores if not math.isnan(score)]
    return sum(applying) / len(applying) if applying else math.nan


def met(found: Sequence[Place], gold: Sequence[Sequence[Gold]]) -> tuple[int, ...]:
    """Which of the gold sources something found meets, by number from 0; one of a source's places is enough."""
    return tuple(n for n, places in enumerate(gold) if any(one.met_by(place) for one in places for place in found))


def recall(found: Sequence[Place], gold: Sequence[Sequence[Gold]]) -> float:
    """|gold sources met by something found| / |gold sources|; NaN if there are none."""
    return len(met(found, gold)) / len(gold) if gold else math.nan


def precision(found: Sequence[Place], gold: Sequence[Sequence[Gold]]) -> float:
    """|found that meet a gold source| / |found|; NaN if nothing was found."""
    if not found:
        return math.nan
    return sum(any(one.met_by(place) for places in gold for one in places) for place in found) / len(found)


def verbatim(quotes: Sequence[tuple[Place, str]], texts: Mapping[str, str]) -> float:
    """|quotes that are exactly their document's text at their place| / |quotes|; NaN if nothing is quoted.

    `texts` are by document; words quoted from a document that is not among them are not verbatim.
    """
    if not quotes:
        return math.nan
    return sum(d in texts and bool(q) and span.of(texts[d]) == q for (d, span), q in quotes) / len(quotes)


def correctness(
    answer: str,
    accepted: Sequence[str],
    every: Sequence[Sequence[str]] = (),
    none: Sequence[str] = (),
    claimed: str | None = None,
) -> float:
    """1 if the answer holds what it has to, however its numbers and dates are written (`eval.normalise`); else 0.

    That is one of `accepted` if there are any, one of each row of `every`, none of `none`. NaN if nothing is asked.
    `claimed` is the part of the answer that `none` is looked for in: a remark on what was left out claims nothing.
    """
    if not accepted and not every:
        return math.nan
    looked_at = answer if claimed is None else claimed
    return float(fact_recall(answer, accepted, every) == 1 and not _holds_any(looked_at, none))


def fact_recall(answer: str, accepted: Sequence[str], every: Sequence[Sequence[str]] = ()) -> float:
    """|facts that the answer holds| / |facts|; NaN without any.

    The alternatives of `accepted` are one fact, if there are any, and each row of `every` is one. This is the recall of
    vital nuggets of the question answering track of TREC 2003 (Voorhees, 2003), each nugget given by its wordings.
    """
    facts = len(_facts(accepted, every))
    return (facts - len(missing(answer, accepted, every))) / facts if facts else math.nan


def missing(answer: str, accepted: Sequence[str], every: Sequence[Sequence[str]] = ()) -> list[str]:
    """The facts that an answer does not hold, each in its first wording."""
    return [fact[0] for fact in _facts(accepted, every) if not _holds_any(answer, fact)]


def _facts(accepted: Sequence[str], every: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [row for row in (accepted, *every) if row]


def _holds_any(answer: str, wordings: Iterable[str]) -> bool:
    return any(holds(answer, wording) for wording in wordings)

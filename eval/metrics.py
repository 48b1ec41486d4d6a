"""What is measured, each with its formula. A score is 0 to 1, higher is better unless said; NaN is "does not apply"."""

import math
import re
from collections.abc import Iterable, Sequence

from corpus.document import Span
from corpus.words import fold

Place = tuple[str, Span]
"""A document's source and a span in it."""


def mean(scores: Iterable[float]) -> float:
    """Mean of the scores that apply; NaN if none does."""
    applying = [score for score in scores if not math.isnan(score)]
    return sum(applying) / len(applying) if applying else math.nan


def _meets(place: Place, gold: Sequence[Place]) -> bool:
    return any(place[0] == document and place[1].overlaps(span) for document, span in gold)


def recall(found: Sequence[Place], gold: Sequence[Sequence[Place]]) -> float:
    """|gold sources met by something found| / |gold sources|; a source has several places if its words recur."""
    if not gold:
        return math.nan
    return sum(any(_meets(place, places) for place in found) for places in gold) / len(gold)


def precision(found: Sequence[Place], gold: Sequence[Sequence[Place]]) -> float:
    """|found that meet a gold source| / |found|; NaN if nothing was found."""
    if not found:
        return math.nan
    return sum(any(_meets(place, places) for places in gold) for place in found) / len(found)


def correctness(
    answer: str, accepted: Sequence[str], every: Sequence[Sequence[str]] = (), none: Sequence[str] = ()
) -> float:
    """1 if the answer holds what it has to, as whole words, after folding case, accents and white space; else 0.

    That is one of `accepted` if there are any, one of each row of `every`, none of `none`. NaN if nothing is asked.
    """
    if not accepted and not every:
        return math.nan
    said = _comparable(answer)
    held = (not accepted or _holds(said, accepted)) and all(_holds(said, several) for several in every)
    return float(held and not _holds(said, none))


def _holds(said: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(_comparable(one))}(?!\w|[.,]\d)", said) for one in words)


def _comparable(text: str) -> str:
    return " ".join(re.sub(r"[“”„«»\"]", "", fold(text)).split())

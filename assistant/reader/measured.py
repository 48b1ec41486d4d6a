"""How well a reader reads: its answers against those that are given, and how well it knows that there is none.

Knows nothing of how the reader was made; anything that reads as `Reader.read` does can be measured.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from assistant.reader.examples import Example
from assistant.reader.reading import Reading
from corpus.words import words

NOT_THERE = 0.0
"""Log odds from which a reader by itself says that a passage does not answer: where both are as likely."""
ARTICLES = frozenset({"a", "an", "the"})

Read = Callable[[str, str], Reading]
"""A question and a passage in, a reading out."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a reader did. Shares from 0 to 1, NaN where nothing is of a kind.

    `f1` and `exact_match` are those of its best span where there is an answer, whatever it says of "not there".
    `balanced` is the balanced accuracy of "not there" at `NOT_THERE`, `best_balanced` the highest one, at `threshold`.
    `ms` is the median time of a reading in milliseconds.
    """

    answerable: int
    unanswerable: int
    exact_match: float
    f1: float
    balanced: float
    best_balanced: float
    threshold: float
    ms: float


def measure(read: Read, examples: Sequence[Example], told: Callable[[], object] = lambda: None) -> Figures:
    """Read every example; `told` is called after each."""
    agreed, odds, there, times = [], [], [], []
    for example in examples:
        started = time.perf_counter()
        reading = read(example.question, example.passage)
        times.append(time.perf_counter() - started)
        odds.append(reading.not_there)
        there.append(example.answer is not None)
        if example.answer:
            span, _ = reading.best()
            said = span.of(example.passage) if span else ""
            agreed.append(agreement(said, [example.answer.of(example.passage)]))
        told()
    best, threshold = best_balanced(odds, there)
    return Figures(
        sum(there),
        len(there) - sum(there),
        _mean([exact for _, exact in agreed]),
        _mean([f1 for f1, _ in agreed]),
        balanced(odds, there, NOT_THERE),
        best,
        threshold,
        median(times) * 1000 if times else math.nan,
    )


def agreement(said: str, answers: Sequence[str]) -> tuple[float, float]:
    """(F1, exact match) of words and the answer they are nearest to, as SQuAD counts: by words without articles."""
    best = (0.0, 0.0)
    own = [word for word in words(said) if word not in ARTICLES]
    for answer in answers:
        gold = [word for word in words(answer) if word not in ARTICLES]
        same = sum((Counter(own) & Counter(gold)).values())
        best = max(best, (2 * same / (len(own) + len(gold)) if same else 0.0, float(own == gold)))
    return best


def balanced(odds: Sequence[float], there: Sequence[bool], threshold: float) -> float:
    """Mean of the shares told rightly among those with an answer and those without, if `threshold` is "not there".

    `odds` are log odds that there is none. NaN where one of the two kinds is missing.
    """
    halves = [
        _mean(
            [
                float((one >= threshold) != is_there)
                for one, is_there in zip(odds, there, strict=True)
                if is_there == kind
            ]
        )
        for kind in (True, False)
    ]
    return sum(halves) / 2


def best_balanced(odds: Sequence[float], there: Sequence[bool]) -> tuple[float, float]:
    """(the highest balanced accuracy that a threshold gives, the lowest such threshold); NaN as `balanced`."""
    values = np.asarray(odds, np.float64)
    is_there = np.asarray(there, bool)
    if is_there.all() or not is_there.any():
        return math.nan, math.nan
    thresholds = np.unique(values)
    kept = np.searchsorted(np.sort(values[is_there]), thresholds, "left") / is_there.sum()
    refused = 1 - np.searchsorted(np.sort(values[~is_there]), thresholds, "left") / (~is_there).sum()
    accuracy = (kept + refused) / 2
    at = int(accuracy.argmax())
    return float(accuracy[at]), float(thresholds[at])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan

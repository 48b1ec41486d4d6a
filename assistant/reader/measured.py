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
class Tried:
    """One passage read for one question: the log odds that it does not answer, and the milliseconds that it took.

    `f1` and `exact` are those of the reader's best span, NaN where there is no answer to agree with.
    """

    is_answerable: bool
    not_there: float
    f1: float
    exact: float
    ms: float


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
    done = []
    for example in examples:
        answers = [example.answer.of(example.passage)] if example.answer else []
        done.append(tried(read, example.question, example.passage, answers))
        told()
    return figures_of(done)


def tried(read: Read, question: str, passage: str, answers: Sequence[str]) -> Tried:
    """Read a passage for a question; no `answers` means that it does not answer."""
    started = time.perf_counter()
    reading = read(question, passage)
    ms = (time.perf_counter() - started) * 1000
    f1 = exact = math.nan
    if answers:
        span, _ = reading.best()
        f1, exact = agreement(span.of(passage) if span else "", answers)
    return Tried(bool(answers), reading.not_there, f1, exact, ms)


def figures_of(done: Sequence[Tried]) -> Figures:
    """The figures of all readings together."""
    answerable = [one for one in done if one.is_answerable]
    best, threshold = best_balanced(done)
    return Figures(
        len(answerable),
        len(done) - len(answerable),
        _mean([one.exact for one in answerable]),
        _mean([one.f1 for one in answerable]),
        balanced(done, NOT_THERE),
        best,
        threshold,
        median(one.ms for one in done) if done else math.nan,
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


def balanced(done: Sequence[Tried], threshold: float) -> float:
    """Mean of the shares told rightly among those with an answer and those without, if `threshold` is "not there".

    NaN where one of the two kinds is missing.
    """
    halves = [
        _mean([float((one.not_there < threshold) == kind) for one in done if one.is_answerable == kind])
        for kind in (True, False)
    ]
    return sum(halves) / 2


def best_balanced(done: Sequence[Tried]) -> tuple[float, float]:
    """(the highest balanced accuracy that a threshold gives, the lowest such threshold); NaN as `balanced`."""
    there, none = (np.sort([one.not_there for one in done if one.is_answerable == kind]) for kind in (True, False))
    if not there.size or not none.size:
        return math.nan, math.nan
    thresholds = np.unique(np.concatenate([there, none]))
    kept = np.searchsorted(there, thresholds, "left") / there.size
    refused = 1 - np.searchsorted(none, thresholds, "left") / none.size
    accuracy = (kept + refused) / 2
    at = int(accuracy.argmax())
    return float(accuracy[at]), float(thresholds[at])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan

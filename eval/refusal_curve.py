"""Wrong answers against wrong refusals, by how much has to speak for an answer: points, curves, and one agreed point.

Works on evidence alone, log odds that something answers; knows neither questions nor what gave the evidence.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from eval.paired import difference_intervals
from eval.ranking import SEED, intervals

STEP = 0.25
"""Between the thresholds of the curve, in log odds of evidence."""
REFUSALS = 0.05
"""Wrong refusals at which wrong answers are told, so that two ways to answer can be set against each other."""
DRAWS = 1_000
"""Bootstrap samples of that point; with another seed the ends of its interval move by some 0.003."""

Interval = tuple[float, float, float]
"""Mean and the ends of its 95 % interval, NaN where there is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked once; `evidence` is that of the best sentence, -inf where there is none."""

    is_answerable: bool
    evidence: float
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold of evidence brings: shares of the unanswerable answered and of the answerable refused."""

    threshold: float
    wrong_answers: float
    wrong_refusals: float

    @property
    def balanced_accuracy(self) -> float:
        """Mean of the shares that are treated rightly among the answerable and among the unanswerable."""
        return 1 - (self.wrong_answers + self.wrong_refusals) / 2


def curve_of(asked: Sequence[Asked]) -> Iterator[Point]:
    """A point for each threshold from the lowest evidence to the highest."""
    told = [one.evidence for one in asked if math.isfinite(one.evidence)]
    low, high = math.floor(min(told, default=0.0)), math.ceil(max(told, default=0.0))
    for step in range(int((high - low) / STEP) + 1):
        yield point_of(asked, low + step * STEP)


def point_of(asked: Sequence[Asked], threshold: float) -> Point:
    """What showing sentences from `threshold` on brings; NaN where there is nothing of a kind."""
    unanswerable = [one.evidence >= threshold for one in asked if not one.is_answerable]
    answerable = [one.evidence < threshold for one in asked if one.is_answerable]
    return Point(
        threshold,
        sum(unanswerable) / len(unanswerable) if unanswerable else math.nan,
        sum(answerable) / len(answerable) if answerable else math.nan,
    )


def balanced(asked: Sequence[Asked], threshold: float) -> Interval:
    """Balanced accuracy at a threshold with its interval: the two halves are drawn apart."""
    halves = _halves(asked, threshold)
    if not all(map(len, halves)):
        return math.nan, math.nan, math.nan
    ends: list[Interval] = []
    for half in halves:
        low, high = intervals(half.reshape(-1, 1))[0]
        ends.append((float(half.mean()), float(low), float(high)))
    return _joined(ends)


def balanced_difference(a: Sequence[Asked], b: Sequence[Asked], threshold: float) -> Interval:
    """Balanced accuracy of `b` less that of `a`, which asked the same in the same order, with its interval."""
    ends = []
    for one, other in zip(_halves(a, threshold), _halves(b, threshold), strict=True):
        if not len(one):
            return math.nan, math.nan, math.nan
        ends.append(paired((other - one).reshape(-1, 1))[0])
    if all(math.isnan(low) for _, low, _ in ends):
        return (ends[0][0] + ends[1][0]) / 2, math.nan, math.nan
    return _joined([(mean, *((mean, mean) if math.isnan(low) else (low, high))) for mean, low, high in ends])


def paired(differences: NDArray[np.float64]) -> list[Interval]:
    """Mean and interval of each column of differences `(n_questions, n_metrics)`; no ends where nothing changed."""
    ends = difference_intervals(differences, list(map(str, range(len(differences)))), seed=SEED)
    means = np.nanmean(differences, axis=0)
    return [(float(mean), float(low), float(high)) for mean, (low, high) in zip(means, ends, strict=True)]


def wrong_at(asked: Sequence[Asked]) -> Interval:
    """Wrong answers at `REFUSALS` wrong refusals, with its interval; NaN where there is nothing of a kind."""
    return _drawn([asked])[0]


def wrong_at_difference(a: Sequence[Asked], b: Sequence[Asked]) -> Interval:
    """Those of `b` less those of `a`, which asked the same in the same order; both take the same draws."""
    return _drawn([a, b])[2]


def wrong_answers_at(answerable: NDArray[np.float64], unanswerable: NDArray[np.float64]) -> float:
    """The share of the unanswerable that is answered where `REFUSALS` of the answerable are refused.

    On a straight line between the two thresholds next to it. Where more are refused whatever the threshold, since
    nothing was found that could be shown, it is the share at the fewest refusals there can be.
    """
    place = REFUSALS * len(answerable)
    below, above = math.floor(place), min(math.ceil(place), len(answerable) - 1)
    thresholds = np.partition(answerable, sorted({below, above}))[[below, above]]
    low, high = (
        float((unanswerable >= one).mean() if math.isfinite(one) else np.isfinite(unanswerable).mean())
        for one in thresholds
    )
    return low + (high - low) * (place - below)


def _drawn(sides: Sequence[Sequence[Asked]]) -> list[Interval]:
    """For each side, then, of two, for the second less the first: wrong answers at that point with its interval."""
    parts = [
        [np.array([one.evidence for one in side if one.is_answerable == kind]) for kind in (True, False)]
        for side in sides
    ]
    if not all(len(half) for part in parts for half in part):
        return [(math.nan, math.nan, math.nan)] * (len(sides) + 1)
    chance = np.random.default_rng(SEED)
    rows = [[wrong_answers_at(*part) for part in parts]]
    for _ in range(DRAWS):
        of = [chance.integers(0, len(half), len(half)) for half in parts[0]]
        rows.append([wrong_answers_at(part[0][of[0]], part[1][of[1]]) for part in parts])
    values = np.array(rows)
    if len(sides) > 1:
        values = np.column_stack([values, values[:, 1] - values[:, 0]])
    ends = np.quantile(values[1:], [0.025, 0.975], axis=0)
    return [(float(mean), float(low), float(high)) for mean, low, high in zip(values[0], *ends, strict=True)]


def _halves(asked: Sequence[Asked], threshold: float) -> list[NDArray[np.float64]]:
    """For the answerable and for the unanswerable: 1 where rightly treated, else 0."""
    return [
        np.array([float((one.evidence >= threshold) == kind) for one in asked if one.is_answerable == kind])
        for kind in (True, False)
    ]


def _joined(halves: Sequence[Interval]) -> Interval:
    """The mean of two that vary apart from each other."""
    mean = (halves[0][0] + halves[1][0]) / 2
    below = math.hypot(*(centre - low for centre, low, _ in halves)) / 2
    above = math.hypot(*(high - centre for centre, _, high in halves)) / 2
    return mean, mean - below, mean + above

"""Statistics of two runs over the same questions: how far a difference may be chance, how many questions would tell.

Works on numbers alone; what is compared and what is said of it stands in `eval.compare`.
"""

from collections.abc import Sequence
from functools import cache
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
"""Bootstrap samples. Over 297 questions, with another seed, the ends of an interval move by 0.0005 where scores are
graded, and by one question (0.003) or not at all where they are 0 or 1."""
LEVEL = 0.05
"""A corrected p below this is taken for a change."""
EQUAL = 1e-6
"""Scores nearer than this are equal: what a file or a database has rounded makes no question better."""
DIFFERENCE = 0.02
POWER = 0.8
_BATCH = 2_000_000
"""Draws held at a time, 16 MB."""


def sign(difference: float) -> int:
    """1, -1, or 0 for a difference that is none."""
    return 0 if abs(difference) < EQUAL else 1 if difference > 0 else -1


@cache
def sign_test(better: int, worse: int) -> float:
    """The exact two-sided p of so many changes for and against, if each had gone either way as likely as not.

    p = min(1, 2 · Σ C(n, k) / 2ⁿ over k ≤ min(better, worse)), n = better + worse: the sign test (Dixon and Mood
    1946); where scores are 0 or 1 it is the exact form of McNemar 1947. 1 where nothing changed.
    """
    from scipy.stats import binomtest

    return float(binomtest(better, better + worse, 0.5).pvalue) if better + worse else 1.0


def holm(ps: Sequence[float]) -> list[float]:
    """The ps corrected for being several, in the given order (Holm 1979).

    The r-th smallest of m, r from 0, times m − r, at most 1, and never below a smaller one's.
    """
    corrected, highest = [1.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        corrected[place] = highest
    return corrected


def difference_intervals(
    differences: NDArray[np.float64], clusters: Sequence[str], *, seed: int, resamples: int = RESAMPLES
) -> NDArray[np.float64]:
    """The 95 % intervals of the mean of each column of `differences` `(n_questions, n_metrics)`, as `(n_metrics, 2)`.

    Percentile bootstrap (Efron and Tibshirani 1993, chapter 13) over whole clusters, which are single questions where
    none is a wording of another; all columns take the same draws. NaN marks a question that a metric does not apply
    to. A column without any difference gets NaN: drawing anew from what did not change never shows a change.
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    of = [names[name] for name in clusters]
    applies = ~np.isnan(differences)
    totals = np.zeros((2, len(names), differences.shape[1]))
    np.add.at(totals[0], of, np.where(applies, differences, 0.0))
    np.add.at(totals[1], of, applies)
    chance, means = np.random.default_rng(seed), []
    size = max(1, _BATCH // len(names))
    for start in range(0, resamples, size):
        sums, counts = _draw(chance, min(size, resamples - start), len(names)) @ totals
        means.append(np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0))
    ends = np.full((differences.shape[1], 2), np.nan)
    changed = (np.abs(np.where(applies, differences, 0.0)) >= EQUAL).any(axis=0)
    if changed.any():
        ends[changed] = np.nanquantile(np.concatenate(means)[:, changed], [0.025, 0.975], axis=0).T
    return ends


def _draw(chance: np.random.Generator, size: int, clusters: int) -> NDArray[np.float64]:
    """How often each cluster is drawn, `(size, clusters)`, with replacement."""
    drawn = chance.integers(0, clusters, (size, clusters)) + clusters * np.arange(size)[:, np.newaxis]
    return np.bincount(drawn.ravel(), minlength=size * clusters).reshape(size, clusters).astype(np.float64)


def expected_share(changed: int, questions: int) -> float:
    """What share of questions to reckon with as changing: (changed + 1) / (questions + 2), at least `DIFFERENCE`.

    Laplace's rule of succession, so that none seen changing is no promise that none will; and a difference of two
    points takes two in a hundred that change.
    """
    return max((changed + 1) / (questions + 2), DIFFERENCE)


def questions_needed(share: float, *, tests: int, difference: float = DIFFERENCE, power: float = POWER) -> int:
    """How many questions it takes to show a `difference` of shares with this `power`, where so large a `share` changes.

    n = ((z₁ · √ψ + z₂ · √(ψ − δ²)) / δ)², ψ the share, δ the difference, z₁ the normal quantile at 1 − α/2 and z₂ at
    the power (Connor 1987; Miettinen 1968 comes out slightly lower). α is `LEVEL` / tests, Bonferroni's, which is
    Holm's for the smallest p.
    """
    z = NormalDist().inv_cdf
    root = z(1 - LEVEL / tests / 2) * sqrt(share) + z(power) * sqrt(share - difference**2)
    return ceil((root / difference) ** 2)

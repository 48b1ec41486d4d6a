"""How sure a mean of scores is, and how long answers took: what is said of one run. Knows no questions' texts.

Two runs are set against each other in `eval.paired`.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum, isnan, nan, sqrt
from statistics import NormalDist

from eval.metrics import mean
from eval.result import Result

Z = NormalDist().inv_cdf(0.975)
"""Standard deviations that 95 % of a normal distribution lie within, either side: 1.96."""


def clusters(results: Sequence[Result]) -> list[str]:
    """For each result the original that it is a wording of, else itself: wordings of one question stand together."""
    return [result.of or result.id for result in results]


def interval(scores: Sequence[float], clusters: Sequence[str] | None = None) -> tuple[float, float]:
    """The 95 % interval of the mean of scores from 0 to 1, NaNs left out; (NaN, NaN) for no score.

    Wilson's score interval (Wilson 1927; Newcombe 1998, method 3), with p the mean and n the number of scores:
    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). Graded scores get one on the wide side, since scores within
    [0, 1] vary at most as much as scores that are 0 or 1 and have the same mean.

    `clusters` names a cluster for each score; n is then what `effective` makes of it.
    """
    named = range(len(scores)) if clusters is None else clusters
    applying = [(score, cluster) for score, cluster in zip(scores, named, strict=True) if not isnan(score)]
    if not applying:
        return nan, nan
    n = effective([score for score, _ in applying], [str(cluster) for _, cluster in applying])
    p = mean(score for score, _ in applying)
    centre, half = p + Z**2 / (2 * n), Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return max(0.0, (centre - half) / (1 + Z**2 / n)), min(1.0, (centre + half) / (1 + Z**2 / n))


def effective(scores: Sequence[float], clusters: Sequence[str]) -> float:
    """How many questions that have nothing to do with each other would say as much: n / design effect (Kish 1965).

    The design effect is the variance of the mean with what scores of a cluster have in common (Miller 2024, "Adding
    Error Bars to Evals", section 2.2) over the one without, at least 1: Σ over clusters of (Σ d)² / Σ d², where d is
    score − mean. Where all scores are equal it is 0/0: they cannot tell how alike the wordings of a question fare, so
    the worst is taken, that all of a cluster count as one.
    """
    if len(set(scores)) == 1:
        return len(set(clusters))
    centre = mean(scores)
    sums: dict[str, float] = defaultdict(float)
    for score, cluster in zip(scores, clusters, strict=True):
        sums[cluster] += score - centre
    if len(sums) == 1:
        return 1.0
    together = fsum(total**2 for total in sums.values())
    return len(scores) / max(1.0, together / fsum((score - centre) ** 2 for score in scores))


def latency(results: Sequence[Result]) -> tuple[float, float]:
    """The p50 and p95 of the answers' times, in milliseconds; NaN where none is known.

    A quantile is the shortest of the times within which at least that share of the questions was answered (nearest
    rank, definition 1 of Hyndman and Fan 1996), so that it is a time that was measured.
    """
    times = sorted(result.elapsed_ms for result in results if not isnan(result.elapsed_ms))
    if not times:
        return nan, nan
    # In whole numbers, since 0.95 · n may come out a hair above a whole one: ⌈n · percent / 100⌉.
    p50, p95 = (times[-(-len(times) * percent // 100) - 1] for percent in (50, 95))
    return p50, p95

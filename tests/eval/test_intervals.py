"""Intervals of one mean against published values, clusters by hand, and the quantiles of times."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan

import pytest

from eval.intervals import clusters, effective, interval, latency
from tests.eval.runs_by_hand import answerable


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_an_interval_is_wilson_s_as_published(right: int, n: int, low: float, high: float) -> None:
    assert interval([1.0] * right + [0.0] * (n - right)) == pytest.approx((low, high), abs=0.00005)


def test_what_does_not_apply_is_left_out_with_its_cluster() -> None:
    assert interval([1.0, nan, 0.0, 1.0]) == interval([1.0, 0.0, 1.0])
    assert interval([1.0, nan, 0.0, 1.0], ["a", "a", "b", "c"]) == interval([1.0, 0.0, 1.0])


def test_no_score_has_no_interval() -> None:
    assert all(map(isnan, interval([nan]) + interval([])))


def test_an_interval_stays_within_0_and_1() -> None:
    for n in range(1, 40):
        assert 1 - 1e-12 < interval([1.0] * n)[1] <= 1.0
        assert 0.0 <= interval([0.0] * n)[0] < 1e-12


def test_graded_scores_have_the_interval_of_whole_ones_with_their_mean() -> None:
    assert interval([0.5, 0.5, 0.25, 0.75]) == interval([1.0, 1.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("scores", "named", "n"),
    [
        # d is 1/2, 1/2, -1/2, -1/2; the clusters' sums are 1 and -1: (1 + 1) / (4 · 1/4) = 2
        ([1, 1, 0, 0], "aabb", 4 / 2),
        # d is -2/5 once more than 3/5: sums 6/5, -2/5, -4/5; (36 + 4 + 16) / (2 · 9 + 3 · 4)
        ([1, 1, 0, 0, 0], "aabcc", 5 / (56 / 30)),
        # the clusters' sums are 0: less than questions that have nothing to do with each other, and so taken for 1
        ([1, 0, 1, 0], "aabb", 4),
        ([1, 0, 1, 0], "abcd", 4),
        # all equal: as many as there are clusters
        ([1, 1, 1, 1], "aabb", 2),
        ([1, 1, 1, 1], "abcd", 4),
        # one cluster is one question
        ([1, 1, 0, 1], "aaaa", 1),
    ],
)
def test_wordings_count_for_less_the_more_they_fare_alike(scores: Sequence[float], named: str, n: float) -> None:
    assert effective(scores, named) == pytest.approx(n)


def test_the_interval_of_clusters_is_that_of_as_many_questions_as_they_are_worth() -> None:
    alike = [score for score in (1.0, 1.0, 1.0, 0.0) for _ in range(5)]
    assert interval(alike, [name for name in "abcd" for _ in range(5)]) == pytest.approx(interval([1, 1, 1, 0]))
    assert interval([1.0] * 10, list("aaaaabbbbb")) == interval([1.0] * 2)


def test_a_wording_stands_with_its_original() -> None:
    results = [answerable("q", 1), answerable("q~1", 1, of="q"), answerable("r~1", 1, of="r"), answerable("s", 1)]
    assert clusters(results) == ["q", "q", "r", "s"]


@pytest.mark.parametrize(
    ("times", "p50", "p95"),
    [
        (range(1, 21), 10, 19),  # ⌈20 · 0.5⌉ and ⌈20 · 0.95⌉
        (range(1, 22), 11, 20),  # ⌈10.5⌉ and ⌈19.95⌉
        ([3, 1, 2], 2, 3),
        ([7], 7, 7),
    ],
)
def test_a_quantile_is_the_shortest_time_that_enough_questions_took(
    times: Sequence[int], p50: float, p95: float
) -> None:
    results = [replace(answerable(f"q{n}", 1), elapsed_ms=float(ms)) for n, ms in enumerate(times)]
    assert latency(results) == (p50, p95)


def test_no_answer_took_no_time() -> None:
    assert all(map(isnan, latency([])))

"""The statistics of two runs, by hand where a hand can, and against simulated runs where it cannot."""

from itertools import pairwise
from math import isnan, nan, sqrt

import numpy as np
import pytest

from eval.paired import (
    difference_intervals,
    expected_share,
    holm,
    questions_needed,
    sign,
    sign_test,
)


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [
        (9, 1, 2 * (1 + 10) / 1024),
        (1, 9, 2 * (1 + 10) / 1024),
        (7, 1, 2 * (1 + 8) / 256),
        (6, 0, 2 * 1 / 64),
        (3, 3, 1.0),
        (1, 0, 1.0),
        (0, 0, 1.0),
    ],
)
def test_the_sign_test_counts_outcomes_at_least_as_far_from_even(better: int, worse: int, p: float) -> None:
    assert sign_test(better, worse) == pytest.approx(p)


def test_holm_multiplies_each_p_by_how_many_are_not_smaller() -> None:
    # by size: 0.01 · 4, then 0.015 · 3, then 0.03 · 2, then 0.04 · 1, which is raised to the one before it
    assert holm([0.04, 0.01, 0.03, 0.015]) == pytest.approx([0.06, 0.04, 0.06, 0.045])
    assert holm([0.5, 0.6]) == [1.0, 1.0]
    assert holm([0.02]) == [0.02]
    assert holm([]) == []


@pytest.mark.parametrize(("difference", "expected"), [(0.5, 1), (-0.25, -1), (0.0, 0), (2e-7, 0), (-2e-7, 0)])
def test_what_differs_by_a_rounding_is_equal(difference: float, expected: int) -> None:
    assert sign(difference) == expected


def column(better: int, worse: int, n: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Differences of `n` questions of which so many went up and down, as one column."""
    return np.array([1.0] * better + [-1.0] * worse + [0.0] * (n - better - worse))[:, np.newaxis]


def names(n: int) -> list[str]:
    return [f"q{number}" for number in range(n)]


def test_an_interval_is_the_same_for_a_seed_and_another_for_another() -> None:
    ends = [difference_intervals(column(9, 2, 97), names(97), seed=seed, resamples=200) for seed in (1, 1, 2)]
    assert ends[0].tolist() == ends[1].tolist()
    assert ends[0].tolist() != ends[2].tolist()


def test_an_interval_is_about_two_standard_errors_either_side() -> None:
    differences = column(60, 20, 400)
    error = sqrt((80 / 400 - (40 / 400) ** 2) / 400)
    ((low, high),) = difference_intervals(differences, names(400), seed=1)
    assert (low, high) == pytest.approx((0.1 - 1.96 * error, 0.1 + 1.96 * error), abs=0.004)


def test_as_many_samples_are_drawn_as_are_asked_for() -> None:
    ((low, high),) = difference_intervals(column(20, 20, 97), names(97), seed=1, resamples=1)
    assert low == high


def test_an_interval_over_wordings_is_that_of_their_originals() -> None:
    of = [name for name in names(40) for _ in range(5)]
    ((low, high),) = difference_intervals(np.repeat(column(6, 2, 40), 5, axis=0), of, seed=1)
    ((as_low, as_high),) = difference_intervals(column(6, 2, 40), names(40), seed=1)
    assert (low, high) == pytest.approx((as_low, as_high))


def test_a_question_that_a_metric_does_not_apply_to_is_not_drawn_for_it() -> None:
    one = column(6, 2, 40)
    both = np.hstack([np.vstack([one, np.full((40, 1), nan)]), np.vstack([one, one])])
    ends = difference_intervals(both, names(80), seed=1)
    ((low, high),) = difference_intervals(one, names(40), seed=1)
    assert ends[0].tolist() == pytest.approx([low, high], abs=0.03)
    assert ends[0, 1] - ends[0, 0] > 1.2 * (ends[1, 1] - ends[1, 0])  # half as many questions: √2 times as wide


def test_what_did_not_change_or_does_not_apply_has_no_interval() -> None:
    differences = np.hstack([column(0, 0, 9), np.full((9, 1), nan), column(1, 0, 9)])
    ends = difference_intervals(differences, names(9), seed=1)
    assert [isnan(low) for low, _ in ends.tolist()] == [True, True, False]


def test_needed_questions_are_connor_s() -> None:
    root = 1.959964 * sqrt(0.1) + 0.841621 * sqrt(0.1 - 0.05**2)
    assert (root / 0.05) ** 2 == pytest.approx(311.59, abs=0.01)
    assert questions_needed(0.1, tests=1, difference=0.05) == 312
    # 2.890 is the quantile at 1 − 0.05 / 13 / 2: thirteen scores looked at
    assert questions_needed(0.1, tests=13) == pytest.approx(
        ((2.8905 * sqrt(0.1) + 0.841621 * sqrt(0.1 - 0.02**2)) / 0.02) ** 2, rel=0.001
    )


@pytest.mark.parametrize(("share", "difference", "tests"), [(0.1, 0.05, 1), (0.05, 0.02, 13), (0.03, 0.02, 9)])
def test_so_many_questions_show_the_difference_four_times_in_five(share: float, difference: float, tests: int) -> None:
    n, sims = questions_needed(share, tests=tests, difference=difference), 4_000
    up, down = (share + difference) / 2, (share - difference) / 2
    drawn = np.random.default_rng(5).multinomial(n, [up, down, 1 - share], sims)
    shown = sum(sign_test(int(better), int(worse)) < 0.05 / tests for better, worse, _ in drawn) / sims
    assert 0.73 < shown < 0.84  # the formula is the normal approximation's; an exact test asks for a little more


def test_fewer_questions_show_a_larger_difference_and_more_are_needed_for_more_scores() -> None:
    needed = [questions_needed(0.1, tests=tests, difference=d) for tests, d in [(1, 0.05), (1, 0.02), (9, 0.02)]]
    assert all(fewer < more for fewer, more in pairwise(needed))


@pytest.mark.parametrize(
    ("changed", "n", "share"),
    [(9, 98, 10 / 100), (0, 8, 1 / 10), (0, 298, 0.02), (2, 298, 0.02), (298, 298, 299 / 300)],
)
def test_none_seen_changing_promises_nothing(changed: int, n: int, share: float) -> None:
    assert expected_share(changed, n) == pytest.approx(share)

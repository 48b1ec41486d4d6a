"""Two ranked lists into one: sums worked by hand, and what must hold for any lists."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import WORDS_WEIGHT, Leg, fuse


def _leg(scores: dict[int, float]) -> Leg:
    best_first = sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
    return Leg(
        np.array([key for key, _ in best_first], dtype=np.int64),
        np.array([score for _, score in best_first], dtype=np.float32),
    )


def _order(dense: dict[int, float], words: dict[int, float]) -> list[int]:
    return [int(key) for key in fuse(_leg(dense), _leg(words))[0]]


cosine_legs = st.dictionaries(st.integers(1, 60), st.floats(-1, 1, width=32), max_size=30).map(_leg)
word_legs = st.dictionaries(st.integers(1, 60), st.floats(0.125, 1000, width=32), max_size=30).map(_leg)


def test_a_score_is_the_sum_of_the_cosine_and_the_weighed_bm25() -> None:
    keys, scores = fuse(_leg({7: 0.5, 8: 0.3}), _leg({7: 9.0, 8: 4.5}))
    assert keys.tolist() == [7, 8]
    assert scores.tolist() == pytest.approx(
        [1 - math.exp(-(0.5 + WORDS_WEIGHT * 9 / 3)), 1 - math.exp(-(0.3 + WORDS_WEIGHT * 4.5 / 3))], abs=1e-6
    )


def test_a_passage_of_one_leg_gets_no_bm25_or_the_lowest_cosine() -> None:
    keys, scores = fuse(_leg({1: 0.6, 2: 0.2}), _leg({3: 4.0}))
    assert keys.tolist() == [1, 3, 2]
    assert scores.tolist() == pytest.approx(
        [1 - math.exp(-0.6), 1 - math.exp(-(0.2 + WORDS_WEIGHT * 2)), 1 - math.exp(-0.2)], abs=1e-6
    )


def test_cosines_that_the_caller_has_take_the_place_of_the_lowest() -> None:
    dense, words = _leg({1: 0.6, 2: 0.5}), _leg({3: 4.0})
    _, scores = fuse(dense, words, np.array([-0.1], dtype=np.float32))
    assert scores[-1] == pytest.approx(1 - math.exp(-(-0.1 + WORDS_WEIGHT * 2)), abs=1e-6)


def test_cosines_that_lie_close_together_leave_the_order_to_the_words() -> None:
    assert _order({1: 0.51, 2: 0.50, 3: 0.49}, {3: 16.0, 2: 11.0, 1: 6.0}) == [3, 2, 1]


def test_words_that_all_passages_answer_alike_leave_the_order_to_the_meaning() -> None:
    assert _order({1: 0.6, 2: 0.4, 3: 0.2}, {3: 2.1, 2: 2.0, 1: 2.0}) == [1, 2, 3]


def test_a_clear_first_of_either_leg_comes_before_what_both_find_so_so() -> None:
    found = _order({1: 0.9, 2: 0.3, 3: 0.25}, {3: 25.0, 2: 8.0, 1: 7.0})
    assert found[-1] == 2


def test_four_times_the_bm25_counts_twice() -> None:
    of_short = WORDS_WEIGHT * 16 / 4
    dense = _leg({1: 0.25 + 1.2 * of_short, 2: 0.25})
    short, long, four_times = (fuse(dense, _leg({2: best})) for best in (16.0, 32.0, 64.0))
    assert [found[0].tolist() for found in (short, long, four_times)] == [[1, 2], [2, 1], [2, 1]]
    assert four_times[1][0] == pytest.approx(1 - math.exp(-(0.25 + 2 * of_short)), abs=1e-6)


def test_one_leg_alone_keeps_its_order() -> None:
    assert _order({4: 0.9, 5: 0.1, 6: -0.2}, {}) == [4, 5, 6]
    assert _order({}, {4: 9.0, 5: 1.0, 6: 0.5}) == [4, 5, 6]


def test_nothing_found_is_nothing() -> None:
    keys, scores = fuse(Leg.empty(), Leg.empty())
    assert (keys.shape, scores.shape) == ((0,), (0,))
    assert keys.dtype == np.dtype(np.int64)
    assert scores.dtype == np.dtype(np.float32)


def test_equal_sums_come_in_the_order_of_their_keys() -> None:
    assert _order({9: 0.5, 3: 0.5, 5: 0.5}, {}) == [3, 5, 9]


@given(dense=cosine_legs, words=word_legs)
def test_every_key_comes_out_once_and_scores_fall_from_one_to_zero(dense: Leg, words: Leg) -> None:
    keys, scores = fuse(dense, words)
    assert sorted(keys.tolist()) == sorted({*dense.keys.tolist(), *words.keys.tolist()})
    assert keys.dtype == np.dtype(np.int64)
    assert scores.dtype == np.dtype(np.float32)
    assert np.all(np.diff(scores) <= 0)
    assert np.all((scores >= 0) & (scores <= 1))


@given(dense=cosine_legs, words=word_legs)
def test_the_order_in_which_legs_come_is_of_no_account(dense: Leg, words: Leg) -> None:
    keys, scores = fuse(dense, words)
    turned = fuse(Leg(dense.keys[::-1], dense.scores[::-1]), Leg(words.keys[::-1], words.scores[::-1]))
    assert np.array_equal(keys, turned[0])
    assert np.array_equal(scores, turned[1])


@given(dense=cosine_legs, words=word_legs, more=st.floats(0, 0.5))
def test_cosines_raised_all_alike_change_no_order(dense: Leg, words: Leg, more: float) -> None:
    raised = Leg(dense.keys, (dense.scores.astype(np.float64) + more).astype(np.float32))
    first = {int(key): float(score) for key, score in zip(*fuse(dense, words), strict=True)}
    scores = [first[key] for key in fuse(raised, words)[0].tolist()]
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(scores))

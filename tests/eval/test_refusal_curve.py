"""Curves and the points on them, worked by hand."""

import math

import numpy as np
import pytest

from eval.refusal_curve import (
    Asked,
    balanced,
    balanced_difference,
    curve_of,
    paired,
    point_of,
    wrong_answers_at,
    wrong_at,
    wrong_at_difference,
)


def test_a_threshold_between_answerable_and_not_makes_no_mistake() -> None:
    asked = [Asked(True, 2.0), Asked(True, 0.5), Asked(False, 0.4), Asked(False, -math.inf)]
    assert point_of(asked, 0.5).balanced_accuracy == 1
    low, high = point_of(asked, -1.0), point_of(asked, 1.0)
    assert (low.wrong_answers, low.wrong_refusals) == (1 / 2, 0)
    assert (high.wrong_answers, high.wrong_refusals) == (0, 1 / 2)
    assert high.balanced_accuracy == 1 - 1 / 2 / 2


def test_along_the_curve_wrong_answers_fall_and_wrong_refusals_rise() -> None:
    points = list(curve_of([Asked(True, 1.2), Asked(False, 0.7), Asked(False, -0.3)]))
    assert [p.threshold for p in points] == sorted(p.threshold for p in points)
    assert [p.wrong_answers for p in points] == sorted((p.wrong_answers for p in points), reverse=True)
    assert [p.wrong_refusals for p in points] == sorted(p.wrong_refusals for p in points)


def test_wrong_answers_are_told_where_one_in_twenty_is_refused() -> None:
    answerable = np.arange(40.0)  # two of 40 are below 2
    assert wrong_answers_at(answerable, np.array([1.0, 2.0, 3.0, -math.inf])) == 2 / 4
    # Of 30 it is one and a half: half way between the threshold 1 and the threshold 2.
    assert wrong_answers_at(np.arange(30.0), np.array([0.5, 1.5, 2.5, 2.5])) == pytest.approx((3 / 4 + 2 / 4) / 2)


def test_what_cannot_be_shown_is_no_wrong_answer_at_any_threshold() -> None:
    answerable = np.array([-math.inf] * 2 + [1.0] * 8)  # a fifth are refused whatever the threshold
    assert wrong_answers_at(answerable, np.array([-5.0, -math.inf])) == 1 / 2


def test_the_difference_at_that_point_is_paired() -> None:
    without = [Asked(True, float(at)) for at in range(40)] + [Asked(False, 50.0)] * 20 + [Asked(False, -5.0)] * 20
    with_it = [Asked(True, float(at)) for at in range(40)] + [Asked(False, -5.0)] * 40
    mean, low, high = wrong_at_difference(without, with_it)
    assert mean == 0 - 20 / 40
    assert -0.7 < low < mean < high < -0.3
    assert wrong_at(with_it) == (0, 0, 0)
    assert wrong_at_difference(without, without) == (0, 0, 0)


def test_a_set_of_one_kind_has_no_such_point() -> None:
    asked = [Asked(True, 1.0)]
    assert all(math.isnan(value) for value in (*wrong_at(asked), *wrong_at_difference(asked, asked)))
    assert all(math.isnan(value) for value in (*balanced(asked, 0.0), *balanced_difference(asked, asked, 0.0)))


def test_balanced_accuracy_changes_by_the_mean_of_both_kinds() -> None:
    without = [Asked(True, 1.0)] * 10 + [Asked(False, 1.0)] * 10
    with_it = [Asked(True, 1.0)] * 10 + [Asked(False, -1.0)] * 4 + [Asked(False, 1.0)] * 6
    mean, low, high = balanced_difference(without, with_it, 0.0)
    assert mean == pytest.approx(balanced(with_it, 0.0)[0] - balanced(without, 0.0)[0])
    assert mean == pytest.approx(4 / 10 / 2)
    assert 0 <= low < mean < high
    same = balanced_difference(without, without, 0.0)
    assert same[0] == 0
    assert math.isnan(same[1])


def test_a_metric_that_no_question_changed_in_has_no_interval() -> None:
    changed, unchanged = paired(np.array([[1.0, 0.0], [0.0, 0.0], [-1.0, 0.0], [1.0, 0.0]]))
    assert changed[0] == 1 / 4
    assert changed[1] < 1 / 4 < changed[2]
    assert unchanged[0] == 0
    assert math.isnan(unchanged[1])

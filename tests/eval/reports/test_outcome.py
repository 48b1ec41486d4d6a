"""What every report says of results, counted by hand."""

import math
from dataclasses import replace

import pytest

from eval.reports.outcome import (
    RIGHT,
    UNSCORED,
    WRONG,
    count,
    grouped,
    measure,
    measure_right,
    missed,
    outcome,
    sentence,
    times_of,
)
from eval.result import Result
from eval.scores import unscored
from tests.eval.reports.made import FEW, ONE, REFUSED


def test_a_question_is_right_if_answered_and_cited_or_rightly_not_answered() -> None:
    assert [outcome(result) for result in FEW] == [RIGHT, WRONG, WRONG, WRONG, RIGHT]
    assert [missed(result) for result in FEW[1:4]] == [
        ["correct_and_cited", "wrong_refusals"],
        ["correct_and_cited"],
        ["wrong_answers"],
    ]


def test_a_question_without_its_score_is_neither_right_nor_wrong() -> None:
    assert outcome(replace(ONE, scores=unscored())) == UNSCORED
    assert outcome(replace(ONE, scores={})) == UNSCORED  # of a run that is older than the metric


def test_a_mean_leaves_out_what_does_not_apply_and_counts_it() -> None:
    measured = measure(FEW, "source_recall")
    assert (measured.mean, measured.scored, measured.unscored) == ((1 + 0 + 0.5) / 3, 3, 2)
    assert measured.low < measured.mean < measured.high
    assert str(measured) == f"0.500 ({measured.low:.3f}–{measured.high:.3f})"
    assert measure_right(FEW).mean == 2 / 5


def test_a_metric_that_applies_nowhere_is_a_dash() -> None:
    measured = measure(FEW, "judge_correctness")
    assert math.isnan(measured.mean)
    assert (str(measured), measured.scored, measured.unscored) == ("–", 0, 5)


def test_wordings_of_one_question_say_less_than_as_many_questions() -> None:
    alone, worded = [
        measure([replace(ONE, id=f"q{n}", of=of) for n in range(4)], "correctness") for of in ("", "original")
    ]
    assert (alone.mean, alone.scored) == (worded.mean, worded.scored)
    assert worded.low < alone.low


def test_times_that_are_not_known_are_left_out() -> None:
    known = [replace(ONE, elapsed_ms=ms) for ms in (30.0, math.nan, 10.0)]
    assert times_of(known) == (10, 30)
    assert all(map(math.isnan, times_of(known[1:2])))


def test_groups_come_in_the_order_of_their_first_result() -> None:
    groups = grouped(FEW, lambda result: result.kind)
    assert {kind: count(results, RIGHT) for kind, results in groups.items()} == {
        "field": 1,
        "list": 0,
        "unanswerable": 1,
    }
    assert list(groups) == ["field", "list", "unanswerable"]


@pytest.mark.parametrize(
    ("results", "said"),
    [
        (
            FEW,
            "2 of 5 questions went right; 1 of 2 questions without an answer was answered; 1 of 3 questions with an "
            "answer was not answered; 1 was answered wrongly, or without citing what the answer rests on.",
        ),
        ([FEW[4]] * 2, "2 of 2 questions went right; 0 of 2 questions without an answer were answered."),
        (
            [replace(ONE, scores=REFUSED)] * 1_000 + [replace(ONE, scores=unscored())],
            "0 of 1,000 questions went right; 1,000 of 1,000 questions with an answer were not answered; 0 were "
            "answered wrongly, or without citing what the answer rests on; 1 was not scored.",
        ),
        (
            [ONE],
            "1 of 1 question went right; 0 of 1 question with an answer were not answered; 0 were answered wrongly, or "
            "without citing what the answer rests on.",
        ),
        ([], "0 of 0 questions went right."),
    ],
)  # fmt: skip
def test_how_a_run_went_is_one_plain_sentence(results: list[Result], said: str) -> None:
    assert sentence(results) == said

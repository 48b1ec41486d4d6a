"""What a judge's reply is read as, and what is read as nothing."""

from math import isnan

import pytest

from eval.verdicts import read_score, read_support, scaled


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ("YES", 1),
        ("NO", 0),
        ("Yes.", 1),
        ("no", 0),
        ("**YES**\nThe context says so.", 1),
        ("Answer: NO", 0),
        ("YES the context supports it", 1),
        ("No, yesterday is not in the context", 0),
        ("<think>Is it? NO. Or YES?</think>\n\nYES", 1),
        ("\n\n  NO\nYES would be wrong", 0),
    ],
)
def test_a_reply_that_begins_with_a_verdict_is_that_verdict(reply: str, score: float) -> None:
    assert read_support(reply) == score


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "   ",
        "Empty Response",
        "It could be said that yes, in a way",
        "No idea what you mean",
        "Yes and no",
        "YES or NO",
        "YES/NO",
        "Yesterday",
        "NOT SURE",
        "<think>YES YES YES",
    ],
)
def test_a_reply_that_begins_with_none_is_not_guessed_at(reply: str) -> None:
    assert isnan(read_support(reply))


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ("4.5\nVery good", 4.5),
        ("1", 1),
        ("5.0", 5),
        ("Score: 3\nmixed", 3),
        ("**2,5**\n\nmeh", 2.5),
        ("4/5", 4),
        ("4.", 4),
        ("<think>5? 2?</think>3\nso", 3),
    ],
)
def test_a_score_stands_alone_on_the_first_line(reply: str, score: float) -> None:
    assert read_score(reply)[0] == score


@pytest.mark.parametrize(
    "reply",
    ["", "0", "5.1", "7\nperfect", "45", "-3", "good", "4 of 5 facts are wrong", "between 3 and 4", "nan", "1e0"],
)
def test_what_is_no_score_from_1_to_5_is_none(reply: str) -> None:
    assert read_score(reply)[0] is None


def test_the_scale_becomes_0_to_1() -> None:
    assert scaled(1) == (1 - 1) / 4
    assert scaled(4.5) == (4.5 - 1) / 4
    assert scaled(5) == (5 - 1) / 4
    assert isnan(scaled(None))

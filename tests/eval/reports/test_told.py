"""Times, settings, statuses and texts as reports write them."""

import math

import pytest

from eval.reports.told import told_moment, told_setting, told_status, told_time, writable


def test_times_are_told_in_milliseconds_or_seconds() -> None:
    assert [told_time(ms) for ms in (0.4, 79.6, 999.4, 1_234, math.nan)] == ["0 ms", "80 ms", "999 ms", "1.2 s", "–"]


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-26T12:14:05+02:00", "2026-11-26 10:14 UTC"),
        ("2026-11-26T10:14:05Z", "2026-11-26 10:14 UTC"),
        ("2026-11-26T10:14:05", "2026-11-26 10:14 UTC"),
        ("yesterday", "yesterday"),
    ],
)
def test_moments_are_told_in_utc_and_what_is_none_as_it_is(moment: str, told: str) -> None:
    assert told_moment(moment) == told


def test_settings_are_told_in_words() -> None:
    assert [told_setting(value) for value in (5, True, "", None, "x", ["ș"])] == [
        "5",
        "true",
        "none",
        "none",
        "x",
        '["ș"]',
    ]


def test_statuses_are_told_in_words_and_one_that_is_not_known_as_it_is() -> None:
    assert [told_status(one) for one in ("answered", "refused", "clarify", "lost")] == [
        "Answered",
        "Not answered",
        "Asked back",
        "lost",
    ]


def test_what_no_file_can_hold_is_shown_as_replaced() -> None:
    assert writable("a\0b\x1b[2J\x85\ud800\ufffe\tț\n😀") == "a�b�[2J���\tț\n😀"

"""How long things last, and when they end, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.durations import Duration, end_after, find_durations
from corpus.folding import fold_keeping_length


@pytest.mark.parametrize(
    ("words", "number", "unit", "verbatim"),
    [
        ("for 24 months.", 24, "month", "24 months"),
        ("pe 24 de luni", 24, "month", "24 de luni"),
        ("a 12-month project", 12, "month", "12-month"),
        ("two years", 2, "year", "two years"),
        ("trei săptămâni", 3, "week", "trei săptămâni"),
        ("un an", 1, "year", "un an"),
        ("twenty-four months", 24, "month", "twenty-four months"),
    ],
)
def test_a_duration_is_found(words: str, number: int, unit: str, verbatim: str) -> None:
    (found,) = find_durations(fold_keeping_length(words))
    assert (found.number, found.unit, words[found.begin : found.finish]) == (number, unit, verbatim)


@pytest.mark.parametrize("words", ["", "2014 years", "monthly", "B12 months", "12.5 years", "24 anvelope"])
def test_other_numbers_are_no_duration(words: str) -> None:
    assert find_durations(words) == []


@pytest.mark.parametrize(
    ("number", "unit", "start", "end"),
    [
        (1, "month", (2019, 3, None), (2019, 3)),
        (24, "month", (2019, 3, None), (2021, 2)),
        (10, "month", (2019, 3, None), (2019, 12)),
        (12, "month", (2019, 1, 1), (2019, 12)),
        (12, "month", (2019, 1, 2), (2020, 1)),  # the first of January is in it
        (2, "year", (2018, 7, None), (2020, 6)),
        (1, "day", (2019, 12, 31), (2019, 12)),
        (2, "week", (2019, 12, 20), (2020, 1)),  # until 2 January
        (2, "week", (2019, 12, None), None),
        (24, "month", (2019, None, None), None),
        (0, "month", (2019, 1, 1), None),
        (999, "year", (2019, 1, 1), None),
    ],
)
def test_the_last_month_follows_from_the_start(
    number: int, unit: str, start: tuple[int, int | None, int | None], end: tuple[int, int] | None
) -> None:
    assert end_after(Duration(number, unit, 0, 1), *start) == end


@given(st.integers(1, 400), st.integers(1990, 2050), st.integers(1, 12))
def test_so_many_months_lie_between_the_ends(number: int, year: int, month: int) -> None:
    end = end_after(Duration(number, "month", 0, 1), year, month, None)
    assert end is not None
    assert (end[0] - year) * 12 + end[1] - month + 1 == number

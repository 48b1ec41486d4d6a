"""Points in time by themselves; how they join is tested with the periods."""

from typing import Literal

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from corpus.calendars import MONTHS, Point, Stamp, find_points, iso
from corpus.folding import fold_keeping_length


def points(words: str, *, day_first: bool | None = None) -> list[Point]:
    return find_points(fold_keeping_length(words), words, day_first=day_first)


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_month_name_of_both_languages_is_known(language: str, width: Literal["wide", "abbreviated"]) -> None:
    names = get_month_names(width, locale=language)
    assert [MONTHS.get(fold_keeping_length(names[number]).rstrip(".")) for number in range(1, 13)] == [*range(1, 13)]


@pytest.mark.parametrize(
    ("words", "first", "last", "form"),
    [
        ("5 March 2021", (2021, 3, 5), (2021, 3, 5), "day"),
        ("22-25 September", (None, 9, 22), (None, 9, 25), "day"),
        ("June", (None, 6, None), (None, 6, None), "month"),
        ("06/2014", (2014, 6, None), (2014, 6, None), "month"),
        ("2013/14", (2013, None, None), (2014, None, None), "years"),
        ("2014", (2014, None, None), (2014, None, None), "year"),
        ("Q2", (None, 4, None), (None, 6, None), "part"),
        ("school year 2013-14", (2013, None, None), (2014, None, None), "part"),
    ],
)
def test_a_point_has_the_precision_of_its_words(words: str, first: Stamp, last: Stamp, form: str) -> None:
    (point,) = points(words)
    assert (point.first, point.last, point.form) == (first, last, form)
    assert (point.begin, point.finish) == (0, len(words))


@pytest.mark.parametrize(
    "words", ["12.iii.2019", "1.2.3.2019", "2014/123", "2014th", "14-2014x", "20145", "Q5", "H3 2020"]
)
def test_digits_of_another_kind_are_no_day(words: str) -> None:
    assert [point for point in points(words) if point.form == "day" and not point.fault] == []


def test_a_stamp_is_written_at_its_precision() -> None:
    stamps: list[Stamp] = [(None, 6, None), (2014, None, None), (2014, 6, None), (2014, 6, 5)]
    assert [iso(stamp) for stamp in stamps] == [None, "2014", "2014-06", "2014-06-05"]


@given(st.text(alphabet="0123456789./- ,mayiQnuIV", max_size=40))
def test_points_lie_in_the_text_in_order_and_apart(words: str) -> None:
    finish = 0
    for point in points(words):
        assert finish <= point.begin < point.finish <= len(words)
        finish = point.finish

"""Dates, their precision, and what they are found under."""

import pytest

from eval.written.dates import read_dates
from eval.written.lexemes import lexemes


def asked(text: str) -> list[set[str]]:
    """What each date of the text asks for."""
    cut = lexemes(text)
    done, found = 0, []
    for index in range(len(cut.raw)):
        for spot in read_dates(cut, index) if index >= done else []:
            done = spot.end
            found.append(set(spot.written.asks))
    return found


DAY, MONTH = "@2013-11-05", "@2013-11"


@pytest.mark.parametrize(
    "text",
    [
        "5 November 2013", "5th of November, 2013", "November 5th, 2013", "November 5 2013", "Nov. 5, 2013",
        "5 noiembrie 2013", "5 nov. 2013", "05.11.2013", "5.11.2013", "2013-11-05", "2013/11/05", "05-Nov-2013",
        "2013-11-05T10:00:00Z",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_usual_writing(text: str) -> None:
    assert asked(text) == [{DAY}]


@pytest.mark.parametrize(
    "text", ["November 2013", "noiembrie 2013", "Nov. 2013", "nov 2013", "11/2013", "11.2013", "2013-11"]
)
def test_a_month_is_read_in_any_usual_writing(text: str) -> None:
    assert asked(text) == [{MONTH}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5/11/2013", [{DAY, "@2013-05-11"}]),
        ("5-11-2013", [{DAY, "@2013-05-11"}]),
        ("25/11/2013", [{"@2013-11-25"}]),
        ("31.02.2020", []),
        ("29.02.2019", []),
        ("29 February", [{"@--02-29"}]),
        ("1.1.2020-31.12.2020", [{"@2020-01-01"}, {"@2020-12-31"}]),
        ("05/2016-04/2018", [{"@2016-05"}, {"@2018-04"}]),
        ("2014-2020", []),
        ("279.014", []),
        ("1.05.11.2013", []),
    ],
)
def test_figures_are_dates_only_where_such_a_day_exists(text: str, expected: list[set[str]]) -> None:
    assert asked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22-25 September 2020", [{"@2020-09-22"}, {"@2020-09-25"}]),
        ("22 și 25 septembrie 2020", [{"@2020-09-22"}, {"@2020-09-25"}]),
        ("September 22–25, 2020", [{"@2020-09-22"}, {"@2020-09-25"}]),
        ("22 iunie până la 3 august 2014", [{"@2014-06-22"}, {"@2014-08-03"}]),
        ("September 25–22, 2020", [{"@--09-25"}]),
        ("iunie – noiembrie 2014", [{"@2014-06"}, {"@2014-11"}]),
        ("November – March 2014", [{"november", "@--11"}, {"@2014-03"}]),  # of which year?
        ("25 – 22 September 2020", [{"@2020-09-22"}]),
        ("2013 to March 2014", [{"@2014-03"}]),
    ],
)
def test_the_first_end_of_a_period_takes_what_the_second_says(text: str, expected: list[set[str]]) -> None:
    assert asked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 March", [{"@--03-15"}]),
        ("5 mai, la ora 10", [{"@--05-05"}]),
        ("cele 5 mai importante", [{"mai", "@--05"}]),
        ("the 5 may apply", [{"may", "@--05"}]),
        ("5 oct", []),
        ("mar", []),
        ("On 5 May. 2013 was", [{"@--05-05"}]),  # a sentence ends
    ],
)
def test_a_month_that_is_a_word_too_needs_more_to_be_one(text: str, expected: list[set[str]]) -> None:
    assert asked(text) == expected


def test_a_date_is_found_under_what_says_less_but_a_day_not_under_its_month() -> None:
    offers = [read_dates(lexemes(text), 0)[0].written.offers for text in ("5 November 2013", "November 2013", "march")]
    assert offers == [{DAY, "@--11-05", "@--11", "@2013"}, {MONTH, "@--11", "@2013"}, {"march"}]


def test_a_number_behind_a_month_may_count_what_follows() -> None:
    offers = [
        read_dates(lexemes(text), 0)[0].written.offers
        for text in ("January 15 children", "January 15, 2019", "January 15.")
    ]
    assert ["=15" in several for several in offers] == [True, False, False]

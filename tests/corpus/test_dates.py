"""Periods as written, with start and end worked out by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import read_period


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        # years
        ("2011-2012", "2011", "2012"),
        ("2013 – 2014", "2013", "2014"),
        ("2013-14", "2013", "2014"),
        ("2009/10", "2009", "2010"),
        ("2018–21", "2018", "2021"),
        ("24 luni (2015-2016)", "2015", "2016"),
        ("2015", "2015", "2015"),
        # months
        ("November 2013 – August 2015", "2013-11", "2015-08"),
        ("January 2018- December 2023", "2018-01", "2023-12"),
        ("March 2019-June 2019", "2019-03", "2019-06"),
        ("Dec. 2019 - Jan. 2020", "2019-12", "2020-01"),
        ("Sept. 2016", "2016-09", "2016-09"),
        ("June – November 2014", "2014-06", "2014-11"),
        ("iunie – noiembrie 2014", "2014-06", "2014-11"),
        ("mai 2016 – aprilie 2018", "2016-05", "2018-04"),
        ("din mai 2016 până în aprilie 2018", "2016-05", "2018-04"),
        ("FEBRUARIE 2020 - MARTIE 2021", "2020-02", "2021-03"),
        # days
        ("22-25 September 2020", "2020-09-22", "2020-09-25"),
        ("22 – 25 septembrie 2020", "2020-09-22", "2020-09-25"),
        ("28 August – 2 September 2020", "2020-08-28", "2020-09-02"),
        ("1 iunie – 30 noiembrie 2014", "2014-06-01", "2014-11-30"),
        ("1 May 2015 to 30 April 2017", "2015-05-01", "2017-04-30"),
        ("3rd May 2015", "2015-05-03", "2015-05-03"),
        ("15.09.2019 - 31.08.2021", "2019-09-15", "2021-08-31"),
        ("01/02/2016–25/02/2016", "2016-02-01", "2016-02-25"),
        ("2013-11-05 to 2015-01-31", "2013-11-05", "2015-01-31"),
    ],
)
def test_a_period_is_read_at_the_precision_it_is_written_in(words: str, start: str, end: str) -> None:
    assert read_period(words) == (start, end, "")


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("from 2015", "2015"),
        ("since March 2018", "2018-03"),
        ("2015 – present", "2015"),
        ("ongoing since 2019", "2019"),
        ("din 2016", "2016"),
        ("2015 -", "2015"),
    ],
)
def test_a_period_without_an_end_gets_none(words: str, start: str) -> None:
    assert read_period(words) == (start, None, "no end is given")


@pytest.mark.parametrize("words", ["", "to be announced", "the whole school year"])
def test_words_without_a_date_are_no_period(words: str) -> None:
    assert read_period(words) == (None, None, "no date is given")


@pytest.mark.parametrize("words", ["18 months", "2015, 2016, 2017", "03/25/2015", "15.13.2019", "0 March 2015"])
def test_dates_with_no_single_reading_are_not_guessed(words: str) -> None:
    assert read_period(words) == (None, None, "the dates could not be read")


def test_an_end_before_the_start_is_pointed_out() -> None:
    assert read_period("November 2015 - August 2013") == ("2015-11", "2013-08", "the end lies before the start")


ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@given(
    st.lists(
        st.sampled_from(["2011", "2012", "31", "5", "0", "–", "-", "/", ".", "may", "mai", "la", "from", "th"])
    ).map(" ".join)
)
def test_whatever_is_written_a_date_read_has_its_form_or_is_none(words: str) -> None:
    start, end, note = read_period(words)
    assert all(date is None or ISO.fullmatch(date) for date in (start, end))
    assert start is not None or note


@pytest.mark.parametrize(
    ("words", "start", "end"), [("2013-11", "2013-11", "2013-11"), ("2013-11 – 2015-08", "2013-11", "2015-08")]
)
def test_iso_months_are_read(words: str, start: str, end: str) -> None:
    assert read_period(words) == (start, end, "")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("June 1, 2014 – November 30, 2014", "2014-06-01", "2014-11-30"),
        ("June 1 – November 30, 2014", "2014-06-01", "2014-11-30"),
        ("May 3rd, 2015", "2015-05-03", "2015-05-03"),
    ],
)
def test_american_dates_keep_their_day(words: str, start: str, end: str) -> None:
    assert read_period(words) == (start, end, "")


@pytest.mark.parametrize("words", ["31 February 2014", "2014-02-31", "2014-13-45"])
def test_a_day_that_does_not_exist_is_not_passed_on(words: str) -> None:
    start, end, note = read_period(words)
    assert (start, end) == (None, None)
    assert note


@pytest.mark.parametrize("words", ["until 2016", "până în 2016"])
def test_a_period_without_a_start_gets_none(words: str) -> None:
    start, end, note = read_period(words)
    assert (start, end) == (None, "2016")
    assert note

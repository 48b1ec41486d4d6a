"""Periods as written, with start and end worked out by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import GOES_ON, find_periods, read_period


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
        ("from 2019 onwards", "2019"),
        ("din 2016", "2016"),
        ("2015 -", "2015"),
    ],
)
def test_a_period_without_an_end_gets_none(words: str, start: str) -> None:
    assert read_period(words) == (start, None, "no end is given")


@pytest.mark.parametrize("words", ["", "to be announced", "the whole school year"])
def test_words_without_a_date_are_no_period(words: str) -> None:
    assert read_period(words) == (None, None, "no date is given")


@pytest.mark.parametrize("words", ["03/25/2015", "15.13.2019", "0 March 2015"])
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


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("28 February – 3 March 2021", "2021-02-28", "2021-03-03"),
        ("5th of March 2021", "2021-03-05", "2021-03-05"),
        ("3 to 5 May 2019", "2019-05-03", "2019-05-05"),
        ("May 3-5, 2019", "2019-05-03", "2019-05-05"),
        ("From June to November of 2014", "2014-06", "2014-11"),
        ("June 2014-August 2015", "2014-06", "2015-08"),
        ("November 2013-2015", "2013-11", "2015"),
        ("1 January 2000–10 January 2000", "2000-01-01", "2000-01-10"),
        ("2000-01-01–2000-01-02", "2000-01-01", "2000-01-02"),
        ("1 ian. 2019 - 30 noi. 2020", "2019-01-01", "2020-11-30"),
        ("între martie 2019 şi iunie 2020", "2019-03", "2020-06"),
        # numbers
        ("2019-03-01/2020-06-30", "2019-03-01", "2020-06-30"),
        ("1995-09-14T00:00:00Z", "1995-09-14", "1995-09-14"),
        ("03/2019 - 06/2020", "2019-03", "2020-06"),
        ("03-06/2020", "2020-03", "2020-06"),
        ("10/2016-09/2017", "2016-10", "2017-09"),
        ("2019/03/01", "2019-03-01", "2019-03-01"),
        ("22-25.09.2020", "2020-09-22", "2020-09-25"),
        ("01.03-30.06.2020", "2020-03-01", "2020-06-30"),
        ("01.03.2019. - 30.06.2020.", "2019-03-01", "2020-06-30"),
        ("12.III.2019 – 1.IV.2019", "2019-03-12", "2019-04-01"),
        ("Start: 01.03.2019 End: 30.06.2020", "2019-03-01", "2020-06-30"),
        # parts of a year reach from their first month to their last
        ("Q1 2020 – Q3 2021", "2020-01", "2021-09"),
        ("Q1 - Q3 2021", "2021-01", "2021-09"),
        ("2020Q1", "2020-01", "2020-03"),
        ("third quarter of 2014", "2014-07", "2014-09"),
        ("trimestrul II 2019", "2019-04", "2019-06"),
        ("T4 2020", "2020-10", "2020-12"),
        ("semestrul I 2020", "2020-01", "2020-06"),
        ("al doilea semestru al anului 2019", "2019-07", "2019-12"),
        ("H2 2021", "2021-07", "2021-12"),
        ("first half of 2019", "2019-01", "2019-06"),
        ("prima jumătate a anului 2019", "2019-01", "2019-06"),
        # school years
        ("school year 2013-2014", "2013", "2014"),
        ("in the school year of 2013 – 2014", "2013", "2014"),
        ("academic year 2011-12", "2011", "2012"),
        ("anul școlar 2013-2014", "2013", "2014"),
        ("anii școlari 2012-2013 și 2013-2014", "2012", "2014"),
        # what is said twice is taken where it is said more exactly
        ("2014 (March – June 2014)", "2014-03", "2014-06"),
        ("36 months (01.01.2018 - 31.12.2020)", "2018-01-01", "2020-12-31"),
    ],
)
def test_other_ways_of_writing_a_period_are_read(words: str, start: str, end: str) -> None:
    assert read_period(words) == (start, end, "")


@pytest.mark.parametrize(
    ("words", "start", "end", "note"),
    [
        ("summer 2014", "2014-06", "2014-08", "summer read as June to August"),
        ("vara 2019", "2019-06", "2019-08", "summer read as June to August"),
        ("toamna anului 2020", "2020-09", "2020-11", "autumn read as September to November"),
        ("winter 2013-2014", "2013-12", "2014-02", "winter read as December to February"),
        (
            "autumn 2013 – spring 2014", "2013-09", "2014-05",
            "autumn read as September to November; spring read as March to May",
        ),
        ("winter 2014", "2014", "2014", "winter 2014 is kept as 2014"),
        ("early 2012", "2012", "2012", "early 2012 is kept as 2012"),
        ("mid-2012", "2012", "2012", "mid-2012 is kept as 2012"),
        ("During 2011 and early 2012", "2011", "2012", "early 2012 is kept as 2012"),
        ("începutul lui 2019", "2019", "2019", "începutul lui 2019 is kept as 2019"),
        ("05.03.19", "2019-03-05", "2019-03-05", "19 read as 2019"),
        ("2011-12", "2011-12", "2011-12", "2011-12 read as a month"),
        ("November – March 2015", "2014-11", "2015-03", "the year of the start is not written; read as 2014"),
    ],
)  # fmt: skip
def test_how_words_were_read_is_said_beside_the_dates(words: str, start: str, end: str, note: str) -> None:
    assert read_period(words) == (start, end, note)


@pytest.mark.parametrize(
    ("words", "start", "end", "said"),
    [
        ("24 months from March 2019", "2019-03", "2021-02", "24 months"),  # March 2019 and 23 more
        ("24 de luni începând cu martie 2019", "2019-03", "2021-02", "24 de luni"),
        ("March 2019, 24 months", "2019-03", "2021-02", "24 months"),
        ("12 months, starting in June 2018", "2018-06", "2019-05", "12 months"),
        ("two years from 1 January 2018", "2018-01-01", "2019-12", "two years"),
        ("24 months from 15 March 2019", "2019-03-15", "2021-03", "24 months"),  # until 14 March 2021
        ("30 days from 5 March 2021", "2021-03-05", "2021-04", "30 days"),  # until 3 April
    ],
)
def test_a_start_and_a_duration_give_the_last_month(words: str, start: str, end: str, said: str) -> None:
    assert read_period(words) == (start, end, f"the end follows from {said}")


def test_a_year_and_a_duration_give_no_end() -> None:
    assert read_period("2 years from 2018") == ("2018", None, "no end is given but for 2 years")


@pytest.mark.parametrize("words", ["18 months", "24 de luni", "two years"])
def test_a_duration_alone_is_no_date(words: str) -> None:
    assert read_period(words) == (None, None, f"only a duration is given: {words}")


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("ongoing since May 2020", "2020-05"),
        ("din 2018 până în prezent", "2018"),
        ("ianuarie 2019 – în curs", "2019-01"),
        ("2015 – present", "2015"),
        ("ongoing since 2019", "2019"),
        ("01.03.2019 - to date", "2019-03-01"),
        ("2009-ongoing", "2009"),
        ("January 2018 until further notice", "2018-01"),
    ],
)
def test_a_period_that_goes_on_says_so_in_its_note(words: str, start: str) -> None:
    assert read_period(words) == (start, None, f"no end is given; {GOES_ON}")


@pytest.mark.parametrize("words", ["ongoing", "Ongoing.", "în derulare", "present", "to date", "still in progress"])
def test_an_end_that_is_none_is_told_to_go_on(words: str) -> None:
    assert read_period(words) == (None, None, GOES_ON)


def test_an_open_start_is_none() -> None:
    for words in ("until June 2021", "până în iunie 2021", "- June 2021", "to June 2021", "completed in June 2021"):
        assert read_period(words) == (None, "2021-06", "no start is given")


@pytest.mark.parametrize(
    ("words", "start", "end", "both"),
    [
        ("2012-2013; 2015", "2012", "2015", "2012-2013 and 2015"),
        ("2015, 2016, 2017", "2015", "2017", "2015 and 2016 and 2017"),
        ("20 June 2018, 5 July 2018", "2018-06-20", "2018-07-05", "20 June 2018 and 5 July 2018"),
        ("2014; March – June 2013", "2013-03", "2014", "2014 and March – June 2013"),
    ],
)
def test_several_periods_reach_from_the_first_to_the_last_and_are_named(
    words: str, start: str, end: str, both: str
) -> None:
    assert read_period(words) == (start, end, f"several periods: {both}")


@pytest.mark.parametrize(
    ("words", "start", "end", "named"),
    [
        ("30 February 2020", None, None, "30 February 2020"),
        ("29.02.2019", None, None, "29 February 2019"),
        ("31/04/2021", None, None, "31 April 2021"),
        ("2021-04-31", None, None, "31 April 2021"),
        ("1 March 2019 - 31/04/2021", "2019-03-01", None, "31 April 2021"),
    ],
)
def test_a_date_of_no_calendar_is_named_and_left_out(
    words: str, start: str | None, end: str | None, named: str
) -> None:
    assert read_period(words) == (start, end, f"no calendar has {named}")


SWAPPED = "day and month may be the other way round"


@pytest.mark.parametrize(
    ("words", "day_first", "start", "note"),
    [
        ("03/04/2019", None, "2019-04-03", SWAPPED),
        ("03/04/2019", True, "2019-04-03", ""),
        ("03/04/2019", False, "2019-03-04", ""),
        ("03/03/2019", None, "2019-03-03", ""),
        ("03.04.2019", None, "2019-04-03", ""),  # with points, the day is first everywhere
        ("03/04/2019 - 25/04/2019", None, "2019-04-03", ""),  # the second settles the first
        ("03/25/2015", False, "2015-03-25", ""),
    ],
)
def test_day_and_month_are_told_apart_or_noted(words: str, day_first: bool | None, start: str, note: str) -> None:
    read = read_period(words, day_first=day_first)
    assert (read[0], read[2]) == (start, note)


@pytest.mark.parametrize("words", ["tbc", "not yet started", "June", "may change", "noi"])
def test_words_that_tell_no_time_are_no_date(words: str) -> None:
    assert read_period(words) == (None, None, "no date is given")


def told(words: str) -> list[tuple[str, str | None, str | None]]:
    return [(words[one.begin : one.finish], one.start, one.end) for one in find_periods(words)]

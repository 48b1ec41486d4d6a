"""Periods within sentences, and laws of dates over any text."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import Written, find_periods, read_period

ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def told(words: str) -> list[tuple[str, str | None, str | None]]:
    return [(words[one.begin : one.finish], one.start, one.end) for one in find_periods(words)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was implemented from June to November 2014 to help.", ("June to November 2014", "2014-06", "2014-11")),
        ("In the school year of 2013 – 2014, pupils", ("school year of 2013 – 2014", "2013", "2014")),
        ("During 2011 and early 2012, we", ("2011 and early 2012", "2011", "2012")),
        ("între martie 2019 și iunie 2020", ("între martie 2019 și iunie 2020", "2019-03", "2020-06")),
        ("derulat în perioada 2015-2017 de", ("2015-2017", "2015", "2017")),
        ("was active from 2012 until 2015.", ("2012 until 2015", "2012", "2015")),
        ("Since June 2018, the team", ("Since June 2018", "2018-06", None)),
        ("merge din 2018 până în prezent.", ("2018 până în prezent", "2018", None)),
        ("It lasted 24 months from March 2019.", ("24 months from March 2019", "2019-03", "2021-02")),
        ("started in March 2019 and lasted 18 months", ("March 2019 and lasted 18 months", "2019-03", "2020-08")),
        ("done by the end of 2020", ("by the end of 2020", None, "2020")),
        ("Noi am lucrat mai mult în luna mai 2019", ("mai 2019", "2019-05", "2019-05")),
        ("mai multe școli în 2019", ("2019", "2019", "2019")),
        ("2000 de elevi din 12 licee, în 2019", ("2019", "2019", "2019")),
        ("In 2014, it gave 2019 EUR to 2000 people", ("2014", "2014", "2014")),
        ("Decision 2014/123/EU of 5 May 2014", ("5 May 2014", "2014-05-05", "2014-05-05")),
    ],
)
def test_a_period_is_found_in_a_sentence_with_its_words(sentence: str, expected: tuple[str, str, str | None]) -> None:
    assert told(sentence) == [expected]
    assert not find_periods(sentence)[0].is_bare


@pytest.mark.parametrize(
    "sentence",
    [
        "", "no time at all", "2014-1-RO01-KA101",
        "PA17/RO13", "EuropeAid/140701", "a grant of 2014 EUR", "2,014 people", "2014.5 tonnes",
        "Legea nr. 12/2014", "HG 5/2010", "2000 de elevi", "2000 people came", "page 2014", "nr. 2014",

        "ISBN 978-2014-1234", "we may, in June or later", "18 months", "section 1.2.19", "anii 1970",
        "30 February 2020",
    ],
)  # fmt: skip
def test_numbers_of_other_things_are_no_period(sentence: str) -> None:
    assert find_periods(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Horizon 2020", ("2020", "2020")),
        ("EEA Grants 2009-2014 paid", ("2009", "2014")),
        ("the goals of the 2030 agenda", ("2030", "2030")),
        ("in the 2014-2020 programming period", ("2014", "2020")),
        ("Between 2000 and 2500 people", ("2000", "2000")),
    ],
)
def test_years_that_may_be_a_name_are_bare(sentence: str, years: tuple[str, str]) -> None:
    (found,) = find_periods(sentence)
    assert (found.start, found.end, found.is_bare) == (*years, True)


def test_each_period_of_a_sentence_is_its_own() -> None:
    assert told("In 2013, the library; in May 2015, the school") == [
        ("2013", "2013", "2013"),
        ("May 2015", "2015-05", "2015-05"),
    ]


PIECES = [
    *("from", "to", "since", "until", "between", "and", "during", "early", "24 months", "present", "-", "–", ",", ";"),
    *(
        "June",
        "iunie",
        "mai",
        "2013",
        "2014",
        "2013-14",
        "2019",
        "5",
        "22-25",
        "March 2019",
        "5 May 2014",
        "Q3",
        "summer",
    ),
    *("01.03.2019", "2019-03", "31/04/2021", "2000 EUR", "the", "in", "a lui", "school year", "12.III.2019", "(", ")"),
]
sentences = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(sentences)
def test_what_is_found_lies_in_the_text_in_order(words: str) -> None:
    finish = 0
    for found in find_periods(words):
        assert finish <= found.begin < found.finish <= len(words)
        assert all(one is None or ISO.fullmatch(one) for one in (found.start, found.end))
        assert found.start is not None or found.end is not None or found.note
        finish = found.finish


@given(sentences)
def test_the_words_of_a_find_are_enough_to_read_it_again(words: str) -> None:
    for found in find_periods(words):
        assert read_period(words[found.begin : found.finish])[:2] == (found.start, found.end)


MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split(),
}


@given(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31)),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31)),
    st.sampled_from([" - ", "–", " – ", " to ", " până la "]),
    st.sampled_from(["iso", "points", "en", "ro"]),
)
def test_any_two_days_written_in_a_usual_way_are_read_back(one: date, other: date, dash: str, way: str) -> None:
    first, last = sorted((one, other))

    def written(day: date) -> str:
        if way in MONTHS:
            return f"{day.day} {MONTHS[way][day.month - 1]} {day.year}"
        return day.isoformat() if way == "iso" else f"{day:%d.%m.%Y}"

    assert read_period(f"{written(first)}{dash}{written(last)}") == (first.isoformat(), last.isoformat(), "")


@given(st.text(max_size=80))
def test_any_text_is_read_or_turned_away(words: str) -> None:
    start, _, note = read_period(words)
    assert start is not None or note
    assert all(isinstance(found, Written) for found in find_periods(words))


LONG = 10_000
"""Repetitions; a reading in quadratic time would take minutes over them."""


@pytest.mark.parametrize(
    "piece", ["1", "2014 ", "2014-", "2014 - ", "may ", "22-", "1.2.19 ", "between 2014 and ", " ", "early ", "("]
)
def test_long_monotonous_text_is_read_in_linear_time(piece: str) -> None:
    start, _, note = read_period(piece * LONG)
    assert start is not None or note
    find_periods(piece * LONG)


def test_a_gap_of_any_length_is_crossed_in_linear_time() -> None:
    assert read_period("2014" + " " * LONG * 5 + "- 2015") == ("2014", "2015", "several periods: 2014 and 2015")

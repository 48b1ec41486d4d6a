"""The times that questions give as conditions, in English and Romanian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.times import END, PERIOD, START, WITHIN, Times, times_in

YEARS = st.integers(1950, 2049)


def _told(question: str) -> list[tuple[str | None, str | None, str]]:
    return [(one.since, one.until, one.of) for one in times_in(question)]


def _only(question: str) -> Times:
    (one,) = times_in(question)
    return one


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("projects in 2014", "2014", "2014"),
        ("Ce proiecte erau în derulare în 2020?", "2020", "2020"),
        ("projects during 2015", "2015", "2015"),
        ("running in March 2019", "2019-03", "2019-03"),
        ("în luna mai 2019", "2019-05", "2019-05"),
        ("on 5 March 2014", "2014-03-05", "2014-03-05"),
        ("in the first quarter of 2019", "2019-01", "2019-03"),
        ("between 2014 and 2016", "2014", "2016"),
        ("running at any time between 2014 and 2016", "2014", "2016"),
        ("între 2014 și 2016", "2014", "2016"),
        ("între anii 2010 și 2015", "2010", "2015"),
        ("from 2014 to 2016", "2014", "2016"),
        ("din 2014 până în 2016", "2014", "2016"),
        ("projects 2014-2016", "2014", "2016"),
        ("between 2016 and 2014", "2014", "2016"),
        ("from summer 2014 to spring 2016", "2014-06", "2016-05"),
        ("in the 1990s", "1990", "1999"),
        ("in the 1990s and 2000s", "1990", "2009"),
        ("în anii '90", "1990", "1999"),
        ("before 2015", None, "2014"),
        ("înainte de 2015", None, "2014"),
        ("before 3 June 2015", None, "2015-06-02"),
        ("before the second quarter of 2019", None, "2019-03"),
        ("before the start of 2016", None, "2015"),
        ("before the end of 2016", None, "2016"),
        ("after 2018", "2019", None),
        ("după martie 2019", "2019-04", None),
        ("after December 2019", "2020-01", None),
        ("after the beginning of 2016", "2016", None),
        ("since 2019", "2019", None),
        ("since summer 2014", "2014-06", None),
        ("not before 2015", "2015", None),
        ("2015 or later", "2015", None),
        ("from 2015 on", "2015", None),
        ("din 2015 încoace", "2015", None),
        ("proiecte active începând cu 2018", "2018", None),
        ("until 2016", None, "2016"),
        ("până în 2016", None, "2016"),
        ("by the end of 2016", None, "2016"),
        ("by end 2016", None, "2016"),
        ("no later than March 2015", None, "2015-03"),
        ("before or during 2015", None, "2015"),
        ("cel târziu în 2016", None, "2016"),
    ],
)
def test_a_time_is_read_at_the_precision_said(question: str, since: str | None, until: str | None) -> None:
    assert _told(question) == [(since, until, PERIOD)]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which projects started in 2018?", ("2018", "2018", START)),
        ("projects that began before 2014", (None, "2013", START)),
        ("cate proiecte au inceput in 2018?", ("2018", "2018", START)),
        ("In 2018, how many projects were started?", ("2018", "2018", START)),
        ("În anul 2018, câte proiecte au fost începute?", ("2018", "2018", START)),
        ("projects starting in 2018", ("2018", "2018", START)),
        ("projects starting from 2018", ("2018", None, START)),
        ("proiecte începând cu 2018", ("2018", None, START)),
        ("Which projects started between 2014 and 2016?", ("2014", "2016", START)),
        ("approved in 1995", ("1995", "1995", START)),
        ("with a board approval date from 2012 to 2014 inclusive", ("2012", "2014", START)),
        ("ce proiecte s-au terminat in 2021?", ("2021", "2021", END)),
        ("Which projects ended in 2021?", ("2021", "2021", END)),
        ("projects closing in 2004", ("2004", "2004", END)),
        ("with their closing date after 2020", ("2021", None, END)),
        ("cu data de închidere (closing date) în anul 2003", ("2003", "2003", END)),
        ("ended by 2016", (None, "2016", END)),
        ("s-au încheiat la sfârșitul lui 2016", ("2016", "2016", END)),
        ("au și început, și s-au încheiat între 2014 și 2016", ("2014", "2016", WITHIN)),
        ("both started and finished in 2015", ("2015", "2015", WITHIN)),
        ("whose start and end dates fall in 2014-2016", ("2014", "2016", WITHIN)),
        ("ran entirely between 2014 and 2016", ("2014", "2016", WITHIN)),
        ("s-au derulat integral în 2014-2016", ("2014", "2016", WITHIN)),
        ("still running in 2016", ("2016", "2016", PERIOD)),
        ("fully funded in 2014", ("2014", "2014", PERIOD)),
    ],
)
def test_the_verb_beside_a_time_says_what_it_is_a_time_of(
    question: str, told: tuple[str | None, str | None, str]
) -> None:
    assert _told(question) == [told]


@pytest.mark.parametrize("question", ["cate proecte au incput in 2018?", "which projects strated in 2018"])
def test_a_verb_with_a_slip_of_the_hand_is_known(question: str) -> None:
    assert _told(question) == [("2018", "2018", START)]


def test_a_word_that_is_another_by_one_letter_is_no_slip() -> None:
    assert _told("Which budgets are stated in dollars in 2018?") == [("2018", "2018", PERIOD)]


def test_projects_from_a_year_are_of_that_year_unless_they_run_from_it() -> None:
    assert _told("Which projects from 2015 had partners?") == [("2015", "2015", PERIOD)]
    assert _told("projects running from 2015") == [("2015", None, PERIOD)]


@pytest.mark.parametrize("question", ["started after 2014 but before 2018", "au început după 2014 și înainte de 2018"])
def test_two_open_ends_make_one_time(question: str) -> None:
    assert _told(question) == [("2015", "2017", START)]


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("started in 2004 or 2005", [("2004", "2005", START)]),
        ("in 2014, 2015 and 2016", [("2014", "2016", PERIOD)]),
        ("started in 2012 or 2015", [("2012", "2012", START), ("2015", "2015", START)]),
        ("ended before 2014 or after 2018", [(None, "2013", END), ("2019", None, END)]),
    ],
)
def test_alternatives_are_one_time_where_nothing_lies_between_them(
    question: str, times: list[tuple[str | None, str | None, str]]
) -> None:
    assert _told(question) == times


@pytest.mark.parametrize(
    "question",
    ["started in 2014 and ended in 2016", "starting 2014, ending 2016", "începute în 2014 și încheiate în 2016"],
)
def test_a_start_and_an_end_are_two_times(question: str) -> None:
    assert _told(question) == [("2014", "2014", START), ("2016", "2016", END)]


@pytest.mark.parametrize(
    "question",
    [
        "Which projects ran in the last quarter?",
        "projects of last year",
        "between 2000 and 2500 people",
        "budgets over 2000 EUR",
        "between May and July",
        "When did it start?",
    ],
)
def test_what_names_no_time_of_its_own_gives_none(question: str) -> None:
    assert times_in(question) == []


def test_a_year_that_no_word_makes_a_time_is_bare() -> None:
    assert _only("Who won the 2018 World Cup?").is_bare
    assert not _only("projects running 2018").is_bare
    assert not _only("projects in 2018").is_bare


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which projects began before the year 2014?", "before the year 2014"),
        ("Ce s-a încheiat între 2014 și 2016?", "între 2014 și 2016"),
        ("2015 or later, please", "2015 or later"),
    ],
)
def test_the_words_of_a_time_are_pointed_at(question: str, words: str) -> None:
    one = _only(question)
    assert question[one.begin : one.finish] == words


@given(YEARS, YEARS)
def test_of_two_years_the_earlier_is_the_beginning(one: int, other: int) -> None:
    first, last = sorted((str(one), str(other)))
    for question in (f"started between {one} and {other}", f"începute între {one} și {other}"):
        assert _told(question) == [(first, last, START)]


@given(YEARS)
def test_before_after_since_and_until_share_out_all_years(year: int) -> None:
    ends = [_told(f"projects that started {word} {year}")[0][:2] for word in ("before", "since", "until", "after")]
    assert ends == [(None, str(year - 1)), (str(year), None), (None, str(year)), (str(year + 1), None)]


@given(st.text(alphabet="andorsbefitl 0129.,-/'"))
def test_times_stand_in_the_question_in_order(question: str) -> None:
    position = 0
    for one in times_in(question):
        assert position <= one.begin < one.finish <= len(question)
        position = one.finish

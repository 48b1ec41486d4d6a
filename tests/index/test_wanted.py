"""What a visitor wants, as a link and as a form: numbers and dates as they are typed, nonsense passed over."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.wanted import ROLES, SORTS, Wanted, from_query, to_query


def test_a_link_says_only_what_is_set_and_says_it_encoded() -> None:
    assert to_query(Wanted()) == ""
    wanted = Wanted(organisation="Owl & Co", since="2013-05", sort="title", descending=True)
    assert to_query(wanted) == "organisation=Owl+%26+Co&since=2013-05&sort=title&descending=1"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("250000", "250000"),
        ("250.000", "250000"),
        ("250,000", "250000"),
        ("1 250 000", "1250000"),
        ("1.234.567,89", "1234567.89"),
        ("250.00", "250"),
        ("0,5", "0.5"),
        ("1,5 milioane", "1500000"),
        ("1.2 million", "1200000"),
        ("10k", "10000"),
        ("1.1250", "1.1250"),
        ("-0", "0"),
        ("much", ""),
        ("1e9", ""),
        ("NaN", ""),
        ("9" * 40, ""),
        ("", ""),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, read: str) -> None:
    assert from_query({"least": typed}) == Wanted(least=read)


def test_a_currency_may_stand_beside_the_amount_or_be_named() -> None:
    assert from_query({"most": "250.000 de lei"}) == Wanted(most="250000", currency="RON")
    assert from_query({"most": "250.000 lei", "currency": "EUR"}) == Wanted(most="250000", currency="EUR")
    assert from_query({"currency": "Lei"}) == Wanted(currency="RON")
    assert from_query({"currency": "gbp"}) == Wanted(currency="GBP")
    assert from_query({"currency": "XXQ"}) == Wanted()


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2014", "2014", "2014"),
        ("2014-03", "2014-03", "2014-03"),
        ("31.03.2014", "2014-03-31", "2014-03-31"),
        ("martie 2014", "2014-03", "2014-03"),
        ("March 2014", "2014-03", "2014-03"),
        ("2013-2015", "2013", "2015"),
        ("2014-02-30", "", ""),
        ("0000", "", ""),
        ("soon", "", ""),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, since: str, until: str) -> None:
    assert from_query({"since": typed, "until": typed}) == Wanted(since=since, until=until)


def test_what_makes_no_sense_is_passed_over() -> None:
    fields = {"role": "emperor", "sort": "colour", "descending": "1", "page": "3", "x": "y", "place": ["", "Iași"]}
    assert from_query(fields) == Wanted()
    assert from_query({"role": "FUNDER", "sort": "end", "descending": "da"}) == Wanted(
        role="funder", sort="end", descending=True
    )
    assert from_query({"place": ["Iași", "Cluj"], "text": "\x00 lamps\ud800 "}).text == "lamps\N{REPLACEMENT CHARACTER}"
    assert len(from_query({"text": "a" * 10_000}).text) == 500


anything = st.text(max_size=30) | st.sampled_from(
    [
        *SORTS,
        *ROLES,
        "2014",
        "3/2014",
        "1,5 milioane",
        "0.125",
        "12.345,678",
        "1",
        "EUR",
        "lei",
        '"EEA"',
        "a=b&c",
        "+%20",
    ]
)


@given(st.dictionaries(st.sampled_from(Wanted.__slots__), anything | st.lists(anything, max_size=2)))
def test_a_link_leads_back_to_what_it_was_made_of(fields: dict[str, str | list[str]]) -> None:
    wanted = from_query(fields)
    assert from_query(parse_qs(to_query(wanted))) == wanted

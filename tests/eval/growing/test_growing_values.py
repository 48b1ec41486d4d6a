"""The ways in which a value of a record may be printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.record import Amount, Organisation
from eval.growing.values import (
    acronyms,
    amount_ways,
    count_ways,
    country_ways,
    date_ways,
    exact,
    in_sentence,
    name_ways,
)
from eval.metrics import correctness
from eval.normalise import holds


def test_the_source_s_own_words_come_first() -> None:
    assert amount_ways(Decimal("279014"), "EUR", "279.014  EUR") == ["279.014 EUR", "279014 EUR"]
    assert date_ways("2013-11-05", "5 Nov 2013")[0] == "5 Nov 2013"


def test_a_number_is_given_with_its_currency_only() -> None:
    ways = amount_ways(Decimal(800), "RON", "800 lei")
    assert "800" not in ways
    for said, is_held in (("800 RON", True), ("RON 800", True), ("800 de lei", True), ("800", False), ("€800", False)):
        assert any(holds(said, one) for one in ways) is is_held, said
    assert "800" in amount_ways(Decimal(800), None)


def test_a_date_is_given_at_its_precision() -> None:
    assert date_ways("2014") == ["2014"]
    assert {"June 2014", "iunie 2014", "2014-06", "06.2014"} <= set(date_ways("2014-06"))
    assert {"5 June 2014", "05.06.2014", "5 iunie 2014"} <= set(date_ways("2014-06-05"))


def test_an_amount_with_a_doubt_or_none_at_all_is_not_exact() -> None:
    def amount(text: str | None, note: str = "", included: str = "") -> Amount:
        return Amount(text, "EUR", "budget", str(text), Span(0, 1), note, included)

    assert exact(amount("12.50")) == Decimal("12.5")
    assert exact(amount("12", "no currency is given")) == Decimal(12)
    doubtful = (amount("12", "may mean 12,000"), amount(None), amount("0"), amount("12", included="Owls"))
    assert [exact(one) for one in doubtful] == [None] * 4


def test_a_name_goes_without_its_article_and_its_brackets_too() -> None:
    organisation = Organisation("The Lamp Society (Poland)", "partner", "", Span(0, 1))
    assert name_ways(organisation) == ["The Lamp Society (Poland)", "The Lamp Society", "Lamp Society"]


def test_an_acronym_is_what_it_is_short_for() -> None:
    assert acronyms(["EC", "European Commission", "Owl Bank", "OECD"]) == {"EC": ["European Commission"]}


def test_a_country_is_named_in_both_languages() -> None:
    assert {"Turkey", "Turcia"} <= set(country_ways("TR", "Turkey"))
    assert in_sentence("Philippines", "en") == "the Philippines"
    assert (in_sentence("Latvia", "en"), in_sentence("Filipine", "ro")) == ("Latvia", "Filipine")


def test_a_count_is_given_in_words_up_to_twenty() -> None:
    assert [*count_ways(3)] == ["3", "three", "trei"]
    assert [*count_ways(21)] == ["21"]


@given(st.decimals(1000, 10**12, places=2, allow_nan=False), st.sampled_from(["EUR", "RON", None]))
def test_an_amount_printed_in_any_way_is_held_by_an_answer(amount: Decimal, currency: str | None) -> None:
    ways = amount_ways(amount, currency)
    assert all(correctness(f"In all {way} was spent.", ways) == 1 for way in ways)


@pytest.mark.parametrize("iso", ["1999", "2014-06", "2014-06-05"])
def test_a_date_is_not_another_one(iso: str) -> None:
    assert correctness("It ended on 31 December 2021.", date_ways(iso)) == 0

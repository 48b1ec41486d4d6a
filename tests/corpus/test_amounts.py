"""Amounts as written, with the value worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.amounts import find_money


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        # a thousands mark is a comma, a point, a space, a no-break space or an apostrophe
        ("33,584 EUR", "33584", "EUR"),
        ("245.884 EUR", "245884", "EUR"),
        ("340 266.08 EUR", "340266.08", "EUR"),
        ("2\u00a0500\u202f000 EUR", "2500000", "EUR"),
        ("1'200’000 CHF", "1200000", "CHF"),
        ("1,234,567.89 USD", "1234567.89", "USD"),
        ("1.234.567,89 RON", "1234567.89", "RON"),
        ("12.500,50 lei", "12500.5", "RON"),
        ("10 000,00 lei", "10000", "RON"),
        ("1 200,5 EUR", "1200.5", "EUR"),
        # no mark
        ("47240 Lei", "47240", "RON"),
        ("800 RON", "800", "RON"),
        ("12.5 EUR", "12.5", "EUR"),
        ("2,5 EUR", "2.5", "EUR"),
        # the currency in front, as a sign or a word, with or without a space
        ("€ 5 000", "5000", "EUR"),
        ("EUR10,000", "10000", "EUR"),
        ("10,000EUR", "10000", "EUR"),
        ("US$ 10,000", "10000", "USD"),
        ("£1,500.00", "1500", "GBP"),
        ("Lei 300", "300", "RON"),
        ("100 000 de euro", "100000", "EUR"),
        # scales
        ("1,2 mil. lei", "1200000", "RON"),
        ("€3.2m", "3200000", "EUR"),
        ("EUR 2.4 million", "2400000", "EUR"),
        ("3,5 milioane de euro", "3500000", "EUR"),
        ("15 mii lei", "15000", "RON"),
        ("500 thousand dollars", "500000", "USD"),
        ("$1.25bn", "1250000000", "USD"),
        ("2.500 thousand EUR", "2500", "EUR"),
    ],
)
def test_an_amount_is_read_to_the_digit(words: str, amount: str, currency: str) -> None:
    (money,) = find_money(words)
    assert (money.amount, money.currency, money.note) == (Decimal(amount), currency, "")
    assert (money.start, money.end) == (0, len(words))


@pytest.mark.parametrize("words", ["550,00 USD", "550.00 USD", "100,00 EUR"])
def test_an_amount_with_two_readings_has_no_value_and_says_which_two(words: str) -> None:
    (money,) = find_money(words)
    assert money.amount is None
    assert money.note.startswith(f"{words[:6]} may mean {words[:3]}.{words[4:6]} or")
    assert f"{words[:3]},{words[4:6]}0" in money.note


@pytest.mark.parametrize(
    "words", ["", "included in another budget", "120 people", "Project 12", "between 2011 and 2012", "a 5 km walk"]
)
def test_a_number_without_a_currency_is_no_amount(words: str) -> None:
    assert find_money(words) == []


def test_every_amount_of_a_text_is_found_where_it_stands() -> None:
    words = "9,910 EUR from the fund, 1.000 lei of our own and £20 in coins"
    found = find_money(words)
    assert [words[money.start : money.end] for money in found] == ["9,910 EUR", "1.000 lei", "£20"]
    assert [money.amount for money in found] == [Decimal(9910), Decimal(1000), Decimal(20)]


@given(st.text(alphabet="0123456789.,' €$£EURlei\u00a0mkdIVn²½", max_size=60))
def test_what_is_found_lies_in_the_text_in_order(words: str) -> None:
    ends = 0
    for money in find_money(words):
        assert ends <= money.start < money.end <= len(words)
        assert any(character.isdigit() for character in words[money.start : money.end])
        ends = money.end


@given(st.integers(min_value=1000, max_value=10**9), st.sampled_from(",. \u00a0"))
def test_grouped_thousands_give_the_number_back(number: int, mark: str) -> None:
    (money,) = find_money(f"{number:,} EUR".replace(",", mark))
    assert money.amount == number


@pytest.mark.parametrize(("words", "amount"), [("25 de milioane de lei", 25_000_000), ("120 de mii de euro", 120_000)])
def test_romanian_de_before_a_scale_is_read(words: str, amount: int) -> None:
    (money,) = find_money(words)
    assert money.amount == amount


def test_a_leading_zero_is_no_thousand() -> None:
    (money,) = find_money("0.125 EUR")
    assert money.amount in (Decimal("0.125"), None)


def test_an_absurdly_long_number_does_not_stop_the_reading() -> None:
    assert [money.currency for money in find_money("9" * 30 + " EUR")] == ["EUR"]


def test_each_of_two_amounts_keeps_its_own_currency() -> None:
    assert [(money.amount, money.currency) for money in find_money("EUR 100 USD 200")] == [
        (Decimal(100), "EUR"),
        (Decimal(200), "USD"),
    ]

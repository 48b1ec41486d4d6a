"""The price of one thing is no budget."""

import pytest

from corpus.amounts import find_money
from corpus.rates import sums_in


def read(words: str) -> list[tuple[str | None, str, str]]:
    return [
        (None if one.amount is None else f"{one.amount:f}", words[one.start : one.end], one.note)
        for one in sums_in(words, find_money(words))
    ]


@pytest.mark.parametrize(
    ("words", "amount", "quoted"),
    [
        ("1.250 EUR per school, 75.000 EUR", "75000", "75.000 EUR"),
        ("1.250 EUR per school, 75.000 in total", "75000", "75.000"),
        ("GBP 40 a head; in all 8,000", "8000", "8,000"),
        ("12.000 lei pe lună, în total 144.000 lei", "144000", "144.000 lei"),
        ("500 euro pentru fiecare familie – cu totul 20.000", "20000", "20.000"),
    ],
)
def test_the_sum_is_read_and_not_the_price(words: str, amount: str, quoted: str) -> None:
    assert read(words) == [(amount, quoted, "")]


@pytest.mark.parametrize(
    ("words", "quoted", "rate"),
    [
        ("400 euro per child", "400 euro per child", "per child"),
        ("EUR 2,000 each", "EUR 2,000 each", "each"),
        ("2.500 lei/lună", "2.500 lei/lună", "/lună"),
        ("USD 12,000 annually", "USD 12,000 annually", "annually"),
        ("fiecare: 900 lei", "fiecare: 900 lei", "fiecare"),
    ],
)
def test_a_price_alone_has_no_value_and_says_why(words: str, quoted: str, rate: str) -> None:
    assert read(words) == [(None, quoted, f"a price and no sum: {rate}")]


@pytest.mark.parametrize(
    "words",
    [
        "90 000 EUR (85 per cent)",
        "12.000 lei pe perioada 2014-2016",
        "EUR 5,000 each from two funds",
        "500 lei de la X",
    ],
)
def test_what_only_looks_like_a_price_stays_a_sum(words: str) -> None:
    assert [one.amount for one in sums_in(words, find_money(words))] == [one.amount for one in find_money(words)]

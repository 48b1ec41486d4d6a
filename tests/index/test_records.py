"""Records as rows: amounts as exact whole numbers, periods as days."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.record import Period
from index.records import days, scaled


@pytest.mark.parametrize(
    ("amount", "number"),
    [
        ("300", 3_000_000),
        ("0.5", 5_000),
        ("-12.3456", -123_456),
        ("1234567890123.45", 12_345_678_901_234_500),
        (None, None),
        ("0.00001", None),  # finer than a ten-thousandth
        ("9" * 20, None),  # more than 64 bits
        ("NaN", None),
        ("many", None),
    ],
)
def test_an_amount_is_compared_as_whole_ten_thousandths(amount: str | None, number: int | None) -> None:
    assert scaled(amount) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_no_digit_of_an_amount_is_lost(amount: Decimal) -> None:
    number = scaled(str(amount))
    assert number is not None
    assert Decimal(number) / 10_000 == amount


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2013", "2014", "2013-01-01", "2014-12-31"),
        ("2012-02", "2012-02", "2012-02-01", "2012-02-29"),
        ("2013-11-05", "2014-03", "2013-11-05", "2014-03-31"),
        ("2013-11", None, "2013-11-01", "2013-11-30"),
        (None, "2015", "2015-01-01", "2015-12-31"),
        (None, None, None, None),
    ],
)
def test_a_period_covers_the_days_its_precision_allows(
    start: str | None, end: str | None, first: str | None, last: str | None
) -> None:
    assert days(Period(start, end, "", Span(0, 0))) == (first, last)

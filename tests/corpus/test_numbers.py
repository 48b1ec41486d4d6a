"""Numbers in every way of writing them, with the value worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import LONGEST_CELL, LONGEST_NUMBER, SCALES, read_number, value_of


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", "0"),
        ("47240", "47240"),
        ("33,584", "33584"),
        ("245.884", "245884"),
        ("1,234,567", "1234567"),
        ("2 638 650", "2638650"),
        ("2\u00a0638\u202f650", "2638650"),
        ("1'200’000", "1200000"),
        ("340 266.08", "340266.08"),
        ("5.172.338,50", "5172338.5"),
        ("1234.5", "1234.5"),
        ("0,5", "0.5"),
        ("0.125", "0.125"),
        (" 12,500 ", "12500"),
        ("12.500,-", "12500"),
        ("-5", "-5"),
        ("− 5", "-5"),
        ("5-", "-5"),
        ("+5", "5"),
        ("٣٤٥", "345"),
    ],
)
def test_a_cell_is_read_to_the_digit(cell: str, value: str) -> None:
    assert read_number(cell) == (Decimal(value), "")


def test_brackets_are_read_as_a_minus_and_say_so() -> None:
    assert read_number("(1,250)") == (Decimal(-1250), "in brackets, read as negative")


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [("12,345", ",", "12.345"), ("12,345", ".", "12345"), ("12.345", ".", "12.345"), ("100,00", ",", "100")],
)
def test_the_decimal_mark_of_the_column_settles_what_digits_alone_do_not(cell: str, mark: str, value: str) -> None:
    assert read_number(cell, decimal_mark=mark) == (Decimal(value), "")


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("", "no number is given"),
        (" \u00a0", "no number is given"),
        ("n/a", "the number could not be read"),
        ("(5", "the number could not be read"),
        ("5)", "the number could not be read"),
        ("12 people", "the number could not be read"),
        ("²", "the number could not be read"),
        ("007", "007 cannot be read as a number"),
        ("1,234,56", "1,234,56 cannot be read as a number"),
        ("1.234.56", "1.234.56 cannot be read as a number"),
        ("12.05.2019", "12.05.2019 cannot be read as a number"),
        ("550,00", "550,00 may mean 550.00 or, with a digit lost, 550,000"),
        ("12,345.678", "12,345.678 may mean 12345.678 or 12345678"),
        ("2014,300", "2014,300 may mean 2014.300 or 2014300"),
        ("9" * (LONGEST_NUMBER + 1), "the number is too long to be an amount"),
        ("9" * (LONGEST_CELL + 1), "the number could not be read"),
    ],
)
def test_a_cell_without_one_reading_is_not_guessed(cell: str, note: str) -> None:
    assert read_number(cell) == (None, note)


@pytest.mark.parametrize(
    ("written", "scale", "value"),
    [
        ("1,5", "mil", "1500000"),
        ("1.5", "million", "1500000"),
        ("1,500", "million", "1500000000"),  # English writes thousands with a comma
        ("1,500", "milioane", "1500000"),  # Romanian writes decimals with one
        ("1.500", "milioane", "1500000000"),
        ("2", "mld", "2000000000"),
    ],
)
def test_a_scale_tells_the_language_and_so_the_decimal_mark(written: str, scale: str, value: str) -> None:
    assert value_of(written, scale=SCALES[scale]) == (Decimal(value), "")


def test_a_scale_of_both_languages_leaves_three_digits_open() -> None:
    assert value_of("1,500", scale=SCALES["mln"]) == (None, "1,500 may mean 1.500 or 1500")


@given(
    st.integers(min_value=0, max_value=10**15),
    st.integers(min_value=0, max_value=99),
    st.sampled_from([(",", "."), (".", ","), ("'", "."), (" ", ","), ("\u00a0", ".")]),
)
def test_grouped_digits_with_cents_give_the_number_back_where_the_mark_is_known(
    whole: int, cents: int, marks: tuple[str, str]
) -> None:
    cell = f"{whole:,}".replace(",", marks[0]) + f"{marks[1]}{cents:02}"
    assert read_number(cell, decimal_mark=marks[1]) == (Decimal(whole * 100 + cents) / 100, "")


@given(st.decimals(min_value=0, max_value=10**12, places=4), st.sampled_from(".,"))
def test_what_a_spreadsheet_writes_is_read_back(value: Decimal, mark: str) -> None:
    assert read_number(f"{value:f}".replace(".", mark), decimal_mark=mark) == (value, "")


@given(st.text(alphabet="0123456789.,' ()-+\u00a0a", max_size=LONGEST_CELL + 5))
def test_a_cell_has_a_value_or_a_reason(cell: str) -> None:
    value, note = read_number(cell)
    assert value is not None or note


@pytest.mark.parametrize("piece", ["1", "1,", "1.", " ", "(", "1 ", "1,23", "-"])
def test_an_endless_cell_is_turned_away_at_once(piece: str) -> None:
    assert read_number(piece * 100_000)[0] is None

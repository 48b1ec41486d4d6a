"""Amounts as written, with the value worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.amounts import find_money, included_in


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
        ("3.4 MEUR", "3400000", "EUR"),
        ("500 kEUR", "500000", "EUR"),
        ("20 T€", "20000", "EUR"),
        ("2,5 Mrd. EUR", "2500000000", "EUR"),
        ("$41 trillion", "41000000000000", "USD"),
        # Romanian writes decimals behind a comma, so 1,500 mil. is one and a half million
        ("1,500 mil. lei", "1500000", "RON"),
        ("1.200 mii lei", "1200000", "RON"),
        # several countries share a name or a sign: the code beside it says which
        ("$5,000 CAD", "5000", "CAD"),
        ("5000 lei (MDL)", "5000", "MDL"),
        ("5,000 kr (NOK)", "5000", "NOK"),
        ("CA $ 1,234", "1234", "CAD"),
        ("50 000 lei moldovenești", "50000", "MDL"),
        # the code in brackets or before a colon, as forms write it
        ("5,000 (EUR)", "5000", "EUR"),
        ("(EUR): 5,000", "5000", "EUR"),
        ("EUR: 5,000", "5000", "EUR"),
        # the number in words between
        ("10.000 (zece mii) euro", "10000", "EUR"),
        # no cents
        ("EUR 12.500.-", "12500", "EUR"),
        # groups as in India
        ("12,34,567.50 INR", "1234567.5", "INR"),
        # codes that are words too, beside a large number
        ("TRY 100,000", "100000", "TRY"),
        ("1,250,000 CAD", "1250000", "CAD"),
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
    "words",
    ["", "included in another budget", "120 people", "Project 12", "between 2011 and 2012", "a 5 km walk",
        # years, telephone numbers, post codes, shares, codes, articles and dates beside a currency
        "2014-2020 EUR", "POC EUR 2014-2020", "in 2014 EUR",
        "0744 123 456 lei", "010101 Bucharest", "50% EUR", "EUR 5%",
        "B12 EUR", "EUR 1303/2013", "01.03.2019 EUR", "CYP27B1", "COVID-19 EUR",
        # words that are codes too
        "TOP 10", "COP 21", "WORLD CUP 2014", "WORLD CUP 2,000", "TRY 5 recipes", "ALL 300 pupils",
        "45,000 pounds of gunpowder",
    ],
)  # fmt: skip
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


def read(words: str) -> list[tuple[str | None, str | None, str, str]]:
    """What is found, as (amount, currency, verbatim words, note)."""
    return [
        (
            None if money.amount is None else f"{money.amount:f}",
            money.currency,
            words[money.start : money.end],
            money.note,
        )
        for money in find_money(words)
    ]


@pytest.mark.parametrize(
    ("words", "verbatim", "code", "ends"),
    [
        ("10,000 - 20,000 EUR", "10,000 - 20,000 EUR", "EUR", "10,000 to 20,000"),
        ("€10.000–20.000", "€10.000–20.000", "EUR", "10,000 to 20,000"),
        ("EUR 5,000 - EUR 10,000", "EUR 5,000 - EUR 10,000", "EUR", "5,000 to 10,000"),
        ("10,000 to 20,000 euro", "10,000 to 20,000 euro", "EUR", "10,000 to 20,000"),
        ("between 100 and 200 EUR", "100 and 200 EUR", "EUR", "100 to 200"),
        ("între 100 și 200 de lei", "100 și 200 de lei", "RON", "100 to 200"),
        ("de la 10.000 la 20.000 de lei", "10.000 la 20.000 de lei", "RON", "10,000 to 20,000"),
        # a scale written once is for both ends; a sum above it is not multiplied
        ("1-2 million EUR", "1-2 million EUR", "EUR", "1,000,000 to 2,000,000"),
        ("25 - 30 mii lei", "25 - 30 mii lei", "RON", "25,000 to 30,000"),
        ("500,000 - 1 million EUR", "500,000 - 1 million EUR", "EUR", "500,000 to 1,000,000"),
        ("$50,000 – 60,000 CAD", "$50,000 – 60,000 CAD", "CAD", "50,000 to 60,000"),
        ("2000 - 5000 EUR", "2000 - 5000 EUR", "EUR", "2,000 to 5,000"),
        ("0 - 10,000 EUR", "0 - 10,000 EUR", "EUR", "0 to 10,000"),
        ("550,00 - 600,00 USD", "550,00 - 600,00 USD", "USD", "550,00 to 600,00"),
    ],
)
def test_a_range_is_one_find_without_an_amount_that_names_both_ends(
    words: str, verbatim: str, code: str, ends: str
) -> None:
    assert read(words) == [(None, code, verbatim, f"a range, from {ends}")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Lot 2 - 30,000 EUR", [("30000", "EUR", "30,000 EUR", "")]),
        ("2018 - 10,000 EUR", [("10000", "EUR", "10,000 EUR", "")]),
        ("10.000 EUR - 12 parteneri", [("10000", "EUR", "10.000 EUR", "")]),
        ("10,000 EUR - 49,000 RON", [("10000", "EUR", "10,000 EUR", ""), ("49000", "RON", "49,000 RON", "")]),
        ("500 EUR and 1,000 EUR", [("500", "EUR", "500 EUR", ""), ("1000", "EUR", "1,000 EUR", "")]),
        ("10-15,000 EUR", [(None, "EUR", "10-15,000 EUR", "10-15,000 may be a range in thousands")]),
    ],
)
def test_two_numbers_that_are_two_things_are_no_range(words: str, expected: list[object]) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "verbatim"),
    [
        ("Lot 2 EUR 30,000", "EUR 30,000"),
        ("COVID-19 EUR 5,000", "EUR 5,000"),
        ("01.03.2019 EUR 500", "EUR 500"),
        ("in May 2014 EUR 300", "EUR 300"),
        ("Horizon 2020 EUR 5 000 000", "EUR 5 000 000"),
        ("Horizon 2020: 5 000 000 EUR", "5 000 000 EUR"),
        ("TOP 500 EUR", "500 EUR"),
        ("paid in euro. 500 lei came", "500 lei"),
        ("Budget (EUR): 5,000", "(EUR): 5,000"),
        ("a $500 grant", "$500"),
    ],
)
def test_a_currency_goes_with_the_number_it_counts(words: str, verbatim: str) -> None:
    assert [found[2] for found in read(words)] == [verbatim]


@pytest.mark.parametrize(
    ("words", "amount", "said"),
    [
        ("about 5,000 EUR", "5000", "about"),
        ("peste 10.000 lei", "10000", "peste"),
        ("up to €1m", "1000000", "up to"),
        ("aproximativ 3.000 de euro", "3000", "aproximativ"),
        ("cca. 5.000 euro", "5000", "cca"),
        ("~5,000 EUR", "5000", "about"),
        ("10,000 EUR (approx.)", "10000", "approx"),
        ("€10,000+", "10000", "or more"),
        ("10,000+ EUR", "10000", "or more"),
        ("at least EUR 2.4 million", "2400000", "at least"),
    ],
)
def test_an_approximate_amount_keeps_its_value_and_says_so(words: str, amount: str, said: str) -> None:
    ((value, _, _, note),) = read(words)
    assert (value, note) == (amount, f"{said}, as the source says")


def test_several_currencies_are_several_amounts() -> None:
    assert read("10,000 EUR (approx. 49,000 RON)") == [
        ("10000", "EUR", "10,000 EUR", ""),
        ("49000", "RON", "49,000 RON", "approx, as the source says"),
    ]


def test_a_currency_of_several_countries_is_left_open() -> None:
    assert read("5,000 kr") == [("5000", None, "5,000 kr", "which currency is meant by kr is not said")]


@pytest.mark.parametrize("words", ["-10,000 EUR", "Budget: -10,000 EUR", "EUR -10,000", "€-10,000", "(10,000) EUR"])
def test_a_minus_makes_an_amount_negative(words: str) -> None:
    assert [(found[0], found[3]) for found in read(words)] == [("-10000", "a negative amount")]


@pytest.mark.parametrize("words", ["- 10,000 EUR", "Budget -10,000 EUR", "Budget – 10,000 EUR", "(10,000 EUR)"])
def test_a_bullet_or_a_dash_is_no_minus(words: str) -> None:
    assert [found[0] for found in read(words)] == ["10000"]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("included in Occupy", "Occupy"),
        ("included in the budget of the project Silver Stories; other", "Silver Stories"),
        ("inclus în bugetul proiectului „Ora să ȘTIM”", "„Ora să ȘTIM”"),
        ("cuprinsă în proiectul Casa Verde, cu sprijin", "Casa Verde"),
        ("see Night Owls", "Night Owls"),
    ],
)
def test_an_amount_counted_elsewhere_names_where(words: str, target: str) -> None:
    place = included_in(words)
    assert place is not None
    assert words[slice(*place)] == target


@pytest.mark.parametrize("words", ["", "5,000 EUR", "see below", "included in "])
def test_an_amount_of_its_own_refers_to_nothing(words: str) -> None:
    assert included_in(words) is None


LONG = 40_000
"""Repetitions; a reading in quadratic time would take minutes over them."""


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("1", 0), ("1,", 0), ("1,234,", 0), (" ", 0), ("1 ", 0),
        ("EUR ", 0), ("€", 0), ("5 (", 0), ("a", 0), ("see a ", 0),
        ("included in ", 0), ("about ", 0), ("5 - ", 0), ("012 34 ", 0), ("EUR 5, ", LONG),
    ],
)  # fmt: skip
def test_long_monotonous_text_is_read_in_linear_time(piece: str, found: int) -> None:
    assert len(find_money(piece * LONG)) == found
    included_in(piece * LONG)


def test_a_currency_far_behind_a_number_is_not_its_own() -> None:
    assert find_money("5" + " " * LONG + "EUR") == []


CONVENTIONS = {"English": (",", "."), "Romanian": (".", ","), "Swiss": ("’", "."), "French": ("\u202f", ",")}


@given(
    whole=st.integers(min_value=1000, max_value=10**12),
    cents=st.integers(min_value=1, max_value=99),
    convention=st.sampled_from(sorted(CONVENTIONS)),
    written=st.sampled_from(["{} EUR", "EUR {}", "€{}", "{}€", "{} de euro", "Total: {} euro, din care"]),
)
def test_an_amount_with_cents_is_read_back_whatever_the_convention(
    whole: int, cents: int, convention: str, written: str
) -> None:
    mark, point = CONVENTIONS[convention]
    number = f"{whole:,}".replace(",", mark) + f"{point}{cents:02}"
    (money,) = find_money(written.format(number))
    assert (money.amount, money.currency, money.note) == (Decimal(whole * 100 + cents) / 100, "EUR", "")
    assert number in written.format(number)[money.start : money.end]


@given(
    lower=st.integers(min_value=1000, max_value=10**6),
    factor=st.integers(min_value=1, max_value=100),
    dash=st.sampled_from([" - ", "-", " – ", "–", " to "]),
)
def test_any_range_within_two_orders_of_magnitude_is_one_find(lower: int, factor: int, dash: str) -> None:
    words = f"{lower:,}{dash}{lower * factor:,} EUR"
    ((value, code, verbatim, note),) = read(words)
    assert (value, code, verbatim) == (None, "EUR", words)
    assert note == f"a range, from {lower:,} to {lower * factor:,}"

"""What figures may mean, and what belongs to a number."""

from decimal import Decimal

import pytest

from eval.written.amounts import read_amount, values
from eval.written.lexemes import lexemes


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("279.014", {"279014", "279.014"}),
        ("279,014", {"279014", "279.014"}),
        ("279 014", {"279014"}),
        ("279014", {"279014"}),
        ("550,00", {"550"}),
        ("1.234,56", {"1234.56"}),
        ("1,234.56", {"1234.56"}),
        ("1 234 567", {"1234567"}),
        ("1.234.567", {"1234567"}),
        ("1’234’567.5", {"1234567.5"}),
        ("340 266.08", {"340266.08"}),
        ("3.500", {"3500"}),  # not 3.5
        ("0.250", {"0.25"}),  # not 250
        ("1234.567", {"1234.567"}),
        ("0", {"0"}),
        ("0061", set()),  # a reference
        ("1.2.3", set()),
        ("12,34,567", set()),
        ("8:30", set()),
    ],
)
def test_figures_mean_what_a_careful_person_may_take_them_for(figures: str, expected: set[str]) -> None:
    assert values(figures) == {Decimal(one) for one in expected}


def asked(text: str) -> list[set[str]]:
    """What the first number of the text asks for, if it has one."""
    cut = lexemes(text)
    several = (read_amount(cut, index, 0) for index in range(len(cut.raw)))
    return [set(spot.written.asks) for found in several for spot in found][:1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.5 million", "=2500000"),
        ("2,5 milioane de euro", "=2500000 EUR"),
        ("2,5 mil. EUR", "=2500000 EUR"),
        ("€1.75m", "=1750000 EUR"),
        ("1.75m €", "=1750000 EUR"),
        ("2.5M", "=2500000"),
        ("100k", "=100000"),
        ("25 de mii", "=25000"),
        ("two hundred thousand EUR", "=200000 EUR"),
        ("NOK 14.6 million", "=14600000 NOK"),
        ("279.014 EUR", "=279014 EUR"),
        ("de 885.000 de dolari americani", "=885000 USD"),
        ("279EUR", "=279 EUR"),
        ("EUR279", "=279 EUR"),
        ("zece la sută", "=10 %"),
        ("Budget (EUR): 20", "=20 EUR"),
        ("Budget (EUR): 20 USD", "=20 USD"),
        ("EUR -5", "=-5 EUR"),
        ("−€5", "=-5 EUR"),
        ("minus 5", "=-5"),
        ("+.5", "=0.5"),
        ("5 TOP", "=5 TOP"),
        ("TOP 5", "=5"),
        ("5 won", "=5"),
        ("5 m", "=5"),
        ("lei: 5%", "=5 %"),
        ("twenty", "=20"),
        ("douăsprezece", "=12"),
        ("five and ten", "=5"),
        ("EUR 10 USD", "=10 EUR"),
        ("$10 USD", "=10 USD"),
        ("2013 EUR 500 EUR", "=2013 EUR"),
    ],
)
def test_sign_scale_and_currency_belong_to_their_number(text: str, expected: str) -> None:
    assert asked(text) == [{expected}]


@pytest.mark.parametrize(
    "text",
    ["5th", "al 5-lea", "1990s", "5m", "3D", "2x", "P2PU", "twenty-five", "douăzeci și cinci", "two hundred and five"],
)
def test_what_is_a_part_of_something_else_is_no_number(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("10 EUR 20 EUR", "=20 EUR"),
        ("EUR 10 EUR 20", "=20 EUR"),
        ("in 2013 EUR 500", "=500 EUR"),
        ("10 EUR 20", "=20"),
        ("2013 -2014", "=2014"),
        ("10-14", "=14"),
        ("10–20 EUR", "=20 EUR"),
    ],
)
def test_a_mark_between_two_numbers_belongs_to_one(text: str, second: str) -> None:
    cut = lexemes(text)
    done, found = 0, []
    for index, word in enumerate(cut.folded):
        for spot in read_amount(cut, index, done) if word.isdecimal() else []:
            done = spot.end
            found.append({key for key in spot.written.asks if key[0] == "="})
    assert found[1:] == [{second}]


def test_money_has_three_decimals_only_where_it_counts_thousandths_or_millions() -> None:
    assert asked("1.255 dinars") != asked("1.255 EUR") == [{"=1255 EUR"}]
    assert asked("1.255 TND") == [{"=1255 TND", "=1.255 TND"}]
    assert asked("1.250 million EUR") == [{"=1250000000 EUR", "=1250000 EUR"}]


def test_a_year_may_be_met_by_a_date_but_an_amount_may_not() -> None:
    assert asked("2013") == [{"=2013", "@2013"}]
    assert asked("2.013") == [{"=2013", "=2.013"}]
    assert [asked("-2013"), asked("2013 million")] == [[{"=-2013"}], [{"=2013000000"}]]
    assert asked("2013 lei") == [{"=2013 RON", "=2013 MDL"}]

"""The amounts, currencies and places in an order that questions give as conditions, in English and Romanian."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values import CENT, bounds_in, currencies_in, limit_in, place_in


def _told(question: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(_in_words(one.least), _in_words(one.most), one.currency) for one in bounds_in(question)]


def _in_words(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@pytest.mark.parametrize(
    ("question", "least", "most", "currency"),
    [
        ("Which projects had budgets above 200,000 EUR?", "200000.01", None, "EUR"),
        ("projects > 200,000 EUR", "200000.01", None, "EUR"),
        ("more than 100.000 de euro", "100000.01", None, "EUR"),
        ("cu un buget de peste 100.000 EUR", "100000.01", None, "EUR"),
        ("whose budget exceeded €1m", "1000000.01", None, "EUR"),
        ("above 200,000 in euros", "200000.01", None, "EUR"),
        ("under 1k lei", None, "999.99", "RON"),
        ("sub 50 de mii de lei", None, "49999.99", "RON"),
        ("ce contracte au valoarea sub 2 mil. de euro?", None, "1999999.99", "EUR"),
        ("at least 1.5 million dollars", "1500000", None, "USD"),
        ("cel puțin 2 milioane de lei", "2000000", None, "RON"),
        ("EUR 200,000 or more", "200000", None, "EUR"),
        ("no more than 50,000 EUR", None, "50000", "EUR"),
        ("care nu depășesc 100.000 de euro", None, "100000", "EUR"),
        ("cel mult 50.000 lei", None, "50000", "RON"),
        ("over one million euros", "1000000.01", None, "EUR"),
        ("mai mult de jumătate de milion de euro", "500000.01", None, "EUR"),
        ("peste două sute de mii de lei", "200000.01", None, "RON"),
        ("a budget of exactly 20,000 EUR", "20000", "20000", "EUR"),
        ("a grant of 20,000 EUR", "20000", "20000", "EUR"),
        ("about 20,000 EUR", "18000", "22000", "EUR"),
        ("between 10,000 and 50,000 euros", "10000", "50000", "EUR"),
        ("între 10.000 și 50.000 de euro", "10000", "50000", "EUR"),
        ("de la 10.000 la 20.000 EUR", "10000", "20000", "EUR"),
        ("10-20 million lei", "10000000", "20000000", "RON"),
        ("between 100,000 and 2 million euros", "100000", "2000000", "EUR"),
        ("between 2000 and 5000 EUR", "2000", "5000", "EUR"),
        ("above 10,000 but below 50,000 EUR", "10000.01", "49999.99", "EUR"),
    ],
)
def test_an_amount_is_bounded_by_the_words_beside_it(
    question: str, least: str | None, most: str | None, currency: str
) -> None:
    assert _told(question) == [(least, most, currency)]


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("over 1 million", "1000000.01"),
        ("a project cost above 200,000,000?", "200000000.01"),
        ("peste 200.000 în România", "200000.01"),
        ("above 200,000 that started in 2018", "200000.01"),
    ],
)
def test_a_number_without_a_currency_is_money_behind_a_comparative(question: str, least: str) -> None:
    assert _told(question) == [(least, None, None)]


@pytest.mark.parametrize(
    "question",
    [
        "more than 5 partners",
        "over 200,000 trees",
        "peste 30.000 de persoane",
        "after 2018",
        "more than 2015",
        "above 50%",
        "peste 50 la sută",
        "project 176770",
        "between 2014 and 2016",
        "over 10,000 crowns",
    ],
)
def test_what_may_count_something_else_is_no_amount(question: str) -> None:
    assert bounds_in(question) == []


def test_alternatives_stay_apart() -> None:
    assert _told("above 1m EUR or below 10k EUR") == [("1000000.01", None, "EUR"), (None, "9999.99", "EUR")]


def test_the_words_of_an_amount_are_pointed_at() -> None:
    question = "Which projects got no more than 50,000 euros or so?"
    (one,) = bounds_in(question)
    assert question[one.begin : one.finish] == "no more than 50,000 euros"


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_grouped_figures_of_both_languages_give_the_same_bounds(one: int, other: int) -> None:
    low, high = sorted((one, other))
    english = f"between {low:,} and {high:,} EUR"
    romanian = f"între {low:,} și {high:,} EUR".replace(",", ".")
    assert _told(english) == _told(romanian) == [(str(low), str(high), "EUR")]


@given(st.integers(1, 10**9))
def test_above_and_at_most_share_out_all_amounts(amount: int) -> None:
    (above,), (at_most,) = bounds_in(f"above {amount} EUR"), bounds_in(f"at most {amount} EUR")
    assert above.least is not None
    assert above.least - CENT == at_most.most == amount


@given(st.text(alphabet="abovedinlru€ 0129.,-km>"))
def test_amounts_and_currencies_stand_in_the_question(question: str) -> None:
    for one in bounds_in(question):
        assert 0 <= one.begin < one.finish <= len(question)
    for _, begin, finish in currencies_in(question):
        assert 0 <= begin < finish <= len(question)


@pytest.mark.parametrize(
    ("question", "currencies"),
    [
        ("how many projects have a budget in euros", [("EUR", "euros")]),
        ("bugetul în dolari", [("USD", "dolari")]),
        ("Care proiecte au bugetul în lei?", [("RON", "lei")]),
        ("whose budget is stated in US dollars", [("USD", "US dollars")]),
        ("largest EUR budget", [("EUR", "EUR")]),
        ("total of the dollar budgets", [("USD", "dollar")]),
        ("how much was spent in 2014 in lei", [("RON", "lei")]),
        ("câți lei a primit", [("RON", "lei")]),
        ("in euros or dollars", [("EUR", "euros"), ("USD", "dollars")]),
        ("budgets above 5,000 EUR", []),
        ("Who is Ron Weasley?", []),
        ("in ALL projects", []),
        ("projects about the SDG goals", []),
        ("the Euro-Atlantic idea", []),
    ],
)
def test_a_currency_is_named_where_money_is_spoken_of(question: str, currencies: list[tuple[str, str]]) -> None:
    assert [(code, question[begin:finish]) for code, begin, finish in currencies_in(question)] == currencies


@pytest.mark.parametrize(
    ("question", "number", "words"),
    [
        ("top 3 projects by budget", 3, "top 3"),
        ("the three largest budgets", 3, "three"),
        ("Which 2 projects in Togo had the largest budgets?", 2, "2"),
        ("first five projects", 5, "first five"),
        ("primele trei", 3, "primele trei"),
        ("cele mai mari 5 bugete", 5, "cele mai mari 5"),
        ("cele trei mai vechi proiecte", 3, "cele trei"),
        ("ultimele două", 2, "ultimele două"),
    ],
)
def test_how_many_are_asked_for(question: str, number: int, words: str) -> None:
    found = limit_in(question)
    assert found is not None
    assert (found[0], question[found[1] : found[2]]) == (number, words)


@pytest.mark.parametrize(
    "question",
    [
        "the largest budget",
        "the first three months",
        "ultimii 5 ani",
        "at least three partners",
        "Which of the 3 partners had the largest budget?",
        "care dintre cele două are cel mai mare buget",
    ],
)
def test_a_number_that_is_none_of_an_order_limits_nothing(question: str) -> None:
    assert limit_in(question) is None


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("What was the second largest budget?", 2),
        ("the 3rd most expensive", 3),
        ("Who funded the second one?", 2),
        ("And the tenth?", 10),
        ("tell me more about the last one", -1),
        ("al doilea ca mărime", 2),
        ("a doua cea mai mare", 2),
        ("al 3-lea ca valoare", 3),
        ("Și cea de-a patra?", 4),
        ("cine l-a finanțat pe ultimul?", -1),
        ("primul din listă", 1),
    ],
)
def test_one_is_asked_for_by_its_place(question: str, place: int) -> None:
    found = place_in(question)
    assert found is not None
    assert found[0] == place


@pytest.mark.parametrize(
    "question",
    [
        "which project ended last",
        "the last project to end",
        "care proiect s-a încheiat ultimul?",
        "for the second time",
        "in the second half of 2015",
        "a doua conferință",
        "the first five projects",
    ],
)
def test_an_ordinal_that_picks_none_of_a_list_is_no_place(question: str) -> None:
    assert place_in(question) is None

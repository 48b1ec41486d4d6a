"""Names of money, and which stand alone."""

import pytest

from eval.written.currencies import before, behind, currencies
from eval.written.lexemes import lexemes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("de euro", "EUR"), ("lire sterline", "GBP"), ("US$", "USD"),
        ("dolari americani", "USD"), ("Swiss francs", "CHF"), ("coroane norvegiene", "NOK"), ("HRK", "HRK"),
        ("lei moldovenești", "MDL"), ("South Korean won", "KRW"), ("per cent", "%"), ("zł", "PLN"),
    ],
)  # fmt: skip
def test_money_is_known_by_code_mark_and_name_in_both_languages(name: str, code: str) -> None:
    assert behind(lexemes(name), 0) == (frozenset({code}), len(lexemes(name).raw))


@pytest.mark.parametrize("word", ["won", "real", "top", "gold", "florin", "de", "sum", "all", "TOPS", "DEM"])
def test_a_word_is_no_money(word: str) -> None:
    assert behind(lexemes(word), 0) == (frozenset(), 0)


def test_a_name_without_its_country_is_any_of_them() -> None:
    assert currencies()["lei"] == {"RON", "MDL"}
    assert currencies()["$"] == currencies()["dolari"] > {"USD", "CAD"}


def test_before_a_number_a_heading_is_no_money() -> None:
    assert before(lexemes("TOP 10"), 1, 0) == (frozenset(), 1)
    assert before(lexemes("% 10"), 1, 0) == (frozenset(), 1)
    assert before(lexemes("CAD 10"), 1, 0) == (frozenset({"CAD"}), 0)
    assert before(lexemes("EUR 10"), 1, 1) == (frozenset(), 1)  # already another number's

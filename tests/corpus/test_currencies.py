"""Currencies by code, sign and name."""

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.currencies import CODES, CURRENCIES, UNSETTLED, Named, currency_before, currency_behind, settles
from corpus.folding import fold_keeping_length

NO_MONEY = set("BOV CHW MXV USN UYI UYW XAD XAG XAU XBA XBB XBC XBD XPD XPT XSU XTS XUA XXX".split())
"""Codes of ISO 4217 for funds, metals, units of account and tests."""


def behind(words: str) -> Named | None:
    return currency_behind(words, fold_keeping_length(words), 0)


def before(words: str) -> Named | None:
    return currency_before(words, fold_keeping_length(words), 0, len(words))


def test_every_currency_in_use_is_known() -> None:
    assert {currency.alpha_3 for currency in pycountry.currencies} - CODES == NO_MONEY


def test_every_name_stands_for_a_known_code() -> None:
    assert set(CURRENCIES.values()) | set().union(*UNSETTLED.values()) <= CODES


def test_names_are_written_folded() -> None:
    assert [name for name in (*CURRENCIES, *UNSETTLED) if fold_keeping_length(name) != name] == []


@pytest.mark.parametrize(
    ("words", "code", "length"),
    [
        ("EUR", "EUR", 3),
        ("euro", "EUR", 4),
        ("Euros,", "EUR", 5),
        ("€ and", "EUR", 1),
        ("LEI", "RON", 3),
        ("ron", "RON", 3),
        ("lei noi", "RON", 7),
        ("lei vechi", "ROL", 9),
        ("lei moldovenești (", "MDL", 16),
        ("lei pentru", "RON", 3),
        ("U.S. dollars", "USD", 12),
        ("Swiss francs", "CHF", 12),
        ("Ft", "HUF", 2),
        ("zł", "PLN", 2),
        ("(EUR)", "EUR", 5),
        ("francs (CHF)", "CHF", 12),
        ("dollars CAD", "CAD", 11),
    ],
)
def test_the_longest_currency_behind_a_number_is_taken(words: str, code: str, length: int) -> None:
    named = behind(words)
    assert named is not None
    assert (named.code, named.start, named.end) == (code, 0, length)


def test_the_preposition_of_a_romanian_number_is_passed_over() -> None:
    assert behind("de euro") == Named("EUR", 3, 7, False, "euro")


@pytest.mark.parametrize(
    "words", ["", " EUR", "rol", "europe", "eurozone", "leit", "ft", "all", "euro_x", "EUR5", "(the)", "people"]
)
def test_other_words_are_no_currency(words: str) -> None:
    assert behind(words) is None


@pytest.mark.parametrize(
    ("words", "code", "verbatim"),
    [
        ("worth EUR ", "EUR", "EUR"),
        ("US$", "USD", "US$"),
        ("US $ ", "USD", "US $"),
        ("CA $", "CAD", "CA $"),
        ("U.S.$", "USD", "U.S.$"),
        ("U.S. $", "USD", "U.S. $"),
        ("a $", "USD", "$"),
        ("lei ", "RON", "lei"),
        ("Swiss francs ", "CHF", "Swiss francs"),
        ("Budget (EUR): ", "EUR", "(EUR)"),
        ("EUR: ", "EUR", "EUR"),
        ("Rs. ", None, "Rs"),
    ],
)
def test_a_currency_before_a_number_is_found(words: str, code: str | None, verbatim: str) -> None:
    named = before(words)
    assert named is not None
    assert named.code == code
    assert words[named.start : named.end] == verbatim


def test_a_currency_before_the_floor_is_another_numbers() -> None:
    assert currency_before("5 EUR 6", "5 eur 6", 5, 6) is None


def test_a_shared_name_says_no_country_and_a_code_of_one_settles_it() -> None:
    crowns = behind("kr")
    assert crowns is not None
    assert crowns.code is None
    assert settles(crowns, "NOK")
    assert not settles(crowns, "USD")


def test_a_code_that_is_a_word_says_so() -> None:
    named, plain = before("TOP "), before("EUR ")
    assert named is not None
    assert plain is not None
    assert (named.is_wordlike, plain.is_wordlike) == (True, False)


@given(st.sampled_from(sorted(CURRENCIES)), st.booleans())
def test_every_name_is_found_whole_in_either_case(name: str, upper: bool) -> None:
    words = name.upper() if upper else name
    named = behind(words)
    assert named is not None
    assert (named.code, words[named.start : named.end]) == (CURRENCIES[name], words)


@given(st.text(alphabet="EURonleiUSD$€£ ().:59ck", max_size=40))
def test_a_currency_lies_where_it_is_looked_for(words: str) -> None:
    first, last = behind(words), before(words)
    assert first is None or (0 <= first.start < first.end <= len(words))
    assert last is None or (0 <= last.start < last.end <= len(words))

"""What plans are called has the same phrases in both languages; bounds are told as they were said."""

import string
from decimal import Decimal

import pytest

from assistant import plan_words, questions_made
from assistant.plan_words import country_called, size, when

D = Decimal


@pytest.mark.parametrize("table", [plan_words._WORDS, questions_made._OF_ONE, questions_made._OF_MANY])
def test_every_phrase_has_the_same_blanks_in_both_languages(table: dict[str, dict[str, str]]) -> None:
    blanks = [
        {key: {name for _, name, _, _ in string.Formatter().parse(text) if name} for key, text in told.items()}
        for told in table.values()
    ]
    assert blanks[0] == blanks[1]


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (D("100000.01"), None, "over 100,000 EUR"),
        (D("100000"), None, "of at least 100,000 EUR"),
        (None, D("49999.99"), "under 50,000 EUR"),
        (None, D("50000"), "of at most 50,000 EUR"),
        (D("1000"), D("2000"), "of 1,000 EUR to 2,000 EUR"),
        (D("1000"), D("1000"), "of 1,000 EUR"),
        (None, None, "in EUR"),
    ],
)
def test_an_amount_is_told_by_the_bounds_as_they_were_said(
    least: Decimal | None, most: Decimal | None, told: str
) -> None:
    assert size("en", least, most, "EUR") == told


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2014", "2014", "in 2014"),
        ("2014-03", "2014-03", "in March 2014"),
        ("2014-03-02", "2014-03-02", "on 2 March 2014"),
        ("2014", None, "since 2014"),
        (None, "2014", "in or before 2014"),
        (None, "2014-03-02", "on or before 2 March 2014"),
        ("2012", "2014", "between 2012 and 2014"),
        (None, None, "at a known time"),
    ],
)
def test_a_time_is_told_by_its_bounds(since: str | None, until: str | None, told: str) -> None:
    assert when("en", since, until) == told


def test_a_country_is_called_as_the_language_does() -> None:
    assert (country_called("IT", "en"), country_called("IT", "ro")) == ("Italy", "Italia")

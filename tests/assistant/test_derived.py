"""Figures that no quote holds are computed again from the quotes, and refused where they differ."""

from decimal import Decimal

import pytest

from assistant.answer import (
    ANSWERED,
    AVERAGE,
    COUNT,
    DAYS,
    DIFFERENCE,
    DURATION,
    MONTHS,
    QUOTES,
    RANK,
    SHARE,
    START,
    SUM,
    Answer,
    Derived,
    Statement,
    cite,
)
from assistant.check import check
from assistant.derived import months
from corpus.document import Document, Span
from corpus.record import Project

EUR = ("Budget: 20.000 EUR", "1,5 mil. euro", "€ 480")
CELLS = ("Valoare (lei): 1000", "2000", "3000")
PERIODS = ("Period: May 2016 – April 2018", "2011-2012", "Duration: 18 months")


def _faults(said: str, quotes: tuple[str, ...], *derived: Derived, cites: tuple[int, ...] = ()) -> list[str]:
    """What is wrong with a statement about records that each say one of `quotes`."""
    documents, citations = {}, []
    for n, quote in enumerate(quotes, 1):
        document = Document(f"d{n}", f"{n}.txt", "text/plain", "", "en", "0" * 64, quote, ())
        project = Project(f"p{n}", f"Project {n}", None, (), f"{n}.txt", Span(0, len(quote)), "en", "")
        documents[document.id] = document
        citations.append(cite(n, document, Span(0, len(quote)), project))
    statement = Statement(said, cites or tuple(range(1, len(quotes) + 1)), derived=derived)
    return check(Answer("?", ANSWERED, (statement,), tuple(citations), "", "en"), documents)


def _of(kind: str, value: str, currency: str | None = None, from_: tuple[int, ...] = (1, 2, 3)) -> Derived:
    return Derived(kind, Decimal(value), currency, from_)


@pytest.mark.parametrize(
    ("said", "quotes", "derived"),
    [
        ("1,520,480 EUR together", EUR, _of(SUM, "1520480", "EUR")),
        ("împreună 1.520.480 euro", EUR, _of(SUM, "1520480", "EUR")),
        ("506,826.67 EUR on average", EUR, _of(AVERAGE, "506826.6666666666666666666667", "EUR")),
        ("în medie 506.827 EUR", EUR, _of(AVERAGE, "506826.67", "EUR")),
        ("3 projects", EUR, _of(COUNT, "3")),
        ("a difference of 1,480,000 EUR", EUR[:2], _of(DIFFERENCE, "1480000", "EUR", (1, 2))),
        ("1.3% of all", EUR, _of(SHARE, "1.3154", "EUR", (1, 1, 2, 3))),
        ("the second largest", EUR, _of(RANK, "2", "EUR")),
        ("the smallest", EUR, _of(RANK, "-1", "EUR", (3, 1, 2))),
        ("3,000 together", CELLS[:2], _of(SUM, "3000", None, (1, 2))),
        ("24 months", PERIODS[:1], _of(DURATION, "24", None, (1,))),
        ("2 years", PERIODS[:1], _of(DURATION, "24", None, (1,))),
        ("18 months", PERIODS[2:], _of(DURATION, "18", None, (1,))),
        ("22 months on average", PERIODS, Derived(AVERAGE, Decimal(22), None, (1, 2, 3), MONTHS)),
        ("730.5 days on average", PERIODS[:2], Derived(AVERAGE, Decimal("730.5"), None, (1, 2), DAYS)),
        ("2 names", ("IFLA", "Solus"), Derived(COUNT, Decimal(2), None, (1, 2), QUOTES)),
        ("the latest", PERIODS[:2], Derived(RANK, Decimal(1), None, (1, 2), START)),
    ],
)
def test_a_figure_that_follows_from_the_quotes_passes(said: str, quotes: tuple[str, ...], derived: Derived) -> None:
    assert _faults(said, quotes, derived) == []


@pytest.mark.parametrize(
    ("said", "quotes", "derived", "fault"),
    [
        ("1,520,481 EUR", EUR, _of(SUM, "1520481", "EUR"), "the sum 1520481 is 1520480 by the quotes"),
        ("1,520,481 EUR", EUR, _of(SUM, "1520480", "EUR"), "number not in its source: 1,520,481 EUR"),
        ("1,520,480 USD", EUR, _of(SUM, "1520480", "EUR"), "currency not in its source: USD"),
        ("3 EUR", EUR, _of(COUNT, "3"), "number not in its source: 3 EUR"),
        ("2 projects", EUR, _of(COUNT, "2"), "the count 2 is 3 by the quotes"),
        ("506,800 EUR", EUR, _of(AVERAGE, "506826.67", "EUR"), "number not in its source: 506,800 EUR"),
        ("first", EUR, _of(RANK, "1", "EUR"), "the rank 1 is 2 by the quotes"),
        ("25 months", PERIODS[:1], _of(DURATION, "25", None, (1,)), "the duration_months 25 is 24 by the quotes"),
        ("20,000 EUR", EUR, _of("product", "20000", "EUR"), "there is no way to derive a figure called product"),
        ("so", EUR, _of(SUM, "0", "EUR", ()), "the sum 0 cannot be computed from 0 citations"),
        ("so", EUR, _of(SUM, "40000", "EUR", (1, 1)), "the sum 40000 counts a citation twice"),
        ("so", ("no sum",), _of(SUM, "1", "EUR", (1,)), "the sum 1: citation 1 gives no such value"),
        ("so", ("550,00 USD",), _of(SUM, "550", "USD", (1,)), "the sum 550: citation 1 gives no such value"),
        ("so", ("1 EUR, 2 EUR",), _of(SUM, "1", "EUR", (1,)), "the sum 1: citation 1 gives several values"),
        ("so", ("0 EUR", "0 EUR"), _of(SHARE, "0", "EUR", (1, 2)), "the share 0: there is no share of nothing"),
    ],
)
def test_a_figure_that_does_not_follow_is_caught(
    said: str, quotes: tuple[str, ...], derived: Derived, fault: str
) -> None:
    assert fault in _faults(said, quotes, derived)


def test_amounts_in_two_currencies_are_never_added() -> None:
    quotes = ("100 EUR", "200 RON")
    assert "the sum 300: citation 2 is in RON" in _faults("300 EUR", quotes, _of(SUM, "300", "EUR", (1, 2)))
    assert "the sum 300: EUR and RON are taken together" in _faults("300", quotes, _of(SUM, "300", None, (1, 2)))


def test_a_bare_number_is_in_the_currency_that_stands_beside_it() -> None:
    cell = "amount: 1000\ncurrency: GBP"
    assert _faults("1,000 GBP", (cell,), _of(SUM, "1000", "GBP", (1,))) == []
    assert "the sum 1000: citation 1 is in GBP" in _faults("1,000 EUR", (cell,), _of(SUM, "1000", "EUR", (1,)))


def test_a_record_that_is_cited_with_an_amount_and_not_added_is_caught() -> None:
    assert _faults("20,480 EUR", EUR, _of(SUM, "20480", "EUR", (1, 3))) == [
        "citation 2 is left out of what is added up in EUR"
    ]


def test_sums_in_two_currencies_and_a_record_without_an_amount_pass() -> None:
    quotes = ("100 EUR", "200 RON", "no sum is given")
    sums = (_of(SUM, "100", "EUR", (1,)), _of(SUM, "200", "RON", (2,)))
    assert _faults("100 EUR and 200 RON", quotes, *sums) == []


def test_a_figure_from_a_citation_that_the_statement_lacks_is_caught() -> None:
    found = _faults("20,480 EUR", EUR, _of(SUM, "20480", "EUR", (1, 3)), cites=(1,))
    assert "the sum 20480 rests on citation 3, which the statement lacks" in found


def test_of_several_amounts_of_a_quote_the_caller_says_which_is_meant() -> None:
    row = ("Mill | 100 EUR | 30 EUR", "Dam | 200 EUR | 50 EUR")
    total = Derived(SUM, Decimal(300), "EUR", (1, 2), values=(Decimal(100), Decimal(200)))
    assert _faults("300 EUR", row, total) == []
    other = Derived(SUM, Decimal(301), "EUR", (1, 2), values=(Decimal(101), Decimal(200)))
    assert "the sum 301: citation 1 gives no such value" in _faults("301 EUR", row, other)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2013-11", "2015-08", 22),
        ("2011", "2012", 24),
        ("2019-03-15", "2019-06-14", 3),
        ("2019-03-01", "2019-06-30", 4),
        ("2020-09-22", "2020-09-25", 1),
        ("2020", "2020-06", 6),
    ],
)
def test_months_are_counted_to_the_end_of_the_period(start: str, end: str, length: int) -> None:
    assert months(start, end) == length

"""Metrics, with values worked by hand."""

import math

import pytest

from corpus.document import Span
from eval.metrics import Gold, correctness, fact_recall, mean, met, precision, recall, verbatim

GOLD = [[Gold("a.txt", Span(10, 20))], [Gold("a.txt", Span(50, 60)), Gold("b.txt", Span(0, 9))]]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("a.txt", Span(0, 11))], 1 / 2),  # touches the first source by one character
        ([("a.txt", Span(0, 10))], 0 / 2),  # ends where it begins
        ([("b.txt", Span(5, 6)), ("a.txt", Span(12, 13))], 2 / 2),
        ([("c.txt", Span(10, 20))], 0 / 2),
        ([], 0 / 2),
    ],
)
def test_recall_is_the_share_of_gold_sources_met(found: list[tuple[str, Span]], expected: float) -> None:
    assert recall(found, GOLD) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("a.txt", Span(10, 20)), ("a.txt", Span(30, 40))], 1 / 2),
        ([("a.txt", Span(55, 56)), ("b.txt", Span(1, 2)), ("a.txt", Span(0, 5))], 2 / 3),
    ],
)
def test_precision_is_the_share_of_the_found_that_meet_gold(found: list[tuple[str, Span]], expected: float) -> None:
    assert precision(found, GOLD) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Span(30, 40), (0,)),
        (Span(34, 36), (0,)),
        (Span(29, 31), ()),  # reaches out by one character
        (Span(0, 90), ()),  # the whole document says nothing about which record is meant
    ],
)
def test_a_whole_record_is_met_only_by_what_lies_in_it(found: Span, expected: tuple[int, ...]) -> None:
    assert met([("a.txt", found)], [[Gold("a.txt", Span(30, 40), whole=True)]]) == expected


def test_a_quote_is_verbatim_only_if_its_document_says_so_at_that_very_place() -> None:
    texts = {"a.txt": "Budget: 10 EUR"}
    right, shifted, altered = (("a.txt", Span(8, 14)), "10 EUR"), (("a.txt", Span(7, 13)), "10 EUR"), (
        ("a.txt", Span(8, 14)), "11 EUR",
    )  # fmt: skip
    elsewhere, empty = (("b.txt", Span(8, 14)), "10 EUR"), (("a.txt", Span(8, 8)), "")
    assert verbatim([right, shifted, altered, elsewhere, empty], texts) == 1 / 5
    assert math.isnan(verbatim([], texts))


def test_what_does_not_apply_is_nan_and_leaves_the_mean_alone() -> None:
    assert math.isnan(recall([], []))
    assert math.isnan(precision([], GOLD))
    assert math.isnan(correctness("anything", []))
    assert mean([1.0, math.nan, 0.0]) == (1 + 0) / 2
    assert math.isnan(mean([math.nan]))


@pytest.mark.parametrize(
    ("answer", "accepted", "expected"),
    [
        ("The budget was “279.014 EUR” [1]", ["279.014 EUR"], 1),
        ("It took 95 speakers", ["95 SPEAKERS"], 1),
        ("Finanțator: Fundația Țării", ["fundatia tarii"], 1),
        ("It took 1,950 speakers", ["950 speakers", "50 speakers"], 0),
        ("“800\nRON”", ["800 RON"], 1),
        ("nothing of the kind", ["279.014 EUR"], 0),
    ],
)
def test_correctness_finds_an_accepted_answer_as_whole_words(answer: str, accepted: list[str], expected: float) -> None:
    assert correctness(answer, accepted) == expected


def test_correctness_is_all_that_is_asked_and_nothing_that_is_ruled_out() -> None:
    said = "DigiTales – “20.000 EUR”, 2011-2012"
    assert correctness(said, ["EUR 20,000"], [["2011"], ["2013", "2012"]], ["20.000 USD"]) == 1
    assert correctness(said, ["EUR 20,000"], [["2011"], ["2013"]]) == 0
    assert correctness(said, ["20,000 USD"], [["2011"]]) == 0
    assert correctness(said, [], [["2011"]], ["20 000 de euro"]) == 0


def test_fact_recall_is_the_share_of_facts_held() -> None:
    every = [["Ashoka Romania"], ["National Library", "Biblioteca Națională"], ["IFLA"]]
    said = "Partners: Ashoka Romania, Biblioteca Nationala; budget 9,910 EUR"
    assert fact_recall(said, ["9.910 de euro", "€9,910"], every) == 3 / 4
    assert fact_recall(said, ["9,910 USD", "€9,911"], every) == 2 / 4
    assert fact_recall(said, [], every) == 2 / 3
    assert fact_recall(said, ["10 EUR"]) == 0 / 1
    assert math.isnan(fact_recall(said, []))

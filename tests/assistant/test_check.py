"""The checker is given right answers with one thing planted wrong, and has to catch each."""

from dataclasses import replace

import pytest

from assistant.answer import ANSWERED, Answer, Statement, cite
from assistant.check import check
from corpus.document import Document, Span
from corpus.record import Project

TEXT = "Harbour Lights\n\nPeriod: 2019-2021 | Budget: 245.884 EUR | Funder: Tidewater Fund, “Coast” line\n"


def _document(text: str = TEXT) -> Document:
    return Document("d1", "page.txt", "text/plain", "Harbour Lights", "en", "0" * 64, text, ())


def _project() -> Project:
    return Project("harbour-lights", "Harbour Lights", Span(0, 14), (), "page.txt", Span(0, len(TEXT)), "en", "")


def _answer(text: str, words: str = "Budget: 245.884 EUR") -> Answer:
    start = TEXT.index(words)
    citation = cite(1, _document(), Span(start, start + len(words)), _project())
    return Answer("?", ANSWERED, (Statement(text, (1,)),), (citation,), "", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Lights – Budget: “245.884 EUR”",
        "Harbour Lights – Budget: “245.884 EUR”, that is 245,884 EUR",
        "“Budget: 245.884 EUR”",
    ],
)
def test_what_the_source_says_passes(text: str) -> None:
    assert check(_answer(text), {"d1": _document()}) == []


def test_quotation_marks_within_the_quoted_words_pass() -> None:
    answer = _answer("Harbour Lights – Funder: “Tidewater Fund, “Coast” line”", "Funder: Tidewater Fund, “Coast” line")
    assert check(answer, {"d1": _document()}) == []


def test_quotation_marks_in_a_title_pass() -> None:
    answer = _answer("Park “Mill Green” – Budget: “245.884 EUR”")
    citation = replace(answer.citations[0], project="Park “Mill Green”")
    assert check(replace(answer, citations=(citation,)), {"d1": _document()}) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Harbour Lights – Budget: “245.834 EUR”", "not in its source"),  # a digit changed
        ("Harbour Lights – Budget: “245.884 USD”", "not in its source"),  # a currency swapped inside the quote
        ("Harbour Lights – Budget: “245.884 EUR”, that is 245,884 USD", "currency not in its source: USD"),
        ("Harbour Lights – Budget: “245.884 EUR”, that is 254,884 EUR", "number not in its source: 254884"),
        ("Harbour Lights – Budget: “245.884 EUR” in 2016", "number not in its source: 2016"),
        ("Harbour Lights – Funder: “Saltmarsh Fund”", "not in its source"),  # a name from another record
    ],
)
def test_a_planted_falsehood_is_caught(text: str, fault: str) -> None:
    assert any(fault in found for found in check(_answer(text), {"d1": _document()}))


def test_a_quote_that_is_not_the_text_at_its_span_is_caught() -> None:
    answer = _answer("“Budget: 245.884 EUR”")
    moved = replace(answer.citations[0], span=Span(0, 19))
    assert check(replace(answer, citations=(moved,)), {"d1": _document()}) == ["citation 1 is not verbatim"]


def test_a_citation_of_an_unknown_document_is_caught() -> None:
    assert check(_answer("“Budget: 245.884 EUR”"), {}) == ["citation 1 is not verbatim"]


def test_a_statement_without_citation_is_caught() -> None:
    answer = replace(_answer("“Budget: 245.884 EUR”"), statements=(Statement("It was a success."),))
    assert check(answer, {"d1": _document()}) == ["nothing is cited for: It was a success."]


def test_a_marker_without_citation_is_caught() -> None:
    answer = replace(_answer("“Budget: 245.884 EUR”"), statements=(Statement("“Budget: 245.884 EUR”", (2,)),))
    assert check(answer, {"d1": _document()}) == ["there is no citation 2"]


def test_both_readings_of_an_ambiguous_amount_may_be_said() -> None:
    text = "Budget: 550,00 USD"
    document = _document(text)
    citation = cite(1, document, Span(0, len(text)), _project())
    said = Statement("Harbour Lights – Budget: “550,00 USD” (it may mean 550.00 or 550,000)", (1,))
    assert check(Answer("?", ANSWERED, (said,), (citation,), "", "en"), {"d1": document}) == []

"""What a statement may say of what it cites: the same words, values, dates and names in any form, and no others."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answer import ANSWERED, REFUSED, TOTAL, Answer, Derived, Statement, cite
from assistant.check import check
from corpus.document import Document, Span
from corpus.record import Project

TITLE = "Harbour Lights"


def _document(text: str) -> Document:
    return Document("d1", "page.txt", "text/plain", TITLE, "en", "0" * 64, text, ())


def _project(title: str = TITLE) -> Project:
    return Project("harbour-lights", title, None, (), "page.txt", Span(0, 1), "en", "")


def _faults(said: str, quote: str, title: str = TITLE, titles: frozenset[str] | None = None) -> list[str]:
    """What is wrong with a statement that cites all of a document that says `quote`."""
    document = _document(quote)
    citation = cite(1, document, Span(0, len(quote)), _project(title))
    answer = Answer("?", ANSWERED, (Statement(said, (1,)),), (citation,), "", "en")
    return check(answer, {"d1": document}, titles=titles)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("“Budget: 245.884 EUR”", "Budget: 245.884 EUR"),
        ("Harbour Lights – Budget: “245.884 EUR”, that is 245,884 EUR", "Budget: 245.884 EUR"),
        ("The budget was 1,200,000 lei.", "Buget: 1,2 mil. lei"),
        ("Suma este de 3 mii de lei.", "3000 RON"),
        ("$500 were paid.", "Amount: 500 USD"),
        ("It cost 10,000 EUR at least.", "Budget: 10,000 - 20,000 EUR"),
        ("550,00 USD (it may mean 550.00 or 550,000)", "Budget: 550,00 USD"),
        ("The grant was 28,000 GBP.", "amountAwarded: 28000\ncurrency: GBP"),
        ("20% of the schools joined.", "20 percent of schools"),
        ("Twelve schools and 3 towns joined.", "12 schools in three towns"),
        ("Call 0265 123 456.", "Tel. 0265 123 456"),
        ("It was held in 2,014 schools.", "în 2014 de școli"),
    ],
)
def test_numbers_may_be_written_otherwise(said: str, quote: str) -> None:
    assert _faults(said, quote) == []


@pytest.mark.parametrize(
    ("said", "quote", "fault"),
    [
        ("It cost 254,884 EUR.", "Budget: 245.884 EUR", "number not in its source: 254,884 EUR"),
        ("It cost 1.2 RON.", "Buget: 1,2 mil. lei", "number not in its source: 1.2 RON"),
        ("It cost “1,2” lei.", "Buget: 1,2 mil. lei", "not in its source: 1,2"),
        ("It cost “014” EUR.", "Budget: 1,014 EUR", "not in its source: 014"),
        ("It cost ,1014 EUR.", "Budget: 1,014 EUR", "number not in its source: ,1014"),
        ("It cost 20,00 EUR.", "Budget: 20,000 EUR", "number not in its source: 20,00 EUR"),
        ("14 took part.", "in 2014 they met", "number not in its source: 14"),
        ("14 took part.", "it cost 1,014 EUR", "number not in its source: 14"),
        ("19 took part.", "during COVID-19", "number not in its source: 19"),
        ("In 2013 it began.", "under Regulation 1303/2013", "date not in its source: 2013"),
        ("20% took part.", "20 schools took part", "number not in its source: 20 %"),
        ("Thirteen took part.", "12 took part", "number not in its source: Thirteen"),
        ("It cost 245,884 USD.", "Budget: 245.884 EUR", "currency not in its source: USD"),
        ("500 RON and 300 EUR", "500 EUR, 300 RON", "number not in its source: 500 RON"),
        ("It was paid in lei.", "500 EUR", "currency not in its source: RON"),
        ("The grant was 28,000 EUR.", "amountAwarded: 28000\ncurrency: GBP", "currency not in its source: EUR"),
        ("Under PA18 it began.", "Funder: program PA17/RO13", "not in its source: pa18"),
    ],
)
def test_a_number_of_another_value_unit_or_currency_is_caught(said: str, quote: str, fault: str) -> None:
    assert fault in _faults(said, quote)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("It began in May 2016.", "Period: 05.2016 - 04.2018"),
        ("A început în mai 2016.", "Period: May 2016 – April 2018"),
        ("It ran in 2016.", "Period: 05.2016 - 04.2018"),
        ("It ran from June 2014 to November 2014.", "Perioada: iunie – noiembrie 2014"),
        ("It ended in February 2021.", "24 months from March 2019"),
        ("It was on 3 April 2019.", "on 03/04/2019"),
        ("It was on 4 March 2019.", "on 03/04/2019"),
        ("It opened on 22 September 2020.", "22-25 September 2020"),
        ("Mai multe școli au participat; it may go on.", "many schools"),
    ],
)
def test_dates_may_be_written_otherwise_or_less_exactly(said: str, quote: str) -> None:
    assert _faults(said, quote) == []


@pytest.mark.parametrize(
    ("said", "quote", "fault"),
    [
        ("It began in June 2016.", "Period: 05.2016 - 04.2018", "date not in its source: June 2016"),
        ("It began on 3 May 2016.", "Period: 05.2016 - 04.2018", "date not in its source: 3 May 2016"),
        ("It began in June.", "Period: May 2016 – April 2018", "date not in its source: June"),
        ("It ran in 2017.", "Period: May 2016 – April 2018", "date not in its source: 2017"),
        ("It was on 24 September 2020.", "22-25 September 2020", "date not in its source: 24 September 2020"),
        ("The grants of 2009-2015 paid.", "EEA Grants 2009-2014", "date not in its source: 2009-2015"),
    ],
)
def test_another_or_a_more_exact_date_is_caught(said: str, quote: str, fault: str) -> None:
    assert fault in _faults(said, quote)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Saltmarsh Fund paid.", "Funder: Saltmarsh Fund"),
        ("It was paid by the SALTMARSH FUND’s board.", "Funder: Saltmarsh Fund"),
        ("The fund called “saltmarsh fund” paid.", "Funder: Saltmarsh Fund"),
        ("The Fundația Țărmul Sărat paid.", "Fundatia Tarmul Sarat"),
        ("Finanțatorul Casa Ema a plătit.", "Casa Ema"),
        ("Harbour Lights – Total Cost: “500 EUR”", "Total Cost | Period\n500 EUR | 2014"),
        ("Harbour Lights – Budget: “Tidewater Fund, “Coast” line”", "Funder: Tidewater Fund, “Coast” line"),
    ],
)
def test_names_are_compared_without_case_and_accents(said: str, quote: str) -> None:
    assert _faults(said, quote) == []


@pytest.mark.parametrize(
    ("said", "quote", "fault"),
    [
        ("Tidewater Fund paid.", "Funder: Saltmarsh Fund", "name not in its source: Tidewater Fund"),
        ("It was paid by Tidewater.", "Funder: Saltmarsh Fund", "name not in its source: Tidewater"),
        ("It was paid by ‘tidewater’.", "Funder: Saltmarsh Fund", "not in its source: tidewater"),
        ("“The “inner” zebra.”", "The “inner” words.", "not in its source: zebra.”"),
        ("Tidal mills – Budget: “500 EUR”", "Budget: 500 EUR", "name not in its source: Tidal mills"),
    ],
)
def test_a_name_from_elsewhere_is_caught(said: str, quote: str, fault: str) -> None:
    assert fault in _faults(said, quote)


def test_a_sentence_that_begins_with_another_record_s_title_is_caught_where_titles_are_known() -> None:
    said, quote = "Tidal mills cost 500 EUR.", "Budget: 500 EUR"
    assert _faults(said, quote) == []
    assert _faults(said, quote, titles=frozenset({"Tidal mills"})) == ["name not in its source: tidal mills"]


def test_figures_and_marks_within_a_title_pass() -> None:
    assert _faults("Park “Mill 2014” – Budget: “500 EUR”", "Budget: 500 EUR", title="Park “Mill 2014”") == []


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ("Harbour Lights and Tidal mills ran in 2014.", []),
        ("Harbour Lights a durat mai mult.", []),  # a comparison rests on both
        ("Harbour Lights ran in 2014.", ["citation 2 is of Tidal mills, which the statement does not name"]),
    ],
)
def test_a_figure_of_one_project_may_not_rest_on_another_that_is_not_named(said: str, faults: list[str]) -> None:
    document = _document("Period: 2014-2015\n\nPeriod: 2014-2015")
    citations = (cite(1, document, Span(0, 17), _project()), cite(2, document, Span(19, 36), _project("Tidal mills")))
    answer = Answer("?", ANSWERED, (Statement(said, (1, 2)),), citations, "", "en")
    assert check(answer, {"d1": document}) == faults


# Citations


def _answer() -> tuple[Answer, dict[str, Document]]:
    document = _document("Budget: 245.884 EUR and more")
    citation = cite(1, document, Span(0, 19), _project())
    return Answer("?", ANSWERED, (Statement("“245.884 EUR”", (1,)),), (citation,), "", "en"), {"d1": document}


@pytest.mark.parametrize("span", [(1, 20), (0, 18), (0, 28)])
def test_a_quote_that_is_not_the_text_at_its_span_is_caught(span: tuple[int, int]) -> None:
    answer, documents = _answer()
    moved = replace(answer.citations[0], span=Span(*span))
    assert check(replace(answer, citations=(moved,)), documents) == ["citation 1 is not verbatim"]


def test_a_citation_of_an_unknown_or_another_document_is_caught() -> None:
    answer, documents = _answer()
    assert check(answer, {}) == ["citation 1 is not verbatim"]
    assert check(answer, {"d1": replace(documents["d1"], source="other.txt")}) == ["citation 1 is not verbatim"]


@pytest.mark.parametrize("span", [(1, 19), (0, 13), (12, 19)])
def test_a_citation_that_cuts_a_word_or_number_is_caught(span: tuple[int, int]) -> None:
    answer, documents = _answer()
    cut = cite(1, documents["d1"], Span(*span), _project())
    assert "citation 1 cuts a word or number" in check(replace(answer, citations=(cut,)), documents)


def test_a_statement_without_citation_is_caught() -> None:
    answer, documents = _answer()
    said = replace(answer, statements=(Statement("It was a success."),))
    assert check(said, documents) == ["nothing is cited for: It was a success."]


def test_a_marker_without_citation_is_caught() -> None:
    answer, documents = _answer()
    assert check(replace(answer, statements=(Statement("So.", (2,)),)), documents) == ["there is no citation 2"]


# Remarks


def _remark(text: str, *derived: Derived, status: str = ANSWERED) -> Answer:
    said = Statement(text, is_remark=status == ANSWERED, derived=derived)
    return Answer("What did the 2014 mill on the BR-90r cost?", status, (said,), (), "budget of Mill 7", "en")


def test_a_remark_may_hold_figures_of_the_question_the_plan_titles_and_vouched_totals() -> None:
    remark = _remark("Mill 7 of 2014, br 90r, Dam 12: none of 15 projects.", Derived(TOTAL, Decimal(15)))
    assert check(remark, {}, totals=frozenset({15}), titles=frozenset({"Dam 12"})) == []
    assert check(remark, {}) == ["nobody vouches for the total 15", "number not in its source: 12"]


@pytest.mark.parametrize("said", ["It cost 500.", "It began in May 2016.", "Thirty came.", "It is 37% done."])
def test_a_figure_in_a_remark_is_caught(said: str) -> None:
    assert len(check(_remark(said), {}, titles=frozenset({"Dam 12"}))) == 1


def test_a_figure_in_a_refusal_is_caught_where_titles_are_known() -> None:
    refusal = _remark("Nearest: Dam 12; Dam 13.", status=REFUSED)
    assert check(refusal, {}, titles=frozenset({"Dam 12", "Dam 13"})) == []
    assert check(refusal, {}, titles=frozenset({"Dam 12"})) == ["number not in its source: 13"]
    assert check(refusal, {}) == []

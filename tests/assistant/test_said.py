"""An answer in the making: a span is cited once, the same line said once, and another's citations numbered anew."""

from decimal import Decimal

import pytest

from assistant.answer import TOTAL, Derived
from assistant.linking import Subject
from assistant.said import Said
from corpus.document import Document, Span

TEXT = "Tide School\n\nBudget: 300 EUR\nFunder: The Lamp Fund\n"


def _subject(name: str) -> Subject:
    document = Document(name, f"{name}.md", "text/markdown", "Tide School", "en", "", TEXT, ())
    return Subject(name, "Tide School", document, Span(0, len(TEXT)))


def _at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_span_is_cited_once_and_quoted_verbatim() -> None:
    said, subject = Said(), _subject("a")
    assert [said.cite(subject, _at(words)) for words in ("300 EUR", "Budget", "300 EUR")] == [1, 2, 1]
    assert [(one.n, one.quote) for one in said.citations] == [(1, "300 EUR"), (2, "Budget")]


def test_the_same_words_of_two_documents_are_one_line_with_both_citations() -> None:
    said = Said()
    for name in ("a", "b"):
        said.say("Budget: 300 EUR", [said.cite(_subject(name), _at("300 EUR"))])
    (statement,) = said.statements
    assert statement.cites == (1, 2)
    assert [one.document for one in said.citations] == ["a.md", "b.md"]


def test_lines_with_derived_figures_are_not_taken_together() -> None:
    said = Said()
    derived = [Derived("count", Decimal(1), from_=(1,))]
    said.say("1 of 2", [1], derived=derived)
    said.say("1 of 2", [1], derived=derived)
    assert len(said.statements) == 2


def test_a_figure_of_the_catalogue_is_vouched_for() -> None:
    said = Said()
    assert said.vouch(16) == Derived(TOTAL, Decimal(16))
    assert said.vouched == {Decimal(16)}


def test_what_another_says_is_added_with_its_citations_numbered_anew() -> None:
    one, other = Said(), Said()
    one.say("one", [one.cite(_subject("a"), _at("300 EUR"))])
    cites = [other.cite(_subject("b"), _at("Budget")), other.cite(_subject("a"), _at("300 EUR"))]
    other.say("other", cites, derived=[Derived("count", Decimal(2), from_=tuple(cites))])
    other.vouch(7)
    one.add(other)
    assert [statement.cites for statement in one.statements] == [(1,), (2, 1)]
    assert one.statements[1].derived[0].from_ == (2, 1)
    assert [citation.n for citation in one.citations] == [1, 2]
    assert one.vouched == {Decimal(7)}


@pytest.mark.parametrize(("text", "start"), [("Tide School\n", 0), ("\n\n  Fen Fair \nx", 4), ("", 0)])
def test_a_subject_without_a_title_of_its_own_is_called_by_its_first_line(text: str, start: int) -> None:
    document = Document("d", "d.md", "text/markdown", "x", "en", "", text, ())
    span = Subject("d", "x", document, Span(0, len(text))).called_at
    assert span.of(text).strip() == (text.strip().splitlines() or [""])[0].strip()
    assert span.start <= start <= max(span.end, start)

"""Answered questions asked of passages that do not answer them."""

import pytest

from assistant.reader.examples import Example
from assistant.reader.negatives import elsewhere, removed, without
from corpus.document import Span

MILL = "The mill stands by the river. It was built in 1820 by two brothers. The wheel still turns."
WHEEL = "The wheel of the mill was made of oak. Its brothers are lost."
CHURCH = "The church has a tower. Its bell was cast in Brasov."
REPEATED = "The mill dates from 1820. It grinds corn. In 1820 it burnt. It was rebuilt."


def _example(question: str, passage: str, answer: str) -> Example:
    start = passage.index(answer)
    return Example(question, passage, Span(start, start + len(answer)), article="A village", source="people")


BUILT = _example("When was the mill built by two brothers?", MILL, "1820")
VILLAGE = [
    BUILT,
    _example("What was the wheel made of?", WHEEL, "oak"),
    _example("Where was it cast?", CHURCH, "Brasov"),
]


def test_the_passage_asked_instead_shares_most_telling_words() -> None:
    assert elsewhere(VILLAGE, 1)[0].passage == WHEEL
    assert elsewhere(VILLAGE, 1)[0].question == BUILT.question


def test_no_passage_asked_instead_holds_the_answer_or_is_asked_the_same() -> None:
    same = [*VILLAGE, _example(BUILT.question, WHEEL, "oak"), _example("What burnt?", REPEATED, "mill")]
    assert elsewhere(same, 1)[0].passage == CHURCH


def test_an_article_of_one_passage_gives_nothing_elsewhere() -> None:
    assert elsewhere([BUILT], 1) == []


def test_the_answering_sentence_is_taken_out_and_the_rest_stays() -> None:
    assert [one.passage for one in removed([BUILT], 1)] == ["The mill stands by the river. The wheel still turns."]
    assert [(one.answer, one.lure, one.source) for one in removed([BUILT], 1)] == [(None, None, "removed")]


@pytest.mark.parametrize(("passage", "answer"), [(REPEATED, "1820"), (CHURCH, "Brasov")])
def test_nothing_is_removed_where_the_answer_or_too_little_stays(passage: str, answer: str) -> None:
    assert removed([_example("When?", passage, answer)], 1) == []


def test_lines_stay_lines_when_one_is_taken_out() -> None:
    passage = "Title: The mill\nBudget: 300 EUR\nPeriod: 2013\nFunder: Casa Ema"
    start = passage.index("300")
    assert without(passage, Span(start, start + 7)) == "Title: The mill\nPeriod: 2013\nFunder: Casa Ema"


def test_the_same_seed_makes_the_same_negatives() -> None:
    assert elsewhere(VILLAGE, 2) == elsewhere(VILLAGE, 2)
    assert removed(VILLAGE * 3, 2) == removed(VILLAGE * 3, 2)

"""What a person should look at in a set that has no mistake."""

import json
from pathlib import Path
from typing import Any

from eval.doubts import doubts_of
from eval.json_lines import read_lines
from eval.qa import SHIPPED
from eval.validate import examine

BUDGET = "What was the budget of Pier Lights in 2013?"
GOOD: dict[str, Any] = {
    "id": "one",
    "question": BUDGET,
    "kind": "field",
    "language": "en",
    "answerable": True,
    "answers": ["900 EUR"],
}
NONE: dict[str, Any] = {"answerable": False, "answers": []}


def _said(*rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    numbered = [GOOD | {"id": f"q{n}"} | row for n, row in enumerate(rows)]
    doubts = doubts_of(examine(map(json.dumps, numbered), SHIPPED).lines)
    assert all(doubt.is_warning for doubt in doubts)
    return [(doubt.line, doubt.field, doubt.message) for doubt in doubts]


def test_a_question_asked_twice_is_named_with_both_lines() -> None:
    twice = (3, "question", "line 1 asks the same; leave one of them out")
    assert _said({}, {"question": "How much?"}, {"question": BUDGET.upper(), "answers": ["800 EUR"]}) == [twice]
    assert _said({}, {"question": "How much?"}, {"question": BUDGET.upper()}) == [twice]
    assert _said({}, {"history": ["And before?"]}) == []


def test_two_spellings_of_a_question_with_the_same_gold_are_nearly_the_same() -> None:
    nearly = (2, "question", "line 1 asks nearly the same; look whether both are needed")
    turned = "In 2013, what was the budget of Pier Lights?"
    typo = "What was the bugdet of Pier Lights in 2013?"
    for question in (turned, typo):
        assert _said({}, {"question": question}) == [nearly]
        assert _said({}, {"question": question, "answers": ["800 EUR"]}) == []
        assert _said({}, {"question": question, "language": "ro"}) == []
        assert _said({}, {"question": question, "history": ["And before?"]}) == []
    assert _said({}, {"question": "How much money did the people of Pier Lights have?"}) == []


def test_without_an_answer_only_the_same_words_are_nearly_the_same() -> None:
    nearly = (2, "question", "line 1 asks nearly the same; look whether both are needed")
    assert _said(NONE, NONE | {"question": "In 2013, what was the budget of Pier Lights?"}) == [nearly]
    assert _said(NONE, NONE | {"question": "What was the budget of Pier Lights in 2014?"}) == []


def test_wordings_may_be_near_their_originals_but_not_the_same() -> None:
    assert _said({"id": "one"}, {"id": "two", "of": "one", "question": BUDGET.replace("What", "Wath")}) == []
    assert _said({"id": "one"}, {"id": "two", "of": "one"}) == [
        (2, "question", "line 1 asks the same; leave one of them out")
    ]


def test_what_no_answer_may_hold_is_not_looked_at_where_there_is_no_answer() -> None:
    assert _said(NONE | {"none": ["Moss"]}) == [(1, "none", "is never looked at, since 'answerable' is false")]
    assert _said({"none": ["Moss"]}) == []


def test_lines_with_mistakes_are_passed_over() -> None:
    assert _said({}, {"kind": 3}, {"of": "nowhere"}) == []


def test_there_is_no_doubt_about_the_sets_of_the_repository(root: Path) -> None:
    for path in (*root.glob("eval/*.jsonl"), *root.glob("tests/pages/*/qa.jsonl")):
        examined = examine(read_lines(path, ""), SHIPPED)
        assert [*examined.mistakes, *doubts_of(examined.lines)] == [], path

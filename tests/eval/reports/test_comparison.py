"""The page of a comparison as text: what stands on it. How it looks and behaves: test_pages_in_a_browser."""

from dataclasses import replace

import pytest
from lxml import html

from eval.compare import Comparison, compare
from eval.compare_words import notes, sentence
from eval.reports.comparison import to_page
from tests.eval.reports.made import before
from tests.eval.runs_by_hand import answerable, result, rights, run


def page(compared: Comparison) -> html.HtmlElement:
    return html.document_fromstring(to_page(compared))


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def rows(tree: html.HtmlElement, number: int) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in list(tree.iter("table"))[number].iter("tr")]


def test_the_page_says_what_the_terminal_says() -> None:
    found = compare(rights([0] * 9 + [1] * 11), rights([1] * 19 + [0], "B"), seed=1)
    tree = page(found)
    assert text(tree.find_class("lead")[0]) == sentence(found)
    assert all(note in text(tree) for note in notes(found))
    names, first, second = rows(tree, 0)
    assert names == ["Score", "A", "B", "B − A", "95 % interval", "Better", "Worse", "Same", "p", "Verdict"]
    assert first[0].startswith("correct_and_cited ")
    assert first[1:4] == ["0.550", "0.950", "+0.400"]
    assert first[5:] == ["9", "1", "10", "0.043", "better"]  # 2 · 2 · (1 + 10) / 1024
    assert second[0].startswith("wrong_refusals ")
    assert second[0].endswith("; lower is better")
    headings = [text(one) for one in tree.iter("h2")]
    assert headings[2:4] == ["Right in A, wrong in B (1)", "Wrong in A, right in B (9)"]
    assert len(list(tree.iter("article"))) == 10


def test_both_runs_are_named_with_their_day_and_size() -> None:
    a, b = rights([1]), rights([1, 0], "B", made_at="", qa="grown.jsonl")
    facts = [text(one) for one in page(compare(a, b, seed=1)).find_class("facts")[0]]
    assert facts == [
        "A A , made 2026-01-02 03:04 UTC: set.jsonl , 1 question",
        "B B , made –: grown.jsonl , 2 questions",
    ]


def test_groups_show_the_headline_scores_that_differ_and_no_other() -> None:
    tree = page(compare(rights([0, 1]), rights([1, 1], "B"), seed=1))
    assert rows(tree, 1) == [
        ["Questions", "How many", "correct_and_cited", "wrong_answers", "wrong_refusals"],
        ["field", "2", "0.500 → 1.000", "", ""],
        ["in en", "2", "0.500 → 1.000", "", ""],
    ]


def test_a_question_that_turned_stands_there_with_both_answers_and_what_was_wanted() -> None:
    given = {"history": ("Before?",), "expected": tuple(f"way {n}" for n in range(20))}
    a = run([answerable("q", 1, answer="Right.", failures=("one remark",), **given)])
    b = run([answerable("q", 0, answer="Wrong.", failures=("one reason",), status="refused", **given)], "B")
    (question,) = page(compare(a, b, seed=1)).iter("article")
    told = text(question)
    assert told.startswith("Question q? Asked before it Before? Expected way 0")
    assert "12 more way 8" in told
    assert [text(one) for one in question.find_class("side")] == [
        "A Answered Right. Not as it should be one remark",
        "B Not answered Wrong. Why it failed one reason",
    ]


def test_the_page_of_identical_runs_shows_no_question() -> None:
    tree = page(compare(rights([1, 0]), rights([1, 0]), seed=1))
    assert list(tree.iter("article")) == []
    assert "Nothing changed at all" in text(tree)


def test_runs_that_no_score_tells_apart_have_a_page_too() -> None:
    a, b = (run([result("q", {}, answer=answer)]) for answer in ("One.", "Two."))
    tree = page(compare(a, b, seed=1))
    assert list(tree.iter("table")) == []
    assert "1 in other words" in text(tree)


@pytest.mark.parametrize("answer", ["Line one\n  line two", "w" * 400])
def test_an_answer_stands_there_as_it_is(answer: str) -> None:
    b = replace(rights([0], "B").results[0], answer=answer)
    tree = page(compare(rights([1]), run([b], "B"), seed=1))
    assert [one.text_content() for one in tree.find_class("answer")] == ["Answer 0, 1.", answer]


def test_links_lead_to_places_of_the_page() -> None:
    tree = page(compare(rights([0, 1, 1]), rights([1, 0, 0], "B"), seed=1))
    links = [one.get("href") for one in tree.iter("a")]
    assert links == ["#scores", "#groups", "#broken", "#mended", "#notes"]
    assert all(tree.get_element_by_id(link[1:]).tag == "h2" for link in links)


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert to_page(before()) == to_page(before())

"""The page of a run as text: what stands on it, for odd runs too. How it looks and behaves: test_pages_in_a_browser."""

import math
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from lxml import html

from eval.compare import Comparison
from eval.compare_words import notes, sentence
from eval.reports.html import pieces, to_html
from eval.result import Result, Run
from eval.scores import METRICS, unscored
from tests.eval.reports.made import FEW, ONE, before, run


def page(made: Run, compared: Comparison | None = None) -> html.HtmlElement:
    return html.document_fromstring(to_html(made, compared))


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def questions(tree: html.HtmlElement, which: str = "") -> list[str]:
    return [one.get("id") for one in tree.find_class("question") if not which or which in one.get("class").split()]


def test_the_first_thing_said_is_how_it_went_and_the_next_what_was_measured() -> None:
    tree = page(run())
    lead = tree.find_class("lead")[0]
    assert text(lead).startswith("2 of 5 questions went right; 1 of 2 questions without an answer was answered; 1 of 3")
    facts = text(tree.find_class("facts")[0])
    for told in ("lamps.jsonl, 5 questions", "2026-11-26 10:14 UTC", "run-1", "generation3", "all-MiniLM-L6-v2", "c3d4",
                 "Seed7", "top_k5", "rerankernone", "a1" * 32, "b2" * 32):  # fmt: skip
        assert told.replace(" ", "") in facts.replace(" ", ""), told


def test_every_metric_has_its_meaning_its_interval_and_its_counts() -> None:
    rows = {row[0].text: row for row in page(run()).find_class("metrics")[0].iter("tr") if row[0].text in METRICS}
    assert list(rows) == list(METRICS)
    recall = rows["source_recall"]
    assert METRICS["source_recall"].what in text(recall[0])
    assert re.fullmatch(r"0\.500 \(0\.\d{3}–0\.\d{3}\)", text(recall[1]))
    assert [text(cell) for cell in recall[3:]] == ["3", "2"]
    assert [text(cell) for cell in rows["judge_correctness"][1:]] == ["–", "", "0", "5"]
    assert "lower is better" in text(rows["wrong_answers"][0])


def test_tables_by_kind_and_by_language_count_what_went_right() -> None:
    tree = page(run())
    tables = [table for table in tree.iter("table") if "metrics" not in (table.get("class") or "")]
    counted = [[(text(row[0]), text(row[1])) for row in table.iter("tr")][1:] for table in tables]
    assert counted == [
        [("field", "1 of 2"), ("list", "0 of 1"), ("unanswerable", "1 of 2")],
        [("en", "2 of 4"), ("ro", "0 of 1")],
    ]


def test_wrong_questions_come_first_and_open_the_others_are_folded() -> None:
    tree = page(run())
    assert questions(tree) == ["funder-lamp-hill", "list-partners-ro", "mayor", "budget-lamp-hill", "moon"]
    assert [one.get("open") is not None for one in tree.find_class("question")] == [True, True, True, False, False]


def test_a_question_is_shown_with_all_there_is_to_judge_it() -> None:
    tree = page(run())
    wrong = text(tree.get_element_by_id("funder-lamp-hill"))
    for told in ("Who funded it?", "What was the budget of Lamp Hill?", "field · en", "40,000 EUR", "not cited",
                 "Not answered", "The documents do not say.", "budget of Lamp Hill", "wrong_refusals 1", "1.2 s",
                 "it was not answered, though lamps.pdf holds the answer"):  # fmt: skip
        assert told in wrong, told
    right = text(tree.get_element_by_id("budget-lamp-hill"))
    assert "[1] Budget: 40,000 EUR lamps.pdf , page 2, characters 10–28 · Lamp Hill" in right
    assert "Budget: 40,000 EUR” cited" in right
    assert "Why it failed" not in right
    assert "No answer: the documents do not hold one." in text(tree.get_element_by_id("moon"))


def test_who_has_written_an_answer_is_told_where_a_language_model_had_a_part_in_it() -> None:
    written = replace(ONE, mode="llm", notice="1 sentence was left out.")
    assert "a language model; 1 sentence was left out." in text(page(run([written])))
    told = text(page(run([replace(ONE, notice="The model gave no answer.")])))
    assert "the documents; The model gave no answer." in told
    assert "Written by" not in text(page(run([ONE])))


def test_a_marker_leads_to_its_citation_and_a_number_that_is_none_is_text() -> None:
    assert list(pieces("a [1] [2] b [12]", [1, 12])) == [
        ("a ", None),
        ("[1]", 1),
        (" [2] b ", None),
        ("[12]", 12),
        ("", None),
    ]
    assert list(pieces(f"[{'9' * 5_000}]", [1])) == [(f"[{'9' * 5_000}]", None)]
    tree = page(run([ONE]))
    (link,) = tree.find_class("answer")[0].iter("a")
    assert (link.get("href"), text(link)) == ("#budget-lamp-hill%5B1%5D", "[1]")
    assert tree.get_element_by_id("budget-lamp-hill[1]").tag == "li"


def test_every_place_of_the_page_has_a_name_of_its_own_whatever_the_questions_are_called() -> None:
    ids = ["wrong", "filter", "a b", "a-b", "a\n b", "ș", "%41", '"', "", "\0", " "]
    tree = page(run([replace(ONE, id=one) for one in ids]))
    places = [one.get("id") for one in tree.iter() if one.get("id") is not None]
    assert len(set(places)) == len(places)
    assert not any(re.search(r"\s", place) or not place for place in places)
    assert questions(tree)[:7] == ["wrong-2", "filter-2", "a-b", "a-b-2", "a-b-3", "ș", "%41"]
    links = {one.get("href") for one in tree.iter("a")}
    assert {"#wrong-2", "#%C8%99", "#%2541"} <= links


def test_long_lists_of_what_is_expected_are_folded() -> None:
    tree = page(run([replace(ONE, expected=tuple(f"way {n}" for n in range(20)))]))
    (more,) = tree.find_class("more")
    assert text(more).startswith("12 more way 8")


@pytest.mark.parametrize(
    ("results", "sections"),
    [
        ([FEW[4]], ["right"]),
        (list(FEW[1:4]), ["wrong"]),
        ([replace(ONE, scores=unscored())], ["unscored"]),
        ([], []),
        ([replace(ONE, answer="", plan="", expected=(), sources=(), citations=(), elapsed_ms=0.0)], ["right"]),
        ([replace(FEW[1], failures=(), status="lost")], ["wrong"]),
        ([replace(ONE, citations=(ONE.citations[0]._replace(page=None, project=None),))], ["right"]),
    ],
)  # fmt: skip
def test_odd_runs_have_a_page_too(results: list[Result], sections: list[str]) -> None:
    tree = page(run(results))
    assert [section[0].get("id") for section in tree.find_class("questions")] == sections
    assert len(questions(tree)) == len(results)


def test_what_is_amiss_with_a_right_answer_is_told_as_a_remark() -> None:
    (question,) = page(run([replace(ONE, failures=("a statement says more than its citations",))])).find_class(
        "question"
    )
    assert "field · en · with a remark" in text(question[0])
    assert "Not as it should be a statement says more than its citations" in text(question)
    assert question.get("open") is None


def test_a_run_whose_times_and_date_are_not_known_has_a_page() -> None:
    tree = page(run([replace(ONE, elapsed_ms=math.nan), FEW[1]], made_at=""))
    assert "Half of the answers came within 1.2 s" in text(tree)
    assert "Date –" in text(tree.find_class("facts")[0])
    assert "Half of the answers" not in text(page(run([replace(ONE, elapsed_ms=math.nan)])))


def test_a_failure_that_nothing_explains_points_to_the_scores() -> None:
    (why,) = page(run([replace(FEW[1], failures=())])).find_class("why")
    assert text(why) == "Why it failed The run does not say; see the scores."


def test_beside_an_earlier_run_it_says_what_that_is_worth_and_marks_what_turned() -> None:
    compared = before()
    tree = page(run(), compared)
    section = text(tree.get_element_by_id("compared").getparent())
    assert section.startswith("Beside the run run-0 A is the run run-0, B is this one.")
    assert sentence(compared) in section
    assert all(note in section for note in notes(compared))
    assert "went right before" in text(tree.get_element_by_id("mayor")[0])
    assert "went wrong before" in text(tree.get_element_by_id("moon")[0])
    assert "before" not in text(tree.get_element_by_id("list-partners-ro")[0])
    assert not [one for one in page(run()).iter() if one.get("id") == "compared"]


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else() -> None:
    made = to_html(run())
    tree = html.document_fromstring(made)
    (policy,) = [meta.get("content") for meta in tree.iter("meta") if meta.get("http-equiv")]
    hashed = {}
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", made, re.DOTALL)
        hashed[tag] = f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"
    assert policy == (
        f"default-src 'none'; style-src {hashed['style']}; base-uri 'none'; form-action 'none'; "
        f"script-src {hashed['script']}"
    )
    assert not [one for one in tree.iter() if {"src", "style", "onclick", "onload"} & set(one.attrib)]
    assert not [one.get("href") for one in tree.iter("a") if not (one.get("href") or "").startswith("#")]
    assert not list(tree.iter("link", "img", "iframe", "base"))


def test_the_same_run_gives_the_same_bytes() -> None:
    assert to_html(run()) == to_html(run())

"""Runs over time: which belong together, and what the page and the list tell of each."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from lxml import html

from eval.reports.history import sets_of, to_history, to_json, to_row
from eval.result import Result, Run
from eval.scores import HEADLINE
from tests.eval.reports.made import FEW, ONE, REFUSED, run

WORSE = tuple(replace(one, scores=REFUSED) if one.answerable else one for one in FEW)


def over_time(*several: tuple[Result, ...], **changes: str) -> list[Run]:
    """Make a run a day."""
    return [
        run(results, id=f"run-{n}", made_at=f"2026-11-{n + 1:02}T08:00:00Z", **changes)
        for n, results in enumerate(several)
    ]


def page(runs: list[Run], metrics: Sequence[str] = HEADLINE) -> html.HtmlElement:
    return html.document_fromstring(to_history(runs, metrics))


def cells(tree: html.HtmlElement, table: int) -> list[list[str]]:
    rows = list(tree.iter("table"))[table].iter("tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_a_row_counts_what_went_right_over_all_and_by_kind() -> None:
    row = to_row(run(), ["correct_and_cited"])
    assert row.all == (2, 5)
    assert row.kinds == {"field": (1, 2), "list": (0, 1), "unanswerable": (1, 2)}
    assert row.metrics["correct_and_cited"].mean == 1 / 3
    assert (row.p50, row.p95) == (20, 1_234)


def test_a_row_as_json_has_no_nan() -> None:
    told = to_json(to_row(run([FEW[4]])))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["metrics"]["correct_and_cited"] == {"mean": None, "low": None, "high": None, "scored": 0, "unscored": 1}
    assert (told["right"], told["questions"], told["p50_ms"]) == (1, 1, 20.0)
    assert told["kinds"] == {"unanswerable": {"right": 1, "questions": 1}}


def test_runs_of_one_name_are_one_set_while_they_share_questions() -> None:
    grown = (*FEW, replace(ONE, id="new", pair="new"))
    later = (replace(ONE, id="new", pair="new"),)
    mine = over_time(FEW, grown, later)
    others = over_time((replace(ONE, pair="elsewhere"),))
    named_otherwise = over_time(FEW, qa="other.jsonl")
    assert sets_of([*mine, *others, *named_otherwise, run(())]) == [mine, others, named_otherwise]


def test_the_page_has_a_table_of_what_is_drawn_newest_first() -> None:
    tree = page(over_time(WORSE, FEW), ["correct_and_cited", "judge_correctness"])
    runs = cells(tree, 0)
    assert [row[:3] for row in runs[1:]] == [
        ["2026-11-02 08:00 UTC", "run-1", "2 of 5"],
        ["2026-11-01 08:00 UTC", "run-0", "1 of 5"],
    ]
    assert runs[1][3].startswith("0.333 (")
    assert runs[1][4] == "–"
    assert runs[1][5:7] == ["20 ms", "1.2 s"]
    assert cells(tree, 1) == [
        ["Made", "field", "list", "unanswerable"],
        ["2026-11-02 08:00 UTC", "1 of 2", "0 of 1", "1 of 2"],
        ["2026-11-01 08:00 UTC", "0 of 2", "0 of 1", "1 of 2"],
    ]
    headings = [figure[0].text_content() for figure in tree.iter("figure")]
    assert headings == ["correct_and_cited", "judge_correctness", "Time for an answer", "field", "list", "unanswerable"]
    assert len(list(tree.iter("svg"))) == 5
    assert "Not scored in any of these runs." in tree.text_content()


def test_each_set_has_its_own_plots_and_says_how_its_latest_run_went() -> None:
    tree = page([*over_time(WORSE, FEW), *over_time(WORSE, qa="other.jsonl")])
    assert [heading.text_content() for heading in tree.iter("h2")] == ["lamps.jsonl", "other.jsonl"]
    said = [one.text_content() for one in tree.find_class("prose")]
    assert said[0].startswith("In the latest run, 2 of 5 questions went right")
    assert said[1].startswith("In the latest run, 1 of 5 questions went right")
    titles = [title.text for title in tree.iter("title")]
    assert len(set(titles)) == len(titles) == 1 + 2 * (3 + 1 + 3)


def test_where_the_questions_changed_the_page_says_so() -> None:
    changed = "A dotted line stands where the questions"
    assert changed not in to_history(over_time(FEW, FEW))
    assert changed in to_history(over_time(FEW, FEW[1:]))
    assert changed in to_history(over_time(FEW, (replace(ONE, pair="wanted otherwise"), *FEW[1:])))


@pytest.mark.parametrize(
    "runs",
    [
        over_time(FEW),
        over_time((ONE,), (ONE,)),
        [run(FEW, made_at="once"), run(FEW, made_at="again", id="b")],
        over_time((FEW[3],), (FEW[4],)),
        [run(())],
        [],
    ],
)  # fmt: skip
def test_odd_histories_have_a_page_and_the_same_each_time(runs: list[Run]) -> None:
    assert to_history(runs) == to_history(runs)
    assert page(runs).find_class("lead")

"""Reading measured: curves and agreement by hand, then a real store over a few paragraphs."""

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Span
from corpus.errors import MisuseError
from eval.__main__ import main
from eval.errors import EvaluationError
from eval.reading import Asked, agreement, curve_of, point_of, read_all, table, to_json, to_svg
from eval.squad import Paragraph, Question, read_questions

WELLS = "The wells of the village were dug by hand in 1902. Forty families drew their water there. Pumps came later."
BRIDGE = "The bridge was built by Ana Pop. It carries two roads over the river. Nobody remembers its cost."


def squad(folder: Path, *, unanswerable: bool) -> Path:
    """Write two articles with a question each, and one that nothing answers."""

    def asked(identity: str, question: str, text: str, answer: str) -> dict[str, object]:
        return {"id": identity, "question": question, "answers": [{"text": answer, "answer_start": text.index(answer)}]}

    wells = [asked("q1", "How many families drew water from the wells?", WELLS, "Forty families")]
    bridge = [asked("q2", "Who built the bridge?", BRIDGE, "Ana Pop")]
    if unanswerable:
        wells.append({"id": "q3", "question": "Who owned the mill?", "is_impossible": True, "answers": []})
    articles = [
        {"title": "Wells", "paragraphs": [{"context": WELLS, "qas": wells}]},
        {"title": "Bridge", "paragraphs": [{"context": BRIDGE, "qas": bridge}]},
    ]
    path = folder / "few.json"
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def test_a_threshold_between_answerable_and_not_makes_no_mistake() -> None:
    asked = [Asked(True, 2.0, {}), Asked(True, 0.5, {}), Asked(False, 0.4, {}), Asked(False, -math.inf, {})]
    assert point_of(asked, 0.5).balanced_accuracy == 1
    low, high = point_of(asked, -1.0), point_of(asked, 1.0)
    assert (low.wrong_answers, low.wrong_refusals) == (1 / 2, 0)
    assert (high.wrong_answers, high.wrong_refusals) == (0, 1 / 2)
    assert high.balanced_accuracy == 1 - 1 / 2 / 2


def test_along_the_curve_wrong_answers_fall_and_wrong_refusals_rise() -> None:
    points = list(curve_of([Asked(True, 1.2, {}), Asked(False, 0.7, {}), Asked(False, -0.3, {})]))
    assert [p.threshold for p in points] == sorted(p.threshold for p in points)
    assert [p.wrong_answers for p in points] == sorted((p.wrong_answers for p in points), reverse=True)
    assert [p.wrong_refusals for p in points] == sorted(p.wrong_refusals for p in points)


def test_words_agree_with_the_nearest_answer_and_articles_do_not_count() -> None:
    paragraph = Paragraph("1", 1, "The old mill and the bridge")
    question = Question("q", "What?", paragraph, (Span(4, 12), Span(17, 27)))
    assert agreement("old mill", question) == (1, 1)
    assert agreement("a bridge", question) == (1, 1)
    f1, exact = agreement("the old bridge mill", question)
    assert f1 == pytest.approx(2 * 2 / (3 + 2))
    assert exact == 0
    assert agreement("", question) == (0, 0)


def test_the_sentence_of_each_answer_is_found_in_its_paragraph_and_among_all(tmp_path: Path) -> None:
    report = read_all(read_questions(squad(tmp_path, unanswerable=True)), retrieve=True)
    assert (report.answerable, report.unanswerable) == (2, 1)
    assert report.scores["hit@1 given the paragraph"][0] == 1
    assert report.scores["hit@1 over all paragraphs"][0] == 1


def test_without_unanswerable_questions_each_is_asked_of_another_article(tmp_path: Path) -> None:
    report = read_all(read_questions(squad(tmp_path, unanswerable=False)))
    assert (report.answerable, report.unanswerable) == (2, 2)


def test_the_report_can_be_read_and_drawn(tmp_path: Path) -> None:
    report = read_all(read_questions(squad(tmp_path, unanswerable=True)))
    told = json.loads(to_json(report))
    assert told["metrics"]["hit@1 given the paragraph"]["mean"] == 1
    assert len(told["curve"]) == len(report.curve)
    assert "balanced accuracy" in table(report)
    drawn = to_svg([report, replace(report, name="other")])
    assert [drawn.count(f">{name}<") for name in ("few", "other", "wrong answers")] == [1, 1, 1]
    curves, dots = (len(re.findall(pattern, drawn)) for pattern in ("<path [^>]*clip-path", "<g clip-path"))
    assert (curves, dots) == (2, 2)
    assert "few: 0.000 and" in drawn
    assert drawn == to_svg([report, replace(report, name="other")])


def test_the_command_prints_an_object_a_line_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, curve = squad(tmp_path, unanswerable=True), tmp_path / "curve.svg"
    assert main(["reading", "--squad", str(path), "--json", "--curve", str(curve)]) == 0
    assert json.loads(capsys.readouterr().out)["set"] == "few"
    assert curve.read_text(encoding="utf-8").startswith("<svg")


def test_a_file_of_another_layout_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"data": [{"paragraphs": [{"qas": []}]}]}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="article 1"):
        read_questions(path)
    path.write_text('{"data": []}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="no question"):
        read_questions(path)
    with pytest.raises(MisuseError, match="missing"):
        main(["reading", "--squad", str(tmp_path / "missing.json")])

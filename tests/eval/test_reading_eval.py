"""Reading measured over a real store of a few paragraphs, with the reader and without."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.errors import EvaluationError
from eval.reading import BOTH, WRONG_AT, Report, read_all
from eval.reports.reading import table, to_json, to_svg
from eval.squad import read_questions
from tests.assistant.made_reader import graph_that_takes

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


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Read the few questions both ways."""
    folder = tmp_path_factory.mktemp("few")
    reader = str(graph_that_takes({"forty": 6.0, "ana": 6.0}, folder))
    asked = read_questions(squad(folder, unanswerable=True))
    return read_all(asked, retrieve=True, reader=reader, ways=BOTH)


def test_the_sentence_of_each_answer_is_found_in_its_paragraph_and_among_all(report: Report) -> None:
    assert (report.answerable, report.unanswerable) == (2, 1)
    for side in report.sides.values():
        assert side.scores["hit@1 given the paragraph"][0] == 1
        assert side.scores["hit@1 over all paragraphs"][0] == 1


def test_with_the_reader_stands_beside_without_it(report: Report) -> None:
    assert list(report.sides) == [False, True]
    assert report.sides[False].scores.keys() == report.sides[True].scores.keys() == report.differences.keys()
    for name, (mean, _, _) in report.differences.items():
        assert mean == pytest.approx(report.sides[True].scores[name][0] - report.sides[False].scores[name][0]), name
    assert report.reader is not None
    assert (report.reader.answerable, report.reader.unanswerable) == (2, 1)
    assert report.reader.ms > 0


def test_without_unanswerable_questions_each_is_asked_of_another_article(tmp_path: Path) -> None:
    report = read_all(read_questions(squad(tmp_path, unanswerable=False)), ways=(False,))
    assert (report.answerable, report.unanswerable) == (2, 2)
    assert (list(report.sides), report.differences, report.reader) == ([False], {}, None)


def test_the_report_can_be_read_and_drawn(report: Report) -> None:
    told = json.loads(to_json(report))
    assert told["with"]["metrics"]["hit@1 given the paragraph"]["mean"] == 1
    assert told["difference"]["hit@1 given the paragraph"] == {"mean": 0, "low": None, "high": None}
    assert len(told["without"]["curve"]) == len(report.sides[False].curve)
    assert told["reader"]["ms"] > 0
    shown = table(report)
    for words in ("without the reader", "with − without", "balanced accuracy", WRONG_AT, "exact match"):
        assert words in shown
    drawn = to_svg([report, replace(report, name="other")])
    names = ("few, without", "few, with", "other, without", "other, with", "wrong answers")
    assert [drawn.count(f">{name}<") for name in names] == [1, 1, 1, 1, 1]
    curves, dots = (len(re.findall(pattern, drawn)) for pattern in ("<path [^>]*clip-path", "<g clip-path"))
    assert (curves, dots) == (4, 4)
    assert "few, without the reader: 0.000 and" in drawn
    assert drawn == to_svg([report, replace(report, name="other")])


def test_the_command_prints_an_object_a_line_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, curve = squad(tmp_path, unanswerable=True), tmp_path / "curve.svg"
    assert main(["reading", "--squad", str(path), "--reader", "off", "--json", "--curve", str(curve)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["set"], "with" in told, "without" in told) == ("few", False, True)
    assert curve.read_text(encoding="utf-8").startswith("<svg")


def test_of_a_set_over_documents_those_count_that_prose_is_asked_about(
    root: Path,
    sample_store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_READER", str(graph_that_takes({"library": 4.0}, tmp_path)))
    told = [json.loads(line) for line in (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds = {kind: [one for one in told if one["kind"] == kind] for kind in ("field", "passage", "unanswerable")}
    some = [*kinds["field"][:3], *kinds["passage"][:6], *kinds["unanswerable"][:6]]
    path = tmp_path / "some.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in some), encoding="utf-8")
    assert main(["reading", "--qa", str(path), "--store", str(sample_store), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert 3 <= told["answerable"] <= 9
    assert 1 <= told["unanswerable"] <= 6
    for side in ("without", "with"):
        assert told[side]["in_use"]["threshold"] == 0
        assert 0 <= told[side]["metrics"][WRONG_AT]["mean"] <= 1
    assert WRONG_AT in told["difference"]


def test_without_a_file_the_command_says_what_to_give() -> None:
    with pytest.raises(MisuseError, match="--qa FILE"):
        main(["reading"])


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

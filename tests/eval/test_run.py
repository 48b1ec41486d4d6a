"""A run over a set: wordings beside their originals, alternatives, what does not apply, floors of the command line."""

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import REFUSED, Answer, Statement
from assistant.assistant import Assistant
from assistant.mend import History, Mend
from assistant.question import UNCHANGED
from eval.__main__ import main
from eval.errors import EvaluationError
from eval.qa import Pair, Source, read_pairs
from eval.result import summarise
from eval.run import evaluate
from eval.scores import METRICS
from index.settings import Settings
from index.store import Store
from tests.assistant.made_reader import graph_that_takes

SAME_AS_ORIGINAL = 0.93


class Faulty(Assistant):
    """An assistant whose every answer is spoilt in one way before it is scored."""

    def __init__(self, store: Store, spoil: Callable[[Answer], Answer]) -> None:
        """Answer from `store`, through `spoil`."""
        super().__init__(store)
        self._spoil = spoil

    def ask(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Answer:
        """Answer as ever, then spoil."""
        return self._spoil(super().ask(question, history, mend))


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Store:
    return Store(Settings(sample_store))


@pytest.fixture(scope="module")
def pairs(root: Path) -> list[Pair]:
    return read_pairs(root / "eval" / "sample.jsonl")


def _wrong_number(answer: Answer) -> Answer:
    spoilt = [replace(s, text=s.text.translate(str.maketrans("0123456789", "1234567890"))) for s in answer.statements]
    return replace(answer, statements=tuple(spoilt))


def _no_citation(answer: Answer) -> Answer:
    return replace(answer, citations=())


def _refusal(answer: Answer) -> Answer:
    return replace(answer, status=REFUSED, statements=(Statement("No."),), citations=())


def _wrong_document(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, document="elsewhere.txt") for c in answer.citations))


def test_the_shipped_wordings_are_answered_as_their_originals(store: Store, root: Path) -> None:
    wordings = read_pairs(root / "eval" / "sample-paraphrases.jsonl")
    per_original = Counter(pair.original.id for pair in wordings if pair.original)
    assert (len(wordings), set(per_original.values())) == (150, {5})
    assert summarise(evaluate(Assistant(store), wordings))["same_as_original"] >= SAME_AS_ORIGINAL


def _answers_to(store: Store, questions: Sequence[str], spoilt: str, spoil: Callable[[Answer], Answer]) -> list[float]:
    """Whether each question is answered as the first, with the answer to one of them spoilt."""
    original = Pair(
        "one", questions[0], "field", "en", True, ("279.014 EUR",), ((Source("silver-stories.md", "279.014 EUR"),),)
    )
    wordings = [replace(original, id=f"one~{n}", question=q, original=original) for n, q in enumerate(questions)]
    assistant = Faulty(store, lambda answer: spoil(answer) if answer.question == spoilt else answer)
    return [result.scores["same_as_original"] for result in evaluate(assistant, wordings)]


@pytest.mark.parametrize("spoil", [_wrong_number, _refusal, _no_citation, _wrong_document])
def test_a_wording_counts_as_its_original_only_if_status_correctness_and_sources_are_the_same(
    store: Store, spoil: Callable[[Answer], Answer]
) -> None:
    asked, other = "What was the budget of Silver Stories?", "Silver Stories budget?"
    assert _answers_to(store, [asked, other, other.lower()], other, spoil) == [1, 0, 1]
    assert _answers_to(store, [asked, other], "", spoil) == [1, 1]


def test_an_original_that_is_not_in_the_set_is_asked_once_and_not_scored(store: Store) -> None:
    original = Pair("one", "What was the budget of Silver Stories?", "field", "en", True, ("279.014 EUR",), ())
    wordings = [replace(original, id=f"one~{n}", original=original) for n in range(3)]
    asked: list[str] = []

    def count(answer: Answer) -> Answer:
        asked.append(answer.question)
        return answer

    results = evaluate(Faulty(store, count), wordings)
    assert [(result.id, result.of) for result in results] == [(f"one~{n}", "one") for n in range(3)]
    assert len(asked) == 1 + 3


def test_a_source_among_alternatives_is_met_by_any(store: Store) -> None:
    meant, other = Source("silver-stories.md", "Budget: 279.014 EUR"), Source("digitales.md", project="DigiTales")
    pair = Pair(
        "one", "What was the budget of Silver Stories?", "field", "en", True, ("279.014 EUR",), ((other, meant),)
    )
    apart = replace(pair, id="two", sources=((other,), (meant,)))
    together, each = evaluate(Assistant(store), [pair, apart])
    assert [one.scores["source_recall"] for one in (together, each)] == [1 / 1, 1 / 2]
    assert [one.met for one in (together, each)] == [(0,), (1,)]
    assert [one.scores["correct_and_cited"] for one in (together, each)] == [1, 0]


def test_metrics_of_unanswerable_questions_leave_the_others_alone(store: Store, pairs: list[Pair]) -> None:
    refused = Faulty(store, _refusal)
    (result,) = evaluate(refused, [pair for pair in pairs if not pair.answerable][:1])
    assert [metric for metric in METRICS if not math.isnan(result.scores[metric])] == [
        "wrong_answers",
        "refusal_accuracy",
    ]


def test_a_run_is_held_against_an_earlier_one_and_not_against_one_of_another_set(
    sample_store: Path, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    for name, some in (("few", lines[:3]), ("others", lines[3:6])):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(some), encoding="utf-8")

    def run(qa: str, *options: str) -> int:
        return main(["run", "--no-keep", "--store", str(sample_store), "--qa", str(tmp_path / f"{qa}.jsonl"), *options])

    assert run("few", "--out", str(tmp_path / "few")) == 0
    assert run("few", "--baseline", str(tmp_path / "few"), "--out", str(tmp_path / "again")) == 0
    assert "Nothing changed at all" in capsys.readouterr().err
    assert "Nothing changed at all" in (tmp_path / "again" / "report.html").read_text(encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"run of another set \(few\.jsonl, 3 questions\) than others\.jsonl"):
        run("others", "--baseline", str(tmp_path / "few"))
    assert "questions went right" not in capsys.readouterr().out


def test_a_run_that_is_worse_than_its_baseline_fails_the_command(
    sample_store: Path, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.jsonl"
    lines = (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()[:20]
    few.write_text("\n".join(lines), encoding="utf-8")
    run = ["run", "--no-keep", "--store", str(sample_store), "--qa", str(few)]
    assert main([*run, "--out", str(tmp_path / "before")]) == 0
    # A baseline by somebody who wanted other answers would be of another set; so the questions are the same, and the
    # ones that go wrong now went right then.
    asked = few.read_text(encoding="utf-8").replace('"answers": ["', '"answers": ["0061 ')
    few.write_text(asked, encoding="utf-8")
    assert main([*run, "--out", str(tmp_path / "now")]) == 0
    told = json.loads((tmp_path / "now" / "run.json").read_text(encoding="utf-8"))
    for result in told["results"]:
        result["scores"] |= {"correct_and_cited": 1, "correctness": 1, "fact_recall": 1}
    (tmp_path / "before" / "run.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(EvaluationError, match="some scores are worse than in"):
        main([*run, "--baseline", str(tmp_path / "before")])
    assert "B is worse than A" in capsys.readouterr().err


def test_a_floor_that_is_not_reached_fails_the_command(
    sample_store: Path,
    tmp_path: Path,
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_READER", str(graph_that_takes({"library": 4.0}, tmp_path)))
    lines = (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(line for line in lines if '"field-budget-silver-stories"' in line), encoding="utf-8")
    arguments = ["run", "--no-keep", "--qa", str(few), "--store", str(sample_store), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--fail-under", "correctness=1"]) == 0
    assert (tmp_path / "out" / "run.json").is_file()
    assert "correctness" in capsys.readouterr().out
    with pytest.raises(EvaluationError, match=r"wrong_answers is nan; at most 0\.0"):
        main([*arguments, "--fail-under", "wrong_answers=0"])


def test_asked_both_ways_the_run_with_the_reader_counts_and_the_other_is_only_compared(
    sample_store: Path,
    tmp_path: Path,
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_READER", str(graph_that_takes({"library": 4.0}, tmp_path)))
    lines = (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join([line for line in lines if json.loads(line)["kind"] == "passage"][:4]), encoding="utf-8")
    run = ["run", "--no-keep", "--jobs", "1", "--qa", str(few), "--store", str(sample_store), "--reader"]
    out = tmp_path / "out"
    assert main([*run, "both", "--json", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    with_it = told["settings"]["reader"]
    assert (with_it.split()[0], len(with_it.split()[1]), told["reader"]["questions"]) == ("made.onnx", 8, 4)
    assert (told["reader"]["a"]["id"], told["reader"]["differing"]) == ("without-the-reader", ["settings"])
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["settings"]["reader"] == with_it
    assert main([*run, "off", "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert alone["settings"]["reader"] == "off"
    assert "reader" not in alone
    changes = told["reader"]["metrics"]
    assert {name: told["a"] for name, told in changes.items()} == pytest.approx(
        {name: alone["metrics"][name] for name in changes}, abs=1e-6
    )
    assert main([*run, "both"]) == 0
    assert "What the reader changed" in capsys.readouterr().out

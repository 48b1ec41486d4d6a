"""Runs: the same bytes each time, kept in the store, found again, gone on with after a stop."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.mend import History, Mend
from assistant.question import UNCHANGED
from assistant.reader.reading import named
from corpus.errors import MisuseError
from eval.__main__ import main
from eval.asking import ask_in_processes
from eval.errors import EvaluationError
from eval.qa import SHIPPED, read_pairs
from eval.result import Run
from eval.run import evaluate, tasks_of
from eval.runs import (
    FILE,
    Keeper,
    find_run,
    list_runs,
    new_run,
    read_run,
    result_from_json,
    result_to_json,
    to_json,
    unfinished,
)
from eval.scores import unscored
from index.runs import results_of, stored_runs
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.eval.runs_by_hand import PLAIN

FEW = 12


@pytest.fixture
def settings(sample_store: Path, tmp_path: Path) -> Settings:
    """Copy the sample store, so that it can be written to."""
    shutil.copytree(sample_store, tmp_path / "store")
    return Settings(tmp_path / "store")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with closing(Store(settings)) as opened:
        yield opened


@pytest.fixture
def qa(tmp_path: Path) -> Path:
    """Write a set of a few questions of the shipped one."""
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(lines[:: len(lines) // FEW]), encoding="utf-8")
    return path


def _run(store: Store, qa: Path, seed: int = 1) -> Run:
    run = new_run(store, qa.name, read_pairs(qa), seed=seed, settings={"reranker": ""})
    return replace(run, results=tuple(evaluate(Assistant(store), read_pairs(qa))))


def _kept(store: Store, run: Run) -> Run:
    keeper = Keeper(store, run)
    keeper.begin()
    for result in run.results:
        keeper.keep(result)
    keeper.finish(run.results)
    return run


def test_who_has_written_an_answer_is_kept_where_a_language_model_had_a_part_in_it() -> None:
    for mode, notice in (("llm", ""), ("llm", "1 left out."), ("extractive", "It gave no answer.")):
        kept = result_to_json(replace(PLAIN, mode=mode, notice=notice, scores=unscored()))
        assert (kept["mode"], kept["notice"]) == (mode, notice)
        assert (result_from_json(kept).mode, result_from_json(kept).notice) == (mode, notice)
    before = result_to_json(replace(PLAIN, scores=unscored()))
    assert not {"mode", "notice"} & before.keys()
    assert result_from_json(before).mode == "extractive"


def test_a_run_says_what_it_takes_to_repeat_it(store: Store, qa: Path) -> None:
    told = to_json(_run(store, qa))
    assert {"qa", "qa_sha256", "corpus_sha256", "generation", "embedding_model", "code", "seed", "settings"} < set(told)
    assert told["generation"] == store.generation
    assert "id" not in told
    assert not any("elapsed_ms" in one for one in told["results"])


def test_several_processes_give_the_bytes_of_one(store: Store, qa: Path) -> None:
    alone = _run(store, qa)
    tasks = tasks_of(store, read_pairs(qa))
    together = replace(alone, results=tuple(ask_in_processes(store, tasks, 2)))
    assert json.dumps(to_json(together)) == json.dumps(to_json(alone))


def test_a_store_that_is_synced_meanwhile_is_not_evaluated_half_and_half(
    store: Store, qa: Path, sample: Path, tmp_path: Path
) -> None:
    tasks = tasks_of(store, read_pairs(qa))
    shutil.copy(sample / "about.md", tmp_path / "more.md")
    build(store.settings, [sample, tmp_path / "more.md"])
    with pytest.raises(EvaluationError, match="was synced while it was being evaluated; run it again"):
        list(ask_in_processes(store, tasks, 2))


class Broken(Assistant):
    """An assistant with a question that it breaks down over."""

    def ask(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Answer:
        """Answer all questions but those with a budget."""
        if "budget" in question:
            raise KeyError("lamp")
        return super().ask(question, history, mend)


def test_a_question_that_breaks_the_program_failed_and_the_rest_goes_on(store: Store, qa: Path) -> None:
    pairs = read_pairs(qa)
    results = evaluate(Broken(store), pairs)
    broken = [one for one in results if one.status == "failed"]
    assert {one.id for one in broken} == {pair.id for pair in pairs if "budget" in pair.question} != set()
    assert len(results) == len(pairs)
    assert not any(one.is_right for one in broken)
    assert broken[0].failures == ("the program broke down: KeyError: 'lamp'",)


def test_a_run_of_other_gold_is_not_gone_on_with_though_the_file_is_the_same(
    store: Store, qa: Path, tmp_path: Path
) -> None:
    first = json.loads(qa.read_text(encoding="utf-8").splitlines()[0])
    wordings, originals = tmp_path / "wordings.jsonl", tmp_path / "originals.jsonl"
    wordings.write_text(json.dumps({"id": "w", "of": first["id"], "question": "silver stories?"}), encoding="utf-8")
    runs = []
    for answers in (first["answers"], ["another"]):
        originals.write_text(json.dumps(first | {"answers": answers}), encoding="utf-8")
        runs.append(new_run(store, "wordings.jsonl", read_pairs(wordings, originals), seed=1, settings={}))
    Keeper(store, runs[0]).begin()
    assert unfinished(store, runs[0])
    assert unfinished(store, runs[1]) is None


def test_a_run_that_is_still_being_asked_is_not_gone_on_with(settings: Settings, qa: Path) -> None:
    with closing(Store(settings)) as store:
        run = replace(_run(store, qa), settings={"reranker": "", "reader": named(""), "judge": None}, seed=20_260)
        Keeper(store, run).begin()
    options = ["run", "--qa", str(qa), "--store", str(settings.store), "--resume"]
    with FileLock(settings.store / f"run-{run.id}.lock"), pytest.raises(MisuseError, match="still being asked"):
        main(options)
    assert main(options) == 0
    assert [one.id for one in list_runs(settings)] == [run.id]
    assert not list(settings.store.glob("run-*.lock"))


def test_runs_that_stopped_long_ago_are_forgotten(store: Store, qa: Path) -> None:
    run = _run(store, qa)
    for name, at in (("old", "2020-01-01T00:00:00+00:00"), ("new", "2999-01-01T00:00:00+00:00")):
        keeper = Keeper(store, replace(run, id=name, made_at=at))
        keeper.begin()
        keeper.keep(run.results[0])
        keeper.flush()
    Keeper(store, replace(run, id="now")).begin()
    with store.catalogue.transaction() as connection:
        assert [one.id for one in stored_runs(connection)] == ["now", "new"]
        assert (len(results_of(connection, "old")), len(results_of(connection, "new"))) == (0, 1)


def test_latest_and_previous_are_among_the_runs_of_one_set(store: Store, qa: Path) -> None:
    whole = _run(store, qa)
    for at, name in enumerate(("a.jsonl", "a.jsonl", "b.jsonl", "b.jsonl"), start=2020):
        _kept(store, replace(whole, id=f"{at}-{name[0]}", qa=name, made_at=str(at)))
    assert find_run("latest", store.settings).id == "2023-b"
    assert [find_run(one, store.settings, "a.jsonl").id for one in ("latest", "previous")] == ["2021-a", "2020-a"]


def test_a_result_comes_back_as_it_was(store: Store, qa: Path) -> None:
    for result in _run(store, qa).results:
        back = result_from_json(json.loads(json.dumps(result_to_json(result))))
        assert all(isnan(back.scores[m]) == isnan(score) for m, score in result.scores.items())
        assert replace(back, scores={}, elapsed_ms=0) == replace(result, scores={}, elapsed_ms=0)


def test_runs_are_found_by_id_place_in_time_and_file(store: Store, qa: Path, tmp_path: Path) -> None:
    first, second = (
        _kept(store, replace(_run(store, qa), id=f"{name}-run", made_at=at))
        for name, at in (("a1", "2020"), ("b2", "2021"))
    )
    assert [run.id for run in list_runs(store.settings)] == ["a1-run", "b2-run"]
    for reference, expected in (("latest", second), ("previous", first), ("a1-run", first), ("b", second)):
        found = find_run(reference, store.settings)
        assert (found.id, to_json(found)) == (expected.id, to_json(expected))
    assert main(["run", "--qa", str(qa), "--store", str(store.settings.store), "--out", str(tmp_path / "out")]) == 0
    found = find_run(str(tmp_path / "out"), store.settings)
    assert to_json(found) == to_json(find_run("latest", store.settings)) == to_json(read_run(tmp_path / "out" / FILE))
    assert all(not isnan(result.elapsed_ms) for result in found.results)


def test_a_run_that_is_not_there_is_refused_with_those_that_are(store: Store, qa: Path, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"latest: no such run; .* none yet; make one with: python -m eval run"):
        find_run("latest", store.settings)
    for name in ("a1", "a2"):
        _kept(store, replace(_run(store, qa), id=name))
    with pytest.raises(MisuseError, match=r"z9: no such run; .* has a1, a2"):
        find_run("z9", store.settings)
    with pytest.raises(MisuseError, match="a: several runs begin so"):
        find_run("a", store.settings)
    with pytest.raises(MisuseError, match=r"none\.json: No such file"):
        find_run(str(tmp_path / "none.json"), store.settings)
    for text in ("{", "[]", '{"results": []}', '{"results": [3]}'):
        (tmp_path / "odd.json").write_text(text, encoding="utf-8")
        with pytest.raises(EvaluationError, match=r"odd\.json: not a run"):
            find_run(str(tmp_path / "odd.json"), store.settings)


def test_a_run_that_stopped_is_gone_on_with_and_only_one_of_the_same_kind(store: Store, qa: Path) -> None:
    whole = _run(store, qa)
    keeper = Keeper(store, whole)
    keeper.begin()
    for result in whole.results[:5]:
        keeper.keep(result)
    keeper.flush()
    assert list_runs(store.settings) == []
    again = new_run(store, qa.name, read_pairs(qa), seed=1, settings={"reranker": ""})
    found = unfinished(store, again)
    assert found
    assert (found.id, [one.id for one in found.results]) == (whole.id, [one.id for one in whole.results[:5]])
    asked: list[str] = []
    known = {one.id: one for one in found.results}
    results = evaluate(Assistant(store), read_pairs(qa), lambda one: asked.append(one.id), known=known)
    assert asked == [one.id for one in whole.results[5:]]
    assert to_json(replace(found, results=tuple(results))) == to_json(whole)
    for other in (replace(again, seed=2), replace(again, code="other"), replace(again, qa_sha256="other")):
        assert unfinished(store, other) is None


def test_a_run_stopped_by_ctrl_c_goes_on(settings: Settings, tmp_path: Path, root: Path) -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()[::3]
    (tmp_path / "qa.jsonl").write_text("\n".join(lines), encoding="utf-8")
    asked = ["--qa", str(tmp_path / "qa.jsonl"), "--store", str(settings.store)]
    command = [sys.executable, "-m", "eval", "run", *asked]
    for jobs in ("1", "2"):
        with subprocess.Popen(
            [*command, "--jobs", jobs], cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        ) as process:
            _wait_until(lambda: _begun(settings) > 0)
            process.send_signal(signal.SIGINT)
            assert process.stderr
            said = process.stderr.read()
        assert process.returncode == 130
        assert "what was asked is kept; go on with the same command and --resume" in said
        assert "Traceback" not in said
        ended = subprocess.run([*command, "--resume"], cwd=root, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        assert "questions were asked" in ended.stderr
    first, second = list_runs(settings)
    assert to_json(first) == to_json(second)
    assert len(first.results) == len(lines)
    ended = subprocess.run([*command, "--resume"], cwd=root, capture_output=True, text=True, check=False)
    assert (ended.returncode, "leave --resume out" in ended.stderr) == (2, True)


def _begun(settings: Settings) -> int:
    """Count the results of runs that are under way."""
    from index.catalogue import open_catalogue

    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        return sum(len(results_of(connection, one.id)) for one in stored_runs(connection) if not one.is_finished)


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_store_that_cannot_be_written_is_evaluated_all_the_same(
    settings: Settings, qa: Path, command: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    catalogue = settings.store / "catalogue.sqlite"
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'readonly'); END")
        connection.commit()
    ended = command("-m", "eval", "run", "--qa", qa, "--store", settings.store)
    assert ended.returncode == 0, ended.stderr
    assert "the run is not kept in the store" in ended.stderr
    assert "questions went right" in ended.stdout

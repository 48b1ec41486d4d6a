"""Runs as a page lists them: what went wrong by faults, floors only where they apply, two runs in order of time."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eval.errors import EvaluationError
from eval.kept_runs import (
    ANSWERED,
    BROKE,
    INCORRECT,
    REMARK,
    UNANSWERED,
    UNCITED,
    Chosen,
    KeptRuns,
    choose,
    chosen_of,
    compare_kept,
    faults_of,
    floors_of,
    told_outcome,
)
from eval.result import Run
from eval.runs import Keeper
from eval.scoring import FAILED
from index.settings import Settings
from index.store import Store
from tests.eval.runs_by_hand import answerable, result, run, unanswerable


@pytest.fixture
def store(reedmoor_store: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of a store."""
    with closing(Store(Settings(shutil.copytree(reedmoor_store, tmp_path / "store")))) as opened:
        yield opened


def keep(store: Store, made: Run, *, finished: bool = True) -> None:
    """Keep a run."""
    keeper = Keeper(store, made)
    keeper.begin()
    for one in made.results:
        keeper.keep(one)
    keeper.flush()
    if finished:
        keeper.finish(made.results)


def test_runs_are_listed_newest_first_and_the_unfinished_say_how_far_they_are(store: Store) -> None:
    keep(store, run([answerable("a", 1.0), unanswerable("b", 1.0)], "old", made_at="2126-01-01T00:00:00+00:00"))
    keep(store, run([answerable("a", 0.0)], "half", made_at="2126-01-02T00:00:00+00:00"), finished=False)
    kept = KeptRuns()
    for _ in range(2):  # the second time nothing is reckoned anew
        half, old = kept.rows(store)
        assert (half.id, half.is_finished, half.questions, half.scores) == ("half", False, 1, None)
        assert (old.id, old.is_finished, old.questions, old.right, old.floors) == ("old", True, 2, 1, None)
        assert old.scores
        assert (old.scores["correct_and_cited"].mean, old.scores["wrong_answers"].mean) == (1.0, 1.0)


def test_two_runs_are_compared_in_order_of_time(store: Store) -> None:
    for name, day in (("b", 1), ("a", 2)):
        keep(store, run([answerable("q", 1.0)], name, made_at=f"2026-01-0{day}T00:00:00+00:00"))
    comparison = compare_kept(store, ["a", "b"])
    assert (comparison.a.id, comparison.b.id) == ("b", "a")
    for chosen, said in ((["a"], "1 runs are chosen"), (["a", "a"], "1 runs are chosen"), (["a", "x"], "no such run")):
        with pytest.raises(EvaluationError, match=said):
            compare_kept(store, chosen)


def test_faults_say_which_check_failed() -> None:
    wrong = result("w", {"correct_and_cited": 0.0, "wrong_refusals": 0.0, "correctness": 0.0, "source_recall": 0.5})
    refused = result("r", {"correct_and_cited": 0.0, "wrong_refusals": 1.0, "correctness": 0.0, "source_recall": 0.0})
    assert faults_of(wrong) == (INCORRECT, UNCITED)
    assert faults_of(refused) == (UNANSWERED,)
    assert faults_of(unanswerable("u", 1.0)) == (ANSWERED,)
    assert faults_of(answerable("a", 1.0)) == faults_of(unanswerable("n", 0.0)) == ()
    assert faults_of(answerable("b", 0.0, status=FAILED)) == (BROKE,)


def test_questions_are_chosen_by_outcome_kind_language_and_fault() -> None:
    results = [
        answerable("right", 1.0), answerable("remark", 1.0, failures=("more than it cites",), language="ro"),
        answerable("wrong", 0.0, kind="list"), unanswerable("answered", 1.0), result("not scored", {}),
    ]  # fmt: skip

    def ids(**wanted: str) -> list[str]:
        return [one.id for one in choose(results, chosen_of(wanted))]

    assert told_outcome(results[1]) == REMARK
    assert [one.id for one in choose(results, Chosen())] == ["wrong", "answered"]
    assert ids() == ids(outcome="nonsense", fault="nonsense") == [one.id for one in results]
    assert (ids(outcome="remark"), ids(language="ro"), ids(kind="list")) == (["remark"], ["remark"], ["wrong"])
    assert (ids(fault=ANSWERED), ids(outcome="unscored")) == (["answered"], ["not scored"])


def test_floors_are_held_only_against_the_questions_and_documents_that_they_were_set_for() -> None:
    other = floors_of(run([answerable("a", 1.0)], qa="sample.jsonl"))
    assert other
    assert (other.is_of_run, other.each) == (False, ())
    assert floors_of(run([answerable("a", 1.0)], qa="own.jsonl")) is None
    own = run(
        [answerable("a", 1.0)], qa="sample.jsonl",
        qa_sha256="44ab81e8e733aef3d8dd914f2d1ee46d2141d33b1eb2db781c12baef297efa18",
        corpus_sha256="ba42215ecb362918884069205cd717706c8b15c4a3c10cdfdd6613751344561d",
    )  # fmt: skip
    held = floors_of(own)
    assert held
    met = {one.metric: one.is_met for one in held.each}
    assert (held.is_of_run, held.are_met, met["correct_and_cited"], met["wrong_answers"]) == (True, False, True, False)

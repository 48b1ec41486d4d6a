"""An evaluation beside a server: started, watched, stopped, gone on with; and which sets there are to start."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eval.errors import EvaluationError
from eval.question_sets import checked, find_set, question_sets
from eval.runs import list_runs
from eval.starting import ENDED, FAILED, RUNNING, STOPPED, Evaluations, Progress, propose
from index.candidates import read_candidates
from index.settings import Settings
from index.store import Store

PATIENCE_SECONDS = 60


@pytest.fixture
def settings(sample_store: Path, tmp_path: Path) -> Settings:
    """Copy a store."""
    return Settings(shutil.copytree(sample_store, tmp_path / "store"))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Open it."""
    with closing(Store(settings)) as opened:
        yield opened


@pytest.fixture
def evaluations(settings: Settings) -> Iterator[Evaluations]:
    """Have a server's evaluations, stopped in the end."""
    made = Evaluations(settings)
    yield made
    made.close()


def write(settings: Settings, name: str, *questions: str) -> None:
    """Put a set beside the store, of questions that have no answer."""
    folder = settings.store / "questions"
    folder.mkdir(exist_ok=True)
    each = [
        {"id": f"q{at}", "question": question, "kind": "none", "language": "en", "answerable": False}
        for at, question in enumerate(questions)
    ]
    (folder / name).write_text("".join(json.dumps(one) + "\n" for one in each))


def wait(evaluations: Evaluations, *, asked: int = -1) -> Progress:
    """Wait until it has ended, or so many questions are asked."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        told = evaluations.progress()
        assert told
        if told.status != RUNNING or (told.total and told.asked >= asked >= 0):
            return told
        time.sleep(0.05)
    raise AssertionError(evaluations.progress())


def test_a_set_is_asked_to_its_end_and_the_run_is_kept(
    settings: Settings, store: Store, evaluations: Evaluations
) -> None:
    write(settings, "own.jsonl", "Who painted the moon?", "Who sang in Atlantis?")
    assert evaluations.progress() is None
    evaluations.start(find_set(store, "questions/own.jsonl"))
    with pytest.raises(EvaluationError, match="is running; wait for its end"):
        evaluations.start(find_set(store, "questions/own.jsonl"))
    ended = wait(evaluations)
    (run,) = list_runs(settings)
    assert ended == Progress("own.jsonl", ENDED, run.id, 2, 2, sum(one.is_right for one in run.results))


def test_what_is_stopped_can_be_gone_on_with(settings: Settings, store: Store, evaluations: Evaluations) -> None:
    write(settings, "own.jsonl", *(f"Who painted moon number {n}?" for n in range(400)))
    chosen = find_set(store, "questions/own.jsonl")
    evaluations.start(chosen)
    first = wait(evaluations, asked=3)
    evaluations.stop()
    stopped = wait(evaluations)
    assert stopped.status == STOPPED
    assert 3 <= stopped.asked < 400
    write(settings, "own.jsonl", *(f"Who painted moon number {n}?" for n in range(400)))
    evaluations.start(chosen, resume=True)
    assert wait(evaluations, asked=stopped.asked).run == first.run


def test_what_fails_says_why(settings: Settings, store: Store, evaluations: Evaluations) -> None:
    write(settings, "own.jsonl", "Who painted the moon?")
    evaluations.start(find_set(store, "questions/own.jsonl"), resume=True)
    ended = wait(evaluations)
    assert (ended.status, ended.error[:39]) == (FAILED, "--resume: no run of this set, store, co")


def test_an_evaluation_ends_with_its_server(settings: Settings, root: Path) -> None:
    write(settings, "own.jsonl", *(f"Who painted moon number {n}?" for n in range(2000)))
    server = (
        "import signal, sys, time; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from pathlib import Path\n"
        "from eval.question_sets import find_set\nfrom eval.starting import Evaluations\n"
        "from index.settings import Settings\nfrom index.store import Store\n"
        "settings = Settings(Path(sys.argv[1])); evaluations = Evaluations(settings)\n"
        "evaluations.start(find_set(Store(settings), 'questions/own.jsonl'))\n"
        "while evaluations.progress().asked < 1: time.sleep(.05)\n"
        "print(evaluations._process.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", server, str(settings.store)], cwd=root, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and Path(f"/proc/{child}").exists() and not _is_dead(child):
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists() or _is_dead(child)


def _is_dead(process: int) -> bool:
    """Whether it has ended and nobody has asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_questions_are_proposed_in_a_process_of_its_own(settings: Settings, store: Store) -> None:
    propose(settings, count=3, seed=1)
    with store.catalogue.transaction() as connection:
        assert sum("of" not in one.pair for one in read_candidates(connection)) == 3
    with pytest.raises(EvaluationError, match="--count 0"):
        propose(settings, count=0, seed=1)


# Sets


def test_sets_are_those_beside_the_store_and_the_shipped_ones_over_their_documents(
    settings: Settings, store: Store, reedmoor_store: Path
) -> None:
    write(settings, "own.jsonl", "Who painted the moon?")
    (settings.store / "questions" / "bad.jsonl").write_text('{"id": 5}\n' + "{}\n" * 9)
    sets = {one.key: one for one in question_sets(store)}
    assert list(sets) == [
        "questions/bad.jsonl", "questions/own.jsonl", "eval/sample.jsonl", "eval/sample-paraphrases.jsonl",
    ]  # fmt: skip
    assert (sets["eval/sample.jsonl"].questions, sets["questions/own.jsonl"].mistakes) == (322, ())
    bad = sets["questions/bad.jsonl"]
    assert (len(bad.mistakes), bad.number_of_mistakes > 5) == (5, True)
    assert bad.mistakes[0].startswith("bad.jsonl, line 1: field 'id'")
    with closing(Store(Settings(reedmoor_store))) as other:
        assert question_sets(other) == []
    with pytest.raises(EvaluationError, match="no such set"):
        find_set(store, "../../etc/passwd")


def test_a_source_that_the_store_does_not_hold_is_told_before_a_start(settings: Settings, store: Store) -> None:
    write(settings, "own.jsonl", "Who painted the moon?")
    path = settings.store / "questions" / "own.jsonl"
    row = json.loads(path.read_text())
    source = {"document": "nowhere.md", "quote": "x"}
    path.write_text(json.dumps({**row, "answerable": True, "answers": ["x"], "sources": [source]}) + "\n")
    chosen = find_set(store, "questions/own.jsonl")
    assert chosen.mistakes == ()
    told = checked(store, chosen)
    assert told.number_of_mistakes == 1
    assert "the store holds no document 'nowhere.md'" in told.mistakes[0]
    assert checked(store, find_set(store, "eval/sample.jsonl")).mistakes == ()


def test_a_set_that_changes_is_read_anew(settings: Settings, store: Store) -> None:
    write(settings, "own.jsonl", "Who painted the moon?")
    before = find_set(store, "questions/own.jsonl")
    write(settings, "own.jsonl", "Who painted the moon?", "Who sang?")
    os.utime(settings.store / "questions" / "own.jsonl", ns=(1, 1))
    after = find_set(store, "questions/own.jsonl")
    assert (before.questions, after.questions, before.digest == after.digest) == (1, 2, False)

"""What a press among evaluations comes to, without a browser: gone on with, refused with the mistakes, watched."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eval.kept_runs import KeptRuns
from eval.panels.runs_acts import Looking, Room, act, tick
from eval.question_sets import find_set
from eval.runs import Keeper
from eval.starting import Evaluations
from index.panels.frame import Frame, Pressed
from index.settings import Settings
from index.store import Store
from tests.eval.runs_by_hand import run, unanswerable

ROW = {"id": "q", "question": "Who painted the moon?", "kind": "none", "language": "en", "answerable": False}
SOURCE = {"document": "nowhere.md", "quote": "x"}


@pytest.fixture
def room(reedmoor_store: Path, tmp_path: Path) -> Iterator[Room]:
    """Have a store with a set that can be asked and one whose source is nowhere."""
    settings = Settings(shutil.copytree(reedmoor_store, tmp_path / "store"))
    (settings.store / "questions").mkdir()
    for name, row in (("own", ROW), ("lost", {**ROW, "answerable": True, "answers": ["x"], "sources": [SOURCE]})):
        (settings.store / "questions" / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    evaluations = Evaluations(settings)
    with closing(Store(settings)) as store:
        yield Room(Frame(), store, evaluations, KeptRuns())
    evaluations.close()


def test_a_run_that_stopped_is_gone_on_with_if_its_set_is_there(room: Room) -> None:
    own = find_set(room.store, "questions/own.jsonl")
    for name, digest in (("half", own.digest), ("gone", "another")):
        made = run(
            [unanswerable("q", 0.0)], name, made_at="2126-01-01T00:00:00+00:00", qa="own.jsonl", qa_sha256=digest
        )
        Keeper(room.store, made).begin()
    listed = room.listed(Looking())
    assert (listed.count("stopped half way"), listed.count("Go on with it")) == (2, 1)
    parts = act(room, Looking(), Pressed("resume", "half"), may_change=True)
    assert (parts.told, parts.is_watched) == ("The evaluation of own.jsonl has begun.", True)
    assert tick(room, parts.looking).listed is None  # nothing has changed yet
    assert parts.start
    assert 'data-act="stop"' in parts.start
    again = act(room, Looking(), Pressed("resume", "half"), may_change=True)
    assert again.told
    assert "is running; wait for its end, or stop it" in again.told
    assert act(room, Looking(), Pressed("stop"), may_change=True).told == "The evaluation is being stopped."
    missing = act(room, Looking(), Pressed("resume", "gone"), may_change=True)
    assert missing.told
    assert "there is no such set of questions any more" in missing.told


def test_a_set_whose_sources_are_not_there_is_refused_with_the_mistakes(room: Room) -> None:
    parts = act(room, Looking(), Pressed("start", fields={"set": "questions/lost.jsonl"}), may_change=True)
    assert parts.told == "lost.jsonl cannot be asked; see why below."
    assert parts.start
    assert "the store holds no document &#39;nowhere.md&#39;" in parts.start
    assert room.evaluations.progress() is None


@pytest.mark.parametrize("act_", ["start", "stop", "resume"])
def test_who_may_not_change_anything_is_refused(room: Room, act_: str) -> None:
    parts = act(room, Looking(), Pressed(act_, fields={"set": "questions/own.jsonl"}), may_change=False)
    assert parts.told == "Your account may look at this, and not change it."
    assert room.evaluations.progress() is None


def test_nonsense_and_runs_that_are_not_there_change_nothing(room: Room) -> None:
    assert act(room, Looking(), Pressed(""), may_change=True).told is None
    told = act(room, Looking(), Pressed("open", "../x"), may_change=True).told
    assert told
    assert "there is no such run" in told

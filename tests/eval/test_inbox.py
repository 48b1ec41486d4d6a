"""What people said of answers: newest first, waiting or done with, page by page, one of them made a candidate."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eval.inbox import A_PAGE, Inbox, Wanted, handle, read_inbox, wanted_of
from eval.said import take_feedback, take_one
from index.candidates import read_candidates
from index.feedback import DOWN, UP, add_feedback, withdraw
from index.settings import Settings
from index.store import Store


@pytest.fixture
def store(reedmoor_store: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of a store."""
    with closing(Store(Settings(shutil.copytree(reedmoor_store, tmp_path / "store")))) as opened:
        yield opened


def say(store: Store, number: int, verdict: str = DOWN) -> int:
    """Say something of an answer."""
    with store.catalogue.transaction() as connection:
        return add_feedback(
            connection, question=f"Question {number}?", answer="Yes.", status="answered", verdict=verdict,
            generation=1, turn=f"turn {number}",
        )  # fmt: skip


def questions(inbox: Inbox) -> list[str]:
    """Name what is shown."""
    return [one.question for one in inbox.said]


def test_the_newest_comes_first_and_pages_follow_each_other(store: Store) -> None:
    for number in range(A_PAGE + 5):
        say(store, number)
    first = read_inbox(store, Wanted())
    assert questions(first)[:2] == [f"Question {A_PAGE + 4}?", f"Question {A_PAGE + 3}?"]
    assert (first.total, first.earlier, first.later) == (A_PAGE + 5, None, Wanted(after=A_PAGE))
    second = read_inbox(store, Wanted(after=A_PAGE))
    assert (len(second.said), second.earlier, second.later) == (5, Wanted(), None)
    assert read_inbox(store, Wanted(after=10_000)).wanted.after == A_PAGE
    assert read_inbox(store, Wanted(after=-5)).wanted.after == 0


def test_what_is_done_with_waits_no_more_and_can_be_put_back(store: Store) -> None:
    first, second = say(store, 1, UP), say(store, 2)
    handle(store, first, handled=True)
    assert questions(read_inbox(store, Wanted())) == ["Question 2?"]
    inbox = read_inbox(store, wanted_of({"state": "done"}))
    assert (questions(inbox), inbox.said[0].handled, inbox.said[0].taken) == (["Question 1?"], True, False)
    assert dict(inbox.counts) == {("up", "done"): 1, ("down", "waiting"): 1}
    assert questions(read_inbox(store, wanted_of({"verdict": "up", "state": "nonsense"}))) == ["Question 1?"]
    with store.catalogue.transaction() as connection:
        withdraw(connection, "turn 1")  # somebody has looked at it: it stays
    assert take_feedback(store) == 1  # the one that waits
    handle(store, first, handled=False)
    handle(store, second, handled=False)  # a candidate stays one
    assert questions(read_inbox(store, Wanted())) == ["Question 1?"]


def test_one_becomes_a_candidate_once(store: Store) -> None:
    key, other = say(store, 1), say(store, 2)
    handle(store, key, handled=True)
    assert (take_one(store, key), take_one(store, key), take_one(store, 99)) == (True, False, False)
    same = say(store, 1)
    assert take_one(store, same) is False
    with store.catalogue.transaction() as connection:
        assert [one.pair["question"] for one in read_candidates(connection)] == ["Question 1?"]
    assert [one.key for one in read_inbox(store, Wanted()).said] == [other]

"""Verdicts on answers, with comments: one for each answer, the last."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answer import to_json
from assistant.assistant import Assistant
from assistant.rating import LONGEST_COMMENT, rate
from index.feedback import Feedback, read_feedback
from index.settings import Settings
from index.store import Store

QUESTION = "What was the budget of Moara Veche?"


@pytest.fixture
def store(reedmoor_store: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of the store of an invented organisation."""
    with closing(Store(Settings(shutil.copytree(reedmoor_store, tmp_path / "store")))) as opened:
        yield opened


def say(store: Store, is_up: bool | None, comment: str = "", turn: str = "c/1") -> None:
    """Rate the answer to one question."""
    answer = to_json(Assistant(store).ask(QUESTION)) | {"generation": store.generation}
    rate(store, QUESTION, ["Who?"], answer, turn=turn, is_up=is_up, comment=comment)


def said(store: Store) -> list[Feedback]:
    with store.catalogue.transaction() as connection:
        return read_feedback(connection)


def test_a_comment_is_kept_with_the_verdict_and_all_that_was_shown(store: Store) -> None:
    say(store, is_up=False, comment="  It was more.\r\nMult mai mult: șase.\x00 ")
    (one,) = said(store)
    assert (one.verdict, one.comment) == ("down", "It was more.\nMult mai mult: șase.")
    assert (one.generation, one.history) == (store.generation, ("Who?",))
    assert "75.000 RON" in str(one.citations[0]["quote"])


def test_who_thinks_again_has_one_verdict_with_the_last_comment(store: Store) -> None:
    for is_up, comment in ((False, "wrong"), (True, "no, right"), (True, "")):
        say(store, is_up=is_up, comment=comment)
        assert [(one.verdict == "up", one.comment) for one in said(store)] == [(is_up, comment)]
    say(store, is_up=False, turn="c/2")
    assert len(said(store)) == 2
    say(store, is_up=None)
    assert [one.verdict for one in said(store)] == ["down"]


def test_a_book_in_a_comment_is_cut(store: Store) -> None:
    say(store, is_up=True, comment="a" * (LONGEST_COMMENT + 1))
    assert [len(one.comment) for one in said(store)] == [LONGEST_COMMENT]

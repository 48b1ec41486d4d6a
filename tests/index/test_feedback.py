"""Feedback in a catalogue: kept with what was shown, told apart by whether it was taken."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from index.catalogue import open_catalogue
from index.feedback import DOWN, UP, add_feedback, mark_taken, read_feedback
from index.settings import Settings

CITATION = {"n": 1, "document": "lamp.md", "start": 0, "end": 4, "quote": "Lamp", "decisive": [[0, 2]]}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Open a new catalogue."""
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.transaction() as connection:
        yield connection


def test_a_verdict_is_kept_with_all_that_was_shown(connection: Connection) -> None:
    key = add_feedback(
        connection, question="And who paid?", history=["Tell me about the lamp"], answer="Nobody [1]",
        status="answered", citations=[CITATION], generation=3, verdict=DOWN, comment="șase plătitori",
    )  # fmt: skip
    (found,) = read_feedback(connection)
    assert (found.key, found.question, found.history) == (key, "And who paid?", ("Tell me about the lamp",))
    assert (found.answer, found.status, found.citations) == ("Nobody [1]", "answered", (CITATION,))
    assert (found.generation, found.verdict, found.comment, found.taken) == (3, "down", "șase plătitori", False)
    assert found.made_at.endswith("+00:00")


def test_what_became_a_candidate_is_told_apart(connection: Connection) -> None:
    first, second = (
        add_feedback(connection, question=name, answer="", status="refused", verdict=UP, generation=1)
        for name in ("one", "two")
    )
    mark_taken(connection, first)
    assert [one.key for one in read_feedback(connection, taken=False)] == [second]
    assert [one.key for one in read_feedback(connection, taken=True)] == [first]
    assert [one.key for one in read_feedback(connection)] == [first, second]


def test_another_verdict_than_up_or_down_is_refused(connection: Connection) -> None:
    with pytest.raises(ValueError, match="'sideways'"):
        add_feedback(connection, question="a", answer="", status="refused", verdict="sideways", generation=1)

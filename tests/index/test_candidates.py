"""Candidates in a catalogue: proposed, decided, opened once more."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from index.candidates import ACCEPTED, GENERATED, OPEN, REJECTED, add_candidate, decide, read_candidates
from index.catalogue import open_catalogue
from index.errors import DecidedError
from index.settings import Settings

PAIR = {"id": "lamp-1", "question": "Câte lămpi?", "answerable": True, "answers": ["7"], "sources": []}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Open a new catalogue."""
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.transaction() as connection:
        yield connection


def test_what_is_proposed_comes_back_open_and_in_its_order(connection: Connection) -> None:
    keys = [add_candidate(connection, PAIR | {"id": name}, origin=GENERATED) for name in ("b", "a")]
    found = read_candidates(connection, OPEN)
    assert [(one.key, one.id) for one in found] == [(keys[0], "b"), (keys[1], "a")]
    assert found[1].pair == PAIR | {"id": "a"}
    assert (found[0].origin, found[0].status, found[0].decided_at) == ("generated", "open", None)


def test_a_decision_has_its_time_and_reopened_it_has_none(connection: Connection) -> None:
    key = add_candidate(connection, PAIR, origin=GENERATED, note="look twice")
    decide(connection, key, REJECTED, expected=OPEN, note="two answers are right")
    (found,) = read_candidates(connection, REJECTED)
    assert found.note == "two answers are right"
    assert found.decided_at is not None
    assert found.decided_at >= found.made_at
    assert read_candidates(connection, OPEN) == []
    decide(connection, key, OPEN, expected=REJECTED)
    (found,) = read_candidates(connection)
    assert (found.status, found.decided_at, found.note) == (OPEN, None, "two answers are right")


def test_an_edited_pair_takes_the_place_of_the_proposed_one(connection: Connection) -> None:
    key = add_candidate(connection, PAIR, origin=GENERATED)
    decide(connection, key, ACCEPTED, expected=OPEN, pair=PAIR | {"answers": ["8"]})
    (found,) = read_candidates(connection, ACCEPTED)
    assert (found.pair["answers"], found.id) == (["8"], "lamp-1")


def test_no_decision_is_made_on_what_is_not_there(connection: Connection) -> None:
    with pytest.raises(KeyError):
        decide(connection, 7, ACCEPTED, expected=OPEN)


def test_the_first_of_two_decisions_stands(connection: Connection) -> None:
    key = add_candidate(connection, PAIR, origin=GENERATED)
    decide(connection, key, REJECTED, expected=OPEN, note="the first")
    with pytest.raises(DecidedError, match=f"candidate {key} already: it is rejected by now"):
        decide(connection, key, ACCEPTED, expected=OPEN, note="the second")
    (found,) = read_candidates(connection)
    assert (found.status, found.note) == (REJECTED, "the first")

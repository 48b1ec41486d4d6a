"""What people said of answers, made into candidates."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import to_json
from assistant.assistant import Assistant
from assistant.rating import rate
from eval.gold import find_gold
from eval.qa import pairs_of
from eval.said import UNSAID, proposed, take_feedback
from index.candidates import read_candidates
from index.feedback import DOWN, UP, Feedback, add_feedback, read_feedback
from index.settings import Settings
from index.store import Store


@pytest.fixture
def store(reedmoor_store: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of the store of an invented organisation."""
    with closing(Store(Settings(shutil.copytree(reedmoor_store, tmp_path / "store")))) as opened:
        yield opened


def said(store: Store, question: str, verdict: str, comment: str = "", history: tuple[str, ...] = ()) -> None:
    """Ask, and say what somebody thinks of the answer."""
    answer = to_json(Assistant(store).ask(question, history))
    with store.catalogue.transaction() as connection:
        add_feedback(
            connection, question=question, history=history, answer=answer["answer"], status=answer["status"],
            citations=answer["citations"], generation=store.generation, verdict=verdict, comment=comment,
        )  # fmt: skip


def test_a_right_answer_proposes_what_decided_and_what_was_cited(store: Store) -> None:
    said(store, "What was the budget of Moara Veche?", UP)
    assert take_feedback(store) == 1
    with store.catalogue.transaction() as connection:
        (candidate,) = read_candidates(connection)
        assert read_feedback(connection, taken=False) == []
    assert candidate.origin == "feedback"
    assert candidate.pair["answers"] == ["75.000 RON"]
    (pair,) = pairs_of([dict(candidate.pair)])
    assert find_gold(store, [pair])[pair.id]
    assert (pair.answerable, pair.language) == (True, "en")


def test_a_right_list_proposes_each_title(store: Store) -> None:
    said(store, "Ce proiecte au fost finanțate de European Salt Council?", UP)
    take_feedback(store)
    with store.catalogue.transaction() as connection:
        (candidate,) = read_candidates(connection)
    assert candidate.pair["all"][:2] == ["Harbour Voices Junior", "Salt Road"]
    assert candidate.pair["language"] == "ro"
    assert len(candidate.pair["sources"]) == 2


def test_a_right_refusal_proposes_a_question_without_an_answer(store: Store) -> None:
    said(store, "Who painted Moara Veche?", UP)
    take_feedback(store)
    with store.catalogue.transaction() as connection:
        (candidate,) = read_candidates(connection)
    assert candidate.pair["answerable"] is False
    pairs_of([dict(candidate.pair)])


def test_a_wrong_answer_proposes_a_question_and_no_answer(store: Store) -> None:
    said(store, "And its budget?", DOWN, "it was more", ("Who funded Moara Veche?",))
    take_feedback(store)
    with store.catalogue.transaction() as connection:
        (candidate,) = read_candidates(connection)
    assert (candidate.pair["answerable"], candidate.pair["answers"]) == (True, [])
    assert candidate.pair["history"] == ["Who funded Moara Veche?"]
    assert UNSAID in candidate.note
    assert "comment: it was more" in candidate.note
    assert "75.000 RON" in candidate.note


def test_the_last_comment_on_an_answer_stands_in_the_note_of_its_candidate(store: Store) -> None:
    question = "What was the budget of Moara Veche?"
    answer = to_json(Assistant(store).ask(question)) | {"generation": store.generation}
    for comment in ("it was less", "It was more.\nMuch more."):
        rate(store, question, (), answer, turn="c/1", is_up=False, comment=comment)
    assert take_feedback(store) == 1
    with store.catalogue.transaction() as connection:
        (candidate,) = read_candidates(connection)
    assert "\ncomment: It was more.\nMuch more.\n" in candidate.note
    assert "it was less" not in candidate.note


def test_the_same_said_twice_makes_one_candidate_and_nothing_is_taken_twice(store: Store) -> None:
    for _ in range(2):
        said(store, "What was the budget of Moara Veche?", UP)
    said(store, "What was the budget of Moara Veche?", DOWN)
    assert take_feedback(store) == 2
    assert take_feedback(store) == 0


def test_a_quote_of_which_nothing_stands_out_is_proposed_whole() -> None:
    citation: dict[str, Any] = {"document": "a.csv#row=2-3", "start": 10, "quote": "two  lamps", "decisive": []}
    one = Feedback(1, "", "How many lamps?", (), "two", "answered", (citation, citation), 1, UP, "", False)
    row = proposed(one)
    assert row["answers"] == ["two lamps"]
    assert row["sources"] == [{"document": "a.csv", "quote": "two lamps"}]

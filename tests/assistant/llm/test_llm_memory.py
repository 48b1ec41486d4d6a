"""The earlier turns that a model is told of: as many as fit, the oldest dropped first."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.memory import LONGEST_ANSWER, MOST_TURNS, remembered
from assistant.llm.message import MODEL, USER, Message
from assistant.mend import Earlier

TURNS = [Earlier(f"question {n}", answer=f"answer {n}") for n in range(4)]


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def _letters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def test_turns_that_fit_are_kept_in_order() -> None:
    assert remembered(TURNS[:2], 100, _words) == (
        Message(USER, "question 0"), Message(MODEL, "answer 0"),
        Message(USER, "question 1"), Message(MODEL, "answer 1"),
    )  # fmt: skip


def test_the_oldest_turn_goes_first_and_with_its_answer() -> None:
    assert remembered(TURNS, 8, _words)[0] == Message(USER, "question 2")
    assert remembered(TURNS, 7, _words)[0] == Message(USER, "question 3")


def test_of_a_last_turn_that_does_not_fit_the_question_is_kept() -> None:
    assert remembered(TURNS, 3, _words) == (Message(USER, "question 3"),)
    assert remembered(TURNS, 1, _words) == ()


def test_an_answer_is_shortened_between_words() -> None:
    _, told = remembered([Earlier("q", answer="word " * 500)], 5_000, _words)
    assert len(told.text) <= LONGEST_ANSWER + 2
    assert told.text.endswith("word …")


def test_a_question_without_an_answer_stands_alone() -> None:
    assert remembered([Earlier("one"), Earlier(" "), Earlier("two")], 10, _words) == (
        Message(USER, "one"), Message(USER, "two"),
    )  # fmt: skip


def test_memory_can_be_asked_where_an_event_loop_runs() -> None:
    async def ask() -> tuple[Message, ...]:
        return remembered(TURNS, 100, _words)

    assert len(asyncio.run(ask())) == 8


def test_nothing_is_remembered_from_one_conversation_to_the_next() -> None:
    remembered(TURNS, 100, _words)
    assert remembered(TURNS[:1], 100, _words) == (Message(USER, "question 0"), Message(MODEL, "answer 0"))


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=9), st.integers(-5, 60))
def test_what_is_kept_fits_and_is_the_end_of_what_was_said(turns: list[tuple[str, str]], tokens: int) -> None:
    earlier = [Earlier(question, answer=answer) for question, answer in turns]
    kept = remembered(earlier, tokens, _letters)
    assert sum(len(one.text) for one in kept) <= max(0, tokens)
    assert len(kept) <= 2 * MOST_TURNS
    assert not kept or kept[0].role == USER


@pytest.mark.parametrize("tokens", [0, -3])
def test_without_room_nothing_is_remembered(tokens: int) -> None:
    assert remembered(TURNS, tokens, _words) == ()

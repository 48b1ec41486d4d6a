"""An answer that a language model writes, as the Ask tab shows it: sentence by sentence, stopped, left, broken off."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import LLM, Statement
from assistant.conversation import recall
from assistant.live import Answered, LiveAssistant
from assistant.mend import Earlier
from assistant.panels.answering import Conversation, Step, take_turn
from assistant.panels.asking import act, opened, stop
from index.errors import StoreError
from index.panels.frame import Pressed
from index.settings import Settings
from web.frames import make_frames

BUDGET, FUNDER = "What was the budget of Silver Stories?", "Who funded it?"
ENGLISH, ROMANIAN = make_frames()


class Growing(LiveAssistant):
    """Says each answer in three sentences, and waits before the one whose number is `slow`, or breaks there."""

    slow, broken = 0, 0

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.goes_on = threading.Event()
        self.histories: list[Any] = []

    @property
    def model_name(self) -> str:
        """A name of its own."""
        return "tiny-1"

    def stream(self, question: str, history: Any = (), *rest: Any, **named: Any) -> Iterator[Answered]:
        """The whole answer grows from its first statement."""
        self.histories.append(history)
        whole = next(super().stream(question, history, *rest, **named))
        first = whole.answer.statements[0]
        said: tuple[Statement, ...] = ()
        for n in (1, 2, 3):
            if n == self.slow:
                self.goes_on.wait(10)
            if n == self.broken:
                raise StoreError("the disk is gone")
            said = (*said, replace(first, text=f"{first.text} ({n})"))
            answer = replace(whole.answer, mode=LLM, statements=said)
            yield replace(whole, told=replace(whole.told, answer=answer))


@pytest.fixture
def live(sample_store: Path, tmp_path: Path) -> Iterator[Growing]:
    """Open a copy of the sample store."""
    shutil.copytree(sample_store, tmp_path / "store")
    opened = Growing(Settings(tmp_path / "store"))
    yield opened
    opened.goes_on.set()
    for thread in threading.enumerate():
        if thread.name == "answer":
            thread.join(10)
    assert [thread for thread in threading.enumerate() if thread.name == "answer"] == []
    opened.close()


def said(step: Step) -> list[str]:
    """The ends of the last turn's sentences."""
    answer = step.conversation.turns[-1].answer
    return [one.text[-3:] for one in answer.statements] if answer else []


def kept(live: LiveAssistant, step: Step) -> list[int]:
    """How many statements each answer has that is kept."""
    return [len(one.answer.statements) for one in recall(live.current(), step.conversation.id)]


def test_sentences_come_one_by_one_and_only_the_whole_is_kept(live: Growing) -> None:
    steps = list(take_turn(ENGLISH, live, Conversation(), BUDGET))
    assert [said(one) for one in steps] == [[], ["(1)"], ["(1)", "(2)"], ["(1)", "(2)", "(3)"], ["(1)", "(2)", "(3)"]]
    assert [one.is_finished for one in steps] == [False] * 4 + [True]
    assert [one.conversation.turns[-1].halt is None for one in steps] == [False] * 4 + [True]
    assert [one.conversation.id for one in steps[:-1]] == [""] * 4
    assert kept(live, steps[-1]) == [3]
    last = steps[-1].conversation.turns[-1]
    assert (last.model, last.is_kept) == ("tiny-1", True)
    back, _ = opened(live, {"c": steps[-1].conversation.id})
    assert [turn.model for turn in back.turns] == ["tiny-1"]


def test_a_later_question_knows_what_was_answered(live: Growing) -> None:
    *_, first = take_turn(ENGLISH, live, Conversation(), BUDGET)
    list(take_turn(ENGLISH, live, first.conversation, FUNDER))
    assert live.histories[0] == []
    ((earlier,),) = live.histories[1:]
    assert isinstance(earlier, Earlier)
    assert (earlier.question, "279.014 EUR" in earlier.answer) == (BUDGET, True)


@pytest.mark.parametrize(
    ("frame", "question", "says"),
    [(ENGLISH, BUDGET, "Stopped before the end"), (ROMANIAN, "Ce buget a avut Silver Stories?", "Oprit înainte de")],
)
def test_what_is_stopped_ends_at_once_and_what_there_is_of_it_is_kept(
    live: Growing, frame: Any, question: str, says: str
) -> None:
    live.slow = 3
    steps = take_turn(frame, live, Conversation(), question)
    growing = [next(steps) for _ in range(3)][-1]
    began = time.monotonic()
    stop(growing.conversation)
    (last,) = steps
    assert time.monotonic() - began < 2
    assert said(last) == ["(1)", "(2)"]
    answer = last.conversation.turns[-1].answer
    assert answer
    assert says in answer.notice
    assert kept(live, last) == [2]


def test_what_is_stopped_before_anything_is_there_says_so(live: Growing) -> None:
    live.slow = 1
    steps = take_turn(ENGLISH, live, Conversation(), BUDGET)
    stop(next(steps).conversation)
    (last,) = steps
    assert last.conversation.turns[-1].trouble == "Stopped before there was an answer."
    assert last.conversation.halt is None


def test_what_breaks_off_keeps_what_was_there_and_says_so(live: Growing) -> None:
    live.broken = 3
    *_, last = take_turn(ENGLISH, live, Conversation(), BUDGET)
    assert said(last) == ["(1)", "(2)"]
    answer = last.conversation.turns[-1].answer
    assert answer
    assert answer.notice == "The answer broke off before its end."
    assert "disk" not in str(last)


def test_a_question_asked_meanwhile_waits_for_the_answer_before_it(live: Growing) -> None:
    live.slow = 3
    steps = take_turn(ENGLISH, live, Conversation(), BUDGET)
    growing = [next(steps) for _ in range(2)][-1]
    ends: list[Step] = []
    first = threading.Thread(target=lambda: ends.extend(steps))
    second = threading.Thread(target=lambda: ends.extend(take_turn(ENGLISH, live, growing.conversation, FUNDER)))
    for thread in (first, second):
        thread.start()
    time.sleep(0.2)
    live.goes_on.set()
    for thread in (first, second):
        thread.join(10)
    last = ends[-1].conversation
    assert [turn.question for turn in last.turns] == [BUDGET, FUNDER]
    assert [turn.name for turn in last.turns] == [f"{last.id}/{n}" for n in (1, 2)]


def test_a_question_after_one_whose_page_was_left_goes_on_without_it(live: Growing) -> None:
    live.slow = 2
    steps = take_turn(ENGLISH, live, Conversation(), BUDGET)
    growing = [next(steps) for _ in range(2)][-1]
    steps.close()  # type: ignore[attr-defined]  # a generator, as Gradio closes it
    live.goes_on.set()
    *_, last = take_turn(ENGLISH, live, growing.conversation, "Who funded Silver Stories?")
    assert [turn.question for turn in last.conversation.turns] == ["Who funded Silver Stories?"]


@pytest.mark.parametrize("what", [("rate", "1:up"), ("mend", "1:0"), ("ask", FUNDER), ("comment", "1")])
def test_other_acts_are_refused_while_an_answer_is_written(live: Growing, what: tuple[str, str]) -> None:
    steps = take_turn(ENGLISH, live, Conversation(), BUDGET)
    growing = [next(steps) for _ in range(2)][-1]
    (told,) = act(ENGLISH, live, growing.conversation, Pressed(*what))
    assert told.trouble == "An answer is still being written. Wait for its end, or stop it."
    assert not told.is_shown
    *_, last = steps
    assert said(last) == ["(1)", "(2)", "(3)"]


def test_a_conversation_begun_anew_leaves_the_answer_that_was_written(live: Growing) -> None:
    live.slow = 3
    steps = take_turn(ENGLISH, live, Conversation(), BUDGET)
    growing = [next(steps) for _ in range(3)][-1]
    assert list(act(ENGLISH, live, growing.conversation, Pressed("new"))) == [Step(Conversation())]
    assert [(one.is_shown, one.is_finished) for one in steps] == [(False, True)]


def test_a_verdict_keeps_who_has_written_the_answer(live: Growing) -> None:
    from index.feedback import read_feedback

    *_, last = take_turn(ENGLISH, live, Conversation(), BUDGET)
    list(act(ENGLISH, live, last.conversation, Pressed("rate", "1:down")))
    with live.current().catalogue.transaction() as connection:
        (told,) = read_feedback(connection)
    assert told.answer.endswith(
        "Written by the language model tiny-1; each sentence was checked against the words it cites."
    )

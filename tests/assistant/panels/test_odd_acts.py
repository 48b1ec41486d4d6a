"""What a visitor does in the Ask tab, as programs that are no browser may do it, too."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.live import LiveAssistant
from assistant.mend import LONGEST_QUESTION, MOST_EARLIER
from assistant.panels.answering import Conversation, Step, take_turn
from assistant.panels.asking import act
from assistant.panels.turns import Turn
from index.panels.frame import Frame, Pressed
from index.settings import Settings

FRAME = Frame()


@pytest.fixture(scope="module")
def live(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveAssistant]:
    """Open a copy of the sample store."""
    store = tmp_path_factory.mktemp("asking") / "store"
    shutil.copytree(sample_store, store)
    live = LiveAssistant(Settings(store))
    yield live
    live.close()


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "-1", "0", "2", "", "x"])
@pytest.mark.parametrize("done", ["mend", "rate", "comment"])
def test_of_a_turn_that_is_not_there_nothing_is_done(live: LiveAssistant, done: str, number: str) -> None:
    conversation = Conversation(turns=(Turn("Who?"),))
    assert [*act(FRAME, live, conversation, Pressed(done, f"{number}:up"))] == [Step(conversation)]


def test_of_a_question_without_end_the_beginning_is_asked_shown_and_kept(live: LiveAssistant) -> None:
    asked, answered = (step.conversation for step in take_turn(FRAME, live, Conversation(), "library " * 9_999))
    kept = answered.turns[0].answer
    assert kept
    assert {len(asked.turns[0].question), len(answered.turns[0].question), len(kept.question)} == {LONGEST_QUESTION}


def test_a_history_without_end_is_not_read_whole(live: LiveAssistant) -> None:
    unreadable: list[Any] = [None]
    assert live.ask("Who funded it?", unreadable + ["Thank you"] * MOST_EARLIER).answer.question == "Who funded it?"

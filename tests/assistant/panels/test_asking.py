"""What a visitor does in the Ask tab, over a real store: asks, mends, says what they think, comes back, in two tabs."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation import CURRENT, open_citation, recall, unkept
from assistant.live import LiveAssistant
from assistant.panels.answering import Conversation, Step, take_turn
from assistant.panels.asking import act, opened
from assistant.panels.turns import marker_of, mends_of
from assistant.question import UNCHANGED
from index.panels.frame import Frame, Pressed
from index.settings import Settings
from web.frames import make_frames

BUDGET, FUNDER = "What was the budget of Silver Stories?", "Who funded it?"
LISTED = "Which projects were funded by the European Commission and took place in 2014?"
ENGLISH, ROMANIAN = make_frames()


@pytest.fixture
def live(sample_store: Path, tmp_path: Path) -> Iterator[LiveAssistant]:
    """Open a copy of the sample store."""
    shutil.copytree(sample_store, tmp_path / "store")
    opened = LiveAssistant(Settings(tmp_path / "store"))
    yield opened
    opened.close()


def asked(
    live: LiveAssistant, *questions: str, before: Conversation | None = None, frame: Frame = ENGLISH
) -> Conversation:
    """The conversation after these questions."""
    conversation = before or Conversation()
    for question in questions:
        *_, last = take_turn(frame, live, conversation, question)
        conversation = last.conversation
    return conversation


def done(live: LiveAssistant, conversation: Conversation, *what: Any, frame: Frame = ENGLISH) -> Step:
    """The last step of what is pressed."""
    *_, last = act(frame, live, conversation, Pressed(*what))
    return last


def said(live: LiveAssistant) -> Sequence[tuple[str, str, str]]:
    """Question, verdict and comment of all feedback that is kept."""
    with closing(sqlite3.connect(live.settings.store / "catalogue.sqlite")) as connection:
        return connection.execute("SELECT question, verdict, comment FROM feedback ORDER BY rowid").fetchall()


def locked(live: LiveAssistant) -> closing[sqlite3.Connection]:
    """Keep others from writing to the store: its tables for conversations and feedback take nothing."""
    connection = sqlite3.connect(live.settings.store / "catalogue.sqlite")
    for table in ("conversations", "turns", "feedback"):
        for event in ("INSERT", "UPDATE", "DELETE"):
            told = f"BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
            connection.execute(f"CREATE TRIGGER no_{table}_{event} {told}")
    connection.commit()
    return closing(connection)


# Asking


def test_the_question_waits_and_then_its_answer_comes_and_is_kept(live: LiveAssistant) -> None:
    waiting, answered = take_turn(ENGLISH, live, Conversation(), BUDGET)
    assert (waiting.is_finished, waiting.conversation.id) == (False, "")
    assert [(one.question, one.answer, one.trouble) for one in waiting.conversation.turns] == [(BUDGET, None, "")]
    (turn,) = answered.conversation.turns
    assert answered.is_finished
    assert turn.answer is not None
    assert "279.014 EUR" in turn.answer.statements[0].text
    assert (turn.is_kept, turn.name) == (True, f"{answered.conversation.id}/1")
    assert turn.suggestions
    assert [one.answer.question for one in recall(live.current(), answered.conversation.id)] == [BUDGET]


@pytest.mark.parametrize(
    ("frame", "first", "later"),
    [(ENGLISH, BUDGET, FUNDER), (ROMANIAN, "Ce buget a avut Silver Stories?", "Cine l-a finanțat?")],
)  # fmt: skip
def test_a_later_question_leans_on_the_earlier_ones_and_joins_their_conversation(
    live: LiveAssistant, frame: Frame, first: str, later: str
) -> None:
    conversation = asked(live, first, later, frame=frame)
    assert [one.name for one in conversation.turns] == [f"{conversation.id}/{n}" for n in (1, 2)]
    last = conversation.turns[1].answer
    assert last is not None
    assert "Leonardo da Vinci" in last.statements[0].text


@pytest.mark.parametrize("question", ["?", "…", " \n ", "\u200b"])
def test_a_question_without_a_word_is_told_what_to_ask_and_leaves_nothing_behind(
    live: LiveAssistant, question: str
) -> None:
    conversation = asked(live, BUDGET, question, FUNDER)
    assert conversation.turns[1].answer is None
    assert conversation.turns[1].trouble == "Ask something, for example: What was the budget of …?"
    assert [one.answer.question for one in recall(live.current(), conversation.id)] == [BUDGET, FUNDER]
    assert conversation.turns[2].answer
    assert "Leonardo" in conversation.turns[2].answer.statements[0].text


def test_a_store_that_cannot_be_written_answers_still_and_its_sources_open(live: LiveAssistant) -> None:
    with locked(live):
        conversation = asked(live, BUDGET, FUNDER)
    assert conversation.id == ""
    for turn in conversation.turns:
        assert turn.answer is not None
        assert not turn.is_kept
        cited = turn.answer.citations[0]
        place = f"/passages/{cited.document_id}?start={cited.span.start}&end={cited.span.end}"
        assert marker_of(ENGLISH, turn, cited).href == place
        store = live.current()
        assert cited.span.of(store.document(cited.document_id).text) == cited.quote
        assert open_citation(store, unkept(store, turn.answer), cited.n).standing == CURRENT
    assert len({turn.name for turn in conversation.turns}) == 2


def test_a_conversation_that_is_forgotten_meanwhile_goes_on_without_being_kept(live: LiveAssistant) -> None:
    before = asked(live, BUDGET)
    with closing(sqlite3.connect(live.settings.store / "catalogue.sqlite")) as connection:
        connection.execute("DELETE FROM conversations")
        connection.commit()
    conversation = asked(live, FUNDER, before=before)
    assert (conversation.turns[1].is_kept, conversation.id) == (False, before.id)
    assert conversation.turns[1].answer is not None


# Mending


def test_every_button_and_choice_asks_the_question_anew_as_it_says(live: LiveAssistant) -> None:
    conversation = asked(live, LISTED)
    keys = mends_of(conversation.turns[0])
    assert len(keys) > 1
    for key, mend in keys.items():
        button = done(live, conversation, "mend", f"1:{key}").conversation
        chosen = done(live, conversation, "mend", "1:", {"choice": key}).conversation
        for one in (button, chosen):
            assert [turn.question for turn in one.turns] == [LISTED, LISTED]
            assert one.turns[1].mend == mend
            assert mend != UNCHANGED
    assert {one.mend for one in recall(live.current(), conversation.id)} == {UNCHANGED, *keys.values()}


def test_what_was_left_out_can_be_put_back(live: LiveAssistant) -> None:
    conversation = asked(live, LISTED)
    key = next(key for key in mends_of(conversation.turns[0]) if "." not in key)
    once = done(live, conversation, "mend", f"1:{key}").conversation
    understood = once.turns[1].understood
    assert understood is not None
    assert understood.left_out
    back = done(live, once, "mend", f"2:{len(understood.parts)}").conversation
    assert not back.turns[2].mend
    first, last = back.turns[0].answer, back.turns[2].answer
    assert first
    assert last
    assert last.statements == first.statements


# What they think of it


def test_a_verdict_is_kept_changed_and_taken_back(live: LiveAssistant) -> None:
    conversation = asked(live, BUDGET, FUNDER)
    for pressed, kept in (("up", "up"), ("down", "down"), ("up", "up"), ("up", "")):
        conversation = done(live, conversation, "rate", f"2:{pressed}").conversation
        assert conversation.turns[1].verdict == kept
        assert said(live) == ([(FUNDER, kept, "")] if kept else [])
    assert conversation.turns[0].verdict == ""


def test_a_comment_comes_with_its_verdict_cut_where_it_is_too_long(live: LiveAssistant) -> None:
    conversation = done(live, asked(live, BUDGET), "rate", "1:down").conversation
    conversation = done(live, conversation, "comment", "1", {"comment": "  Nu e bun. " + "x" * 3_000}).conversation
    assert conversation.turns[0].is_commented
    ((question, verdict, comment),) = said(live)
    assert (question, verdict, len(comment)) == (BUDGET, "down", 2_000)
    assert comment.startswith("Nu e bun. xxx")


def test_a_comment_that_is_empty_or_without_a_verdict_says_nothing(live: LiveAssistant) -> None:
    conversation = asked(live, BUDGET)
    assert not done(live, conversation, "comment", "1", {"comment": "Hm"}).conversation.turns[0].is_commented
    assert said(live) == []
    rated = done(live, conversation, "rate", "1:up").conversation
    for fields in ({"comment": "   "}, {}, {"other": "x"}):
        assert done(live, rated, "comment", "1", fields) == Step(rated)
    assert said(live) == [(BUDGET, "up", "")]


@pytest.mark.parametrize(("frame", "says"), [(ENGLISH, "This cannot be kept"), (ROMANIAN, "nu poate fi păstrat")])
def test_what_cannot_be_kept_is_told_and_not_shown_as_said(live: LiveAssistant, frame: Frame, says: str) -> None:
    conversation = asked(live, BUDGET)
    rated = done(live, conversation, "rate", "1:up").conversation
    with locked(live):
        for before, what in (
            (conversation, ("rate", "1:down")),
            (rated, ("rate", "1:up")),
            (rated, ("comment", "1", {"comment": "Good"})),
        ):
            step = done(live, before, *what, frame=frame)
            assert step.conversation == before
            assert says in step.trouble
            assert str(live.settings.store) not in step.trouble
    assert said(live) == [(BUDGET, "up", "")]


def test_an_answer_that_could_not_be_kept_can_still_be_rated(live: LiveAssistant) -> None:
    with locked(live) as connection:
        conversation = asked(live, BUDGET)
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.commit()
    assert not conversation.turns[0].is_kept
    assert done(live, conversation, "rate", "1:down").conversation.turns[0].verdict == "down"
    assert said(live) == [(BUDGET, "down", "")]


# Nonsense


@pytest.mark.parametrize(
    "what",
    [
        ("",), ("ask",), ("rate", "1:sideways"), ("rate", "1"), ("rate", ""), ("rate", "up"), ("rate", "0:up"),
        ("rate", "-1:up"), ("rate", "9:up"), ("rate", "²:up"), ("rate", f"{'9' * 5_000}:up"), ("rate", "1.0:up"),
        ("mend", "1:"), ("mend", "1:99"), ("mend", "1:0.99"), ("mend", "1:x:y", {"choice": "0"}), ("mend", "7:0"),
        ("mend", "1:", {"choice": ["0", "1"]}), ("comment", "7", {"comment": "Hm"}), ("drop", "1:up"),
    ],
)  # fmt: skip
def test_acts_and_numbers_that_there_are_not_change_nothing(live: LiveAssistant, what: tuple[Any, ...]) -> None:
    conversation = asked(live, BUDGET)
    assert done(live, conversation, *what) == Step(conversation)
    assert said(live) == []
    assert len(recall(live.current(), conversation.id)) == 1


def test_a_turn_that_was_not_answered_is_neither_rated_nor_mended(live: LiveAssistant) -> None:
    conversation = asked(live, "?")
    for what in (("rate", "1:up"), ("comment", "1", {"comment": "Hm"}), ("mend", "1:0")):
        assert done(live, conversation, *what) == Step(conversation)
    assert said(live) == []


# Coming back


def test_a_conversation_begins_anew_and_the_old_one_is_still_at_its_address(live: LiveAssistant) -> None:
    conversation = asked(live, BUDGET, FUNDER)
    assert done(live, conversation, "new") == Step(Conversation())
    back, question = opened(live, {"c": conversation.id, "question": "And then?"})
    assert (back.id, question) == (conversation.id, "And then?")
    assert [turn.answer and turn.answer.statements for turn in back.turns] == [
        turn.answer and turn.answer.statements for turn in conversation.turns
    ]
    assert [turn.understood_line for turn in back.turns] == [
        turn.understood and turn.understood.line for turn in conversation.turns
    ]
    on = asked(live, "When did it take place?", before=back)
    assert on.id != conversation.id  # whoever has the link writes into a copy
    assert [turn.name for turn in on.turns] == [f"{on.id}/{n}" for n in (1, 2, 3)]
    assert len(recall(live.current(), conversation.id)) == 2


@pytest.mark.parametrize("query", [{}, {"c": ""}, {"c": "none"}, {"c": "' OR 1=1 --"}, {"c": "x" * 10_000}])
def test_an_address_that_names_no_conversation_opens_none(live: LiveAssistant, query: dict[str, str]) -> None:
    asked(live, BUDGET)
    assert opened(live, query) == (Conversation(), "")


def test_a_store_that_cannot_be_read_opens_none_and_still_asks_what_the_address_says(live: LiveAssistant) -> None:
    conversation = asked(live, BUDGET)
    with closing(sqlite3.connect(live.settings.store / "catalogue.sqlite")) as connection:
        connection.execute("ALTER TABLE turns RENAME COLUMN answer TO lost")
        connection.commit()
    assert opened(live, {"c": conversation.id, "question": BUDGET}) == (Conversation(), BUDGET)


def test_two_tabs_that_open_one_conversation_go_on_each_in_its_own(live: LiveAssistant) -> None:
    first = asked(live, BUDGET)
    second, _ = opened(live, {"c": first.id})
    second = asked(live, "What is DigiTales?", before=second)
    first = asked(live, FUNDER, before=first)
    assert second.id != first.id
    for one, later in ((first, FUNDER), (second, "What is DigiTales?")):
        assert [turn.name for turn in one.turns] == [f"{one.id}/1", f"{one.id}/2"]
        assert [told.answer.question for told in recall(live.current(), one.id)] == [BUDGET, later]
        answer = one.turns[1].answer
        assert answer is not None
        assert marker_of(ENGLISH, one.turns[1], answer.citations[0]).href == f"/citations/{one.id}/2/1"
    done(live, first, "rate", "2:down")
    done(live, second, "rate", "2:up")
    kept = [(question, verdict) for question, verdict, _ in said(live)]
    assert kept == [(FUNDER, "down"), ("What is DigiTales?", "up")]

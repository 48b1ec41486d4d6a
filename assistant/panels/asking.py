"""What a visitor does in the Ask tab: asks, asks otherwise, says what they think of an answer, begins anew, comes back.

Each act makes the conversation after it. Knows no Gradio and no HTML.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.conversation import Exchange, keep, recall
from assistant.live import LiveAssistant, Told
from assistant.mending import Mend
from assistant.panels.turns import Turn
from assistant.rating import rate
from corpus.errors import MisuseError, ProjectError
from index.conversations import new_conversation
from index.errors import StoreError
from index.panels.frame import Frame, Pressed

UP, DOWN = "up", "down"
LONGEST_COMMENT = 2_000

Steps = Iterator[tuple["Conversation", bool]]
"""Conversations one after the other, as an answer comes, each with whether it has come."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far; `id` is its name in the store, empty where nothing is kept yet."""

    id: str = ""
    turns: tuple[Turn, ...] = ()


def take_turn(
    frame: Frame, live: LiveAssistant, conversation: Conversation, question: str, mend: Mend | None = None
) -> Steps:
    """Ask: first the question that waits, then its answer."""
    before = conversation.turns
    yield replace(conversation, turns=(*before, Turn(question))), False
    try:
        told = live.ask(question, [earlier.earlier for earlier in before if earlier.answer], mend)
    except ProjectError as error:
        trouble = frame.say("Ask something, for example: What was the budget of …?")
        told_trouble = trouble if isinstance(error, MisuseError) else str(error)
        yield replace(conversation, turns=(*before, Turn(question, trouble=told_trouble))), True
        return
    identity, turn = kept(live, frame, conversation.id, told)
    yield Conversation(identity, (*before, turn)), True


def kept(live: LiveAssistant, frame: Frame, identity: str, told: Told) -> tuple[str, Turn]:
    """The turn of an answer, kept in the store where that can be written; the conversation's name."""
    turn = Turn(
        told.answer.question, told.answer, generation=told.generation, understood=told.understood,
        suggestions=told.suggestions, mend=told.mend,
    )  # fmt: skip
    try:
        live.check_in_place()
        store = live.current()
        identity = identity or new_conversation(store, frame.language)
        exchange = keep(store, identity, told.answer, told.documents.values(), mend=told.mend)
    except StoreError:
        return identity, turn
    return identity, replace(turn, kept=exchange.turn, asked_at=exchange.asked_at)


def turn_again(exchange: Exchange) -> Turn:
    """The turn of an exchange that was kept."""
    answer = exchange.answer
    return Turn(
        answer.question, answer, kept=exchange.turn, asked_at=exchange.asked_at, generation=exchange.generation,
        mend=exchange.mend,
    )  # fmt: skip


def opened(live: LiveAssistant, query: Mapping[str, str]) -> tuple[Conversation, str]:
    """The conversation that an address names (`c`), and the question it would ask (`question`)."""
    identity = query.get("c", "")
    turns = tuple(turn_again(one) for one in recall(live.current(), identity)) if identity else ()
    return Conversation(identity if turns else "", turns), query.get("question", "")


def act(frame: Frame, live: LiveAssistant, conversation: Conversation, done: Pressed) -> Steps:
    """What is pressed in a conversation; a value begins with the number of the turn that it is of."""
    number, _, rest = done.value.partition(":")
    if done.act == "ask" and done.value:
        yield from take_turn(frame, live, conversation, done.value)
        return
    if done.act == "new":
        yield Conversation(), True
        return
    at = int(number) - 1 if number.isdigit() else -1
    if not 0 <= at < len(conversation.turns):
        yield conversation, True
        return
    turn = conversation.turns[at]
    if done.act == "mend":
        mend = (turn.mend or Mend()).changed(rest, str(done.fields.get("choice", "")))
        yield from take_turn(frame, live, conversation, turn.question, mend)
    elif done.act == "rate" and rest in (UP, DOWN):
        yield changed(conversation, at, said_of(live, conversation, at, "" if turn.verdict == rest else rest)), True
    elif done.act == "comment":
        comment = str(done.fields.get("comment", "")).strip()[:LONGEST_COMMENT]
        yield changed(conversation, at, said_of(live, conversation, at, turn.verdict, comment)), True


def changed(conversation: Conversation, at: int, turn: Turn) -> Conversation:
    """The conversation with another turn in its place."""
    return replace(conversation, turns=(*conversation.turns[:at], turn, *conversation.turns[at + 1 :]))


def said_of(live: LiveAssistant, conversation: Conversation, at: int, verdict: str, comment: str = "") -> Turn:
    """The turn with a verdict and a comment, kept in the store; what cannot be kept is not shown as said."""
    turn = conversation.turns[at]
    if turn.answer is None:
        return turn
    history = [earlier.question for earlier in conversation.turns[:at]]
    is_up = {UP: True, DOWN: False}.get(verdict)
    live.check_in_place()
    rate(live.current(), turn.answer, history, generation=turn.generation, turn=turn.name, is_up=is_up, comment=comment)
    return replace(turn, verdict=verdict, is_commented=bool(comment) and is_up is not None)

"""What a visitor does in the Ask tab: asks, asks otherwise, says what they think of an answer, begins anew, comes back.

Each act makes the conversation after it; what comes of a question is told in `answering`. Knows no Gradio and no HTML.
"""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answer import to_json
from assistant.conversation import recall
from assistant.live import LiveAssistant
from assistant.panels.answering import Conversation, Step, Steps, own, take_turn, turn_of
from assistant.panels.turns import Turn, mends_of
from assistant.rating import rate
from assistant.written import told_beside
from index.errors import StoreError
from index.panels.frame import Frame, Pressed, number_in

UP, DOWN = "up", "down"
LONGEST_COMMENT = 2_000


def opened(live: LiveAssistant, query: Mapping[str, str]) -> tuple[Conversation, str]:
    """The conversation that an address names (`c`), and the question it would ask (`question`)."""
    identity = query.get("c", "")
    try:
        turns = tuple(turn_of(one) for one in recall(live.current(), identity)) if identity else ()
    except StoreError:  # the page opens all the same, and its address still names the conversation
        turns = ()
    return Conversation(identity if turns else "", turns, is_opened=bool(turns)), query.get("question", "")


def act(frame: Frame, live: LiveAssistant, conversation: Conversation, done: Pressed) -> Steps:
    """What is pressed in a conversation; a value begins with the number of the turn that it is of."""
    number, _, rest = done.value.partition(":")
    if (halt := conversation.halt) and done.act != "new":
        trouble = frame.say("An answer is still being written. Wait for its end, or stop it.")
        yield Step(conversation, trouble="" if halt.is_stopped else trouble, is_shown=False)
        return
    if done.act == "ask" and done.value:
        yield from take_turn(frame, live, conversation, done.value)
        return
    if done.act == "new":
        stop(conversation, is_left=True)
        yield Step(Conversation())
        return
    at = number_in(number) - 1
    if not 0 <= at < len(conversation.turns):
        yield Step(conversation)
    elif done.act == "mend":
        yield from _mended(frame, live, conversation, at, rest or str(done.fields.get("choice", "")))
    else:
        yield _said(frame, live, conversation, at, replace(done, value=rest))


def stop(conversation: Conversation, *, is_left: bool = False) -> None:
    """Let what there is of the answer that is being written be all; nothing where none is."""
    if conversation.halt is not None:
        conversation.halt.stop(is_left=is_left)


def _mended(frame: Frame, live: LiveAssistant, conversation: Conversation, at: int, key: str) -> Steps:
    """Ask the question of a turn again, changed as the button or choice of that key in `turns.mends_of` says."""
    turn = conversation.turns[at]
    mend = mends_of(turn).get(key)
    if mend is None:
        yield Step(conversation)
    else:
        yield from take_turn(frame, live, conversation, turn.question, mend)


def _said(frame: Frame, live: LiveAssistant, conversation: Conversation, at: int, done: Pressed) -> Step:
    """What the visitor says of a turn; the same verdict again takes it back."""
    turn = conversation.turns[at]
    comment = str(done.fields.get("comment", "")).strip()[:LONGEST_COMMENT] if done.act == "comment" else ""
    if done.act == "rate" and done.value in (UP, DOWN):
        verdict = "" if turn.verdict == done.value else done.value
    elif comment:
        verdict = turn.verdict
    else:
        return Step(conversation)
    mine = own(live, conversation)
    try:
        return Step(changed(mine, at, said_of(live, mine, at, verdict, comment)))
    except StoreError:
        return Step(conversation, trouble=frame.say("This cannot be kept just now. Try again in a minute."))


def changed(conversation: Conversation, at: int, turn: Turn) -> Conversation:
    """The conversation with another turn in its place."""
    return replace(conversation, turns=(*conversation.turns[:at], turn, *conversation.turns[at + 1 :]))


def said_of(live: LiveAssistant, conversation: Conversation, at: int, verdict: str, comment: str = "") -> Turn:
    """The turn with a verdict and a comment, kept in the store.

    Raises:
        StoreError: the store cannot be written.
    """
    turn = conversation.turns[at]
    if turn.answer is None:
        return turn
    history = [earlier.question for earlier in conversation.turns[:at] if earlier.answer]
    is_up = {UP: True, DOWN: False}.get(verdict)
    answer = "\n".join([turn.answer.text, *told_beside(turn.answer, turn.model)])
    told = to_json(turn.answer) | {"answer": answer, "generation": turn.generation}
    rate(live.current(), turn.question, history, told, turn=turn.name, is_up=is_up, comment=comment)
    return replace(turn, verdict=verdict, is_commented=bool(comment) and is_up is not None)

"""What a visitor does in the Ask tab: asks, asks otherwise, says what they think of an answer, begins anew, comes back.

Each act makes the conversation after it. Knows no Gradio and no HTML.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.answer import to_json
from assistant.conversation import Exchange, branch, keep, recall, unkept
from assistant.errors import ConversationError
from assistant.live import Answered, LiveAssistant
from assistant.mend import LONGEST_QUESTION, Mend
from assistant.panels.turns import Turn, mends_of
from assistant.question import UNCHANGED
from assistant.rating import rate
from corpus.errors import MisuseError, ProjectError
from index.errors import StoreError
from index.panels.frame import Frame, Pressed, number_in

UP, DOWN = "up", "down"
LONGEST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far; `id` is its name in the store, empty where nothing is kept yet.

    It is `opened` where an address brought it, which may be that of somebody else: they alone add to theirs.
    """

    id: str = ""
    turns: tuple[Turn, ...] = ()
    is_opened: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A conversation as it is now; the last step of an act is finished. `trouble` is what could not be done."""

    conversation: Conversation
    is_finished: bool = True
    trouble: str = ""


Steps = Iterator[Step]


def take_turn(
    frame: Frame, live: LiveAssistant, conversation: Conversation, question: str, mend: Mend = UNCHANGED
) -> Steps:
    """Ask: first the question that waits, then its answer."""
    before, question = conversation.turns, question[:LONGEST_QUESTION]
    yield Step(replace(conversation, turns=(*before, Turn(question))), is_finished=False)
    try:
        history = [earlier.earlier for earlier in before if earlier.answer]
        answered = live.ask(question, history, mend, language=frame.language)
    except ProjectError as error:
        trouble = frame.say("Ask something, for example: What was the budget of …?")
        if not isinstance(error, MisuseError):
            # Where the store is, and what mends it, is for who runs the server.
            logging.getLogger(__name__).warning("not answered, since %s", error)
            trouble = frame.say("The documents cannot be searched just now. Try again in a minute.")
        yield Step(replace(conversation, turns=(*before, Turn(question, trouble=trouble))))
        return
    mine = own(live, conversation)
    exchange = kept(answered, mine)
    told = answered.told
    turn = replace(turn_of(exchange), understood=told.understood, suggestions=told.suggestions)
    yield Step(replace(mine, id=exchange.conversation or mine.id, turns=(*mine.turns, turn)))


def own(live: LiveAssistant, conversation: Conversation) -> Conversation:
    """The conversation as one to go on with: of one that an address brought, a copy; itself, where that fails."""
    if not conversation.is_opened:
        return conversation
    held = [one for one in conversation.turns if one.answer and one.is_kept]
    try:
        identity = branch(live.current(), conversation.id, max(position_of(one) for one in held))
    except (StoreError, ConversationError):
        return conversation
    named = (replace(one, name=f"{identity}/{position_of(one)}") if one in held else one for one in conversation.turns)
    return Conversation(identity, tuple(named))


def position_of(turn: Turn) -> int:
    """Where a turn that is kept stands in its conversation, from 1."""
    return int(turn.name.rpartition("/")[2])


def kept(answered: Answered, conversation: Conversation) -> Exchange:
    """The exchange, kept in the store; where that cannot be written, or has forgotten the conversation, not kept."""
    if conversation.is_opened:
        return unkept(answered.store, answered.answer)
    documents, line = answered.documents.values(), answered.told.understood.line
    try:
        return keep(answered.store, conversation.id, answered.answer, documents, mend=answered.mend, understood=line)
    except (StoreError, ConversationError):
        return unkept(answered.store, answered.answer)


def turn_of(exchange: Exchange) -> Turn:
    """The turn of an exchange."""
    return Turn(
        exchange.answer.question, exchange.answer, name=exchange.turn, is_kept=bool(exchange.conversation),
        generation=exchange.generation, understood_line=exchange.understood, mend=exchange.mend,
    )  # fmt: skip


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
    if done.act == "ask" and done.value:
        yield from take_turn(frame, live, conversation, done.value)
        return
    if done.act == "new":
        yield Step(Conversation())
        return
    at = number_in(number) - 1
    if not 0 <= at < len(conversation.turns):
        yield Step(conversation)
    elif done.act == "mend":
        yield from _mended(frame, live, conversation, at, rest or str(done.fields.get("choice", "")))
    else:
        yield _said(frame, live, conversation, at, replace(done, value=rest))


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
    told = to_json(turn.answer) | {"generation": turn.generation}
    rate(live.current(), turn.question, history, told, turn=turn.name, is_up=is_up, comment=comment)
    return replace(turn, verdict=verdict, is_commented=bool(comment) and is_up is not None)

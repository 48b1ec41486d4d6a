"""What comes of a question in the Ask tab: the turn that waits, its answer as it grows, and what is kept in the end.

Knows no Gradio and no HTML, and of language models only the name of the one that was asked.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.conversation import Exchange, branch, keep, unkept
from assistant.errors import ConversationError
from assistant.live import Answered, LiveAssistant
from assistant.mend import LONGEST_QUESTION, Mend
from assistant.panels.growing import Halt, until_stopped
from assistant.panels.turns import Turn
from assistant.question import UNCHANGED
from assistant.written import BROKEN, STOPPED, broken_off
from corpus.errors import MisuseError, ProjectError
from index.errors import StoreError
from index.panels.frame import Frame


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far; `id` is its name in the store, empty where nothing is kept yet.

    It is `opened` where an address brought it, which may be that of somebody else: they alone add to theirs.
    """

    id: str = ""
    turns: tuple[Turn, ...] = ()
    is_opened: bool = False

    @property
    def halt(self) -> Halt | None:
        """What stops the answer that is still to come, where one is."""
        return self.turns[-1].halt if self.turns else None

    def with_turn(self, turn: Turn) -> "Conversation":
        """The same with one more."""
        return replace(self, turns=(*self.turns, turn))


@dataclass(frozen=True, slots=True)
class Step:
    """A conversation as it is now; the last step of an act is finished. `trouble` is what could not be done.

    It `is_shown` unless something newer may be by now.
    """

    conversation: Conversation
    is_finished: bool = True
    trouble: str = ""
    is_shown: bool = True


Steps = Iterator[Step]


def take_turn(
    frame: Frame, live: LiveAssistant, conversation: Conversation, question: str, mend: Mend = UNCHANGED
) -> Steps:
    """Ask: first the question that waits, then its answer; where a language model writes it, as it grows.

    Where the question before is still being answered, it waits for that.
    """
    conversation, halt = settled(conversation), Halt()
    waiting = Turn(question[:LONGEST_QUESTION], mend=mend, model=live.model_name, halt=halt)
    last, trouble = None, ""
    try:
        yield Step(conversation.with_turn(waiting), is_finished=False)
        try:
            for last in streamed(frame, live, conversation, waiting):
                if waiting.model and last.answer.statements:
                    yield Step(conversation.with_turn(growing(waiting, last)), is_finished=False)
        except ProjectError as error:
            trouble = _told(frame, error)
        told = ended(frame, live, conversation, waiting, last, trouble)
        halt.settle(told)
        yield Step(told, is_shown=not halt.is_left)
    finally:
        halt.settle(conversation)  # the page is gone


def settled(conversation: Conversation) -> Conversation:
    """The conversation once its last question is answered; without that where no answer ever came."""
    if conversation.halt is None:
        return conversation
    try:
        outcome = conversation.halt.outcome()
    except TimeoutError:
        outcome = None
    return outcome if isinstance(outcome, Conversation) else replace(conversation, turns=conversation.turns[:-1])


def streamed(frame: Frame, live: LiveAssistant, conversation: Conversation, waiting: Turn) -> Iterator[Answered]:
    """The answer as it grows; it can be stopped where it may take long."""
    history = [earlier.earlier for earlier in conversation.turns if earlier.answer]
    stream = live.stream(waiting.question, history, waiting.mend, language=frame.language)
    return until_stopped(stream, waiting.halt) if waiting.model and waiting.halt else stream


def growing(waiting: Turn, answered: Answered) -> Turn:
    """The turn with as much of its answer as is there; its markers lead to the documents as they are now."""
    return replace(waiting, answer=answered.answer, is_kept=False, name="/")


def ended(
    frame: Frame,
    live: LiveAssistant,
    conversation: Conversation,
    waiting: Turn,
    answered: Answered | None,
    trouble: str,
) -> Conversation:
    """The conversation with what has come of the question, kept; what was stopped or broke off says so."""
    is_stopped = waiting.halt is not None and waiting.halt.is_stopped
    if answered is None or (is_stopped and not answered.answer.statements):
        trouble = trouble or frame.say("Stopped before there was an answer.")
        return conversation.with_turn(Turn(waiting.question, trouble=trouble, mend=waiting.mend))
    if is_stopped or trouble:
        answered = cut_short(answered, STOPPED if is_stopped else BROKEN)
    mine = own(live, conversation)
    exchange = kept(answered, mine, waiting.model)
    told = answered.told
    turn = replace(turn_of(exchange), understood=told.understood, suggestions=told.suggestions)
    return replace(mine, id=exchange.conversation or mine.id).with_turn(turn)


def cut_short(answered: Answered, why: str) -> Answered:
    """The same, telling that it lacks its end."""
    answer = answered.answer
    notice = " ".join(filter(None, (answer.notice, broken_off(answer.language, why))))
    return replace(answered, told=replace(answered.told, answer=replace(answer, notice=notice)))


def _told(frame: Frame, error: ProjectError) -> str:
    if isinstance(error, MisuseError):
        return frame.say("Ask something, for example: What was the budget of …?")
    # Where the store is, and what mends it, is for who runs the server.
    logging.getLogger(__name__).warning("not answered, since %s", error)
    return frame.say("The documents cannot be searched just now. Try again in a minute.")


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


def kept(answered: Answered, conversation: Conversation, model: str = "") -> Exchange:
    """The exchange, kept in the store; where that cannot be written, or has forgotten the conversation, not kept."""
    if conversation.is_opened:
        return unkept(answered.store, answered.answer, model)
    documents, line = answered.documents.values(), answered.told.understood.line
    try:
        return keep(
            answered.store, conversation.id, answered.answer, documents, mend=answered.mend, understood=line,
            model=model,
        )  # fmt: skip
    except (StoreError, ConversationError):
        return unkept(answered.store, answered.answer, model)


def turn_of(exchange: Exchange) -> Turn:
    """The turn of an exchange."""
    return Turn(
        exchange.answer.question, exchange.answer, name=exchange.turn, is_kept=bool(exchange.conversation),
        generation=exchange.generation, understood_line=exchange.understood, mend=exchange.mend, model=exchange.model,
    )  # fmt: skip

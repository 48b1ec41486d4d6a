"""The chat and its sources as a part of a page: what is asked on the left, the words it rests on on the right.

Everything that comes from a document or a visitor is escaped before it becomes HTML. Knows Gradio; does not serve.
"""

import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from assistant.answer import ANSWERED, CLARIFY, REFUSED, Answer, Citation, pieces_of, place_of, to_json
from assistant.assistant import Assistant
from assistant.panel_text import literal, one_line, paragraphs
from assistant.rating import rate
from corpus.document import Document, Span
from corpus.errors import MisuseError, ProjectError
from corpus.record import Project
from index.errors import StoreLockedError
from index.live import LiveStore
from index.settings import Settings
from index.store import Store

CSS_PATH = Path(__file__).with_suffix(".css")
SURROUNDINGS = 300
"""Characters shown on either side of a quote."""
STATEMENT_SECONDS = 0.15
"""Between one statement and the next, so that the eye can follow."""
AT_ONCE = 8
"""Visitors whose answers may be on their way to the page at the same time; they are found one after the other."""
LONGEST_TITLE = 60
"""Characters of a title that an example question may name."""
WAITING = "Looking in the documents…"
NO_ANSWER = "The words that an answer rests on appear here, in their surroundings."
NO_SOURCE = "Nothing is cited for this answer."
FAILED = "failed"
UP_LABEL, DOWN_LABEL = "Like", "Dislike"
"""Of the thumbs below an answer; by these names Gradio knows what to draw."""
VERDICTS = {REFUSED: "Not answered", CLARIFY: "Please say more", FAILED: "Something is wrong"}

Message = dict[str, str]

EXAMPLES: tuple[tuple[str, Callable[[Project], bool]], ...] = (
    (
        "What was the budget of {title}?",
        lambda project: any(one.role == "budget" and one.amount for one in project.amounts),
    ),
    ("Who funded {title}?", lambda project: any(one.role == "funder" for one in project.organisations)),
    ("When did {title} take place?", lambda project: project.period is not None),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it, as HTML that still holds after the documents have changed."""

    question: str
    statements: tuple[str, ...]
    note: str = ""
    status: str = ANSWERED
    cards: str = ""
    told: Mapping[str, Any] | None = None
    """The answer as JSON with the store's generation, for who says what they think of it; None where it failed."""


Turns = tuple[Turn, ...]


class LiveAssistant:
    """An Assistant over the newest generation of a store, for any number of threads.

    Raises:
        StoreError: the store cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self._live = LiveStore(settings, look_seconds=0)  # each question sees what is newest
        self._assistant = Assistant(self._live.current())
        # One question at a time: on a CPU two would not be faster.
        self._lock = threading.Lock()

    @property
    def store(self) -> Store:
        """The store as last opened."""
        return self._assistant.store

    def ask(self, question: str, history: Sequence[str]) -> tuple[Answer, Mapping[str, Document]]:
        """Return the answer, and the documents it was found in by id."""
        with self._lock:
            assistant = self._newest()
            return assistant.ask(question, history), assistant.store.documents

    def check_in_place(self) -> None:
        """Make sure that what is written into the store stays in it.

        Raises:
            StoreLockedError: the store is being made anew in its place.
        """
        if not self._live.is_in_place():
            raise StoreLockedError("the documents are being read anew; try again in a moment")

    def warm(self) -> None:
        """Load the model that the first question about a text would have to wait for; takes seconds."""
        # Without the lock: questions about fields need no model and go on meanwhile.
        self.store.embed_question("warm")

    def _newest(self) -> Assistant:
        store = self._live.current()
        if store is not self._assistant.store:
            self._assistant = Assistant(store)
        return self._assistant


def chat_panel(live: LiveAssistant) -> None:
    """Lay out the chat, its input and its sources in the page that is being built."""
    import gradio as gr
    from gradio.events import api

    def answer(question: str, turns: Turns) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            gr.Info("Type a question first.", duration=4)
        typed: Any = ""  # empties the box once; what is typed while the answer comes stays
        for step in converse(live, question, turns):
            yield *step, typed
            typed = gr.skip()

    def picked(example: gr.SelectData) -> str:
        return str(example.value["text"])

    def ask(question: str, history: list[str]) -> dict[str, Any]:
        """Answer a question; `history` holds the earlier questions of the conversation, oldest first."""
        return to_json(live.ask(question, history)[0])

    def rated(turns: Turns, liked: gr.LikeData) -> None:
        number = int(str(liked.index)) // 2  # a turn is two messages
        turn, history = turns[number], [earlier.question for earlier in turns[:number]]
        try:
            if turn.told:
                live.check_in_place()
                is_up = {True: True, UP_LABEL: True, False: False, DOWN_LABEL: False}.get(liked.liked)
                rate(live.store, turn.question, history, turn.told, turn=turn.told["turn"], is_up=is_up)
                if is_up is not None:
                    gr.Info("Thank you. Somebody will look at it.", duration=4)
        except ProjectError as error:
            gr.Warning(f"This could not be kept: {error}", duration=8)

    turns = gr.State(())
    with gr.Row(elem_id="panes"):
        with gr.Column(scale=6, min_width=300):
            chat = gr.Chatbot(
                elem_id="chat", label="Answers", show_label=False, buttons=[], layout="bubble", height=None,
                latex_delimiters=[], allow_tags=False, group_consecutive_messages=False,
                feedback_options=(UP_LABEL, DOWN_LABEL),
                placeholder="Ask about a project: its budget, period, funder or partners, or what its text says.",
                examples=[{"text": question} for question in example_questions(list(live.store.projects.values()))],
            )  # fmt: skip
            box = gr.Textbox(
                elem_id="question", show_label=False, label="Question", container=False, placeholder="Ask a question",
                submit_btn="Ask", autofocus=True, lines=1, max_lines=6,
            )  # fmt: skip
        with gr.Column(scale=5, min_width=300):
            pane = gr.HTML(sources(()), elem_id="sources", js_on_load=None, apply_default_css=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": AT_ONCE}
    asked: dict[str, Any] = {"fn": answer, "inputs": [box, turns], "outputs": [turns, chat, pane, box]}
    # A question sent while an answer is still coming waits for it, where Gradio would drop it.
    box.submit(**asked, trigger_mode="always_last", **quiet)
    chat.example_select(picked, None, box, **quiet).then(**asked, **quiet)
    chat.like(rated, [turns], None, **quiet)
    chat.clear(lambda: ((), sources(())), None, [turns, pane], **quiet)
    api(ask, api_name="ask", concurrency_limit=AT_ONCE)


def converse(live: LiveAssistant, question: str, turns: Turns) -> Iterator[tuple[Turns, list[Message], str]]:
    """Yield the conversation, its messages and its sources: as the question is put, then statement by statement."""
    if not question.strip():
        yield turns, messages(turns), sources(turns)
        return
    yield (
        turns,
        [*messages(turns), said("user", literal(question)), said("assistant", WAITING, "waiting")],
        sources(turns),
    )
    turn = take_turn(live, question, [earlier.question for earlier in turns], len(turns) + 1)
    turns = (*turns, turn)
    for shown in range(1, len(turn.statements)):
        yield turns, messages(turns, shown), sources(turns)
        time.sleep(STATEMENT_SECONDS)
    yield turns, messages(turns), sources(turns)


def take_turn(live: LiveAssistant, question: str, history: Sequence[str], number: int) -> Turn:
    """Ask, and put what comes back into HTML; `number` counts the turns of the conversation from 1."""
    try:
        answer, documents = live.ask(question, history)
    except ProjectError as error:
        status = CLARIFY if isinstance(error, MisuseError) else FAILED
        return Turn(question, (f"<p>{literal(str(error))}</p>",), status=status)
    statements = paragraphs(answer.statements, number)
    cards = "".join(_card(citation, documents[citation.document_id], number) for citation in answer.citations)
    checked = "Every quote was checked against its document." if answer.citations else "Nothing is cited."
    note = f"Understood as: {literal(answer.plan)}. {checked}"
    told = to_json(answer) | {"generation": live.store.generation, "turn": uuid.uuid4().hex}
    return Turn(question, statements, note, answer.status, cards, told)


def messages(turns: Turns, shown: int | None = None) -> list[Message]:
    """Write the conversation as Gradio takes it; of the last turn the first `shown` statements, if that is given."""
    made = []
    for turn in turns:
        count = shown if shown is not None and turn is turns[-1] else len(turn.statements)
        note = f"<small>{turn.note}</small>" if turn.note and count >= len(turn.statements) else ""
        verdict = f"<b>{VERDICTS[turn.status]}</b>" if turn.status in VERDICTS else ""
        reply = verdict + "".join(turn.statements[:count]) + note
        made += [said("user", literal(turn.question)), said("assistant", reply, turn.status)]
    return made


def said(role: str, html: str, status: str = "asked") -> Message:
    """Make one message. Within a `<div>` that holds no line break, Gradio's Markdown leaves everything as it is."""
    return {"role": role, "content": f'<div class="said {status}">{html}</div>'}


def sources(turns: Turns) -> str:
    """Write the pane beside the chat: the sources of every answer, those of the last one open.

    A marker in the chat is a link to a card here; the browser opens what the card is folded in.
    """
    if not turns:
        return f'<h2>Sources</h2><p class="none">{NO_ANSWER}</p>'
    folded = []
    for turn in turns:
        opened = " open" if turn is turns[-1] else ""
        cards = turn.cards or f'<p class="none">{NO_SOURCE}</p>'
        folded.append(f'<details name="turn"{opened}><summary>{one_line(turn.question)}</summary>{cards}</details>')
    return f'<h2>Sources</h2><div class="turns">{"".join(folded)}</div>'


def _card(citation: Citation, document: Document, number: int) -> str:
    before, _, after = in_surroundings(document.text, citation.span)
    pieces = (f"<b>{escape(piece)}</b>" if is_bold else escape(piece) for piece, is_bold in pieces_of(citation))
    quote = "".join(pieces)
    return (
        f'<article id="source-{number}-{citation.n}">'
        f"<h3>[{citation.n}] {one_line(citation.project or document.title)}</h3>"
        f"<p>{literal(place_of(citation))}, characters {citation.span.start:,}–{citation.span.end:,}</p>"
        f"<blockquote>{escape(before)}<mark>{quote}</mark>{escape(after)}</blockquote></article>"
    )


def in_surroundings(text: str, span: Span) -> tuple[str, str, str]:
    """Return what stands before `span`, its words, and what stands after, cut between words with an ellipsis."""
    before, after = text[max(0, span.start - SURROUNDINGS) : span.start], text[span.end : span.end + SURROUNDINGS]
    if span.start > SURROUNDINGS:
        before = "… " + (re.sub(r"^\S*\s+", "", before) or before)
    if span.end + SURROUNDINGS < len(text):
        after = (re.sub(r"\s+\S*$", "", after) or after) + " …"
    return before, span.of(text), after


def example_questions(projects: Sequence[Project]) -> list[str]:
    """Make up to three questions that the store can answer, each about another project where there are enough."""
    asked: dict[str, str] = {}
    for question, can_answer in EXAMPLES:
        able = [project.title for project in projects if can_answer(project) and len(project.title) <= LONGEST_TITLE]
        title = next((title for title in able if title not in asked), None)
        if title:
            asked[title] = question.format(title=title)
    return list(asked.values())

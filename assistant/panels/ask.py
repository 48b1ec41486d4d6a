"""The Ask tab: a conversation, the box that a question is typed in, and what can be done with the conversation.

Layout and wiring; what comes of a question is told in `asking`. The source pane is the page's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.live import LiveAssistant
from assistant.mend import LONGEST_QUESTION
from assistant.panels.answering import Conversation, Step, Steps, take_turn
from assistant.panels.asking import act, opened, stop
from assistant.panels.conversation import begun_html, now_html, past_html, tools_html
from index.panels.frame import WIRED, Frame, pressed

ANSWERS = WIRED + "; page.answers(element, watch)"
TOOLS = WIRED + "; page.address(element, watch)"


@dataclass(frozen=True, slots=True)
class Filling:
    """How the tab is filled when the page loads: `load(query)` into `outputs`, and `suggest()` into `begun`.

    `load` brings back the conversation that the address's query names; `suggest` finds what can be asked, which may
    take a second after the start.
    """

    load: Callable[[Mapping[str, str]], tuple[Any, ...]]
    outputs: list[Any]
    suggest: Callable[[], str]
    begun: Any


def ask_panel(frame: Frame, live: LiveAssistant) -> Filling:
    """Lay out the tab."""
    import gradio as gr

    def shown(steps: Steps) -> Iterator[tuple[Any, ...]]:
        before, past = None, ""
        for step in steps:
            held = step.conversation
            if step.trouble:
                gr.Warning(step.trouble, duration=8)
            if not step.is_shown:  # told all the same: at the end of an event Gradio shows its last word once more
                yield (gr.skip(),) * 4
                continue
            if held.turns[:-1] != before:  # which is once a question: what is past stays
                before, past = held.turns[:-1], past_html(frame, held)
            yield held, past, now_html(frame, held), tools_html(frame, held)

    def answer(question: str, conversation: Conversation) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            gr.Info(frame.say("Type a question first."), duration=4)
            return
        typed: Any = ""  # empties the box once; what is typed while the answer comes stays
        for told in shown(take_turn(frame, live, conversation, question)):
            yield *told, typed
            typed = gr.skip()

    def press(conversation: Conversation, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from shown(act(frame, live, conversation, pressed(event)))

    def load(query: Mapping[str, str]) -> tuple[Any, ...]:
        conversation, question = opened(live, query)
        # Who has begun to type or ask while the page was loading goes on.
        told = next(shown(iter([Step(conversation)]))) if conversation.turns else [gr.skip()] * len(outputs[:-1])
        return *told, question or gr.skip()

    def suggest() -> str:
        return begun_html(frame, live.find_examples(frame.language), live.current().counts()["projects"])

    held = gr.State(Conversation())
    tools = gr.HTML(
        tools_html(frame, Conversation()), elem_id="conversation-tools", js_on_load=TOOLS, apply_default_css=False
    )
    with gr.Column(elem_id="conversation"):
        begun = gr.HTML(begun_html(frame), elem_id="begun", js_on_load=WIRED, apply_default_css=False)
        past = gr.HTML("", elem_id="past", js_on_load=WIRED, apply_default_css=False)
        now = gr.HTML("", elem_id="now", js_on_load=ANSWERS, apply_default_css=False)
    box = gr.Textbox(
        elem_id="question", show_label=False, label=frame.say("Question"), container=False, lines=1, max_lines=6,
        placeholder=frame.say("Ask a question"), submit_btn=frame.say("Ask"), autofocus=True,
        max_length=LONGEST_QUESTION,
    )  # fmt: skip
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
    outputs = [held, past, now, tools, box]
    # A question sent while an answer is still coming waits for it, where Gradio would drop it.
    box.submit(answer, [box, held], outputs, trigger_mode="always_last", **quiet)
    # An event of its own: while an answer is being written, others on the same element wait for its end.
    now.stop(lambda conversation: stop(conversation), [held], None, trigger_mode="multiple", **quiet)
    for html in (begun, past, now, tools):
        html.click(press, [held], outputs[:-1], **quiet)
        html.submit(press, [held], outputs[:-1], **quiet)
    return Filling(load, outputs, suggest, begun)

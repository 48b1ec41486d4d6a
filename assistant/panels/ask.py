"""The Ask tab: a conversation, the box that a question is typed in, and what can be done with the conversation.

Layout and wiring; what comes of a question is told in `asking`. The source pane is the page's own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.live import LiveAssistant
from assistant.panels.asking import Conversation, act, opened, take_turn
from assistant.panels.conversation import now_html, past_html, tools_html
from index.panels.frame import WIRED, Frame, pressed

ANSWERS = WIRED + "; page.answers(element, watch)"
TOOLS = WIRED + "; page.address(element, watch)"


def ask_panel(frame: Frame, live: LiveAssistant) -> Any:
    """Lay out the tab; (what loads a conversation by the page's query, the components that it gives values for)."""
    import gradio as gr

    def shown(conversation: Conversation, is_finished: bool = True) -> tuple[Any, ...]:
        return (
            conversation,
            past_html(frame, conversation),
            now_html(frame, conversation, live.examples(frame.language)),
            tools_html(frame, conversation) if is_finished else gr.skip(),
        )

    def answer(question: str, conversation: Conversation) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            gr.Info(frame.say("Type a question first."), duration=4)
            return
        typed: Any = ""  # empties the box once; what is typed while the answer comes stays
        for step, is_finished in take_turn(frame, live, conversation, question):
            yield *shown(step, is_finished), typed
            typed = gr.skip()

    def press(conversation: Conversation, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        for step, is_finished in act(frame, live, conversation, pressed(event)):
            yield *shown(step, is_finished), gr.skip()

    def load(query: Mapping[str, str]) -> tuple[Any, ...]:
        conversation, question = opened(live, query)
        return *shown(conversation), question

    held = gr.State(Conversation())
    tools = gr.HTML(
        tools_html(frame, Conversation()), elem_id="conversation-tools", js_on_load=TOOLS, apply_default_css=False
    )
    with gr.Column(elem_id="conversation"):
        past = gr.HTML("", elem_id="past", js_on_load=WIRED, apply_default_css=False)
        now = gr.HTML(now_html(frame, Conversation()), elem_id="now", js_on_load=ANSWERS, apply_default_css=False)
    box = gr.Textbox(
        elem_id="question", show_label=False, label=frame.say("Question"), container=False, lines=1, max_lines=6,
        placeholder=frame.say("Ask a question"), submit_btn=frame.say("Ask"), autofocus=True,
    )  # fmt: skip
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
    outputs = [held, past, now, tools, box]
    # A question sent while an answer is still coming waits for it, where Gradio would drop it.
    box.submit(answer, [box, held], outputs, trigger_mode="always_last", **quiet)
    for html in (past, now, tools):
        html.click(press, [held], outputs, **quiet)
        html.submit(press, [held], outputs, **quiet)
    return load, outputs

"""The Precedents tab: an idea or a draft in, the projects most like it out, to be trimmed and taken along.

Layout and wiring; what is found and shown is told in `found`.
"""

from typing import Any

from assistant.live import LiveAssistant
from assistant.panels.found import DRAFTS, Found, found_html, precedents_for, read_draft, trim
from corpus.errors import ProjectError
from index.listing import from_query
from index.panels.frame import WIRED, Frame, pressed

NARROWED = ("organisation", "place", "since", "until", "least", "most")
"""What of the projects can be narrowed down, in the order of its boxes; the organisation as a funder."""


def precedents_panel(frame: Frame, live: LiveAssistant) -> None:
    """Lay out the tab."""
    import gradio as gr

    def search(idea: str | None, *told: str | None) -> tuple[Any, ...]:
        try:
            named = {name: value or "" for name, value in zip(NARROWED, told, strict=True)}  # None: never typed in
            wanted = from_query(named | ({"role": "funder"} if named["organisation"].strip() else {}))
            found = Found(precedents_for(frame, live, idea or "", wanted), wanted)
        except ProjectError as error:
            return Found(), found_html(frame, Found(), trouble=str(error))
        return found, found_html(frame, found)

    def press(found: Found, event: gr.EventData) -> tuple[Any, ...]:
        found = trim(found, pressed(event))
        return found, found_html(frame, found)

    def upload(path: str) -> Any:
        try:
            return read_draft(frame, path)
        except ProjectError as error:
            gr.Warning(str(error), duration=8)
            return gr.skip()

    held = gr.State(Found())
    idea = gr.Textbox(
        label=frame.say("Your idea, the call, or the draft"), lines=5, max_lines=14, elem_id="idea",
        placeholder=frame.say("For example: a library where young people learn to make films about their village"),
    )  # fmt: skip
    with gr.Row():
        draft = gr.UploadButton(frame.say("Read a draft from a file"), file_types=list(DRAFTS), file_count="single")
        go = gr.Button(frame.say("Find precedents"), variant="primary", elem_id="find-precedents")
    with gr.Accordion(frame.say("Only some projects"), open=False), gr.Row():
        told = [
            gr.Textbox(label=label, min_width=140)
            for label in (
                frame.say("Funder"), frame.say("Country"), frame.say("From year"), frame.say("Until year"),
                frame.say("At least (amount)"), frame.say("At most (amount)"),
            )
        ]  # fmt: skip
    shown = gr.HTML(found_html(frame, Found()), elem_id="precedents", js_on_load=WIRED, apply_default_css=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
    gr.on([go.click, *(one.submit for one in told)], search, [idea, *told], [held, shown], **quiet)
    shown.click(press, [held], [held, shown], **quiet)
    draft.upload(upload, [draft], [idea], **quiet)

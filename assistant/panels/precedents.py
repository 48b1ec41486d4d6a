"""The Precedents tab: an idea or a draft in, the projects most like it out, to be trimmed and taken along.

Layout and wiring; what is found and shown is told in `found`.
"""

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

from markupsafe import escape

from assistant.live import LiveAssistant
from assistant.panels.draft import drafting
from assistant.panels.found import DRAFTS, Found, found_html, precedents_for, read_draft, trim
from corpus.errors import ProjectError
from index.listing import from_query
from index.panels.frame import WIRED, Frame, pressed

NARROWED = ("organisation", "place", "since", "until", "least", "most")
"""What of the projects can be narrowed down, in the order of its boxes; the organisation as a funder."""

DRAFTS_AT_ONCE = 1
"""That are read for whoever uploads them: a large one takes the processor for up to a minute."""
WRITTEN_AT_ONCE = 2
"""Sections that a language model writes at once: each takes it for minutes."""


def precedents_panel(frame: Frame, live: LiveAssistant) -> None:
    """Lay out the tab."""
    import gradio as gr

    can_draft = live.model is not None
    writing = BoundedSemaphore(WRITTEN_AT_ONCE)

    def search(idea: str | None, *told: str | None) -> tuple[Any, ...]:
        try:
            named = {name: value or "" for name, value in zip(NARROWED, told, strict=True)}  # None: never typed in
            wanted = from_query(named | ({"role": "funder"} if named["organisation"].strip() else {}))
            found = Found(precedents_for(frame, live, idea or "", wanted), wanted)
        except ProjectError as error:
            return Found(), found_html(frame, Found(), trouble=str(error)), ""
        return found, found_html(frame, found, can_draft=can_draft), ""

    def press(found: Found, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        done = pressed(event)
        if done.act != "draft":
            found = trim(found, done)
            yield found, found_html(frame, found, can_draft=can_draft), gr.skip()
        elif not writing.acquire(blocking=False):
            gr.Warning(frame.say("Others are having drafts written; try again in a minute."), duration=8)
        else:
            try:
                yield from ((gr.skip(), gr.skip(), html) for html in drafting(frame, live, found))
            finally:
                writing.release()

    def upload(path: str, *told: str | None) -> tuple[Any, ...]:
        try:
            text = read_draft(frame, path)
        except ProjectError as error:
            gr.Warning(escape(str(error)), duration=8)
            return gr.skip(), gr.skip(), gr.skip(), gr.skip()
        return text, *search(text, *told)  # what was found for another idea would look as if it were for this one

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
    written = gr.HTML("", elem_id="draft", apply_default_css=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
    gr.on([go.click, *(one.submit for one in told)], search, [idea, *told], [held, shown, written], **quiet)
    shown.click(press, [held], [held, shown, written], **quiet)
    draft.upload(upload, [draft, *told], [idea, held, shown, written], **quiet | {"concurrency_limit": DRAFTS_AT_ONCE})

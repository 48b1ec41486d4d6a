"""The public page: asking, projects and precedents, in one language; what the address says is open when it loads."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.live import LiveAssistant
from index.panels.frame import Frame
from web.blocks import page_blocks
from web.doors import add_endpoints

TITLE = "Project answers"
SPOKEN = "document.documentElement.lang = '{}'"
"""What a page is in, for screen readers; Gradio says what the browser is in."""
HEADER = Path(__file__).with_name("header.jinja")
ASK, PROJECTS, PRECEDENTS = "ask", "projects", "precedents"
NAMES = {"en": "English", "ro": "Română"}


def public_page(frame: Frame, frames: Sequence[Frame], live: LiveAssistant) -> Any:
    """Compose the page as Gradio's Blocks."""
    import gradio as gr

    from assistant.panels.ask import ask_panel
    from assistant.panels.precedents import precedents_panel
    from index.panels.projects import projects_panel

    languages = [(one.language, NAMES[one.language], one.base) for one in frames]

    def load(request: gr.Request) -> tuple[Any, ...]:
        query = dict(request.query_params)
        tab = query.get("tab")
        # Nothing asked for leaves it to the visitor, who may have pressed a tab before this comes.
        opened = gr.Tabs(selected=tab) if tab in (ASK, PROJECTS, PRECEDENTS) else gr.skip()
        return opened, *asking.load(query), *projects.load(query)

    with page_blocks(TITLE) as page:
        gr.HTML(
            frame.render(HEADER, title=TITLE, languages=languages),
            js_on_load=SPOKEN.format(frame.language),
            apply_default_css=False,
        )
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab(frame.say("Ask"), id=ASK):
                asking = ask_panel(frame, live)
            with gr.Tab(frame.say("Projects"), id=PROJECTS) as table:
                projects = projects_panel(frame, live.current)
            with gr.Tab(frame.say("Precedents"), id=PRECEDENTS):
                precedents_panel(frame, live)
        if not frame.base:
            add_endpoints(live)
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
        page.load(load, None, [tabs, *asking.outputs, *projects.outputs], **quiet)
        page.load(asking.suggest, None, [asking.begun], **quiet)
        table.select(projects.select, [projects.view], projects.outputs, **quiet)
    return page

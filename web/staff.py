"""The staff's page, behind the login: documents, evaluations, proposed questions and what visitors said."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.live import LiveAssistant
from index.panels.frame import Frame
from index.settings import Settings
from web.blocks import page_blocks
from web.gate import Gate
from web.model_line import add_model_line
from web.public import NAMES, SPOKEN

TITLE = "Project answers: staff"
HEADER = Path(__file__).with_name("staff_header.jinja")


def staff_page(
    frame: Frame,
    bases: Mapping[str, str],
    live: LiveAssistant,
    settings: Settings,
    gate: Gate,
) -> Any:
    """Compose the page as Gradio's Blocks; `bases` are its paths by language."""
    import gradio as gr

    from eval.panels.candidates import candidates_panel
    from eval.panels.feedback import feedback_panel
    from eval.panels.runs import runs_panel
    from index.panels.documents import documents_panel

    with page_blocks(TITLE) as page:
        gr.HTML(
            frame.render(HEADER, title=TITLE, bases=bases, names=NAMES),
            js_on_load=SPOKEN.format(frame.language),
            apply_default_css=False,
        )
        add_model_line(frame, live)
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            with gr.Tab(frame.say("Documents")):
                documents_panel(frame, settings, live.current, gate.may_change)
            with gr.Tab(frame.say("Evaluation")) as tab:
                runs_panel(frame, settings, live.current, gate.may_change, tab)
            with gr.Tab(frame.say("Proposed questions")) as tab:
                candidates_panel(
                    frame, settings, live.current, gate.may_change, lambda request: gate.name_of(request) or "", tab
                )
            with gr.Tab(frame.say("Feedback")) as tab:
                feedback_panel(frame, settings, live.current, gate.may_change, tab)
    return page

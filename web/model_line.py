"""What staff are told of the language model: which is set, where it runs, whether it answered last; never its key."""

from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from markupsafe import Markup

from assistant.live import LiveAssistant
from index.panels.frame import Frame

TEMPLATE = Path(__file__).with_name("model_line.jinja")


def model_line(frame: Frame, live: LiveAssistant) -> Markup:
    """The line, as it is now."""
    model = live.model
    if model is None:
        return frame.render(TEMPLATE, model=None, last=None, when="")
    when = format_datetime(model.last.moment, "d MMM, HH:mm", locale=frame.language) + " UTC" if model.last else ""
    return frame.render(TEMPLATE, model=model, last=model.last, when=when)


def add_model_line(frame: Frame, live: LiveAssistant) -> None:
    """Lay it out in the Blocks being built; drawn anew whenever the page is loaded."""
    import gradio as gr

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    line = gr.HTML("", elem_id="model-line", apply_default_css=False)
    gr.on(None, lambda: model_line(frame, live), None, [line], **quiet)

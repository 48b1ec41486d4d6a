"""The panel of feedback: what people said of answers, newest first. Layout and wiring only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from eval.inbox import Wanted
from eval.panels.feedback_acts import Parts, act, draw
from index.panels.frame import WIRED, Frame, pressed
from index.settings import Settings
from index.store import Store

if TYPE_CHECKING:
    import gradio as gr

STATUS = "element.setAttribute('role', 'status')"
ATTEND = "() => page.attend('now')"


def feedback_panel(
    frame: Frame,
    settings: Settings,  # noqa: ARG001  # as the other panels of the staff have it
    current: Callable[[], Store],
    may_change: "Callable[[gr.Request], bool]",
    tab: "gr.Tab | None" = None,
) -> None:
    """Lay out the inbox in the Blocks being built; whoever may not change anything may look.

    Whenever `tab` is opened, what has been said meanwhile is there.
    """
    import gradio as gr

    def shown(parts: Parts) -> list[Any]:
        told = None if parts.told is None else str(escape(parts.told))
        return [parts.wanted, *(gr.skip() if one is None else one for one in (told, parts.body))]

    def on_load() -> list[Any]:
        return shown(Parts(Wanted(), told="", body=draw(frame, current(), Wanted())))

    def on_open(wanted: Wanted) -> list[Any]:
        return shown(Parts(wanted, body=draw(frame, current(), wanted)))

    def on_press(wanted: Wanted, event: gr.EventData, request: gr.Request) -> list[Any]:
        return shown(act(frame, current(), wanted, pressed(event), may_change=may_change(request)))

    wanted = gr.State(Wanted())
    told = gr.HTML("", js_on_load=STATUS, elem_id="feedback-told", elem_classes="runs-told", apply_default_css=False)
    body = gr.HTML("", js_on_load=WIRED, elem_id="feedback", apply_default_css=False)
    outputs = [wanted, told, body]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on(None, on_load, None, outputs, **quiet)
    if tab:
        tab.select(on_open, [wanted], outputs, **quiet)
    gr.on([body.click, body.submit], on_press, [wanted], outputs, **quiet).then(None, js=ATTEND, **quiet)

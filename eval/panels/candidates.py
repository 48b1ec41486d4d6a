"""The panel of candidates: judge proposed questions one by one, have more proposed. Layout and wiring only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from eval.deciding import Sitting
from eval.panels.candidates_acts import Desk, Judging, Parts, act, proposed
from index.panels.frame import WIRED, Frame, pressed
from index.settings import Settings
from index.store import Store

if TYPE_CHECKING:
    import gradio as gr

STATUS = "element.setAttribute('role', 'status')"
AT_ONCE = 8
ATTEND = "() => page.attend('now')"


def candidates_panel(
    frame: Frame,
    settings: Settings,  # noqa: ARG001  # as the other panels of the staff have it
    current: Callable[[], Store],
    may_change: "Callable[[gr.Request], bool]",
    who: "Callable[[gr.Request], str]" = lambda _: "",
    tab: "gr.Tab | None" = None,
) -> None:
    """Lay out candidates in the Blocks being built; `who` says whose name stands in what is accepted.

    Whenever `tab` is opened, what has been proposed meanwhile is there.
    """
    import gradio as gr

    def shown(parts: Parts) -> list[Any]:
        told = None if parts.told is None else str(escape(parts.told))
        return [parts.judging, *(gr.skip() if one is None else one for one in (told, parts.body))]

    def on_load() -> list[Any]:
        return shown(Parts(Judging(Sitting()), told="", body=Desk(frame, current()).draw(Sitting())))

    def on_open(judging: Judging) -> list[Any]:
        body = None if judging.sitting.is_editing else Desk(frame, current()).draw(judging.sitting)
        return shown(Parts(judging, body=body))

    def on_press(judging: Judging, event: gr.EventData, request: gr.Request) -> list[Any]:
        desk = Desk(frame, current(), who(request))
        return shown(act(desk, judging, pressed(event), may_change=may_change(request)))

    def on_pressed(judging: Judging) -> list[Any]:
        return shown(proposed(Desk(frame, current()), judging))

    judging = gr.State(Judging(Sitting()))
    told = gr.HTML("", js_on_load=STATUS, elem_id="candidates-told", elem_classes="runs-told", apply_default_css=False)
    body = gr.HTML("", js_on_load=WIRED, elem_id="candidates", apply_default_css=False)
    outputs = [judging, told, body]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on(None, on_load, None, outputs, **quiet)
    if tab:
        tab.select(on_open, [judging], outputs, **quiet)
    press = gr.on([body.click, body.submit], on_press, [judging], outputs, **quiet)
    # Several at once: one who waits for what is proposed keeps nobody else.
    press.then(on_pressed, [judging], outputs, concurrency_limit=AT_ONCE, **quiet).then(None, js=ATTEND, **quiet)

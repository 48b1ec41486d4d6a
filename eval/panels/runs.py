"""The panel of evaluations: start one, watch it, look at what went wrong, compare two. Layout and wiring only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from eval.kept_runs import KeptRuns
from eval.panels.runs_acts import Looking, Parts, Room, act, tick
from eval.starting import evaluations_of
from index.panels.frame import WIRED, Frame, pressed
from index.settings import Settings
from index.store import Store

if TYPE_CHECKING:
    import gradio as gr

LOOK_SECONDS = 1.5
"""How often the page looks how far an evaluation is."""
STATUS = "element.setAttribute('role', 'status')"
ATTEND, KEEP = "() => page.attend('now')", "() => page.attend('lost')"


def runs_panel(
    frame: Frame,
    settings: Settings,
    current: Callable[[], Store],
    may_change: "Callable[[gr.Request], bool]",
    tab: "gr.Tab | None" = None,
) -> None:
    """Lay out evaluations in the Blocks being built; whoever may not change anything may look.

    Whenever `tab` is opened, the sets and runs of now are there.
    """
    import gradio as gr

    kept = KeptRuns()

    def room() -> Room:
        return Room(frame, current(), evaluations_of(settings), kept)

    def shown(parts: Parts) -> list[Any]:
        told = None if parts.told is None else str(escape(parts.told))
        each = (told, parts.start, parts.progress, parts.listed, parts.detail)
        watch = gr.skip() if parts.is_watched is None else gr.Timer(LOOK_SECONDS, active=parts.is_watched)
        return [parts.looking, *(gr.skip() if one is None else one for one in each), watch]

    def on_load() -> list[Any]:
        return shown(room().draw(Looking()))

    def on_open(looking: Looking) -> list[Any]:
        return shown(room().draw(looking))

    def on_tick(looking: Looking) -> list[Any]:
        return shown(tick(room(), looking))

    def on_press(looking: Looking, event: gr.EventData, request: gr.Request) -> list[Any]:
        return shown(act(room(), looking, pressed(event), may_change=may_change(request)))

    looking = gr.State(Looking())
    told = gr.HTML("", js_on_load=STATUS, elem_id="runs-told", elem_classes="runs-told", apply_default_css=False)
    parts = [
        gr.HTML("", js_on_load=WIRED, elem_id=f"runs-{name}", apply_default_css=False)
        for name in ("start", "progress", "list", "detail")
    ]
    timer = gr.Timer(LOOK_SECONDS, active=False)  # an idle page asks nothing, so that a session can end
    outputs = [looking, told, *parts, timer]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on(None, on_load, None, outputs, **quiet)
    if tab:
        tab.select(on_open, [looking], outputs, **quiet)
    presses = [happens for part in parts for happens in (part.click, part.submit)]
    gr.on(presses, on_press, [looking], outputs, **quiet).then(None, js=ATTEND, **quiet)
    timer.tick(on_tick, [looking], outputs, **quiet).then(None, js=KEEP, **quiet)

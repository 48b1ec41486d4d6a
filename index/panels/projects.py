"""The projects' panel: layout and wiring only; what is shown is made in `projects_drawn`."""

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from markupsafe import escape

from corpus.errors import ProjectError
from index.panels.frame import WIRED, Frame, pressed
from index.panels.projects_drawn import KEPT, draw
from index.panels.projects_view import TAB, View, from_address, step
from index.store import Store

SHOWN = f"{WIRED}; page.shown(element); watch('value', () => page.shown(element))"
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}


@dataclass(frozen=True, slots=True)
class Filling:
    """How the panel is filled: `load` for the page's load, `select` for the tab's selection, both into `outputs`.

    `load(query)`, of the address's query by name, shows what it asks for where it asks for this tab; `select(view)`, of
    which the input is `view`, shows the list where nothing is shown yet.
    """

    load: Callable[..., tuple[Any, ...]]
    select: Callable[..., tuple[Any, ...]]
    view: Any
    outputs: list[Any]


def projects_panel(frame: Frame, current: Callable[[], Store], open_source_base: str = "/passages") -> Filling:
    """Lay out the form, the table, the plots, the timeline and a project's page in the page that is being built."""
    import gradio as gr

    view = gr.State(View())
    with gr.Column(elem_id="projects"):
        parts = [
            gr.HTML("", elem_id=f"projects-{name}", js_on_load=SHOWN, apply_default_css=False)
            for name in ("form", "table", "plots", "timeline", "project")
        ]

    def drawn(after: View, before: View) -> tuple[Any, ...]:
        try:
            made, html = draw(frame, current(), after, before, f"{frame.base}{open_source_base}")
        except ProjectError as error:
            gr.Warning(escape(frame.say("This could not be shown: {reason}", reason=error)), duration=8)
            return tuple(gr.skip() for _ in outputs)
        return (made, *(gr.skip() if part is KEPT else part for part in astuple(html)))

    def press(before: View, event: gr.EventData) -> tuple[Any, ...]:
        return drawn(step(before, pressed(event)), before)

    def load(query: Mapping[str, str]) -> tuple[Any, ...]:
        return drawn(from_address(query), View()) if query.get("tab") == TAB else tuple(gr.skip() for _ in outputs)

    def select(before: View) -> tuple[Any, ...]:
        return tuple(gr.skip() for _ in outputs) if before.generation else drawn(before, View())

    outputs = [view, *parts]
    for part in parts:
        part.click(press, view, outputs, **QUIET)
    parts[0].submit(press, view, outputs, **QUIET)
    return Filling(load, select, view, outputs)

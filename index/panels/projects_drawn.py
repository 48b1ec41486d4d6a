"""The parts of the projects' panel as HTML, those that a press changes. Knows no Gradio."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.facets import Facets, facets
from index.listing import Wanted
from index.panels.frame import Frame
from index.panels.projects_page import draw_project
from index.panels.projects_plots import draw_plots
from index.panels.projects_table import draw_table
from index.panels.projects_timeline import draw_timeline
from index.panels.projects_view import View, groups_set, unordered
from index.panels.told import organisation_label
from index.store import Store

FORM = Path(__file__).with_name("projects_form.jinja")
KEPT = None
"""In place of a part's HTML: it stays as it is."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The panel's parts as HTML, in the order of its components."""

    form: str | None = KEPT
    table: str | None = KEPT
    plots: str | None = KEPT
    timeline: str | None = KEPT
    project: str | None = KEPT


def draw(frame: Frame, store: Store, view: View, before: View, base: str) -> tuple[View, Parts]:
    """What has to be drawn anew after `before`; the view comes back with the page that there is, and its generation."""
    view = replace(view, generation=store.generation)
    is_new = view.generation != before.generation
    is_other = is_new or unordered(view.wanted) != unordered(before.wanted)
    form = table = plots = timeline = KEPT
    if is_other or view.misread != before.misread:
        form = draw_form(frame, view, facets(store, Wanted()))
    if is_other:
        plots = draw_plots(frame, store, view.wanted)
    if is_new or (view.wanted, view.page, view.size) != (before.wanted, before.page, before.size):
        view, table = draw_table(frame, store, view)
    if is_other or view.stretch != before.stretch:
        timeline = draw_timeline(frame, store, view)
    return view, Parts(form, table, plots, timeline, draw_project(frame, store, view, base))


def draw_form(frame: Frame, view: View, options: Facets) -> str:
    """The form of filters, holding what is set."""
    wanted = view.wanted
    return frame.render(
        FORM, wanted=wanted, misread=view.misread, funders=options.funders,
        roles=[(role, organisation_label(frame, role)) for role in _with(options.roles, wanted.role)],
        currencies=_with(options.currencies, wanted.currency), programmes=options.programmes,
        more=bool(wanted.role or {"time", "money", "programme"} & {*groups_set(wanted)}),
    )  # fmt: skip


def _with(options: Sequence[str], chosen: str) -> list[str]:
    """The options, and what is chosen though it is none of them."""
    return [*filter(None, options), *([chosen] if chosen and chosen not in options else [])]

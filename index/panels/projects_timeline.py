"""When the listed projects ran, as bars along a line of time. Knows no Gradio."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from index.panels.frame import Frame
from index.panels.projects_view import View
from index.store import Store
from index.timeline import Lasting, timeline

TIMELINE = Path(__file__).with_name("projects_timeline.jinja")
STRETCH = 40
"""Projects on the line at once."""
MOST_TICKS = 8
"""Years that are written above it."""
STEPS = (1, 2, 5, 10, 20, 50, 100)
"""Years between two of them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A project's bar along the line of time: where it begins and how long it is, in per cent of the line."""

    id: str
    title: str
    text: str
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the line."""

    year: int
    left: str


def draw_timeline(frame: Frame, store: Store, view: View) -> str:
    """A part of the timeline, with buttons to the parts beside it."""
    lasting, total = timeline(store, view.wanted, most=STRETCH, page=view.stretch)
    bars, ticks = along(lasting)
    first = (view.stretch - 1) * STRETCH + 1
    return frame.render(
        TIMELINE, bars=bars, ticks=ticks, total=total, stretch=view.stretch, first=first,
        last=first + len(lasting) - 1,
    )  # fmt: skip


def along(lasting: Sequence[Lasting]) -> tuple[list[Stretch], list[Tick]]:
    """The periods as bars of one line, from the first of January before all to the last of December after all."""
    if not lasting:
        return [], []
    years = [int(day[:4]) for one in lasting for day in (one.first_day, one.last_day)]
    begin, end = date(min(years), 1, 1), date(max(years), 12, 31)
    days = (end - begin).days + 1

    def at(day: str, after: int = 0) -> Decimal:
        return Decimal((date.fromisoformat(day) - begin).days + after) * 100 / days

    bars = []
    for one in lasting:
        left, right = at(one.first_day), at(max(one.first_day, one.last_day), 1)
        bars.append(Stretch(one.id, one.title, one.text, f"{left:.2f}", f"{max(right - left, Decimal()):.2f}"))
    span = end.year - begin.year + 1
    pace = next((pace for pace in STEPS if span <= pace * MOST_TICKS), STEPS[-1])
    marked = range(begin.year + -begin.year % pace, end.year + 1, pace)
    return bars, [Tick(year, f"{at(f'{year:04}-01-01'):.2f}") for year in marked]

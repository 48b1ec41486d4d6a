"""Pictures as SVG, in a page or in a file of their own; the same bytes for the same figures, whatever a user has set.

Draws with matplotlib. In a page the colours are the page's own, so that they hold on a light and on a dark ground.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING

from eval.reports.told import writable

if TYPE_CHECKING:
    from lxml import etree
    from matplotlib.axes import Axes

INK, LINE, ACCENT, FAINT = "#1b262c", "#d5dde1", "#0f766e", "#cfe8e4"
"""As in page.css, on a light ground."""
_NAMES = {INK: "ink", LINE: "line", ACCENT: "accent", FAINT: "faint"}
_STYLE = {
    "svg.fonttype": "none",  # letters stay letters: small, searchable, in the reader's own font
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that all is at the same place on every machine
    "font.size": 9,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.prop_cycle": "cycler(color=['#0f766e', '#b5532a', '#5b4a8c', '#7b7f2b'])",
    "lines.linewidth": 1.5,
    "lines.markersize": 4,
}
WIDE, SMALL = (5.4, 2.4), (2.6, 1.5)
"""Widths and heights in inches."""
DATES = {WIDE: 5, SMALL: 2}
"""How many runs have their date written below a plot of that size, at most."""
LEAST_SPAN = 0.1
"""Of a scale of scores, so that a difference of a thousandth does not look like a fall."""

Paint = Callable[["Axes"], None]
Interval = tuple[float, float, float]
"""A mean and the ends of its interval; NaN where nothing is scored."""


def draw(paint: Paint, title: str, told: str, size: tuple[float, float] = WIDE, *, in_page: bool = True) -> str:
    """What `paint` puts on axes, as an `svg` element; `title` and `told` say it to who does not see it.

    Titles have to differ within a page, since the names of a picture's parts are made from them.
    """
    from matplotlib import style
    from matplotlib.figure import Figure

    made = io.BytesIO()
    with style.context(["default", _STYLE | {"svg.hashsalt": title}]):
        figure = Figure(figsize=size, layout="constrained")
        paint(figure.subplots())
        figure.savefig(made, format="svg", transparent=in_page, metadata={"Date": None})
    return _tidied(made.getvalue(), title, told, in_page=in_page)


def scores(labels: Sequence[str], values: Sequence[Interval], breaks: Sequence[int]) -> Paint:
    """A metric by run, with intervals as whiskers; the runs whose numbers are in `breaks` join to none before them."""

    def paint(axes: "Axes") -> None:
        at = [n for n, (mean, _, _) in enumerate(values) if not isnan(mean)]
        means, lows, highs = ([values[n][end] for n in at] for end in range(3))
        below, above = ([abs(m - e) for m, e in zip(means, ends, strict=True)] for ends in (lows, highs))
        axes.errorbar(at, means, yerr=(below, above), fmt="none", ecolor=ACCENT, elinewidth=1, capsize=2)
        _join(axes, at, means, breaks)
        bottom, top = min(lows, default=0.0), max(highs, default=1.0)
        spare = max(LEAST_SPAN - (top - bottom), 0.0) / 2 + 0.005
        axes.set_ylim(max(-0.005, bottom - spare), min(1.005, top + spare))
        axes.yaxis.set_major_formatter("{x:.2f}")
        _mark_runs(axes, labels, breaks, DATES[WIDE])

    return paint


def times(labels: Sequence[str], p50: Sequence[float], p95: Sequence[float], breaks: Sequence[int]) -> Paint:
    """Two times in milliseconds by run, from zero upwards."""

    def paint(axes: "Axes") -> None:
        for name, values in (("p95", p95), ("p50", p50)):
            at = [n for n, value in enumerate(values) if not isnan(value)]
            _join(axes, at, [values[n] for n in at], breaks)
            if at:
                place = (at[-1], values[at[-1]])
                axes.annotate(name, place, (6, 0), textcoords="offset points", verticalalignment="center", color=INK)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter("{x:,.0f} ms")
        _mark_runs(axes, labels, breaks, DATES[WIDE])

    return paint


def shares(labels: Sequence[str], right: Sequence[int], questions: Sequence[int]) -> Paint:
    """How many questions there were by run, and how many of them went right, as bars."""

    def paint(axes: "Axes") -> None:
        at = range(len(labels))
        axes.bar(at, questions, width=0.8, color=FAINT, edgecolor=ACCENT, linewidth=0.5)
        axes.bar(at, right, width=0.8, color=ACCENT, edgecolor=ACCENT, linewidth=0.5)
        axes.set_ylim(0, 1.02 * max([*questions, 1]))
        axes.set_yticks(sorted({0, max([*questions, 1])}))
        _mark_runs(axes, labels, (), DATES[SMALL])

    return paint


def _join(axes: "Axes", at: Sequence[int], values: Sequence[float], breaks: Sequence[int]) -> None:
    """A line with a dot for each run; no line across a break, or a run without a value."""
    parts: list[list[int]] = []
    for place, n in enumerate(at):
        if not place or n in breaks or n - at[place - 1] > 1:
            parts.append([])
        parts[-1].append(place)
    for part in parts:
        axes.plot([at[place] for place in part], [values[place] for place in part], color=ACCENT, marker="o")


def _mark_runs(axes: "Axes", labels: Sequence[str], breaks: Sequence[int], most: int) -> None:
    """Dates below some runs, the first and the last among them, and a dotted line where the questions changed."""
    last = len(labels) - 1
    marked = sorted({round(n * last / (most - 1)) for n in range(most)}) if last >= most else range(last + 1)
    axes.set_xticks(list(marked), [labels[n] for n in marked])
    axes.set_xlim(-0.6, max(last, 0) + 0.6)
    for n in breaks:
        axes.axvline(n - 0.5, color=INK, linewidth=0.75, linestyle=":")


def _tidied(drawn: bytes, title: str, told: str, *, in_page: bool) -> str:
    """Matplotlib's SVG without what a page's Content-Security-Policy forbids, which is style, and with words for it."""
    from lxml import etree

    root = etree.fromstring(drawn)
    etree.strip_elements(root, "{*}metadata", "{*}style", etree.Comment, with_tail=False)
    used = set(re.findall(r"#([\w-]+)", " ".join(str(value) for one in root.iter() for value in one.attrib.values())))
    for one in root.iter():
        if one.get("id") not in used:
            one.attrib.pop("id", "")
        for name, value in _declared(str(one.attrib.pop("style", ""))):
            one.set(name, f"var(--{_NAMES[value]})" if in_page and value in _NAMES else value)
    _describe(root, title, told)
    if in_page:
        for name in ("width", "height"):
            root.attrib.pop(name)
    else:
        root.set("font-family", "sans-serif")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _declared(style: str) -> Iterator[tuple[str, str]]:
    """What a style says, as attributes of SVG, but for the font, since who shows it has one."""
    for declaration in filter(None, map(str.strip, style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name != "font-family":
            yield name, value


def _describe(root: "etree._Element", title: str, told: str) -> None:
    from lxml import etree

    root.attrib.update({"role": "img", "stroke-linejoin": "round", "stroke-linecap": "butt"})
    for place, (name, text) in enumerate((("title", title), ("desc", told))):
        element = etree.Element(f"{{http://www.w3.org/2000/svg}}{name}")
        element.text = writable(text)
        root.insert(place, element)

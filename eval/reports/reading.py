"""How well sentences are found, as text for a terminal, as JSON and as a picture: with the reader beside without it."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.reader.measured import NOT_THERE
from eval.compare_words import number, signed
from eval.reading import Report, Scores, Side
from eval.refusal_curve import Interval, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIDES = (4.2, 4.2)
"""Of the picture of the curves, in inches."""
NAMES = {False: "without", True: "with"}
SAID = {False: "without the reader", True: "with the reader"}


def table(report: Report) -> str:
    """The scores with their intervals and what the reader changed, then the curve, a line a threshold."""
    lines = [f"{report.name}: {report.answerable:,} answerable, {report.unanswerable:,} unanswerable", ""]
    lines += [*_scores(report), "", *_own(report), *_curve(report)]
    return "\n".join(lines)


def _scores(report: Report) -> Iterator[str]:
    ways = list(report.sides)
    names = list(report.sides[ways[-1]].scores)
    width = max(map(len, names)) + 2
    heads = [SAID[way] for way in ways] + (["with − without"] if report.differences else [])
    yield " " * width + "".join(f"{head:>26}" for head in heads)
    for name in names:
        cells = [_mean(report.sides[way].scores[name]) for way in ways]
        cells += [_change(report.differences[name])] if report.differences else []
        yield f"{name:{width}}" + "".join(f"{cell:>26}" for cell in cells)


def _mean(told: Interval) -> str:
    mean, low, high = told
    return number(mean) if math.isnan(mean) else f"{number(mean)} ({number(low)}–{number(high)})"


def _change(told: Interval) -> str:
    mean, low, high = told
    return signed(mean) if math.isnan(low) else f"{signed(mean)} ({signed(low)} to {signed(high)})"


def _own(report: Report) -> Iterator[str]:
    if not report.reader:
        return
    own = report.reader
    yield "the reader alone, on the paragraph of each question:"
    yield f"  exact match {number(own.exact_match)}, F1 {number(own.f1)} of its best span, where there is an answer"
    yield (
        f"  balanced accuracy of not there: {number(own.balanced)} at {NOT_THERE:.2f}, "
        f"{number(own.best_balanced)} at best, at {number(own.threshold)}"
    )
    yield f"  {own.ms:.1f} ms a passage, the median"
    yield ""


def _curve(report: Report) -> Iterator[str]:
    heads = f"{'wrong answers':>15}{'wrong refusals':>16}{'balanced accuracy':>19}"
    yield " " * 10 + "".join(f"{SAID[way]:>50}" for way in report.sides)
    yield f"{'threshold':>10}" + heads * len(report.sides)
    points = {way: {point.threshold: point for point in side.curve} for way, side in report.sides.items()}
    for threshold in sorted(set().union(*points.values())):
        yield f"{threshold:10.2f}" + "".join(_cells(points[way].get(threshold)) for way in report.sides)
    yield "in use:"
    shipped = [side.shipped for side in report.sides.values()]
    yield f"{shipped[0].threshold:10.2f}" + "".join(map(_cells, shipped))


def _cells(point: Point | None) -> str:
    if point is None:
        return " " * 50
    return f"{number(point.wrong_answers):>15}{number(point.wrong_refusals):>16}{number(point.balanced_accuracy):>19}"


def to_json(report: Report) -> str:
    """One object: the set, for each way to read its scores and its curve, what the reader changed, and its own."""
    told: dict[str, Any] = {"set": report.name, "answerable": report.answerable, "unanswerable": report.unanswerable}
    told |= {NAMES[way]: _side(side) for way, side in report.sides.items()}
    if report.differences:
        told["difference"] = _metrics(report.differences)
    if report.reader:
        own = {name: _null(value) for name, value in asdict(report.reader).items()}
        told["reader"] = own | {"at": NOT_THERE}
    return json.dumps(told, ensure_ascii=False)


def _side(side: Side) -> dict[str, Any]:
    curve = [_point(point) for point in side.curve]
    return {"metrics": _metrics(side.scores), "curve": curve, "in_use": _point(side.shipped)}


def _metrics(scores: Scores) -> dict[str, Any]:
    return {
        name: None if math.isnan(told[0]) else dict(zip(("mean", "low", "high"), map(_null, told), strict=True))
        for name, told in scores.items()
    }


def _point(point: Point) -> dict[str, float | None]:
    values = asdict(point) | {"balanced_accuracy": point.balanced_accuracy}
    return {name: _null(value) for name, value in values.items()}


def _null(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def to_svg(reports: Sequence[Report]) -> str:
    """A picture of the curves: wrong answers to the right, wrong refusals upwards; a dot at the threshold in use.

    Where a report has both, the curve without the reader is dashed.
    """
    from eval.reports.plots import draw

    curves = [(one.name, way, side) for one in reports for way, side in one.sides.items()]
    several = any(len(one.sides) > 1 for one in reports)

    def paint(axes: "Axes") -> None:
        for name, way, side in curves:
            label, style = (f"{name}, {NAMES[way]}", "-" if way else "--") if several else (name, "-")
            x, y = [p.wrong_answers for p in side.curve], [p.wrong_refusals for p in side.curve]
            (line,) = axes.plot(x, y, style, label=label)
            axes.plot([side.shipped.wrong_answers], [side.shipped.wrong_refusals], "o", color=line.get_color())
        axes.set(xlabel="wrong answers", ylabel="wrong refusals", xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.legend(frameon=False)

    told = "; ".join(
        f"{name}{f', {SAID[way]}' if several else ''}: {side.shipped.wrong_answers:.3f} and "
        f"{side.shipped.wrong_refusals:.3f} in use"
        for name, way, side in curves
    )
    return draw(paint, "Wrong answers and wrong refusals by threshold", told, SIDES, in_page=False) + "\n"

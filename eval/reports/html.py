"""One run as a page for people: how it went, what was measured, the scores, and every question. Knows no store."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.reports.outcome import (
    RIGHT,
    UNSCORED,
    WRONG,
    Measured,
    best,
    count,
    grouped,
    measure,
    measure_right,
    outcome,
    sentence,
    times_of,
)
from eval.reports.page import render
from eval.reports.told import writable
from eval.result import Result, Run
from eval.scores import HEADLINE, METRICS

if TYPE_CHECKING:
    from eval.compare import Comparison

PARTS = {
    WRONG: "Questions that went wrong",
    UNSCORED: "Questions that were not scored",
    RIGHT: "Questions that went right",
}
_OWN = ("compared", "scores", "kinds", "languages", "filter", "shown", *PARTS)
"""Names of the page's own places, which no question may take over."""
_MARKER = re.compile(r"\[(\d{1,6})\]")


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the tables by kind and by language; times in milliseconds."""

    name: str
    questions: int
    right: int
    scores: Mapping[str, Measured]
    p50: float
    p95: float


def to_html(run: Run, comparison: "Comparison | None" = None) -> str:
    """The page of a run; the same bytes for the same run. `comparison` sets it, as B, against an earlier one."""
    results = run.results
    shown = list(zip(results, _anchors([result.id for result in results]), strict=True))
    return render(
        "run.html.jinja",
        styles=("question.css", "run.css"),
        script="filter.js",
        run=run,
        comparison=comparison,
        said=_said(comparison) if comparison else (),
        turned=_turned(comparison) if comparison else {},
        sentence=sentence(results),
        share=measure_right(results),
        times=times_of(results),
        metrics=[(name, METRICS[name], measure(results, name)) for name in METRICS],
        kinds=groups_of(results, "kind"),
        languages=groups_of(results, "language"),
        parts=[(part, title, [one for one in shown if outcome(one[0]) == part]) for part, title in PARTS.items()],
        pieces=pieces,
        bests={metric: best(metric) for metric in METRICS},
        headline=HEADLINE,
    )


def _said(comparison: "Comparison") -> list[str]:
    from eval.compare_words import notes, others, sentence

    sides = f"A is the run {comparison.a.id}, B is this one."
    return [one for one in (sides, sentence(comparison), others(comparison), *notes(comparison)) if one]


def _turned(comparison: "Comparison") -> dict[str, str]:
    """What became of questions by their id: `broken` or `mended`."""
    return {one.b.id: "broken" for one in comparison.broken} | {one.b.id: "mended" for one in comparison.mended}


def groups_of(results: Sequence[Result], by: str) -> list[Group]:
    """The rows of a table by `kind` or by `language`."""
    return [
        Group(
            name, len(members), count(members, RIGHT), {metric: measure(members, metric) for metric in HEADLINE},
            *times_of(members),
        )
        for name, members in grouped(results, lambda result: getattr(result, by)).items()
    ]  # fmt: skip


def _anchors(ids: Sequence[str]) -> list[str]:
    """A place on the page for each id: the id itself, but for white space, which no place holds, and where taken."""
    taken, anchors = set(_OWN), []
    for one in ids:
        anchor = wanted = re.sub(r"\s+", "-", writable(one)) or "-"
        number = 2
        while anchor in taken:
            anchor, number = f"{wanted}-{number}", number + 1
        taken.add(anchor)
        anchors.append(anchor)
    return anchors


def pieces(answer: str, numbers: Sequence[int]) -> Iterator[tuple[str, int | None]]:
    """An answer in pieces, in order: text, or a marker with the number of the citation that it stands for."""
    at = 0
    for marker in _MARKER.finditer(answer):
        if int(marker[1]) in numbers:
            yield answer[at : marker.start()], None
            yield marker[0], int(marker[1])
            at = marker.end()
    yield answer[at:], None

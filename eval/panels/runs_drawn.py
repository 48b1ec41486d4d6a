"""The parts of the panel of evaluations as HTML: what can be started, how far it is, the list, a run, two compared.

Knows no Gradio. Scores and differences are written as the page's language does.
"""

from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any

from eval.compare import Change, Comparison
from eval.compare_words import by_weight, notes, others, sentence
from eval.kept_runs import OUTCOMES, Chosen, Row, choose, faults_of, floors_of, told_outcome
from eval.question_sets import QuestionSet, question_sets, questions_folder
from eval.reports.html import groups_of
from eval.reports.outcome import RIGHT, Measured, count, measure, score_of
from eval.result import Run
from eval.scores import HEADLINE, METRICS, applying
from eval.starting import RUNNING, Progress
from index.panels.frame import Frame
from index.store import Store

FOLDER = Path(__file__).parent
LISTED = 30
"""Runs that a list shows at first."""
TURNED = 50
"""Questions that turned, of each sort, that a comparison shows."""


def draw_start(
    frame: Frame,
    store: Store,
    progress: Progress | None,
    *,
    refused: Sequence[QuestionSet] = (),
    attend: str = "",
) -> str:
    """What can be started, or that it can be stopped; `refused` are sets that somebody wanted, with their mistakes.

    `attend` says when this is where to go on, `now` or where the place was `lost` (web/page.js).
    """
    return frame.render(
        FOLDER / "runs_start.jinja",
        sets=question_sets(store),
        refused=list(refused),
        attend=attend,
        is_running=is_running(progress),
        folder=str(questions_folder(store.settings)),
    )


def draw_progress(frame: Frame, progress: Progress | None) -> str:
    """How far the evaluation is, or how it ended."""
    return frame.render(FOLDER / "runs_progress.jinja", progress=progress, percent=_percent(frame))


def draw_list(frame: Frame, store: Store, rows: Sequence[Row], progress: Progress | None, *, is_all: bool) -> str:
    """The runs, newest first."""
    shown = rows if is_all else rows[:LISTED]
    return frame.render(
        FOLDER / "runs_list.jinja",
        rows=shown,
        hidden=len(rows) - len(shown),
        running=progress.run if progress and is_running(progress) else "",
        sets={one.digest for one in question_sets(store)},
        headline=HEADLINE,
        **_written(frame),
    )


def draw_run(frame: Frame, run: Run, chosen: Chosen, *, is_filtered: bool) -> str:
    """A run: scores, floors, kinds, and those of its questions that are chosen."""
    results = run.results
    found = choose(results, chosen)
    unanswerable, answerable = (
        applying(score_of(one, metric) for one in results) for metric in ("wrong_answers", "wrong_refusals")
    )
    faults = [fault for one in results for fault in faults_of(one)]
    return frame.render(
        FOLDER / "runs_run.jinja",
        run=run,
        right=count(results, RIGHT),
        unanswerable=len(unanswerable),
        answered=round(sum(unanswerable)),
        answerable=len(answerable),
        refused=round(sum(answerable)),
        floors=floors_of(run),
        metrics=METRICS,
        scores=[(name, value) for name in METRICS if (value := measure(results, name)).scored],
        tables=[(by, groups_of(results, by)) for by in ("kind", "language")],
        headline=HEADLINE,
        outcomes=OUTCOMES,
        kinds=sorted({one.kind for one in results}),
        languages=sorted({one.language for one in results}),
        faults={one: faults.count(one) for one in dict.fromkeys(faults)},
        chosen=chosen,
        found=len(found),
        shown=[(one, faults_of(one), told_outcome(one)) for one in found[: chosen.most]],
        is_filtered=is_filtered,
        **_written(frame),
    )


def draw_comparison(frame: Frame, comparison: Comparison) -> str:
    """Two runs beside each other: the verdict, the scores, the questions that turned."""
    return frame.render(
        FOLDER / "runs_compared.jinja",
        comparison=comparison,
        left_out=len({*comparison.only_a, *comparison.only_b, *comparison.altered}),
        changes=by_weight(comparison),
        turned=[
            (frame.say("Right in A, wrong in B"), "wrong", comparison.broken),
            (frame.say("Wrong in A, right in B"), "right", comparison.mended),
        ],
        most=TURNED,
        sentence=sentence(comparison),
        notes=[note for note in (others(comparison), *notes(comparison)) if note],
        **_written(frame),
    )


def is_running(progress: Progress | None) -> bool:
    """Whether an evaluation is under way."""
    return progress is not None and progress.status == RUNNING


def _written(frame: Frame) -> dict[str, Any]:
    """How moments, scores and differences are written."""

    def score(value: float, form: str = "0.000") -> str:
        from babel.numbers import format_decimal

        return "–" if isnan(value) else str(format_decimal(value, form, locale=frame.language))

    def measured(value: Measured) -> str:
        low, high = score(value.low), score(value.high)
        return score(value.mean) if isnan(value.low) else f"{score(value.mean)} ({low}–{high})"

    def difference(change: Change) -> str:
        form = "+0.000;−0.000"
        own = score(change.difference, form if abs(change.difference) >= 0.0005 else "0.000")
        return own if isnan(change.low) else f"{own} ({score(change.low, form)} … {score(change.high, form)})"

    return {"score": score, "measured": measured, "difference": difference, "moment": lambda at: moment(frame, at)}


def moment(frame: Frame, made_at: str) -> str:
    """`26 Nov 2026, 10:14 UTC`; what is no time stays as it is."""
    from datetime import UTC, datetime

    try:
        when = datetime.fromisoformat(made_at)
    except ValueError:
        return made_at
    utc = when if when.tzinfo is None else when.astimezone(UTC)
    return frame.say("{day}, {time} UTC", day=frame.day(utc.date()), time=f"{utc:%H:%M}")


def _percent(frame: Frame) -> Any:
    def percent(part: int, whole: int) -> str:
        from babel.numbers import format_percent

        return str(format_percent(part / whole, locale=frame.language))

    return percent

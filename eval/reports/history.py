"""Runs over time: each run in figures, and those of one set as plots on a page. Knows not where runs are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any, NamedTuple

from eval.reports.outcome import RIGHT, Measured, count, grouped, measure, sentence, times_of
from eval.reports.page import render
from eval.reports.plots import SMALL, draw, scores, shares, times
from eval.reports.told import told_moment, told_time
from eval.result import Run
from eval.scores import HEADLINE, METRICS


class Coverage(NamedTuple):
    """How many questions there are, and how many of them went right."""

    right: int
    questions: int


@dataclass(frozen=True, slots=True)
class Row:
    """One run in figures; times in milliseconds."""

    run: Run
    all: Coverage
    metrics: Mapping[str, Measured]
    kinds: Mapping[str, Coverage]
    p50: float
    p95: float


class Plot(NamedTuple):
    """A picture with what stands above and below it; none where there is nothing to draw."""

    name: str
    what: str
    svg: str


@dataclass(frozen=True, slots=True)
class Set:
    """The runs of one set, oldest first; those whose numbers are in `breaks` asked other questions than the one before.

    `small` are plots of the kinds of questions.
    """

    name: str
    rows: Sequence[Row]
    breaks: Sequence[int]
    sentence: str
    kinds: Sequence[str]
    plots: Sequence[Plot]
    small: Sequence[Plot]


def to_row(run: Run, metrics: Sequence[str] = HEADLINE) -> Row:
    """A run in figures."""
    kinds = {
        kind: Coverage(count(results, RIGHT), len(results))
        for kind, results in grouped(run.results, lambda result: result.kind).items()
    }
    return Row(
        run,
        Coverage(count(run.results, RIGHT), len(run.results)),
        {metric: measure(run.results, metric) for metric in metrics},
        kinds,
        *times_of(run.results),
    )


def to_json(row: Row) -> dict[str, Any]:
    """A row in JSON types; NaN becomes null."""
    run = row.run
    return {
        "id": run.id, "made_at": run.made_at, "qa": run.qa, "qa_sha256": run.qa_sha256,
        "corpus_sha256": run.corpus_sha256, "generation": run.generation, "embedding_model": run.embedding_model,
        "code": run.code, "seed": run.seed, **row.all._asdict(),
        "metrics": {metric: _nulls(asdict(measured)) for metric, measured in row.metrics.items()},
        "kinds": {kind: covered._asdict() for kind, covered in row.kinds.items()},
        **_nulls({"p50_ms": row.p50, "p95_ms": row.p95}),
    }  # fmt: skip


def _nulls(values: Mapping[str, float]) -> dict[str, float | None]:
    return {name: None if isnan(value) else round(value, 4) for name, value in values.items()}


def to_history(runs: Sequence[Run], metrics: Sequence[str] = HEADLINE) -> str:
    """The page of runs, given oldest first: plots and tables for each set; the same bytes for the same runs."""
    sets = [_set(members, number, metrics) for number, members in enumerate(sets_of(runs), 1)]
    return render(
        "history.html.jinja",
        styles=("history.css",),
        sets=sets,
        runs=runs,
        metrics={metric: METRICS[metric] for metric in metrics},
    )


def sets_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of each set, sets in the order of their first runs; runs without a question are left out.

    A set keeps its name and some of its questions while it grows and is corrected: a run belongs with those of the
    same name that asked one question at least that it asks too, and wanted the same. Other organisations' sets are
    often of the same name.
    """
    sets: list[tuple[str, set[str], list[Run]]] = []
    for run in runs:
        asked = {result.pair for result in run.results}
        for name, questions, members in sets:
            if name == run.qa and questions & asked:
                questions |= asked
                members.append(run)
                break
        else:
            if asked:
                sets.append((run.qa, asked, [run]))
    return [members for _, _, members in sets]


def _set(runs: Sequence[Run], number: int, metrics: Sequence[str]) -> Set:
    rows = [to_row(run, metrics) for run in runs]
    breaks = [n for n in range(1, len(runs)) if _questions(runs[n]) != _questions(runs[n - 1])]
    kinds = list(dict.fromkeys(kind for row in rows for kind in row.kinds))
    plots, small = _plots(rows, breaks, metrics, number), _small(rows, kinds, number)
    return Set(runs[-1].qa, rows, breaks, sentence(runs[-1].results), kinds, list(plots), list(small))


def _questions(run: Run) -> set[tuple[str, str]]:
    return {(result.id, result.pair) for result in run.results}


def _plots(rows: Sequence[Row], breaks: Sequence[int], metrics: Sequence[str], number: int) -> Iterator[Plot]:
    labels = _labels(rows)
    for metric in metrics:
        measured = [row.metrics[metric] for row in rows]
        values = [(one.mean, one.low, one.high) for one in measured]
        told = f"{_span(rows)}: first {measured[0]}, last {measured[-1]}. All figures stand in the table below."
        lower = "; lower is better" if METRICS[metric].lower_is_better else ""
        scored = any(one.scored for one in measured)
        svg = draw(scores(labels, values, breaks), f"{metric} by run, set {number}", told) if scored else ""
        yield Plot(metric, METRICS[metric].what + lower, svg)
    p50, p95 = [row.p50 for row in rows], [row.p95 for row in rows]
    told = f"{_span(rows)}: half of the answers within {told_time(p50[0])} first, {told_time(p50[-1])} last; "
    told += f"95 % within {told_time(p95[0])} first, {told_time(p95[-1])} last. All figures stand in the table below."
    svg = draw(times(labels, p50, p95, breaks), f"Time for an answer by run, set {number}", told)
    yield Plot("Time for an answer", "half of the answers came within p50, 95 % within p95", svg)


def _small(rows: Sequence[Row], kinds: Sequence[str], number: int) -> Iterator[Plot]:
    for place, kind in enumerate(kinds, 1):
        covered = [row.kinds.get(kind, Coverage(0, 0)) for row in rows]
        told = (
            f"{_span(rows)}: last {covered[-1].right} of {covered[-1].questions}. All figures stand in the table below."
        )
        right, questions = [one.right for one in covered], [one.questions for one in covered]
        title = f"Questions of kind {place} by run, and how many went right, set {number}"
        svg = draw(shares(_labels(rows), right, questions), title, told, SMALL)
        yield Plot(kind, f"{covered[-1].right} of {covered[-1].questions} in the latest run", svg)


def _labels(rows: Sequence[Row]) -> list[str]:
    """The days of the runs, or their numbers where one has no date."""
    days = [told_moment(row.run.made_at, "%Y-%m-%d") for row in rows]
    return [day if len(day) == 10 and day.isascii() else f"run {n}" for n, day in enumerate(days, 1)]


def _span(rows: Sequence[Row]) -> str:
    days = _labels(rows)
    return f"1 run, {days[0]}" if len(rows) == 1 else f"{len(rows):,} runs, {days[0]} to {days[-1]}"

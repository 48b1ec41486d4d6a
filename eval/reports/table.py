"""A run as text for a terminal: a sentence, the metrics with intervals, by kind and language, what went wrong."""

import textwrap
from collections.abc import Iterator, Sequence
from math import isnan

from eval.reports.outcome import RIGHT, count, grouped, measure, sentence, times_of
from eval.result import Result, Run
from eval.scores import HEADLINE, METRICS

SHOWN = 160
"""Characters of an answer that went wrong."""


def to_table(run: Run) -> str:
    """All of it."""
    lines = [sentence(run.results), "", *aligned(_metric_rows(run.results)), ""]
    lines += aligned(_group_rows(run.results))
    p50, p95 = times_of(run.results)
    if not isnan(p50):
        lines += ["", f"time for an answer: p50 {p50:.1f} ms, p95 {p95:.1f} ms"]
    return "\n".join([*lines, *_wrong(run.results)])


def _metric_rows(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    yield "", "mean (95 % interval)", "scored", "not scored", ""
    for name, metric in METRICS.items():
        found = measure(results, name)
        if found.scored:
            what = metric.what + (", lower is better" if metric.lower_is_better else "")
            cells = (name, str(found), f"{found.scored:,}", f"{found.unscored:,}")
            yield *cells, f"{what}, by a language model and not by rule" if metric.is_judged else what


def _group_rows(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    yield "", "questions", "right", *HEADLINE
    groups = grouped(results, lambda result: result.kind)
    languages = grouped(results, lambda result: f"in {result.language}")
    for name, members in (groups | (languages if len(languages) > 1 else {})).items():
        right = count(members, RIGHT)
        yield name, f"{len(members):,}", f"{right:,}", *(str(measure(members, metric)) for metric in HEADLINE)


def aligned(rows: Iterator[Sequence[str]]) -> list[str]:
    """Rows as lines: first and last column to the left if they are words, the others to the right."""
    told = list(rows)
    widths = [max(len(row[at]) for row in told) for at in range(len(told[0]))]
    is_words = told[0][-1] == ""
    return [
        "  ".join(
            cell.ljust(width) if at == 0 or (is_words and at == len(row) - 1) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in told
    ]


def _wrong(results: Sequence[Result]) -> Iterator[str]:
    failed = [result for result in results if result.failures]
    if failed:
        yield f"\n{len(failed):,} of {len(results):,} are not as they should be:"
    for result in failed:
        yield f"  {result.id}: {result.question}"
        by_whom = ", written by a language model" if result.is_written else ""
        yield f"      {result.status}{by_whom}: {textwrap.shorten(result.answer, SHOWN, placeholder=' …')}"
        yield from (f"      {failure}" for failure in result.failures)
    for result in results:
        if result.scores["same_as_original"] < 1:
            yield f"  {result.id}: not answered as {result.of}"

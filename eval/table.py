"""A run as text for a terminal: a sentence, the metrics with intervals, by kind and language, what went wrong."""

import textwrap
from collections.abc import Iterator, Sequence
from math import isnan

from eval.intervals import interval, latency
from eval.result import Result, Run
from eval.scores import HEADLINE, METRICS, applying

SHOWN = 160
"""Characters of an answer that went wrong."""


def sentence(results: Sequence[Result]) -> str:
    """What a person wants to know first."""
    right = sum(one.is_right for one in results)
    told = [f"{right:,} of {len(results):,} questions went right."]
    can, cannot = [one for one in results if one.answerable], [one for one in results if not one.answerable]
    if can:
        refused = sum(one.scores["wrong_refusals"] == 1 for one in can)
        told.append(f"Of {len(can):,} that the documents answer {refused:,} were refused.")
    if cannot:
        answered = sum(one.scores["wrong_answers"] == 1 for one in cannot)
        told.append(f"Of {len(cannot):,} that they do not answer {answered:,} were answered.")
    return " ".join(told)


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """The results by kind, then by language where there are several, each with the name of the group."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.kind, []).append(result)
    if len({result.language for result in results}) > 1:
        for result in results:
            found.setdefault(f"in {result.language}", []).append(result)
    return found


def with_interval(results: Sequence[Result], metric: str) -> str:
    """Mean and 95 % interval, `0.931 (0.893–0.956)`; a dash where the metric applies to none."""
    scores = [result.scores[metric] for result in results]
    told = applying(scores)
    if not told:
        return "–"
    low, high = interval(scores, [result.of or result.id for result in results])
    return f"{sum(told) / len(told):.3f} ({low:.3f}–{high:.3f})"


def to_text(run: Run) -> str:
    """All of it."""
    lines = [sentence(run.results), "", *aligned(_metric_rows(run.results)), ""]
    lines += aligned(_group_rows(run.results))
    p50, p95 = latency(run.results)
    if not isnan(p50):
        lines += ["", f"time for an answer: p50 {p50:.1f} ms, p95 {p95:.1f} ms"]
    return "\n".join([*lines, *_wrong(run.results)])


def _metric_rows(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    yield "", "mean (95 % interval)", "scored", "not scored", ""
    for name, metric in METRICS.items():
        scored = len(applying(result.scores[name] for result in results))
        if scored:
            what = metric.what + (", lower is better" if metric.lower_is_better else "")
            cells = (name, with_interval(results, name), f"{scored:,}", f"{len(results) - scored:,}")
            yield *cells, f"{what}, by a language model and not by rule" if metric.is_judged else what


def _group_rows(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    yield "", "questions", "right", *HEADLINE
    for name, members in groups(results).items():
        right = sum(one.is_right for one in members)
        yield name, f"{len(members):,}", f"{right:,}", *(with_interval(members, metric) for metric in HEADLINE)


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
        yield f"      {result.status}: {textwrap.shorten(result.answer, SHOWN, placeholder=' …')}"
        yield from (f"      {failure}" for failure in result.failures)
    for result in results:
        if result.scores["same_as_original"] < 1:
            yield f"  {result.id}: not answered as {result.of}"

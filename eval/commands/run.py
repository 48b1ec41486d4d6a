"""`python -m eval run`: what it takes, and what it prints."""

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import SHIPPED, Pair, read_pairs
from eval.run import METRICS, Result, evaluate, record, summarise
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

LOWER_IS_BETTER = {"wrong_answers", "wrong_refusals"}


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    run = commands.add_parser("run", help="ask every question of a set and score the answers")
    run.add_argument(
        "--qa", type=Path, default=SHIPPED, metavar="FILE", help="JSON Lines (the set over the sample corpus)"
    )
    run.add_argument(
        "--originals", type=Path, default=SHIPPED, metavar="FILE",
        help="where the questions are that FILE says in other words and does not hold (the set over the sample corpus)",
    )  # fmt: skip
    run.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    run.add_argument("--out", type=Path, metavar="DIR", help="write run.json with every question and answer there")
    run.add_argument("--json", action="store_true", help="the run as one JSON object")
    run.add_argument(
        "--fail-under", action="append", default=[], metavar="METRIC=X",
        help=f"exit 1 if a metric is worse than X; metrics: {', '.join(METRICS)}",
    )  # fmt: skip
    run.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    floors = [_floor(text) for text in given.fail_under]
    pairs = read_pairs(given.qa, given.originals)
    if given.out:
        try:
            given.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MisuseError(f"--out {given.out}: {error.strerror}; give a folder") from error
    assistant = Assistant(Store(read_settings(given.store)))
    results = _evaluated(assistant, pairs)
    made = json.dumps(record(results, given.qa, assistant), ensure_ascii=False, indent=1)
    if given.out:
        (given.out / "run.json").write_text(made + "\n", encoding="utf-8")
    print(made if given.json else _table(results))
    return _gate(summarise(results), floors)


def _floor(text: str) -> tuple[str, float]:
    metric, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = float("nan")
    if metric not in METRICS or isnan(floor):
        raise MisuseError(f"--fail-under {text}: expected METRIC=NUMBER with one of {', '.join(METRICS)}")
    return metric, floor


def _evaluated(assistant: Assistant, pairs: Sequence[Pair]) -> list[Result]:
    from tqdm import tqdm

    with tqdm(total=len(pairs), desc="asking", unit="question", disable=not sys.stderr.isatty()) as bar:

        def advance(_: Result) -> None:
            bar.update()

        return evaluate(assistant, pairs, advance)


def _gate(scores: dict[str, float], floors: Sequence[tuple[str, float]]) -> int:
    missed = []
    for metric, floor in floors:
        score, lower = scores[metric], metric in LOWER_IS_BETTER
        if isnan(score) or (score > floor if lower else score < floor):
            missed.append(f"{metric} is {score:.3f}; {'at most' if lower else 'at least'} {floor} is asked for")
    if missed:
        raise EvaluationError("; ".join(missed))
    return 0


def _table(results: Sequence[Result]) -> str:
    """Scores over all questions, by kind and by language; then the questions that went wrong."""
    groups = {"all": list(results)}
    for result in results:
        groups.setdefault(result.kind, []).append(result)
    for result in results:
        groups.setdefault(f"in {result.language}", []).append(result)
    metrics = [metric for metric in METRICS if any(not isnan(result.scores[metric]) for result in results)]
    rows = [["", "questions", *metrics]]
    for name, members in groups.items():
        scores = summarise(members)
        rows.append([name, str(len(members)), *("–" if isnan(scores[m]) else f"{scores[m]:.3f}" for m in metrics)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    wrong = [r for r in results if r.scores["refusal_accuracy"] < 1 or r.scores["correctness"] < 1]
    median = statistics.median(result.elapsed_ms for result in results)
    lines.append(f"\nmedian time {median:.0f} ms; {len(wrong)} of {len(results)} went wrong")
    lines += [f"  {r.id}: {r.question!r} → {r.status}: {' '.join(r.answer.split())[:160]}" for r in wrong]
    lines += [f"  {r.id}: not as {r.of}" for r in results if r.scores["same_as_original"] < 1]
    return "\n".join(lines)

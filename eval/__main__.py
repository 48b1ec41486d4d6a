"""`python -m eval`: ask a set of known questions and print how good the answers are; measure speed."""

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from math import isnan
from pathlib import Path

from assistant.assistant import Assistant
from corpus.command import run as run_command
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import Pair, read_pairs
from eval.run import METRICS, Result, evaluate, record, summarise
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store

SHIPPED = Path(__file__).parent / "sample.jsonl"
LOWER_IS_BETTER = {"wrong_answers", "wrong_refusals"}


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if a floor given with --fail-under is not reached."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure how good the answers are.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask every question of a set and score the answers")
    run.add_argument(
        "--qa", type=Path, default=SHIPPED, metavar="FILE", help="JSON Lines (the set over the sample corpus)"
    )
    run.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    run.add_argument("--out", type=Path, metavar="DIR", help="write run.json with every question and answer there")
    run.add_argument("--json", action="store_true", help="the run as one JSON object")
    run.add_argument(
        "--fail-under", action="append", default=[], metavar="METRIC=X",
        help=f"exit 1 if a metric is worse than X; metrics: {', '.join(METRICS)}",
    )  # fmt: skip
    bench = commands.add_parser(
        "bench",
        help="measure speed, beside what others would use",
        description="Measure how fast documents become records: a PDF report, a web site and a register made for it, "
        "read by us and by peers in turns, medians of several rounds; or your own files.",
    )
    bench.add_argument("what", choices=["corpus"], help="corpus: reading files into text and records")
    bench.add_argument(
        "paths", type=Path, nargs="*", metavar="PATH", help="your own files or folders, in place of made ones"
    )
    bench.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is measured (3)")
    bench.add_argument("--json", action="store_true", help="the speeds as one JSON array")
    given = parser.parse_args(arguments)
    if given.command == "bench":
        return _bench(given.paths, given.rounds, given.json)
    floors = [_floor(text) for text in given.fail_under]
    pairs = read_pairs(given.qa)
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


def _bench(paths: Sequence[Path], rounds: int, as_json: bool) -> int:
    from eval.bench import bench, table, to_json

    if rounds < 1:
        raise MisuseError(f"--rounds {rounds}: expected at least 1")
    print("measuring; a minute or two", file=sys.stderr)
    speeds = bench(paths, rounds=rounds)
    print(to_json(speeds) if as_json else table(speeds))
    return 0


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
    rows = [["", "questions", *METRICS]]
    for name, members in groups.items():
        scores = summarise(members)
        rows.append([name, str(len(members)), *("–" if isnan(scores[m]) else f"{scores[m]:.3f}" for m in METRICS)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    wrong = [r for r in results if r.scores["refusal_accuracy"] < 1 or r.scores["correctness"] < 1]
    median = statistics.median(result.elapsed_ms for result in results)
    lines.append(f"\nmedian time {median:.0f} ms; {len(wrong)} of {len(results)} went wrong")
    lines += [f"  {r.id}: {r.question!r} → {r.status}: {' '.join(r.answer.split())[:160]}" for r in wrong]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(run_command(main))

"""`python -m eval run`: what it takes, and what it prints."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import MisuseError
from eval.commands.bench import check_least
from eval.errors import EvaluationError
from eval.result import Result, Run
from eval.scores import METRICS
from index.settings import DEFAULT_STORE, read_settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from eval.qa import Pair

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

SEED = 20_260
WORTH_A_PROCESS = 50
"""Questions below which one process more costs more time than it saves, since each opens the store."""
MOST_PROCESSES = 8


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    from eval.qa import SHIPPED

    run = commands.add_parser(
        "run",
        help="ask every question of a set and score the answers",
        description="Ask every question of a set, score the answers, print the scores with 95 % intervals by kind and "
        "language and what went wrong, and keep the run in the store for later comparison. Stopped with Ctrl-C it goes "
        "on with --resume.",
    )
    run.add_argument(
        "--qa", type=Path, default=SHIPPED, metavar="FILE", help="JSON Lines (the set over the sample corpus)"
    )
    run.add_argument(
        "--originals", type=Path, default=SHIPPED, metavar="FILE",
        help="where the questions are that FILE says in other words and does not hold (the set over the sample corpus)",
    )  # fmt: skip
    run.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    run.add_argument(
        "--out", type=Path, metavar="DIR",
        help="write run.json, times.json, junit.xml and report.html there: every question, answer and why it failed",
    )  # fmt: skip
    run.add_argument("--json", action="store_true", help="the run as one JSON object, the same bytes each time")
    run.add_argument(
        "--fail-under", action="append", default=[], metavar="METRIC=X",
        help=f"exit 1 if a metric is worse than X; metrics: {', '.join(METRICS)}",
    )  # fmt: skip
    run.add_argument(
        "--floors", type=Path, metavar="FILE",
        help="exit 1 if a metric is worse than FILE says, or set or documents are not those that it was written for",
    )  # fmt: skip
    run.add_argument(
        "--baseline", metavar="RUN",
        help="compare with an earlier run (an id, latest, previous, or what --out wrote) and exit 1 if this is worse",
    )  # fmt: skip
    run.add_argument("--jobs", type=int, metavar="N", help="how many processes ask (as many as there are cores)")
    run.add_argument("--resume", action="store_true", help="go on with the run of this kind that stopped half way")
    run.add_argument("--no-keep", action="store_true", help="do not keep the run in the store")
    run.add_argument("--judge", action="store_true", help="have a language model judge too (ASSISTANT_LLM_URL)")
    run.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of what is drawn by chance ({SEED})")
    run.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from eval.floors import read_floors
    from eval.qa import read_pairs
    from eval.runs import find_run, new_run
    from eval.table import to_text
    from index.store import Store

    asked = [_floor(text) for text in given.fail_under]
    floors = read_floors(given.floors, given.qa.name) if given.floors else None
    if given.jobs is not None:
        check_least("--jobs", given.jobs)
    pairs = read_pairs(given.qa, given.originals)
    _make_folder(given.out)
    settings = read_settings(given.store)
    assistant = Assistant(Store(settings))
    baseline = find_run(given.baseline, settings) if given.baseline else None
    run = new_run(assistant.store, given.qa, seed=given.seed, settings={"reranker": settings.reranker})
    run = _evaluated(given, assistant, pairs, run)
    _write(given.out, run)
    print(_as_json(run) if given.json else to_text(run))
    missed = [*_missed(run, asked), *(floors.missed(run) if floors else ())]
    if baseline:
        missed += _worse(baseline, run)
    if missed:
        raise EvaluationError("; ".join(missed))
    return 0


def _evaluated(given: argparse.Namespace, assistant: "Assistant", pairs: Sequence["Pair"], run: Run) -> Run:
    """The run with its results, kept in the store as they come."""
    from eval.run import evaluate

    run, known = _taken_up(assistant, run) if given.resume else (run, {})
    with _kept(assistant, run, known=known, keep=not given.no_keep) as keeper, _bar(pairs, known) as advance:

        def on_result(result: Result) -> None:
            advance(result)
            if keeper:
                keeper.keep(result)

        results = evaluate(assistant, pairs, on_result, ask=_ask(given, assistant, len(pairs)), known=known)
        if keeper:
            keeper.finish(results)
    return replace(run, results=tuple(results))


def _ask(given: argparse.Namespace, assistant: "Assistant", questions: int) -> Any:
    """How the questions are asked: in several processes where that is worth it."""
    from eval.asking import ask_here, ask_in_processes

    processes = given.jobs or min(os.cpu_count() or 1, MOST_PROCESSES, 1 + questions // WORTH_A_PROCESS)
    if processes == 1:
        return lambda tasks: ask_here(assistant, tasks)
    return lambda tasks: ask_in_processes(assistant.store.settings, tasks, processes)


def _taken_up(assistant: "Assistant", run: Run) -> tuple[Run, dict[str, Result]]:
    from eval.runs import unfinished

    found = unfinished(assistant.store, run)
    if not found:
        raise MisuseError(
            "--resume: no run of this set, store, code and these settings stopped half way; leave --resume out"
        )
    print(f"going on with {found.id}: {len(found.results)} questions were asked", file=sys.stderr)
    return replace(run, id=found.id, made_at=found.made_at), {result.id: result for result in found.results}


@contextmanager
def _kept(assistant: "Assistant", run: Run, *, known: dict[str, Result], keep: bool) -> Iterator[Any]:
    """Who keeps the results in the store; None where that is not wanted or the store cannot be written."""
    from eval.runs import Keeper
    from index.errors import StoreError

    keeper = Keeper(assistant.store, run)
    try:
        if keep and not known:
            keeper.begin()
    except StoreError as error:
        print(f"the run is not kept in the store: {error}", file=sys.stderr)
        keep = False
    if not keep:
        yield None
        return
    keeper.go_on(len(known))
    try:
        yield keeper
    except BaseException:
        keeper.flush()
        print("what was asked is kept; go on with the same command and --resume", file=sys.stderr)
        raise


@contextmanager
def _bar(pairs: Sequence["Pair"], known: dict[str, Result]) -> Iterator[Callable[[Result], None]]:
    """A progress bar with the running scores."""
    from tqdm import tqdm

    right = sum(one.is_right for one in known.values())
    asked = len(known)
    total = len({pair.id for pair in pairs} | {pair.original.id for pair in pairs if pair.original})
    with tqdm(total=total, initial=asked, desc="asking", unit="question", disable=not sys.stderr.isatty()) as bar:

        def advance(result: Result) -> None:
            nonlocal right, asked
            right, asked = right + result.is_right, asked + 1
            bar.set_postfix_str(f"{right / asked:.1%} right", refresh=False)
            bar.update()

        yield advance


def _floor(text: str) -> tuple[str, float]:
    metric, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = float("nan")
    if metric not in METRICS or isnan(floor):
        raise MisuseError(f"--fail-under {text}: expected METRIC=NUMBER with one of {', '.join(METRICS)}")
    return metric, floor


def _missed(run: Run, asked: Sequence[tuple[str, float]]) -> list[str]:
    from eval.floors import shortfall

    return [told for metric, floor in asked if (told := shortfall(run, metric, floor))]


def _worse(baseline: Run, run: Run) -> list[str]:
    from eval.compare import MIXED, WORSE, compare
    from eval.compare_words import sentence

    comparison = compare(baseline, run, seed=run.seed)
    print(f"A is {baseline.id}, B this run. {sentence(comparison)}", file=sys.stderr)
    return [f"worse than {baseline.id} by some scores"] if comparison.verdict in (WORSE, MIXED) else []


def _make_folder(out: Path | None) -> None:
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MisuseError(f"--out {out}: {error.strerror}; give a folder") from error


def _write(out: Path | None, run: Run) -> None:
    from eval.runs import write_run

    if not out:
        return
    write_run(run, out)


def _as_json(run: Run) -> str:
    from eval.runs import to_text

    return to_text(run)

"""`python -m eval run`: what it takes, and what it prints."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.commands.bench import check_least
from eval.commands.compare import SEED
from eval.commands.reader_switch import add_switch, ways_of
from eval.errors import EvaluationError
from eval.result import Run
from eval.scores import METRICS
from index.settings import DEFAULT_STORE, NO_READER, Settings, read_settings

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.evaluation import Ways
    from eval.qa import Pair

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

WITHOUT = "without-the-reader"
"""How a run is called that is only there for the comparison."""


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
        help="compare with an earlier run (an id, latest, previous, or what --out wrote) and exit 1 if a "
        "score is worse by more than chance explains",
    )  # fmt: skip
    run.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="how many processes ask (as many as there are cores, where there are questions enough)",
    )
    run.add_argument("--resume", action="store_true", help="go on with the run of this kind that stopped half way")
    run.add_argument("--no-keep", action="store_true", help="do not keep the run in the store")
    run.add_argument("--llm", action="store_true", help="have the language model write the answers (ASSISTANT_LLM_URL)")
    run.add_argument("--judge", action="store_true", help="have a language model judge too (ASSISTANT_LLM_URL)")
    run.add_argument(
        "--progress", action="store_true", help="a line on standard error after each question, for a program"
    )
    add_switch(run, "on", "first without it and then with it, and tell what it changed; kept is the run with it")
    run.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"for the intervals of a comparison ({SEED})")
    run.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from eval.compare import check_shared, compare
    from eval.evaluation import Ways, evaluation
    from eval.floors import read_floors
    from eval.qa import digest_of, read_pairs
    from eval.runs import find_run
    from index.store import Store

    asked = [_floor(text) for text in given.fail_under]
    floors = read_floors(given.floors, given.qa.name) if given.floors else None
    if given.jobs is not None:
        check_least("--jobs", given.jobs)
    if given.seed < 0:
        raise MisuseError(f"--seed {given.seed}: expected a whole number from 0")
    pairs = read_pairs(given.qa, given.originals)
    _make_folder(given.out)
    settings = read_settings(given.store)
    *before, is_read = ways_of(given, "on", settings.reader)
    settings = settings if is_read else replace(settings, reader=NO_READER)
    baseline = find_run(given.baseline, settings, given.qa.name) if given.baseline else None
    if baseline:
        check_shared(baseline, given.qa.name, {pair.id: digest_of(pair) for pair in pairs})
    ways = Ways(
        given.jobs, given.seed,
        resume=given.resume, keep=not given.no_keep, llm=given.llm, judge=given.judge, progress=given.progress,
    )  # fmt: skip
    without = _without(settings, given.qa, pairs, ways) if before else None
    run = evaluation(Assistant(Store(settings)), given.qa, pairs, ways)
    by_reader = compare(without, run, seed=given.seed) if without else None
    comparison = compare(baseline, run, seed=given.seed) if baseline else None
    if given.out:
        _write(given.out, run, comparison)
    _print(run, by_reader, is_json=given.json)
    missed = [*_missed(run, asked), *(floors.missed(run) if floors else ()), *_worse(comparison)]
    if missed:
        raise EvaluationError("; ".join(missed))
    return 0


def _without(settings: Settings, qa: Path, pairs: "Sequence[Pair]", ways: "Ways") -> Run:
    """The same run without the reader; it is not kept."""
    from assistant.assistant import Assistant
    from eval.evaluation import evaluation
    from index.store import Store

    print("without the reader first, then with it", file=sys.stderr)
    assistant = Assistant(Store(replace(settings, reader=NO_READER)))
    run = evaluation(assistant, qa, pairs, replace(ways, keep=False, resume=False))
    return replace(run, id=WITHOUT)


def _print(run: Run, by_reader: "Comparison | None", *, is_json: bool) -> None:
    """The run, and what the reader changed where it was asked without it too."""
    from eval.compare_terminal import show
    from eval.compare_words import to_json as compared
    from eval.reports.table import to_table
    from eval.runs import to_json

    if is_json:
        told = to_json(run) | ({"reader": compared(by_reader)} if by_reader else {})
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print(to_table(run))
    if by_reader:
        print("\nWhat the reader changed: A is without it, B with it.\n")
        show(by_reader)


def _floor(text: str) -> tuple[str, float]:
    metric, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = float("nan")
    if metric not in METRICS or not 0 <= floor <= 1:
        raise MisuseError(
            f"--fail-under {text}: expected METRIC=NUMBER, from 0 to 1 and as in 0.9, with one of {', '.join(METRICS)}"
        )
    return metric, floor


def _missed(run: Run, asked: Sequence[tuple[str, float]]) -> list[str]:
    from eval.floors import shortfall

    return [told for metric, floor in asked if (told := shortfall(run, metric, floor))]


def _worse(comparison: "Comparison | None") -> list[str]:
    """What is said where a score is worse than it was; the whole comparison's sentence goes to the person."""
    from eval.compare import MIXED, WORSE
    from eval.compare_words import sentence

    if not comparison:
        return []
    print(f"A is {comparison.a.id}, B this run. {sentence(comparison)}", file=sys.stderr)
    return [f"some scores are worse than in {comparison.a.id}"] if comparison.verdict in (WORSE, MIXED) else []


def _make_folder(out: Path | None) -> None:
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MisuseError(f"--out {out}: {error.strerror}; give a folder") from error


def _write(out: Path, run: Run, comparison: "Comparison | None") -> None:
    from eval.reports.html import to_html
    from eval.reports.junit import to_junit
    from eval.runs import write_run

    try:
        write_run(run, out)
        (out / "report.html").write_text(to_html(run, comparison), encoding="utf-8", newline="\n")
        (out / "junit.xml").write_bytes(to_junit(run))
    except OSError as error:
        raise MisuseError(f"--out {out}: {error.strerror}; give a folder that can be written") from error

"""`python -m eval report`: what it takes, and what it prints or writes."""

import argparse
import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.result import Run
from eval.scores import HEADLINE, METRICS
from index.settings import DEFAULT_STORE, Settings, read_settings

if TYPE_CHECKING:
    from eval.reports.history import Row

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    report = commands.add_parser(
        "report",
        help="show how scores moved from run to run, or write the page of one run again",
        description="List the runs that the store keeps, oldest first, with 95 % intervals. With --out FILE.html write "
        "them as a page with plots: each metric, the time for an answer, and how many questions of each kind went "
        "right. With RUN and --out write the page of that run: every question, its answer and why it failed. The pages "
        "are single files that open in a browser, from a disk or out of an e-mail.",
        epilog="Examples: python -m eval report --out history.html; "
        "python -m eval report --metric correctness --metric source_recall --qa sample.jsonl --out history.html; "
        "python -m eval report RUN --out run.html",
    )
    report.add_argument(
        "run",
        nargs="?",
        metavar="RUN",
        help="one run: an id of the list, latest, previous, or what --out wrote (all runs)",
    )
    report.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    report.add_argument("--out", type=Path, metavar="FILE", help="write a page there: .html")
    report.add_argument(
        "--metric", action="append", metavar="NAME",
        help=f"what to list and plot, once for each metric ({', '.join(HEADLINE)}); metrics: {', '.join(METRICS)}",
    )  # fmt: skip
    report.add_argument("--qa", metavar="NAME", help="only runs of the set of this file name, such as sample.jsonl")
    report.add_argument("--json", action="store_true", help="an object a line for each run, not the list")
    report.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from eval.runs import find_run

    metrics = given.metric or list(HEADLINE)
    for name in metrics:
        if name not in METRICS:
            raise MisuseError(f"--metric {name}: expected one of {', '.join(METRICS)}")
    if given.run and given.qa:
        raise MisuseError(f"--qa {given.qa}: it chooses among runs, and {given.run} is one already; give one of them")
    settings = read_settings(given.store)
    runs = [find_run(given.run, settings)] if given.run else _runs(settings, given.qa)
    if given.out:
        _write(given.out, _page(runs, metrics, is_one=bool(given.run)))
    _print(runs, metrics, as_json=given.json)
    return 0


def _runs(settings: Settings, qa: str | None) -> list[Run]:
    from eval.runs import list_runs

    runs = list_runs(settings)
    if not runs:
        make = f"python -m eval run --store {shlex.quote(str(settings.store))}"
        raise EvaluationError(f"{settings.store} keeps no run; give another --store, or make one: {make}")
    chosen = [run for run in runs if qa in (None, run.qa)]
    if not chosen:
        known = ", ".join(dict.fromkeys(run.qa for run in runs))
        raise EvaluationError(f"--qa {qa}: {settings.store} keeps no run of such a set; choose one of {known}")
    return chosen


def _page(runs: Sequence[Run], metrics: Sequence[str], *, is_one: bool) -> str:
    if is_one:
        from eval.reports.html import to_html

        return to_html(runs[0])
    from eval.reports.history import to_history

    return to_history(runs, metrics)


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise MisuseError(f"--out {path}: {error.strerror}; give a file that can be written") from error


def _print(runs: Sequence[Run], metrics: Sequence[str], *, as_json: bool) -> None:
    from eval.reports.history import to_json, to_row

    rows = [to_row(run, metrics) for run in runs]
    if as_json:
        for row in rows:
            print(json.dumps(to_json(row), ensure_ascii=False))
    else:
        print(_table(rows, metrics))


def _table(rows: Sequence["Row"], metrics: Sequence[str]) -> str:
    """A line for each run, oldest first."""
    from eval.reports.table import aligned
    from eval.reports.told import told_moment, told_time

    head = ["made", "run", "set", "went right", *metrics, "half within", "95 % within"]
    lines = [
        [
            told_moment(row.run.made_at), row.run.id, row.run.qa, f"{row.all.right} of {row.all.questions}",
            *(str(row.metrics[metric]) for metric in metrics), told_time(row.p50), told_time(row.p95),
        ]
        for row in rows
    ]  # fmt: skip
    return "\n".join(aligned(iter([head, *lines])))

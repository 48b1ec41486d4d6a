"""`python -m eval compare`: what it takes, and what it prints."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from index.settings import DEFAULT_STORE, read_settings

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

SEED = 20_260
"""For the draws of the intervals, unless --seed gives another."""


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    compare = commands.add_parser(
        "compare",
        help="tell what changed between two runs, and whether it may be chance",
        description="Set run B against run A, question by question: a sentence that says whether B is better or worse, "
        "or that the difference may be chance; the scores with the 95 % interval of their difference; and every "
        "question that turned right or wrong, with both answers. Questions that only one run asked, or that were "
        "changed between them, are left out and named.",
        epilog="A run is named by its file (run.json) or the folder that holds one, by its id in the store's "
        "catalogue, or as `latest` or `previous`: python -m eval compare previous latest",
    )
    compare.add_argument("run_a", metavar="RUN_A", help="the run to compare with, usually the older one")
    compare.add_argument("run_b", metavar="RUN_B", help="the run that is judged")
    compare.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    compare.add_argument("--json", action="store_true", help="the comparison as one JSON object")
    compare.add_argument("--out", type=Path, metavar="FILE", help="write it there as a page too: .html")
    compare.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"for the intervals ({SEED})")
    compare.add_argument(
        "--fail-if-worse", action="store_true", help="exit 1 if a score is worse by more than chance explains"
    )
    compare.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from eval.compare import MIXED, WORSE, compare
    from eval.compare_terminal import show
    from eval.compare_words import to_json
    from eval.reports.comparison import to_page
    from eval.runs import find_run

    if given.seed < 0:
        raise MisuseError(f"--seed {given.seed}: expected a whole number from 0")
    settings = read_settings(given.store)
    run_b = find_run(given.run_b, settings)
    comparison = compare(find_run(given.run_a, settings, run_b.qa), run_b, seed=given.seed)
    if given.out:
        try:
            given.out.write_text(to_page(comparison), encoding="utf-8")
        except OSError as error:
            raise MisuseError(f"--out {given.out}: {error.strerror}; give a file that can be written") from error
    if given.json:
        print(json.dumps(to_json(comparison), ensure_ascii=False, indent=1))
    else:
        show(comparison)
    return 1 if given.fail_if_worse and comparison.verdict in (WORSE, MIXED) else 0

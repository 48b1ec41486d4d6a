"""`python -m eval claims`: what it takes, and what it prints."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.errors import EvaluationError

if TYPE_CHECKING:
    from eval.claims.grounding import Checker

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    from eval.claims.claim import SHIPPED_CLAIMS

    claims = commands.add_parser(
        "claims",
        help="measure how many false sentences of a language model are stopped, and how many true ones cut",
        description="Hold sentences, as a language model might write them, against what they cite, with the check that "
        "each passes before it is shown. Print how many of the false ones are stopped and how many of the true ones "
        "are wrongly cut, by kind and language with 95 % intervals, and how long a sentence takes. No language model "
        "and no store is needed. Shares for --fail-under: stopped (of all falsehoods), figures-and-names (of wrong "
        "numbers, dates, currencies and names), other (of the rest), kept (of paraphrases), or a kind of falsehood.",
    )
    claims.add_argument(
        "--set", type=Path, default=SHIPPED_CLAIMS, metavar="FILE",
        help="JSON Lines (200 falsehoods and 200 paraphrases over 50 invented projects)",
    )  # fmt: skip
    claims.add_argument(
        "--figures-only", action="store_true",
        help="with the check of numbers, dates, currencies and names alone, which answers without a language model "
        "pass too: what the rest of the check adds is the difference",
    )  # fmt: skip
    claims.add_argument("--show", action="store_true", help="each sentence that was told wrong, with the faults found")
    claims.add_argument(
        "--fail-under", action="append", default=[], metavar="SHARE=X",
        help="exit 1 if a share is below X, such as figures-and-names=1 or kept=0.95; may be given several times",
    )  # fmt: skip
    claims.add_argument("--json", action="store_true", help="one JSON object, with each sentence that was told wrong")
    claims.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.claims.claim import read_claims
    from eval.claims.telling import failures, shortfalls, table, tell, to_json

    floors = dict(_floor(text) for text in given.fail_under)
    claims, checker = read_claims(given.set), _checker(figures_only=given.figures_only)
    with tqdm(total=len(claims), desc="checking", unit="sentence", disable=not sys.stderr.isatty()) as bar:
        told = tell(claims, checker, bar.update)
    print(to_json(told) if given.json else table(told))
    if given.show and not given.json:
        print("\n".join(["", *failures(told)]))
    if missed := shortfalls(told, floors):
        raise EvaluationError("; ".join(missed))
    return 0


def _checker(*, figures_only: bool) -> "Checker":
    if figures_only:
        from eval.claims.grounding import figure_faults

        return figure_faults
    from assistant.llm.supported import faults_in

    return faults_in


def _floor(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = float("nan")
    if not name or not 0 <= floor <= 1:
        raise MisuseError(f"--fail-under {text}: expected SHARE=NUMBER, from 0 to 1, as in kept=0.95")
    return name, floor

"""`python -m eval generate`: what it takes, and where what it proposes goes."""

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.commands.bench import check_least
from eval.generate import COUNT, KINDS, generate, known_rows
from eval.growing.asked import LANGUAGES
from eval.growing.rewording import is_of_model
from eval.json_lines import Row
from index.candidates import GENERATED, MODEL, add_candidate, read_candidates
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store

if TYPE_CHECKING:
    from eval.rewording import Rewording

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_WORDINGS = 5


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    made = commands.add_parser(
        "generate",
        help="propose questions from the records of a store, for a person to judge",
        description="Propose questions with their answers and sources, read off the records of a store: fields, lists, "
        "counts, sums, extremes, comparisons, and questions that have no answer; each in other words too. Nothing "
        "becomes part of a set before a person has looked at it: python -m eval review.",
    )
    made.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    made.add_argument("--count", type=int, default=COUNT, metavar="N", help=f"how many questions at most ({COUNT})")
    made.add_argument(
        "--wordings",
        type=int,
        default=1,
        metavar="N",
        help=f"other wordings of each of them, up to {MOST_WORDINGS} (1)",
    )
    made.add_argument("--seed", type=int, default=1, metavar="N", help="another number gives other questions (1)")
    made.add_argument("--kinds", default=",".join(KINDS), metavar="KINDS", help=f"which kinds ({','.join(KINDS)})")
    made.add_argument(
        "--language", default=",".join(LANGUAGES), metavar="LANGUAGES", help=f"which languages ({','.join(LANGUAGES)})"
    )
    made.add_argument(
        "--known", type=Path, metavar="FILE",
        help="a set whose questions are not proposed again (the set over the sample corpus, over its documents)",
    )  # fmt: skip
    made.add_argument(
        "--out", type=Path, metavar="FILE", help="write them there, one JSON object a line, and not into the store"
    )
    made.add_argument("--json", action="store_true", help="print them, one JSON object a line")
    made.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    kinds, languages = _some("--kinds", given.kinds, KINDS), _some("--language", given.language, LANGUAGES)
    check_least("--count", given.count)
    if not 0 <= given.wordings <= MOST_WORDINGS:
        raise MisuseError(f"--wordings {given.wordings}: expected a number from 0 to {MOST_WORDINGS}")
    if given.out and given.out.exists():
        raise MisuseError(f"--out {given.out}: it is there already; give another file, or remove it")
    store = Store(read_settings(given.store))
    with store.catalogue.transaction() as connection:
        before = [dict(one.pair) for one in read_candidates(connection)]
    model = _model() if given.wordings else None
    rows, known = generate(
        store, count=given.count, seed=given.seed, kinds=kinds, languages=languages, wordings=given.wordings,
        known=[*before, *known_rows(store, given.known)], reword=model,
    )  # fmt: skip
    if given.out:
        _write(given.out, rows)
    else:
        with store.catalogue.transaction() as connection:
            for row in rows:
                add_candidate(connection, row, origin=MODEL if is_of_model(row) else GENERATED)
    if given.json:
        print("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    if model and model.failures:
        print(_failures(model), file=sys.stderr)
    print(_summary(rows, known, given), file=sys.stderr)
    return 0


def _model() -> "Rewording | None":
    """Who says a question in other words: the language model, where one is configured and there."""
    from assistant.errors import LanguageModelError
    from assistant.model_check import check_model
    from assistant.model_settings import read_model_settings

    settings = read_model_settings()
    if not settings:
        return None
    from eval.rewording import Rewording

    try:
        check_model(settings)
    except LanguageModelError as error:
        print(f"warning: {error}; until then other wordings are made by rule", file=sys.stderr)
        return None
    print(f"other wordings are asked of {settings.model} at {settings.host}", file=sys.stderr)
    return Rewording(settings)


def _failures(model: "Rewording") -> str:
    times = "once" if model.failures == 1 else f"{model.failures} times"
    given_up = " and was asked no more" if model.is_given_up else ""
    return f"warning: the language model failed {times}{given_up}; there the wordings are by rule"


def _some(option: str, text: str, every: Sequence[str]) -> list[str]:
    named = [one for one in text.split(",") if one]
    wrong = [one for one in named if one not in every]
    if wrong or not named:
        raise MisuseError(f"{option} {text!r}: expected some of {','.join(every)}, with commas in between")
    return [one for one in every if one in named]


def _write(path: Path, rows: Sequence[Row]) -> None:
    try:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"--out {path}: {error.strerror}; give a file that can be written") from error


def _summary(rows: Sequence[Row], known: int, given: argparse.Namespace) -> str:
    """How many were proposed, and what to type next."""
    questions = [row for row in rows if "of" not in row]
    kinds = ", ".join(f"{count} {kind}" for kind in KINDS if (count := sum(row["kind"] == kind for row in questions)))
    proposed = f"{len(questions)} proposed" + (f" ({kinds})" if kinds else "")
    if others := len(rows) - len(questions):
        proposed += f" and {others} other wordings of them"
    if known:
        proposed += f", {known} known already"
    if given.out:
        return f"{proposed}; they are in {given.out}"
    store = f" --store {shlex.quote(given.store)}" if given.store else ""
    return f"{proposed}; look at them with: python -m eval review{store}" if rows else f"{proposed}; try another --seed"

"""`python -m eval reading`: what it takes, and what it prints."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from index.settings import read_settings

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    reading = commands.add_parser(
        "reading",
        help="measure how well the sentence that answers is found, and that none does",
        description="Make a store of the paragraphs of a SQuAD file, version 1 or 2, ask its questions, and print how "
        "often the first sentence answers, with 95 % intervals, and wrong answers against wrong refusals by threshold. "
        "Where a file has no unanswerable questions, each is asked of a paragraph of another article too.",
    )
    reading.add_argument(
        "--squad", type=Path, required=True, nargs="+", metavar="FILE",
        help="files of SQuAD's layout, .json or .json.gz",
    )  # fmt: skip
    reading.add_argument("--squad-ro", type=Path, metavar="FILE", help="one more, such as the same in Romanian")
    reading.add_argument("--retrieve", action="store_true", help="ask over all paragraphs of the file too")
    reading.add_argument("--curve", type=Path, metavar="FILE", help="draw the curves of all files there: .svg")
    reading.add_argument("--json", action="store_true", help="an object a line for each file")
    reading.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.reading import read_all, table, to_json, to_svg
    from eval.squad import read_questions

    paths = [*given.squad, *([given.squad_ro] if given.squad_ro else [])]
    sets = [read_questions(path) for path in paths]
    reports = []
    for squad in sets:
        with tqdm(total=len(squad.questions), desc=squad.name, disable=not sys.stderr.isatty()) as bar:
            model = read_settings().embedding_model
            reports.append(read_all(squad, retrieve=given.retrieve, model=model, advance=bar.update))
    print("\n".join(map(to_json, reports)) if given.json else "\n\n".join(map(table, reports)))
    if given.curve:
        try:
            given.curve.write_text(to_svg(reports), encoding="utf-8")
        except OSError as error:
            raise MisuseError(f"--curve {given.curve}: {error.strerror}; give a file that can be written") from error
    return 0

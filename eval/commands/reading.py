"""`python -m eval reading`: what it takes, and what it prints."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.commands.reader_switch import add_switch, ways_of
from index.settings import DEFAULT_STORE, read_settings

if TYPE_CHECKING:
    from eval.reading import Report

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    reading = commands.add_parser(
        "reading",
        help="measure how well the sentence that answers is found, and that none does",
        description="Make a store of the paragraphs of a SQuAD file, version 1 or 2, ask its questions, and print how "
        "often the first sentence answers, with 95 % intervals, and wrong answers against wrong refusals by threshold; "
        "with the reader and without, what it changed, and how it does by itself. "
        "Where a file has no unanswerable questions, each is asked of a paragraph of another article too. "
        "Of a set of questions over your own documents, --qa, the same is told of those that prose is asked about, as "
        "far as it needs no paragraph.",
    )
    reading.add_argument(
        "--squad", type=Path, default=[], nargs="+", metavar="FILE",
        help="files of SQuAD's layout, .json or .json.gz",
    )  # fmt: skip
    reading.add_argument("--squad-ro", type=Path, metavar="FILE", help="one more, such as the same in Romanian")
    reading.add_argument("--retrieve", action="store_true", help="ask over all paragraphs of the file too")
    reading.add_argument(
        "--qa", type=Path, default=[], nargs="+", metavar="FILE",
        help="sets of questions over a store's documents, JSON Lines; their thresholds are told from the one in use",
    )  # fmt: skip
    reading.add_argument(
        "--store", metavar="DIR", help=f"the store that they are asked of (ASSISTANT_STORE, else ./{DEFAULT_STORE})"
    )
    add_switch(reading, "both", "both ways side by side")
    reading.add_argument("--curve", type=Path, metavar="FILE", help="draw the curves of all files there: .svg")
    reading.add_argument("--json", action="store_true", help="an object a line for each file")
    reading.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from eval.reports.reading import table, to_json, to_svg

    if not (given.squad or given.squad_ro or given.qa):
        raise MisuseError("give --squad FILE, or --qa FILE and the --store that it is asked of")
    reports = [*_of_squad(given), *_of_pairs(given)]
    print("\n".join(map(to_json, reports)) if given.json else "\n\n".join(map(table, reports)))
    if given.curve:
        try:
            given.curve.write_text(to_svg(reports), encoding="utf-8")
        except OSError as error:
            raise MisuseError(f"--curve {given.curve}: {error.strerror}; give a file that can be written") from error
    return 0


def _of_squad(given: argparse.Namespace) -> "Iterator[Report]":
    from tqdm import tqdm

    from eval.reading import read_all
    from eval.squad import read_questions

    paths = [*given.squad, *([given.squad_ro] if given.squad_ro else [])]
    for squad in [read_questions(path) for path in paths]:
        with tqdm(total=len(squad.questions), desc=squad.name, disable=not sys.stderr.isatty()) as bar:
            model, reader = read_settings().embedding_model, read_settings().reader
            yield read_all(
                squad,
                retrieve=given.retrieve,
                model=model,
                reader=reader,
                ways=ways_of(given, "both", reader),
                advance=bar.update,
            )


def _of_pairs(given: argparse.Namespace) -> "Iterator[Report]":
    if not given.qa:
        return
    from tqdm import tqdm

    from eval.prose_evidence import read_pairs_of
    from eval.qa import SHIPPED, read_pairs
    from index.store import Store

    ways = ways_of(given, "both", read_settings().reader)
    sets = [(path, read_pairs(path, SHIPPED)) for path in given.qa]
    with closing(Store(read_settings(given.store))) as store:
        for path, pairs in sets:
            total = len(pairs) * len(ways)
            with tqdm(total=total, desc=path.name, disable=not sys.stderr.isatty()) as bar:
                yield read_pairs_of(path.name, store, pairs, ways, bar.update)

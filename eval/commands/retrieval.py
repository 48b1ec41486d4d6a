"""`python -m eval retrieval`: what it takes, and what it prints."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.commands.bench import check_least
from index.settings import read_settings

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    retrieval = commands.add_parser(
        "retrieval",
        help="measure how well judged documents are found",
        description="Make a store over a set of documents, ask its queries, and print recall, MRR and nDCG with 95 % "
        "intervals over the queries; by language where the documents tell theirs.",
    )
    source = retrieval.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--beir", type=Path, metavar="DIR", help="a folder with corpus.jsonl, queries.jsonl and qrels, as in BEIR"
    )
    source.add_argument(
        "--squad", type=Path, metavar="FILE",
        help="a file of SQuAD's layout, .json or .json.gz: its paragraphs, and the questions that they answer",
    )  # fmt: skip
    retrieval.add_argument(
        "--no-titles",
        action="store_true",
        help="of a SQuAD file the paragraphs alone; XQuAD's titles are English in all",
    )
    retrieval.add_argument("--split", default="test", metavar="NAME", help="which qrels: DIR/qrels/NAME.tsv (test)")
    retrieval.add_argument("--top", type=int, default=100, metavar="N", help="how many documents are looked at (100)")
    retrieval.add_argument(
        "--legs", default="dense,words,hybrid", metavar="LEGS", help="which searches of ours (dense,words,hybrid)"
    )
    retrieval.add_argument(
        "--peers", action="store_true", help="beside what others would use, on the same texts (extra: bench)"
    )
    retrieval.add_argument("--save", type=Path, metavar="DIR", help="write the set there as a BEIR folder")
    retrieval.add_argument("--json", action="store_true", help="the scores as one JSON object")
    retrieval.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.beir import read_beir, read_squad, write_beir
    from eval.ours import LEGS
    from eval.retrieval import measure, table, to_json

    legs = [leg for leg in given.legs.split(",") if leg]
    if wrong := [leg for leg in legs if leg not in LEGS]:
        raise MisuseError(f"--legs {given.legs}: {wrong[0]!r} is none; expected some of {', '.join(LEGS)}")
    if not legs and not given.peers:
        raise MisuseError(f"--legs {given.legs!r} names none and --peers is not given; choose of {', '.join(LEGS)}")
    check_least("--top", given.top)
    collection = (
        read_squad(given.squad, titles=not given.no_titles) if given.squad else read_beir(given.beir, given.split)
    )
    if given.save:
        write_beir(collection, given.save, given.split)
    with tqdm(desc="asking", unit=" queries", disable=not sys.stderr.isatty()) as bar:
        model = read_settings().embedding_model
        rows = measure(collection, legs=legs, peers=given.peers, top=given.top, model=model, advance=bar.update)
    print(to_json(collection, rows) if given.json else table(collection, rows))
    return 0

"""The subcommands of `python -m eval bench`: what each takes, and what it prints."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MisuseError
from eval.qa import SHIPPED
from index.settings import read_settings

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def _execute(given: argparse.Namespace) -> int:
    measured = {
        "corpus": _bench_corpus,
        "index": _bench_index,
        "shared": _bench_shared,
        "ask": _bench_ask,
        "page": _bench_page,
    }
    return measured[given.what](given)


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    parser = commands.add_parser(
        "bench",
        help="measure speed, beside what others would use",
        description="Measure how fast documents become records (a PDF report, a web site and a register made for it, "
        "or your own files), or how fast texts go into a store and are found; ours and the others take turns, medians "
        "of several rounds.",
    )
    parser.add_argument(
        "what", choices=["corpus", "index", "shared", "ask", "page"],
        help="corpus: reading files into text and records; index: storing and searching texts; shared: the same over "
        "the servers that ASSISTANT_CATALOGUE (a new database) and ASSISTANT_CHROMA name; ask: answering; page: many "
        "visitors who ask the web app at the same moment",
    )  # fmt: skip
    parser.add_argument(
        "paths", type=Path, nargs="*", metavar="PATH", help="corpus: your own files or folders, in place of made ones"
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is measured (3)")
    parser.add_argument(
        "--peers", action="store_true", help="index: beside the LlamaIndex starter and txtai (extra: bench)"
    )
    parser.add_argument("--texts", type=int, default=3_000, metavar="N", help="index, shared: how many texts (3000)")
    parser.add_argument(
        "--corpus", type=Path, metavar="FILE",
        help="index: JSON Lines, .gz too, whose texts are taken in place of ones made of the sample's sentences",
    )  # fmt: skip
    parser.add_argument(
        "--fields", default="id,title,text", metavar="ID,TITLE,TEXT", help="index: the names of the fields in FILE"
    )
    parser.add_argument(
        "--big", metavar="N,N", help="index: in place of that, stores of so many passages, with made-up vectors"
    )
    parser.add_argument("--qa", type=Path, metavar="FILE", help="ask, page: the questions (the shipped set)")
    parser.add_argument("--store", metavar="DIR", help="ask, page: the store's folder (ASSISTANT_STORE, else ./store)")
    parser.add_argument("--visitors", type=int, default=30, metavar="N", help="page: how many ask at once (30)")
    parser.add_argument("--each", type=int, default=5, metavar="N", help="page: how many questions each asks (5)")
    parser.add_argument("--json", action="store_true", help="the speeds as one JSON array")
    parser.set_defaults(execute=_execute)


def _bench_corpus(given: argparse.Namespace) -> int:
    from eval.bench import bench, table, to_json

    if given.peers or given.corpus or given.big:
        raise MisuseError("--peers, --corpus and --big are for: python -m eval bench index; leave them out")
    check_least("--rounds", given.rounds)
    print("measuring; a minute or two", file=sys.stderr)
    speeds = bench(given.paths, rounds=given.rounds)
    print(to_json(speeds) if given.json else table(speeds))
    return 0


def _bench_index(given: argparse.Namespace) -> int:
    if given.paths:
        raise MisuseError(
            f"{given.paths[0]}: files are for: python -m eval bench corpus; give texts with --corpus FILE"
        )
    check_least("--rounds", given.rounds)
    check_least("--texts", given.texts)
    names = given.fields.split(",")
    if len(names) != 3:
        raise MisuseError(f"--fields {given.fields}: expected three names, ID,TITLE,TEXT")
    return _bench_big(given, names) if given.big else _bench_programs(given, names)


def _bench_shared(given: argparse.Namespace) -> int:
    from eval.bench_shared import bench_shared, table, to_json

    if given.paths or given.peers or given.corpus or given.big:
        raise MisuseError("python -m eval bench shared takes --texts and --json; leave the rest out")
    check_least("--texts", given.texts)
    print("measuring; some minutes", file=sys.stderr)
    shared = bench_shared(read_settings(), given.texts)
    print(to_json(shared) if given.json else table(shared))
    return 0


def _bench_ask(given: argparse.Namespace) -> int:
    from eval.bench_ask import bench_ask, table, to_json

    if given.paths or given.peers or given.corpus or given.big:
        raise MisuseError("python -m eval bench ask takes --qa, --store, --rounds and --json; leave the rest out")
    check_least("--rounds", given.rounds)
    print("measuring; a minute or two", file=sys.stderr)
    rows = bench_ask(read_settings(given.store), given.qa or SHIPPED, given.rounds)
    print(to_json(rows) if given.json else table(rows))
    return 0


def _bench_page(given: argparse.Namespace) -> int:
    from eval.bench_page import bench_page, table, to_json

    if given.paths or given.peers or given.corpus or given.big:
        raise MisuseError(
            "python -m eval bench page takes --qa, --store, --visitors, --each, --rounds and --json; leave the rest out"
        )
    for name in ("visitors", "each", "rounds"):
        check_least(f"--{name}", getattr(given, name))
    print("measuring; a minute for each round", file=sys.stderr)
    crowd = bench_page(read_settings(given.store).store, given.qa or SHIPPED, given.visitors, given.each, given.rounds)
    print(to_json(crowd) if given.json else table(crowd))
    return 0


def _bench_programs(given: argparse.Namespace, names: Sequence[str]) -> int:
    from eval.bench_index import bench_index, table, to_json

    print("measuring; some minutes, with --peers many", file=sys.stderr)
    figures = bench_index(peers=given.peers, count=given.texts, rounds=given.rounds, corpus=given.corpus, names=names)
    print(to_json(figures) if given.json else table(figures))
    return 0


def _bench_big(given: argparse.Namespace, names: Sequence[str]) -> int:
    from eval.bench_scale import bench_scale, table, to_json

    if not all(size.isdecimal() and int(size) for size in given.big.split(",")):
        raise MisuseError(f"--big {given.big}: expected whole numbers with commas, such as 10000,100000")
    print("measuring; some minutes for each 100,000 passages", file=sys.stderr)
    rows = bench_scale([int(size) for size in given.big.split(",")], corpus=given.corpus, names=names)
    print(to_json(rows) if given.json else table(rows))
    return 0


def check_least(option: str, value: int) -> None:
    """Raise MisuseError for a number below 1."""
    if value < 1:
        raise MisuseError(f"{option} {value}: expected at least 1")

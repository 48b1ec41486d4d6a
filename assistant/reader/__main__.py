"""`python -m assistant.reader`: trains a reader, writes it as a graph, and reads with it."""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.reader import train_command
from corpus.command import run
from corpus.document import Span
from corpus.errors import MisuseError
from index.settings import NO_READER, read_settings

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

INSTEAD = "give model.safetensors, as python -m assistant.reader train wrote it"


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.reader",
        description="A small model that finds the words that answer; one comes with the program. To use another: first "
        "train, then export, then set ASSISTANT_READER to the file.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    train_command.add(commands)
    _add_export(commands)
    _add_read(commands)
    given = parser.parse_args(arguments)
    return int(given.execute(given))


def _add_export(commands: "Subparsers") -> None:
    export = commands.add_parser(
        "export",
        help="write trained weights as a graph of 8 bits",
        description="Write trained weights as an ONNX graph of 8-bit weights, as ASSISTANT_READER takes it, and print "
        "its size and its SHA-256.",
    )
    export.add_argument(
        "--model", type=Path, required=True, metavar="FILE", help="model.safetensors, as train wrote it"
    )
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="the graph: reader.onnx")
    export.set_defaults(execute=_export)


def _add_read(commands: "Subparsers") -> None:
    read = commands.add_parser(
        "read",
        help="read a text for a question",
        description="Read a text for a question, and print the words that answer, how much speaks for them, and how "
        "much for there being no answer: log odds, 0 where both are as likely.",
    )
    read.add_argument("question", metavar="QUESTION", help="in English, as one asks it")
    read.add_argument("passage", type=Path, metavar="PASSAGE-FILE", help="a text file; - is standard input")
    read.add_argument(
        "--graph",
        type=Path,
        metavar="FILE",
        help="the graph, as export wrote it (ASSISTANT_READER, else the shipped one)",
    )
    read.add_argument("--json", action="store_true", help="the same as one JSON object")
    read.set_defaults(execute=_read)


def _export(given: argparse.Namespace) -> int:
    if not given.model.is_file():
        raise MisuseError(f"--model {given.model}: no such file; {INSTEAD}")
    if given.out.is_dir():
        raise MisuseError(f"--out {given.out}: a folder; give a file, such as reader.onnx")
    from assistant.reader.export import export
    from assistant.reader.model import load_model

    try:
        export(load_model(given.model), given.out)
    except OSError as error:
        raise MisuseError(f"--out {given.out}: {error.strerror}; give a file that can be written") from error
    graph = given.out.read_bytes()
    print(f"{given.out}: {len(graph):,} bytes, SHA-256 {hashlib.sha256(graph).hexdigest()}")
    return 0


def _read(given: argparse.Namespace) -> int:
    if not given.question.strip():
        raise MisuseError("the question is empty; ask something that the text may tell")
    passage = _text(given.passage)
    from assistant.reader.reading import graph_of, open_reader

    named = read_settings().reader
    graph = given.graph or graph_of("" if named == NO_READER else named)
    if not graph.is_file():
        raise MisuseError(f"--graph {graph}: no such file; give one that python -m assistant.reader export wrote")
    reading = open_reader(graph).read(given.question, passage)
    span, score = reading.best()
    if span is None:
        raise MisuseError(f"{given.passage}: no word in it; give a text")
    print(
        json.dumps(_told(passage, span, score, reading.not_there), ensure_ascii=False)
        if given.json
        else "\n".join(
            [
                span.of(passage),
                f"characters {span.start}–{span.end}, score {score:.2f}, not there {reading.not_there:.2f}",
            ]
        )
    )
    return 0


def _text(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"{path}: {error.strerror}; give a text file, or - for standard input") from error
    except UnicodeDecodeError as error:
        raise MisuseError(f"{path}: not UTF-8; make a text of it with: python -m corpus text {path}") from error


def _told(passage: str, span: Span, score: float, not_there: float) -> dict[str, Any]:
    where = {"start": span.start, "end": span.end}
    return {"answer": span.of(passage), **where, "score": round(score, 4), "not_there": round(not_there, 4)}


if __name__ == "__main__":
    raise SystemExit(run(main))

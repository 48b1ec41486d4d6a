"""`python -m corpus`: the canonical text of a document, and the project records in documents."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.command import run
from corpus.document import Document, Unreadable
from corpus.errors import CorpusError, MisuseError, UnreadableError
from corpus.projects import find_projects
from corpus.reading import find_files, read_document, read_paths
from corpus.record import Amount, Period, Project, to_json


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if a file could not be read."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus", description="Read documents into text and project records."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    text = commands.add_parser("text", help="print the canonical text of a document; every offset counts in it")
    text.add_argument("path", type=Path, metavar="PATH", help="a .txt, .md or .html file")
    records = commands.add_parser("records", help="print the project records found in documents")
    records.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="documents, or folders of documents")
    records.add_argument("--json", action="store_true", help="one JSON object a line")
    given = parser.parse_args(arguments)
    if given.command == "text":
        return _text(given.path)
    return _records(given.paths, given.json)


def _text(path: Path) -> int:
    if path.is_dir():
        raise MisuseError(
            f"{path} is a folder; give one document to print its text, or: python -m corpus records {path}"
        )
    ((source, found),) = find_files([path])
    try:
        sys.stdout.write(read_document(found, source).text)
    except UnreadableError as error:
        raise CorpusError(f"{path}: {error}") from error
    return 0


def _records(paths: Sequence[Path], as_json: bool) -> int:
    failed = 0
    for document in read_paths(paths):
        if isinstance(document, Unreadable):
            print(f"{document.source}: {document.reason}", file=sys.stderr)
            failed += 1
            continue
        for project in find_projects(document):
            if as_json:
                print(json.dumps(to_json(project, document.text), ensure_ascii=False))
            else:
                print(_card(project, document))
    return 1 if failed else 0


def _card(project: Project, document: Document) -> str:
    lines = [f"{project.title}  [{project.document} {project.span.start}–{project.span.end}]"]
    lines += [f"  {field.label}: {field.span.of(document.text)}" for field in project.fields]
    values: list[Period | Amount] = [*([project.period] if project.period else []), *project.amounts]
    lines += [f"  note: {value.note} ({value.text})" for value in values if value.note]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(run(main))

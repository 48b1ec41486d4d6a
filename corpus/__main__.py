"""`python -m corpus`: the text of a document, the project records in documents, and what a person should look at."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from corpus.check import Finding, check, to_json
from corpus.command import run
from corpus.document import Unreadable
from corpus.doubts import SEVERITIES
from corpus.errors import CorpusError, MisuseError, UnreadableError
from corpus.files import File, find_files
from corpus.listing import list_cards, list_json
from corpus.pool import nothing_to_read, wanted
from corpus.reading import read_file

NARROWEST = 100
"""Columns; a table of findings on a narrower terminal, or into a file, is as wide as this."""

Item = TypeVar("Item")


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if a file could not be read, or with `check --strict` if an error or warning was found."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus",
        description="Read documents into text and project records: plain text, Markdown, HTML, PDF, DOCX, ODT, "
        "registers as CSV, TSV, XLSX, ODS, JSON, JSON Lines or IATI XML, and folders and .zip archives of these.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    text = commands.add_parser("text", help="print the canonical text of a document; every offset counts in it")
    text.add_argument("path", type=Path, metavar="PATH", help="a document; of a register, all its rows")
    records = commands.add_parser("records", help="print the project records found in documents")
    records.add_argument(
        "paths", type=Path, nargs="+", metavar="PATH", help="documents, folders or archives of documents"
    )
    records.add_argument("--json", action="store_true", help="one JSON object a line")
    checks = commands.add_parser(
        "check",
        help="list what a person should look at, gravest first",
        description="List what a person should look at before trusting the records: unreadable files, impossible or "
        "missing dates, ambiguous amounts, duplicates, files that contradict each other, facts told by prose only.",
    )
    checks.add_argument(
        "paths", type=Path, nargs="+", metavar="PATH", help="documents, folders or archives of documents"
    )
    checks.add_argument("--json", action="store_true", help="one JSON object a line")
    checks.add_argument("--strict", action="store_true", help="exit 1 if there is an error or a warning")
    given = parser.parse_args(arguments)
    if given.command == "text":
        return _text(given.path)
    if given.command == "records":
        return _records(_files(given.paths), given.json)
    return _check(_files(given.paths), given.json, given.strict)


def _files(paths: Sequence[Path]) -> list[File]:
    files = wanted(find_files(paths), paths)
    if not files:
        raise CorpusError(nothing_to_read(paths))
    return files


def _text(path: Path) -> int:
    if path.is_dir():
        raise MisuseError(
            f"{path} is a folder; give one document to print its text, or: python -m corpus records {path}"
        )
    for file in find_files([path]):
        try:
            for reading in read_file(file):
                sys.stdout.write(reading.document.text)
        except UnreadableError as error:
            raise CorpusError(f"{path}: {error}") from error
    return 0


def _records(files: Sequence[File], as_json: bool) -> int:
    failed = 0
    for record in _counted((list_json if as_json else list_cards)(files), "record"):
        if isinstance(record, Unreadable):
            print(f"{record.source}: {record.reason}", file=sys.stderr)
            failed += 1
        else:
            print(record)
    return 1 if failed else 0


def _counted(items: Iterable[Item], unit: str) -> Iterator[Item]:
    """The items, counted on standard error where a person looks on and they do not come out there themselves."""
    from tqdm import tqdm

    quiet = not sys.stderr.isatty() or sys.stdout.isatty()
    return iter(tqdm(items, unit=f" {unit}s", disable=quiet))


def _check(files: Sequence[File], as_json: bool, strict: bool) -> int:
    if as_json:
        findings = []
        for finding in check(files):
            print(json.dumps(to_json(finding), ensure_ascii=False))
            findings.append(finding.severity)
    else:
        told = list(_counted(check(files), "finding"))
        findings = [finding.severity for finding in told]
        _print_table(told)
    counts = {severity: findings.count(severity) for severity in SEVERITIES}
    said = ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for severity, n in counts.items())
    print(f"{len(files)} file{'' if len(files) == 1 else 's'}: {said}", file=sys.stderr)
    return 1 if strict and (counts["error"] or counts["warning"]) else 0


def _print_table(findings: Sequence[Finding]) -> None:
    """Findings grouped by severity, the gravest first; within one, in order of files and lines."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if console.width < NARROWEST:
        console = Console(highlight=False, width=NARROWEST)
    for severity in SEVERITIES:
        group = [finding for finding in findings if finding.severity == severity]
        if not group:
            continue
        table = Table(title=f"{severity}s: {len(group)}", title_justify="left", box=box.SIMPLE_HEAD, expand=True)
        for name, ratio in (("where", 3), ("project", 3), ("text in question", 4), ("what", 4)):
            table.add_column(name, ratio=ratio, overflow="fold")
        for finding in group:
            table.add_row(*map(Text, (_where(finding), finding.project, finding.quote, _what(finding))))
        console.print(table)


def _where(finding: Finding) -> str:
    page = f" p. {finding.page}" if finding.page else ""
    return finding.source + (f":{finding.line}{page}" if finding.line else "")


def _what(finding: Finding) -> str:
    return finding.message if finding.kind in finding.message else f"{finding.kind}: {finding.message}"


if __name__ == "__main__":
    raise SystemExit(run(main))

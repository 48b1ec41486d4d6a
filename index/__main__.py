"""`python -m index`: build a store, say what it holds, search it, check it, free what it needs no more."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.command import run
from corpus.errors import MisuseError
from corpus.files import MEDIA_TYPES
from index.errors import repair
from index.settings import DEFAULT_STORE, Settings, read_settings

if TYPE_CHECKING:
    from index.filters import Filters
    from index.sync import Report

LEGS = {"hybrid": ("words", "dense"), "words": ("words",), "dense": ("dense",)}
MOST_DAYS = 36_500
CONDITIONS = (
    ("project", "ID", "in this project"),
    ("document", "SOURCE", "in this document"),
    ("language", "CODE", "in documents of this language, ISO 639-1"),
    ("organisation", "NAME", "in projects with this organisation"),
    ("role", "ROLE", "with that organisation, or any, in this role: funder, partner, …"),
    ("place", "NAME", "in projects at this place"),
    ("country", "CODE", "in projects in this country, ISO 3166-1 alpha-2"),
    ("since", "DATE", "in projects that went on until this date or later: 2014, 2014-03, 2014-03-31"),
    ("until", "DATE", "in projects that had begun by this date"),
    ("least", "AMOUNT", "in projects with an amount of this or more"),
    ("most", "AMOUNT", "in projects with an amount of this or less"),
    ("currency", "CODE", "that amount in this currency, ISO 4217"),
)


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if a file could not be read, or the store does not agree with itself."""
    given = _parser().parse_args(arguments)
    settings = read_settings(given.store)
    if given.command == "build":
        return _build(settings, given)
    if given.command == "status":
        return _status(settings, given.json)
    if given.command == "verify":
        return _verify(settings, given.repair, given.json)
    if given.command == "vacuum":
        return _vacuum(settings, given.conversations, given.json)
    return _search(settings, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="The store: build it, look at it, search it.")
    commands = parser.add_subparsers(dest="command", required=True)
    built = commands.add_parser(
        "build", help="sync the store to documents: reads what is new or changed, forgets what is gone"
    )
    built.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="documents, folders or archives of documents; without any, those of the last build",
    )
    built.add_argument("--rebuild", action="store_true", help="read and embed everything anew")
    built.add_argument("--lenient", action="store_true", help="exit 0 although some files could not be read")
    status = commands.add_parser("status", help="what the store holds")
    search = commands.add_parser("search", help="the passages that fit a query best, best first")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--top", type=int, default=5, metavar="N", help="how many passages (5)")
    search.add_argument(
        "--by", choices=list(LEGS), default="hybrid", help="by words, by meaning (dense), or both (hybrid)"
    )
    for name, value, meaning in CONDITIONS:
        search.add_argument(f"--{name}", metavar=value, help=f"only {meaning}")
    verify = commands.add_parser("verify", help="does the store agree with itself; exit 1 and say where if not")
    verify.add_argument("--repair", action="store_true", help="make words and vectors again where they do not")
    vacuum = commands.add_parser("vacuum", help="free what no generation of the store needs")
    vacuum.add_argument(
        "--conversations",
        type=int,
        metavar="DAYS",
        help="forget conversations in which nothing was asked for so many days (without this, none)",
    )
    for command in (built, status, search, verify, vacuum):
        command.add_argument(
            "--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})"
        )
        command.add_argument("--json", action="store_true", help="JSON on standard output")
    return parser


def _build(settings: Settings, given: argparse.Namespace) -> int:
    from corpus.forks import start_early

    start_early()
    from index.roots import remembered
    from index.sync import build

    report = build(settings, given.paths or remembered(settings), rebuild=given.rebuild, progress=sys.stderr.isatty())
    print(json.dumps(asdict(report), ensure_ascii=False) if given.json else _summary(report, settings))
    return 1 if report.failed and not given.lenient else 0


def _summary(report: "Report", settings: Settings) -> str:
    for failure in report.failed:
        print(f"failed: {failure.source}: {failure.reason}", file=sys.stderr)
    if report.skipped:
        kinds = Counter(Path(source).suffix.lower() or "no ending" for source in report.skipped)
        counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        print(f"skipped: {counts} (what is read ends in {' '.join(sorted(MEDIA_TYPES))})", file=sys.stderr)
    if report.left_out:
        print(f"left out by staff, not read: {', '.join(report.left_out)}", file=sys.stderr)
    uploaded = f"; and {report.uploaded} uploaded document{'s' * (report.uploaded != 1)}" if report.uploaded else ""
    names = ("added", "changed", "removed", "unchanged", "failed")
    return (
        ", ".join(f"{len(getattr(report, name))} {name}" for name in names)
        + f"{uploaded}; {report.embedded} passages embedded\n"
        + f"{settings.store} holds {report.documents} documents, {report.projects} projects, {report.passages} passages"
    )


def _status(settings: Settings, as_json: bool) -> int:
    from index.store import Store

    store = Store(settings)
    held = {
        "store": str(settings.store),
        "generation": store.generation,
        "embedding_model": store.model.fingerprint,
        **store.counts(),
        "languages": store.languages(),
    }
    shown = "\n".join(f"{key}: {value}" for key, value in held.items())
    print(json.dumps(held, ensure_ascii=False) if as_json else shown)
    return 0


def _search(settings: Settings, given: argparse.Namespace) -> int:
    from index.store import Store

    if not given.query.strip():
        raise MisuseError("the query is empty; give some words to search for")
    if given.top < 1:
        raise MisuseError(f"--top {given.top}: give 1 or more")
    store = Store(settings)
    for hit in store.search(given.query, given.top, _filters(given), legs=LEGS[given.by]):
        passage = hit.passage
        source = store.facts_of(passage)["source"]
        if given.json:
            row = {"rank": hit.rank, "score": round(hit.score, 4), "document": source, "project_id": passage.project_id}
            row |= {"start": passage.span.start, "end": passage.span.end, "page": passage.page, "text": passage.text}
            print(json.dumps(row, ensure_ascii=False))
        else:
            where = f"{source} {passage.span.start}–{passage.span.end}"
            print(f"{hit.rank}. {hit.score:.3f}  {where}  {passage.project_id or ''}")
            print(f"   {' '.join(passage.text.split())}\n")
    return 0


def _filters(given: argparse.Namespace) -> "Filters | None":
    from index.filters import Filters

    told = {name: getattr(given, name) for name, _, _ in CONDITIONS if getattr(given, name) is not None}
    if not told:
        return None
    for name in ("project", "document"):
        if name in told:
            told[f"{name}s"] = (told.pop(name),)
    for name in ("least", "most"):
        if name in told:
            try:
                told[name] = Decimal(told[name])
            except InvalidOperation as error:
                raise MisuseError(f"--{name} {told[name]}: expected a number such as 250000 or 1234.50") from error
    return Filters(**told)


def _verify(settings: Settings, mend: bool, as_json: bool) -> int:
    from index.verify import repair as make_again
    from index.verify import verify

    findings = verify(settings)
    if findings and mend:
        for finding in findings:
            print(f"found: {finding.part}: {finding.problem}", file=sys.stderr)
        make_again(settings)
        findings = verify(settings)
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    elif findings:
        print("\n".join(f"{finding.part}: {finding.problem}" for finding in findings))
        if not mend:
            print(f"mend it with: {repair(settings.store)}", file=sys.stderr)
    else:
        print(f"{settings.store} agrees with itself")
    return 1 if findings else 0


def _vacuum(settings: Settings, conversation_days: int | None, as_json: bool) -> int:
    from index.vacuum import vacuum

    if conversation_days is not None and not 0 <= conversation_days <= MOST_DAYS:
        raise MisuseError(f"--conversations {conversation_days}: expected a number of days from 0 to {MOST_DAYS:,}")
    freed = vacuum(settings, conversation_days=conversation_days)
    forgotten = "" if conversation_days is None else f"{freed.conversations} conversations forgotten, "
    shown = f"{freed.documents} documents dropped, {forgotten}{freed.bytes:,} bytes freed"
    print(json.dumps(asdict(freed)) if as_json else shown)
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

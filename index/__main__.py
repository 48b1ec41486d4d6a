"""`python -m index`: build a store, say what it holds, search it."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.command import run
from corpus.errors import MisuseError
from corpus.files import MEDIA_TYPES
from index.settings import DEFAULT_STORE, Settings, read_settings
from index.sync import Report, build


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if a file could not be read."""
    parser = argparse.ArgumentParser(prog="python -m index", description="The store: build it, look at it, search it.")
    commands = parser.add_subparsers(dest="command", required=True)
    built = commands.add_parser(
        "build", help="sync the store to documents: reads what is new or changed, forgets what is gone"
    )
    built.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="documents, folders or archives of documents"
    )
    built.add_argument("--rebuild", action="store_true", help="forget what the store holds first")
    built.add_argument("--lenient", action="store_true", help="exit 0 although some files could not be read")
    status = commands.add_parser("status", help="what the store holds")
    search = commands.add_parser("search", help="the passages nearest to a query, best first")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--top", type=int, default=5, metavar="N", help="how many passages (5)")
    for command in (built, status, search):
        command.add_argument(
            "--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})"
        )
        command.add_argument("--json", action="store_true", help="JSON on standard output")
    given = parser.parse_args(arguments)
    settings = read_settings(given.store)
    if given.command == "build":
        report = build(settings, given.paths, rebuild=given.rebuild, progress=sys.stderr.isatty())
        print(json.dumps(asdict(report), ensure_ascii=False) if given.json else _summary(report, settings))
        return 1 if report.failed and not given.lenient else 0
    if given.command == "status":
        return _status(settings, given.json)
    return _search(settings, given.query, given.top, given.json)


def _summary(report: Report, settings: Settings) -> str:
    for failure in report.failed:
        print(f"failed: {failure.source}: {failure.reason}", file=sys.stderr)
    if report.skipped:
        kinds = Counter(Path(source).suffix.lower() or "no ending" for source in report.skipped)
        counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        print(f"skipped: {counts} (what is read ends in {' '.join(sorted(MEDIA_TYPES))})", file=sys.stderr)
    names = ("added", "changed", "removed", "unchanged", "failed")
    return (
        ", ".join(f"{len(getattr(report, name))} {name}" for name in names)
        + f"; {report.embedded} passages embedded\n"
        + f"{settings.store} holds {report.documents} documents, {report.projects} projects, {report.passages} passages"
    )


def _status(settings: Settings, as_json: bool) -> int:
    from index.store import Store

    store = Store(settings)
    held = {
        "store": str(settings.store),
        "generation": store.generation,
        "embedding_model": store.model.fingerprint,
        "documents": len(store.documents),
        "projects": len(store.projects),
        "passages": len(store.passages()),
        "languages": dict(Counter(document.language for document in store.documents.values())),
    }
    print(
        json.dumps(held, ensure_ascii=False) if as_json else "\n".join(f"{key}: {value}" for key, value in held.items())
    )
    return 0


def _search(settings: Settings, query: str, top: int, as_json: bool) -> int:
    from index.store import Store

    if not query.strip():
        raise MisuseError("the query is empty; give some words to search for")
    if top < 1:
        raise MisuseError(f"--top {top}: give 1 or more")
    store = Store(settings)
    for hit in store.search(query, top):
        passage = hit.passage
        source = store.documents[passage.document_id].source
        if as_json:
            row = {"rank": hit.rank, "score": round(hit.score, 4), "document": source, "project_id": passage.project_id}
            row |= {"start": passage.span.start, "end": passage.span.end, "text": passage.text}
            print(json.dumps(row, ensure_ascii=False))
        else:
            where = f"{source} {passage.span.start}–{passage.span.end}"
            print(f"{hit.rank}. {hit.score:.3f}  {where}  {passage.project_id or ''}")
            print(f"   {' '.join(passage.text.split())}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

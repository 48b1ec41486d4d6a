"""`python -m eval check`: what it takes, and what it prints."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from eval.json_lines import KEPT, read_lines
from eval.lines import Line, Mistake
from eval.qa import SHIPPED
from eval.validate import INSTEAD, examine
from index.settings import read_settings
from index.store import Store

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


class Checked(NamedTuple):
    """A file with its lines and all that was found, mistakes and warnings, in order of lines."""

    path: Path
    lines: Sequence[Line]
    found: Sequence[Mistake]

    @property
    def mistakes(self) -> int:
        """How many mistakes there are, warnings aside."""
        return sum(not one.is_warning for one in self.found)


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    check = commands.add_parser(
        "check",
        help="list every mistake in sets of questions, by line and field",
        description="List every mistake in files of questions, with line and field, and exit 1 if there is one; else "
        "say what the set holds. Warnings, which change nothing, are what a person should look at. A field is written "
        "as sources[1].quote: numbers in brackets count from 0, so that this is the quote of the second source.",
    )
    check.add_argument("paths", type=Path, nargs="+", metavar="FILE", help="sets of questions, JSON Lines, .gz too")
    check.add_argument(
        "--store", metavar="DIR",
        help="look every source up in this store too: documents, quotes and projects that it does not hold are named "
        "with what comes nearest",
    )  # fmt: skip
    check.add_argument(
        "--originals", type=Path, default=SHIPPED, metavar="FILE",
        help="where the questions are that FILE says in other words and does not hold (the set over the sample corpus)",
    )  # fmt: skip
    check.add_argument("--json", action="store_true", help="one JSON object a line for each file")
    check.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    store = Store(read_settings(given.store)) if given.store else None
    checked = [_checked(path, given.originals, store) for path in given.paths]
    for one in checked:
        print(json.dumps(_to_json(one), ensure_ascii=False) if given.json else _told(one))
    mistakes, warnings = sum(one.mistakes for one in checked), sum(len(one.found) - one.mistakes for one in checked)
    counted = [_number(mistakes, "mistake"), _number(warnings, "warning")]
    print(f"{_number(len(checked), 'file')}: {', '.join(counted)}", file=sys.stderr)
    return 1 if mistakes else 0


def _checked(path: Path, originals: Path, store: Store | None) -> Checked:
    from eval.doubts import doubts_of
    from eval.sources import source_mistakes

    lines, mistakes = examine(read_lines(path, INSTEAD, KEPT), originals)
    found = [*mistakes, *(source_mistakes(store, lines) if store else []), *doubts_of(lines)]
    return Checked(path, lines, sorted(found, key=lambda one: one.line))


def _told(checked: Checked) -> str:
    said = [f"{'warning: ' if one.is_warning else ''}{one.told(checked.path)}" for one in checked.found]
    return "\n".join(said if checked.mistakes else [*said, f"{checked.path}: {_summary(counts(checked.lines))}"])


def _summary(held: dict[str, Any]) -> str:
    """What a set holds, in words."""
    parts = [
        f"{_number(held['questions'], 'question')}, {held['answerable']} answerable and {held['unanswerable']} not",
        f"{held['wordings']} ask another in other words",
        f"{held['follow_ups']} go on with a conversation",
        f"{held['reviewed']} reviewed",
        *(f"{name}: {', '.join(f'{one} {n}' for one, n in held[name].items())}" for name in ("kinds", "languages")),
    ]
    return "\n  ".join(parts)


def counts(lines: Sequence[Line]) -> dict[str, Any]:
    """How many questions there are of which kinds; the most first."""
    each = [line.whole for line in lines]
    answerable = sum(one.get("answerable") is True for one in each)
    return {
        "questions": len(each),
        "answerable": answerable,
        "unanswerable": len(each) - answerable,
        "wordings": sum("of" in one for one in each),
        "follow_ups": sum(bool(one.get("history")) for one in each),
        "reviewed": sum("reviewed" in line.given for line in lines),
        "kinds": dict(Counter(str(one.get("kind")) for one in each).most_common()),
        "languages": dict(Counter(str(one.get("language")) for one in each).most_common()),
    }


def _to_json(checked: Checked) -> dict[str, Any]:
    found: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for one in checked.found:
        found[one.is_warning].append({"line": one.line, "field": one.field, "message": one.message})
    return {"file": str(checked.path), **counts(checked.lines), "mistakes": found[False], "warnings": found[True]}


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

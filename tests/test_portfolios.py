"""Portfolios of invented organisations in every format, scored field by field against what a person read from them.

Their writers had not seen the program. The floors are a little below what is reached now, and far above what a first
run over each lot gave (in `FIRST_RUN`), since what that run got wrong was then mended: no figure here is a promise for
portfolios that nobody has seen; the first runs are the better guess.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.files import find_files
from corpus.reading import read_file
from corpus.record import Project
from corpus.words import words

FOLDER = Path(__file__).parent / "portfolios"
FIRST_RUN = {
    "lot one, 12 portfolios, 99 records": {
        "record": (0.727, 0.857),
        "period": (0.723, 0.986),
        "amount": (0.777, 0.967),
    },
    "lot two, 12 portfolios, 97 records": {
        "record": (0.649, 0.851),
        "period": (0.589, 0.889),
        "amount": (0.617, 0.959),
    },
}
"""Recall and precision when the program first met them."""
FLOORS = {
    "record": (0.95, 0.95),
    "period": (0.91, 0.95),
    "amount": (0.89, 0.91),
    "organisation": (0.87, 0.91),
    "reference": (0.88, 0.87),
}
"""Recall and precision over both lots together."""

Key = tuple[object, ...]
Found = list[tuple[str, Document, Project]]


def folded(name: str) -> str:
    return " ".join(words(name))


@cache
def read(name: str) -> Found:
    found: Found = []
    for file in find_files([FOLDER / name / "docs"]):
        try:
            found += [(file.source, one.document, project) for one in read_file(file) for project in one.projects]
        except UnreadableError:
            continue
    return found


def expected_values(record: dict[str, Any]) -> dict[str, list[Key]]:
    period, reference = record["period"], record["reference"]
    return {
        "period": [(period["start"], period["end"])] if period else [],
        "amount": [(a["amount"] and float(a["amount"]), a["currency"], a["role"]) for a in record["amounts"]],
        "organisation": [(folded(o["name"]), o["role"]) for o in record["organisations"]],
        "reference": [(folded(reference),)] if reference else [],
    }


def found_values(project: Project) -> dict[str, list[Key]]:
    """What was read, but for groups of people helped, which the expectations leave out, and periods without a date."""
    period = project.period if project.period and (project.period.start or project.period.end) else None
    return {
        "period": [(period.start, period.end)] if period else [],
        "amount": [(a.amount and float(a.amount), a.currency, a.role) for a in project.amounts],
        "organisation": [(folded(o.name), o.role) for o in project.organisations if "prose" not in o.note],
        "reference": [(folded(project.reference),)] if project.reference else [],
    }


def match(record: dict[str, Any], found: Found, used: set[int]) -> int | None:
    """The found record of a title, best the one with the same amounts: grants may share a title."""
    names = {folded(record["title"]), folded(record.get("title_also") or record["title"])}
    amounts = expected_values(record)["amount"]

    def likeness(index: int) -> tuple[int, bool]:
        project = found[index][2]
        return sum(one in amounts for one in found_values(project)["amount"]), folded(project.title) in names

    alike = [
        index
        for index, (source, _, project) in enumerate(found)
        if index not in used
        and source == record["document"]
        and names & {folded(n) for n in (project.title, *project.aliases)}
    ]
    return max(alike, key=likeness, default=None)


def scores(name: str) -> Iterator[tuple[str, int, int, int]]:
    """(field, hits, expected, found) for one portfolio."""
    wanted = json.loads((FOLDER / name / "expected.json").read_text(encoding="utf-8"))
    found, used = read(name), set[int]()
    for record in wanted["records"]:
        index = match(record, found, used)
        told = found_values(found[index][2]) if index is not None else {}
        used |= {index} if index is not None else set()
        yield "record", int(index is not None), 1, 0
        for field, values in expected_values(record).items():
            there = told.get(field, [])
            hits = sum((Counter(values) & Counter(there)).values())
            yield field, hits, len(values), len(there)
    either = {folded(title) for title in wanted.get("either", [])}
    extra = [i for i, (_, _, project) in enumerate(found) if i not in used and folded(project.title) not in either]
    yield "record", 0, 0, len(used) + len(extra)


@pytest.fixture(scope="module")
def totals() -> dict[str, tuple[int, int, int]]:
    """Add up hits, expected and found over all portfolios."""
    added: dict[str, list[int]] = {}
    for folder in sorted(FOLDER.iterdir()):
        for field, *counts in scores(folder.name):
            sums = added.setdefault(field, [0, 0, 0])
            for at, count in enumerate(counts):
                sums[at] += count
    return {field: (sums[0], sums[1], sums[2]) for field, sums in added.items()}


@pytest.mark.parametrize("field", FLOORS)
def test_enough_is_found_and_little_else(totals: dict[str, tuple[int, int, int]], field: str) -> None:
    hits, expected, found = totals[field]
    recall, precision = FLOORS[field]
    assert expected >= 70
    assert hits / expected >= recall
    assert hits / found >= precision


def test_headings_that_are_no_projects_are_not_taken_for_some() -> None:
    taken = [(folder.name, title) for folder in sorted(FOLDER.iterdir()) for title in taken_for_projects(folder.name)]
    assert len(taken) <= 4, taken


def taken_for_projects(name: str) -> Sequence[str]:
    wanted = json.loads((FOLDER / name / "expected.json").read_text(encoding="utf-8"))
    traps = {folded(title) for title in wanted["not_records"]}
    real = {folded(record["title"]) for record in wanted["records"]}
    return [project.title for _, _, project in read(name) if folded(project.title) in traps - real]

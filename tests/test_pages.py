"""Thirteen small corpora of invented organisations, each built in another way; their records have to come apart.

They were written without knowledge of the program, in two lots. The first eight helped to shape it; the other five were
unseen when it first ran over them, and what it got wrong there was then mended, so they are unseen no longer.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Unreadable
from corpus.pool import read_paths
from corpus.projects import find_projects
from corpus.record import Project
from corpus.words import fold

PAGES = Path(__file__).parent / "pages"
# Values of fields a label gives that are found, of those a person listed; what is missing has no label or no colon.
LEAST_FIELDS = {"uplands": 0.8, "coastwatch": 0.9}
PROSE_ONLY = {"plain-prose"}


def _found(name: str) -> list[tuple[Document, Project]]:
    documents = [one.document for one in read_paths([PAGES / name / "docs"]) if not isinstance(one, Unreadable)]
    return [(document, project) for document in documents for project in find_projects(document)]


def _expected(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))["records"]
    return records


def _values(record: dict[str, Any]) -> list[str]:
    return [v for value in record["fields"].values() for v in (value if isinstance(value, list) else [value])]


LABELLED = sorted(folder.name for folder in PAGES.iterdir() if folder.name not in PROSE_ONLY)


@pytest.mark.parametrize("name", LABELLED)
def test_every_project_and_nothing_else_is_a_record(name: str) -> None:
    found = {(document.source, fold(project.title)) for document, project in _found(name)}
    titles = [(r["document"], {fold(r["title"]), fold(r.get("title_also", r["title"]))}) for r in _expected(name)]
    assert [names for source, names in titles if not any((source, title) in found for title in names)] == []
    assert [one for one in found if not any(one[0] == source and one[1] in names for source, names in titles)] == []


@pytest.mark.parametrize("name", LABELLED)
def test_labelled_fields_keep_their_words_within_the_right_record(name: str) -> None:
    by_title = {(document.source, fold(project.title)): (document, project) for document, project in _found(name)}
    hits = wanted = 0
    for record in _expected(name):
        titles = (record["title"], record.get("title_also", record["title"]))
        document, project = next(by_title[key] for t in titles if (key := (record["document"], fold(t))) in by_title)
        kept = [fold(field.span.of(document.text)) for field in project.fields]
        for value in _values(record):
            wanted += 1
            hits += any(fold(value) in one for one in kept)
    assert hits / wanted >= LEAST_FIELDS.get(name, 1.0)


@pytest.mark.parametrize("name", sorted(PROSE_ONLY))
def test_prose_without_labels_gives_records_only_of_projects(name: str) -> None:
    wanted = {(record["document"], record["title"]) for record in _expected(name)}
    found = {(document.source, project.title) for document, project in _found(name)}
    assert found <= wanted
    assert len(found) >= 4

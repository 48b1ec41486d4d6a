"""The law of offsets over whole corpora: the words of every field of every record are those at its span."""

from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest

from corpus.document import Span
from corpus.errors import UnreadableError
from corpus.files import find_files
from corpus.reading import read_file
from corpus.record import Amount, Organisation, Period, Place, Project, Reading

CORPORA = [
    *("corpus/sample", "tests/pages"),
    *("../shared/seed", "../shared/data/epm", "../shared/data/croatia", "../shared/data/worldbank"),
]
MOST_DOCUMENTS = 100
"""Of a corpus; the largest has a thousand rows in each."""


def readings(folder: Path) -> Iterator[Reading]:
    for file in find_files([folder]):
        if file.media_type:
            try:
                yield from read_file(file)
            except UnreadableError:
                continue


def values_of(project: Project) -> list[Period | Amount | Organisation | Place]:
    return [
        *([project.period] if project.period else []),
        *project.amounts,
        *project.organisations,
        *project.places,
    ]


def faults(reading: Reading) -> list[str]:
    """What is wrong with the spans of one document's records."""
    text, found = reading.document.text, []

    def must_lie(span: Span, project: Project) -> None:
        if not (0 <= span.start < span.end <= len(text) and project.span.holds(span)):
            found.append(f"{project.title}: {span} is not within {project.span}")

    for one, following in pairwise(reading.projects):
        if one.span.end > following.span.start:
            found.append(f"{one.title} runs into {following.title}")
    for project in reading.projects:
        for value in values_of(project):
            must_lie(value.span, project)
            if value.span.of(text) != value.text:
                found.append(f"{project.title}: {value.text!r} is {value.span.of(text)!r} at {value.span}")
        for field in project.fields:
            must_lie(field.span, project)
            must_lie(field.whole, project)
        if project.title_span and " ".join(project.title_span.of(text).split()) != project.title:
            found.append(f"{project.title!r} is not at {project.title_span}")
    return found


@pytest.mark.parametrize("name", CORPORA)
def test_every_field_of_every_record_gives_its_words_back(root: Path, name: str) -> None:
    folder = root / name
    if not folder.exists():
        pytest.skip(f"{name} is not part of this project and not at hand")
    records = 0
    for reading in islice(readings(folder), MOST_DOCUMENTS):
        assert faults(reading) == []
        records += len(reading.projects)
    assert records >= 15

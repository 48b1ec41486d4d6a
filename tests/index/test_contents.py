"""What the catalogue holds: what goes in comes out, is seen by its generations only, and goes with its document."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from corpus.document import Block, Document, Span
from corpus.pool import read_paths
from corpus.record import Amount, Field, Organisation, Period, Place, Project
from index import contents
from index.catalogue import open_catalogue
from index.contents import Found
from index.passages import Passage
from index.settings import Settings
from index.tables import amounts, fields, metadata, passages

TEXT = "Lămpi\n\nBudget: 300 EUR"
BLOCK = Block(Span(7, 22), "row", 0, (Span(7, 14), Span(15, 22)))
DOCUMENT = Document("d1", "lamps.txt", "text/plain", "Lămpi", "ro", "0" * 64, TEXT, (BLOCK,), (0, 7), ("a note",))
PROJECT = Project(
    id="lampi",
    title="Lămpi",
    title_span=Span(0, 5),
    aliases=("Lamps",),
    document="lamps.txt",
    span=Span(0, 22),
    language="ro",
    description="",
    period=Period("2011", None, "2011", Span(0, 1), "no end is given"),
    amounts=(
        Amount("300", "EUR", "budget", "300 EUR", Span(15, 22), "", "all"),
        Amount(None, None, "grant", "x", Span(0, 1)),
    ),
    organisations=(Organisation("Fund", "funder", "Fund", Span(0, 1), "RO", "why"),),
    places=(Place("Iași", "RO", "Iași", Span(1, 2), ""),),
    reference="L-1",
    fields=(Field("amount", "budget", "Budget", Span(15, 22), Span(7, 22), "prose"),),
)
PASSAGE = Passage("d1:0-5", "d1", "lampi", Span(0, 5), "Lămpi", 1, key=1)
FOUND = Found(DOCUMENT, [PROJECT], [PASSAGE], ["Lămpi"], [7])


def other(number: int) -> Found:
    document = replace(DOCUMENT, id=f"d{number}", source=f"{number}.txt")
    project = replace(PROJECT, id=f"lampi--{number}", document=document.source)
    passage = replace(PASSAGE, id=f"d{number}:0-5", document_id=document.id, project_id=project.id)
    return Found(document, [project], [passage], [""], [number])


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Open a new catalogue that holds one document from generation 1 on."""
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.engine.begin() as connection:
        contents.write(connection, [FOUND], 1)
        yield connection


def test_what_was_written_is_read_back_equal(connection: Connection) -> None:
    assert contents.read_documents(connection, 1) == [DOCUMENT]
    assert contents.read_projects(connection, 1) == [PROJECT]
    assert contents.all_passages(connection, 1) == [PASSAGE]
    assert contents.files_of(connection, 1) == {"lamps.txt": ([1], "0" * 64)}
    assert contents.project_ids(connection, 1) == {"lamps.txt": {"lampi"}}


def test_words_and_label_stand_beside_a_value(connection: Connection) -> None:
    span = PROJECT.fields[0].span
    assert connection.execute(select(amounts.c.label)).scalars().all() == ["Budget", ""]
    assert connection.execute(select(fields.c.value)).scalars().all() == [span.of(DOCUMENT.text)]
    long = replace(DOCUMENT, id="long", text="x" * 900)
    project = replace(PROJECT, id="long", fields=(replace(PROJECT.fields[0], span=Span(0, 900), whole=Span(0, 900)),))
    contents.write(connection, [Found(long, [project], [], [], [])], 1)
    assert connection.execute(select(fields.c.value).order_by(fields.c.project)).scalars().all()[1] == ""


def test_every_record_of_the_sample_comes_back_equal(sample: Path, tmp_path: Path) -> None:
    readings = [reading for reading in read_paths([sample]) if not hasattr(reading, "reason")]
    found = [Found(one.document, one.projects, [], [], []) for one in readings]
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.transaction() as connection:
        contents.write(connection, found, 1)
        assert {one.id: one for one in contents.read_documents(connection, 1)} == {
            one.document.id: one.document for one in readings
        }
        projects = {project.id: project for one in readings for project in one.projects}
        assert len(projects) == 15
        assert {project.id: project for project in contents.read_projects(connection, 1)} == projects


def test_a_document_is_seen_from_the_generation_that_added_it_until_the_one_that_removed_it(
    connection: Connection,
) -> None:
    contents.write(connection, [other(2)], 3)
    contents.remove(connection, [2], 5)
    seen = {g: {d.id for d in contents.read_documents(connection, g)} for g in (0, 1, 2, 3, 4, 5)}
    assert seen == {0: set(), 1: {"d1"}, 2: {"d1"}, 3: {"d1", "d2"}, 4: {"d1", "d2"}, 5: {"d1"}}
    assert contents.passage_rows(connection, 4).keys.tolist() == [1, 2]
    assert contents.passage_rows(connection, 5).keys.tolist() == [1]
    assert contents.counts(connection, 4) == {"documents": 2, "projects": 2, "passages": 2}


def test_what_an_unfinished_attempt_left_is_never_seen_and_is_to_be_swept(connection: Connection) -> None:
    contents.write(connection, [other(2)], 2)
    assert contents.has_leftovers(connection, 1)
    contents.forget_attempts(connection, 1, 3)
    assert {d.id for d in contents.read_documents(connection, 3)} == {"d1"}
    assert contents.unswept(connection, 3).tolist() == [2]
    contents.mark_swept(connection, 3)
    assert contents.unswept(connection, 3).tolist() == []
    assert not contents.has_leftovers(connection, 3)


def test_a_dropped_document_takes_all_that_was_found_in_it_along(connection: Connection) -> None:
    contents.remove(connection, [1], 2)
    assert contents.drop_removed(connection, 1) == 0
    assert contents.drop_removed(connection, 2) == 1
    left = {
        t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables
    }
    assert {name for name, count in left.items() if count} == {"store"}


def test_keys_are_not_given_out_again_when_their_rows_are_gone(connection: Connection) -> None:
    contents.remove(connection, [1], 1)
    contents.drop_removed(connection, 1)
    (keys,) = contents.write(connection, [other(2)], 2)
    assert keys.tolist() == [2]


def test_more_keys_can_be_asked_for_than_a_statement_may_have_values(connection: Connection) -> None:
    assert list(contents.read_passages(connection, range(100_000))) == [1]


def test_a_passage_of_no_document_cannot_be_written(connection: Connection) -> None:
    row = {"key": 9, "document": 77, "start": 0, "end": 1, "context": "", "text": "x", "digest": 0}
    with pytest.raises(IntegrityError):
        connection.execute(passages.insert().values(row))


def test_rows_tell_what_passages_belong_to(connection: Connection) -> None:
    contents.write(connection, [replace(other(2), projects=[])], 1)
    rows = contents.passage_rows(connection, 1)
    assert (rows.keys.tolist(), rows.documents.tolist(), rows.projects.tolist()) == ([1, 2], [1, 2], [1, 0])
    assert rows.keys.dtype == np.int64


def test_texts_come_in_order_of_key_with_what_stands_before_them(connection: Connection) -> None:
    contents.write(connection, [other(2)], 1)
    ((first, second),) = contents.texts_of(connection, np.array([1, 2]))
    assert (first.key, first.context, first.text, first.language) == (1, "Lămpi", "Lămpi", "ro")
    assert (second.document, second.project) == ("2.txt", "lampi--2")

"""The catalogue: what goes in comes out, and goes with its document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from corpus.document import Document, Span
from corpus.record import Amount, Field, Organisation, Period, Project
from index import catalogue
from index.passages import Passage

TEXT = "Lămpi\n\nBudget: 300 EUR"
DOCUMENT = Document("d1", "lamps.txt", "text/plain", "Lămpi", "ro", "0" * 64, TEXT, (), (0, 7))
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
    amounts=(Amount("300", "EUR", "budget", "300 EUR", Span(15, 22)),),
    organisations=(Organisation("Fund", "funder", "Fund", Span(0, 1)),),
    fields=(Field("amount", "budget", "Budget", Span(15, 22), Span(7, 22)),),
)
PASSAGE = Passage("d1:0-5", "d1", "lampi", Span(0, 5), "Lămpi")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Open a new catalogue that holds one document."""
    engine = catalogue.open_catalogue(tmp_path, create=True)
    with engine.begin() as opened:
        catalogue.write_document(opened, DOCUMENT, [PROJECT], [PASSAGE])
        yield opened
    engine.dispose()


def test_what_was_written_is_read_back_equal(connection: Connection) -> None:
    assert catalogue.read_documents(connection) == [DOCUMENT]
    assert catalogue.read_projects(connection) == [PROJECT]
    assert catalogue.read_passages(connection) == [PASSAGE]
    assert catalogue.read_digests(connection) == {"lamps.txt": ("d1", "0" * 64)}


def test_a_passage_s_text_is_cut_from_its_document(connection: Connection) -> None:
    catalogue.write_document(
        connection, Document("d2", "b.txt", "text/plain", "", "en", "1" * 64, "abcdef", ()), [],
        [Passage("d2:1-3", "d2", None, Span(1, 3), "not what the document says")],
    )  # fmt: skip
    assert [passage.text for passage in catalogue.read_passages(connection, ["d2:1-3"])] == ["bc"]


def test_projects_and_passages_go_with_their_document(connection: Connection) -> None:
    catalogue.remove_documents(connection, ["d1"])
    assert catalogue.read_documents(connection) == []
    assert catalogue.read_projects(connection) == []
    assert catalogue.passage_ids(connection) == []


def test_more_ids_can_be_asked_for_than_a_statement_may_have_values(connection: Connection) -> None:
    ids = [f"no-such-{number}" for number in range(50_000)]
    assert catalogue.read_passages(connection, [*ids, "d1:0-5"]) == [PASSAGE]
    catalogue.remove_documents(connection, [*ids, "d1"])
    assert catalogue.read_documents(connection) == []


def test_a_passage_of_no_document_cannot_be_written(connection: Connection) -> None:
    with pytest.raises(IntegrityError):
        connection.execute(
            catalogue.passages_table.insert().values(id="x", document_id="none", project_id=None, start=0, end=1)
        )


def test_a_fact_written_twice_has_its_last_value(connection: Connection) -> None:
    for value in ("1", "2"):
        catalogue.write_fact(connection, "generation", value)
    assert catalogue.read_fact(connection, "generation") == "2"
    assert catalogue.read_fact(connection, "nothing") is None
    assert catalogue.read_fact(connection, "schema_version") == catalogue.SCHEMA_VERSION

"""What a file holds now: its documents, several for a register, and where a project of it stands. Knows no vectors."""

from sqlalchemy import Connection, select

from corpus.document import Document, Span
from index.contents import visible
from index.selection import read_texts
from index.tables import documents, projects


def read_parts(connection: Connection, generation: int, file: str) -> list[Document]:
    """The documents of a file, in order, without their blocks; none where a generation does not see the file."""
    query = select(documents.c.source).where(visible(generation), documents.c.file == file).order_by(documents.c.key)
    sources = list(connection.execute(query).scalars())
    found = read_texts(connection, generation, sources)
    return [found[source] for source in sources if source in found]


def read_project_spans(connection: Connection, generation: int, file: str, title: str) -> dict[str, list[Span]]:
    """By source of each document of a file, where projects of a title stand in it."""
    query = (
        select(documents.c.source, projects.c.start, projects.c.end)
        .join(documents, projects.c.document == documents.c.key)
        .where(visible(generation), documents.c.file == file, projects.c.title == title)
    )
    found: dict[str, list[Span]] = {}
    for source, start, end in connection.execute(query):
        found.setdefault(source, []).append(Span(start, end))
    return found

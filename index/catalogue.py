"""The catalogue: documents with their text, projects and passages in SQLite, the one truth of the store.

Everything else in a store can be made again from here. Speaks SQL; knows nothing of vectors.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from corpus.document import Block, Document, Span
from corpus.record import Project, project_from_store, project_to_store
from index.errors import NoStoreError, StoreError, StoreVersionError
from index.passages import Passage

FILE = "catalogue.sqlite"
SCHEMA_VERSION = "2"

metadata = MetaData()
facts_table = Table("store", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
documents_table = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("page_starts", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
)
projects_table = Table(
    "projects",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("record", JSON, nullable=False),
)
passages_table = Table(
    "passages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("project_id", Text, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
)


def open_catalogue(folder: Path, *, create: bool = False) -> Engine:
    """The engine over the catalogue in `folder`.

    Raises:
        NoStoreError: there is none, and `create` is False.
        StoreVersionError: its tables are of another version.
        StoreError: the file is damaged or cannot be opened.
    """
    path = folder / FILE
    if not create and not path.is_file():
        raise NoStoreError(f"{folder}: no store here; build one with: python -m index build PATH --store {folder}")
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            f"sqlite:///{path}", poolclass=NullPool
        )  # a pool would keep a file that --rebuild removed
        sqlalchemy_event.listen(engine, "connect", _enforce_foreign_keys)
        with engine.begin() as connection:
            if create:
                metadata.create_all(connection)
            version = read_fact(connection, "schema_version")
            if version is None and create:
                write_fact(connection, "schema_version", SCHEMA_VERSION)
    except (OSError, DatabaseError) as error:
        reason = getattr(error, "orig", None) or error
        raise StoreError(
            f"{path}: {reason}; build the store again: python -m index build PATH --store {folder} --rebuild"
        ) from error
    if version not in (None, SCHEMA_VERSION):
        raise StoreVersionError(
            f"{folder} is a store of version {version}, this program reads version {SCHEMA_VERSION}; "
            f"build it again: python -m index build PATH --store {folder} --rebuild"
        )
    return engine


def _enforce_foreign_keys(connection: object, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]


def last_generation(folder: Path) -> int:
    """The generation a store is at; 0 where there is none that can be read."""
    try:
        with open_catalogue(folder).connect() as connection:
            return int(read_fact(connection, "generation") or 0)
    except StoreError:
        return 0


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction, committed at the end.

    Raises:
        StoreError: the catalogue is damaged, full or read-only.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (DatabaseError, JSONDecodeError) as error:
        path = Path(engine.url.database or "")
        raise StoreError(
            f"{path}: {getattr(error, 'orig', None) or error}; build the store again: "
            f"python -m index build PATH --store {path.parent} --rebuild"
        ) from error


def read_fact(connection: Connection, key: str) -> str | None:
    """One fact about the store: `schema_version`, `embedding_model`, `generation`."""
    return connection.execute(select(facts_table.c.value).where(facts_table.c.key == key)).scalar()


def remove_fact(connection: Connection, key: str) -> None:
    """Forget one fact, if it is there."""
    connection.execute(delete(facts_table).where(facts_table.c.key == key))


def write_fact(connection: Connection, key: str, value: str) -> None:
    """Set one fact."""
    remove_fact(connection, key)
    connection.execute(insert(facts_table).values(key=key, value=value))


def read_digests(connection: Connection) -> dict[str, tuple[str, str]]:
    """Source → (document id, SHA-256 of its bytes)."""
    rows = connection.execute(select(documents_table.c.source, documents_table.c.id, documents_table.c.sha256))
    return {source: (identity, sha256) for source, identity, sha256 in rows}


def read_documents(connection: Connection) -> list[Document]:
    """All documents in order of source."""
    rows = connection.execute(select(documents_table).order_by(documents_table.c.source)).mappings()
    return [
        Document(
            **{
                **row,
                "blocks": tuple(map(_block, row["blocks"])),
                "page_starts": tuple(row["page_starts"]),
                "notes": tuple(row["notes"]),
            }
        )
        for row in rows
    ]


def _block(row: Sequence[Any]) -> Block:
    start, end, kind, level, *cells = row
    return Block(Span(start, end), kind, level, tuple(Span(*cell) for cell in cells))


def _block_row(block: Block) -> list[Any]:
    return [block.span.start, block.span.end, block.kind, block.level, *([c.start, c.end] for c in block.cells)]


def read_projects(connection: Connection) -> list[Project]:
    """All projects, by document and place in it. Ids are unique in the store."""
    query = (
        select(projects_table.c.record)
        .join(documents_table, documents_table.c.id == projects_table.c.document_id)
        .order_by(documents_table.c.source, projects_table.c.start)
    )
    return [project_from_store(record) for record in connection.execute(query).scalars()]


def read_passages(connection: Connection, ids: Sequence[str] | None = None) -> list[Passage]:
    """Passages by id, in no order; all of them where `ids` is None. Unknown ids are passed over."""
    text = documents_table.c.text
    query = select(passages_table, text).join(documents_table, documents_table.c.id == passages_table.c.document_id)
    if ids is not None:
        # As one JSON value: SQLite bounds the number of bound values, not their length.
        wanted = select(_json_each(ids))
        query = query.where(passages_table.c.id.in_(wanted))
    made = []
    for row in connection.execute(query):
        span = Span(row.start, row.end)
        made.append(Passage(row.id, row.document_id, row.project_id, span, span.of(row.text), row.page))
    return made


def _json_each(ids: Sequence[str]):  # type: ignore[no-untyped-def]  # the type of a table function's column
    return func.json_each(json.dumps(list(ids))).table_valued("value").c.value


def passage_ids(connection: Connection) -> list[str]:
    """Ids of all passages."""
    return list(connection.execute(select(passages_table.c.id)).scalars())


def counts(connection: Connection) -> dict[str, int]:
    """How many documents, projects and passages there are."""
    tables = {"documents": documents_table, "projects": projects_table, "passages": passages_table}
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()
    }


def write_document(
    connection: Connection, document: Document, projects: Sequence[Project], passages: Sequence[Passage]
) -> None:
    """Add one document with what was found in it."""
    row = {column.name: getattr(document, column.name) for column in documents_table.columns}
    row |= {
        "blocks": [_block_row(block) for block in document.blocks],
        "page_starts": list(document.page_starts),
        "notes": list(document.notes),
    }
    connection.execute(insert(documents_table).values(row))
    if projects:
        connection.execute(
            insert(projects_table),
            [
                {
                    "id": project.id,
                    "document_id": document.id,
                    "title": project.title,
                    "start": project.span.start,
                    "record": project_to_store(project),
                }
                for project in projects
            ],
        )
    if passages:
        connection.execute(
            insert(passages_table),
            [
                {
                    "id": passage.id,
                    "document_id": passage.document_id,
                    "project_id": passage.project_id,
                    "start": passage.span.start,
                    "end": passage.span.end,
                    "page": passage.page,
                }
                for passage in passages
            ],
        )


def remove_documents(connection: Connection, document_ids: Iterable[str]) -> None:
    """Drop documents with their projects and passages."""
    connection.execute(delete(documents_table).where(documents_table.c.id.in_(select(_json_each(list(document_ids))))))

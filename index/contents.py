"""What the catalogue holds: documents, projects and passages of a generation, read; those of the next, written.

A row is seen from the generation that added its document until the one that removed it. Knows nothing of vectors.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from corpus.collector import collector_paused
from corpus.document import HEADINGS, Document, Span
from corpus.record import Project
from index.facts import take_keys
from index.passages import Passage
from index.records import VALUES, Row, document_of, document_row, project_of, project_row, value_rows
from index.tables import documents, fields, generations, metadata, passages, projects

Keys = NDArray[np.int64]
CHUNK = 5_000
"""Rows fetched or keys asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Found:
    """One document with what was found in it, and for each passage its context and digest, before it has keys."""

    document: Document
    projects: Sequence[Project]
    passages: Sequence[Passage]
    contexts: Sequence[str]
    digests: Sequence[int]


@dataclass(frozen=True, slots=True)
class Rows:
    """The visible passages of a generation, sorted by key; arrays `(n_passages,)`, 0 where there is no project."""

    keys: Keys
    documents: Keys
    projects: Keys

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(slots=True)
class _Batch:
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, rows: Iterable[Row]) -> None:
        self.rows.setdefault(table, []).extend(rows)


def visible(generation: int) -> ColumnElement[bool]:
    """Which documents a generation sees."""
    removed = documents.c.removed
    return and_(documents.c.added <= generation, or_(removed.is_(None), removed > generation))


def among(connection: Connection, column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """Whether a column is one of any number of values: given as one, since databases bound how many there may be."""
    wanted = list(values)
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(json.dumps(wanted)).table_valued("value").c.value))
    from sqlalchemy.dialects.postgresql import ARRAY

    return column == func.any(cast(wanted, ARRAY(column.type)))


# Writing


def write(connection: Connection, found: Sequence[Found], generation: int) -> list[Keys]:
    """Add documents with what was found in them, to be seen from `generation` on; the keys of each one's passages."""
    document = take_keys(connection, "documents", len(found))
    project = take_keys(connection, "projects", sum(len(one.projects) for one in found))
    passage = take_keys(connection, "passages", sum(len(one.passages) for one in found))
    batch, keys = _Batch(), []
    for one in found:
        batch.add("documents", [document_row(one.document, document, generation)])
        numbers = {}
        for number, record in enumerate(one.projects, start=project):
            numbers[record.id] = number
            batch.add("projects", [project_row(record, number, document)])
            for table, rows in value_rows(record, number, one.document.text).items():
                batch.add(table, rows)
        batch.add("passages", _passage_rows(one, passage, document, numbers))
        keys.append(np.arange(passage, passage + len(one.passages), dtype=np.int64))
        document, project, passage = document + 1, project + len(one.projects), passage + len(one.passages)
    for owned in metadata.sorted_tables:  # owners before what they own
        if waiting := batch.rows.get(owned.name):
            connection.execute(insert(owned), waiting)
    return keys


def _passage_rows(one: Found, first: int, document: int, projects_by_id: dict[str, int]) -> Iterator[Row]:
    for key, (passage, context, digest) in enumerate(
        zip(one.passages, one.contexts, one.digests, strict=True), start=first
    ):
        yield {
            "key": key,
            "document": document,
            "project": projects_by_id.get(passage.project_id or ""),
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            "context": context,
            "text": passage.text,
            "digest": digest,
        }


def remove(connection: Connection, document_keys: Iterable[int], generation: int) -> None:
    """From `generation` on these documents are not seen any more."""
    chosen = among(connection, documents.c.key, document_keys)
    connection.execute(update(documents).where(chosen).values(removed=generation))


def forget_attempts(connection: Connection, generation: int, attempt: int) -> None:
    """What unfinished attempts have left is never seen: those after `generation` and before `attempt`."""
    left = and_(documents.c.added > generation, documents.c.added < attempt)
    connection.execute(update(documents).where(left).values(removed=documents.c.added))


def unswept(connection: Connection, generation: int) -> Keys:
    """Keys of passages that no generation from `generation` on sees and that the views may still hold."""
    gone = and_(documents.c.removed <= generation, documents.c.swept == 0)
    return _keys(connection, select(passages.c.key).join(documents).where(gone))


def held_keys(connection: Connection) -> Keys:
    """Keys of the passages that a view may hold: those that are seen, and those that are not swept yet."""
    held = or_(documents.c.removed.is_(None), documents.c.swept == 0)
    return _keys(connection, select(passages.c.key).join(documents).where(held))


def mark_swept(connection: Connection, generation: int) -> None:
    """The views hold none of the passages any more that `unswept` named."""
    connection.execute(update(documents).where(documents.c.removed <= generation).values(swept=1))


def has_leftovers(connection: Connection, generation: int) -> bool:
    """Whether a stopped attempt has left documents, or the views may hold what `generation` does not see."""
    removed = documents.c.removed
    left = or_(
        and_(documents.c.added > generation, removed.is_(None)), and_(removed.isnot(None), documents.c.swept == 0)
    )
    return connection.execute(select(documents.c.key).where(left).limit(1)).first() is not None


def drop_removed(connection: Connection, generation: int) -> int:
    """Delete documents, and what was found in them, that no generation from `generation` on sees; how many."""
    removed = documents.c.removed
    gone = or_(removed <= generation, removed <= documents.c.added)  # the second: a stopped attempt's
    return int(connection.execute(delete(documents).where(gone)).rowcount)


# Reading


def files_of(connection: Connection, generation: int) -> dict[str, tuple[list[int], str]]:
    """Source of each file → (keys of its documents, several for a register; SHA-256 of its bytes)."""
    rows = connection.execute(
        select(documents.c.file, documents.c.key, documents.c.sha256)
        .where(visible(generation))
        .order_by(documents.c.key)
    )
    found: dict[str, tuple[list[int], str]] = {}
    for file, key, sha256 in rows:
        found.setdefault(file, ([], sha256))[0].append(key)
    return found


def project_ids(connection: Connection, generation: int) -> dict[str, set[str]]:
    """Source of each file → ids of the projects in it."""
    query = select(documents.c.file, projects.c.id).join(documents, projects.c.document == documents.c.key)
    found: dict[str, set[str]] = {}
    for file, identity in connection.execute(query.where(visible(generation))):
        found.setdefault(file, set()).add(identity)
    return found


def read_documents(connection: Connection, generation: int) -> list[Document]:
    """All documents in order of source."""
    query = select(documents).where(visible(generation)).order_by(documents.c.source)
    with collector_paused():
        return [document_of(row) for row in connection.execute(query).mappings()]


def read_document(connection: Connection, generation: int, identity: str) -> Document:
    """The document of an id, of its blocks the headings and front matter; KeyError where the generation has none."""
    query = select(documents).where(visible(generation), documents.c.id == identity)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise KeyError(identity)
    return document_of(row, HEADINGS)


def read_projects(
    connection: Connection, generation: int, keys: Keys | None = None, *, with_other: bool = True
) -> list[Project]:
    """All projects, or those of these keys, by document and place in it. Ids are unique within a generation.

    `with_other` is whether they have the fields that are read as none, `other`: half of all, in a register.
    """
    chosen = _chosen(connection, generation, keys)
    query = (
        select(projects, documents.c.source)
        .join(documents, projects.c.document == documents.c.key)
        .where(chosen)
        .order_by(documents.c.source, projects.c.start, projects.c.key)
    )
    with collector_paused():
        named = chosen if with_other else and_(chosen, fields.c.name != "other")
        values = {
            name: _values(connection, metadata.tables[name], named if name == fields.name else chosen)
            for name in VALUES
        }
        return [
            project_of(row, row["source"], {name: values[name].get(row["key"], ()) for name in VALUES})
            for row in connection.execute(query).mappings()
        ]


def _chosen(connection: Connection, generation: int, keys: Keys | None) -> ColumnElement[bool]:
    seen = visible(generation)
    return seen if keys is None else and_(seen, among(connection, projects.c.key, keys.tolist()))


def _values(connection: Connection, table: Table, chosen: ColumnElement[bool]) -> dict[int, list[Any]]:
    query = (
        select(table)
        .join(projects, table.c.project == projects.c.key)
        .join(documents, projects.c.document == documents.c.key)
        .where(chosen)
        .order_by(table.c.project, table.c.position)
    )
    found: dict[int, list[Any]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["project"], []).append(row)
    return found


def _of_passages(*columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of passages, of their documents and, where there is one, of their projects."""
    return (
        select(*columns)
        .select_from(passages)
        .join(documents, passages.c.document == documents.c.key)
        .outerjoin(projects, passages.c.project == projects.c.key)
    )


def _passages() -> Select[Any]:
    columns = [passages.c[name] for name in ("key", "start", "end", "text", "page")]
    return _of_passages(*columns, documents.c.id.label("document_id"), projects.c.id.label("project_id"))


def read_passages(connection: Connection, keys: Iterable[int]) -> dict[int, Passage]:
    """Passages by key, of whatever generation; keys that are not there are passed over."""
    query = _passages().where(among(connection, passages.c.key, keys))
    return {row.key: _passage(row) for row in connection.execute(query)}


def facts_of(connection: Connection, passage: Passage) -> dict[str, str | int | None]:
    """What a passage is of: source and title of its document, title of its project, page."""
    query = _of_passages(documents.c.source, documents.c.title, projects.c.title.label("project"))
    row = connection.execute(query.where(passages.c.key == passage.key)).mappings().first()  # none after a vacuum
    own = {"document_id": passage.document_id, "project_id": passage.project_id, "page": passage.page}
    return {name: row[name] if row else None for name in ("source", "title", "project")} | own


def all_passages(connection: Connection, generation: int) -> list[Passage]:
    """All passages, in order of document and place."""
    query = _passages().where(visible(generation)).order_by(documents.c.source, passages.c.start, passages.c.key)
    return [_passage(row) for row in connection.execute(query)]


def passages_of(connection: Connection, generation: int, keys: Keys) -> list[Passage]:
    """The passages of these projects, in order of document and place."""
    query = _passages().where(visible(generation), among(connection, passages.c.project, keys.tolist()))
    ordered = query.order_by(documents.c.source, passages.c.start, passages.c.key)
    return [_passage(row) for row in connection.execute(ordered)]


def passages_in(connection: Connection, generation: int, document: str) -> list[Passage]:
    """The passages of the document of an id, in order."""
    query = _passages().where(visible(generation), documents.c.id == document).order_by(passages.c.start)
    return [_passage(row) for row in connection.execute(query)]


def _passage(row: Any) -> Passage:
    span = Span(row.start, row.end)
    identity = f"{row.document_id}:{span.start}-{span.end}"
    return Passage(identity, row.document_id, row.project_id, span, row.text, row.page, row.key)


def passage_rows(connection: Connection, generation: int) -> Rows:
    """Which passages there are and what they belong to."""
    columns = (passages.c.key, passages.c.document, func.coalesce(passages.c.project, 0))
    query = select(*columns).join(documents, passages.c.document == documents.c.key).where(visible(generation))
    rows = connection.execute(query.order_by(passages.c.key)).all()
    made = np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 3)
    return Rows(*(np.ascontiguousarray(made[:, column]) for column in range(3)))


def counts(connection: Connection, generation: int) -> dict[str, int]:
    """How many documents, projects and passages there are."""
    seen = select(documents.c.key).where(visible(generation))
    queries = {
        "documents": select(func.count()).select_from(seen.subquery()),
        "projects": select(func.count()).select_from(projects).where(projects.c.document.in_(seen)),
        "passages": select(func.count()).select_from(passages).where(passages.c.document.in_(seen)),
    }
    return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}


def passage_count(connection: Connection, generation: int) -> int:
    """How many passages a generation has, as it was counted when it was made; 0 before the first."""
    made = select(generations.c.passages).where(generations.c.number == generation)
    return int(connection.execute(made).scalar() or 0)


def languages(connection: Connection, generation: int) -> dict[str, int]:
    """How many documents there are in each language, the most first."""
    number = func.count().label("number")
    query = select(documents.c.language, number).where(visible(generation)).group_by(documents.c.language)
    return {row.language: row.number for row in connection.execute(query.order_by(number.desc()))}


def keys_with_digests(connection: Connection, digests: Sequence[int]) -> list[tuple[int, int]]:
    """(digest of what was embedded, key) of all passages that have one of these digests, visible or not."""
    found: list[tuple[int, int]] = []
    for start in range(0, len(digests), CHUNK):
        chosen = among(connection, passages.c.digest, digests[start : start + CHUNK])
        rows = connection.execute(select(passages.c.digest, passages.c.key).where(chosen))
        found += [(row.digest, row.key) for row in rows]
    return found


@dataclass(frozen=True, slots=True)
class Text:
    """What the views are made from."""

    key: int
    context: str
    text: str
    language: str
    document: str
    project: str | None


def texts_of(connection: Connection, keys: Keys) -> Iterator[list[Text]]:
    """Texts of passages, in their order, some thousands at a time."""
    own = (passages.c.key, passages.c.context, passages.c.text)
    query = _of_passages(*own, documents.c.language, documents.c.source, projects.c.id).order_by(passages.c.key)
    for start in range(0, len(keys), CHUNK):
        chosen = among(connection, passages.c.key, keys[start : start + CHUNK].tolist())
        yield [Text(*row) for row in connection.execute(query.where(chosen))]


def _keys(connection: Connection, query: Select[Any]) -> Keys:
    return np.sort(np.array(connection.execute(query).scalars().all(), dtype=np.int64))

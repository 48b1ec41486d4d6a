"""Holdings: the files that a store was read from, as staff look through them; a register of many parts is one file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus.words import fold
from index import contents
from index.tables import documents, generations, projects


@dataclass(frozen=True, slots=True)
class Holding:
    """One file. `document` and `title` are those of its first part, `added` is the moment of its generation."""

    file: str
    document: str
    title: str
    languages: tuple[str, ...]
    projects: int
    added: str


@dataclass(frozen=True, slots=True)
class Made:
    """A generation: its number, when it was made (ISO 8601, UTC), and how many files it added, changed, removed."""

    number: int
    at: str
    added: int
    changed: int
    removed: int


def read_holdings(connection: Connection, generation: int, containing: str = "") -> list[Holding]:
    """The files in order of their sources; only those with `containing` in source or title, however it is written."""
    columns = [documents.c[name] for name in ("file", "id", "title", "language", "added")]
    rows = connection.execute(
        select(*columns, generations.c.made_at)
        .outerjoin(generations, generations.c.number == documents.c.added)
        .where(contents.visible(generation))
        .order_by(documents.c.file, documents.c.key)
    )
    first: dict[str, tuple[str, str, str]] = {}
    languages: dict[str, Counter[str]] = {}
    for row in rows:
        first.setdefault(row.file, (row.id, row.title, row.made_at or ""))
        languages.setdefault(row.file, Counter())[row.language] += 1
    counted = _projects_by_file(connection, generation)
    wanted = fold(containing).strip()
    return [
        Holding(file, identity, title, tuple(one for one, _ in languages[file].most_common()), counted[file], added)
        for file, (identity, title, added) in first.items()
        if not wanted or wanted in fold(file) or wanted in fold(title)
    ]


def _projects_by_file(connection: Connection, generation: int) -> Counter[str]:
    query = (
        select(documents.c.file, func.count())
        .join(projects, projects.c.document == documents.c.key)
        .where(contents.visible(generation))
        .group_by(documents.c.file)
    )
    return Counter({file: int(number) for file, number in connection.execute(query)})


def document_ids(connection: Connection, generation: int, sources: Iterable[str]) -> dict[str, str]:
    """Source → id of the documents that the generation has."""
    chosen = contents.among(connection, documents.c.source, set(sources))
    query = select(documents.c.source, documents.c.id).where(contents.visible(generation), chosen)
    return {row.source: row.id for row in connection.execute(query)}


def read_made(connection: Connection, generation: int) -> Made | None:
    """What is known of how a generation came about."""
    query = select(*(generations.c[name] for name in ("number", "made_at", "added", "changed", "removed")))
    row = connection.execute(query.where(generations.c.number == generation)).first()
    return Made(*row) if row else None

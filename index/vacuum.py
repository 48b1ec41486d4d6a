"""Free what no generation needs: rows of removed documents, dead vectors, and the room they took in the files.

Old conversations too, where somebody asks for that.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from index import contents
from index.catalogue import open_catalogue
from index.conversations import forget_before
from index.facts import GENERATION, read_number
from index.models import find_model
from index.settings import Settings
from index.tables import generations
from index.writer import writing

GRACE_SECONDS = 60
"""How long what a generation has replaced is kept: readers look for a newer one every few seconds."""


@dataclass(frozen=True, slots=True)
class Freed:
    """How many documents were dropped and conversations forgotten, and by how many bytes the folder has shrunk."""

    documents: int
    bytes: int
    conversations: int = 0


def vacuum(
    settings: Settings, *, grace_seconds: float = GRACE_SECONDS, conversation_days: float | None = None
) -> Freed:
    """Drop what no generation needs that is the newest or was so within `grace_seconds`.

    With `conversation_days`, forget the conversations in which nothing was asked for so long.

    Raises:
        NoStoreError: there is none.
        StoreError: the store is of another model or version, locked, or cannot be written.
    """
    open_catalogue(settings).close()  # to write would make one where there is none
    before = _size(settings.store)
    with writing(settings, find_model(settings.embedding_model)) as writer:
        with writer.ingest(reuse=False) as ingest:
            ingest.tidy(compact=True)
        with writer.catalogue.transaction() as connection:
            dropped = contents.drop_removed(connection, _needed_from(connection, grace_seconds))
        forgotten = 0
        if conversation_days is not None:
            with writer.catalogue.transaction() as connection:
                forgotten = forget_before(connection, _ago(conversation_days * 86_400))
        if not writer.catalogue.is_server:
            with writer.catalogue.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM"))
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return Freed(dropped, before - _size(settings.store), forgotten)


def _needed_from(connection: Connection, grace_seconds: float) -> int:
    """The oldest generation that a reader may still be reading: the newest one that is older than the grace."""
    newest = select(func.max(generations.c.number)).where(generations.c.made_at <= _ago(grace_seconds))
    found = connection.execute(newest).scalar()
    return min(int(found or 0), read_number(connection, GENERATION))


def _ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="seconds")


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # others may write there before the lock is ours, and after
            total += path.lstat().st_size
    return total

"""The catalogue: the database that everything else in a store can be made again from. Opens it and minds transactions.

SQLite in the store's folder, or PostgreSQL by URL. Knows of tables only that they are there.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from json import JSONDecodeError
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)

from index.errors import (
    DamagedError,
    NoStoreError,
    StoreError,
    StoreLockedError,
    StoreVersionError,
    UnreachableError,
)
from index.facts import IDENTITY, read_fact, write_fact
from index.migrations import is_current, is_readable, migrate, version
from index.settings import Settings
from index.tables import metadata

FILE = "catalogue.sqlite"
BUSY_SECONDS = 30
"""How long a writer waits for another transaction of its own process; readers never wait, nor make it wait."""
CONNECT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Catalogue:
    """An open catalogue; `where` is how messages call it, never with a password."""

    engine: Engine
    where: str
    folder: Path
    file: tuple[int, int] | None = None
    """Which file it is, as `file_number` tells; None on a server, and where the file has just been made."""
    _queue: Lock = field(default_factory=Lock, repr=False, compare=False)

    @property
    def is_server(self) -> bool:
        """Whether it is on a server, which may be away for a while."""
        return self.engine.dialect.name != "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction, committed at the end.

        Raises:
            StoreError: the catalogue is damaged, full, read-only or out of reach, or does not take a row.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except (DatabaseError, InterfaceError, JSONDecodeError) as error:
            raise self._translated(error) from error

    @contextmanager
    def lasting(self, *, wait_seconds: float = BUSY_SECONDS) -> Iterator[Connection]:
        """A transaction for what people say, which nobody could make again; in a file, one at a time of a process.

        Raises:
            StoreLockedError: the store is being made anew in its place, and what is written here would go with the old.
            StoreError: as `transaction`.
        """
        # One thread after the other: who waits for SQLite itself asks again and again, ever more seldom. With 8
        # threads on two cores the slowest of 480 transactions took 750 ms, this way 90 ms.
        with nullcontext() if self.is_server else self._in_turn(wait_seconds), self.transaction() as connection:
            yield connection
            if not self.is_in_place():  # the last thing before the commit
                raise StoreLockedError(f"{self.where} is being made anew; nothing was kept; try again in a moment")

    @contextmanager
    def _in_turn(self, wait_seconds: float) -> Iterator[None]:
        if not self._queue.acquire(timeout=wait_seconds):
            raise StoreLockedError(f"{self.where} is being written; nothing was kept; try again in a moment")
        try:
            yield
        finally:
            self._queue.release()

    def is_in_place(self) -> bool:
        """Whether this is the catalogue that stands there, not one that is gone and still readable."""
        return self.file is None or self.file == file_number(self.folder)

    def close(self) -> None:
        """Let go of the file or the connections."""
        self.engine.dispose()

    def _translated(self, error: Exception) -> StoreError:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        if self.is_server and isinstance(error, (OperationalError, InterfaceError)):
            return UnreachableError(f"the catalogue {self.where} does not answer ({reason}); start it and try again")
        if any(sign in reason for sign in ("disk is full", "No space left", "database or disk")):
            return StoreError(f"{self.where}: {reason}; free some space and run it again, nothing is lost")
        if "disk I/O error" in reason:  # a quota, among others, which SQLite does not tell from a broken disk
            return StoreError(
                f"{self.where}: {reason}; see to the disk and its space and run it again, nothing is lost"
            )
        if "database is locked" in reason:
            return StoreLockedError(f"{self.where} is being written by another process; wait a moment and run it again")
        if "readonly" in reason or "read-only" in reason:
            return StoreError(f"{self.where} cannot be written ({reason}); choose another with --store DIR")
        if isinstance(error, (IntegrityError, DataError)):  # one row, and not the file: mostly another was first
            return StoreError(f"{self.where} did not take what was written ({reason}); nothing was changed; try again")
        return DamagedError(f"{self.where}: {reason}; build the store again: {rebuild(self.folder)}")


def file_number(folder: Path) -> tuple[int, int] | None:
    """Which file the catalogue is: one that is removed and made again goes on answering who has it open."""
    try:
        told = (folder / FILE).stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


def rebuild(folder: Path) -> str:
    """The command that builds the store in `folder` from nothing."""
    return f"python -m index build PATH --store {folder} --rebuild"


def open_catalogue(settings: Settings, *, create: bool = False) -> Catalogue:
    """The catalogue of a store, its tables brought to the newest version; with `create`, made where there is none.

    Raises:
        NoStoreError: there is none, and `create` is False.
        StoreVersionError: it is of a newer version, or too old to be brought forward.
        UnreachableError: its server does not answer.
        StoreError: the file is damaged or cannot be opened.
    """
    catalogue = connect(settings, create=create)
    try:
        with catalogue.transaction() as connection:
            found = version(connection)
            if found is None and not create:
                raise NoStoreError(
                    f"{catalogue.where}: the first build did not finish; run it again: "
                    f"python -m index build PATH --store {settings.store}"
                )
            if found is None and _is_strange(connection):
                raise StoreVersionError(
                    f"{catalogue.where} holds tables of another program or version; give another or build again: "
                    f"{rebuild(settings.store)}"
                )
            if not is_current(connection) and not (_is_read_only(settings) and is_readable(connection)):
                migrate(connection, str(settings.store), rebuild(settings.store))
            if create and read_fact(connection, IDENTITY) is None:
                write_fact(connection, IDENTITY, uuid.uuid4().hex)
    except BaseException:
        catalogue.close()
        raise
    return catalogue


def _is_read_only(settings: Settings) -> bool:
    """Whether a catalogue in a folder can be read and not written."""
    folder = settings.store
    return not settings.catalogue and (folder / FILE).is_file() and not os.access(folder, os.W_OK)


def _is_strange(connection: Connection) -> bool:
    """Whether tables of our names are there without the one that says their version."""
    return bool(set(inspect(connection).get_table_names()) & (set(metadata.tables) - {"store"}))


def connect(settings: Settings, *, create: bool = False) -> Catalogue:
    """The catalogue of a store, whatever its tables are; nothing is read yet.

    Raises:
        NoStoreError, StoreError: as `open_catalogue`.
    """
    if settings.catalogue:
        return _server(settings)
    path = settings.store / FILE
    if not create and not path.is_file():
        raise NoStoreError(
            f"{settings.store}: no store here; build one with: python -m index build PATH --store {settings.store}"
        )
    try:
        if create:
            settings.store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{settings.store}: {error.strerror}; choose another with --store DIR") from error
    # A catalogue that cannot be written has no journal to look at either; SQLite has to be told.
    file = file_number(settings.store)
    mode = "?immutable=1&uri=true" if _is_read_only(settings) else ""
    engine = create_engine(f"sqlite:///{'file:' if mode else ''}{path}{mode}", connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_reading if mode else _prepare)
    return Catalogue(engine, str(path), settings.store, file)


def _server(settings: Settings) -> Catalogue:
    try:
        url = make_url(settings.catalogue)
        where = url.render_as_string(hide_password=True)
        arguments: dict[str, Any] = (
            {"connect_timeout": CONNECT_SECONDS} if url.drivername.startswith("postgresql") else {}
        )
        engine = create_engine(url, pool_pre_ping=True, connect_args=arguments)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"ASSISTANT_CATALOGUE: {error}; expected a URL such as postgresql+psycopg://user@host/database"
        ) from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"the catalogue's driver {error.name} is not installed; install it with: "
            "pip install 'project-answers[server]'"
        ) from error
    return Catalogue(engine, where, settings.store)


def _prepare(connection: Any, _record: object) -> None:
    # Write-ahead: a reader never waits for the writer, nor the writer for a reader. With it NORMAL is crash-safe;
    # a power cut may cost the last transaction, never the file.
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reading(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")

"""One writer at a time: a lock that names its holder, and that the system takes back when its holder dies.

A file in the store's folder or, where the catalogue is on a server, a lock of that server. Knows nothing of what is
written under it.
"""

import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.catalogue import Catalogue
from index.errors import StoreError, StoreLockedError
from index.facts import read_fact, write_fact

FILE = "writer.lock"
HOLDER = "writer"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SERVER_LOCK = 0x70726F6A616E7377
"""The number of our advisory lock on PostgreSQL, which keeps them apart by number: `projansw` in ASCII."""


@contextmanager
def folder_lock(folder: Path, name: str = FILE) -> Iterator[None]:
    """Hold the lock of a folder, which is made if need be.

    Raises:
        StoreLockedError: another process holds it; its process number, machine and start are in the message.
        StoreError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    holder = folder / f"{name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / name, timeout=0):
            holder.write_text(json.dumps(_me()), encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        raise StoreLockedError(
            f"{folder} is being written by {_named(_read(holder))}; wait until it is done"
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(f"{folder} is not a folder; choose another with --store DIR") from error
    except OSError as error:
        instead = "free some space and run it again" if error.errno in FULL else "choose another with --store DIR"
        raise StoreError(
            f"{folder} cannot be written: {error.strerror or error}; nothing is lost; {instead}"
        ) from error


@contextmanager
def catalogue_lock(catalogue: Catalogue) -> Iterator[None]:
    """Hold the lock of a catalogue on a server; of one in a folder the folder's lock is enough.

    Raises:
        StoreLockedError: another process holds it, here or on another machine.
    """
    if not catalogue.is_server:
        yield
        return
    from sqlalchemy import text

    # Its own connection, held as long as the lock: PostgreSQL gives the lock back when the connection ends.
    with catalogue.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": SERVER_LOCK}).scalar():
            told = json.loads(read_fact(connection, HOLDER) or "{}")
            raise StoreLockedError(f"{catalogue.where} is being written by {_named(told)}; wait until it is done")
        write_fact(connection, HOLDER, json.dumps(_me()))
        try:
            yield
        finally:
            if not connection.invalidated:
                connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": SERVER_LOCK})


def _me() -> dict[str, str | int]:
    program = " ".join(sys.argv)[:200]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "machine": socket.gethostname(), "since": now, "program": program}


def _read(holder: Path) -> dict[str, str | int]:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _named(told: dict[str, str | int]) -> str:
    if not told:
        return "another process"
    return f"process {told.get('process')} on {told.get('machine')} since {told.get('since')} ({told.get('program')})"

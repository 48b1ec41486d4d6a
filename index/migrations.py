"""From one version of the catalogue's tables to the next: an ordered list of steps, each applied once, in order.

A catalogue of this version has been through all of them; a new one starts with the first, which makes the tables.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, inspect

from index.errors import StoreVersionError
from index.facts import read_fact, write_fact
from index.tables import metadata

VERSION = "schema_version"
OLDEST = 3
"""Version after the first step. Versions 1 and 2 kept records as JSON and cannot be turned into these tables: what a
record now consists of was not in them."""

Step = Callable[[Connection], None]


def _make_tables(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_tables(connection: Connection) -> None:
    """Make the tables that came after the first step; those that are there stay as they are."""
    metadata.create_all(connection)


STEPS: tuple[Step, ...] = (_make_tables, _add_tables)
"""Append, never change: what has run at a user's place is history. A step added later has to bear that the first one
has already made the tables as they are today: it looks before it adds."""


def migrate(connection: Connection, where: str, rebuild: str, steps: Sequence[Step] = STEPS) -> None:
    """Bring the catalogue `where` to the newest version, within the caller's transaction.

    Raises:
        StoreVersionError: it is newer than this program, or too old to be brought forward; `rebuild` says what to type.
    """
    newest = OLDEST + len(steps) - 1
    found = version(connection)
    if found is not None and not OLDEST <= found <= newest:
        raise StoreVersionError(
            f"{where} is a store of version {found}, this program reads versions {OLDEST} to {newest}; "
            f"build it again: {rebuild}"
        )
    for number, step in enumerate(steps, start=OLDEST):
        if found is None or number > found:
            step(connection)
    if found != newest:
        write_fact(connection, VERSION, str(newest))


def is_current(connection: Connection) -> bool:
    """Whether no step is left to do."""
    return version(connection) == OLDEST + len(STEPS) - 1


def version(connection: Connection) -> int | None:
    """The version of the tables that are there; None where there are none."""
    if not inspect(connection).has_table("store"):
        return None
    found = read_fact(connection, VERSION)
    return int(found) if found and found.isdigit() else None

"""From one version of the catalogue's tables to the next: an ordered list of steps, each applied once, in order.

A catalogue of this version has been through all of them; a new one starts with the first, which makes the tables.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, inspect, text, update
from sqlalchemy.schema import CreateIndex, CreateTable

from index.errors import StoreVersionError
from index.facts import read_fact, write_fact
from index.tables import (
    candidates,
    cited_documents,
    conversations,
    feedback,
    left_out,
    metadata,
    roots,
    run_results,
    runs,
    store,
    turn_documents,
    turns,
)

VERSION = "schema_version"
OLDEST = 3
"""Version after the first step. Versions 1 and 2 kept records as JSON and cannot be turned into these tables: what a
record now consists of was not in them."""
READABLE = 3
"""The oldest version that readers can read as it stands, where it cannot be written: the steps since have only added
tables of what people say and decide, and a column to one of these."""

SERVER_LOCK = 0x70726F6A6D696772
"""The number of the lock on PostgreSQL that one process holds while it migrates: `projmigr` in ASCII."""

Step = Callable[[Connection], None]


def _make_tables(connection: Connection) -> None:
    metadata.create_all(connection)


def _make_evaluation_tables(connection: Connection) -> None:
    """Proposed questions, what people say of answers, evaluations; a new catalogue has them from the first step."""
    _make_missing(connection, candidates, feedback, runs, run_results)


def _make_conversation_tables(connection: Connection) -> None:
    """Conversations; and of which turn feedback is, which the first stores that kept feedback did not know."""
    there = inspect(connection)
    if there.has_table(feedback.name) and feedback.c.turn.name not in {
        column["name"] for column in there.get_columns(feedback.name)
    }:
        connection.execute(text("ALTER TABLE feedback ADD COLUMN turn TEXT NOT NULL DEFAULT ''"))
    _make_missing(connection, feedback, conversations, turns, cited_documents, turn_documents)


def _make_tables_of_origins(connection: Connection) -> None:
    """What a store was built from, and what staff have left out."""
    _make_missing(connection, roots, left_out)


def _make_missing(connection: Connection, *tables: Table) -> None:
    """Make those that are not there; another process may be at the same, so the database itself looks."""
    for table in tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for own in table.indexes:
            connection.execute(CreateIndex(own, if_not_exists=True))


STEPS: tuple[Step, ...] = (
    _make_tables,
    _make_evaluation_tables,
    _make_conversation_tables,
    _make_tables_of_origins,
)
"""Append, never change: what has run at a user's place is history. A step added later has to bear that the first one
has already made the tables as they are today: it looks before it adds."""


def migrate(connection: Connection, where: str, rebuild: str, steps: Sequence[Step] = STEPS) -> None:
    """Bring the catalogue `where` to the newest version, within the caller's transaction.

    Raises:
        StoreVersionError: it is newer than this program, or too old to be brought forward; `rebuild` says what to type.
    """
    newest = OLDEST + len(steps) - 1
    _check(version(connection), newest, where, rebuild)
    _take_turns(connection)
    found = version(connection)  # anew: who waited for the lock finds the work done
    _check(found, newest, where, rebuild)
    for number, step in enumerate(steps, start=OLDEST):
        if found is None or number > found:
            step(connection)
    if found != newest:
        write_fact(connection, VERSION, str(newest))


def _check(found: int | None, newest: int, where: str, rebuild: str) -> None:
    if found is not None and not OLDEST <= found <= newest:
        raise StoreVersionError(
            f"{where} is a store of version {found}, this program reads versions {OLDEST} to {newest}; "
            f"build it again: {rebuild}"
        )


def _take_turns(connection: Connection) -> None:
    """Of several processes that open a store of an older version, one does the steps and the others wait for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": SERVER_LOCK})
    elif version(connection) is not None:  # SQLite has one lock, which any write takes
        connection.execute(update(store).where(store.c.key == VERSION).values(value=store.c.value))


def is_current(connection: Connection) -> bool:
    """Whether no step is left to do."""
    return version(connection) == OLDEST + len(STEPS) - 1


def is_readable(connection: Connection) -> bool:
    """Whether documents and projects can be read although steps are left to do."""
    found = version(connection)
    return found is not None and READABLE <= found < OLDEST + len(STEPS)


def version(connection: Connection) -> int | None:
    """The version of the tables that are there; None where there are none."""
    if not inspect(connection).has_table("store"):
        return None
    found = read_fact(connection, VERSION)
    return int(found) if found and found.isdigit() else None

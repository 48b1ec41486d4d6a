"""Facts about a store, kept in its catalogue: the version of its tables, its model, its generation, the next keys."""

from sqlalchemy import Connection, delete, insert, select

from index.tables import store

GENERATION = "generation"
"""The generation that readers see."""
ATTEMPT = "attempt"
"""The last number given to a generation, finished or not; none is given twice."""
MODEL = "embedding_model"
IDENTITY = "identity"
"""Tells this store from any other, so that a copy of another store's views is not taken for its own."""


def read_fact(connection: Connection, key: str) -> str | None:
    """One fact, None where it is not there."""
    return connection.execute(select(store.c.value).where(store.c.key == key)).scalar()


def read_number(connection: Connection, key: str) -> int:
    """One fact that is a whole number; 0 where it is not there."""
    return int(read_fact(connection, key) or 0)


def write_fact(connection: Connection, key: str, value: str) -> None:
    """Set one fact."""
    connection.execute(delete(store).where(store.c.key == key))
    connection.execute(insert(store).values(key=key, value=value))


def take_keys(connection: Connection, table: str, count: int) -> int:
    """The first of `count` keys of `table` that were never given out and, once committed, never will be again."""
    first = read_number(connection, f"next_{table}") or 1
    write_fact(connection, f"next_{table}", str(first + count))
    return first

"""A store that is kept from being written for a while, so that a job that has begun goes on as long as a test looks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def held(store: Path) -> Iterator[None]:
    """Hold the catalogue of the store in this folder: who reads goes on, who writes waits, up to half a minute."""
    with closing(sqlite3.connect(store / "catalogue.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield

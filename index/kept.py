"""What people have said and decided, and evaluations, carried over when a catalogue is made anew.

Put aside into a file before the old catalogue goes, and taken up by whoever writes next: the same build or, where its
process was killed in between, the one after. In between nobody opens the store anew; a process that has the old file
open, an app for example, can still write into it, and what it writes there is lost. Knows no meaning of a row.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, Table, func, insert, inspect, select, text

from index.catalogue import Catalogue, connect
from index.errors import NoStoreError, StoreError
from index.settings import Settings
from index.tables import KEPT

FILE = "kept.json"

Rows = dict[str, list[dict[str, Any]]]


def put_aside(settings: Settings) -> None:
    """Write the kept rows of a catalogue into a file beside it, to what an earlier, stopped rebuild has left there.

    Of a catalogue that is damaged, as many as can be read; what cannot is told on standard error.

    Raises:
        StoreError: the catalogue's server does not answer.
        OSError: the file cannot be written.
    """
    path = settings.store / FILE
    aside = _read(path)
    found = _held(settings)
    for table in KEPT:
        known = {_identity(table, row): row for row in (*aside.get(table.name, ()), *found.get(table.name, ()))}
        aside[table.name] = list(known.values())
    if any(aside.values()):
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(aside, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def take_up(catalogue: Catalogue, folder: Path) -> None:
    """Write what was put aside, less what is there already, into the tables, and forget the file."""
    aside = _read(folder / FILE)
    if not aside:
        return
    with catalogue.transaction() as connection:
        for table in KEPT:
            there = {tuple(row) for row in connection.execute(select(*table.primary_key))}
            fresh = [row for row in aside.get(table.name, ()) if _identity(table, row) not in there]
            for owner in table.foreign_key_constraints:
                fresh = _owned(connection, owner, fresh)
            if fresh:
                connection.execute(insert(table), fresh)
                _go_on_counting(connection, table)
    (folder / FILE).unlink()


def _identity(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _owned(connection: Connection, owner: ForeignKeyConstraint, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows whose owner is there: of a damaged catalogue it may be what could not be read."""
    there = {tuple(row) for row in connection.execute(select(*(one.column for one in owner.elements)))}
    return [row for row in rows if tuple(row[name] for name in owner.column_keys) in there]


def _read(path: Path) -> Rows:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        spoilt = path.replace(path.with_suffix(".damaged"))
        print(
            f"warning: what was said, decided and evaluated cannot be read in {spoilt} ({error}); it is left there",
            file=sys.stderr,
        )
        return {}
    return {name: list(rows) for name, rows in told.items()}


def _held(settings: Settings) -> Rows:
    """The kept rows of a catalogue, as many as can be read."""
    try:
        with closing(connect(settings)) as catalogue:
            return _readable(catalogue)
    except NoStoreError:
        return {}


def _readable(catalogue: Catalogue) -> Rows:
    found: Rows = {}
    partly = []
    for table in KEPT:
        rows = found[table.name] = []
        try:
            rows.extend(_rows(catalogue, table))
        except StoreError:
            if catalogue.is_server:
                raise
            partly.append(table.name)
    if partly:
        print(
            f"warning: {catalogue.where} is damaged; of its {', '.join(partly)} only what could be read is kept",
            file=sys.stderr,
        )
    return found


def _rows(catalogue: Catalogue, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, in the columns that its version had."""
    with catalogue.transaction() as connection:
        looking = inspect(connection)
        if looking.has_table(table.name):
            there = {column["name"] for column in looking.get_columns(table.name)}
            columns = [column for column in table.c if column.name in there]
            for row in connection.execute(select(*columns).order_by(*table.primary_key)).mappings():
                yield dict(row)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next key is one that is not there; SQLite looks by itself, PostgreSQL has a counter that has to be told."""
    own = table.autoincrement_column
    if own is not None and connection.dialect.name == "postgresql":
        last = connection.execute(select(func.max(own))).scalar()
        counter = "SELECT setval(pg_get_serial_sequence(:table, :column), :last)"
        connection.execute(text(counter), {"table": table.name, "column": own.name, "last": last})

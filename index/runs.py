"""Evaluations in the catalogue: what a run was of, and its results one by one, so that one that stops can go on.

Both are JSON that the evaluation makes and reads; nothing here knows what is in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, inspect, select, update

from index.errors import StoreError
from index.tables import run_results, runs

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run without its results; `made_at` is ISO 8601, UTC."""

    id: str
    made_at: str
    is_finished: bool
    about: Told


def begin_run(connection: Connection, identity: str, made_at: str, about: Told) -> None:
    """Add a run that has no results yet.

    Raises:
        StoreError: the store is of an older version, and cannot be written.
    """
    if not _has_tables(connection):
        raise StoreError(
            "no run can be kept: the store is of an older version and cannot be written; choose another with "
            "--store DIR, or make its folder writable"
        )
    connection.execute(insert(runs).values(id=identity, made_at=made_at, finished=0, about=about))


def add_results(connection: Connection, identity: str, results: Sequence[tuple[int, Told]]) -> None:
    """Add results, each with its position in the run."""
    if results:
        rows = [{"run": identity, "position": position, "result": result} for position, result in results]
        connection.execute(insert(run_results), rows)


def finish_run(connection: Connection, identity: str, results: Sequence[Told]) -> None:
    """Put these in place of what results there are, in order, and the run is finished."""
    connection.execute(delete(run_results).where(run_results.c.run == identity))
    add_results(connection, identity, list(enumerate(results)))
    connection.execute(update(runs).where(runs.c.id == identity).values(finished=1))


def drop_unfinished(connection: Connection, before: str) -> None:
    """Forget the runs that stopped half way and were made before a time, ISO 8601, UTC."""
    old = select(runs.c.id).where(runs.c.finished == 0, runs.c.made_at < before)
    connection.execute(delete(run_results).where(run_results.c.run.in_(old)))
    connection.execute(delete(runs).where(runs.c.finished == 0, runs.c.made_at < before))


def stored_runs(connection: Connection) -> list[StoredRun]:
    """All runs, oldest first; none in a store of an older version that cannot be written."""
    if not _has_tables(connection):
        return []
    found = connection.execute(select(runs).order_by(runs.c.made_at, runs.c.id))
    return [StoredRun(row.id, row.made_at, bool(row.finished), row.about) for row in found]


def results_of(connection: Connection, identity: str) -> list[Told]:
    """The results of a run, by position."""
    if not _has_tables(connection):
        return []
    chosen = select(run_results.c.result).where(run_results.c.run == identity).order_by(run_results.c.position)
    return list(connection.execute(chosen).scalars())


def count_results(connection: Connection, identity: str) -> int:
    """How many results a run has."""
    query = select(func.count()).where(run_results.c.run == identity)
    return int(connection.execute(query).scalar_one()) if _has_tables(connection) else 0


def _has_tables(connection: Connection) -> bool:
    return inspect(connection).has_table(runs.name)

"""Candidates: questions proposed for a set, each with what a person has decided on it.

They belong to the store and to no generation of it; a rebuild keeps them. Knows not what a pair has to hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, inspect, select, update

from index.errors import DecidedError
from index.tables import candidates

GENERATED, FEEDBACK, MODEL = "generated", "feedback", "model"
"""Where a candidate comes from: from the records, from what somebody said of an answer, from a language model."""
OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed line of a set of questions; `note` is what was said with it, `decided_at` None while it is open.

    Times are ISO 8601, UTC. `id` is that of the pair when it was proposed.
    """

    key: int
    id: str
    origin: str
    made_at: str
    pair: Mapping[str, Any]
    note: str
    status: str
    decided_at: str | None


def add_candidate(connection: Connection, pair: Mapping[str, Any], *, origin: str, note: str = "") -> int:
    """Propose a pair, a line of a set as JSON types, as an open candidate; the candidate's key."""
    row = {"id": pair["id"], "origin": origin, "made_at": _now(), "pair": dict(pair), "note": note, "status": OPEN}
    made = connection.execute(insert(candidates).values(**row)).inserted_primary_key
    return int(made[0]) if made else 0


def read_candidates(connection: Connection, status: str | None = None) -> list[Candidate]:
    """The candidates, or those of one status, in the order in which they were proposed."""
    if not inspect(connection).has_table(candidates.name):  # a store of an older version that cannot be written
        return []
    query = select(candidates).order_by(candidates.c.key)
    rows = connection.execute(query if status is None else query.where(candidates.c.status == status)).mappings()
    return [Candidate(**row) for row in rows]


def decide(
    connection: Connection,
    key: int,
    status: str,
    *,
    expected: str,
    note: str | None = None,
    pair: Mapping[str, Any] | None = None,
) -> None:
    """Set the status of a candidate and the time of the decision; back to open, there is none.

    `expected` is the status that whoever decides has seen: several may be at the same candidate. A note and a pair
    take the places of those that were there.

    Raises:
        KeyError: there is no such candidate.
        DecidedError: it has another status than the expected one; nothing was changed.
    """
    values: dict[str, Any] = {"status": status, "decided_at": None if status == OPEN else _now()}
    values |= {} if note is None else {"note": note}
    values |= {} if pair is None else {"pair": dict(pair)}
    own = candidates.c.key == key
    if not connection.execute(update(candidates).where(own, candidates.c.status == expected).values(**values)).rowcount:
        found = connection.execute(select(candidates.c.status).where(own)).scalar()
        if found is None:
            raise KeyError(key)
        raise DecidedError(f"somebody else has decided on candidate {key} already: it is {found} by now")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

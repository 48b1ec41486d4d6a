"""Feedback: what people say of answers, with all that it takes to see later what they were shown.

It belongs to the store and to no generation of it; a rebuild keeps it. Knows not what an answer is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, inspect, select, update

from index.tables import feedback

UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer. `citations` are those of the answer, as its JSON has them.

    `made_at` is ISO 8601, UTC; `generation` is the store's that was answered from; `taken`, that it has become a
    candidate.
    """

    key: int
    made_at: str
    question: str
    history: tuple[str, ...]
    answer: str
    status: str
    citations: tuple[Mapping[str, Any], ...]
    generation: int
    verdict: str
    comment: str
    taken: bool


def add_feedback(
    connection: Connection,
    *,
    question: str,
    answer: str,
    status: str,
    verdict: str,
    generation: int,
    history: Sequence[str] = (),
    citations: Sequence[Mapping[str, Any]] = (),
    comment: str = "",
    turn: str = "",
) -> int:
    """Keep a verdict, `up` or `down`, on an answer; its key. `turn` is what `withdraw` knows it by.

    Raises:
        ValueError: the verdict is another word.
    """
    if verdict not in (UP, DOWN):
        raise ValueError(f"verdict {verdict!r}: expected {UP!r} or {DOWN!r}")
    made = connection.execute(
        insert(feedback).values(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"), question=question, history=list(history),
            answer=answer, status=status, citations=[dict(one) for one in citations], generation=generation,
            verdict=verdict, comment=comment, turn=turn, taken=0,
        )
    ).inserted_primary_key  # fmt: skip
    return int(made[0]) if made else 0


def withdraw(connection: Connection, turn: str) -> None:
    """Forget what was said of a turn, unless it has become a candidate. Nothing, of a turn without a name."""
    if not turn:
        return
    connection.execute(delete(feedback).where(feedback.c.turn == turn, feedback.c.taken == 0))


def read_feedback(connection: Connection, *, taken: bool | None = None) -> list[Feedback]:
    """What was said, in the order in which it was; with `taken`, only what has become a candidate, or has not."""
    if not inspect(connection).has_table(feedback.name):  # a store of an older version that cannot be written
        return []
    # Not the turn: an older store that cannot be written lacks it.
    columns = [column for column in feedback.c if column is not feedback.c.turn]
    query = select(*columns).order_by(feedback.c.key)
    chosen = query if taken is None else query.where(feedback.c.taken == int(taken))
    return [
        Feedback(
            **{
                **row,
                "history": tuple(row["history"]),
                "citations": tuple(row["citations"]),
                "taken": bool(row["taken"]),
            }
        )
        for row in connection.execute(chosen).mappings()
    ]


def mark_taken(connection: Connection, key: int) -> None:
    """It has become a candidate."""
    connection.execute(update(feedback).where(feedback.c.key == key).values(taken=1))

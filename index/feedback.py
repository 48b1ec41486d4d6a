"""Feedback: what people say of answers, with all that it takes to see later what they were shown.

It belongs to the store and to no generation of it; a rebuild keeps it. Knows not what an answer is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, inspect, select, update

from index.tables import feedback

UP, DOWN = "up", "down"
WAITING, TAKEN, HANDLED = 0, 1, 2
"""What has become of it: nothing yet, a candidate, or a person has said that nothing needs to."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer. `citations` are those of the answer, as its JSON has them.

    `made_at` is ISO 8601, UTC; `generation` is the store's that was answered from; `taken`, that it has become a
    candidate; `handled`, that a person needs none of it.
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
    handled: bool = False


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
    """Forget what was said of a turn, unless it has become a candidate or somebody has looked at it.

    Nothing, of a turn without a name.
    """
    if not turn:
        return
    connection.execute(delete(feedback).where(feedback.c.turn == turn, feedback.c.taken == WAITING))


def read_feedback(connection: Connection, *, taken: bool | None = None, key: int | None = None) -> list[Feedback]:
    """What was said, in the order in which it was; with `key`, that one.

    With `taken`, only what has become a candidate, or what waits for somebody to look at it.
    """
    if not _is_there(connection):
        return []
    query = _select().order_by(feedback.c.key)
    query = query if taken is None else query.where(feedback.c.taken == (TAKEN if taken else WAITING))
    query = query if key is None else query.where(feedback.c.key == key)
    return [_feedback_of(row) for row in connection.execute(query).mappings()]


def newest_feedback(
    connection: Connection, *, verdict: str | None, waiting: bool | None, most: int, after: int = 0
) -> list[Feedback]:
    """At most so many, newest first, but for the first `after`; of one verdict, waiting or not, where that is given."""
    if not _is_there(connection):
        return []
    query = _select().order_by(feedback.c.key.desc()).limit(most).offset(after)
    query = query if verdict is None else query.where(feedback.c.verdict == verdict)
    if waiting is not None:
        query = query.where((feedback.c.taken == WAITING) if waiting else (feedback.c.taken != WAITING))
    return [_feedback_of(row) for row in connection.execute(query).mappings()]


def count_feedback(connection: Connection) -> dict[tuple[str, bool], int]:
    """How many there are, by verdict and by whether they wait."""
    if not _is_there(connection):
        return {}
    query = select(feedback.c.verdict, feedback.c.taken, func.count()).group_by(feedback.c.verdict, feedback.c.taken)
    found: dict[tuple[str, bool], int] = {}
    for verdict, taken, number in connection.execute(query):
        found[verdict, taken == WAITING] = found.get((verdict, taken == WAITING), 0) + number
    return found


def _is_there(connection: Connection) -> bool:
    """Not in a store of an older version that cannot be written."""
    return inspect(connection).has_table(feedback.name)


def _select() -> Select[Any]:
    """All but the turn, which an older store that cannot be written lacks."""
    return select(*(column for column in feedback.c if column is not feedback.c.turn))


def _feedback_of(row: RowMapping) -> Feedback:
    own = {name: value for name, value in row.items() if name != "taken"}
    own |= {"history": tuple(row["history"]), "citations": tuple(row["citations"])}
    return Feedback(**own, taken=row["taken"] == TAKEN, handled=row["taken"] == HANDLED)


def mark_taken(connection: Connection, key: int) -> None:
    """It has become a candidate."""
    connection.execute(update(feedback).where(feedback.c.key == key).values(taken=TAKEN))


def mark_handled(connection: Connection, key: int, *, handled: bool = True) -> None:
    """A person needs none of it, or does after all; what has become a candidate stays so."""
    own = (feedback.c.key == key, feedback.c.taken != TAKEN)
    connection.execute(update(feedback).where(*own).values(taken=HANDLED if handled else WAITING))

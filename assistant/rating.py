"""What somebody thinks of an answer, kept in the store with all that they were shown; knows no page."""

from collections.abc import Mapping, Sequence
from typing import Any

from index.feedback import DOWN, UP, add_feedback, withdraw
from index.store import Store


def rate(
    store: Store, question: str, history: Sequence[str], answer: Mapping[str, Any], *, turn: str, is_up: bool | None
) -> None:
    """Keep a verdict on an answer, given as JSON with the `generation` that it is from; None takes it back.

    `turn` is a name of this one answer: whoever thinks again has one verdict.

    Raises:
        StoreError: the store cannot be written.
    """
    with store.catalogue.transaction() as connection:
        withdraw(connection, turn)
        if is_up is None:
            return
        add_feedback(
            connection,
            question=question,
            history=history,
            answer=answer["answer"],
            status=answer["status"],
            citations=answer["citations"],
            generation=answer["generation"],
            verdict=UP if is_up else DOWN,
            turn=turn,
        )

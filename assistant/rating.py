"""What somebody thinks of an answer, kept in the store with all that they were shown; knows no page."""

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.document import canonical
from index.feedback import DOWN, UP, add_feedback, withdraw
from index.store import Store

LONGEST_COMMENT = 4_000
"""Characters of a comment that are kept."""


def rate(
    store: Store,
    question: str,
    history: Sequence[str],
    answer: Mapping[str, Any],
    *,
    turn: str,
    is_up: bool | None,
    comment: str = "",
) -> None:
    """Keep a verdict on an answer, given as JSON with the `generation` that it is from; None takes it back.

    `turn` is a name of this one answer: whoever thinks again has one verdict, with the comment that came with it.

    Raises:
        StoreError: the store cannot be written, or is being made anew.
    """
    with store.catalogue.lasting() as connection:
        withdraw(connection, turn)
        if is_up is None:
            return
        add_feedback(
            connection,
            question=canonical(question),
            history=[canonical(one) for one in history],
            answer=answer["answer"],
            status=answer["status"],
            citations=answer["citations"],
            generation=answer["generation"],
            verdict=UP if is_up else DOWN,
            comment=canonical(comment).strip()[:LONGEST_COMMENT],
            turn=turn,
        )

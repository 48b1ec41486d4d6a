"""The inbox of what people said of answers: newest first, waiting or done with, some at a time.

Knows no page. What is made of it are candidates (`eval.said`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.feedback import DOWN, UP, Feedback, count_feedback, mark_handled, newest_feedback
from index.store import Store

A_PAGE = 20
"""Of what was said that is shown at once."""
WAITING, DONE = "waiting", "done"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see: of one verdict or all (""), waiting, done with, or all (""); from which on."""

    verdict: str = ""
    state: str = WAITING
    after: int = 0


@dataclass(frozen=True, slots=True)
class Inbox:
    """What was said, newest first; how many are wanted (`total`), and how many there are by verdict and state."""

    said: tuple[Feedback, ...]
    total: int
    wanted: Wanted
    counts: Mapping[tuple[str, str], int]

    @property
    def earlier(self) -> Wanted | None:
        """The page before this one, with newer ones."""
        return _at(self.wanted, max(0, self.wanted.after - A_PAGE)) if self.wanted.after else None

    @property
    def later(self) -> Wanted | None:
        """The page behind this one."""
        after = self.wanted.after + A_PAGE
        return _at(self.wanted, after) if after < self.total else None


def _at(wanted: Wanted, after: int) -> Wanted:
    return Wanted(wanted.verdict, wanted.state, after)


def read_inbox(store: Store, wanted: Wanted) -> Inbox:
    """What was said, as far as it is wanted; a page that is no longer there gives the last one that is."""
    with store.catalogue.transaction() as connection:
        found = count_feedback(connection)
        counts = {(verdict, WAITING if waits else DONE): number for (verdict, waits), number in found.items()}
        total = sum(n for (v, s), n in counts.items() if wanted.verdict in ("", v) and wanted.state in ("", s))
        last = max(0, total - 1) // A_PAGE * A_PAGE
        shown = _at(wanted, min(max(0, wanted.after), last))
        said = newest_feedback(
            connection, verdict=wanted.verdict or None, waiting=None if not wanted.state else wanted.state == WAITING,
            most=A_PAGE, after=shown.after,
        )  # fmt: skip
    return Inbox(tuple(said), total, shown, counts)


def wanted_of(fields: Mapping[str, object]) -> Wanted:
    """What a form asks for; whatever else it holds is every one."""
    verdict, state = str(fields.get("verdict", "")), str(fields.get("state", ""))
    return Wanted(verdict if verdict in (UP, DOWN) else "", state if state in (WAITING, DONE) else "")


def handle(store: Store, key: int, *, handled: bool) -> None:
    """Nothing is to be done about it, or there is after all."""
    with store.catalogue.transaction() as connection:
        mark_handled(connection, key, handled=handled)

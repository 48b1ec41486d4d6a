"""An answer that grows: how another event of the page stops it, and what comes of it.

Knows no assistant and no page: a stream of anything, read in a thread of its own, so that whoever shows it can stop at
once, whatever it waits for.
"""

import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")
LOOK_SECONDS = 0.05
"""How soon a halt is seen."""
LONGEST_WAIT_SECONDS = 600.0
"""For what is being written before; longer than any model is asked by default."""


@dataclass(eq=False, slots=True)
class Halt:
    """Shared by whoever shows a growing answer and whoever may stop it.

    It `is_left` where nobody looks any more, so that nothing else of it is shown.
    """

    is_left: bool = False
    _stopped: threading.Event = field(default_factory=threading.Event)
    _outcome: "Future[Any]" = field(default_factory=Future)

    def stop(self, *, is_left: bool = False) -> None:
        """Let what has come so far be all; nothing happens where it is over already."""
        self.is_left = self.is_left or is_left
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether it has been stopped."""
        return self._stopped.is_set()

    def settle(self, outcome: Any) -> None:
        """Say what has come of it in the end; only the first word counts."""
        if not self._outcome.done():
            self._outcome.set_result(outcome)

    def outcome(self, seconds: float = LONGEST_WAIT_SECONDS) -> Any:
        """What has come of it, waited for.

        Raises:
            TimeoutError: nothing within so many seconds.
        """
        return self._outcome.result(seconds)


@dataclass(frozen=True, slots=True)
class _Came(Generic[T]):
    """What a thread hands over: one more, what broke it, or that there is no more."""

    one: T | None = None
    error: BaseException | None = None
    is_end: bool = False


def until_stopped(stream: Iterator[T], halt: Halt) -> Generator[T, None, None]:
    """What comes of a stream, to its end or until it is stopped; what it raises is raised here.

    The stream is closed in its own thread, as soon as it no longer waits for something.
    """
    came: SimpleQueue[_Came[T]] = SimpleQueue()
    closed = threading.Event()
    threading.Thread(target=_read, args=(stream, came, closed), name="answer", daemon=True).start()
    try:
        while not halt.is_stopped:
            try:
                told = came.get(timeout=LOOK_SECONDS)
            except Empty:
                continue
            if told.error is not None:
                raise told.error
            if told.is_end:
                return
            yield told.one  # type: ignore[misc]  # neither broken nor over, so there is one
    finally:
        closed.set()


def _read(stream: Iterator[T], came: "SimpleQueue[_Came[T]]", closed: threading.Event) -> None:
    try:
        for one in stream:
            came.put(_Came(one))
            if closed.is_set():
                break
    except BaseException as error:  # noqa: BLE001  # the edge of a thread: whoever reads the stream gets it
        came.put(_Came(error=error))
    else:
        came.put(_Came(is_end=True))
    finally:
        if close := getattr(stream, "close", None):
            close()

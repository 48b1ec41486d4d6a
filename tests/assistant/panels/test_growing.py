"""What grows is shown as it comes, stopped at once, and read by no thread for longer than it comes."""

import threading
import time
from collections.abc import Iterator

import pytest

from assistant.panels.growing import Halt, until_stopped
from corpus.errors import ProjectError


def reading() -> list[threading.Thread]:
    """The threads that read an answer."""
    return [one for one in threading.enumerate() if one.name == "answer"]


@pytest.fixture(autouse=True)
def _leaves_nothing() -> Iterator[None]:
    """Wait for what a test has left; nothing stays."""
    yield
    for thread in reading():
        thread.join(5)
    assert reading() == []


class Stream:
    """Numbers, the third of which may take as long as one likes; knows whether it was closed."""

    def __init__(self, *, is_slow: bool = False) -> None:
        self.goes_on = threading.Event()
        self.closed = threading.Event()
        self.is_slow = is_slow

    def __iter__(self) -> Iterator[int]:
        try:
            for n in range(1, 5):
                if n == 3 and self.is_slow:
                    self.goes_on.wait(10)
                yield n
        finally:
            self.closed.set()


def test_everything_comes_in_order_and_then_it_is_closed() -> None:
    stream = Stream()
    assert list(until_stopped(iter(stream), Halt())) == [1, 2, 3, 4]
    assert stream.closed.wait(5)


def test_what_is_stopped_ends_at_once_whatever_it_waits_for() -> None:
    stream, halt = Stream(is_slow=True), Halt()
    shown = until_stopped(iter(stream), halt)
    assert [next(shown), next(shown)] == [1, 2]
    threading.Timer(0.1, halt.stop).start()
    began = time.monotonic()
    assert list(shown) == []
    assert time.monotonic() - began < 2
    assert not stream.closed.is_set()
    stream.goes_on.set()
    assert stream.closed.wait(5)


def test_what_nobody_looks_at_any_more_is_closed() -> None:
    stream = Stream(is_slow=True)
    shown = until_stopped(iter(stream), Halt())
    assert next(shown) == 1
    shown.close()
    stream.goes_on.set()
    assert stream.closed.wait(5)


def test_what_breaks_breaks_where_it_is_shown() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ProjectError("no room")

    shown = until_stopped(broken(), Halt())
    assert next(shown) == 1
    with pytest.raises(ProjectError, match="no room"):
        next(shown)


def test_the_first_outcome_counts_and_is_waited_for() -> None:
    halt = Halt()
    with pytest.raises(TimeoutError):
        halt.outcome(0.01)
    threading.Timer(0.05, halt.settle, ["first"]).start()
    assert halt.outcome(5) == "first"
    halt.settle("second")
    assert halt.outcome(0) == "first"

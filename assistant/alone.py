"""What is written for an event loop, run by a thread that has none: each time in a loop of its own.

A loop costs 0.2 ms, and nothing of it is shared: any number of threads may do so at once, and a generator may be
gone through by one thread after the other. Knows nothing of what it runs.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, TypeVar

T = TypeVar("T")
CLOSE_S = 1.0
"""How long what is given up may take to tidy up behind itself."""


def run_alone(asked: Coroutine[Any, Any, T]) -> T:
    """What a coroutine comes back with. Unlike asyncio.run it waits for no look-up of a name that was given up."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(asked)
    try:
        return loop.run_until_complete(task)
    finally:
        _end(loop, task)


def pieces_alone(ask: Callable[[Callable[[str], None]], Awaitable[T]]) -> Generator[str, None, T]:
    """The pieces that `ask` hands on while it runs, as they come; at the end, the generator's value is its own.

    `ask` runs only while a piece is waited for. Closing the generator cancels it and waits until it has tidied up.
    """
    loop = asyncio.new_event_loop()
    pieces: asyncio.Queue[str | None] = asyncio.Queue()

    async def run() -> T:
        try:
            return await ask(pieces.put_nowait)
        finally:
            pieces.put_nowait(None)

    # One task from the first piece to the last: what a context manager enters within, it must leave within as well.
    task = loop.create_task(run())
    try:
        while (piece := loop.run_until_complete(pieces.get())) is not None:
            yield piece
        return loop.run_until_complete(task)
    finally:
        if _is_in_a_loop():  # collected as garbage there, most likely
            ending = threading.Thread(target=_end, args=(loop, task))
            ending.start()
            ending.join()
        else:
            _end(loop, task)


def _end(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[Any]") -> None:
    try:
        if not task.done():
            task.cancel()
            loop.run_until_complete(asyncio.wait([task], timeout=CLOSE_S))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True

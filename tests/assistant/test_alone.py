"""Coroutines run by threads without an event loop: pieces as they come, tidied up behind, wherever it ends."""

import asyncio
import time
from collections.abc import Callable

import pytest

from assistant.alone import pieces_alone, run_alone


def test_a_coroutine_comes_back_with_its_value_or_its_error() -> None:
    async def value() -> int:
        await asyncio.sleep(0)
        return 7

    async def error() -> int:
        raise LookupError("7")

    assert run_alone(value()) == 7
    with pytest.raises(LookupError):
        run_alone(error())


def test_a_look_up_that_hangs_is_not_waited_for() -> None:
    async def hang() -> None:
        async with asyncio.timeout(0.1):
            await asyncio.to_thread(time.sleep, 1.5)

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        run_alone(hang())
    assert time.monotonic() - began < 1


def test_pieces_come_one_by_one_and_the_value_last() -> None:
    sent: list[str] = []

    async def say(hand_on: Callable[[str], None]) -> str:
        for piece in "abc":
            sent.append(piece)
            hand_on(piece)
            await asyncio.sleep(0.01)
        return "all"

    pieces = pieces_alone(say)
    assert next(pieces) == "a"
    assert sent == ["a"]
    time.sleep(0.05)
    assert sent == ["a"]  # nothing runs while nobody waits
    assert [next(pieces), next(pieces)] == ["b", "c"]
    with pytest.raises(StopIteration) as ended:
        next(pieces)
    assert ended.value.value == "all"


@pytest.mark.parametrize("is_in_loop", [False, True])
def test_closing_cancels_what_runs_and_waits_for_its_end(is_in_loop: bool) -> None:
    ended: list[str] = []

    async def say(hand_on: Callable[[str], None]) -> None:
        try:
            hand_on("a")
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            ended.append("tidy")

    pieces = pieces_alone(say)
    assert next(pieces) == "a"
    if is_in_loop:

        async def close() -> None:
            pieces.close()

        asyncio.run(close())
    else:
        pieces.close()
    assert ended == ["tidy"]


def test_an_error_comes_after_the_pieces_before_it() -> None:
    async def say(hand_on: Callable[[str], None]) -> None:
        hand_on("a")
        raise LookupError("7")

    pieces = pieces_alone(say)
    assert next(pieces) == "a"
    with pytest.raises(LookupError):
        next(pieces)

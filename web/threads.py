"""How many requests and events may be worked on at the same time, each in a thread of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

THREADS = 200
"""Gradio works on 40 events of each of the four pages at a time, and a question that waits for others keeps its thread;
with 40 threads for all, as is usual, 40 of these would keep everything else waiting, a document's words too."""


def add_threads(app: "FastAPI") -> None:
    """Let so many be worked on for as long as the app runs."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(whole: "FastAPI") -> AsyncIterator[Any]:
        from anyio.to_thread import current_default_thread_limiter

        current_default_thread_limiter().total_tokens = THREADS
        async with before(whole) as state:
            yield state

    app.router.lifespan_context = lifespan

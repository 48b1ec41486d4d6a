"""How much is worked on at the same time."""

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.testclient import TestClient

from web.threads import THREADS, add_threads


def test_what_waits_leaves_threads_for_what_does_not() -> None:
    app = FastAPI()
    add_threads(app)

    async def threads() -> float:
        return current_default_thread_limiter().total_tokens

    app.get("/threads")(threads)
    with TestClient(app) as client:
        assert client.get("/threads").json() == THREADS > 4 * 40

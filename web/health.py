"""Whether the server is well: for whoever watches it, as JSON and by the status."""

from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from assistant.live import LiveAssistant
from corpus.errors import ProjectError


def health(app: FastAPI, live: LiveAssistant) -> None:
    """Add `/healthz`: 200 and what the store holds, or 503 where it cannot be read or is gone."""

    def healthz() -> JSONResponse:
        # Why it is not stands in the log; the address of a database is not everybody's business.
        unavailable = JSONResponse({"status": "unavailable"}, 503)
        try:
            held = holdings(live)
            # A store that was taken away can be read on until it is closed, and nothing new is seen or kept.
            return JSONResponse({"status": "ok"} | held) if live.is_in_place() else unavailable
        except ProjectError:
            return unavailable

    app.get("/healthz", include_in_schema=False)(healthz)


def holdings(live: LiveAssistant) -> dict[str, Any]:
    """The store's generation and what is in it; whether a question about a text finds the model loaded."""
    store = live.current()
    return {"generation": store.generation, **store.counts(), "is_warm": live.is_warm}

"""What browsers are told about pages, and that streams go through as they come."""

import asyncio
from typing import Any

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.testclient import TestClient

from web.headers import HEADERS, add_headers


def app_of() -> FastAPI:
    app = FastAPI(openapi_url=None)
    add_headers(app)

    def page(rest: str = "") -> PlainTextResponse:
        return PlainTextResponse(rest, headers={"cache-control": "max-age=9", "referrer-policy": "no-referrer"})

    app.get("/{rest:path}")(page)
    return app


def test_every_answer_has_them_and_one_that_says_otherwise_keeps_its_own() -> None:
    client = TestClient(app_of())
    for path in ("/", "/staff/x"):
        told = client.get(path).headers
        assert {name: told[name] for name in HEADERS} == HEADERS | {"Referrer-Policy": "no-referrer"}
    assert client.post("/").headers["x-content-type-options"] == "nosniff"


def test_staff_pages_are_kept_nowhere_and_what_is_the_same_for_everybody_may_be() -> None:
    client = TestClient(app_of())
    kept = {
        path: client.get(path).headers["cache-control"]
        for path in ("/", "/staff", "/STAFF/x", "/staff/assets/x", "/staff/ro/assets/x", "/staff/ro/x")
    }
    assert kept == {
        "/": "max-age=9",
        "/staff": "no-store",
        "/STAFF/x": "no-store",
        "/staff/assets/x": "max-age=9",
        "/staff/ro/assets/x": "max-age=9",
        "/staff/ro/x": "no-store",
    }


def test_nothing_may_be_loaded_from_or_sent_to_another_host() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    allowed = {source for sources in policy.values() for source in sources.split()}
    assert allowed == {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"


def test_a_stream_goes_through_as_it_comes() -> None:
    app = FastAPI(openapi_url=None)
    add_headers(app)
    sent: list[dict[str, Any]] = []
    seen: list[int] = []

    async def pieces() -> Any:
        for piece in (b"1", b"2", b"3"):
            seen.append(len(sent))
            yield piece

    async def stream() -> StreamingResponse:
        return StreamingResponse(pieces())

    app.get("/stream")(stream)

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return await asyncio.sleep(60)

    scope = {"type": "http", "method": "GET", "path": "/stream", "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    assert seen == [1, 2, 3]  # the start and each piece were sent before the next was made

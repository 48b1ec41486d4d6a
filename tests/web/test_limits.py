"""How much may be sent at once, and that longer things are refused however they are sent."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from web.limits import MOST_BYTES, UPLOAD_BYTES, Limits


@pytest.fixture(scope="module")
def client() -> TestClient:
    """An app that says how much it was sent."""
    app = FastAPI()
    app.add_middleware(Limits)

    async def length(request: Request) -> int:
        return len(await request.body())

    app.post("/{rest:path}")(length)
    return TestClient(app)


def pieces(size: int) -> Iterator[bytes]:
    """So many bytes, without a word before on how many they are."""
    while size > 0:
        yield b"x" * min(size, 500_000)
        size -= 500_000


@pytest.mark.parametrize(
    ("path", "most"), [("/gradio_api/queue/join", MOST_BYTES), ("/track-record", MOST_BYTES), ("/mcp/", MOST_BYTES),
                       ("/staff/login", MOST_BYTES), ("/ro/gradio_api/upload", UPLOAD_BYTES)],
)  # fmt: skip
def test_as_much_as_there_is_reason_to_send_is_taken_and_no_more(client: TestClient, path: str, most: int) -> None:
    assert client.post(path, content=b"x" * most).json() == most
    assert client.post(path, content=pieces(most)).json() == most
    assert client.post(path, content=b"x" * (most + 1)).status_code == 413
    assert client.post(path, content=pieces(most + 1)).status_code == 413


def test_staff_may_upload_more(client: TestClient) -> None:
    assert client.post("/staff/gradio_api/upload", content=b"x" * (UPLOAD_BYTES + 1)).json() == UPLOAD_BYTES + 1


@pytest.mark.parametrize("said", ["-1", "x", "9" * 5_000])
def test_a_length_that_is_none_is_refused(client: TestClient, said: str) -> None:
    assert client.post("/x", content=b"x", headers={"content-length": said}).status_code == 413

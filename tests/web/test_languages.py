"""Which language a visitor is sent to."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web.languages import Languages, preferred

BROWSER = {"accept": "text/html,*/*"}
ROMANIAN = BROWSER | {"accept-language": "ro-RO,ro;q=0.9,en;q=0.5"}


def shown(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.url.path} {request.url.query}")


@pytest.fixture
def visitor() -> TestClient:
    """Visit a page in English at the root and in Romanian below `/ro`."""
    app = Starlette(routes=[Route("/{path:path}", shown)])
    app.add_middleware(Languages, pages=[{"en": "", "ro": "/ro"}, {"en": "/staff", "ro": "/staff/ro"}])
    return TestClient(app)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"), ("ro", "ro"), ("ro-RO,ro;q=0.9,en;q=0.5", "ro"), ("en-GB,en;q=0.9,ro;q=0.8", "en"),
        ("fr,ro;q=0.4,en;q=0.3", "ro"), ("ro;q=0,en;q=0.1", "en"), ("ro;q=x,en", "en"), ("*", "en"), ("RO-md", "ro"),
        ("fr,de;q=0.9", "en"),
    ],
)  # fmt: skip
def test_the_language_liked_best_is_taken(accepted: str, language: str) -> None:
    assert preferred(accepted, ("en", "ro")) == language


def test_who_reads_romanian_is_sent_there_with_what_the_address_asks(visitor: TestClient) -> None:
    assert visitor.get("/?c=x%26y", headers=ROMANIAN).text == "/ro/ c=x%26y"
    assert visitor.get("/", headers=BROWSER).text == "/ "
    assert visitor.get("/staff/", headers=ROMANIAN).text == "/staff/ro/ "


def test_programs_and_other_addresses_are_left_alone(visitor: TestClient) -> None:
    assert visitor.get("/", headers={"accept-language": "ro"}).text == "/ "
    assert visitor.get("/config", headers=ROMANIAN).text == "/config "
    assert visitor.get("/ro", headers=BROWSER).text == "/ro/ "


def test_a_choice_is_remembered_and_can_be_changed(visitor: TestClient) -> None:
    assert visitor.get("/ro/?language=en&c=1", headers=ROMANIAN).text == "/ c=1"
    assert visitor.get("/", headers=ROMANIAN).text == "/ "
    assert visitor.get("/?language=ro", headers=BROWSER).text == "/ro/ "
    assert visitor.get("/", headers=BROWSER).text == "/ro/ "


def test_a_language_that_is_not_there_is_dropped_and_not_remembered(visitor: TestClient) -> None:
    assert visitor.get("/?language=//evil.example", headers=BROWSER).text == "/ "
    assert not visitor.cookies

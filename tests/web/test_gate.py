"""A real Gradio app behind the gate: each of its paths refuses who has no session, and works with one."""

import asyncio
import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from tests.web.people import PASSWORD, write_people
from tests.web.staff_app import SECRET, Staff, serving
from web.addresses import LOGIN
from web.frames import make_frames
from web.gate import COOKIE, Gate, is_from_elsewhere
from web.login import add_login
from web.sessions import Sessions
from web.users import KnownUsers, User, known_user

LOG_IN = '{"error":"log in first"}'
WEBSOCKET = {
    "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
    "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==",
}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """Asks as no browser does: it says nothing of itself, and sends paths as they are given."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and location of an answer."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request(method, path, headers={**self.headers, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers["location"] or ""
        finally:
            connection.close()

    def event(self, name: str, *given: str) -> str:
        """What an event of the app answers, through its queue."""
        with httpx.Client(base_url=f"{self.url}/staff/gradio_api/call", headers=self.headers) as client:
            joined = client.post(f"/{name}", json={"data": given}).json()
            return client.get(f"/{name}/{joined['event_id']}").text


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    with serving(write_people(tmp_path_factory.mktemp("gate") / "users.json")) as served:
        yield served


@pytest.fixture(scope="module")
def nobody(staff: Staff) -> Program:
    return Program(staff.url)


@pytest.fixture(scope="module")
def ana(staff: Staff) -> Program:
    return logged_in(staff, "ana")


def logged_in(staff: Staff, name: str) -> Program:
    with httpx.Client(base_url=staff.url) as client:
        token = client.get("/staff/login").text.partition('name="token" value="')[2].partition('"')[0]
        form = urlencode({"token": token, "name": name, "password": PASSWORD})
        led = client.post("/staff/login", content=form)
    return Program(staff.url, {"cookie": f"{COOKIE}={led.cookies[COOKIE]}"})


def test_every_path_of_the_app_refuses_who_has_no_session(staff: Staff, nobody: Program) -> None:
    assert len(staff.paths) > 70
    assert {path for _, path in staff.paths} >= {
        f"/staff{path}"
        for path in (
            "/config", "/theme.css", "/gradio_api/info", "/gradio_api/queue/join", "/gradio_api/queue/data",
            "/gradio_api/upload", "/gradio_api/file=x", "/gradio_api/heartbeat/x", "/gradio_api/app_id",
            "/gradio_api/token", "/assets/x", "/static/x", "/gradio_api/mcp/x",
        )
    }  # fmt: skip
    for method, path in staff.paths:
        if path == LOGIN:
            continue  # Gradio has a page to log in, too, which ours stands before
        status, body, _ = nobody.ask(method, path)
        assert (status, body) == (401, "" if method == "HEAD" else LOG_IN), (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/staff", "/staff/", "//staff/config", "/STAFF/config", "/staff/../staff/config", "/staff/./config",
        "/staff/%2e%2e/staff/config", "/%2e/staff/config", "/%73taff/config", "/staff%2fconfig", "/staff%5cconfig",
        "/staff//config", "/staff;x/../staff/config", "/ro/../staff/config", "/staff/login/", "/staff/login/x",
        "/staff/login/../config", "/staff/config?x=/staff/login", "/staff/login%2f..%2fconfig",
    ],
)  # fmt: skip
def test_odd_spellings_give_nothing_away(nobody: Program, path: str) -> None:
    assert nobody.ask("GET", path) == (401, LOG_IN, "")


def test_methods_that_the_login_page_does_not_know_are_refused_as_well(nobody: Program) -> None:
    for method, path in (("PUT", "/staff/login"), ("DELETE", "/staff/logout"), ("GET", "/staff/logout")):
        assert nobody.ask(method, path) == (401, LOG_IN, "")


def test_a_websocket_is_refused_also_by_a_server_that_cannot_say_why(nobody: Program, tmp_path: Path) -> None:
    assert nobody.ask("GET", "/staff/queue/join", WEBSOCKET)[:2] == (401, LOG_IN)
    app = FastAPI(openapi_url=None)
    add_login(app, tmp_path / "users.json", make_frames())
    sent: list[object] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    scope = {"type": "websocket", "path": "/staff/x", "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_token_that_is_nobodys_opens_nothing(staff: Staff, ana: Program) -> None:
    for cookie in (f"{COOKIE}=x", ana.headers["cookie"][:-1], f"{COOKIE}=", COOKIE, "=" * 99):
        assert Program(staff.url, {"cookie": cookie}).ask("GET", "/staff/config")[0] == 401


def test_a_browser_is_led_to_the_login_page_and_a_script_in_one_is_not(nobody: Program) -> None:
    for headers in ({"accept": "text/html"}, {"accept": "*/*", "sec-fetch-mode": "navigate"}):
        assert nobody.ask("GET", "/staff/?view=api", headers) == (303, "", "/staff/login?next=/staff/%3Fview%3Dapi")
    assert nobody.ask("GET", "/staff/", {"accept": "text/html", "sec-fetch-mode": "cors"})[0] == 401
    assert nobody.ask("POST", "/staff/", {"accept": "text/html"})[0] == 401


def test_the_public_app_is_open_and_tells_nothing_of_the_other(nobody: Program) -> None:
    status, config, _ = nobody.ask("GET", "/config")
    assert status == 200
    assert "Open to all" in config
    assert SECRET not in config


def test_with_a_session_the_app_works(ana: Program) -> None:
    assert SECRET in ana.ask("GET", "/staff/")[1]
    assert '"/look"' in ana.ask("GET", "/staff/gradio_api/info")[1]
    assert [ana.ask("GET", path)[0] for path in ("/staff/config", "/staff/theme.css", "//staff/config")] == [
        200,
        200,
        404,
    ]


def test_an_event_knows_who_asks_and_refuses_who_may_only_look(staff: Staff, ana: Program) -> None:
    vio = logged_in(staff, "vio")
    assert "hello 3: ana, ana" in ana.event("look", "hello")
    assert '"changed"' in ana.event("change")
    assert "hello 3: vio, vio" in vio.event("look", "hello")
    assert '"refused"' in vio.event("change")


def test_another_sites_page_cannot_ask_in_the_name_of_who_is_logged_in(ana: Program) -> None:
    for headers in ({"sec-fetch-site": "same-site"}, {"origin": "http://other.127.0.0.1"}):
        for method, path in (("GET", "/staff/config"), ("POST", "/staff/gradio_api/queue/join")):
            assert ana.ask(method, path, headers)[:2] == (403, '{"error":"asked from another page"}')
    assert ana.ask("GET", "/staff/x", WEBSOCKET | {"origin": "http://elsewhere.example"})[0] == 403
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert ana.ask("GET", "/staff/", link)[0] == 200
    assert ana.ask("POST", "/staff/", link)[0] == 403


@pytest.mark.parametrize(
    ("headers", "is_elsewhere"),
    [
        ({}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://name.that.a.proxy.changed"}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://here:80"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"origin": "http://here:80"}, False),
        ({"origin": "https://here:80"}, False),  # a proxy in front may speak https
        ({"origin": "http://here:81"}, True),
        ({"origin": "http://here.elsewhere.example"}, True),
        ({"origin": "http://here:80@elsewhere.example"}, True),
        ({"origin": "null"}, True),
    ],
)
def test_where_a_request_comes_from_is_what_the_browser_says(headers: dict[str, str], is_elsewhere: bool) -> None:
    assert is_from_elsewhere(Headers({"host": "here:80", **headers})) is is_elsewhere


def cookie_of(sessions: Sessions, user: User) -> bytes:
    return f"{COOKIE}={sessions.begin(user)}".encode()


def test_who_asks_is_found_in_requests_of_both_kinds_and_nobody_where_there_is_none(tmp_path: Path) -> None:
    users = write_people(tmp_path / "users.json")
    sessions = Sessions(KnownUsers(users))
    gate, user = Gate(sessions), known_user(users, "vio")
    asked = HTTPConnection({"type": "http", "headers": [(b"cookie", cookie_of(sessions, user))]})
    assert [gate.name_of(one) for one in (asked, SimpleNamespace(request=asked))] == ["vio", "vio"]
    assert [gate.user(one) for one in (None, object(), SimpleNamespace(request=None))] == [None] * 3
    editing = HTTPConnection({"type": "http", "headers": [(b"cookie", cookie_of(sessions, known_user(users, "ana")))]})
    assert [gate.may_change(one) for one in (editing, asked, None)] == [True, False, False]

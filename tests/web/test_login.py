"""Logging in and out: who comes in, what is said to whom does not, and what cannot be done from another page."""

import asyncio
import logging
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import httpx
import httpx2
import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from tests.web.people import OTHER, PASSWORD, Clock, write_people
from web.attempts import PER_ADDRESS, PER_NAME, WINDOW_SECONDS, Attempts
from web.frames import make_frames
from web.gate import COOKIE, Gate
from web.headers import add_headers
from web.login import add_login
from web.sessions import IDLE_SECONDS, Sessions
from web.users import KnownUsers, remove_user, set_password

PLANTED = "an umbrella of soup"


@dataclass
class Site:
    """An app with a staff page, its users and its time."""

    app: FastAPI
    users: Path
    gate: Gate
    clock: Clock

    def browser(self, address: str = "192.0.2.1", base: str = "http://testserver", **headers: str) -> TestClient:
        """Somebody's browser, with cookies of its own."""
        return TestClient(
            self.app, base, client=(address, 5), headers={"accept": "text/html", **headers}, follow_redirects=False
        )


def site_of(users: Path, clock: Clock, proxies: str = "", per_address: int = PER_ADDRESS) -> Site:
    app = FastAPI(openapi_url=None)
    gate = add_login(
        app,
        users,
        make_frames(),
        attempts=Attempts(per_address=per_address, clock=clock),
        sessions=Sessions(KnownUsers(users), clock=clock),
    )
    add_headers(app, proxies)

    def staff() -> PlainTextResponse:
        return PlainTextResponse("secret")

    app.get("/staff/{rest:path}")(staff)
    return Site(app, users, gate, clock)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(1_700_000_000.0)
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=clock))
    return clock


@pytest.fixture
def site(tmp_path: Path, clock: Clock) -> Site:
    return site_of(write_people(tmp_path / "users.json"), clock)


def fields_of(page: httpx2.Response) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: unescape(value) for name, value in found}


def log_in(
    browser: TestClient, name: str = "ana", password: str = PASSWORD, wanted: str = "/staff/"
) -> httpx2.Response:
    fields = fields_of(browser.get("/staff/login", params={"next": wanted}))
    return browser.post("/staff/login", data=fields | {"name": name, "password": password})


def is_in(browser: TestClient) -> bool:
    return browser.get("/staff/").text == "secret"


def told(page: httpx2.Response) -> str:
    found = re.search(r'<p class="login-told"[^>]*>(.+?)</p>', page.text)
    return re.sub("<.+?>", "", found[1]) if found else ""


# In and out


def test_who_asks_for_a_page_logs_in_and_gets_it(site: Site) -> None:
    browser = site.browser()
    asked = browser.get("/staff/runs?id=3&x=a%20b")
    assert (asked.status_code, asked.text) == (303, "")
    page = browser.get(asked.headers["location"])
    assert page.status_code == 200
    led = browser.post("/staff/login", data=fields_of(page) | {"name": "Ana", "password": PASSWORD})
    assert (led.status_code, led.headers["location"]) == (303, "/staff/runs?id=3&x=a%20b")
    assert browser.get(led.headers["location"]).text == "secret"
    assert browser.get("/staff/login?next=/staff/runs").headers["location"] == "/staff/runs"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(site: Site) -> None:
    browser = site.browser()
    pages = [log_in(browser, name, password) for name, password in (("ana", OTHER), ("bo", PASSWORD), ("", ""))]
    assert {page.status_code for page in pages} == {403}
    assert {told(page) for page in pages} == {"The name or the password is wrong."}
    assert 'value="ana"' in pages[0].text
    assert all(OTHER not in page.text and COOKIE not in page.cookies for page in pages)
    assert not is_in(browser)


def test_who_logs_out_is_out_also_with_the_old_cookie(site: Site) -> None:
    browser = site.browser()
    log_in(browser)
    token = browser.cookies[COOKIE]
    left = browser.post("/staff/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/staff/login?out=1")
    assert COOKIE not in browser.cookies
    assert told(browser.get("/staff/login?out=1")) == "You have logged out."
    browser.cookies.set(COOKIE, token)
    assert not is_in(browser)


def test_a_session_that_is_over_is_said_to_be(site: Site, clock: Clock) -> None:
    browser = site.browser()
    log_in(browser)
    assert is_in(browser)
    clock.now += IDLE_SECONDS
    asked = browser.get("/staff/")
    assert asked.status_code == 303
    assert told(browser.get(asked.headers["location"])) == "Your session has ended. Please log in again."
    log_in(browser)
    assert is_in(browser)


def test_a_new_password_or_a_removed_user_is_out_at_once(site: Site) -> None:
    ana, vio = site.browser(), site.browser()
    log_in(ana)
    log_in(vio, "vio")
    set_password(site.users, "ana", OTHER)
    assert (is_in(ana), is_in(vio)) == (False, True)
    remove_user(site.users, "vio")
    assert not is_in(vio)
    assert log_in(ana, "ana", OTHER).status_code == 303


def test_logging_in_again_ends_the_session_before(site: Site) -> None:
    browser = site.browser()
    log_in(browser)
    before = browser.cookies[COOKIE]
    page = site.browser().get("/staff/login")
    browser.cookies.set("login", page.cookies["login"])
    browser.post("/staff/login", data=fields_of(page) | {"name": "vio", "password": PASSWORD})
    assert is_in(browser)
    other = site.browser()
    other.cookies.set(COOKIE, before)
    assert not is_in(other)


# Attempts


def test_after_too_many_failures_even_the_right_password_is_refused_until_the_wait_is_over(
    site: Site, clock: Clock
) -> None:
    browser = site.browser()
    pages = [log_in(browser, password=OTHER) for _ in range(PER_NAME)]
    assert [page.status_code for page in pages] == [403] * (PER_NAME - 1) + [429]
    assert told(pages[-1]).startswith("Too many wrong passwords. Please try again in 15 minutes")
    refused = log_in(site.browser("198.51.100.7"))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, str(WINDOW_SECONDS))
    assert log_in(browser, "vio").status_code == 303
    clock.now += WINDOW_SECONDS - 30
    assert "in 1 minute;" in told(log_in(site.browser()))
    clock.now += 31
    assert log_in(site.browser()).status_code == 303


def test_a_forwarded_address_is_believed_of_a_known_proxy_only(site: Site, clock: Clock) -> None:
    for known, codes in (("", {429}), ("192.0.2.1", {403})):
        there = site_of(site.users, clock, known, per_address=2)
        log_in(there.browser(**{"x-forwarded-for": "198.51.100.1"}), "a", "x")
        assert {log_in(there.browser(**{"x-forwarded-for": "198.51.100.2"}), "b", "x").status_code} == codes


def test_of_a_hundred_passwords_sent_at_once_no_more_are_looked_at_than_of_others(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    page = site.browser().get("/staff/login")
    fields = fields_of(page) | {"name": "ana", "password": OTHER}

    async def post() -> list[int]:
        transport = httpx.ASGITransport(site.app, client=("192.0.2.1", 5))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://testserver", cookies=dict(page.cookies)
        ) as client:
            answers = await asyncio.gather(*[client.post("/staff/login", data=fields) for _ in range(100)])
        return [answer.status_code for answer in answers]

    codes = asyncio.run(post())
    assert caplog.text.count("a login from 192.0.2.1 failed") == PER_NAME
    assert codes.count(403) == PER_NAME - 1
    assert codes.count(429) == 101 - PER_NAME


# Other pages


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, 303),
    ],
)
def test_a_form_sent_from_another_page_is_refused(site: Site, headers: dict[str, str], code: int) -> None:
    browser = site.browser()
    fields = fields_of(browser.get("/staff/login")) | {"name": "ana", "password": PASSWORD}
    assert browser.post("/staff/login", data=fields, headers=headers).status_code == code
    log_in(browser)
    assert browser.post("/staff/logout", headers=headers).status_code == code
    assert is_in(browser) is (code == 403)


@pytest.mark.parametrize("forged", ["", "x" * 64, "none", "another browser's"])
def test_a_form_without_the_browsers_own_token_is_refused_and_looks_at_no_password(site: Site, forged: str) -> None:
    browser = site.browser()
    fields = fields_of(browser.get("/staff/login")) | {"name": "ana", "password": PASSWORD}
    if forged == "none":
        del fields["token"]
    else:
        other = fields_of(site.browser().get("/staff/login"))["token"]
        fields["token"] = other if forged.startswith("another") else forged
    page = browser.post("/staff/login", data=fields)
    assert (page.status_code, told(page)[:27]) == (400, "This page was open for too ")
    cookieless = site.browser().post("/staff/login", data=fields)
    assert cookieless.status_code == 400


def test_two_open_login_pages_of_one_browser_both_work(site: Site) -> None:
    browser = site.browser()
    first = fields_of(browser.get("/staff/login"))
    browser.get("/staff/login")
    assert browser.post("/staff/login", data=first | {"name": "ana", "password": PASSWORD}).status_code == 303


def test_nobody_is_led_anywhere_else(site: Site) -> None:
    assert log_in(site.browser(), wanted="//elsewhere.example/staff").headers["location"] == "/staff"


def test_a_form_that_is_far_too_long_is_not_read(site: Site) -> None:
    browser = site.browser()
    page = log_in(browser, password="x" * 1_000_000)
    assert page.status_code == 413
    assert told(page) == "That is too long to be a name and a password."


# Cookies, headers, words


def test_cookies_are_for_the_server_only_and_for_https_where_it_is_used(site: Site, clock: Clock) -> None:
    plain = log_in(site.browser()).headers["set-cookie"]
    assert re.fullmatch(r"staff=[\w-]{43}; HttpOnly; Path=/staff; SameSite=strict", plain)
    for base, proxies, headers, is_secure in (
        ("https://testserver", "", {}, True),
        ("http://testserver", "", {"x-forwarded-proto": "https"}, False),
        ("http://testserver", "192.0.2.0/24", {"x-forwarded-proto": "https"}, True),
    ):
        browser = site_of(site.users, clock, proxies).browser(base=base, **headers)
        page = browser.get("/staff/login")
        assert ("; Secure" in page.headers["set-cookie"]) is is_secure
        # The test's browser keeps a secure cookie to itself on a page without https.
        cookie = page.headers["set-cookie"].split(";")[0]
        fields = fields_of(page) | {"name": "ana", "password": PASSWORD}
        led = browser.post("/staff/login", data=fields, headers={"cookie": cookie})
        assert ("; Secure" in led.headers["set-cookie"]) is is_secure


def test_the_page_runs_no_script_and_is_kept_nowhere(site: Site) -> None:
    page = site.browser().get("/staff/login")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


def test_what_is_typed_comes_back_as_text(site: Site) -> None:
    page = log_in(site.browser(), name='"><script>x</script>')
    assert "<script" not in page.text
    assert 'value="&#34;&gt;&lt;script&gt;x' in page.text


def test_the_page_speaks_as_the_browser_does_or_as_was_chosen(site: Site) -> None:
    romanian = site.browser(**{"accept-language": "ro-RO,ro;q=0.9,en;q=0.5"})
    page = romanian.get("/staff/login")
    assert '<html lang="ro">' in page.text
    assert '<button type="submit">Autentificare</button>' in page.text
    assert 'href="/ro/"' in page.text
    assert told(log_in(romanian, password=OTHER)) == "Numele sau parola nu este corectă."
    assert '<html lang="en">' in romanian.get("/staff/login?language=en").text
    assert '<html lang="en">' in site.browser(**{"accept-language": "de, *;q=0.1"}).get("/staff/login?language=x").text
    romanian.cookies.set("language", "en")
    assert '<html lang="en">' in romanian.get("/staff/login").text


def test_from_another_site_the_page_asks_for_itself_again_so_that_the_session_is_seen(site: Site) -> None:
    led = site.browser(**{"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).get("/staff/login")
    assert '<meta http-equiv="refresh" content="0">' in led.text
    again = site.browser(**{"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}).get("/staff/login")
    assert "http-equiv" not in again.text


# Users


def test_without_a_file_of_users_nobody_gets_in_and_the_page_says_how_to_make_one(tmp_path: Path, clock: Clock) -> None:
    site = site_of(tmp_path / "users.json", clock)
    page = site.browser().get("/staff/login")
    assert page.status_code == 200
    assert told(page).endswith("makes the first user with this command: python -m web users add NAME")
    assert log_in(site.browser()).status_code == 403
    write_people(site.users)
    assert log_in(site.browser()).status_code == 303


def test_a_damaged_file_lets_nobody_in_and_only_the_log_says_which(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    browser = site.browser()
    log_in(browser)
    site.users.write_text("{", encoding="utf-8")
    assert not is_in(browser)
    for page in (browser.get("/staff/login"), log_in(site.browser())):
        assert page.status_code == 503
        assert told(page).endswith("told why by this command: python -m web users list")
        assert str(site.users) not in page.text
    assert str(site.users) in caplog.text


def test_no_password_gets_into_a_log_a_page_or_the_file(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    set_password(site.users, "ana", PLANTED)
    browser = site.browser()
    log_in(browser)
    pages = [log_in(browser, "ana", f"{PLANTED}!"), log_in(browser, PLANTED, PLANTED), log_in(browser, "ana", PLANTED)]
    assert [page.status_code for page in pages] == [403, 403, 303]
    assert "ana logged in from 192.0.2.1" in caplog.text
    token = browser.cookies[COOKIE]
    for text in (caplog.text, site.users.read_text(encoding="utf-8")):
        assert PLANTED not in text
        assert "umbrella" not in text
        assert token not in text

"""Logging in and out in a real browser, and a real Gradio page under the headers that all pages have."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browsing import SCHEMES, chromium, scrolls_sideways, settled
from tests.web.people import OTHER, PASSWORD, write_people
from tests.web.staff_app import Staff, serving
from web.sessions import IDLE_SECONDS

PATIENCE_MS = 15_000
"""Gradio takes seconds to start where several tests share two cores."""


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    with serving(write_people(tmp_path_factory.mktemp("login") / "users.json")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(staff: Staff, browser: Browser) -> Iterator[Page]:
    """Open the staff page as somebody who is not logged in."""
    staff.time.write_text("0", encoding="utf-8")
    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{staff.url}/staff/?tab=2")
    yield page
    page.context.close()


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill("ana")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_with_the_keyboard_alone_somebody_logs_in_at_the_second_try_and_comes_to_the_page_asked_for(
    page: Page, staff: Staff
) -> None:
    keyboard = page.keyboard
    expect(page.get_by_label("Name")).to_be_focused()
    keyboard.type("Ana")
    keyboard.press("Tab")
    keyboard.type(OTHER)
    keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.", timeout=PATIENCE_MS)
    expect(page.get_by_label("Name")).to_have_value("Ana")
    expect(page.get_by_label("Password")).to_be_focused()
    keyboard.type(PASSWORD)
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(page.get_by_label("Typed")).to_be_visible(timeout=PATIENCE_MS)
    assert page.url == f"{staff.url}/staff/?tab=2"
    page.get_by_role("button", name="Log out").press("Enter")
    expect(page.get_by_role("status")).to_have_text("You have logged out.", timeout=PATIENCE_MS)
    page.go_back()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()


def test_a_page_left_open_leads_back_to_the_login_page_when_something_is_pressed(page: Page, staff: Staff) -> None:
    log_in(page)
    page.get_by_role("button", name="Look").wait_for()
    staff.time.write_text(str(IDLE_SECONDS), encoding="utf-8")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("status")).to_have_text("Your session has ended. Please log in again.", timeout=PATIENCE_MS)
    log_in(page)
    expect(page.get_by_label("Typed")).to_be_visible(timeout=PATIENCE_MS)
    assert page.url == f"{staff.url}/staff/?tab=2"


def test_a_link_on_another_site_opens_the_page_of_who_is_logged_in(page: Page, staff: Staff) -> None:
    log_in(page)
    page.get_by_label("Typed").wait_for()
    link = f'<a href="{staff.url}/staff/?tab=3">there</a>'
    page.route("http://elsewhere.test/", lambda route: route.fulfill(body=link, content_type="text/html"))
    page.goto("http://elsewhere.test/")
    page.get_by_text("there").click()
    expect(page.get_by_label("Typed")).to_be_visible(timeout=PATIENCE_MS)
    assert page.url == f"{staff.url}/staff/?tab=3"


def test_gradio_works_under_the_headers_and_loads_nothing_from_elsewhere(
    page: Page, staff: Staff, tmp_path: Path
) -> None:
    told: list[str] = []
    addresses: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: addresses.append(request.url))
    log_in(page)
    page.get_by_label("Typed").fill("hello")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_label("Told")).to_have_value("hello 3: ana, ana", timeout=PATIENCE_MS)
    page.locator("#wired button").click()
    expect(page.locator("#wired")).to_contain_text("pressed")
    page.get_by_role("tab", name="Files").click()
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "note.txt")
    expect(page.get_by_label("Got", exact=True)).to_have_value("got note.txt", timeout=PATIENCE_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "staff_app.py"
    page.goto(f"{staff.url}/")
    page.get_by_label("Open to all").wait_for()
    assert told == []
    assert [one for one in addresses if not one.startswith((f"{staff.url}/", "data:", "blob:"))] == []


def test_a_script_from_another_host_is_not_loaded(page: Page, staff: Staff) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{staff.url}/")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {src: 'https://x.test/x.js'}))")
    page.evaluate("fetch('https://x.test/?secret').catch(() => 0)")
    refused = [text for text in told if "Content Security Policy" in text]
    assert any("script" in text and "x.js" in text for text in refused)
    assert any("connect" in text and "?secret" in text for text in refused)


def test_the_page_is_for_everybody(page: Page) -> None:
    for language, scheme, width in (("en", SCHEMES[0], 1280), ("ro", SCHEMES[1], 360), ("ro", SCHEMES[0], 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(f"{page.url.partition('?')[0]}?language={language}")
        page.locator("#name").fill("ana")
        page.locator("#password").fill(OTHER)
        page.locator("button").click()
        page.get_by_role("alert").wait_for()
        found = Axe().run(settled(page)).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert not scrolls_sideways(page)
        heights = page.locator("a, button, input:visible").evaluate_all("all => all.map(e => e.offsetHeight)")
        assert min(heights) >= 24

"""The web app in a browser, for tests that meet it whole: a page of its own for each, what axe finds, pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import settled

PATIENCE_MS = 30_000
"""The first question about a text waits for the model, which takes some ten seconds on two busy cores."""


@contextmanager
def opened(browser: Browser, url: str, *, locale: str = "en-GB", width: int = 1280, script: str = "") -> Iterator[Page]:
    """Open a page, a script before all of its own; afterwards nothing has come from elsewhere, and none has failed."""
    page = browser.new_page(viewport={"width": width, "height": 800}, locale=locale)
    if script:
        page.add_init_script(script)
    page.set_default_timeout(PATIENCE_MS)
    addresses: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda websocket: addresses.append(websocket.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(url)
    yield page
    page.close()
    host = "/".join(url.split("/")[:3])
    assert len(addresses) > 1
    assert [address for address in addresses if not address.startswith((f"{host}/", "data:", "blob:"))] == []
    assert failures == []


def box(page: Page) -> Locator:
    """Where a question is typed."""
    return page.locator("#question textarea")


def ask(page: Page, question: str) -> Locator:
    """Ask and return the finished turn."""
    before = page.locator(".turn").count()
    box(page).fill(question)
    box(page).press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1, timeout=PATIENCE_MS)
    turn = page.locator("#now .turn")
    turn.locator(".said").wait_for()
    return turn


def violations(page: Page) -> list[str]:
    """What axe finds against the rules of WCAG, by rule and place."""
    found = Axe().run(settled(page)).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def keep_picture(page: Page, name: str) -> None:
    """Write a picture of the documentation where SCREENSHOT_DIR says: `SCREENSHOT_DIR=docs make test`."""
    if folder := os.environ.get("SCREENSHOT_DIR"):
        page.wait_for_timeout(600)  # what fades in is there
        page.screenshot(path=Path(folder) / f"{name}.png")

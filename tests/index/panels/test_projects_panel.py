"""The projects' panel in a real browser: filtered, sorted, paged, opened; by mouse, by keyboard, on a narrow page."""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from index.live import LiveStore
from index.panels.frame import Frame
from index.panels.projects import projects_panel
from index.panels.words import read_words
from index.settings import Settings
from index.sync import build
from tests.browsing import SCHEMES, chromium, scrolls_sideways, settled

PATIENCE_MS = 20_000
NAME = "<img src=x onerror=window.hurt=1>"
ATTACK = f"{NAME} [x](javascript:window.hurt=1) {{{{7*7}}}} ${{window.hurt=1}}"
HOSTILE = f"""Angle Garden {ATTACK}

Angle Garden grows brackets in public libraries, and teaches 40 gardeners how to prune them without any danger.

Period: May 2016 – April 2018 | Budget: 1,000 EUR | Funder: {ATTACK} | Partners: Hedge Library | Colour: {ATTACK}
"""
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a register of sixty projects and a page that carries scripts."""
    more = tmp_path_factory.mktemp("more")
    rows = [f"Orchard {n:02},{2001 + n % 5},{2002 + n % 5},{n * 1000} CHF,Apple Fund" for n in range(1, 61)]
    (more / "register.csv").write_text("\n".join(["Project title,Start,End,Budget,Funder", *rows]), encoding="utf-8")
    (more / "angle.txt").write_text(HOSTILE, encoding="utf-8")
    return more


@pytest.fixture(scope="module")
def store(sample_store: Path, sample: Path, more: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sample store and add these."""
    store = tmp_path_factory.mktemp("projects") / "store"
    shutil.copytree(sample_store, store)
    build(Settings(store), [sample, more])
    return store


@pytest.fixture(scope="module")
def address(store: Path, root: Path) -> Iterator[str]:
    """Serve the panel by itself, in two languages, with the page's own styles and script."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    live, app = LiveStore(Settings(store), look_seconds=0), FastAPI()
    for frame in (Frame("ro", read_words("ro", [root / "index" / "panels"]), "/ro"), Frame()):
        gr.mount_gradio_app(
            app, page_of(frame, live), path=frame.base or "/", footer_links=[], run_history=False, show_error=False,
            ssr_mode=False, pwa=False, css_paths=[root / "web" / "page.css"],
            head=f"<script>{(root / 'web' / 'page.js').read_text(encoding='utf-8')}</script>",
        )  # fmt: skip
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    live.close()


def page_of(frame: Frame, live: LiveStore) -> Any:
    import gradio as gr

    with gr.Blocks(title="Projects", analytics_enabled=False) as page:
        gr.HTML("<h1>Projects</h1>", js_on_load=None, apply_default_css=False)
        filling = projects_panel(frame, live.current)

        def load(request: gr.Request) -> Any:
            return filling.load({"tab": "projects", **request.query_params})

        page.load(load, None, filling.outputs, api_visibility="private", show_progress="hidden")
    return page


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """Start Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with chromium() as browser:
        yield browser.new_context(viewport={"width": 1280, "height": 800})


@pytest.fixture
def page(browser: BrowserContext, address: str) -> Iterator[Page]:
    """Open the list; afterwards nothing has come from another host and no script has failed."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    failures: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    show(page, address)
    yield page
    assert page.evaluate("window.hurt") is None
    page.close()
    assert failures == []
    assert [one for one in asked if not one.startswith((f"{address}/", "data:"))] == []


def show(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-address]").wait_for(state="attached")


def count(page: Page) -> Locator:
    return page.locator(".projects-count")


def titles(page: Page) -> Locator:
    return page.locator(".projects-title")


def test_the_table_is_filtered_and_sorted_and_the_address_brings_that_back(page: Page) -> None:
    expect(count(page)).to_have_text("1–50 of 76")
    page.get_by_label("Organisation", exact=True).fill("apple fund")
    page.get_by_role("button", name="Apply filters").click()
    expect(count(page)).to_have_text("1–50 of 60 found; 76 in all")
    page.get_by_role("button", name="Amount", exact=True).click()
    expect(titles(page).first).to_have_text("Orchard 60")
    expect(page.get_by_role("columnheader", name="Amount")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Amount", exact=True).click()
    expect(titles(page).first).to_have_text("Orchard 01")
    expect(page.locator("tbody tr").first).to_contain_text("1,000 CHF")
    page.get_by_role("button", name="Next").click()
    expect(count(page)).to_have_text("51–60 of 60 found; 76 in all")
    expect(page.locator("#projects-heading")).to_be_focused()
    page.reload()
    expect(count(page)).to_have_text("51–60 of 60 found; 76 in all")
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("apple fund")
    page.get_by_role("button", name="Take off the filter Organisation: apple fund").click()
    expect(count(page)).to_have_text("1–50 of 76")
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("")


def test_a_bar_filters_the_table_and_pressed_again_takes_the_filter_off(page: Page) -> None:
    bar = page.locator("button[data-act=funder]", has_text="Apple Fund")
    expect(bar).to_contain_text("1,830,000 CHF")  # 1,000 + … + 60,000
    bar.click()
    expect(count(page)).to_have_text("1–50 of 60 found; 76 in all")
    expect(bar).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Budgets by funder, EUR")).to_have_count(0)
    bar.click()
    expect(count(page)).to_have_text("1–50 of 76")
    page.locator("button[data-act=year][data-value='2003']").first.click()
    expect(page.locator(".projects-chips")).to_contain_text("time: 2003")


def test_a_project_is_opened_from_the_table_or_the_timeline_and_the_list_is_as_it_was(page: Page) -> None:
    page.get_by_label("Text", exact=True).fill("silver")
    page.get_by_label("Text", exact=True).press("Enter")
    expect(titles(page)).to_have_text(["Silver Stories"])
    titles(page).click()
    heading = page.get_by_role("heading", name="Silver Stories")
    expect(heading).to_be_focused()
    words = page.get_by_role("link", name="279.014 EUR")
    assert re.fullmatch(r"/passages/silver-stories-md-\w+-\w+\?start=\d+&end=\d+", words.get_attribute("href") or "")
    expect(page.locator(".projects-table")).to_be_hidden()
    assert "project=silver-stories" in page.url
    page.reload()
    expect(page.get_by_role("link", name="279.014 EUR")).to_be_visible()
    page.get_by_role("button", name="Back to the list").click()
    expect(titles(page)).to_have_text(["Silver Stories"])
    page.locator(".projects-lines button").click()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator(".projects-lines button")).to_be_focused()


def test_what_the_source_leaves_open_is_noted_and_what_is_not_found_says_what_to_loosen(page: Page) -> None:
    page.get_by_label("Organisation", exact=True).fill("Erasmus")
    page.get_by_label("Text", exact=True).fill("no such words")
    page.get_by_role("button", name="Apply filters").click()
    loosen = page.get_by_role("button", name="without “text: no such words”: 1 project")
    expect(page.locator(".projects-empty")).to_contain_text("No project fits all of these filters.")
    loosen.click()
    expect(page.locator("tbody tr")).to_contain_text(["1 note"])
    titles(page).click()
    expect(page.locator(".projects-page")).to_contain_text("550,00 may mean 550.00 or, with a digit lost, 550,000")


def test_what_cannot_be_read_is_said_and_clear_empties_the_form(page: Page) -> None:
    page.get_by_text("More filters").click()
    page.get_by_label("From year").fill("long ago")
    page.get_by_label("From year").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“long ago” is no year or amount")
    page.get_by_label("Text", exact=True).fill("typed and not sent")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_label("Text", exact=True)).to_have_value("")


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.type("orchard")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("1–50 of 60 found; 76 in all")
    tab_to(page, "button[data-act=sort][data-value=title]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("button[data-act=sort][data-value=title]")).to_be_focused()
    tab_to(page, ".projects-title")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Orchard 01")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(titles(page).first).to_be_focused()
    tab_to(page, ".projects-lines")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(140):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way by Tab to {selector}")


def test_the_romanian_page_is_romanian_and_keeps_the_documents_own_words(page: Page, address: str) -> None:
    show(page, f"{address}/ro/?project=bistrita-mea-secretul-meu")
    expect(page.locator(".projects-page dt").first).to_have_text("Perioadă")
    expect(page.get_by_role("link", name="iunie – noiembrie 2014")).to_have_attribute("lang", "ro")
    assert (page.get_by_role("link", name="800 RON").get_attribute("href") or "").startswith("/ro/passages/")
    page.get_by_role("button", name="Înapoi la listă").click()
    expect(count(page)).to_have_text("1–50 din 76")


def test_markup_of_a_document_is_shown_as_text_everywhere(page: Page, address: str) -> None:
    page.get_by_label("Text", exact=True).fill("brackets")
    page.get_by_role("button", name="Apply filters").click()
    expect(titles(page)).to_have_count(1)
    expect(page.locator(".projects-table tbody")).to_contain_text(NAME)
    titles(page).click()
    expect(page.locator(".projects-text")).to_contain_text(ATTACK)
    show(page, f"{address}/?text={NAME}&project={NAME}")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator(".projects-chips")).to_contain_text(NAME)
    assert page.locator("#projects img, #projects a[href*='script']").count() == 0


@pytest.fixture
def without_more(store: Path, sample: Path, more: Path) -> Iterator[Callable[[], object]]:
    """Give what syncs the store to the sample alone; afterwards, and for another try, it is as it was."""
    yield lambda: build(Settings(store), [sample])
    build(Settings(store), [sample, more])


def test_a_sync_is_shown_by_the_next_press(page: Page, without_more: Callable[[], object]) -> None:
    expect(count(page)).to_have_text("1–50 of 76")
    without_more()
    page.get_by_role("button", name="Title", exact=True).click()
    expect(count(page)).to_have_text("1–15 of 15")
    expect(page.locator("button[data-act=funder]", has_text="Apple Fund")).to_have_count(0)


def test_nobody_is_kept_out_in_light_or_dark_wide_or_narrow(page: Page, address: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("SCREENSHOTS_OF_PANELS", tmp_path))
    for name, query in (
        ("list", ""),
        ("page", "?project=learning-circle-in-libraries"),
        ("none", "?text=qqqq&place=zz"),
    ):
        show(page, f"{address}/{query}")
        page.get_by_text("More filters").click() if name == "list" else None
        for scheme in SCHEMES if name != "none" else SCHEMES[:1]:
            page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
            page.set_viewport_size({"width": 1280, "height": 800})
            violations = Axe().run(settled(page)).response["violations"]
            assert [(one["id"], node["html"][:200]) for one in violations for node in one["nodes"]] == [], name
            page.screenshot(path=folder / f"projects-{name}-{scheme}-1280.png", full_page=True)
            page.set_viewport_size({"width": 360, "height": 740})
            assert not scrolls_sideways(page)
            page.screenshot(path=folder / f"projects-{name}-{scheme}-360.png", full_page=True)

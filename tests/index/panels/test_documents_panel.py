"""The documents of staff in a real browser: uploaded, synced, left out, removed; by mouse, by keyboard, on a phone."""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from index.live import LiveStore
from index.panels.documents import documents_panel
from index.panels.documents_words import language_names, size
from index.panels.frame import Frame
from index.panels.words import read_words
from index.roots import read_left_out, take_in
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.syncing import syncing
from index.uploads import uploads_folder
from tests.browsing import SCHEMES, chromium, scrolls_sideways, settled
from tests.holding import held

if TYPE_CHECKING:
    import gradio as gr

PATIENCE_MS = 180_000
"""For a sync, which comes last where others work on the same machine."""
HOSTILE = "<img src=x onerror=window.hurt=1>.txt"
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


def words(title: str) -> str:
    return f"{title}\n\nThe lamp shines.\n\nPeriod: 2011-2012 | Budget: 3.000 EUR | Funder: {title} Fund\n"


@pytest.fixture(scope="module")
def settings(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Build a store over two pages, one of a hostile name and title."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "docs").mkdir()
    (folder / "docs" / "lamp.txt").write_text(words("Lamp House"))
    (folder / "docs" / HOSTILE).write_text(words("<b onclick=window.hurt=1>Angle</b> {{7*7}} ${window.hurt=1}"))
    made = Settings(folder / "store", str(small_model))
    build(made, [folder / "docs"])
    return made


@pytest.fixture(scope="module")
def address(settings: Settings, root: Path) -> Iterator[str]:
    """Serve the panel by itself, in two languages; who comes with `?look` may change nothing."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    live, app = LiveStore(settings, look_seconds=0), FastAPI()
    for frame in (Frame("ro", read_words("ro", [root / "index" / "panels"]), "/ro"), Frame()):
        gr.mount_gradio_app(
            app, page_of(frame, settings, live), path=frame.base or "/", footer_links=[], run_history=False,
            show_error=False, ssr_mode=False, pwa=False, css_paths=[root / "web" / "page.css"],
            head=f"<script>{(root / 'web' / 'page.js').read_text(encoding='utf-8')}</script>",
        )  # fmt: skip
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    syncing(settings).close()
    server.should_exit = True
    thread.join(10)
    live.close()


def page_of(frame: Frame, settings: Settings, live: LiveStore) -> Any:
    import gradio as gr

    with gr.Blocks(title="Staff", analytics_enabled=False) as page:
        gr.HTML("<h1>Staff</h1>", js_on_load=None, apply_default_css=False)
        documents_panel(frame, settings, live.current, may_change)
    return page


def may_change(request: "gr.Request") -> bool:
    return "?look" not in str(request.headers.get("referer"))


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """Start Chromium."""
    with chromium() as browser:
        yield browser.new_context(viewport={"width": 1280, "height": 800})


@pytest.fixture
def page(browser: BrowserContext, address: str, settings: Settings) -> Iterator[Page]:
    """Open the tab on the first store; afterwards nothing has come from another host and no script has failed."""
    as_at_first(settings)
    page = browser.new_page()
    page.set_default_timeout(20_000)
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


def as_at_first(settings: Settings) -> None:
    """Undo what an earlier test, or try of this one, has left."""
    syncing(settings).close()
    shutil.rmtree(uploads_folder(settings.store), ignore_errors=True)
    with closing(Store(settings)) as store, store.catalogue.transaction() as connection:
        for file in read_left_out(connection):
            take_in(connection, file)
    build(settings, [settings.store.parent / "docs"])


def show(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".documents table").wait_for()


def row(page: Page, name: str) -> Locator:
    return page.locator(".documents tbody tr").filter(has_text=name)


def told(page: Page) -> Locator:
    return page.locator("#documents-told")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


@contextmanager
def going_on(page: Page, settings: Settings) -> Iterator[None]:
    """Press the button; the sync goes on, however quick it is, until the store can be written again."""
    with held(settings.store):
        button(page, "Sync now").click()
        expect(page.get_by_role("progressbar", name="Progress of the sync")).to_be_visible()
        expect(page.locator("#documents-heard")).not_to_have_text("Done.")  # of the sync before
        expect(button(page, "Sync now")).to_be_disabled()
        yield


def sync(page: Page, settings: Settings) -> None:
    """Press the button and wait until the page says that it is done."""
    with going_on(page, settings):
        pass
    ended(page)


def ended(page: Page) -> None:
    expect(page.locator("#documents-heard")).to_have_text("Done.", timeout=PATIENCE_MS)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(button(page, "Sync now")).to_be_enabled()


def test_a_document_is_uploaded_synced_left_out_and_removed(page: Page, settings: Settings, tmp_path: Path) -> None:
    for name in ("școală.txt", "old.doc"):
        (tmp_path / name).write_text(words("Kite House").replace("Budget: 3.000 EUR | ", ""))
    page.set_input_files("input[type=file]", [tmp_path / "școală.txt", tmp_path / "old.doc"])
    expect(told(page)).to_contain_text("școală.txt is kept; it is read with the next sync.")
    expect(told(page)).to_contain_text("old.doc: .doc is not read; save it as .docx")
    expect(page.locator(".documents-list")).to_contain_text("școală.txt new")
    sync(page, settings)
    added = row(page, "Kite House")
    expect(added).to_contain_text("uploads/școală.txt")
    expect(added.get_by_role("link", name="Kite House")).to_have_attribute("href", f"/passages/{id_of(settings)}")
    expect(page.locator(".documents-facts").first).to_contain_text("Added 1")
    finding = page.locator(".documents-findings a").filter(has_text="uploads/școală.txt").first
    assert str(finding.get_attribute("href")).startswith(f"/passages/{id_of(settings)}?start=")
    button(page, "Leave out: lamp.txt").click()
    expect(row(page, "Lamp House")).to_contain_text("left out from the next sync on")
    button(page, "Remove: școală.txt").click()
    expect(told(page)).to_have_text("școală.txt is removed; it can be put back.")
    expect(row(page, "Kite House")).to_contain_text("removed from the next sync on")
    sync(page, settings)
    expect(row(page, "Kite House")).to_have_count(0)
    expect(row(page, "Lamp House")).to_have_count(0)
    button(page, "Take in: lamp.txt").click()
    expect(told(page)).to_have_text("lamp.txt is read again from the next sync on.")
    page.get_by_text("1 removed upload").click()
    button(page, "Put back: școală.txt").click()
    expect(told(page)).to_have_text("școală.txt is put back; it is read with the next sync.")
    expect(page.locator(".documents-list")).to_contain_text("școală.txt new")


def id_of(settings: Settings) -> str:
    with closing(Store(settings)) as store:
        return store.sources["uploads/școală.txt"].id


def test_names_and_titles_are_shown_as_text(page: Page) -> None:
    expect(row(page, "{{7*7}}")).to_contain_text(HOSTILE)
    expect(row(page, "{{7*7}}").get_by_role("link").first).to_contain_text("<b onclick=window.hurt=1>Angle</b>")
    button(page, f"Leave out: {HOSTILE}").click()
    expect(told(page)).to_have_text(f"{HOSTILE} is left out from the next sync on.")
    button(page, f"Take in: {HOSTILE}").click()
    expect(told(page)).to_contain_text("is read again")


def test_what_is_pressed_before_the_last_press_is_answered_counts_too(page: Page) -> None:
    with page.expect_request("**/queue/join*"):
        button(page, "Leave out: lamp.txt").click()
    button(page, f"Leave out: {HOSTILE}").click()
    for name in ("Lamp House", "Angle"):
        expect(row(page, name)).to_contain_text("left out from the next sync on")


def test_the_second_click_of_a_double_click_is_no_press_of_its_own(page: Page, tmp_path: Path) -> None:
    (tmp_path / "twice.txt").write_text(words("Twice"))
    page.set_input_files("input[type=file]", tmp_path / "twice.txt")
    button(page, "Remove: twice.txt").dblclick()
    expect(button(page, "Remove: twice.txt")).to_have_count(0)
    page.get_by_text("1 removed upload").click()
    expect(button(page, "Put back: twice.txt")).to_be_visible()
    expect(told(page)).to_have_text("twice.txt is removed; it can be put back.")


def test_the_end_of_a_sync_leaves_what_was_told_meanwhile(page: Page, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "late.txt").write_text(words("Late"))
    with going_on(page, settings):
        page.set_input_files("input[type=file]", tmp_path / "late.txt")
        expect(told(page)).to_have_text("late.txt is kept; it is read with the next sync.")
    ended(page)
    expect(told(page)).to_have_text("late.txt is kept; it is read with the next sync.")


def test_it_works_by_keyboard_and_keeps_the_focus(page: Page) -> None:
    page.get_by_label("Name or title").focus()
    page.keyboard.type("onclick")
    page.keyboard.press("Enter")
    expect(page.locator(".documents tbody tr")).to_have_count(1)
    expect(page.get_by_label("Name or title")).to_be_focused()
    leave = button(page, f"Leave out: {HOSTILE}")
    for _ in range(12):
        page.keyboard.press("Tab")
        if leave.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    take = button(page, f"Take in: {HOSTILE}")
    expect(take).to_be_focused()
    page.keyboard.press("Enter")
    expect(leave).to_be_focused()


def test_a_sync_can_be_stopped(page: Page, settings: Settings) -> None:
    with going_on(page, settings):
        button(page, "Stop").click()
        expect(told(page)).to_have_text("Stopping…")
    expect(page.locator("#documents-heard")).to_have_text("Stopped.", timeout=PATIENCE_MS)
    expect(page.get_by_text("Nothing has changed.")).to_be_visible()
    expect(told(page)).to_have_text("")


def test_who_may_not_change_anything_sees_all_of_it_and_no_button(page: Page, address: str) -> None:
    show(page, f"{address}/?look")
    for name in ("Sync now", "Stop", "Check the store", "Free space"):
        expect(button(page, name)).to_be_disabled()
    expect(
        page.locator("#documents-list").get_by_role("button", name=re.compile("Leave|Remove|Take|Put"))
    ).to_have_count(0)
    page.evaluate(
        "document.querySelector('#documents-list form').insertAdjacentHTML('beforeend',"
        "`<button type=button data-act=leave data-value='${'lamp.txt'}'>Try</button>`)"
    )
    button(page, "Try").click()
    expect(told(page)).to_have_text("You may look at this, not change it.")
    expect(page.get_by_text("left out from the next sync on")).to_have_count(0)


def test_it_is_for_everybody_on_every_screen_in_both_languages(page: Page, address: str) -> None:
    for base, title in (("", "Store"), ("/ro", "Depozit")):
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": 1280, "height": 800})
            show(page, f"{address}{base}/?__theme={scheme}")
            expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
            found = Axe().run(settled(page)).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
            page.set_viewport_size({"width": 360, "height": 740})
            assert not scrolls_sideways(page)


def test_sizes_and_languages_are_said_as_people_do(root: Path) -> None:
    romanian = Frame("ro", read_words("ro", [root / "index" / "panels"]), "/ro")
    assert [size(Frame(), n) for n in (1, 856, 1_449, 32_011, 4_200_000, 7_000_000_000)] == [
        *("1 byte", "856 bytes", "1.4 KB", "32 KB", "4.2 MB", "7 GB")
    ]
    assert [size(romanian, n) for n in (856, 1_449)] == ["856 de octeți", "1,4 KB"]
    assert language_names(Frame(), ["ro", "und", "xx"]) == "Romanian, not known, xx"
    assert language_names(romanian, ["en"]) == "engleză"

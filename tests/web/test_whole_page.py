"""The tabs and the staff's page of the whole app, as the people meet them who use more than one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import SCHEMES, chromium, scrolls_sideways
from tests.browsing_page import ask, box, keep_picture, opened, violations
from tests.serving import Served, serving
from web.users import EDITOR, VIEWER, add_user, users_path

PASSWORD = "a lamp in every window"  # noqa: S105  # of nobody
IDEA = "Librarians teach older people to tell digital stories"
LAMPS = """# Lamp Walk

Lamp Walk takes the children of the town through the old quarter at night.

Budget: 700 EUR

Funder: Oil Fund
"""


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the sample store with an editor and a viewer; tests leave its documents as they are."""
    with serving(with_staff(sample_store, tmp_path_factory), root) as served:
        yield served


@pytest.fixture
def own_app(sample_store: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve another copy, to one try of one test that changes it."""
    with serving(with_staff(sample_store, tmp_path_factory), root) as served:
        yield served


def with_staff(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("whole") / "store"
    shutil.copytree(sample_store, store)
    add_user(users_path(store), "ana", EDITOR, PASSWORD)
    add_user(users_path(store), "vio", VIEWER, PASSWORD)
    return store


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with chromium() as browser:
        yield browser


def log_in(page: Page, app: Served, name: str) -> None:
    page.goto(f"{app.url}/staff/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Documents").wait_for()
    expect(page.locator("main")).to_contain_text("silver-stories.md")  # what is there has come


def test_projects_are_a_tab_with_a_table_and_bars_that_filter_it(app: Served, browser: Browser) -> None:
    with opened(browser, app.url) as page:
        box(page).wait_for()
        page.get_by_role("tab", name="Projects").click()
        expect(page.locator("#projects-table tbody tr")).to_have_count(15)
        keep_picture(page, "projects")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], scheme
        page.reload()
        expect(page.locator("#projects-table tbody tr")).to_have_count(15)


def test_the_browsers_back_undoes_what_was_pressed_and_leads_through_the_tabs(app: Served, browser: Browser) -> None:
    with opened(browser, app.url) as page:
        box(page).wait_for()
        ask(page, "Who funded Silver Stories?")
        page.wait_for_url("**/?c=*")
        page.get_by_role("tab", name="Projects").click()
        page.locator("#projects-table [data-act=open]").first.click()
        expect(page.get_by_role("button", name="Back to the list")).to_be_visible()
        page.go_back()
        expect(page.locator("#projects-table tbody tr")).to_have_count(15)
        page.go_back()
        box(page).wait_for()
        expect(page.locator(".turn")).to_have_count(1)
        page.go_forward()
        expect(page.locator("#projects-table tbody tr")).to_have_count(15)
        page.get_by_role("tab", name="Precedents").click()
        page.reload()
        expect(page.get_by_role("button", name="Find precedents")).to_be_visible()


def test_precedents_are_a_tab_with_reasons_side_by_side(app: Served, browser: Browser) -> None:
    with opened(browser, f"{app.url}/?tab=precedents") as page:
        page.locator("#idea textarea").fill(IDEA)
        page.get_by_role("button", name="Find precedents").click()
        expect(page.locator("table.precedents tbody th").first).to_be_visible()
        keep_picture(page, "precedents")
        page.locator("table.precedents a.source-link").first.click()
        expect(page.locator("#source mark")).to_be_visible()
        assert violations(page) == []
        page.locator("input[type=file]").set_input_files(
            {"name": "draft.txt", "mimeType": "text/plain", "buffer": b"A conference about empty libraries"}
        )
        expect(page.locator("table.precedents tbody th").first).to_contain_text("OCCUPY")
        expect(page.locator("#idea textarea")).to_have_value("A conference about empty libraries")


def test_each_tab_fits_a_narrow_page(app: Served, browser: Browser) -> None:
    with opened(browser, app.url, width=360) as page:
        for name, drawn in (
            ("Ask", "#question textarea"),
            ("Projects", "#projects-table tbody tr"),
            ("Precedents", "#idea textarea"),
        ):
            page.get_by_role("tab", name=name).click()
            page.locator(drawn).first.wait_for()
            assert not scrolls_sideways(page), name
            assert violations(page) == [], name


def test_staff_upload_a_document_and_sync_and_visitors_get_the_new_answer(
    own_app: Served, browser: Browser, tmp_path: Path
) -> None:
    app = own_app
    (tmp_path / "lamps.md").write_text(LAMPS, encoding="utf-8")
    with opened(browser, app.url) as page:
        box(page).wait_for()
        expect(ask(page, "What was the budget of Lamp Walk?").locator(".said")).to_have_class("said refused")
        log_in(page, app, "ana")
        page.locator("input[type=file]").first.set_input_files(tmp_path / "lamps.md")
        expect(page.locator("main")).to_contain_text("lamps.md")
        page.get_by_role("button", name="Sync now").click()
        expect(page.locator("main")).to_contain_text("Lamp Walk", timeout=60_000)
        assert violations(page) == []
        page.get_by_role("link", name="Public page").click()
        box(page).wait_for()
        expect(ask(page, "What was the budget of Lamp Walk?")).to_contain_text("700 EUR")
        page.get_by_role("button", name="Bad answer").last.click()
        expect(page.get_by_role("button", name="Bad answer").last).to_have_attribute("aria-pressed", "true")
        page.goto(f"{app.url}/staff/")
        page.get_by_role("tab", name="Feedback").click()
        expect(page.locator("main")).to_contain_text("What was the budget of Lamp Walk?")
        page.get_by_role("button", name="Make it a proposed question").click()
        expect(page.locator("#feedback-told")).to_be_visible()
        page.get_by_role("tab", name="Proposed questions").click()
        expect(page.locator("#candidates")).to_contain_text("What was the budget of Lamp Walk?")
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{app.url}/staff/")
        expect(page.get_by_label("Password")).to_be_visible()


def test_who_may_only_look_sees_the_documents_and_cannot_sync(app: Served, browser: Browser) -> None:
    with opened(browser, app.url) as page:
        log_in(page, app, "vio")
        expect(page.locator("main")).to_contain_text("silver-stories.md")
        expect(page.get_by_role("button", name="Sync now")).to_be_disabled()
        expect(page.get_by_role("button", name="Leave out")).to_have_count(0)


def test_the_staffs_page_is_there_in_romanian(app: Served, browser: Browser) -> None:
    with opened(browser, f"{app.url}/staff/", locale="ro-RO") as page:
        page.get_by_label("Nume").fill("ana")
        page.get_by_label("Parol").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("tab", name="Documente")).to_be_visible()
        assert page.url == f"{app.url}/staff/ro/"
        assert violations(page) == []

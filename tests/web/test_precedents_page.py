"""The Precedents tab as a grant writer meets it: an idea or a draft in, a track record out, read back."""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.assistant.papers import word_notes
from tests.browsing import SCHEMES, chromium, scrolls_sideways
from tests.browsing_page import opened, violations
from tests.serving import Served, serving

IDEA = "A library where young people learn to make films about their village"


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path) -> Iterator[Served]:
    """Serve the sample store, which this tab does not write to."""
    with serving(sample_store, root) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(app: Served, browser: Browser) -> Iterator[Page]:
    """Open the tab; afterwards no script has failed, and nothing in the server."""
    with opened(browser, f"{app.url}/?tab=precedents") as page:
        idea(page).wait_for()
        yield page
    assert "Traceback" not in app.errors()


def idea(page: Page) -> Locator:
    return page.locator("#idea textarea")


def rows(page: Page) -> Locator:
    return page.locator("#precedents tbody tr")


def find(page: Page, text: str = IDEA) -> Locator:
    """Look for precedents and return their rows."""
    idea(page).fill(text)
    page.locator("#find-precedents").click()
    rows(page).first.wait_for()
    return rows(page)


def test_precedents_are_trimmed_and_taken_along_as_a_track_record(page: Page, tmp_path: Path) -> None:
    found = find(page)
    titles = found.locator("th").all_inner_texts()
    assert len(titles) > 3
    quotes = found.nth(1).locator("a.source-link").count()
    for title in (titles[0], *titles[2:]):
        page.get_by_role("button", name=f"Take out {title}", exact=True).click()
        expect(page.get_by_role("button", name=f"Take out {title}", exact=True)).to_have_count(0)
    expect(page.locator("#precedents [role=status]")).to_contain_text("1 project is kept")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save").click()
    assert coming.value.suggested_filename == "track-record.docx"
    coming.value.save_as(tmp_path / "record.docx")
    read = docx.Document(str(tmp_path / "record.docx"))
    headings = [one.text for one in read.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [titles[1]]
    assert len(word_notes(tmp_path / "record.docx")) == quotes
    page.get_by_role("button", name="Put back what was taken out").click()
    expect(rows(page)).to_have_count(len(titles))


def test_a_quote_opens_its_document_beside_the_table(page: Page) -> None:
    link = find(page).first.locator("a.source-link").first
    told = link.inner_text()
    link.click()
    expect(page.locator("#source mark")).to_contain_text(told)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_draft_is_read_from_word_and_pdf_and_a_broken_file_is_named(page: Page, sample: Path, tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph(IDEA)
    written.save(str(tmp_path / "draft.docx"))
    (tmp_path / "broken.docx").write_bytes(b"PK no")
    upload = page.locator("input[type=file]").first
    upload.set_input_files(tmp_path / "draft.docx")
    expect(idea(page)).to_have_value(re.compile("make films about their village"))
    upload.set_input_files(tmp_path / "broken.docx")
    expect(page.get_by_text("broken.docx cannot be read")).to_be_visible()
    expect(idea(page)).to_have_value(re.compile("make films about their village"))
    upload.set_input_files(sample / "occupy-library-report.pdf")
    expect(idea(page)).to_have_value(re.compile("OCCUPY LIBRARY"))
    page.locator("#find-precedents").click()
    expect(rows(page).first).to_be_visible()


def test_projects_are_narrowed_by_funder_and_year(page: Page) -> None:
    everything = find(page).count()
    page.get_by_role("button", name="Only some projects").click()
    page.get_by_label("Funder").fill("EC")
    page.get_by_label("From year").fill("2014")
    page.get_by_label("From year").press("Enter")
    expect(rows(page)).not_to_have_count(everything)
    assert 0 < rows(page).count() < everything
    page.get_by_label("From year").fill("2090")
    page.get_by_label("From year").press("Enter")
    expect(page.locator("#precedents [role=status]")).to_contain_text("None of 0 projects is like it.")


def test_an_empty_idea_is_asked_for(page: Page) -> None:
    page.locator("#find-precedents").click()
    expect(page.locator("#precedents [role=alert]")).to_contain_text("Write your idea first")


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    def go_to(wanted: Locator, within: int = 30) -> None:
        for _ in range(within):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            page.keyboard.press("Tab")
        expect(wanted).to_be_focused()

    idea(page).focus()
    page.keyboard.type(IDEA)
    go_to(page.locator("#find-precedents"))
    page.keyboard.press("Enter")
    rows(page).first.wait_for()
    before = rows(page).count()
    go_to(page.locator("#precedents [data-act=out]").first)
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(before - 1)
    expect(page.locator("#precedents [data-act=out]").first).to_be_focused()  # the next one that can be taken out
    go_to(page.get_by_role("button", name="Save"), within=200)
    with page.expect_download():
        page.keyboard.press("Enter")


def test_axe_finds_nothing_in_light_and_in_dark(page: Page) -> None:
    find(page)
    page.get_by_role("button", name="Only some projects").click()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_on_a_narrow_page_nothing_runs_out_of_it(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    find(page, f"{IDEA} {'x' * 300}")
    assert not scrolls_sideways(page)
    assert violations(page) == []


def test_in_romanian_it_is_all_romanian_and_so_is_the_track_record(
    app: Served, browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, f"{app.url}/ro/?tab=precedents", locale="ro-RO") as page:
        find(page, "O bibliotecă în care tinerii învață să facă filme despre satul lor")
        expect(page.locator("#precedents th[scope=col]").first).to_have_text("Proiect")
        with page.expect_download() as coming:
            page.locator("#precedents form button[type=submit]").click()
        coming.value.save_as(tmp_path / "record.docx")
    assert docx.Document(str(tmp_path / "record.docx")).paragraphs[0].text == "Experiență anterioară"

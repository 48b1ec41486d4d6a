"""The Ask tab as a person meets it: a real server, a real browser."""

import json
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from index.sync import Report
from tests.browsing import SCHEMES, chromium, scrolls_sideways
from tests.browsing_page import PATIENCE_MS, ask, box, keep_picture, opened, violations
from tests.serving import Served, serving, synced

BUDGET = "What was the budget of Silver Stories?"
ATTACK = "<img src=x onerror=window.hurt=1> [x](javascript:window.hurt=1) {{7*7}} ${window.hurt=1} **Fund**"
HOSTILE = f"""Angle Garden

Angle Garden grows brackets in public libraries, and teaches 40 gardeners how to prune them without any danger.

Period: May 2016 – April 2018 | Budget: 1,000 EUR | Funder: {ATTACK} | Partners: Hedge Library
"""

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the sample store, which a test may sync."""
    store = tmp_path_factory.mktemp("ask") / "store"
    shutil.copytree(sample_store, store)
    with serving(store, root) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(app: Served, browser: Browser) -> Iterator[Page]:
    """Open the page, 1280 pixels wide."""
    with opened(browser, app.url) as page:
        box(page).wait_for()
        yield page


def source(page: Page) -> Locator:
    return page.locator("#source .source-body")


# Answers and sources


def test_an_answer_opens_its_source_with_the_quote_marked_where_it_stands(page: Page) -> None:
    turn = ask(page, BUDGET)
    expect(turn.locator(".said")).to_contain_text("279.014 EUR")
    expect(turn).to_contain_text("Every statement was checked against the words it rests on.")
    expect(source(page).locator("h2")).to_have_text("Silver Stories")
    expect(source(page).locator(".where")).to_contain_text("silver-stories.md · characters 747–766")
    expect(source(page).locator("mark")).to_have_text("Budget: 279.014 EUR")
    text = source(page).locator(".document").inner_text()
    assert text.index("Period: November 2013") < text.index("Budget: 279.014 EUR") < text.index("Funder: EC")
    expect(source(page).locator("mark")).to_be_in_viewport()


def test_a_marker_shows_its_quote_beside_it_and_opens_the_page_that_it_stands_on(page: Page) -> None:
    turn = ask(page, "When was the OCCUPY LIBRARY Conference?")
    marker = turn.locator("a.cite").first
    marker.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("22-25 September 2020")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    marker.click()
    expect(source(page).locator("mark")).to_contain_text("22-25 September 2020")
    expect(source(page).locator("mark")).to_be_focused()
    expect(source(page).locator(".where")).to_contain_text("occupy-library-report.pdf, page 3")
    expect(source(page).get_by_role("link", name="Original file")).to_have_attribute("href", re.compile(r"#page=3$"))
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_an_earlier_answer_opens_its_own_source(page: Page) -> None:
    first = ask(page, "What is Silver Stories?").get_attribute("id")
    ask(page, "Who funded Socacitele?")
    expect(source(page).locator("h2")).to_contain_text("Socacitele")
    page.locator(f"#{first} a.cite").first.click()
    expect(source(page).locator("h2")).to_have_text("Silver Stories")


def test_a_question_about_the_text_is_answered_with_the_model_loaded_meanwhile(page: Page) -> None:
    expect(ask(page, "What is the motto of the foundation?")).to_contain_text("Small steps, giant leaps")


def test_a_refusal_is_seen_to_be_one_and_cites_nothing_and_the_next_answer_cites_again(page: Page) -> None:
    turn = ask(page, "What was the budget of Project Apollo?")
    expect(turn.locator(".said")).to_have_class("said refused")
    expect(turn).to_contain_text("Not answered")
    expect(turn).to_contain_text("Nothing is stated, so nothing is cited.")
    expect(turn.locator("a.cite")).to_have_count(0)
    ask(page, BUDGET)
    expect(source(page).locator("mark")).to_have_text("Budget: 279.014 EUR")
    keep_picture(page, "chat")


def test_a_comparison_is_a_table_with_headings(page: Page) -> None:
    turn = ask(page, "Compare Silver Stories, DigiTales and Socacitele")
    expect(turn.get_by_role("columnheader")).not_to_have_count(0)
    expect(turn.get_by_role("rowheader")).to_have_count(3)
    expect(turn.locator("td a.cite")).not_to_have_count(0)


def test_an_example_question_is_asked_with_one_click(page: Page) -> None:
    examples = page.locator("#begun .examples button")
    expect(examples.first).to_be_visible()
    expect(page.locator("#begun")).to_contain_text("There are 15 projects here.")
    question = examples.first.inner_text()
    examples.first.click()
    expect(page.locator("#now .said.answered")).to_have_count(1, timeout=PATIENCE_MS)
    expect(page.locator("#now h2.asked")).to_have_text(question)


def test_what_to_ask_next_can_be_asked_and_is_answered(page: Page) -> None:
    turn = ask(page, BUDGET)
    suggested = turn.locator(".next button").first
    question = suggested.inner_text()
    suggested.click()
    expect(page.locator("#now h2.asked")).to_have_text(question, timeout=PATIENCE_MS)
    expect(page.locator("#now .said.answered")).to_have_count(1, timeout=PATIENCE_MS)


def test_a_later_question_leans_on_the_earlier_ones_until_a_conversation_begins_anew(page: Page) -> None:
    ask(page, BUDGET)
    expect(ask(page, "Who funded it?")).to_contain_text("EC, Leonardo da Vinci")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert "c=" not in page.url
    expect(ask(page, "Who funded it?")).not_to_contain_text("Leonardo")


def test_how_a_question_was_understood_can_be_mended(page: Page) -> None:
    turn = ask(page, "Which projects were funded by the European Commission and took place in 2014?")
    before = turn.locator(".said").inner_text()
    turn.locator(".understood summary").click()
    turn.get_by_role("button", name=re.compile("^Without:.*2014")).click()
    expect(page.locator(".turn")).to_have_count(2, timeout=PATIENCE_MS)
    after = page.locator("#now .said")
    expect(after).to_contain_text("3 of 15 projects")
    assert after.inner_text() != before


# What stays


def test_reloading_brings_the_conversation_back_and_its_citations_still_open(page: Page) -> None:
    ask(page, BUDGET)
    ask(page, "Who funded it?")
    page.wait_for_url(re.compile(r"\?c="))
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    page.locator("#turn-1 a.cite").first.click()
    expect(source(page).locator("mark")).to_have_text("Budget: 279.014 EUR")
    expect(ask(page, "When did it take place?")).to_contain_text("November 2013")


def test_who_opens_somebody_elses_link_goes_on_in_a_copy(page: Page, browser: Browser) -> None:
    ask(page, BUDGET)
    page.wait_for_url(re.compile(r"\?c="))
    colleague = browser.new_page(locale="en-GB")
    colleague.goto(page.url)
    expect(colleague.locator(".turn")).to_have_count(1, timeout=PATIENCE_MS)
    expect(ask(colleague, "Who funded it?")).to_contain_text("EC, Leonardo da Vinci")
    colleague.wait_for_function("before => location.href !== before", arg=page.url)
    colleague.reload()
    expect(colleague.locator(".turn")).to_have_count(2)
    colleague.locator("#turn-1 a.cite").first.click()
    expect(source(colleague).locator("mark")).to_have_text("Budget: 279.014 EUR")
    colleague.close()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)


def test_the_link_of_a_citation_is_a_page_of_its_own(page: Page) -> None:
    address = ask(page, BUDGET).locator("a.cite").first.get_attribute("href")
    page.set_viewport_size({"width": 360, "height": 600})
    page.goto(f"{page.url.split('/?')[0]}{address}")
    expect(page.locator("mark")).to_have_text("Budget: 279.014 EUR")
    expect(page.locator("mark")).to_be_in_viewport()
    assert violations(page) == []


def test_a_conversation_is_saved_with_its_quotes_as_footnotes(page: Page, tmp_path: Path) -> None:
    ask(page, BUDGET)
    for name, ending in (("Word", ".docx"), ("Markdown", ".md"), ("PDF", ".pdf")):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name, exact=True).click()
        coming.value.save_as(tmp_path / f"saved{ending}")
    assert any("279.014 EUR" in one.text for one in docx.Document(str(tmp_path / "saved.docx")).paragraphs)
    assert "[^1]: “Budget: 279.014 EUR”" in (tmp_path / "saved.md").read_text(encoding="utf-8")
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")


def test_an_answer_is_copied_with_its_sources(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, BUDGET).get_by_role("button", name="Copy with sources").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "279.014 EUR" in copied
    assert "[1] Silver Stories, silver-stories.md" in copied


@pytest.fixture
def sync(app: Served, sample: Path) -> Iterator[Callable[..., Report]]:
    """Give what syncs the app to the sample and some folders; afterwards, and for another try, it is as it was."""
    yield lambda *folders: synced(app, sample, *folders)
    synced(app, sample)


def test_a_changed_document_leaves_the_words_that_were_quoted_and_says_so(
    page: Page, sync: Callable[..., Report], tmp_path: Path
) -> None:
    (tmp_path / "lamp.md").write_text("# Lamp Walk\n\nBudget: 700 EUR\n\nFunder: Oil Fund\n", encoding="utf-8")
    sync(tmp_path)
    turn = ask(page, "What was the budget of Lamp Walk?")
    expect(turn).to_contain_text("700 EUR")
    (tmp_path / "lamp.md").write_text("# Lamp Walk\n\nBudget: 900 EUR\n\nFunder: Oil Fund\n", encoding="utf-8")
    sync(tmp_path)
    turn.locator("a.cite").first.click()
    expect(source(page).locator("mark")).to_contain_text("700 EUR")
    expect(source(page).get_by_role("note")).to_contain_text("In the newer version these words are gone.")
    source(page).get_by_role("link", name="Show it as it is now").click()
    expect(source(page).locator(".document")).to_contain_text("900 EUR")
    expect(ask(page, "What was the budget of Lamp Walk?")).to_contain_text("900 EUR")


# What people type and say


@pytest.fixture
def unsaid(app: Served) -> None:
    """Forget what was said of answers: each try of a test finds what it has said itself."""
    with closing(sqlite3.connect(app.store / "catalogue.sqlite")) as connection, connection:
        connection.execute("DELETE FROM candidates")
        connection.execute("DELETE FROM feedback")


@pytest.mark.usefixtures("unsaid")
def test_thumbs_down_with_a_comment_becomes_a_candidate_for_review(page: Page, app: Served, command: Command) -> None:
    ask(page, BUDGET)
    turn = ask(page, "Who funded it?")
    turn.get_by_role("button", name="Bad answer").click()
    expect(page.get_by_role("button", name="Bad answer").last).to_have_attribute("aria-pressed", "true")
    page.get_by_label("What is right or wrong with it?").last.fill("The agency is missing")
    page.get_by_role("button", name="Send").last.click()
    expect(page.get_by_text("Somebody will look at it")).to_be_visible()
    listed = command("-m", "eval", "review", "--store", app.store, "--list", "--json")
    assert listed.returncode == 0, listed.stderr
    (told,) = [json.loads(line) for line in listed.stdout.splitlines()]
    assert told["origin"] == "feedback"
    assert (told["pair"]["question"], told["pair"]["history"]) == ("Who funded it?", [BUDGET])
    assert "EC, Leonardo da Vinci" in told["note"]
    assert "The agency is missing" in told["note"]


@pytest.mark.usefixtures("unsaid")
def test_who_thinks_again_has_one_verdict_and_may_take_it_back(page: Page, app: Served) -> None:
    ask(page, "When did Silver Stories take place?")

    def said() -> list[str]:
        with closing(sqlite3.connect(app.store / "catalogue.sqlite")) as connection:
            return [verdict for (verdict,) in connection.execute("SELECT verdict FROM feedback")]

    def becomes(kept: list[str]) -> bool:
        until = time.monotonic() + PATIENCE_MS / 1000
        while said() != kept and time.monotonic() < until:
            page.wait_for_timeout(100)
        return said() == kept

    for name, kept in (("Good", ["up"]), ("Bad", ["down"]), ("Good", ["up"]), ("Good", [])):
        page.get_by_role("button", name=f"{name} answer").last.click()
        assert becomes(kept), name


def test_a_blank_question_is_answered_with_a_hint_and_nothing_else(page: Page) -> None:
    box(page).fill("   ")
    box(page).press("Enter")
    expect(page.get_by_text("Type a question first.")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_very_long_question_breaks_nothing(page: Page) -> None:
    for question in ("What about this? " * 600, "x" * 10_000):
        ask(page, question)
        assert not scrolls_sideways(page)
    expect(ask(page, BUDGET)).to_contain_text("279.014 EUR")


def test_markup_in_a_question_is_shown_as_text(page: Page) -> None:
    turn = ask(page, f"{ATTACK}\n\n# What?")
    assert turn.locator("h2.asked").inner_text() == f"{ATTACK}\n\n# What?"
    assert_harmless(page)


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.hurt") is None
    assert page.locator("main img, #source img").count() == page.locator("a[href^='javascript']").count() == 0


def test_a_sync_is_picked_up_and_markup_in_a_document_is_shown_as_text(
    page: Page, sync: Callable[..., Report], tmp_path: Path
) -> None:
    expect(ask(page, "Who funded Angle Garden?").locator(".said")).to_have_class("said refused")
    (tmp_path / "angle.txt").write_text(HOSTILE, encoding="utf-8")
    assert sync(tmp_path).added == ["angle.txt"]
    turn = ask(page, "Who funded Angle Garden?")
    expect(turn).to_contain_text(ATTACK)
    expect(source(page).locator("mark")).to_contain_text(ATTACK)
    turn.locator("a.cite").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(ATTACK)
    expect(ask(page, "How many gardeners learn to prune without danger?")).to_contain_text("teaches 40 gardeners")
    assert_harmless(page)


# Everybody


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    box(page).focus()
    page.keyboard.type(BUDGET)
    page.keyboard.press("Enter")
    marker = page.locator("#now a.cite").first
    marker.wait_for()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if marker.evaluate("one => one === document.activeElement"):
            break
    expect(marker).to_be_focused()
    expect(page.get_by_role("tooltip")).to_contain_text("Budget: 279.014 EUR")
    page.keyboard.press("Enter")
    expect(source(page).locator("mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_axe_finds_nothing_in_light_and_in_dark(page: Page) -> None:
    for turns, scheme in enumerate(SCHEMES):
        page.emulate_media(color_scheme=scheme)
        page.reload()
        box(page).wait_for()
        expect(page.locator(".turn")).to_have_count(turns)  # a conversation that comes back is there
        assert violations(page) == [], scheme
        ask(page, "Which projects were funded by the European Commission?")
        expect(source(page).locator("mark")).to_be_visible()
        page.wait_for_url(re.compile(r"\?c="))
        assert violations(page) == [], scheme


def test_on_a_narrow_page_the_source_covers_the_answer_until_it_is_closed(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    turn = ask(page, "What is Silver Stories?")
    assert not scrolls_sideways(page)
    expect(page.locator("#source")).to_be_hidden()
    turn.locator("a.cite").first.click()
    expect(source(page).locator("mark")).to_be_in_viewport()
    assert not scrolls_sideways(page)
    page.wait_for_timeout(600)  # what fades in is there
    assert violations(page) == []
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#source")).to_be_hidden()


def test_who_reads_romanian_gets_a_romanian_page_and_can_change(app: Served, browser: Browser) -> None:
    page = browser.new_page(locale="ro-RO", viewport={"width": 1280, "height": 800})
    page.goto(app.url)
    box(page).wait_for()
    assert page.url == f"{app.url}/ro/"
    expect(page.locator("html")).to_have_attribute("lang", "ro")
    turn = ask(page, "Ce buget a avut Silver Stories?")
    expect(turn).to_contain_text("Fiecare afirmație a fost verificată")
    assert violations(page) == []
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#turn-1")).to_contain_text("Every statement was checked")
    page.goto(app.url)
    box(page).wait_for()
    assert page.url == f"{app.url}/"
    page.close()

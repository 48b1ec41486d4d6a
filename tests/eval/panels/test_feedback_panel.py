"""Feedback in a browser: newest first, made a candidate, done with and put back; what was said is text."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete

from index.candidates import read_candidates
from index.feedback import DOWN, UP, add_feedback
from index.settings import Settings
from index.store import Store
from index.tables import candidates, feedback
from tests.eval.panels.served_panels import faults_of, opened, serving_panel

ATTACK = "<img src=x onerror=window.hurt=1> [x](javascript:window.hurt=1) {{7*7}} ${window.hurt=1}"
CITED = {
    "n": 1, "project": ATTACK, "project_id": "x", "document": "silver-stories.md", "page": None, "start": 747,
    "end": 766, "quote": "Budget: 279.014 EUR",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy a store."""
    return shutil.copytree(sample_store, tmp_path_factory.mktemp("feedback") / "store")


@pytest.fixture(autouse=True)
def said(folder: Path) -> None:
    """Let 25 people say something, and nobody else: each test, and each try of one, finds the same."""
    with closing(Store(Settings(folder))) as store, store.catalogue.transaction() as connection:
        connection.execute(delete(candidates))
        connection.execute(delete(feedback))
        for number in range(25):
            add_feedback(
                connection, question=f"Question {number}? {ATTACK}", answer=f"Answer [1] {ATTACK}", status="answered",
                verdict=UP if number % 5 == 0 else DOWN, generation=1, citations=[CITED], comment=ATTACK,
                history=["Before?"] if number == 23 else [],
            )  # fmt: skip


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """Serve the panel."""
    with serving_panel("feedback", folder) as url:
        yield url


@pytest.fixture
def page(served: str, browser: BrowserContext) -> Iterator[Page]:
    """Open the panel."""
    with opened(browser, served) as page:
        yield page


def test_a_thumb_down_becomes_a_candidate(page: Page, folder: Path) -> None:
    expect(page.get_by_text("25 wait: 5 helpful, 20 not helpful. 0 are done with.")).to_be_visible()
    first = page.locator(".feedback-item").first
    expect(first).to_contain_text("Question 24?")
    first.locator("summary").click()
    expect(first).to_contain_text("Budget: 279.014 EUR")
    assert faults_of(page, "feedback") == []
    first.get_by_role("button", name="Make it a proposed question").press("Enter")
    expect(page.locator("#feedback-told")).to_have_text("It is among the questions to judge now.")
    expect(page.get_by_role("heading", level=2)).to_be_focused()
    expect(page.locator(".feedback-item").first).to_contain_text("Question 23?")
    with closing(Store(Settings(folder))) as store, store.catalogue.transaction() as connection:
        (candidate,) = read_candidates(connection)
    assert (candidate.pair["question"], candidate.origin) == (f"Question 24? {ATTACK}", "feedback")


def test_what_is_done_with_is_found_and_put_back(page: Page) -> None:
    page.locator(".feedback-item").first.get_by_role("button", name="Make it a proposed question").click()
    expect(page.locator(".feedback-item").first).to_contain_text("Question 23?")
    page.locator(".feedback-item").first.get_by_role("button", name="Done with").click()
    expect(page.locator(".feedback-item").first).to_contain_text("Question 22?")
    page.get_by_label("State").select_option("done")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".feedback-item")).to_have_count(2)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".feedback-item")).to_have_count(1)
    expect(page.locator(".feedback-item")).to_contain_text("is a proposed question now")


def test_it_is_filtered_by_verdict_and_leafed_through(page: Page) -> None:
    page.get_by_role("button", name="Older ones").click()
    expect(page.locator(".feedback-item")).to_have_count(5)
    page.get_by_label("Verdict").select_option("up")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".feedback-item h3")).to_contain_text([f"Question {n}?" for n in (20, 15, 10, 5, 0)])


def test_whoever_may_only_look_changes_nothing(served: str, browser: BrowserContext) -> None:
    with opened(browser, f"{served}/?look") as page:
        page.get_by_role("button", name="Done with").first.click()
        expect(page.locator("#feedback-told")).to_have_text("Your account may look at this, and not change it.")


def test_it_speaks_romanian(served: str, browser: BrowserContext) -> None:
    with opened(browser, f"{served}/ro/") as page:
        expect(page.get_by_role("heading", level=2)).to_have_text("Ce spun oamenii despre răspunsuri")

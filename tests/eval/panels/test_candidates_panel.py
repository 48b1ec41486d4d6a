"""Candidates in a browser: accepted into the file, changed, rejected, taken back; decided by two at once."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import delete

from index.candidates import FEEDBACK, GENERATED, add_candidate, decide, read_candidates
from index.settings import Settings
from index.store import Store
from index.tables import candidates
from tests.eval.panels.served_panels import faults_of, opened, serving_panel

ATTACK = "<img src=x onerror=window.hurt=1> [x](javascript:window.hurt=1) {{7*7}} ${window.hurt=1}"
SOURCE = {"document": "silver-stories.md", "quote": "Budget: 279.014 EUR"}
BUDGET = {
    "id": "budget", "question": "What was the budget of Silver Stories?", "history": [], "kind": "field",
    "language": "en", "answerable": True, "answers": ["279.014 EUR"], "all": [], "none": [], "sources": [SOURCE],
}  # fmt: skip
WORDING = {"id": "budget~1", "of": "budget", "question": "silver stories budget"}
HOSTILE = {
    **BUDGET, "id": "hostile", "question": f"What? {ATTACK}", "kind": ATTACK, "answers": [],
    "all": ["279.014 EUR", [ATTACK, "other"]],
}  # fmt: skip
SAID = {**BUDGET, "id": "said", "question": "How much was it?", "answers": [], "sources": []}


@pytest.fixture(scope="module")
def folder(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy a store."""
    return shutil.copytree(sample_store, tmp_path_factory.mktemp("candidates") / "store")


@pytest.fixture(autouse=True)
def proposed(folder: Path) -> None:
    """Propose four questions, and nothing else: each test, and each try of one, finds the same."""
    (folder / "questions" / "accepted.jsonl").unlink(missing_ok=True)
    with closing(Store(Settings(folder))) as store, store.catalogue.transaction() as connection:
        connection.execute(delete(candidates))
        for pair in (BUDGET, WORDING, HOSTILE):
            add_candidate(connection, pair, origin=GENERATED, note=ATTACK)
        add_candidate(connection, SAID, origin=FEEDBACK, note="thumb down")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """Serve the panel."""
    with serving_panel("candidates", folder) as url:
        yield url


@pytest.fixture
def page(served: str, browser: BrowserContext) -> Iterator[Page]:
    """Open the panel."""
    with opened(browser, served) as page:
        yield page


def rows(folder: Path) -> list[dict[str, object]]:
    """Read what was accepted."""
    accepted = folder / "questions" / "accepted.jsonl"
    return [json.loads(line) for line in accepted.read_text().splitlines()] if accepted.exists() else []


def card(page: Page) -> Locator:
    return page.locator(".candidates-card")


def test_one_is_accepted_by_keyboard_and_its_line_says_who_looked(page: Page, folder: Path) -> None:
    expect(card(page).locator("mark")).to_have_text("Budget: 279.014 EUR")
    expect(card(page)).to_contain_text("1 other wording of it waits")
    assert faults_of(page, "candidate") == []
    card(page).get_by_role("button", name="Accept").press("Enter")
    expect(card(page).get_by_role("heading", name=str(WORDING["question"]))).to_be_focused()
    expect(page.locator("#candidates-told")).to_have_text(f"Accepted: {BUDGET['question']}")
    (line,) = rows(folder)
    assert line == {**BUDGET, "reviewed": line["reviewed"]}
    assert str(line["reviewed"]).startswith("Ana, 20")
    page.get_by_role("button", name="Take the last decision back").click()
    expect(page.locator("#candidates-told")).to_have_text(f"Taken back: {BUDGET['question']}")
    assert rows(folder) == []


def test_what_is_needed_whole_stays_so_when_it_is_changed(page: Page, folder: Path) -> None:
    card(page).get_by_role("button", name="Skip").click()
    expect(card(page).get_by_role("heading", level=3)).to_have_text(str(HOSTILE["question"]))
    card(page).get_by_role("button", name="Change").click()
    expect(card(page).get_by_role("heading", name="Change the question")).to_be_focused()
    yes = card(page).get_by_label("Yes, and a right answer")
    expect(yes).to_be_checked()
    expect(yes).to_have_css("appearance", "auto")  # else a white tick on white
    card(page).get_by_label("Needed, 2").fill(f"{ATTACK}\nother\none more")
    card(page).get_by_label("One more: the document").fill("nowhere.md")
    assert faults_of(page, "change") == []
    card(page).get_by_role("button", name="Save and accept").click()
    expect(page.locator("#candidates-told")).to_contain_text("That did not work: the source 'nowhere.md' is half")
    expect(card(page).get_by_label("Needed, 2")).to_have_value(f"{ATTACK}\nother\none more")  # nothing typed is lost
    card(page).get_by_label("One more: the document").fill("")
    card(page).get_by_role("button", name="Save and accept").click()
    expect(page.locator("#candidates-told")).to_have_text(f"Accepted: {HOSTILE['question']}")
    assert rows(folder)[-1]["all"] == ["279.014 EUR", [ATTACK, "other", "one more"]]
    assert rows(folder)[-1]["sources"] == [SOURCE]


def test_what_somebody_else_decided_meanwhile_is_told(page: Page, folder: Path) -> None:
    expect(card(page).get_by_role("heading", level=3)).to_have_text(str(BUDGET["question"]))
    with closing(Store(Settings(folder))) as store, store.catalogue.transaction() as connection:
        key = next(one.key for one in read_candidates(connection) if one.id == "budget")
        decide(connection, key, "rejected", expected="open")
    card(page).get_by_role("button", name="Accept").click()
    expect(page.locator("#candidates-told")).to_contain_text("Somebody else has decided on it in the meantime")
    assert rows(folder) == []


def test_one_that_somebody_said_is_rejected_and_others_are_proposed(page: Page, folder: Path) -> None:
    page.get_by_label("Where from").select_option(FEEDBACK)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(card(page)).to_contain_text("not said yet: change it and say what is right")
    card(page).get_by_label("Why not").fill("nobody asks that")
    card(page).get_by_role("button", name="Reject").click()
    expect(page.locator("#candidates-told")).to_have_text("Rejected: How much was it?")
    expect(page.get_by_text("Nothing is open here.")).to_be_visible()
    page.get_by_role("button", name="Propose more").click()
    expect(page.locator("#candidates-told")).to_contain_text("questions and wordings were proposed.", timeout=30_000)
    with closing(Store(Settings(folder))) as store, store.catalogue.transaction() as connection:
        opened_before = {BUDGET["id"], HOSTILE["id"]}
        fresh = [one for one in read_candidates(connection, "open") if one.id not in opened_before]
        assert sum("of" not in one.pair for one in fresh) == 12


def test_whoever_may_only_look_decides_nothing(served: str, browser: BrowserContext, folder: Path) -> None:
    with opened(browser, f"{served}/?look") as page:
        for name in ("Accept", "Change"):
            card(page).get_by_role("button", name=name).click()
            expect(page.locator("#candidates-told")).to_have_text("Your account may look at this, and not change it.")
    assert rows(folder) == []


def test_it_speaks_romanian(served: str, browser: BrowserContext) -> None:
    with opened(browser, f"{served}/ro/") as page:
        expect(page.get_by_role("heading", level=2)).to_have_text("Întrebări de evaluat")

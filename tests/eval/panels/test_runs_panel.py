"""Evaluations in a browser: started, watched, looked into, compared; what a question holds is text and nothing else."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from eval.runs import Keeper
from index.settings import Settings
from index.store import Store
from tests.eval.panels.served_panels import faults_of, opened, serving_panel
from tests.eval.runs_by_hand import answerable, run, unanswerable
from tests.holding import held

ATTACK = "<img src=x onerror=window.hurt=1> [x](javascript:window.hurt=1) {{7*7}} ${window.hurt=1}"
SILVER = {"document": "silver-stories.md", "quote": "Budget: 279.014 EUR"}
QUESTIONS = [
    {"id": "budget", "question": "What was the budget of Silver Stories?", "kind": "field", "answerable": True,
     "answers": ["279.014 EUR"], "sources": [SILVER]},
    {"id": "wrong", "question": f"Who funded Silver Stories? {ATTACK}", "kind": ATTACK, "answerable": True,
     "answers": [ATTACK], "sources": [SILVER]},
    {"id": "none", "question": "Who painted the roof of Silver Stories?", "kind": "none", "answerable": False},
]  # fmt: skip


def prepare(store: Store) -> None:
    """Keep two earlier runs, of which the second is worse, and put a set beside the store."""
    folder = store.settings.store / "questions"
    folder.mkdir()
    (folder / "own.jsonl").write_text("".join(json.dumps({"language": "en", **one}) + "\n" for one in QUESTIONS))
    (folder / "bad.jsonl").write_text('{"id": "<b>x</b>"}\n')
    for name, day, right in (("old", 1, 1.0), ("new", 2, 0.0)):
        results = [answerable(f"q{n}", right, answer=f"{name} {ATTACK}", question=f"{ATTACK} {n}?") for n in range(30)]
        made = run([*results, unanswerable("u", 0.0)], name, made_at=f"2026-01-0{day}T03:04:05+00:00", qa="own.jsonl")
        keeper = Keeper(store, made)
        keeper.begin()
        keeper.finish(made.results)


def prepared(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(sample_store, tmp_path_factory.mktemp("runs") / "store")
    with closing(Store(Settings(folder))) as store:
        prepare(store)
    return folder


@pytest.fixture(scope="module")
def served(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the panel; tests leave the store as it is."""
    with serving_panel("runs", prepared(sample_store, tmp_path_factory)) as url:
        yield url


@pytest.fixture
def own_folder(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store for one try of one test."""
    return prepared(sample_store, tmp_path_factory)


@pytest.fixture
def own_page(own_folder: Path, browser: BrowserContext) -> Iterator[Page]:
    """Open the panel over that store."""
    with serving_panel("runs", own_folder) as url, opened(browser, url) as page:
        yield page


@pytest.fixture
def page(served: str, browser: BrowserContext) -> Iterator[Page]:
    """Open the panel."""
    with opened(browser, served) as page:
        yield page


def test_a_set_is_started_watched_and_looked_into(own_page: Page, own_folder: Path) -> None:
    page = own_page
    expect(page.get_by_text("bad.jsonl cannot be asked: ")).to_be_visible()
    page.get_by_label("Set of questions").select_option("questions/own.jsonl")
    with held(own_folder):  # goes on, however quick it is, until all of this was seen
        page.get_by_role("button", name="Start an evaluation").click()
        expect(page.get_by_role("button", name="Stop the evaluation")).to_be_focused()
        expect(page.locator("#runs-told")).to_have_text("The evaluation of own.jsonl has begun.")
        expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_text("own.jsonl was asked to its end.")).to_be_visible()
    expect(page.get_by_role("button", name="Start an evaluation")).to_be_focused()
    page.get_by_role("button", name="See how it went").click()
    detail = page.locator("#runs-detail")
    expect(detail.get_by_role("heading", level=2)).to_be_focused()
    expect(detail).to_contain_text("2 of 3 questions went right.")
    failed = detail.locator(".runs-question")
    expect(failed).to_have_count(1)
    failed.locator("summary").click()
    expect(failed).to_contain_text(ATTACK)
    expect(failed).to_contain_text("the answer is not right")
    expect(failed.get_by_role("link", name="Ask it in the chat")).to_have_attribute(
        "href",
        "/?question=Who%20funded%20Silver%20Stories%3F%20%3Cimg%20src%3Dx%20onerror%3Dwindow.hurt%3D1%3E%20%5Bx%5D%28javascript%3Awindow.hurt%3D1%29%20%7B%7B7%2A7%7D%7D%20%24%7Bwindow.hurt%3D1%7D",
    )
    detail.get_by_label("Outcome").select_option("right")
    detail.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(detail.get_by_role("heading", name="Questions")).to_be_focused()
    expect(failed).to_have_count(2)
    assert faults_of(page, "run") == []


def test_two_runs_are_compared_by_keyboard_and_the_reports_open(page: Page, served: str) -> None:
    for day in ("1", "2"):
        page.get_by_label(f"Compare the run of {day} Jan 2026, 03:04 UTC").press("Space")
    page.get_by_role("button", name="Compare the two chosen").press("Enter")
    detail = page.locator("#runs-detail")
    expect(detail.get_by_role("heading", name="Two evaluations compared")).to_be_focused()
    expect(detail.locator(".runs-verdict")).to_contain_text("B is worse than A. 31 questions were asked by both.")
    expect(detail.get_by_role("heading", name="Right in A, wrong in B (30)")).to_be_visible()
    turned = detail.locator(".runs-question").first
    turned.locator("summary").press("Enter")
    expect(turned).to_contain_text(f"old {ATTACK}")
    expect(turned).to_contain_text(f"new {ATTACK}")
    assert faults_of(page, "compared") == []
    link = detail.get_by_role("link", name="The whole comparison")
    page.goto(served + str(link.get_attribute("href")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Two runs compared")


def test_the_report_of_a_run_is_a_page_that_no_script_of_a_question_runs_in(
    served: str, browser: BrowserContext
) -> None:
    page = browser.new_page()
    told = page.goto(f"{served}/staff/runs/new/report.html")
    assert told
    assert (told.status, told.headers["content-security-policy"].split(";")[0]) == (200, "sandbox allow-scripts")
    expect(page.get_by_text(ATTACK).first).to_be_visible()
    page.locator("#filter select[name=outcome]").select_option("right")  # its own script runs
    expect(page.locator("#shown")).to_contain_text("1 of 31")
    assert page.evaluate("window.hurt") is None
    missing = page.goto(f"{served}/staff/runs/nowhere/report.html")
    assert missing
    assert missing.status == 404
    page.close()


def test_whoever_may_only_look_starts_nothing(served: str, browser: BrowserContext) -> None:
    with opened(browser, served + "/?look") as page:
        page.get_by_role("button", name="Start an evaluation").click()
        expect(page.locator("#runs-told")).to_have_text("Your account may look at this, and not change it.")
        page.get_by_role("button", name="Compare the two chosen").click()
        expect(page.locator("#runs-told")).to_contain_text("0 runs are chosen; choose two to compare")

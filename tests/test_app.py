"""The web app as a person meets it: a real server, a real browser, and what the command line says."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from index.offline import QUIET
from index.settings import Settings
from index.sync import build
from tests.browsing import CONTRAST, LEAST_CONTRAST, SCHEMES, chromium, scrolls_sideways

BUDGET = "What was the budget of Silver Stories?"
PATIENCE_MS = 30_000
"""The first question about a text waits for the model, which takes some ten seconds on two busy cores."""
ATTACK = "<img src=x onerror=window.hurt=1> [x](javascript:window.hurt=1) {{7*7}} ${window.hurt=1} **Fund**"
HOSTILE = f"""Angle Garden

Angle Garden grows brackets in public libraries, and teaches 40 gardeners how to prune them without any danger.

Period: May 2016 – April 2018 | Budget: 1,000 EUR | Funder: {ATTACK} | Partners: Hedge Library
"""

Command = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Served:
    """An app that runs, and its store."""

    process: subprocess.Popen[str]
    said: list[str]
    log: IO[str]
    store: Path

    @property
    def url(self) -> str:
        """The address it says."""
        found = re.search(r"http://\S+:\d+", self.said[-1])
        assert found, f"no address in {self.said}; standard error: {self.errors()}"
        return found.group()

    def errors(self) -> str:
        """What it has written to standard error."""
        self.log.seek(0)
        return self.log.read()


@contextmanager
def serving(store: Path, root: Path, *options: str) -> Iterator[Served]:
    """Start the app on a free port and stop it in the end, whatever happened."""
    told = {key: value for key, value in os.environ.items() if key not in QUIET and not key.startswith("ASSISTANT_")}
    line = [sys.executable, "app.py", "--store", str(store), "--port", "0", *options]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as log,
        subprocess.Popen(line, cwd=root, env=told, stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as process,
    ):
        try:
            assert process.stdout
            yield Served(process, [process.stdout.readline() for _ in range(2)], log, store)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the sample store, which a test may sync."""
    store = tmp_path_factory.mktemp("app") / "store"
    shutil.copytree(sample_store, store)
    with serving(store, root) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """Start Chromium; its pages share what they have loaded, and nothing else of a conversation."""
    with chromium() as browser:
        yield browser.new_context(viewport={"width": 1280, "height": 800})


@pytest.fixture
def page(app: Served, browser: BrowserContext) -> Iterator[Page]:
    """Open the page, 1280 pixels wide; afterwards nothing has come from another host, and no script has failed."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    addresses: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda websocket: addresses.append(websocket.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(app.url)
    box(page).wait_for()
    yield page
    page.close()
    assert len(addresses) > 1
    assert [address for address in addresses if not address.startswith((f"{app.url}/", "data:", "blob:"))] == []
    assert failures == []


def box(page: Page) -> Locator:
    return page.get_by_label("Question")


def ask(page: Page, question: str) -> Locator:
    """Ask and return the finished reply."""
    before = page.locator(".said.asked").count()
    box(page).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".said.asked")).to_have_count(before + 1, timeout=PATIENCE_MS)
    expect(page.locator(".said.waiting")).to_have_count(0, timeout=PATIENCE_MS)
    reply = page.locator(".said:not(.asked)").last
    reply.locator("small").wait_for()
    return reply


def open_sources(page: Page) -> Locator:
    return page.locator("#sources details[open]")


def keep_picture(page: Page) -> None:
    """Write the README's picture where SCREENSHOT_DIR says: `SCREENSHOT_DIR=docs make test`."""
    if folder := os.environ.get("SCREENSHOT_DIR"):
        page.wait_for_timeout(500)  # the chat's scrolling ends
        page.screenshot(path=Path(folder) / "chat.png")


# Answers and sources


def test_an_answer_comes_with_its_marker_and_the_quote_highlighted_in_its_surroundings(page: Page) -> None:
    reply = ask(page, BUDGET)
    expect(reply).to_contain_text("279.014 EUR")
    expect(reply).to_contain_text("Understood as: budget of Silver Stories.")
    card = page.locator("#sources article")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("[1] Silver Stories")
    expect(card).to_contain_text("silver-stories.md, characters 747–766")
    expect(card.locator("mark")).to_have_text("Budget: 279.014 EUR")
    expect(card.locator("blockquote")).to_contain_text(
        "Period: November 2013 – August 2015 Budget: 279.014 EUR Funder:"
    )
    expect(card.locator("blockquote")).to_have_css("white-space", "pre-wrap")


def test_a_marker_leads_to_its_source_also_of_an_earlier_answer_and_in_the_same_tab(page: Page) -> None:
    first = ask(page, "What is Silver Stories?")
    expect(first.get_by_role("link")).to_have_text([f"[{n}]" for n in range(1, 7)])  # three sentences, three facts
    ask(page, "Who funded Socacitele?")
    expect(open_sources(page).locator("summary")).to_have_text("Who funded Socacitele?")
    page.locator(".said.answered").first.get_by_role("link", name="[2]").click()
    expect(open_sources(page).locator("summary")).to_have_text("What is Silver Stories?")
    card = page.locator("#source-1-2")
    expect(card).to_be_in_viewport()
    assert card.evaluate("card => card.matches(':target')")
    assert len(page.context.pages) == 1


def test_statements_appear_one_after_the_other(page: Page) -> None:
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => {
            const count = document.querySelectorAll('.said.answered p').length;
            if (count && count !== window.seen.at(-1)) window.seen.push(count);
        }).observe(document.body, {childList: true, subtree: true}) }"""
    )
    ask(page, "What is Silver Stories?")
    assert page.evaluate("window.seen") == [1, 2, 3, 4]


def test_a_question_about_the_text_is_answered_with_the_model_loaded_meanwhile(page: Page) -> None:
    expect(ask(page, "What is the motto of the foundation?")).to_contain_text("Small steps, giant leaps")


def test_a_refusal_is_seen_to_be_one_and_cites_nothing_and_the_next_answer_cites_again(page: Page) -> None:
    reply = ask(page, "What was the budget of Project Apollo?")
    expect(reply).to_have_class("said refused")
    expect(reply).to_contain_text("Not answered")
    expect(reply.get_by_role("link")).to_have_count(0)
    expect(open_sources(page)).to_contain_text("Nothing is cited for this answer.")
    expect(page.locator("#sources mark")).to_have_count(0)
    ask(page, BUDGET)
    expect(open_sources(page).locator("mark")).to_have_text("Budget: 279.014 EUR")
    keep_picture(page)


def test_an_example_question_is_asked_with_one_click(page: Page) -> None:
    examples = page.locator("#chat .example")
    expect(examples).to_have_count(3)
    examples.first.click()
    expect(page.locator(".said.answered small")).to_have_count(1, timeout=PATIENCE_MS)
    expect(page.locator("#sources mark")).to_have_count(1)


def test_a_later_question_is_understood_from_the_earlier_ones_until_the_chat_is_cleared(page: Page) -> None:
    ask(page, BUDGET)
    expect(ask(page, "Who funded it?")).to_contain_text("EC, Leonardo da Vinci")
    page.get_by_label("Clear").click()
    expect(page.locator("#sources article")).to_have_count(0)
    expect(ask(page, "Who funded it?")).not_to_contain_text("Leonardo")


# What people type


def test_a_thumb_below_an_answer_becomes_a_candidate_for_review(page: Page, app: Served, command: Command) -> None:
    ask(page, BUDGET)
    ask(page, "Who funded it?")
    page.get_by_role("button", name="Dislike", exact=True).last.click()
    expect(page.get_by_text("Somebody will look at it")).to_be_visible()
    listed = command("-m", "eval", "review", "--store", app.store, "--list", "--json")
    assert listed.returncode == 0, listed.stderr
    (told,) = [json.loads(line) for line in listed.stdout.splitlines()]
    assert told["origin"] == "feedback"
    assert (told["pair"]["question"], told["pair"]["history"]) == ("Who funded it?", [BUDGET])
    assert "EC, Leonardo da Vinci" in told["note"]


def test_who_thinks_again_has_one_verdict_and_may_take_it_back(page: Page, app: Served) -> None:
    ask(page, "When did Silver Stories take place?")

    def said() -> list[str]:
        page.wait_for_timeout(700)
        with closing(sqlite3.connect(app.store / "catalogue.sqlite")) as connection:
            found = connection.execute("SELECT verdict FROM feedback WHERE question LIKE 'When did%'")
            return [verdict for (verdict,) in found]

    for name, kept in (("Like", ["up"]), ("Dislike", ["down"]), ("Like", ["up"]), ("Liked", [])):
        page.get_by_role("button", name=re.compile(f"^(clicked )?{name}", re.IGNORECASE)).last.click()
        assert said() == kept, name


def test_a_blank_question_is_answered_with_a_hint_and_nothing_else(page: Page) -> None:
    box(page).fill("   ")
    box(page).press("Enter")
    expect(page.get_by_text("Type a question first.")).to_be_visible()
    expect(page.locator(".said")).to_have_count(0)


def test_a_very_long_question_breaks_nothing(page: Page) -> None:
    for question in ("What about this? " * 600, "x" * 10_000):
        ask(page, question)
        assert not scrolls_sideways(page)
    expect(ask(page, BUDGET)).to_contain_text("279.014 EUR")


def test_markup_in_a_question_is_shown_as_text(page: Page) -> None:
    ask(page, f"{ATTACK}\n\n# What?")
    asked = page.locator(".said.asked")
    assert asked.inner_text() == f"{ATTACK}\n\n# What?"
    assert_harmless(page)


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.hurt") is None
    assert page.locator("#panes img").count() == page.locator("#panes a[href*='script']").count() == 0


# What documents hold, and a sync while the page is open


def test_a_sync_is_picked_up_and_markup_in_a_document_is_shown_as_text(
    page: Page, app: Served, sample: Path, tmp_path: Path
) -> None:
    expect(ask(page, "Who funded Angle Garden?")).to_have_class("said refused")
    (tmp_path / "angle.txt").write_text(HOSTILE, encoding="utf-8")
    assert build(Settings(app.store), [sample, tmp_path]).added == ["angle.txt"]
    expect(ask(page, "Who funded Angle Garden?")).to_contain_text(ATTACK)
    expect(page.locator("#sources details[open] mark")).to_contain_text(ATTACK)
    expect(ask(page, "How many gardeners learn to prune without danger?")).to_contain_text("teaches 40 gardeners")
    assert_harmless(page)


# Sizes and colours


def test_the_sources_stand_beside_the_chat_or_on_a_narrow_page_below_it(page: Page) -> None:
    ask(page, "What is Silver Stories?")
    chat, pane = page.locator("#chat"), page.locator("#sources")
    wide_chat, wide_pane = chat.bounding_box(), pane.bounding_box()
    assert wide_chat
    assert wide_pane
    assert wide_pane["x"] >= wide_chat["x"] + wide_chat["width"]
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(pane).not_to_be_in_viewport(ratio=0.5)
    narrow_chat, narrow_pane = chat.bounding_box(), pane.bounding_box()
    assert narrow_chat
    assert narrow_pane
    assert narrow_pane["y"] >= narrow_chat["y"] + narrow_chat["height"]
    assert min(narrow_chat["width"], narrow_pane["width"]) > 320
    assert not scrolls_sideways(page)


def test_everything_is_legible_in_light_and_in_dark(page: Page) -> None:
    parts = (".said small", ".said p", ".said a", "mark", "article p", "blockquote", "summary", "#title p")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.reload()
        ask(page, BUDGET)
        contrasts = {part: page.locator(part).first.evaluate(CONTRAST) for part in parts}
        assert {part: contrast for part, contrast in contrasts.items() if contrast < LEAST_CONTRAST} == {}, scheme


# The command line


def test_only_asking_is_offered_to_programs(page: Page, app: Served) -> None:
    info = page.request.get(f"{app.url}/gradio_api/info").json()
    assert list(info["named_endpoints"]) == ["/ask"]


def test_a_taken_port_is_named_with_the_way_out(command: Command, sample_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = command("app.py", "--store", sample_store, "--port", port)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert (
        ended.stderr
        == f"error: port {port} is in use; choose another: --port {port + 1}, or: make run PORT={port + 1}\n"
    )


def test_a_taken_port_is_noticed_before_anything_heavy_is_loaded(command: Command) -> None:
    program = (
        "import sys, socket, app\n"
        "taken = socket.create_server(('127.0.0.1', 0))\n"
        "try: app.main(['--port', str(taken.getsockname()[1])])\n"
        "except app.AddressError: print([name for name in ('sqlalchemy', 'gradio', 'torch') if name in sys.modules])\n"
    )
    assert command("-c", program).stdout == "[]\n"


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--port", "70000"], 2, "--port 70000: give a number from 0 to 65535"),
        (["--host", "203.0.113.1", "--port", "0"], 1, "--host 203.0.113.1: not an address of this machine"),
        (
            ["--port", "0", "--store", "no-such-folder"],
            1,
            "no-such-folder: no store here; build one with: python -m index build",
        ),
    ],
)
def test_what_cannot_be_served_gives_one_line(command: Command, options: list[str], code: int, says: str) -> None:
    ended = command("app.py", *options)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert ended.stderr.startswith(f"error: {says}")
    assert ended.stderr.count("\n") == 1


def test_a_second_instance_serves_the_same_store_and_ctrl_c_ends_it_with_its_page_open(
    app: Served, browser: BrowserContext, root: Path
) -> None:
    with serving(app.store, root) as second, browser.new_page() as page:
        assert second.url != app.url
        page.goto(second.url)
        box(page).wait_for()
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(timeout=PATIENCE_MS / 1000) == 130
        assert second.errors() == "stopped; nothing that was there before is lost\n"


def test_the_address_and_what_the_store_holds_are_said_before_anything_else(app: Served) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", app.url)
    assert app.said[0] == f"{app.store} holds 10 documents, 15 projects\n"
    assert app.errors() == ""

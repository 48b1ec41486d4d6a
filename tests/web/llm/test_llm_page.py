"""Answers of a language model in a real browser: they grow and are stopped, in both languages, for everybody.

The model is a scripted server; what opens the breaker of its client comes last.
"""

import time
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import SCHEMES, scrolls_sideways
from tests.browsing_page import PATIENCE_MS, ask, box, opened, violations
from tests.scripted_characters import CHARACTERS, WRONG_NAME, fails_to_write, writes
from tests.scripted_events import Flow
from tests.scripted_model import Reply, ScriptedModel
from tests.serving import Served
from tests.web.llm_site import (
    BUDGET,
    FUNDER,
    RIGHT,
    ROMANIAN,
    TEXT,
    TIMEOUT_S,
    WATCH,
    begin,
    finished,
    was_there,
)

SLOW = Flow(pause_s=0.15)


def test_an_answer_grows_sentence_by_sentence_and_is_whole_in_the_end(page: Page, model: ScriptedModel) -> None:
    model.character = writes(lambda _, said: [*said, said[0]], flow=SLOW)
    begin(page, TEXT)
    first = page.locator("#now .line").first
    first.wait_for()
    expect(page.get_by_text("Still writing…")).to_be_visible()
    expect(page.get_by_role("button", name="Good answer")).to_have_count(0)
    expect(page.locator("#source")).to_be_hidden()
    page.evaluate("window.kept = document.querySelector('#now .line')")
    marker = first.locator("a.cite").first
    marker.focus()
    page.locator("#now .about").wait_for()
    assert page.evaluate("window.kept === document.querySelector('#now .line')"), "it was drawn again"
    expect(marker).to_be_focused()
    expect(page.locator("#now .checked")).to_contain_text("Written by the language model scripted; each sentence")
    expect(page.locator("#source mark")).to_be_visible()
    expect(page.get_by_text("Still writing…")).to_have_count(0)
    expect(page.locator("#now .turn")).not_to_contain_text("left out")


def test_a_marker_opens_its_source_while_the_answer_still_grows(page: Page, model: ScriptedModel) -> None:
    model.character = writes(lambda _, said: [said[0], *said[:1] * 3], flow=SLOW)
    begin(page, FUNDER)
    page.locator("#now a.cite").first.click()
    expect(page.locator("#source mark")).to_contain_text("EC, Leonardo da Vinci")
    page.locator("#now .about").wait_for()
    expect(page.locator("#source mark")).to_be_visible()


def test_only_what_is_new_is_told_to_who_cannot_see_it(page: Page, model: ScriptedModel) -> None:
    model.character = writes(flow=SLOW)
    page.evaluate(
        """() => { window.told = []; new MutationObserver(() => window.told.push(
        document.getElementById("told").textContent)).observe(document.getElementById("told"),
        { childList: true, characterData: true, subtree: true }) }"""
    )
    finished(page, TEXT)
    told = [one for one in page.evaluate("window.told") if one]
    assert len(told) > 1
    assert not any(later in earlier or earlier in later for earlier, later in pairwise(told))


def test_asking_waits_for_the_answer_as_other_tests_do(page: Page) -> None:
    expect(ask(page, BUDGET)).to_contain_text(RIGHT)


def test_what_was_there_when_it_was_stopped_stays_and_is_kept(page: Page, model: ScriptedModel) -> None:
    model.character = writes(lambda _, said: said * 6, flow=SLOW)
    begin(page, TEXT)
    page.locator("#now .line").first.wait_for()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#now .notice")).to_contain_text("Stopped before the end")
    page.reload()
    expect(page.locator("#turn-1")).to_contain_text("Stopped before the end")
    expect(page.locator("#turn-1")).to_contain_text("Written by the language model scripted")


def test_a_question_asked_while_one_is_answered_waits_and_a_new_conversation_does_not(
    page: Page, model: ScriptedModel
) -> None:
    finished(page, BUDGET)
    model.character = writes(lambda _, said: said * 3, flow=SLOW)
    begin(page, FUNDER)
    page.locator("#turn-2 .line").first.wait_for()
    begin(page, BUDGET)
    page.locator("#turn-3 .about").wait_for(timeout=PATIENCE_MS)
    assert page.locator(".turn h2").all_inner_texts() == [BUDGET, FUNDER, BUDGET]
    begin(page, FUNDER)
    page.locator("#turn-4 .line").first.wait_for()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.wait_for_timeout(2500)
    expect(page.locator(".turn")).to_have_count(0)


def test_the_page_speaks_romanian_of_it_too(app: Served, browser: Browser, model: ScriptedModel) -> None:
    model.character = writes(lambda _, said: [f"{WRONG_NAME} a câștigat [S1].", *said], flow=SLOW)
    with opened(browser, app.url, locale="ro-RO", script=WATCH) as page:
        box(page).wait_for()
        begin(page, ROMANIAN)
        expect(page.get_by_text("Se mai scrie…")).to_be_visible()
        page.locator("#now .about").wait_for()
        turn = page.locator("#now .turn")
        expect(turn).to_contain_text("Bugetul proiectului Silver Stories a fost de 279.014 EUR.")
        expect(turn).to_contain_text("Scris de modelul de limbaj scripted; fiecare propoziție a fost verificată")
        expect(turn.locator(".notice")).to_contain_text("a fost lăsată deoparte")
        assert WRONG_NAME not in was_there(page)
        assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_while_it_grows_and_after_and_nothing_runs_off_the_side(
    app: Served, browser: Browser, model: ScriptedModel, width: int
) -> None:
    stalling = Flow(until=60, stalls=True, pause_s=0.01)
    model.character = writes(lambda _, said: [f"{WRONG_NAME} won [S1].", *said * 8], flow=stalling)
    for scheme in SCHEMES:
        with opened(browser, app.url, width=width) as page:
            page.emulate_media(color_scheme=scheme)
            box(page).wait_for()
            begin(page, TEXT)
            page.locator("#now .line").first.wait_for()
            assert violations(page) == []
            assert not scrolls_sideways(page)
            page.get_by_role("button", name="Stop").click()
            page.locator("#now .about").wait_for()
            page.wait_for_timeout(600)
            assert violations(page) == []
            assert not scrolls_sideways(page)


def test_a_page_that_is_closed_meanwhile_leaves_no_connection_to_the_model(
    app: Served, browser: Browser, model: ScriptedModel
) -> None:
    model.character = fails_to_write(Reply(f"{RIGHT[:-1]} [S1]. And so on. ", flow=Flow(endless=True, pause_s=0.05)))
    before = model.open_connections
    with opened(browser, app.url) as page:
        begin(page, BUDGET)
        page.locator("#now .line").first.wait_for()
        assert model.open_connections > before
    until = time.monotonic() + TIMEOUT_S + 5
    while model.open_connections > before and time.monotonic() < until:
        time.sleep(0.1)
    assert model.open_connections <= before


def test_a_stalled_model_is_stopped_at_once_and_another_question_can_be_asked(page: Page, model: ScriptedModel) -> None:
    model.character = fails_to_write(Reply(waits_s=60))
    begin(page, BUDGET)
    page.get_by_role("button", name="Stop").click()
    began = time.monotonic()
    expect(page.locator("#now .failed")).to_contain_text("Stopped before there was an answer.")
    assert time.monotonic() - began < TIMEOUT_S / 2  # and not when the model is given up
    model.character = CHARACTERS["honest"]()
    finished(page, BUDGET)
    expect(page.locator("#now .said")).to_contain_text(RIGHT)

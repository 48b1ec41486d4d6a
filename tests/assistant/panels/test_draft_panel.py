"""A draft beside the precedents: what is shown of it, what a form sends back, and in a browser all of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.answer import Citation, Statement
from assistant.llm.section import Part, Section
from assistant.panels.draft import LONGEST_FORM, draft_html, form_of, parts_of
from assistant.panels.found import Found, found_html
from assistant.precedent import Fact, Precedent, Precedents
from corpus.document import Span
from corpus.errors import MisuseError
from index.panels.frame import Frame
from tests.assistant.llm.drafts import CLOSING, OPENING, honest, reply_to
from tests.assistant.papers import word_notes
from tests.browsing import SCHEMES, chromium, scrolls_sideways
from tests.browsing_page import keep_picture, opened, violations
from tests.hostile import ATTACK, harms
from tests.scripted_events import NAME
from tests.scripted_model import Reply, Request, ScriptedModel, prompt_of
from tests.serving import Served, serving

IDEA = "Older people record digital stories of their lives in the library"
IDEE = "O hartă a orașului, desenată de oamenii lui după amintirile lor"
BOAST = "We are the leading organisation in Europe."
ENGLISH = Frame()


def cited(n: int, quote: str = "Lamps were lent.") -> Citation:
    return Citation(n, "Lamps", "lamps", "lamps.md", "lamps", None, Span(3, 3 + len(quote)), quote)


LAMPS = Precedent("Lamps", (Fact("Budget", "5 EUR", cited(0)),), (), (), 0.5)
FOUND = Found(Precedents(IDEA, (LAMPS,), 15, "en", date(2026, 11, 26)))
LINK, SAID = Statement("Lamps follows.", is_connecting=True), Statement("Lamps were lent.", (2,))


def section(*statements: Statement, is_finished: bool = True) -> Section:
    assert FOUND.precedents
    return Section(FOUND.precedents, (Part(1, statements),), (cited(2),), is_finished=is_finished)


def tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


# Shown


def test_a_connecting_sentence_is_marked_for_eye_and_ear_and_others_have_their_sources() -> None:
    page = tree(draft_html(ENGLISH, FOUND, section(LINK, SAID)))
    (connecting,) = page.find_class("connecting")
    assert connecting.text_content() == "Without a source: Lamps follows."
    (marker,) = page.find_class("cite")
    assert (marker.text, marker.get("href")) == ("[2]", "/passages/lamps?start=3&end=19")
    assert marker.get("data-quote") == "Lamps were lent."
    assert [one.text for one in page.iter("h3")] == ["Lamps"]


def test_it_can_be_taken_along_once_it_is_finished_and_a_model_has_written_some() -> None:
    assert tree(draft_html(ENGLISH, FOUND, section(SAID))).xpath(".//form//input[@name='keep']/@value") == ["lamps"]
    assert tree(draft_html(ENGLISH, FOUND, section(SAID, is_finished=False))).xpath(".//form") == []
    quoted = replace(section(SAID), parts=(Part(1, (SAID,), is_quoted=True),))
    assert tree(draft_html(ENGLISH, FOUND, quoted)).xpath(".//form") == []


def test_the_button_is_there_only_where_a_model_is_set() -> None:
    asks = ".//button[@data-act='draft']"
    assert len(tree(found_html(ENGLISH, FOUND, can_draft=True)).xpath(asks)) == 1
    assert tree(found_html(ENGLISH, FOUND)).xpath(asks) == []


def test_whatever_a_model_writes_is_shown_as_text() -> None:
    hostile = replace(
        section(Statement(ATTACK, (2,)), Statement(ATTACK, is_connecting=True)), citations=(cited(2, ATTACK),)
    )
    assert harms(draft_html(ENGLISH, FOUND, hostile)) == []
    assert harms(draft_html(ENGLISH, FOUND, None, trouble=ATTACK)) == []


# Sent back


def test_a_form_sends_back_what_was_shown() -> None:
    told = section(LINK, SAID)
    assert parts_of(form_of(told)) == list(told.parts)
    assert tree(draft_html(ENGLISH, FOUND, told)).xpath(".//input[@name='draft']/@value") == [form_of(told)]


@pytest.mark.parametrize(
    "told",
    [
        "", "{", "null", "{}", "[1]", '[{"rank": 1}]', '[{"rank": "1", "quoted": false, "said": []}]',
        '[{"rank": 1, "quoted": false, "said": [["a"]]}]', '[{"rank": 1, "quoted": false, "said": [["a", ["b"]]]}]',
        '[{"rank": 1, "quoted": false, "said": [[1, [1]]]}]', '[{"rank": 1, "quoted": false, "said": [["a", 1]]}]',
        "[" * 5_000, json.dumps([{"rank": 1, "quoted": False, "said": []}] * 500), " " * (LONGEST_FORM + 1),
    ],
)  # fmt: skip
def test_what_is_no_draft_is_refused(told: str) -> None:
    with pytest.raises(MisuseError, match="this is no draft"):
        parts_of(told)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.sampled_from(["rank", "quoted", "said"]), one),
    )
)
def test_any_json_is_read_as_a_draft_or_refused(told: object) -> None:
    try:
        parts = parts_of(json.dumps([told]))
    except MisuseError:
        return
    assert all(isinstance(one.text, str) for part in parts for one in part.statements)


# In a browser


def writes(request: Request) -> Reply:
    return Reply(reply_to(prompt_of(request), lambda sources: f"{honest(sources)}\n{BOAST}"))


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    """Serve a model that writes what the sources say, and boasts."""
    with ScriptedModel(writes) as model:
        yield model


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path, model: ScriptedModel) -> Iterator[Served]:
    """Serve the sample store with it."""
    environment = {"ASSISTANT_LLM_URL": model.url, "ASSISTANT_LLM_MODEL": NAME}
    with serving(sample_store, root, environment=environment) as served:
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
        page.locator("#idea textarea").wait_for()
        yield page
    assert "Traceback" not in app.errors()


def draft(page: Page, idea: str = IDEA, keep: int = 2) -> Locator:
    """Look for precedents, keep some, and have the section written."""
    page.locator("#idea textarea").fill(idea)
    page.locator("#find-precedents").click()
    rows = page.locator("#precedents tbody tr")
    rows.first.wait_for()
    while (there := rows.count()) > keep:
        rows.last.locator("[data-act=out]").click()
        expect(rows).to_have_count(there - 1)
    page.locator("#precedents [data-act=draft]").click()
    written = page.locator("#draft")
    written.locator("form").wait_for()
    return written


def test_a_draft_is_written_shown_and_taken_along_with_a_footnote_for_each_source(page: Page, tmp_path: Path) -> None:
    written = draft(page)
    expect(written.locator("h3")).to_have_count(2)
    expect(written.locator(".connecting")).to_have_count(2)
    expect(written.locator(".connecting").first).to_contain_text(OPENING["en"])
    expect(written.locator("[role=status]")).to_contain_text("2 sentences of the language model were left out")
    expect(written).not_to_contain_text(BOAST)
    markers = written.locator("a.cite").count()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
        written.scroll_into_view_if_needed()
        keep_picture(page, f"draft-{scheme}")
    with page.expect_download() as coming:
        written.get_by_role("button", name="Save the draft").click()
    assert coming.value.suggested_filename == "previous-experience.docx"
    coming.value.save_as(tmp_path / "draft.docx")
    read = docx.Document(str(tmp_path / "draft.docx"))
    italic = [run.text.strip() for one in read.paragraphs for run in one.runs if run.italic and run.text.strip()]
    assert italic == [OPENING["en"], CLOSING["en"]]
    assert len(word_notes(tmp_path / "draft.docx")) == markers == 4


def test_a_marker_opens_the_words_behind_a_sentence(page: Page) -> None:
    marker = draft(page, keep=1).locator("a.cite").first
    quote = marker.get_attribute("data-quote") or ""
    marker.click()
    expect(page.locator("#source mark").first).to_contain_text(quote[:40])


def test_another_idea_takes_the_draft_away(page: Page) -> None:
    draft(page, keep=1)
    page.locator("#find-precedents").click()
    expect(page.locator("#draft section")).to_have_count(0)


def test_on_a_narrow_page_in_romanian_nothing_runs_out_of_it(app: Served, browser: Browser) -> None:
    with opened(browser, f"{app.url}/ro/?tab=precedents", locale="ro-RO", width=360) as page:
        written = draft(page, IDEE, keep=1)
        expect(written.locator("h2")).to_have_text("Schiță: experiență anterioară")
        expect(written.locator(".connecting").first).to_contain_text(OPENING["ro"])
        assert not scrolls_sideways(page)
        assert violations(page) == []
        keep_picture(page, "draft-narrow")


def test_a_draft_that_was_changed_on_the_way_is_checked_anew(page: Page, tmp_path: Path) -> None:
    written = draft(page, keep=1)
    written.locator("input[name=draft]").evaluate(
        "(one, boast) => { const told = JSON.parse(one.value); told[1].said.push([boast, [1]], [boast, []]);"
        " one.value = JSON.stringify(told) }",
        BOAST,
    )
    written.locator("select[name=ending]").select_option("md")
    with page.expect_download() as coming:
        written.get_by_role("button", name="Save the draft").click()
    coming.value.save_as(tmp_path / "draft.md")
    text = (tmp_path / "draft.md").read_text(encoding="utf-8")
    assert BOAST not in text
    assert "2 sentences of the language model were left out" in text

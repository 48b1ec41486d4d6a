"""The pages of reports in a real browser: what documents hold does no harm, questions are found, all is legible."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.compare import compare
from eval.reports.comparison import to_page
from eval.reports.history import to_history
from eval.reports.html import to_html
from eval.result import Result, Run
from eval.scores import METRICS
from tests.browsing import CONTRAST, LEAST_CONTRAST, SCHEMES, chromium, scrolls_sideways
from tests.eval.reports.made import FEW, ONE, before, run

NAUGHTY = (
    "<script>window.hurt=1</script></style></script><img src=x onerror=window.hurt=1> \"' onmouseover='window.hurt=1' "
    "[x](javascript:window.hurt=1) <a href=javascript:window.hurt=1>x</a> {{7*7}} {% raw %} &lt;b&gt; --> ]]> "
    "\u202egnp.exe\u2066 \u200f \0 \x1b[31m \x85 " + "x" * 300
)
PATIENCE_S = 10
"""A thousand questions open in some 0.6 s on two idle cores, and take this long only if each looks at all others."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open pages from a disk; afterwards nothing was loaded beside them, and neither policy nor script complained."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts = []

    def opened(
        made: str,
        *,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        script: bool = True,
        place: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        path = tmp_path / "page.html"
        path.write_text(made, encoding="utf-8")
        page.goto(path.as_uri() + place)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url.split("#")[0] for url in asked} == {(tmp_path / "page.html").as_uri()}
    assert complaints == []


def shown(page: Page) -> list[str]:
    """Name the questions that can be seen."""
    seen: list[str] = page.locator("details.question").evaluate_all(
        "ones => ones.filter(one => one.checkVisibility()).map(one => one.id)"
    )
    return seen


def naughty() -> Run:
    """Make a run that holds the worst in every place that takes text."""
    quote = ONE.citations[0]._replace(document=NAUGHTY, quote=NAUGHTY, project=NAUGHTY)
    result = replace(
        FEW[1], id=NAUGHTY, kind=NAUGHTY, language=NAUGHTY, question=NAUGHTY, history=(NAUGHTY,), of=NAUGHTY,
        expected=(NAUGHTY,) * 9, sources=(NAUGHTY,), status=NAUGHTY, answer=f"{NAUGHTY} [1]", plan=NAUGHTY,
        citations=(quote,), failures=(NAUGHTY,), scores={**FEW[1].scores, NAUGHTY: 0.5},
    )  # fmt: skip
    return run(
        [result, ONE], id=NAUGHTY, made_at=NAUGHTY, qa=NAUGHTY, qa_sha256=NAUGHTY, corpus_sha256=NAUGHTY,
        embedding_model=NAUGHTY, code=NAUGHTY, settings={NAUGHTY: NAUGHTY},
    )  # fmt: skip


# What documents, questions and answers hold


def test_whatever_text_holds_is_text(open_page: Open) -> None:
    made = naughty()
    history = to_history([made, replace(made, id="b")])
    right = replace(made.results[0], scores={**ONE.scores, NAUGHTY: 0.5})
    earlier = compare(replace(made, id=f"{NAUGHTY}0", results=(right, ONE)), made, seed=1)
    for html, scripts in ((history, 0), (to_page(earlier), 0), (to_html(made, earlier), 1)):
        page = open_page(html)
        assert page.evaluate("window.hurt") is None
        assert page.locator("img, iframe, a:not([href^='#']), [onerror], [onmouseover]").count() == 0
        assert (page.locator("script").count(), page.locator("style").count()) == (scripts, 1)
        assert not scrolls_sideways(page)
        page.set_viewport_size({"width": 360, "height": 800})
        assert not scrolls_sideways(page)
    visible = NAUGHTY.replace("\0", "�").replace("\x1b", "�").replace("\x85", "�")
    question = page.locator("details.question.wrong")
    assert question.locator("h3").text_content() == visible
    assert question.locator("blockquote").text_content() == visible
    assert question.locator(".answer").text_content() == f"{visible} [1]"


def test_a_mark_that_turns_the_direction_of_writing_ends_with_its_text(open_page: Open) -> None:
    page = open_page(to_html(run([replace(ONE, question="\u202eabc", kind="\u202edef", language="\u2067en")])))
    places = page.locator("details.question .tags").evaluate(
        """tags => [...tags.querySelectorAll('bdi')].map(bdi => bdi.getBoundingClientRect().left)"""
    )
    kind, language = places
    assert kind < language
    heading, tags = page.locator("details.question h3").bounding_box(), page.locator(".tags").bounding_box()
    assert heading
    assert tags
    assert heading["x"] < tags["x"]


# Finding questions


def test_questions_are_filtered_by_kind_language_outcome_and_words(open_page: Open) -> None:
    page = open_page(to_html(run(), before()))
    expect(page.locator("output")).to_have_text("5 of 5 shown")
    page.get_by_role("combobox", name="Kind").select_option("unanswerable")
    assert shown(page) == ["mayor", "moon"]
    expect(page.locator("output")).to_have_text("2 of 5 shown")
    page.get_by_role("combobox", name="Outcome").select_option("right")
    assert shown(page) == ["moon"]
    expect(page.locator("#wrong")).to_be_hidden()
    page.get_by_role("combobox", name="Outcome").select_option("went right before")
    assert shown(page) == ["mayor"]
    page.get_by_role("combobox", name="Kind").select_option("all")
    page.get_by_role("combobox", name="Outcome").select_option("all")
    page.get_by_role("combobox", name="Language").select_option("ro")
    assert shown(page) == ["list-partners-ro"]
    page.get_by_role("combobox", name="Language").select_option("all")
    page.get_by_label("Find").fill("  TARA parteneri ")
    assert shown(page) == ["list-partners-ro"]
    page.get_by_label("Find").press("Enter")
    assert shown(page) == ["list-partners-ro"]
    page.get_by_label("Find").fill("no such words")
    assert shown(page) == []
    expect(page.locator("output")).to_have_text("0 of 5 shown")


def test_a_kind_is_found_whatever_white_space_is_in_its_name(open_page: Open) -> None:
    page = open_page(to_html(run([replace(ONE, id="odd", kind=" two  words "), FEW[4]])))
    page.get_by_role("combobox", name="Kind").select_option(" two  words ")
    assert shown(page) == ["odd"]


def test_shown_questions_are_unfolded_and_folded_together(open_page: Open) -> None:
    page = open_page(to_html(run()))
    page.get_by_role("combobox", name="Outcome").select_option("right")
    page.get_by_role("button", name="Unfold").click()
    assert page.locator("details.question[open]").count() == 5
    page.get_by_role("button", name="Fold", exact=True).click()
    assert page.locator("details.question[open]").count() == 3


def test_a_link_leads_to_a_question_and_unfolds_it_even_if_it_was_filtered_out(open_page: Open) -> None:
    many = [replace(ONE, id=f"q {n} ș%41", pair=str(n)) for n in range(60)]
    page = open_page(to_html(run([*many, *FEW])), place="#moon")
    expect(page.locator("#moon")).to_be_in_viewport()
    expect(page.locator("#moon")).to_have_attribute("open", "")
    page.get_by_role("combobox", name="Outcome").select_option("wrong")
    page.evaluate("location.hash = '#budget-lamp-hill%5B1%5D'")
    expect(page.locator("#budget-lamp-hill blockquote")).to_be_in_viewport()
    page.locator("#budget-lamp-hill dl").get_by_role("link", name="budget-lamp-hill").click()
    assert page.url.endswith("#budget-lamp-hill")
    page.evaluate("document.querySelectorAll('details.question.right')[40].open = true")
    page.locator("details.question.right").nth(40).locator("dl > dd:last-child > a").click()
    assert page.evaluate("document.querySelector(':target').id") == "q-40-ș%41"
    assert page.url.endswith("#q-40-%C8%99%2541")


def test_without_script_everything_is_there_and_no_filter(open_page: Open) -> None:
    page = open_page(to_html(run()), script=False)
    assert len(shown(page)) == 5
    expect(page.locator("form")).to_be_hidden()
    page.locator("#moon summary").click()
    expect(page.locator("#moon").get_by_text("No such project.")).to_be_visible()


def test_a_thousand_questions_open_and_filter_without_a_wait(open_page: Open) -> None:
    results = [replace(FEW[n % 5], id=f"q{n}", answer=f"{FEW[n % 5].answer} {n} " * 9) for n in range(1_000)]
    made = to_html(run(results))
    began = time.perf_counter()
    page = open_page(made)
    page.get_by_label("Find").fill("777")
    expect(page.locator("output")).to_have_text(re.compile(r"^\d of 1000 shown"))
    assert "q777" in shown(page)
    assert time.perf_counter() - began < PATIENCE_S


# Sizes, colours, and who does not see or does not use a mouse


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Make every page with everything on it."""
    worse: list[Result] = [replace(one, scores=FEW[1].scores) if one.answerable else one for one in FEW]
    runs = [run(worse, id="run-0", made_at="2026-11-20T08:00:00Z"), run(), run([*FEW, replace(ONE, id="x", pair="x")])]
    return {"run": to_html(run(), before()), "history": to_history(runs), "comparison": to_page(before())}


@pytest.mark.parametrize("name", ["run", "history", "comparison"])
def test_a_narrow_page_is_not_scrolled_sideways(open_page: Open, pages: dict[str, str], name: str) -> None:
    page = open_page(pages[name], width=360)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert not scrolls_sideways(page)
    widths = page.locator("figure svg").evaluate_all("ones => ones.map(one => one.getBoundingClientRect().width)")
    assert [width for width in widths if not 200 < width <= 360] == []


@pytest.mark.parametrize(("width", "columns"), [(1280, 2), (1025, 2), (800, 2), (360, 1)])
def test_both_answers_stand_beside_each_other_where_there_is_room_and_nothing_is_scrolled_sideways(
    open_page: Open, width: int, columns: int
) -> None:
    best, worst = dict.fromkeys(METRICS, 1.0), dict.fromkeys(METRICS, 0.0)
    one = replace(ONE, kind="k" * 90, question="Q" * 90, expected=("e" * 90,), scores=best)
    a, b = run([one], id="A" * 90), run([replace(one, scores=worst, answer="w" * 400)], id="B" * 90)
    page = open_page(to_page(compare(a, b, seed=1)), width=width)
    left, right = page.locator(".side").evaluate_all("ones => ones.map(one => one.getBoundingClientRect().left)")
    assert (left < right) == (columns == 2)
    assert not scrolls_sideways(page)
    wide = "ones => ones.filter(one => one.clientWidth && one.scrollWidth > one.clientWidth).map(one => one.outerHTML)"
    assert page.locator("body *").evaluate_all(wide) == []


def test_on_paper_all_columns_of_a_comparison_have_room(open_page: Open) -> None:
    a, b = (run([replace(ONE, scores=dict.fromkeys(METRICS, score))], id=f"run-{score}") for score in (1.0, 0.0))
    page = open_page(to_page(compare(a, b, seed=1)), width=680)  # A4 without its margins
    page.emulate_media(media="print")
    expect(page.locator("thead").first).to_be_visible()
    assert not scrolls_sideways(page)


def test_where_the_columns_of_a_comparison_have_no_room_each_figure_has_its_name_above_it(open_page: Open) -> None:
    page = open_page(to_page(before()))
    cell, names = page.locator("td").first, page.locator("thead").first
    name = "one => getComputedStyle(one, '::before').content"
    expect(names).to_be_visible()
    assert cell.evaluate(name) == "none"
    page.set_viewport_size({"width": 360, "height": 800})
    expect(names).to_be_hidden()
    assert cell.evaluate(name) == '"A"'


@pytest.mark.parametrize("name", ["run", "history", "comparison"])
def test_all_text_is_legible_in_light_and_in_dark(open_page: Open, pages: dict[str, str], name: str) -> None:
    page = open_page(pages[name])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        texts = page.locator("xpath=//body//*[text()[normalize-space()]]").evaluate_all(
            """ones => ones.filter(one => !one.matches('script, option, title, desc'))
                .map(one => [one.outerHTML.slice(0, 80), (CONTRAST)(one)])""".replace("CONTRAST", CONTRAST)
        )
        assert len(texts) > 60
        assert [(text, contrast) for text, contrast in texts if contrast < LEAST_CONTRAST] == [], scheme


@pytest.mark.parametrize("name", ["run", "history", "comparison"])
def test_headings_descend_by_one_and_all_that_is_used_has_a_name(
    open_page: Open, pages: dict[str, str], name: str
) -> None:
    page = open_page(pages[name])
    levels = page.locator("h1, h2, h3, h4").evaluate_all("ones => ones.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level - before <= 1 for before, level in pairwise(levels))
    assert page.locator("[tabindex]:not([tabindex='0'])").count() == 0
    names = page.locator("input, select, button").evaluate_all(
        "ones => ones.map(one => one.labels[0]?.innerText || one.innerText)"
    )
    assert all(names)
    words = "one.querySelector(':scope > title').textContent, one.querySelector(':scope > desc').textContent"
    for title, told in page.locator("svg[role=img]").evaluate_all(f"ones => ones.map(one => [{words}])"):
        assert len(title) > 5
        assert len(told) > 20
    assert page.locator("svg:not([role=img]):not([aria-hidden=true])").count() == 0
    assert page.locator("tr:not(:has(th[scope=row])):not(:has(th[scope=col]))").count() == 0


def test_the_keyboard_reaches_filter_and_questions_in_the_order_of_the_page(open_page: Open) -> None:
    page = open_page(to_html(run()))
    page.get_by_label("Find").focus()
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert reached[:6] == ["kind", "language", "outcome", "unfold", "fold", "SUMMARY"]
    page.locator("#moon summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#moon")).to_have_attribute("open", "")


def test_on_paper_there_is_no_filter_and_the_ground_is_white(open_page: Open) -> None:
    page = open_page(to_html(run()), scheme="dark")
    page.emulate_media(media="print")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")

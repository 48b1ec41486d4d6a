"""The page of a comparison: whole in itself, with everything in it escaped, and readable on a narrow screen."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import lxml.html
import pytest
from playwright.sync_api import Browser, sync_playwright

from eval.compare import compare
from eval.compare_page import page
from eval.compare_words import sentence
from eval.result import Run
from tests.eval.runs_by_hand import answerable, rights, run

ATTACK = "<script>hurt()</script><img src=x onerror=hurt()>\"'{{ 7 * 7 }}{% raw %}"


def tree_of(made: str) -> Any:
    """Parse the page."""
    return lxml.html.fromstring(made)


def hostile() -> tuple[Run, Run]:
    """Make two runs that say harm in every place that text may stand in."""
    told = {"question": ATTACK, "history": (ATTACK,), "expected": (ATTACK,), "answer": ATTACK, "failures": (ATTACK,)}
    rest = {"kind": ATTACK, "language": ATTACK, "status": ATTACK}
    sides = [run([answerable(ATTACK, right, **told, **rest)], ATTACK, qa=ATTACK, made_at=ATTACK) for right in (1, 0)]
    return sides[0], sides[1]


def test_what_questions_and_answers_hold_is_text_and_nothing_else() -> None:
    made = page(compare(*hostile(), seed=1))
    tree = tree_of(made)
    assert tree.xpath("//script | //img | //@*[starts-with(name(), 'on')]") == []
    # The title; of each run id, time and set; kind and language; question, what was before, id, what is wanted; of each
    # answer status, text, failure
    assert tree.text_content().count(ATTACK) == 2 + 2 * 3 + 2 + 4 + 2 * 3


def test_the_page_asks_for_nothing_beside_itself() -> None:
    made = page(compare(*hostile(), seed=1))
    assert tree_of(made).xpath("//link | //script | //@src | //@href") == []
    assert not re.search(r"url\(|@import|https?:", made)


def test_the_page_says_what_the_terminal_says() -> None:
    found = compare(rights([0] * 9 + [1] * 11), rights([1] * 19 + [0], "B"), seed=1)
    tree = tree_of(page(found))
    assert tree.xpath("string(//p[contains(@class, 'sentence')])") == sentence(found)
    cells = [[cell.text_content() for cell in row] for row in tree.xpath("(//tbody)[1]/tr")]
    assert cells[0][:4] == ["correct_and_cited", "0.550", "0.950", "+0.400"]
    assert cells[0][5:] == ["9", "1", "10", "0.043", "better"]  # 2 · 2 · (1 + 10) / 1024
    assert cells[1][0] == "wrong_refusals ↓"
    headings = [one.text_content() for one in tree.xpath("//h2")]
    assert headings[2:4] == ["Right in A, wrong in B: 1", "Wrong in A, right in B: 9"]
    assert len(tree.xpath("//article")) == 10


def test_the_page_of_identical_runs_shows_no_question() -> None:
    tree = tree_of(page(compare(rights([1, 0]), rights([1, 0]), seed=1)))
    assert tree.xpath("//article") == []
    assert "Nothing changed at all" in tree.text_content()


@pytest.mark.parametrize("answer", ["Line one\n  line two", "w" * 400])
def test_an_answer_stands_there_as_it_is(answer: str) -> None:
    b = replace(rights([0], "B").results[0], answer=answer)
    tree = tree_of(page(compare(rights([1]), run([b], "B"), seed=1)))
    assert [one.text_content() for one in tree.xpath("//p[@class='said']")] == ["Answer 0, 1.", answer]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    found = shutil.which("chromium")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_page_fits_a_narrow_screen_in_light_and_dark(
    scheme: Literal["light", "dark"], is_dark: bool, browser: Browser, tmp_path: Path
) -> None:
    a = run([answerable("q" * 90, 1, question="Q" * 90), answerable("r", 0)], "A" * 90)
    b = run([answerable("q" * 90, 0, question="Q" * 90, answer="w" * 400), answerable("r", 1)], "B" * 90)
    (tmp_path / "page.html").write_text(page(compare(a, b, seed=1)), encoding="utf-8")
    shown = browser.new_page(viewport={"width": 360, "height": 700}, color_scheme=scheme)
    shown.goto((tmp_path / "page.html").as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") == 360
    assert shown.evaluate("document.querySelector('.wide').scrollWidth") > 360  # the table scrolls by itself
    paper, ink = (
        shown.evaluate(f"getComputedStyle(document.body).{name}.match(/\\d+/g).reduce((sum, n) => sum + +n, 0)")
        for name in ("backgroundColor", "color")
    )
    assert (paper < ink) == is_dark
    shown.close()

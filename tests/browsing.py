"""A real browser for tests of pages, and what they ask of each: that it is legible and does not scroll sideways."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
PATIENCE_MS = 20_000
"""How long something that has to appear may take: two cores may be busy with more than this test."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LEAST_CONTRAST = 4.5
"""What WCAG 2 asks of text (success criterion 1.4.3); the ratio goes from 1 to 21."""
CONTRAST = """element => {
  const channels = style => { const [r, g, b, a = 1] = style.match(/[\\d.]+/g).map(Number); return [r, g, b, a] };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
  const linear = value => value / 255 <= .04045 ? value / 255 / 12.92 : ((value / 255 + .055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const style = getComputedStyle(element);
  let ground = [255, 255, 255], opacity = 1, around = [];
  for (let one = element; one; one = one.parentElement) around.unshift(getComputedStyle(one));
  for (const one of around) { ground = over(channels(one.backgroundColor), ground); opacity *= one.opacity }
  const [r, g, b, a] = channels(element instanceof SVGElement ? style.fill : style.color);
  const [darker, lighter] = [luminance(over([r, g, b, a * opacity], ground)), luminance(ground)].sort((x, y) => x - y);
  return (lighter + .05) / (darker + .05);
}"""
"""The contrast of an element's text with what lies behind it."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium; without one a test is skipped, or in CI fails."""
    found = shutil.which("chromium")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("chromium is not installed")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def scrolls_sideways(page: Page) -> bool:
    """Whether a reader has to scroll the page to see the end of a line."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


SETTLED = """() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const moving = document.getAnimations().map((one) => one.finished);
  Promise.race([Promise.allSettled(moving), new Promise((late) => setTimeout(late, 1000))]).then(() => go(null));
})))"""
"""Two frames on, and what fades or changes its colour has done so."""


def settled(page: Page) -> Page:
    """The page as it stays: half-way between two colours no contrast means anything."""
    page.evaluate(SETTLED)
    return page

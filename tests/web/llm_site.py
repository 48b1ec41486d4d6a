"""The web app with a scripted language model behind it, and what a test does with such a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browsing_page import PATIENCE_MS, box
from tests.scripted_characters import PLANTED_KEY
from tests.scripted_events import NAME
from tests.scripted_model import ScriptedModel
from tests.serving import Served, serving

BUDGET, FUNDER = "What was the budget of Silver Stories?", "Who funded Silver Stories?"
PERIOD, TEXT = "When did Silver Stories take place?", "What is Silver Stories?"
ROMANIAN = "Ce buget a avut Silver Stories?"
RIGHT = "The budget of Silver Stories was 279.014 EUR."
TIMEOUT_S = 20
WATCH = """
window.wasThere = [];
new MutationObserver((changes) => {
  for (const one of changes) {
    for (const node of one.addedNodes) window.wasThere.push(node.outerHTML ?? node.textContent ?? "");
    if (one.type === "characterData") window.wasThere.push(one.target.textContent);
    if (one.type === "attributes") window.wasThere.push(one.target.getAttribute(one.attributeName) ?? "");
  }
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""
"""Writes down all that is ever put into the page."""


@contextmanager
def modelled(store: Path, root: Path, model: ScriptedModel, folder: Path) -> Iterator[Served]:
    """Serve a copy of a store, with that model."""
    shutil.copytree(store, folder / "store")
    settings = {"URL": model.url, "MODEL": NAME, "KEY": PLANTED_KEY, "TIMEOUT": str(TIMEOUT_S), "CONTEXT": "4096"}
    told = {f"ASSISTANT_LLM_{name}": value for name, value in settings.items()}
    with serving(folder / "store", root, environment=told) as served:
        yield served


def begin(page: Page, question: str) -> None:
    """Ask, and do not wait."""
    box(page).fill(question)
    box(page).press("Enter")


def finished(page: Page, question: str) -> None:
    """Ask, and wait for the end."""
    before = page.locator(".turn").count()
    begin(page, question)
    expect(page.locator(".turn")).to_have_count(before + 1, timeout=PATIENCE_MS)
    page.locator("#now .about").wait_for()


def was_there(page: Page) -> str:
    """All that was ever put into a page that was opened with WATCH."""
    return "\n".join(page.evaluate("window.wasThere"))

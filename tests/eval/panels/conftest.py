"""What the tests of these panels share: the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.browsing import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """Start Chromium once."""
    with chromium() as started:
        yield started.new_context(viewport={"width": 1280, "height": 800})

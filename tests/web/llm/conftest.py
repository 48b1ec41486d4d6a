"""The page with a scripted language model behind it, served once for each file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import chromium
from tests.browsing_page import box, opened
from tests.scripted_characters import CHARACTERS
from tests.scripted_model import ScriptedModel
from tests.serving import Served
from tests.web.llm_site import WATCH, modelled


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    """Serve the model; each test gives it its character."""
    with ScriptedModel(CHARACTERS["honest"]()) as model:
        yield model


@pytest.fixture(scope="module")
def app(
    sample_store: Path, root: Path, model: ScriptedModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a copy of the sample store."""
    with modelled(sample_store, root, model, tmp_path_factory.mktemp("llm")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(app: Served, browser: Browser, model: ScriptedModel) -> Iterator[Page]:
    """Open the page and write down what is put into it; the model is honest until a test says otherwise."""
    model.character = CHARACTERS["honest"]()
    with opened(browser, app.url, script=WATCH) as page:
        box(page).wait_for()
        yield page

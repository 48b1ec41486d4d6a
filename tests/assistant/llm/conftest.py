"""The assistants that free-form questions are put to."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.llm.plan_cases import PAGES, REEDMOOR, SAMPLE


@pytest.fixture(scope="session")
def assistants(
    assistant: Assistant, reedmoor: Assistant, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Assistant]:
    """Open the sample, the Reedmoor Trust's and a few small organisations' documents, by name."""
    found = {SAMPLE: assistant, REEDMOOR: reedmoor}
    for name in PAGES:
        settings = Settings(tmp_path_factory.mktemp("pages") / name)
        build(settings, [root / "tests" / "pages" / name / "docs"])
        found[name] = Assistant(Store(settings))
    return found

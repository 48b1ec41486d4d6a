"""One assistant over the sample corpus for all tests of this layer."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store


@pytest.fixture(scope="session")
def assistant(sample_store: Path) -> Assistant:
    """Open the sample store; the model is loaded by the first question that needs it."""
    return Assistant(Store(Settings(sample_store)))

"""Two assistants for all tests of this layer: over the sample corpus, and over an invented organisation's documents."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store


@pytest.fixture(scope="session")
def assistant(sample_store: Path) -> Assistant:
    """Open the sample store; the model is loaded by the first question that needs it."""
    return Assistant(Store(Settings(sample_store)))


@pytest.fixture(scope="session")
def reedmoor(reedmoor_store: Path) -> Assistant:
    """Open the store of the invented organisation."""
    return Assistant(Store(Settings(reedmoor_store)))

"""A reader made on the spot, of the packaged weights and a head that has learnt nothing: real but for its sense."""

from pathlib import Path

import pytest

from assistant.reader.model import ReadingModel, new_model


@pytest.fixture(scope="session")
def untrained() -> ReadingModel:
    """Make a reading model whose head was drawn with a seed."""
    import torch

    torch.manual_seed(3)
    return new_model().eval()


@pytest.fixture(scope="session")
def untrained_graph(untrained: ReadingModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export it."""
    from assistant.reader.export import export

    path = tmp_path_factory.mktemp("reader") / "reader.onnx"
    export(untrained, path)
    return path

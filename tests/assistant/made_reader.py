"""A reader without training: a real graph and real word pieces, which takes certain words for the answer wherever."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.reader.reading import Reader
from assistant.reader.wordpieces import open_pieces

LEAST = -10.0
"""What speaks for any other piece."""


def reader_that_takes(odds: Mapping[str, float], folder: Path) -> Reader:
    """One for which each of these words has such odds as an answer's first and as its last; "not there" has 0."""
    return Reader(graph_that_takes(odds, folder), open_pieces())


def graph_that_takes(odds: Mapping[str, float], folder: Path) -> Path:
    """Write its file, as `ASSISTANT_READER` takes it."""
    pieces = open_pieces()
    table = np.full((30_522, 2), LEAST, np.float32)
    table[101] = 0  # [CLS], which stands for "not there"
    for word, odd in odds.items():
        table[pieces.cut(word)[0]] = odd
    graph = folder / "made.onnx"
    onnx.save(_looking_up(table), graph)
    return graph


def _looking_up(table: NDArray[np.float32]) -> onnx.ModelProto:
    ids, types = (helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"]) for name in ("ids", "types"))
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "length", 2])
    node = helper.make_node("Gather", ["table", "ids"], ["scores"])
    kept = [numpy_helper.from_array(table, "table")]
    made = helper.make_model(
        helper.make_graph([node], "made", [ids, types], [scores], kept), opset_imports=[helper.make_opsetid("", 17)]
    )
    made.ir_version = 8
    return made

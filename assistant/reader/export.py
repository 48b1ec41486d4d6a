"""The reading model as a graph of 8-bit weights that onnxruntime runs on any CPU, checked against torch.

Knows nothing of how the model was trained, or of who reads with it.
"""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from assistant.reader.model import ReadingModel

OPSET = 17


class _Graph(nn.Module):
    """One text at a time and nothing padded: the mask is all ones and is no input."""

    def __init__(self, model: ReadingModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        scores: Tensor = self.model(ids, types, torch.ones_like(ids))
        return scores


def export(model: ReadingModel, out: Path) -> None:
    """Write `model` to `out` as ONNX: `ids` and `types` `(1, length)` in, scores `(1, length, 2)` out.

    Linear layers in int8 with a scale a channel, embeddings in int8.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        whole = Path(folder) / "whole.onnx"
        _trace(model, whole)
        _quantise(quantize_dynamic, whole, out, QuantType.QInt8)


def _trace(model: ReadingModel, whole: Path) -> None:
    example = torch.arange(1000, 1064).unsqueeze(0), torch.ones(1, 64, dtype=torch.int64)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # that the exporter is the older one, and that a trace is a trace
        torch.onnx.export(
            _Graph(model.eval()),
            example,
            str(whole),
            input_names=["ids", "types"],
            output_names=["scores"],
            dynamic_axes={"ids": {1: "length"}, "types": {1: "length"}, "scores": {1: "length"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _quantise(quantise: Any, whole: Path, out: Path, kind: Any) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    quantise(
        str(whole),
        str(out),
        weight_type=kind,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )

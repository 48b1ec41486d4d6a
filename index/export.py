"""A sentence-transformers model as one ONNX graph, int8 where that keeps the vectors.

`python -m index.export FOLDER OUT` is a process of its own, started by `index.graphs`, so that torch's gigabyte never
sits in the one that answers. It writes model.onnx, tokenizer.json and facts.json into OUT; for a model that cannot be
exported facts.json says why.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import GraphEncoder, load_transformer
from index.errors import ModelError
from index.graphs import GRAPH, TOKENIZER, UNLOADABLE, Facts, Graph, file_sha256, write_facts
from index.models import Prefixes, read_json

MODULES = ("Transformer", "Pooling", "Normalize")
"""Modules whose meaning the export keeps."""
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
EXACT = 1e-3
"""Most that a number of a vector of length 1 may differ between the float32 graph and sentence-transformers; rounding
alone comes to 1e-6."""
ALIKE = 0.97
"""Least mean cosine between int8 vectors and sentence-transformers' own; all-MiniLM-L6-v2 has 0.99 (on the empty text
alone 0.97). Processors without int8 dot products may overflow where sums are large; what does is kept in float32."""
OPSET = 17
"""The newest that the exporter of TorchScript writes. It is chosen over the one of torch.export: three times as fast
for an equal graph, and one package fewer (onnxscript)."""
SAMPLES = (
    "Who paid for the lamp?",
    "lamp",
    "",
    "Între 2013 și 2016, școala din Brașov a primit 12.500 de lei pentru ateliere de fotografie.",
    "The project trained forty teachers in three counties, equipped two laboratories and left behind a handbook. " * 3,
    "Обучение учителей; 教師の研修; ουσιαστική στήριξη – 100 % of it.",
    "A long report says one thing after another, and it does so at length. " * 200,
)
"""Texts the graph must embed as sentence-transformers does: short, none, long, cut off, in other scripts."""


def main(arguments: list[str]) -> int:
    """Export; the exit code is 0 also for a model that is refused, with the reason in the facts."""
    folder, out = map(Path, arguments)
    try:
        write_facts(out, export(folder, out))
    except ModelError as error:
        print(str(error.__cause__ or error))
        return UNLOADABLE
    return 0


def export(folder: Path, out: Path) -> Facts:
    """Write the graph of the model in `folder` and its tokenizer into `out`.

    Raises:
        ModelError: sentence-transformers cannot load the model.
    """
    if reason := unlike(folder):
        return Facts(refused=reason)
    # Attention written out, not as one operator: traced, it is the smaller graph and the faster one (63 to 57 texts
    # a second of one core).
    transformer = load_transformer(folder, device="cpu", model_kwargs={"attn_implementation": "eager"})
    try:
        return _export(transformer, out)
    except (MemoryError, OSError):
        raise  # the machine's doing, not the model's
    except Exception as error:  # noqa: BLE001  # exporters fail with anything; the model is then run without them
        return Facts(refused=f"its export failed: {type(error).__name__}: {error}"[:500])


def unlike(folder: Path) -> str:
    """Why the model is none of transformer, pooling and normalising, by its own files; empty where it is."""
    modules: Any = read_modules(folder)
    for module in modules:
        kind = str(module.get("type", "")).rsplit(".", 1)[-1]
        if kind not in MODULES:
            return f"it has a module of another kind, {kind}"
        if read_json(folder / str(module.get("path", "")) / "config.json").get("include_prompt") is False:
            return "it leaves the prompt out of its pooling"
    return ""


def read_modules(folder: Path) -> list[dict[str, Any]]:
    """The modules a model lists, in order; none where it leaves them to sentence-transformers."""
    path = folder / "modules.json"
    if not path.is_file():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    return [module for module in found if isinstance(module, dict)]


def _export(transformer: Any, out: Path) -> Facts:
    expected = transformer.encode(list(SAMPLES), prompt="", normalize_embeddings=True, convert_to_numpy=True)
    tokenizer = transformer.tokenizer
    tokenizer.backend_tokenizer.save(str(out / TOKENIZER))
    facts = Facts(
        precision="float32",
        dim=int(expected.shape[1]),
        max_tokens=int(transformer.max_seq_length),
        tokenizer_sha256=file_sha256(out / TOKENIZER),
    )
    _trace(transformer, out / GRAPH)
    far = float(np.abs(_embed(out, facts) - expected).max())
    if not far <= EXACT:
        return Facts(refused=f"its graph's vectors differ from sentence-transformers' by {far:.4f}")
    return _quantise(out, facts, expected)


def _trace(transformer: Any, path: Path) -> None:
    """The model's own modules, one after the other, then the length made 1, as an ONNX file in float32."""
    import warnings

    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.parts = torch.nn.ModuleList(list(transformer))

        def forward(self, *given: torch.Tensor) -> torch.Tensor:
            features: dict[str, Any] = dict(zip(names, given, strict=True))
            for part in self.parts:
                features = part(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    # Two texts of different lengths: a trace keeps as constants what happens to be 1, and has to see padding.
    example = transformer.preprocess([SAMPLES[0], SAMPLES[3]])
    names = [name for name in INPUTS if name in example]
    if more := {name for name, given in example.items() if isinstance(given, torch.Tensor)} - set(names):
        raise ValueError(f"it wants {', '.join(sorted(more))}")
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # that the exporter is the older one, and that a trace is a trace
        torch.onnx.export(
            Whole().eval(),
            tuple(example[name] for name in names),
            str(path),
            input_names=names,
            output_names=["vectors"],
            dynamic_axes={**{name: {0: "texts", 1: "tokens"} for name in names}, "vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _quantise(out: Path, facts: Facts, expected: Any) -> Facts:
    """Put the int8 graph into the place of the float32 one if its vectors are still the model's."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = out / "int8"
    small.mkdir()
    # Per channel: per tensor costs five times as much (R@1 0.010 to 0.002 on XQuAD).
    quantize_dynamic(str(out / GRAPH), str(small / GRAPH), weight_type=QuantType.QInt8, per_channel=True)
    (out / TOKENIZER).rename(small / TOKENIZER)
    cosines = (_embed(small, facts) * expected).sum(axis=1)
    (small / TOKENIZER).rename(out / TOKENIZER)
    precision = "float32"
    if cosines.mean() >= ALIKE:
        (small / GRAPH).replace(out / GRAPH)
        precision = "int8"
    (small / GRAPH).unlink(missing_ok=True)
    small.rmdir()
    return replace(facts, precision=precision, graph_sha256=file_sha256(out / GRAPH))


def _embed(folder: Path, facts: Facts) -> Any:
    return GraphEncoder(Graph(folder, facts), Prefixes()).passages(SAMPLES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

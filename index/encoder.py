"""Text in, vectors of length 1 out: one encoder a model and process, run by what suits the machine.

On a CPU the model's exported graph under onnxruntime, so that neither torch nor sentence-transformers is imported;
with a GPU, or for a model that cannot be exported, sentence-transformers. `ASSISTANT_EMBEDDING_BACKEND` forces one.
Knows nothing of passages, stores or LlamaIndex.
"""

import os
import shutil
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import MisuseError
from index.errors import ModelError
from index.graphs import GRAPH, TOKENIZER, Graph, ready_graph
from index.models import Model, Prefixes, check_weights, read_prefixes
from index.offline import stay_offline

Vectors = NDArray[np.float32]
ONNX, TORCH = "onnx", "sentence-transformers"
TEXTS_A_TASK = 16
"""Texts a thread takes at a time."""
TEXTS_A_BATCH = 32
"""Of sentence-transformers; on two cores 16 to 64 are equally fast."""
GPU_DEVICES = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
"""What the drivers of NVIDIA, AMD and of Windows' Linux show; without one torch is not even asked."""
_opening = threading.Lock()
"""A page loads the model behind the visitor's back; the first question waits for that one, and loads no second."""


class Encoder(Protocol):
    """An open embedding model; threads may share it."""

    dim: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors `(len(texts), dim)` of length 1, in the order of the texts."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """The same for questions, which some models want marked as such."""


def open_encoder(model: Model) -> Encoder:
    """The encoder of `model`, the same one each time; the first use on a machine exports the model (seconds).

    Raises:
        ModelError: the model cannot be loaded, or not by the backend that was forced.
        MisuseError: `ASSISTANT_EMBEDDING_BACKEND` names none.
    """
    forced = os.environ.get("ASSISTANT_EMBEDDING_BACKEND") or ""
    if forced not in ("", ONNX, TORCH):
        raise MisuseError(
            f"ASSISTANT_EMBEDDING_BACKEND={forced}: expected {ONNX} or {TORCH}; set one of them or unset it"
        )
    with _opening:
        return _open(model, forced)


@lru_cache(maxsize=2)
def _open(model: Model, forced: str) -> Encoder:
    if forced == TORCH or (not forced and has_gpu()):
        return TorchEncoder(model)
    graph = ready_graph(model)
    if not graph.facts.refused:
        return GraphEncoder(graph, read_prefixes(model))
    if forced:
        raise ModelError(
            f"embedding model {model.name} cannot be run by onnxruntime: {graph.facts.refused}; "
            f"unset ASSISTANT_EMBEDDING_BACKEND or set it to {TORCH}"
        )
    print(f"{model.name} is run by sentence-transformers, slower: {graph.facts.refused}", file=sys.stderr)
    return TorchEncoder(model)


def has_gpu() -> bool:
    """Whether torch would find a GPU. Its import takes seconds, so it is asked only where a driver can be seen."""
    driver = any(Path(device).exists() for device in GPU_DEVICES) or shutil.which("nvidia-smi") is not None
    try:
        if not driver or version("torch").endswith("+cpu"):
            return False
    except PackageNotFoundError:
        return False
    import torch

    return torch.cuda.is_available()


class GraphEncoder:
    """An exported graph under onnxruntime, pooled and normalised inside.

    One text a run, as many runs at once as there are cores. Int8 takes its scale from all it is given at once: in a
    batch a text's vector would move with its neighbours (cosine 0.986 to 1), and building twice would not give the
    same store. It costs nothing: a second of one core embeds 61 texts of 130 tokens so, 59 in length-sorted batches of
    512 tokens, 55 in batches of 1,024; only texts of ten tokens lose a third.
    """

    def __init__(self, graph: Graph, prefixes: Prefixes) -> None:
        from tokenizers import Tokenizer

        self.dim = graph.facts.dim
        self._prefixes = prefixes
        self._session = open_session(graph.folder / GRAPH)
        self._inputs = [node.name for node in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(graph.folder / TOKENIZER))
        self._tokenizer.enable_truncation(graph.facts.max_tokens)
        self._tokenizer.no_padding()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._embed([self._prefixes.passage + text for text in texts])

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._embed([self._prefixes.query + text for text in texts])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        made = np.empty((len(texts), self.dim), np.float32)
        # The longest first, so that no thread is left with a long one at the end.
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]), reverse=True)
        tasks = [order[start : start + TEXTS_A_TASK] for start in range(0, len(order), TEXTS_A_TASK)]

        def fill(numbers: list[int]) -> None:
            for number, found in zip(
                numbers, self._tokenizer.encode_batch_fast([texts[i] for i in numbers]), strict=True
            ):
                made[number] = self._run(found.ids)

        if len(tasks) == 1:
            fill(tasks[0])
        elif tasks:
            with ThreadPoolExecutor(min(_cores(), len(tasks))) as threads:
                list(threads.map(fill, tasks))
        return made

    def _run(self, tokens: Sequence[int]) -> Vectors:
        ids = np.array([tokens], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        made: Vectors = self._session.run(None, {name: given[name] for name in self._inputs})[0][0]
        return made


def open_session(path: Path) -> Any:
    """A session of onnxruntime over a graph, of one thread; threads may share it.

    Raises:
        ModelError: the graph cannot be loaded.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Texts run side by side, each on one thread: what fits a core's cache is a quarter faster than large batches
    # shared by all cores (and half as fast again on a busy machine), since nothing spins while it waits for another.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions share no class but this one
        raise ModelError(f"{path} cannot be loaded: {error}; remove its folder, it will be made again") from error


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class TorchEncoder:
    """The model under sentence-transformers, on whatever device torch finds."""

    def __init__(self, model: Model) -> None:
        check_weights(model)
        self._prefixes = read_prefixes(model)
        self._transformer = load_transformer(model.folder)
        self.dim = int(self._transformer.encode([""], convert_to_numpy=True).shape[1])
        self._encoding = threading.Lock()  # its tokenizer is set for each batch, and refuses two at a time

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._embed(texts, self._prefixes.passage)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._embed(texts, self._prefixes.query)

    def _embed(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        with self._encoding:
            made = self._transformer.encode(
                list(texts),
                prompt=prefix,
                batch_size=TEXTS_A_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(made, np.float32)


def load_transformer(folder: Path, **options: Any) -> Any:
    """The model as sentence-transformers loads it; `options` are that constructor's. Takes seconds: torch is imported.

    Raises:
        ModelError: the folder cannot be loaded.
    """
    stay_offline()
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights" is no news to who waits for an answer
    try:
        return SentenceTransformer(str(folder), local_files_only=True, **options)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"embedding model {folder} cannot be loaded: {error}") from error

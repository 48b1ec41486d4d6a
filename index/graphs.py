"""Exported models, kept in the user's cache: each made once, whole or not at all, and made again if damaged.

Knows how a graph is kept, not how one is made (`index.export`, in a process of its own) or run (`index.encoder`).
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from index.errors import ModelError
from index.models import Model, check_weights, weights_of

FORMAT = 1
"""Raised whenever what an export writes changes; graphs of another format are left alone and not used."""
GRAPH, TOKENIZER, FACTS = "model.onnx", "tokenizer.json", "facts.json"
UNLOADABLE = 3
"""Exit code of an export that could not even open the model."""
CONFIGURATION = ("*.json", "*/*.json", "*.txt", "*.model")
"""What besides the weights decides a model's vectors: its modules, how they pool, how text becomes tokens."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an export found out; `refused` is the reason where the model cannot be run as a graph."""

    refused: str = ""
    precision: str = ""
    dim: int = 0
    max_tokens: int = 0
    graph_sha256: str = ""
    tokenizer_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A model as ONNX with its tokenizer beside it, and the facts needed to run them."""

    folder: Path
    facts: Facts


def cache_folder() -> Path:
    """`ASSISTANT_CACHE`, or the folder where this system keeps what a user's programs can make again."""
    if told := os.environ.get("ASSISTANT_CACHE"):
        return Path(told).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("project-answers", appauthor=False)


def ready_graph(model: Model) -> Graph:
    """The graph of `model`, exported now if it is not in the cache; one process exports, others wait for it.

    Raises:
        ModelError: the model cannot be loaded, or the cache cannot be written.
    """
    from filelock import FileLock

    folder = cache_folder() / "models" / _key(model)
    if found := _read(folder):
        return found
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            return _read(folder) or _make(model, folder)
    except OSError as error:
        raise ModelError(
            f"the exported model cannot be kept in {folder.parent}: {error.strerror or error}; "
            "set ASSISTANT_CACHE to a folder that can be written"
        ) from error


def _key(model: Model) -> str:
    """Digest of the weights, of all that configures them, of the runtime the graph was checked with, and the format."""
    told = hashlib.sha256(f"{FORMAT} {version('onnxruntime')} {model.sha256}".encode())
    for path in sorted({path for pattern in CONFIGURATION for path in model.folder.glob(pattern)}):
        told.update(f" {path.relative_to(model.folder)} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:32]


def _read(folder: Path) -> Graph | None:
    """The graph kept in `folder`, None where there is none or it is not what was written."""
    try:
        facts = Facts(**json.loads((folder / FACTS).read_text(encoding="utf-8")))
        whole = facts.refused or (
            file_sha256(folder / GRAPH) == facts.graph_sha256
            and file_sha256(folder / TOKENIZER) == facts.tokenizer_sha256
        )
    except (OSError, ValueError, TypeError):
        return None
    return Graph(folder, facts) if whole else None


def _make(model: Model, folder: Path) -> Graph:
    """Export into a folder of its own, then give it its name in one step. The caller holds the lock of this name."""
    check_weights(model)
    for left in folder.parent.glob(f"{folder.name}.tmp*"):  # of an export that was killed
        shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.tmp", dir=folder.parent))
    try:
        if reason := _export(model, made):
            return Graph(folder, Facts(refused=reason))  # not kept: the next process tries again
        if folder.exists():  # damaged: what is whole was found before
            folder.rename(made / "damaged")
            shutil.rmtree(made / "damaged")
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    if found := _read(folder):
        return found
    raise ModelError(f"the exported model in {folder} is damaged; is the disk sound? Remove the folder and try again")


def _export(model: Model, folder: Path) -> str:
    """Run the export; the reason if it died of something, empty if it came to an end."""
    megabytes = sum(path.stat().st_size for path in weights_of(model.folder)) / 1e6
    # Measured on two cores: 15 s for the packaged model's 91 MB, most of it torch's import and one pass per check.
    print(
        f"preparing the embedding model {model.name} for this machine: once, about {15 * (1 + megabytes / 500):.0f} s",
        file=sys.stderr,
        flush=True,
    )
    done = subprocess.run(  # noqa: S603  # this interpreter, our module, and folders
        [sys.executable, "-m", "index.export", str(model.folder), str(folder)],
        env=os.environ | {"PYTHONPATH": _import_path()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == UNLOADABLE:
        raise ModelError(
            f"embedding model {model.folder} cannot be loaded: {done.stdout.strip()}; "
            "set ASSISTANT_EMBEDDING_MODEL to a folder that holds a whole sentence-transformers model"
        )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return f"its export ended with {done.returncode}: {last}"
    return ""


def _import_path() -> str:
    """Where the export's process finds this package, wherever the program was started."""
    ours = str(Path(__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))


def write_facts(folder: Path, facts: Facts) -> None:
    """The last step of an export."""
    (folder / FACTS).write_text(json.dumps(asdict(facts), indent=1), encoding="utf-8")


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

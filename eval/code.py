"""Which code an evaluation ran: the program's version and a digest of its own sources; needs no repository."""

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("corpus", "index", "assistant", "eval")
ENDINGS = (".py", ".toml", ".tsv", ".gz")
"""Of the files that decide what is answered and how it is scored."""


@cache
def code_version() -> str:
    """Such as `0.1.0+3f2a91c0d4e5`."""
    told = sha256()
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*")):
            if path.suffix in ENDINGS and "sample" not in path.relative_to(ROOT).parts:
                told.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    try:
        number = version("project-answers")
    except PackageNotFoundError:
        number = "0"
    return f"{number}+{told.hexdigest()[:12]}"

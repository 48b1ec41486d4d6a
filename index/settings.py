"""Settings of the store: from the command line, then `ASSISTANT_…` variables, then defaults that need nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_STORE = "store"
DEFAULT_MODEL = "all-MiniLM-L6-v2"
NO_READER = "off"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and which embedding model it is for.

    `embedding_model` is a name that ships with the program, a folder or a sentence-transformers name. `catalogue` is
    an SQLAlchemy URL and `chroma` the URL of a Chroma server; where they are empty both are kept in the folder `store`,
    and where they are given the folder keeps only what can be made again from them.
    """

    store: Path = Path(DEFAULT_STORE)
    embedding_model: str = DEFAULT_MODEL
    catalogue: str = ""
    chroma: str = ""
    reranker: str = ""
    """A cross-encoder by name or folder that orders the best hits anew; none where it is empty."""
    reader: str = ""
    """What reads the passages found for an answer: a file that `python -m assistant.reader export` wrote, nothing where
    it is `NO_READER`, and where it is empty the reader that comes with the program."""


def read_settings(store: str | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings for one run; `store` is the command line's, None where it names none."""
    told = os.environ if environment is None else environment
    return Settings(
        Path(store or told.get("ASSISTANT_STORE") or DEFAULT_STORE),
        told.get("ASSISTANT_EMBEDDING_MODEL") or DEFAULT_MODEL,
        told.get("ASSISTANT_CATALOGUE") or "",
        told.get("ASSISTANT_CHROMA") or "",
        told.get("ASSISTANT_RERANKER") or "",
        _reader(told.get("ASSISTANT_READER", "").strip()),
    )


def _reader(told: str) -> str:
    return NO_READER if told.lower() in {NO_READER, "no", "none", "false", "0"} else told

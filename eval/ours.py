"""Our own store as the benchmarks use it: the one place where they speak to it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eval.beir import Text
from index.models import find_model
from index.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.filters import Filters

LEGS = ("dense", "words", "hybrid")
Search = Callable[[str, int], list[str]]
"""A question and how many passages → ids of the documents of the passages found, best first; one may come twice."""


def model_folder(model: str = DEFAULT_MODEL) -> Path:
    """Where the weights are that all programs of a benchmark use."""
    folder: Path = find_model(model).folder
    return folder


def open_bare_encoder(model: str = DEFAULT_MODEL) -> "Encoder":
    """The model alone, as our store runs it."""
    from index.encoder import open_encoder

    return open_encoder(find_model(model))


def ingest(
    texts: Iterable[Text],
    folder: Path,
    vectors: Iterable[NDArray[np.float32]] | None = None,
    model: str = DEFAULT_MODEL,
) -> None:
    """Make a store in `folder` over these texts; `vectors` `(dim,)`, one a text, stand for the model's where given."""
    from corpus.reading import detect_language
    from index.texts import add_texts

    rows = ((text.id, text.title, text.text, text.language or detect_language(text.text)) for text in texts)
    add_texts(Settings(folder, model), rows, vectors)


class OpenStore:
    """A store open for searching, with the settings a benchmark turns."""

    def __init__(self, folder: Path, model: str = DEFAULT_MODEL) -> None:
        from index.store import Store

        self._store = Store(Settings(folder, model))

    def search(
        self,
        question: str,
        top_k: int,
        *,
        leg: str = "hybrid",
        vector: NDArray[np.float32] | None = None,
        filters: "Filters | None" = None,
    ) -> list[str]:
        """As `Search`; by one leg alone, with the question's vector `(dim,)`, and filtered, where given."""
        legs: dict[str, Any] = {} if leg == "hybrid" else {"legs": (leg,)}
        hits = self._store.search(question, top_k, filters, vector=vector, **legs)
        return [source_of(hit.passage.document_id) for hit in hits]

    def close(self) -> None:
        """Let go of the store's files."""
        self._store.close()


def source_of(document_id: str) -> str:
    """The id that a text was given: `add_texts` makes a document's id of it and of a digest."""
    return document_id.rpartition("-")[0]

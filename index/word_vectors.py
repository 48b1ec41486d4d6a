"""How alike two words are, by the first layer of the embedding model: its table of word pieces, read from its weights.

No run of the model is needed: a word costs the rows of its pieces. Knows no sentence.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import Model

TABLE = "word_embeddings.weight"
"""What the table is called in the weights of BERT and its kin; a model without one finds no two words alike."""
SAMPLED = 16
"""One row in so many makes the mean that is taken off: all rows point a little the same way (Mu and Viswanath 2018)."""
KEPT = 1 << 15
_TYPES = {"F32": "<f4", "F16": "<f2"}


class WordVectors:
    """Vectors of single words; threads may share it."""

    def __init__(self, model: Model) -> None:
        from tokenizers import Tokenizer

        self._table = _table_in(model.folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._middle = self._table[::SAMPLED].astype(np.float32).mean(axis=0) if len(self._table) else np.zeros(1)
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """`(n_words, dim)`, each of length 1, or 0 where the model has no such table."""
        with self._lock:
            found = [self._of(word) for word in words]
        return np.array(found, np.float32).reshape(len(words), -1)

    def _of(self, word: str) -> NDArray[np.float32]:
        known = self._kept.get(word)
        if known is None:
            known = self._kept[word] = self._made(word)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known

    def _made(self, word: str) -> NDArray[np.float32]:
        if not len(self._table):
            return np.zeros(1, np.float32)
        pieces = self._pieces(word)
        made: NDArray[np.float32] = self._table[pieces].astype(np.float32).mean(axis=0) - self._middle
        return made / max(float(np.linalg.norm(made)), 1e-9)

    def _pieces(self, word: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(word, add_special_tokens=False).ids
        return ids or [0]


@lru_cache(maxsize=2)
def open_word_vectors(model: Model) -> WordVectors:
    """The words of a model; opened once in a process, in some hundredths of a second."""
    return WordVectors(model)


def _table_in(weights: Path) -> NDArray[np.float32]:
    """The table `(n_pieces, dim)` in a file of the safetensors layout, left on disk; `(0, 1)` where there is none.

    The layout: the header's length as eight bytes, the header as JSON, then the numbers.
    """
    none = np.zeros((0, 1), np.float32)
    if not weights.is_file():
        return none
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    facts = next((one for name, one in header.items() if name.endswith(TABLE)), None)
    if facts is None or facts["dtype"] not in _TYPES:
        return none
    start = 8 + length + facts["data_offsets"][0]
    return np.memmap(weights, _TYPES[facts["dtype"]], "r", start, tuple(facts["shape"]))

"""A question and a passage as the word pieces a reader reads, and where in the passage each piece stands.

A passage too long for one reading is cut into windows that overlap. Knows nothing of models.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.models import find_model
from index.settings import DEFAULT_MODEL

LONGEST_QUESTION = 48
"""Pieces of a question that are read; of 10,174 questions of SQuAD 2 one has more."""
WINDOW, OVERLAP = 320, 96
"""Pieces read at once, question included, and those that two windows over a passage share."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `ids` of `[CLS] question [SEP] passage [SEP]`; the passage's begin at `first`.

    `starts` and `ends` are the characters of the passage where each of its pieces begins and ends.
    """

    ids: tuple[int, ...]
    first: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Pieces:
    """Cuts text into the pieces of all-MiniLM-L6-v2; threads may share it."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls, self._sep = (self._number(name) for name in ("[CLS]", "[SEP]"))

    @property
    def borders(self) -> tuple[int, int]:
        """The pieces `[CLS]` and `[SEP]`."""
        return self._cls, self._sep

    def _number(self, name: str) -> int:
        found: int = self._tokenizer.token_to_id(name)
        return found

    def cut(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The pieces of a text, and the characters of each."""
        made = self._tokenizer.encode(text, add_special_tokens=False)
        return made.ids, made.offsets

    def vocabulary(self) -> dict[str, int]:
        """Its pieces and their numbers: the more often a piece is used, the lower; those inside a word begin `##`."""
        known: dict[str, int] = self._tokenizer.get_vocab()
        return known

    def windows(self, question: str, passage: str, size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[Window]:
        """The passage under its question, in windows of at most `size` pieces; one without pieces gives none."""
        asked = self.cut(question)[0][:LONGEST_QUESTION]
        ids, offsets = self.cut(passage)
        room = size - len(asked) - 3
        at = 0
        while at < len(ids):
            yield self.window(asked, ids[at : at + room], offsets[at : at + room])
            if at + room >= len(ids):
                break
            at += room - overlap

    def window(self, asked: list[int], ids: list[int], offsets: list[tuple[int, int]]) -> Window:
        """One reading of these pieces of a passage under the pieces of a question."""
        whole = (self._cls, *asked, self._sep, *ids, self._sep)
        return Window(whole, len(asked) + 2, tuple(o[0] for o in offsets), tuple(o[1] for o in offsets))


@lru_cache(maxsize=1)
def open_pieces() -> Pieces:
    """Those of the packaged model. Raises ModelError where its package is missing."""
    return Pieces(find_model(DEFAULT_MODEL).folder)

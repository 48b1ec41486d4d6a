"""Where in a passage a question is answered, and how sure that is: the reader in use, without torch.

Knows nothing of stores, plans or sentences: a span in, a score out.
"""

import hashlib
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ReaderError
from assistant.reader.glossing import LANGUAGES, side_by_side
from assistant.reader.wordpieces import Pieces, Window, open_pieces
from corpus.document import Span
from index.errors import ModelError
from index.settings import NO_READER

SHIPPED = Path(__file__).with_name("reader.onnx")
DIGEST = "ff8ce909a504f0b94dc38f9bf0fee12aadb5a95c2ea86f2a9d425ea5821963ef"
"""SHA-256 of the graph that comes with the program; another in its place is refused."""
INSTEAD = "set ASSISTANT_READER to a file that python -m assistant.reader export wrote, or unset it"
AGAIN = "install the program again, or set ASSISTANT_READER=off to do without"
LONGEST_ANSWER = 30
"""Pieces of a span that may be an answer; of SQuAD's answers 99 % have fewer."""
_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage read for a question. Spans are of the passage.

    `starts` and `ends` are the characters of its pieces, in order; `first` and `last` `(n_pieces,)` the log odds that
    an answer begins or ends there against that there is none. `not_there` is the log odds that there is none.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.float32]
    last: NDArray[np.float32]
    not_there: float

    def best(self, within: Span | None = None) -> tuple[Span | None, float]:
        """The likeliest answer inside a span, or anywhere, and its log odds against "not there"; (None, -inf) if none.

        An answer is whole pieces, at most `LONGEST_ANSWER` of them.
        """
        inside = self._inside(within)
        if not inside.size:
            return None, -np.inf
        first, last = self.first[inside], self.last[inside]
        pairs = _pairs(first, last)
        at = int(pairs.argmax())
        begin, end = divmod(at, len(inside))
        return Span(int(self.starts[inside[begin]]), int(self.ends[inside[end]])), float(pairs.flat[at])

    def score(self, within: Span) -> float:
        """The log odds that the answer lies inside a span against that there is none; -inf for one without pieces."""
        inside = self._inside(within)
        if not inside.size:
            return -np.inf
        pairs = _pairs(self.first[inside], self.last[inside]).astype(np.float64)
        return float(np.logaddexp.reduce(pairs, axis=None))

    def _inside(self, within: Span | None) -> NDArray[np.int64]:
        if within is None:
            return np.arange(len(self.starts))
        return np.flatnonzero((self.starts >= within.start) & (self.ends <= within.end))


def _pairs(first: NDArray[np.float32], last: NDArray[np.float32]) -> NDArray[np.float32]:
    """`(n, n)`: what speaks for an answer from one piece to another, -inf for what is none."""
    size = len(first)
    apart = np.arange(size)[None, :] - np.arange(size)[:, None]
    return np.where((apart >= 0) & (apart < LONGEST_ANSWER), first[:, None] + last[None, :], np.float32(-np.inf))


class Reader:
    """An open reading model; threads may share it."""

    def __init__(self, graph: Path, pieces: Pieces) -> None:
        from index.encoder import open_session

        self._session, self._pieces = open_session(graph), pieces

    def read(self, question: str, passage: str, *, asked_in: str = "en", language: str = "en") -> Reading:
        """Read one passage for a question, both as they are written; a long one in windows that overlap.

        A Romanian question or passage is read by the English words for its words. Raises ValueError for a language
        that is not read (`reads`).
        """
        if not reads(asked_in, language):
            raise ValueError(f"a question in {asked_in!r} over text in {language!r} is not read, only en and ro")
        asked, told = side_by_side(question, passage, asked_in, language)
        read = self._read(asked.text, told.text)
        if language == "en":
            return read
        spans = [told.back(Span(*span)) for span in zip(read.starts.tolist(), read.ends.tolist(), strict=True)]
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        return replace(read, starts=starts, ends=ends)

    def _read(self, question: str, passage: str) -> Reading:
        parts = [self._odds(window) for window in self._pieces.windows(question, passage)]
        if not parts:
            empty = np.zeros(0, np.float32)
            return Reading(empty.astype(np.int64), empty.astype(np.int64), empty, empty, np.inf)
        starts, at = np.unique(np.concatenate([one.starts for one in parts]), return_index=True)
        ends = np.concatenate([one.ends for one in parts])[at]
        first, last = (np.full(len(starts), -np.inf, np.float32) for _ in range(2))
        for one in parts:  # a piece that two windows hold counts by what speaks more for it
            here = np.searchsorted(starts, one.starts)
            first[here], last[here] = np.maximum(first[here], one.first), np.maximum(last[here], one.last)
        return Reading(starts, ends, first, last, min(one.not_there for one in parts))

    def _odds(self, window: Window) -> Reading:
        ids = np.array([window.ids], np.int64)
        types = np.zeros_like(ids)
        types[0, window.first :] = 1
        scores = self._session.run(None, {"ids": ids, "types": types})[0][0].astype(np.float32)
        scores -= scores[0]
        first, last = scores[window.first : -1].T
        starts, ends = (np.array(one, np.int64) for one in (window.starts, window.ends))
        return Reading(starts, ends, first, last, -float(_pairs(first, last).max()))


def reads(asked_in: str, language: str) -> bool:
    """Whether questions in one language are read over text in another: English and Romanian, in any pairing."""
    return {asked_in, language} <= set(LANGUAGES)


def open_reader(graph: Path = SHIPPED, digest: str = "") -> Reader:
    """The reader of a graph, the same one each time; where `digest` is told, one of another SHA-256 is refused.

    The one that comes with the program has its digest told.

    Raises:
        ReaderError: the file is missing, is no graph, or is not the one that it should be.
    """
    with _opening:
        return _open(graph, DIGEST if graph == SHIPPED else digest)


def graph_of(reader: str) -> Path:
    """The file of the reader that settings name; the one that comes with the program where they name none."""
    return Path(reader) if reader else SHIPPED


def named(reader: str) -> str:
    """The reader that settings name, in words that tell two apart: its file and the beginning of its SHA-256."""
    if reader == NO_READER:
        return NO_READER
    graph = graph_of(reader)
    digest = hashlib.sha256(graph.read_bytes()).hexdigest() if graph.is_file() else "missing"
    return f"{graph.name} {digest[:8]}"


@lru_cache(maxsize=1)
def _open(graph: Path, digest: str) -> Reader:
    instead = AGAIN if graph == SHIPPED else INSTEAD
    try:
        found = hashlib.sha256(graph.read_bytes()).hexdigest()
    except OSError as error:
        raise ReaderError(f"{graph}: {error.strerror}; {instead}") from error
    if digest and found != digest:
        raise ReaderError(f"{graph} has SHA-256 {found}, not {digest}; {instead}")
    try:
        return Reader(graph, open_pieces())
    except ModelError as error:
        raise ReaderError(f"{graph}: not a reader that can be opened ({error.__cause__}); {instead}") from error

"""How far a sync is: bytes of the files that are done, with a rate and an estimate, and the passages written so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from corpus.document import Document
from corpus.files import File, file_of


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: files that are done of those to be read, the one at hand, bytes, and the passages written."""

    done: int
    files: int
    file: str
    done_bytes: int
    bytes: int
    passages: int


Tell = Callable[[Step], None]
"""Who wants to know each step, as it is made."""


class Progress:
    """A bar on standard error, over files in the order in which they are read; nothing where it is not shown.

    `tell` hears each step, whether it is shown or not.
    """

    def __init__(self, files: Sequence[File], *, show: bool, tell: Tell | None = None) -> None:
        self._left = {file.source: _size(file) for file in files}
        self._total, self._show, self._tell = sum(self._left.values()), show, tell
        self._file = ""
        self._files, self._done, self._done_bytes, self._passages = len(files), 0, 0, 0
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        from tqdm import tqdm

        self._bar = tqdm(
            total=self._total, desc="indexing", unit="B", unit_scale=True, disable=not self._show, mininterval=0.5
        )
        self._told()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._done = self._files
            self._go_on(sum(self._left.values()))
            self._told()
        self._bar.close()

    def advance(self, document: Document, passages: int) -> None:
        """One more document is read, and so many passages are written in all."""
        self._begin(file_of(document.source))
        done = min(len(document.text), self._left.get(self._file, 0))
        if self._file in self._left:
            self._left[self._file] -= done
        self._passages = passages
        self._bar.set_postfix_str(f"{passages:,} passages", refresh=False)
        self._go_on(done)
        self._told()

    def pass_over(self, source: str) -> None:
        """A file could not be read."""
        self._begin(source)
        self._told()

    def _begin(self, file: str) -> None:
        if file == self._file:
            return
        if self._file:  # what is left of the file before is behind us
            self._go_on(self._left.pop(self._file, 0))
            self._done += 1
        self._file = file

    def _go_on(self, size: int) -> None:
        self._done_bytes += size
        self._bar.update(size)

    def _told(self) -> None:
        if self._tell:
            self._tell(Step(self._done, self._files, self._file, self._done_bytes, self._total, self._passages))


def _size(file: File) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0

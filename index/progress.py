"""How far a sync is: bytes of the files that are done, with a rate and an estimate, and the passages written so far."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from corpus.document import Document
from corpus.files import File, file_of


class Progress:
    """A bar on standard error, over files in the order in which they are read; nothing where it is not shown."""

    def __init__(self, files: Sequence[File], *, show: bool) -> None:
        self._left = {file.source: _size(file) for file in files}
        self._total, self._show = sum(self._left.values()), show
        self._file = ""
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        from tqdm import tqdm

        self._bar = tqdm(
            total=self._total, desc="indexing", unit="B", unit_scale=True, disable=not self._show, mininterval=0.5
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._bar.update(sum(self._left.values()))
        self._bar.close()

    def advance(self, document: Document, passages: int) -> None:
        """One more document is read, and so many passages are written in all."""
        source = file_of(document.source)
        if source != self._file:  # what is left of the file before is behind us
            self._bar.update(self._left.pop(self._file, 0))
            self._file = source
        done = min(len(document.text), self._left.get(source, 0))
        if source in self._left:
            self._left[source] -= done
        self._bar.set_postfix_str(f"{passages:,} passages", refresh=False)
        self._bar.update(done)


def _size(file: File) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0

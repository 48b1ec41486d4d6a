"""What adds to the copy of the vectors and rewrites it; index.matrix reads it.

A killed writer leaves vectors without keys, or a copy that CURRENT does not name; the next one clears both away.
"""

import os
import shutil
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from index.cells import BLOCK_ROWS, CELLS_FROM_ROWS, cluster, probed_rows
from index.errors import MatrixError, repair
from index.matrix import Matrix
from index.matrix_files import Current, check_vectors, read_current, switch, translated, write_at, write_file
from index.scan import Floats, Ints, blocks

DEAD_ROWS = 1_000
"""So many rows that nobody may see cost nothing that can be measured (10 % of a scan of 10,000)."""
DEAD_SHARE = 0.25
"""Above this share of dead rows, rewriting the copy (100,000 rows: 0.4 s of one core) is worth it."""
TAIL_SHARE = 0.5
"""Rows in no cell yet are all looked at; when they are more than half of what a question looks at, they get cells."""


class MatrixWriter:
    """Adds to the copy in a folder, and rewrites it. One at a time: whoever uses it holds the store's lock.

    What was added and not committed when the block ends is not there.
    """

    def __init__(self, folder: Path, dim: int, *, cells_from: int = CELLS_FROM_ROWS) -> None:
        """Open the copy in `folder`, or begin one; with more than `cells_from` rows it is kept in cells.

        Raises:
            MatrixError: the copy is damaged or of vectors of another length, or the folder cannot be written.
        """
        self._folder = folder
        self._dim = dim
        self._cells_from = cells_from
        self._files: tuple[FileIO, FileIO] | None = None
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._current = read_current(folder) or self._begin()
            if self._current.dim != dim:
                raise MatrixError(
                    f"{folder}: its vectors have {self._current.dim} numbers, the model's have {dim}; "
                    f"make it again: {repair(folder.parent)}"
                )
            self._clear()
            self._reopen()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _begin(self) -> Current:
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdecimal()]
        current = Current(max(numbers, default=0) + 1, self._dim, celled=False)
        copy = self._folder / str(current.copy)
        copy.mkdir()
        write_file(copy / "vectors", [])
        write_file(copy / "keys", [])
        switch(self._folder, current)
        return current

    def _clear(self) -> None:
        """Remove the copies that a killed writer had not finished, or had not yet removed."""
        for path in self._folder.iterdir():
            if path.name.isdecimal() and path.name != str(self._current.copy):
                shutil.rmtree(path)

    def _reopen(self) -> None:
        """Check the copy as a reader does, and cut off what a killed writer had added without committing it."""
        self._close()
        matrix = Matrix(self._folder)
        self._rows = self._committed = len(matrix)
        self._settled = 0 if matrix._cells is None else matrix._cells.rows
        self._pending: list[Ints] = []
        copy = self._folder / str(self._current.copy)
        self._files = FileIO(copy / "vectors", "r+"), FileIO(copy / "keys", "r+")
        self._files[0].truncate(self._rows * self._dim * 4)

    def _close(self) -> None:
        for file in self._files or ():
            file.close()
        self._files = None

    def add(self, keys: Ints, vectors: Floats) -> None:
        """Append a row for each key; a reader that opens after `commit` sees them.

        Raises:
            MatrixError: not a vector a key, vectors of another length, what is no number, or a full disk.
        """
        check_vectors(self._folder, self._dim, vectors)
        if keys.shape != (len(vectors),):
            raise MatrixError(
                f"{self._folder}: {keys.size} keys for {len(vectors)} vectors; give as many of the one as of the other"
            )
        with translated(self._folder):
            # At its own place, so that rows after a write that failed half way are whole.
            write_at(self._open_files[0], self._rows * self._dim * 4, np.ascontiguousarray(vectors, np.float32))
        self._pending.append(np.array(keys, np.int64))
        self._rows += len(keys)

    def commit(self) -> None:
        """Make what was added last: the vectors reach the disk first, then the keys, which make rows of them."""
        if not self._pending:
            return
        vectors, keys = self._open_files
        with translated(self._folder):
            os.fsync(vectors.fileno())
            write_at(keys, self._committed * 8, np.concatenate(self._pending))
            os.fsync(keys.fileno())
        self._pending.clear()
        self._committed = self._rows

    def needs_compaction(self, live: int) -> bool:
        """Whether searches lose time to rows that nobody may see, or to rows in no cell; `live` keys may be seen."""
        if self._rows - live > max(DEAD_ROWS, DEAD_SHARE * self._rows):
            return True
        return live > self._cells_from and self._rows - self._settled > TAIL_SHARE * probed_rows(self._rows)

    def compact(self, keep: Ints) -> None:
        """Commit, then replace the copy by one of these keys alone, in cells where they are many.

        Keys without a row are passed over. Readers of the old copy keep it. Needs memory for blocks of rows, and for a
        sample of them where cells are made anew.
        """
        self.commit()
        with translated(self._folder):
            self._clear()  # an earlier try may have met a full disk
            source = Matrix(self._folder)
            rows = source.rows(keep).rows
            copy = self._folder / str(self._current.copy + 1)
            copy.mkdir()
            celled = len(rows) > self._cells_from
            if celled:
                cells, rows = cluster(source._vectors, rows, source._cells)
                write_file(copy / "centres", [cells.centres])
                write_file(copy / "starts", [cells.starts])
                write_file(copy / "order", [np.argsort(source.keys[rows], kind="stable")])
            write_file(copy / "vectors", (source._vectors[rows[part]] for part in blocks(len(rows), BLOCK_ROWS)))
            write_file(copy / "keys", [source.keys[rows]])
            self._current = Current(self._current.copy + 1, self._dim, celled)
            switch(self._folder, self._current)
            self._reopen()
            self._clear()

    @property
    def _open_files(self) -> tuple[FileIO, FileIO]:
        if self._files is None:
            raise MatrixError(f"{self._folder}: its writer is closed; open another")
        return self._files

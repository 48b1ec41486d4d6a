"""The copy of the vectors, mapped into memory and searched: exactly, and by cells (index.cells) when it is large.

A key added again replaces: its later row counts. Vectors are of unit length. This module knows no catalogue and no
generations: rows that nobody may see any more stay until a writer compacts the copy, and whoever searches says which
keys may be found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.cells import Cells, probed_rows
from index.errors import MatrixError, repair
from index.matrix_files import Current, check_vectors, mapped, read_current, translated
from index.scan import Floats, Ints, Piece, blocks, cosines

ROUNDING = 2e-6
"""Twice what a float32 sum of 384 products is off by: rows so near to the last of the best are compared in float64."""
EXACT_ROWS = 4_096
"""Rows compared in float64 at once, 12 MB: many passages may say the same."""
ATTEMPTS = 20
"""How often a reader looks again when a writer has just replaced the copy under its hands."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one Matrix that may be found, ascending; they mean nothing to another.

    `bounds` is for a search by cells: those of cell i are `rows[bounds[i]:bounds[i + 1]]`, those of the tail come last.
    """

    matrix: "Matrix"
    rows: Ints
    bounds: Ints | None = None

    def __len__(self) -> int:
        return len(self.rows)


class Matrix:
    """A snapshot for reading; what a writer does afterwards does not show. Threads may share one."""

    def __init__(self, folder: Path) -> None:
        """Open the copy in `folder`.

        Raises:
            MatrixError: there is none, or its files do not agree.
        """
        self._folder = folder
        with translated(folder):
            self._open()

    def _open(self) -> None:
        for _ in range(ATTEMPTS):
            current = read_current(self._folder)
            if current is None:
                raise MatrixError(f"{self._folder}: no copy of the vectors; make it: {repair(self._folder.parent)}")
            try:
                return self._map(self._folder / str(current.copy), current)
            except FileNotFoundError:
                if read_current(self._folder) == current:
                    raise
        raise MatrixError(f"{self._folder}: replaced {ATTEMPTS} times while it was being opened; try again")

    def _map(self, copy: Path, current: Current) -> None:
        self.dim = current.dim
        # The keys are measured first: a writer appends the vectors before them.
        count = (copy / "keys").stat().st_size // 8
        if (copy / "vectors").stat().st_size < count * current.dim * 4:
            raise MatrixError(
                f"{copy}: fewer vectors than its {count} keys; make it again: {repair(self._folder.parent)}"
            )
        self.keys: Ints = mapped(copy / "keys", np.int64, (count,))
        self._vectors: Floats = mapped(copy / "vectors", np.float32, (count, current.dim))
        self._cells: Cells | None = None
        self._ordered: Ints = np.empty(0, np.int64)
        if current.celled:
            starts = np.fromfile(copy / "starts", np.int64)
            if not len(starts) or starts[0] != 0 or starts[-1] > count or (np.diff(starts) < 0).any():
                raise MatrixError(
                    f"{copy}: cells that do not fit its {count} rows; make it again: {repair(self._folder.parent)}"
                )
            self._ordered = mapped(copy / "order", np.int64, (int(starts[-1]),))
            self._cells = Cells(mapped(copy / "centres", np.float32, (len(starts) - 1, current.dim)), starts)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def _lookup(self) -> tuple[Ints, Ints]:
        """The keys, ascending, and the row of each; of a key that is there twice, the later row comes later."""
        settled = len(self._ordered)
        tail = settled + np.argsort(self.keys[settled:], kind="stable")
        rows = np.concatenate([self._ordered, tail])
        keys = self.keys[rows]
        order = np.argsort(keys, kind="stable")  # two ascending runs are merged, not sorted
        return keys[order], rows[order]

    @cached_property
    def _all(self) -> Rows:
        """The rows that no later row replaces."""
        keys, rows = self._lookup
        return self._ascending(rows[np.append(keys[1:] != keys[:-1], True)] if len(keys) else rows)

    def rows_of(self, keys: Ints) -> Ints:
        """The row of each key, -1 where it has none; of a key added twice, the later. Sorted keys are found faster."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int64)
        known, rows = self._lookup
        at = np.searchsorted(known, keys, side="right") - 1  # -1, the largest key, is none of the smaller ones
        return np.where(known[at] == keys, rows[at], -1)

    def vectors_of(self, keys: Ints) -> Floats:
        """The vectors (n_keys, dim) of these keys.

        Raises:
            MatrixError: one of them has none.
        """
        rows = self.rows_of(keys)
        if (rows < 0).any():
            absent = int(keys[np.argmin(rows)])
            raise MatrixError(f"{self._folder}: no vector for key {absent}; mend it: {repair(self._folder.parent)}")
        return self._vectors[rows]

    def rows(self, keys: Ints) -> Rows:
        """What a search over these keys takes; keys without a row are passed over.

        Takes 0.6 ms for 16,000 sorted keys of 100,000, 30 ms for a million: whoever asks for the same keys keeps it.
        """
        rows = self.rows_of(keys)
        return self._ascending(rows[rows >= 0])

    def _ascending(self, rows: Ints) -> Rows:
        chosen = np.zeros(len(self), np.bool_)
        chosen[rows] = True
        rows = np.flatnonzero(chosen)  # a tenth of the time of sorting them
        if self._cells is None or len(rows) <= probed_rows(len(self)):
            return Rows(self, rows)
        return Rows(self, rows, np.searchsorted(rows, self._cells.starts))

    def search(self, vector: Floats, top_k: int, allowed: Rows | None = None) -> tuple[Ints, Floats]:
        """The keys of the `top_k` nearest vectors and their cosines, best first, ties by key.

        `allowed` comes from `rows` of this Matrix; without it every key may be found. The answer is exact but for one
        case: a matrix in cells and more allowed rows than `probed_rows` says. Then about so many of them are looked at,
        cell by cell from the nearest, and all that stand in no cell yet; what that misses stands beside
        `PROBED_PER_ROOT_ROW`. The cosines are exact always.

        Raises:
            MatrixError: the vector has another length than those here, or holds what is no number, or `allowed` comes
                from another Matrix.
        """
        check_vectors(self._folder, self.dim, vector[np.newaxis])
        allowed = self._all if allowed is None else allowed
        if allowed.matrix is not self:
            raise MatrixError(f"{self._folder}: rows of another snapshot; ask the one that is searched for its rows")
        query = np.ascontiguousarray(vector, np.float32)
        rows, scores = cosines(self._vectors, query, self._pieces(query, allowed))
        if not len(rows) or top_k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if top_k < len(rows):
            least = np.partition(scores, len(scores) - top_k)[len(scores) - top_k]
            rows = rows[scores >= least - ROUNDING]
        # A product of matrices adds up a row in an order that depends on where it stands; ties need the same last bits.
        scores = np.concatenate([_exact(self._vectors[rows[part]], query) for part in blocks(len(rows), EXACT_ROWS)])
        keys = self.keys[rows]
        best = np.lexsort((keys, -scores))[:top_k]
        return keys[best], scores[best]

    def _pieces(self, query: Floats, allowed: Rows) -> Iterator[Piece]:
        rows, bounds, cells = allowed.rows, allowed.bounds, self._cells
        if cells is None or bounds is None:
            if len(rows):
                yield int(rows[0]), int(rows[-1]) + 1, rows
            return
        for cell in cells.nearest(query, np.diff(bounds), probed_rows(len(self))):
            yield int(cells.starts[cell]), int(cells.starts[cell + 1]), rows[bounds[cell] : bounds[cell + 1]]
        yield cells.rows, len(self), rows[bounds[-1] :]


def _exact(vectors: Floats, query: Floats) -> Floats:
    """Row by row in float64, so that equal vectors have equal scores wherever they stand."""
    sums: NDArray[np.float64] = (vectors * query.astype(np.float64)).sum(axis=1)
    return sums.astype(np.float32)

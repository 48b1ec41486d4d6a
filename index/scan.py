"""Cosines of one query with chosen rows of a matrix, in blocks that a few threads share.

A product of the whole matrix would be shorter to write, and BLAS has threads of its own; but those wait for one
another: on two cores that had other work too, a product of 10,000 rows took 12 ms where these blocks took 1.3. This
module knows arrays only.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Piece = tuple[int, int, Ints]
"""The first row, the row behind the last, and the rows wanted from there, ascending."""

BLOCK_NUMBERS = 393_216
"""Numbers multiplied at once, 1,024 rows of 384: OpenBLAS calls no threads of its own below 460,800."""
GATHER_NUMBERS = 196_608
"""Numbers brought together at once: 786 kB, which stay in a core's second-level cache."""
DENSE_SHARE = 0.6
"""Where at least this share of a piece is wanted, scoring all of it costs less than bringing those rows together.

Measured on 100,000 rows of 384: all take 13 ms of one core; half of them, brought together, 11, and 0.65 of them 13."""
ALONE_PARTS = 4
"""So few parts are done (0.3 ms) before a second thread has woken up."""
MOST_THREADS = 4
"""Memory is what a scan waits for, and a few cores ask for all it gives."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows scored by one product: of a span of the matrix, or brought together first."""

    rows: Ints
    span: slice | None = None


def blocks(rows: int, size: int) -> Iterator[slice]:
    """Slices of at most `size` that cover so many rows."""
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def cosines(vectors: Floats, query: Floats, pieces: Iterable[Piece]) -> tuple[Ints, Floats]:
    """The rows wanted of these pieces, in no order of theirs, and the cosine of each with `query`."""
    parts = _parts(vectors.shape[1], pieces)
    rows = np.concatenate([part.rows for part in parts] or [np.empty(0, np.int64)])
    out = np.empty(len(rows), np.float32)
    ends = np.cumsum([0, *(len(part.rows) for part in parts)]).tolist()
    todo = iter([(part, out[ends[i] : ends[i + 1]]) for i, part in enumerate(parts)])

    def work() -> None:
        for part, scores in todo:  # each thread takes the next one
            _score(vectors, query, part, scores)

    others = [_pool().submit(work) for _ in range(_threads() - 1)] if len(parts) > ALONE_PARTS else []
    work()
    for other in others:
        if not other.cancel():  # it has begun, and may hold a part
            other.result()
    return rows, out


def dots(vectors: Floats, query: Floats) -> Floats:
    """The cosine of `query` with every row."""
    return cosines(vectors, query, [(0, len(vectors), np.arange(len(vectors)))])[1]


def _parts(dim: int, pieces: Iterable[Piece]) -> list[_Part]:
    """Pieces cut to the size of a block; rows that stand far apart are taken together, whatever piece they are of."""
    size = max(1, BLOCK_NUMBERS // dim)
    parts: list[_Part] = []
    sparse: list[Ints] = []
    for start, stop, rows in pieces:
        if len(rows) < DENSE_SHARE * (stop - start):
            sparse.append(rows)
        elif stop - start <= size:
            parts.append(_Part(rows, slice(start, stop)))
        else:
            edges = [*range(start, stop, size), stop]
            cuts = np.searchsorted(rows, edges).tolist()
            parts += [_Part(rows[cuts[i] : cuts[i + 1]], slice(edges[i], edges[i + 1])) for i in range(len(edges) - 1)]
    if sparse:
        together = np.concatenate(sparse)
        parts += [_Part(together[part]) for part in blocks(len(together), max(1, GATHER_NUMBERS // dim))]
    return [part for part in parts if len(part.rows)]


def _score(vectors: Floats, query: Floats, part: _Part, out: Floats) -> None:
    if part.span is None:
        gathered = np.empty((len(part.rows), vectors.shape[1]), np.float32)
        np.take(vectors, part.rows, axis=0, out=gathered, mode="clip")  # "raise" would copy once more
        np.dot(gathered, query, out=out)
    elif len(part.rows) == part.span.stop - part.span.start:
        np.dot(vectors[part.span], query, out=out)
    else:
        out[:] = np.dot(vectors[part.span], query)[part.rows - part.span.start]


def _threads() -> int:
    return min(MOST_THREADS, os.cpu_count() or 1)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_threads(), thread_name_prefix="scan")

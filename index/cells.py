"""Rows that point the same way, side by side: an inverted file, for a matrix too large to be scanned each time.

Vectors and centres are of unit length: a row belongs to the cell whose centre has the largest cosine with it. Rows
stand sorted by cell, so that a cell is one contiguous piece of the file. This module knows arrays and no files.
"""

from dataclasses import dataclass

import numpy as np

from index.scan import Floats, Ints, blocks, dots

CELLS_FROM_ROWS = 50_000
"""Above this many rows a matrix is kept in cells.

Probing is faster from 25,000 rows on (1.4 ms of one core against 3.8; at 100,000 rows 2.4 against 13, or 11 of both
cores of a machine whose memory is slow). Up to here a scan is quick enough for the sake of an exact answer.
"""
CELLS_PER_ROOT_ROW = 4
"""Cells = 4 x the square root of the rows: 4,000 for a million."""
PROBED_PER_ROOT_ROW = 32
"""Rows looked at = 32 x the square root of the rows: 32,000 for a million.

Recall of the exact ten nearest, of 300,000 rows mixed from 5,120 embedded project objectives, for objectives that are
not among them: 0.963 at 16, 0.979 at 24, 0.987 at 32, 0.997 at 64; where a filter allows a half of the rows 0.996 at
32, where it allows an eighth 1.0. Of a million made-up vectors in 2,000 clusters: 1.0 at 16 and above.
"""
PROBED_LEAST, PROBED_LEAST_SHARE = 20_000, 0.2
"""Rows looked at are at least so many, or this share of all: 2 to 4 ms, and what a filter lets through is seen whole.

Of 100,000 such rows the recall is 0.974 where 10,000 are looked at, 0.990 where 20,000 are."""
FEWEST_PROBES = 16
"""Cells looked at whatever their size: one full of boilerplate must not use up the budget alone."""
SAMPLED_PER_CELL = 48
"""Rows a cell that k-means sees: 192,000 rows of 384 numbers for a million, 295 MB."""
PASSES = 4
"""Passes of k-means over its sample."""
BLOCK_ROWS = 4_096
"""Rows given their cells at once: 64 MB of scores against 4,000 centres."""
KEPT_CENTRES_RATIO = 1.5
"""Centres are fitted anew when the number of cells wanted differs by this factor, that is, the rows by its square."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cell i has `centres[i]` (unit length) and holds the rows from `starts[i]` up to `starts[i + 1]`."""

    centres: Floats
    starts: Ints

    @property
    def rows(self) -> int:
        """Rows that stand in cells; those after them stand in none yet."""
        return int(self.starts[-1])

    def labels(self) -> Ints:
        """The cell of each row."""
        return np.repeat(np.arange(len(self.centres)), np.diff(self.starts))

    def nearest(self, vector: Floats, counts: Ints, budget: int) -> Ints:
        """Cells by falling cosine with `vector` until they offer `budget` rows; `counts` says what each offers."""
        order = np.argsort(-dots(self.centres, vector), kind="stable")
        order = order[counts[order] > 0]
        enough = int(np.searchsorted(np.cumsum(counts[order]), budget)) + 1
        return order[: max(enough, FEWEST_PROBES)]


def cell_count(rows: int) -> int:
    """How many cells a matrix of so many rows is kept in."""
    return min(rows, int(CELLS_PER_ROOT_ROW * rows**0.5))


def probed_rows(rows: int) -> int:
    """How many rows of a matrix of so many are looked at for one question; no more than this are always looked at."""
    return int(max(PROBED_PER_ROOT_ROW * rows**0.5, min(PROBED_LEAST, PROBED_LEAST_SHARE * rows)))


def cluster(vectors: Floats, rows: Ints, before: Cells | None = None) -> tuple[Cells, Ints]:
    """Put these rows of `vectors` into cells: the cells, and the rows in the order in which they stand there.

    The centres of `before`, the cells in which `vectors` stand now, are kept while they are about as many as are
    wanted; then only rows that stand in no cell yet are compared with them. Needs memory for a sample and for blocks.
    """
    wanted = cell_count(len(rows))
    if before is not None and 1 / KEPT_CENTRES_RATIO < wanted / len(before.centres) < KEPT_CENTRES_RATIO:
        centres = np.array(before.centres)
        settled = int(np.searchsorted(rows, before.rows))
        labels = np.concatenate([before.labels()[rows[:settled]], _labels(vectors, rows[settled:], centres)])
    else:
        centres = _centres(vectors, rows, wanted)
        labels = _labels(vectors, rows, centres)
    starts = np.concatenate([[0], np.cumsum(np.bincount(labels, minlength=len(centres)))]).astype(np.int64)
    return Cells(centres, starts), rows[np.argsort(labels, kind="stable")]


def _centres(vectors: Floats, rows: Ints, count: int) -> Floats:
    from sklearn.cluster import MiniBatchKMeans

    size = min(len(rows), count * SAMPLED_PER_CELL)
    random = np.random.default_rng(0)  # the same rows give the same cells
    sample = vectors[np.sort(random.choice(rows, size, replace=False))]
    means = MiniBatchKMeans(
        count, init="random", n_init=1, max_iter=PASSES, batch_size=BLOCK_ROWS, compute_labels=False, random_state=0
    ).fit(sample)
    lengths = np.linalg.norm(means.cluster_centers_, axis=1, keepdims=True)
    centres: Floats = (means.cluster_centers_ / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
    return centres


def _labels(vectors: Floats, rows: Ints, centres: Floats) -> Ints:
    labels = np.empty(len(rows), np.int64)
    for part in blocks(len(rows), BLOCK_ROWS):
        labels[part] = np.argmax(vectors[rows[part]] @ centres.T, axis=1)
    return labels

"""Cells: what they miss is little, and only where they may miss anything."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.cells import Cells, cell_count, cluster, probed_rows
from index.matrix import Matrix
from index.matrix_writer import MatrixWriter
from index.scan import Floats, Ints

ROWS = 20_000
DIM = 48


def clustered(rows: int, seed: int, dim: int = DIM) -> Floats:
    """300 topics; two rows of one have a cosine of 0.4 to 0.8."""
    topics = np.random.default_rng(0).standard_normal((300, dim))
    random = np.random.default_rng(seed)
    topic = random.integers(0, 300, rows)
    spread = np.linspace(0.5, 1.2, 300)[topic]
    vectors = topics[topic] + spread[:, None] * random.standard_normal((rows, dim))
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def exact(vectors: Floats, query: Floats, rows: Ints, top_k: int = 10) -> set[int]:
    """Keys of the nearest of these rows; key = row + 1."""
    return set((rows[np.argsort(-(vectors[rows] @ query), kind="stable")[:top_k]] + 1).tolist())


def mean_recall(matrix: Matrix, vectors: Floats, rows: Ints) -> float:
    allowed = matrix.rows(rows + 1)
    queries = clustered(60, seed=2)
    return float(
        np.mean([len(exact(vectors, q, rows) & set(matrix.search(q, 10, allowed)[0].tolist())) / 10 for q in queries])
    )


@pytest.fixture(scope="module")
def vectors() -> Floats:
    return clustered(ROWS, seed=1)


@pytest.fixture(scope="module")
def celled(vectors: Floats, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cells") / "matrix"
    with MatrixWriter(folder, DIM, cells_from=1_000) as writer:
        writer.add(np.arange(1, ROWS + 1), vectors)
        writer.commit()
        assert writer.needs_compaction(live=ROWS)
        writer.compact(np.arange(1, ROWS + 1))
        assert not writer.needs_compaction(live=ROWS)
    return folder


def test_probing_a_quarter_of_the_rows_finds_nearly_all_of_the_nearest_ten(celled: Path, vectors: Floats) -> None:
    assert probed_rows(ROWS) == 4_525  # 32 x 141.42
    assert mean_recall(Matrix(celled), vectors, np.arange(ROWS)) >= 0.97


def test_a_filter_that_allows_many_rows_has_more_cells_probed(celled: Path, vectors: Floats) -> None:
    rows = np.flatnonzero(np.random.default_rng(3).random(ROWS) < 0.3)  # about 6,000, more than are looked at
    assert mean_recall(Matrix(celled), vectors, rows) >= 0.97


def test_a_filter_that_allows_no_more_rows_than_are_looked_at_is_exact(celled: Path, vectors: Floats) -> None:
    rows = np.sort(np.random.default_rng(4).permutation(ROWS)[: probed_rows(ROWS)])
    assert mean_recall(Matrix(celled), vectors, rows) == 1


def test_only_allowed_keys_are_found_in_cells_too(celled: Path) -> None:
    matrix = Matrix(celled)
    odd = matrix.rows(np.arange(1, ROWS + 1, 2))
    for query in clustered(20, seed=5):
        assert (matrix.search(query, 30, odd)[0] % 2 == 1).all()


def test_each_key_keeps_its_vector_when_rows_are_put_into_cells(celled: Path, vectors: Floats) -> None:
    matrix = Matrix(celled)
    assert np.array_equal(matrix.vectors_of(np.arange(1, ROWS + 1)), vectors)
    assert not np.array_equal(matrix.keys, np.arange(1, ROWS + 1))


def test_a_row_added_since_is_always_looked_at(vectors: Floats, tmp_path: Path) -> None:
    far = -vectors[:1]  # its own cell would be the last to be probed for a question about vectors[0]
    with MatrixWriter(tmp_path / "matrix", DIM, cells_from=1_000) as writer:
        writer.add(np.arange(1, 5_001), vectors[:5_000])
        writer.compact(np.arange(1, 5_001))
        writer.add(np.array([7_777, 3]), np.concatenate([far, far]))
        writer.commit()
    matrix = Matrix(tmp_path / "matrix")
    assert matrix.search(far[0], 2)[0].tolist() == [3, 7_777]
    assert 3 not in matrix.search(vectors[2], 10)[0]  # its earlier row, in a cell, is not found any more


def test_a_tail_as_long_as_half_of_what_is_looked_at_asks_for_compaction(vectors: Floats, tmp_path: Path) -> None:
    with MatrixWriter(tmp_path / "matrix", DIM, cells_from=1_000) as writer:
        writer.add(np.arange(1, 5_001), vectors[:5_000])
        writer.compact(np.arange(1, 5_001))
        writer.add(np.arange(5_001, 6_001), vectors[5_000:6_000])
        assert not writer.needs_compaction(live=6_000)
        writer.add(np.arange(6_001, 6_501), vectors[6_000:6_500])
        assert writer.needs_compaction(live=6_500)  # 1,500 > 0.5 x 32 x 80.6
        writer.compact(np.arange(1, 6_501))
        assert not writer.needs_compaction(live=6_500)


def test_a_row_stands_in_the_cell_whose_centre_is_nearest(vectors: Floats) -> None:
    rows = np.arange(0, 3_000, 3)
    cells, order = cluster(vectors, rows)
    assert len(cells.centres) == cell_count(1_000) == 126  # 4 x 31.6
    assert np.linalg.norm(cells.centres, axis=1) == pytest.approx(1)
    assert sorted(order.tolist()) == rows.tolist()
    cosines = vectors[order] @ cells.centres.T
    assert cosines[np.arange(1_000), cells.labels()] == pytest.approx(cosines.max(axis=1), abs=1e-6)


def test_the_same_rows_give_the_same_cells(vectors: Floats) -> None:
    first, second = (cluster(vectors, np.arange(2_000)) for _ in range(2))
    assert np.array_equal(first[0].centres, second[0].centres)
    assert np.array_equal(first[1], second[1])


def test_centres_are_kept_while_about_as_many_are_wanted(vectors: Floats) -> None:
    cells, order = cluster(vectors, np.arange(2_000))
    stored = np.concatenate([vectors[order], vectors[2_000:8_000]])  # as a writer has rewritten it and added to it
    kept, _ = cluster(stored, np.arange(500, 4_000), cells)
    anew, _ = cluster(stored, np.arange(8_000), cells)
    assert np.array_equal(kept.centres, cells.centres)
    assert kept.rows == 3_500
    assert len(anew.centres) == cell_count(8_000) == 357  # 4 x 89.4


def test_kept_cells_hold_the_rows_that_are_nearest_to_their_centres(vectors: Floats) -> None:
    cells, order = cluster(vectors, np.arange(2_000))
    stored = np.concatenate([vectors[order], vectors[2_000:3_000]])
    kept, rows = cluster(stored, np.arange(100, 3_000), cells)
    cosines = stored[rows] @ kept.centres.T
    assert cosines[np.arange(2_900), kept.labels()] == pytest.approx(cosines.max(axis=1), abs=1e-6)


def test_cells_are_probed_from_the_nearest_until_they_offer_enough_and_empty_ones_are_passed_over() -> None:
    centres = np.array([[np.cos(i / 40), np.sin(i / 40)] for i in range(40)], np.float32)
    cells = Cells(centres, np.arange(0, 41 * 100, 100))
    counts = np.full(40, 100)
    counts[1] = 0
    assert cells.nearest(centres[0], counts, 1_850).tolist() == [0, *range(2, 20)]  # 19 x 100
    assert cells.nearest(centres[0], counts, 10**6).tolist() == [0, *range(2, 40)]


def test_one_cell_that_is_larger_than_what_is_looked_at_does_not_hide_its_neighbours() -> None:
    centres = np.array([[np.cos(i / 40), np.sin(i / 40)] for i in range(40)], np.float32)
    counts = np.array([5_000] + [10] * 39)
    cells = Cells(centres, np.concatenate([[0], np.cumsum(counts)]))
    assert cells.nearest(centres[0], counts, 1_000).tolist() == list(range(16))


def test_rows_that_are_all_alike_can_be_put_into_cells() -> None:
    alike = np.repeat(clustered(1, seed=1), 500, axis=0)
    cells, order = cluster(alike, np.arange(500))
    assert cells.rows == 500
    assert sorted(order.tolist()) == list(range(500))

"""The copy of the vectors: what is committed is found, exactly, whatever a writer does or does not get to finish."""

import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.errors import MatrixError
from index.matrix import Matrix
from index.matrix_writer import MatrixWriter
from index.scan import Floats, Ints

ROOT = Path(__file__).resolve().parents[2]


def unit(rows: int, dim: int, seed: int = 0) -> Floats:
    vectors = np.random.default_rng(seed).standard_normal((rows, dim))
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def keys_up_to(last: int) -> Ints:
    return np.arange(1, last + 1, dtype=np.int64)


def by_hand(vectors: Mapping[int, Floats], query: Floats, top_k: int) -> tuple[list[int], list[np.float32]]:
    scored = [(np.float32((vector * query.astype(np.float64)).sum()), key) for key, vector in vectors.items()]
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:top_k]
    return [key for _, key in best], [score for score, _ in best]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store" / "matrix"


@pytest.fixture
def filled(folder: Path) -> Path:
    """A copy of four vectors of two numbers, keys 1 to 4."""
    with MatrixWriter(folder, 2) as writer:
        writer.add(keys_up_to(4), np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32))
        writer.commit()
    return folder


def test_the_nearest_come_first_with_their_cosines(filled: Path) -> None:
    keys, cosines = Matrix(filled).search(np.array([1, 0], np.float32), 3)
    assert keys.tolist() == [1, 3, 2]
    assert cosines.tolist() == [1.0, np.float32(0.6), 0.0]
    assert (keys.dtype.name, cosines.dtype.name) == ("int64", "float32")


def test_equal_vectors_come_in_the_order_of_their_keys_wherever_they_stand(folder: Path) -> None:
    same = np.repeat(unit(1, 100), 1_023, axis=0)  # a product with these has three different results
    keys = np.random.default_rng(0).permutation(1_023).astype(np.int64) + 1
    with MatrixWriter(folder, 100) as writer:
        writer.add(keys, same)
        writer.commit()
    matrix = Matrix(folder)
    found, cosines = matrix.search(unit(1, 100, seed=1)[0], 1_000)
    assert found.tolist() == list(range(1, 1_001))
    assert len(set(cosines.tolist())) == 1
    assert matrix.search(unit(1, 100, seed=1)[0], 1, matrix.rows(np.array([77])))[1] == cosines[76]


def test_a_reader_sees_what_was_committed_before_it_opened_and_nothing_else(filled: Path) -> None:
    before = Matrix(filled)
    with MatrixWriter(filled, 2) as writer:
        writer.add(np.array([5]), np.array([[0, -1]], np.float32))
        assert Matrix(filled).keys.tolist() == [1, 2, 3, 4]
        writer.commit()
        assert Matrix(filled).keys.tolist() == [1, 2, 3, 4, 5]
        writer.add(np.array([6]), np.array([[0, -1]], np.float32))
    assert Matrix(filled).keys.tolist() == [1, 2, 3, 4, 5]
    assert before.keys.tolist() == [1, 2, 3, 4]


def test_a_reader_keeps_its_snapshot_when_the_copy_is_replaced(filled: Path) -> None:
    before = Matrix(filled)
    with MatrixWriter(filled, 2) as writer:
        writer.compact(np.array([2, 3]))
    assert before.search(np.array([-1, 0], np.float32), 1)[0].tolist() == [4]
    assert sorted(Matrix(filled).keys.tolist()) == [2, 3]
    assert sorted(path.name for path in filled.iterdir()) == ["2", "CURRENT"]


def test_a_key_added_again_has_its_later_vector_and_is_found_once(filled: Path) -> None:
    with MatrixWriter(filled, 2) as writer:
        writer.add(np.array([1]), np.array([[0, -1]], np.float32))
        writer.commit()
    matrix = Matrix(filled)
    assert matrix.rows_of(np.array([1, 2, 9])).tolist() == [4, 1, -1]
    assert matrix.vectors_of(np.array([1])).tolist() == [[0, -1]]
    assert matrix.search(np.array([1, 0], np.float32), 9)[0].tolist() == [3, 1, 2, 4]


def test_only_allowed_keys_are_found_and_unknown_ones_are_passed_over(filled: Path) -> None:
    matrix = Matrix(filled)
    keys, _ = matrix.search(np.array([1, 0], np.float32), 9, matrix.rows(np.array([-5, 2, 4, 70])))
    assert keys.tolist() == [2, 4]
    assert matrix.search(np.array([1, 0], np.float32), 9, matrix.rows(np.empty(0, np.int64)))[0].tolist() == []


def test_an_empty_copy_finds_nothing(folder: Path) -> None:
    MatrixWriter(folder, 3).__exit__(None, None, None)
    matrix = Matrix(folder)
    assert matrix.search(np.array([1, 0, 0], np.float32), 5)[0].tolist() == []
    assert matrix.rows_of(np.array([1])).tolist() == [-1]
    with MatrixWriter(folder, 3) as writer:
        writer.compact(np.array([1, 2]))
    assert len(Matrix(folder)) == 0


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> tuple[Matrix, Floats]:
    """60,000 rows of 16 numbers: several blocks, whichever way rows are scored. Key = row + 1."""
    folder = tmp_path_factory.mktemp("wide") / "matrix"
    vectors = unit(60_000, 16)
    with MatrixWriter(folder, 16) as writer:
        writer.add(keys_up_to(60_000), vectors)
        writer.commit()
    return Matrix(folder), vectors


SHARES: dict[str, Callable[[Ints, NDArray[np.float64]], NDArray[np.bool_]]] = {
    "one row": lambda rows, _: rows == 31_007,
    "one in a thousand": lambda _, chance: chance < 0.001,
    "one in eight, gathered in several blocks": lambda _, chance: chance < 0.22,
    "most, scanned and picked": lambda _, chance: chance < 0.8,
    "a run": lambda rows, _: (rows > 20_000) & (rows < 50_000),
    "two ends": lambda rows, _: (rows < 300) | (rows > 59_000),
    "all": lambda rows, _: rows >= 0,
}


@pytest.mark.parametrize("share", SHARES)
def test_any_share_of_the_rows_is_searched_exactly(wide: tuple[Matrix, Floats], share: str) -> None:
    matrix, vectors = wide
    rows = np.flatnonzero(SHARES[share](np.arange(60_000), np.random.default_rng(1).random(60_000)))
    for query in unit(3, 16, seed=2):
        scores = (vectors[rows].astype(np.float64) @ query).astype(np.float32)
        best = rows[np.argsort(-scores, kind="stable")[:10]] + 1
        found, cosines = matrix.search(query, 10, matrix.rows(rows + 1))
        assert found.tolist() == best.tolist()
        assert cosines == pytest.approx(np.sort(scores)[::-1][:10], abs=1e-6)


def test_threads_that_share_a_matrix_find_what_one_finds(wide: tuple[Matrix, Floats]) -> None:
    matrix = Matrix(wide[0]._folder)  # a new one, whose look-up table is not yet made
    queries = unit(40, 16, seed=3)
    alone = [wide[0].search(query, 5)[0].tolist() for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: matrix.search(query, 5)[0].tolist(), queries))
    assert together == alone


STEPS = st.one_of(
    st.tuples(st.just("add"), st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(0, 5)),
    st.tuples(st.just("commit")),
    st.tuples(st.just("compact"), st.sets(st.integers(1, 40))),
    st.tuples(st.just("reopen")),
)


@pytest.mark.parametrize("cells_from", [6, 1_000], ids=["in cells", "plain"])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12), allowed=st.sets(st.integers(1, 45)), top_k=st.integers(1, 12))
def test_whatever_was_done_the_committed_vectors_are_searched_as_by_hand(
    tmp_path: Path, cells_from: int, steps: list[tuple[Any, ...]], allowed: set[int], top_k: int
) -> None:
    folder = tmp_path / "matrix"
    shutil.rmtree(folder, ignore_errors=True)
    few = unit(7, 5)  # so few that many keys have the same vector
    added: dict[int, Floats] = {}
    committed: dict[int, Floats] = {}
    writer = MatrixWriter(folder, 5, cells_from=cells_from)
    for step in steps:
        if step[0] == "add":
            vectors = few[[(key + step[2]) % 7 for key in step[1]]]
            writer.add(np.array(step[1]), vectors)
            added |= dict(zip(step[1], vectors, strict=True))
        elif step[0] == "commit":
            writer.commit()
            committed = dict(added)
        elif step[0] == "compact":
            writer.compact(np.array(sorted(step[1]), np.int64))
            added = {key: vector for key, vector in added.items() if key in step[1]}
            committed = dict(added)
        else:
            writer.__exit__(None, None, None)
            writer = MatrixWriter(folder, 5, cells_from=cells_from)
            added = dict(committed)
    writer.__exit__(None, None, None)

    matrix, query = Matrix(folder), unit(1, 5, seed=9)[0]
    there = np.array(sorted(committed), np.int64)
    assert set(matrix.keys.tolist()) == set(committed)
    assert matrix.keys[matrix.rows_of(there)].tolist() == there.tolist()
    assert np.array_equal(matrix.vectors_of(there), np.array([committed[key] for key in there]).reshape(-1, 5))
    found, cosines = matrix.search(query, top_k)
    assert (found.tolist(), cosines.tolist()) == by_hand(committed, query, top_k)
    found, cosines = matrix.search(query, top_k, matrix.rows(np.array(sorted(allowed), np.int64)))
    assert (found.tolist(), cosines.tolist()) == by_hand(
        {key: vector for key, vector in committed.items() if key in allowed}, query, top_k
    )


def test_readers_that_open_while_the_copy_is_replaced_again_and_again_open_a_whole_one(filled: Path) -> None:
    until = time.monotonic() + 1
    seen: list[list[int]] = []

    def read() -> None:
        while time.monotonic() < until:
            seen.append(sorted(Matrix(filled).keys.tolist()))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with MatrixWriter(filled, 2) as writer:
        while time.monotonic() < until:
            writer.compact(keys_up_to(4))
    for reader in readers:
        reader.join()
    assert len(seen) > 2
    assert all(keys == [1, 2, 3, 4] for keys in seen)


WRITER = """
import sys
from pathlib import Path
from typing import Any
import numpy as np
from index.matrix_writer import MatrixWriter

with MatrixWriter(Path(sys.argv[1]), 8, cells_from=int(sys.argv[2])) as writer:
    first = int(sys.argv[3])
    for turn in range(100_000):
        keys = np.arange(first, first + 50)
        first += 50
        for part in np.split(keys, 5):
            writer.add(part, np.repeat(part[:, None], 8, axis=1).astype(np.float32))
        writer.commit()
        print(first - 1, flush=True)
        if turn % 4 == 3:
            writer.compact(np.arange(1, first))
"""


@pytest.mark.parametrize(("cells_from", "kills", "turns"), [(10**6, 8, 1), (300, 2, 9)], ids=["plain", "in cells"])
def test_a_writer_killed_at_any_moment_leaves_what_it_had_committed(
    folder: Path, cells_from: int, kills: int, turns: int
) -> None:
    chance, last = random.Random(4), 0  # noqa: S311
    for _ in range(kills):
        command = [sys.executable, "-c", WRITER, str(folder), str(cells_from), str(last + 1)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
            assert process.stdout is not None
            first = [process.stdout.readline() for _ in range(turns)]  # to cells it takes a while
            time.sleep(chance.random() * 0.1)
            process.kill()
            told = [*first, *process.stdout.read().split()]
        last = int(told[-1])
        matrix = Matrix(folder)
        assert (matrix.rows_of(keys_up_to(last)) >= 0).all()
        # A vector holds its key eight times, so a row that is half of one and half of another would show.
        assert np.array_equal(matrix._vectors, np.repeat(matrix.keys[:, None], 8, axis=1))
        with MatrixWriter(folder, 8, cells_from=cells_from):
            assert sum(path.is_dir() for path in folder.iterdir()) == 1
        last = int(matrix.keys.max())


FULL_DISK = """
import resource, sys
from pathlib import Path
from typing import Any
import numpy as np
from index.errors import MatrixError
from index.matrix_writer import MatrixWriter

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

with MatrixWriter(Path(sys.argv[1]), 8) as writer:
    writer.add(np.arange(1, 11), np.ones((10, 8), np.float32))
    limit(500)  # in the middle of the sixth of the next rows
    try:
        writer.add(np.arange(11, 21), np.full((10, 8), 2, np.float32))
    except MatrixError as error:
        print(error)
    try:
        writer.compact(np.arange(1, 8))  # 224 bytes: this much goes
        writer.compact(np.arange(1, 8))
        writer.add(np.arange(21, 31), np.full((10, 8), 3, np.float32))
    except MatrixError as error:
        print(error)
    limit(resource.RLIM_INFINITY)
    writer.add(np.arange(31, 33), np.full((2, 8), 4, np.float32))
    writer.commit()
"""


def test_a_disk_that_was_full_for_a_while_costs_only_what_could_not_be_added(folder: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert told.count("File too large; see to the disk's space") == 2
    assert f"python -m index verify --repair --store {folder.parent}" in told
    matrix = Matrix(folder)
    assert matrix.keys.tolist() == [1, 2, 3, 4, 5, 6, 7, 31, 32]
    assert matrix._vectors[:, 0].tolist() == [1, 1, 1, 1, 1, 1, 1, 4, 4]


def test_rows_cut_in_half_by_a_killed_writer_are_cut_off(filled: Path) -> None:
    for name, surplus in (("vectors", b"12345"), ("keys", b"123")):
        with (filled / "1" / name).open("ab") as file:
            file.write(surplus)
    assert len(Matrix(filled)) == 4
    with MatrixWriter(filled, 2) as writer:
        assert (filled / "1" / "vectors").stat().st_size == 4 * 2 * 4
        writer.add(np.array([5]), np.array([[0, -1]], np.float32))
        writer.commit()
    assert Matrix(filled).vectors_of(np.array([4, 5])).tolist() == [[-1, 0], [0, -1]]


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no CURRENT": lambda folder: (folder / "CURRENT").unlink(),
    "CURRENT is no JSON": lambda folder: (folder / "CURRENT").write_text("\x00\x00"),
    "CURRENT is a list": lambda folder: (folder / "CURRENT").write_text("[1]"),
    "of another version": lambda folder: (folder / "CURRENT").write_text('{"version": 7}'),
    "no copy": lambda folder: shutil.rmtree(folder / "1"),
    "no vectors": lambda folder: (folder / "1" / "vectors").unlink(),
    "vectors cut short": lambda folder: (folder / "1" / "vectors").write_bytes(b"1234567"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_copy_is_refused_with_the_command_that_mends_it(filled: Path, damage: str) -> None:
    DAMAGE[damage](filled)
    with pytest.raises(MatrixError, match=f"python -m index verify --repair --store {filled.parent}$"):
        Matrix(filled)


def test_a_store_without_a_copy_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(MatrixError, match=f"no copy of the vectors; make it: .* --store {tmp_path}$"):
        Matrix(tmp_path / "matrix")


def test_vectors_that_do_not_fit_are_refused_and_leave_nothing(filled: Path) -> None:
    with MatrixWriter(filled, 2) as writer:
        with pytest.raises(MatrixError, match=r"shape \(1, 3\), expected \(n, 2\)"):
            writer.add(np.array([5]), np.ones((1, 3), np.float32))
        with pytest.raises(MatrixError, match="2 keys for 1 vectors"):
            writer.add(np.array([5, 6]), np.ones((1, 2), np.float32))
        with pytest.raises(MatrixError, match="vector 1 of 2 holds NaN or infinity"):
            writer.add(np.array([5, 6]), np.array([[1, 0], [np.inf, 0]], np.float32))
        writer.commit()
    assert len(Matrix(filled)) == 4
    with pytest.raises(MatrixError, match="its vectors have 2 numbers, the model's have 3"):
        MatrixWriter(filled, 3)


def test_a_query_that_does_not_fit_is_refused(filled: Path) -> None:
    for query in (np.ones(3, np.float32), np.ones((1, 2), np.float32), np.array([np.nan, 0], np.float32)):
        with pytest.raises(MatrixError):
            Matrix(filled).search(query, 1)


def test_rows_of_one_snapshot_are_refused_by_another(filled: Path) -> None:
    rows = Matrix(filled).rows(keys_up_to(4))
    with pytest.raises(MatrixError, match="rows of another snapshot"):
        Matrix(filled).search(np.array([1, 0], np.float32), 1, rows)


def test_a_key_without_a_vector_is_named(filled: Path) -> None:
    with pytest.raises(MatrixError, match="no vector for key 77"):
        Matrix(filled).vectors_of(np.array([1, 77]))


def test_many_dead_rows_ask_for_compaction_and_few_do_not(folder: Path) -> None:
    with MatrixWriter(folder, 2) as writer:
        writer.add(keys_up_to(8_000), unit(8_000, 2))
        writer.commit()
        assert not writer.needs_compaction(live=8_000)
        assert not writer.needs_compaction(live=6_000)
        assert writer.needs_compaction(live=5_999)
        writer.compact(keys_up_to(5_999))
        assert not writer.needs_compaction(live=5_999)
        assert not writer.needs_compaction(live=4_500)

"""What is derived from the catalogue and searched: the words, and the copy of the vectors, both in the store's folder.

They hold at least what every generation up to the marked one sees; a search looks past the rest. Whoever writes them
holds the folder's lock. Knows how to bring them up to a generation; does not search them.
"""

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.contents import Text, passage_rows, texts_of
from index.errors import MatrixError, VectorsError, ViewError, WordsError, repair
from index.matrix import Matrix
from index.matrix_writer import MatrixWriter
from index.vectors import Vectors
from index.words import MANIFEST, Entry, Words, WordsWriter

WORDS, MATRIX = "words", "matrix"
MARKER = "views.json"
CURRENT = "CURRENT"
"""What names the copy of the vectors that is read (`index.matrix_files`)."""
LOCK = "views.lock"

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the views lack of a generation, and what they hold beyond it."""

    words_missing: Keys
    words_extra: Keys
    matrix_missing: Keys
    matrix_extra: Keys

    @property
    def complete(self) -> bool:
        """Whether a search would miss nothing."""
        return not len(self.words_missing) and not len(self.matrix_missing)


class ViewsWriter:
    """Adds to both views at once. Nothing is seen before `commit`."""

    def __init__(self, folder: Path, dim: int) -> None:
        self.folder = folder
        with ExitStack() as opened:
            self._words = opened.enter_context(WordsWriter(folder / WORDS))
            self._matrix = opened.enter_context(MatrixWriter(folder / MATRIX, dim))
            self._opened = opened.pop_all()

    def __enter__(self) -> "ViewsWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, texts: Sequence[Text], vectors: NDArray[np.float32]) -> None:
        """Add passages with their vectors `(n_passages, dim)`."""
        self.add_words(texts)
        self.add_vectors(np.array([text.key for text in texts], dtype=np.int64), vectors)

    def add_words(self, texts: Sequence[Text]) -> None:
        """Add passages to the words."""
        self._words.add(Entry(text.key, text.context, text.text, text.language) for text in texts)

    def add_vectors(self, keys: Keys, vectors: NDArray[np.float32]) -> None:
        """Add vectors to the copy; they stay there if this process is stopped, and need not be made again."""
        self._matrix.add(keys, vectors)
        self._matrix.commit()

    def remove(self, keys: Keys) -> None:
        """Take passages out of the words; the copy lets go of theirs when it is compacted."""
        self._words.remove(keys.tolist())

    def commit(self) -> None:
        """Let readers that open the views from now on see what was added."""
        self._words.commit()

    def needs_compaction(self, live: int) -> bool:
        """Whether too much of the copy of the vectors is of no use, or in no cell; `live` passages are seen."""
        return self._matrix.needs_compaction(live)

    def compact(self, keep: Keys) -> None:
        """Rewrite the copy of the vectors with only the sorted keys `keep`."""
        self._matrix.compact(keep)

    def close(self) -> None:
        """Close without committing."""
        self._opened.close()


def marked(folder: Path, identity: str) -> int:
    """The generation of the store `identity` that the views in `folder` are complete for; 0 where they are not its.

    Nor where one of them is not there: its writer would begin an empty one in its place.
    """
    begun = (folder / WORDS / MANIFEST).exists() and (folder / MATRIX / CURRENT).exists()
    with suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        if begun and told["store"] == identity:
            return int(told["generation"])
    return 0


def are_short(folder: Path, passages: int) -> bool:
    """Whether a view holds less than so many passages, or is damaged, whatever the mark says."""
    try:
        return min(len(Matrix(folder / MATRIX)), Words(folder / WORDS).count) < passages
    except ViewError:
        return True


def mark(folder: Path, identity: str, generation: int) -> None:
    """Say that the views are complete for `generation` and those before it."""
    written = folder / f"{MARKER}.new"
    with written.open("w", encoding="utf-8") as file:
        json.dump({"store": identity, "generation": generation}, file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / MARKER)


def clear_views(folder: Path, names: Sequence[str] = (WORDS, MATRIX)) -> None:
    """Remove views, to be made again."""
    (folder / MARKER).unlink(missing_ok=True)
    for name in names:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name, ignore_errors=True)
        else:
            (folder / name).unlink(missing_ok=True)  # where somebody has put a file


def difference(folder: Path, keys: Keys) -> Difference:
    """Compare the views with the sorted keys of the passages they should hold; a view that is not there holds none.

    Raises:
        WordsError, MatrixError: one is damaged.
    """
    none = np.empty(0, dtype=np.int64)
    words = Words(folder / WORDS).keys() if (folder / WORDS).exists() else none
    matrix = np.unique(np.asarray(Matrix(folder / MATRIX).keys)) if (folder / MATRIX).exists() else none
    return Difference(
        np.setdiff1d(keys, words), np.setdiff1d(words, keys), np.setdiff1d(keys, matrix), np.setdiff1d(matrix, keys)
    )


def catch_up(catalogue: Catalogue, vectors: Vectors, folder: Path, identity: str, generation: int) -> None:
    """Bring the views to a generation from what is shared: texts from the catalogue, vectors from Chroma.

    The caller holds the folder's lock. Views of another store, and damaged ones, are made again from nothing.

    Raises:
        VectorsError: Chroma lacks vectors that the generation needs.
    """
    if not marked(folder, identity):
        clear_views(folder)
    with catalogue.transaction() as connection:
        keys = passage_rows(connection, generation).keys
    try:
        lacking = difference(folder, keys)
    except (WordsError, MatrixError):
        clear_views(folder)
        lacking = difference(folder, keys)
    dim = _dim(vectors, lacking.matrix_missing, folder)
    if dim:
        with ViewsWriter(folder, dim) as views:
            _fill(catalogue, vectors, views, lacking)
            views.remove(lacking.words_extra)
            views.commit()
            if views.needs_compaction(len(keys)):
                views.compact(keys)
    mark(folder, identity, generation)


def _dim(vectors: Vectors, missing: Keys, folder: Path) -> int:
    """Numbers in a vector; 0 where there is none to know it by."""
    for _, some in vectors.read(missing[:1]):
        return int(some.shape[1])
    return Matrix(folder / MATRIX).dim if (folder / MATRIX).exists() else 0


def _fill(catalogue: Catalogue, vectors: Vectors, views: ViewsWriter, lacking: Difference) -> None:
    with catalogue.transaction() as connection:
        for texts in texts_of(connection, lacking.words_missing):
            views.add_words(texts)
    found = 0
    for keys, some in vectors.read(lacking.matrix_missing):
        views.add_vectors(keys, some)
        found += len(keys)
    if found < len(lacking.matrix_missing):
        raise VectorsError(
            f"{vectors.where} lacks the vectors of {len(lacking.matrix_missing) - found:,} passages; "
            f"make them again: {repair(views.folder)}"
        )

"""Make the vectors whole again: from their copy where it has them, embedded anew where it has not.

Knows what the catalogue wants and what is there; does not decide when to look.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from index import contents
from index.catalogue import Catalogue
from index.contents import Keys
from index.encoder import open_encoder
from index.errors import VectorsError, ViewError
from index.matrix import Matrix
from index.models import Model
from index.passages import Passage, embedded_text
from index.settings import Settings
from index.vectors import Vectors, clear_vectors, open_vectors
from index.views import MATRIX

CLOSE = 1e-5
"""How far a number of a vector and of its copy may be apart: Chroma keeps the same float32."""


def mended_vectors(settings: Settings, identity: str, catalogue: Catalogue, model: Model, keys: Keys) -> Vectors:
    """The vectors of a store, opened, with a row for each of `keys` and no other, whatever was there."""
    copy = copy_of(settings.store)
    vectors, held, doubtful = _usable_vectors(settings, identity, copy)
    try:
        _mend_vectors(catalogue, vectors, copy, model, keys, held, doubtful)
    except BaseException:
        vectors.close()
        raise
    return vectors


def copy_of(folder: Path) -> Matrix | None:
    """The copy of the vectors, None where it cannot be opened."""
    try:
        return Matrix(folder / MATRIX)
    except ViewError:
        return None


def _usable_vectors(settings: Settings, identity: str, copy: Matrix | None) -> tuple[Vectors, Keys, Keys]:
    """Chroma's vectors, begun anew where not all can be read or some differ from their copy; the keys there; those.

    Of two that differ nobody can say which is right, and what Chroma adds to damaged files is as damaged.
    """
    doubtful = none = np.empty(0, dtype=np.int64)
    with suppress(VectorsError):
        vectors = open_vectors(settings, identity)
        try:
            held = vectors.keys()
            read, doubtful = compared(vectors, copy, held)
            if read == len(held) and not len(doubtful):
                return vectors, held, doubtful
        except VectorsError:
            pass
        except BaseException:
            vectors.close()
            raise
        vectors.close()
    clear_vectors(settings, identity)
    return open_vectors(settings, identity), none, doubtful


def compared(vectors: Vectors, copy: Matrix | None, keys: Keys) -> tuple[int, Keys]:
    """How many of these vectors can be read, and the keys of those that differ from their copy."""
    read, differing = 0, [np.empty(0, dtype=np.int64)]
    for some, own in vectors.read(keys):
        read += len(some)
        if copy is not None:
            there = copy.rows_of(some) >= 0
            apart = np.abs(copy.vectors_of(some[there]) - own[there]).max(axis=1, initial=0.0)
            differing.append(some[there][~(apart <= CLOSE)])
    return read, np.concatenate(differing)


def _mend_vectors(
    catalogue: Catalogue,
    vectors: Vectors,
    copy: Matrix | None,
    model: Model,
    keys: Keys,
    held: Keys,
    doubtful: Keys,
) -> None:
    """Give Chroma what it lacks, from the copy or embedded anew, and take away what it holds beyond."""
    vectors.remove(np.setdiff1d(held, keys))
    with catalogue.transaction() as connection:
        for texts in contents.texts_of(connection, np.setdiff1d(keys, held)):
            own = np.array([one.key for one in texts], dtype=np.int64)
            copied = np.zeros(len(own), dtype=np.bool_)
            if copy is not None:
                copied = (copy.rows_of(own) >= 0) & ~np.isin(own, doubtful)
            made = _made(copy, own, copied, [_embedded(one) for one in texts], model)
            vectors.add(own, made, [{"document": one.document, "project": one.project or ""} for one in texts])


def _embedded(one: contents.Text) -> str:
    return embedded_text(Passage("", "", None, Span(0, len(one.text)), one.text), one.context)


def _made(
    matrix: Matrix | None, keys: Keys, copied: NDArray[np.bool_], texts: Sequence[str], model: Model
) -> NDArray[np.float32]:
    anew = [one for one, is_copied in zip(texts, copied, strict=True) if not is_copied]
    embedded = open_encoder(model).passages(anew) if anew else None
    if matrix is None or not copied.any():
        return embedded if embedded is not None else np.empty((0, 0), dtype=np.float32)
    known = matrix.vectors_of(keys[copied])
    made = np.empty((len(keys), known.shape[1]), dtype=np.float32)
    made[copied] = known
    if embedded is not None:
        made[~copied] = embedded
    return made

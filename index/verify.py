"""Does a store agree with itself: the catalogue with its own rows, each view with the catalogue. Mends the views."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, or_, select, text

from corpus.document import Span
from index import contents
from index.catalogue import Catalogue, open_catalogue, rebuild
from index.contents import Keys
from index.encoder import open_encoder
from index.errors import StoreError, VectorsError, ViewError
from index.facts import GENERATION, IDENTITY, read_fact, read_number
from index.lock import folder_lock
from index.matrix import Matrix
from index.models import Model, find_model
from index.passages import Passage, embedded_text
from index.settings import Settings
from index.tables import documents, passages, projects
from index.vectors import Vectors, clear_vectors, open_vectors
from index.views import LOCK, MATRIX, WORDS, catch_up, clear_views, marked
from index.words import Words
from index.writer import writing

NAMED = 3
"""Passages named in a finding; the rest are counted."""
CLOSE = 1e-5
"""How far a number of a vector and of its copy may be apart: Chroma keeps the same float32."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a store disagrees with itself. `part` is `catalogue`, `words`, `matrix` or `vectors`."""

    part: str
    problem: str


def verify(settings: Settings) -> list[Finding]:
    """What is wrong with a store; nothing where it agrees with itself.

    What a stopped build has left is no fault: no reader sees it, and the next build clears it.

    Raises:
        NoStoreError, StoreVersionError, UnreachableError: there is nothing that could be compared.
    """
    with closing(open_catalogue(settings)) as catalogue:
        with catalogue.transaction() as connection:
            generation, identity = read_number(connection, GENERATION), read_fact(connection, IDENTITY) or ""
            findings = [Finding("catalogue", problem) for problem in _catalogue_problems(connection, generation)]
            keys = contents.passage_rows(connection, generation).keys
            known = _all_keys(connection)
        checks: list[tuple[str, Callable[[], Iterator[str]]]] = [
            ("words", lambda: _words_problems(settings.store, catalogue, keys, known)),
            ("matrix", lambda: _matrix_problems(settings.store, catalogue, keys)),
            ("vectors", lambda: _vectors_problems(settings, catalogue, identity, keys, known)),
        ]
        if marked(settings.store, identity) < generation:
            findings.append(Finding("words", f"words and matrix are not known to be of generation {generation}"))
        for part, check in checks:
            try:
                findings += [Finding(part, problem) for problem in check()]
            except ViewError as error:
                findings.append(Finding(part, str(error)))
    return findings


def repair(settings: Settings) -> None:
    """Make again what does not agree with the catalogue: one view from the other, or from the catalogue's texts.

    Raises:
        StoreError: the catalogue itself is damaged; it has to be built again.
    """
    open_catalogue(settings).close()  # to write would make one where there is none
    model = find_model(settings.embedding_model)
    with writing(settings, model) as writer, folder_lock(settings.store, LOCK):
        catalogue = writer.catalogue
        with catalogue.transaction() as connection:
            generation = read_number(connection, GENERATION)
            if problems := list(_catalogue_problems(connection, generation)):
                raise StoreError(f"{catalogue.where}: {problems[0]}; build it again: {rebuild(settings.store)}")
            keys = contents.passage_rows(connection, generation).keys
        copy = _copy(settings.store)
        vectors, held, doubtful = _usable_vectors(settings, writer.identity, copy)
        with closing(vectors):
            _mend_vectors(catalogue, vectors, copy, model, keys, held, doubtful)
            clear_views(settings.store)
            catch_up(catalogue, vectors, settings.store, writer.identity, generation)


def _catalogue_problems(connection: Connection, generation: int) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        said = connection.execute(text("PRAGMA quick_check(3)")).scalars().all()
        if said != ["ok"]:
            yield f"the file is damaged ({'; '.join(map(str, said))}); build it again"
            return
    inside = func.substr(documents.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    seen = contents.visible(generation)
    joined = select(passages.c.key).join(documents, passages.c.document == documents.c.key).where(seen)
    wrong = connection.execute(joined.where(inside != passages.c.text)).scalars().all()
    if wrong:
        yield f"the text of {len(wrong):,} passages is not their document's: {_named(connection, wrong)}"
    outside = or_(passages.c.start < projects.c.start, passages.c.end > projects.c.end)
    wrong = (
        connection.execute(joined.join(projects, passages.c.project == projects.c.key).where(outside)).scalars().all()
    )
    if wrong:
        yield f"{len(wrong):,} passages are not within their project: {_named(connection, wrong)}"
    twice = (
        select(projects.c.id)
        .join(documents, projects.c.document == documents.c.key)
        .where(seen)
        .group_by(projects.c.id)
        .having(func.count() > 1)
    )
    ids = connection.execute(twice).scalars().all()
    if ids:
        yield f"{len(ids):,} project ids stand for more than one project: {', '.join(ids[:NAMED])}"


def _words_problems(folder: Path, catalogue: Catalogue, keys: Keys, known: Keys) -> Iterator[str]:
    held = Words(folder / WORDS).keys()
    yield from _lacking_or_more(catalogue, keys, held, known)


def _matrix_problems(folder: Path, catalogue: Catalogue, keys: Keys) -> Iterator[str]:
    # It may hold more: what was removed stays in it until it is compacted.
    held = np.unique(np.asarray(Matrix(folder / MATRIX).keys))
    yield from _lacking_or_more(catalogue, keys, held, held)


def _vectors_problems(
    settings: Settings, catalogue: Catalogue, identity: str, keys: Keys, known: Keys
) -> Iterator[str]:
    with closing(open_vectors(settings, identity)) as vectors:
        yield from _lacking_or_more(catalogue, keys, vectors.keys(), known)
        # A copy that cannot be opened is said where the copy is looked at.
        _, differing = _compared(vectors, _copy(settings.store), keys)
        if len(differing):
            with catalogue.transaction() as connection:
                yield f"{len(differing):,} vectors differ from their copy: {_named(connection, differing.tolist())}"


def _lacking_or_more(catalogue: Catalogue, keys: Keys, held: Keys, known: Keys) -> Iterator[str]:
    """`known` are keys that a row of the catalogue explains, be it one that is not seen (any more)."""
    lacking, more = np.setdiff1d(keys, held), np.setdiff1d(held, known)
    with catalogue.transaction() as connection:
        if len(lacking):
            yield f"lacks {len(lacking):,} of {len(keys):,} passages: {_named(connection, lacking.tolist())}"
    if len(more):
        numbers = ", ".join(map(str, more[:NAMED].tolist()))
        yield f"holds {len(more):,} that the catalogue does not know: {numbers}{', …' * (len(more) > NAMED)}"


def _all_keys(connection: Connection) -> Keys:
    """Keys of the passages that a view may hold: those seen, and those not swept yet."""
    query = select(passages.c.key).join(documents, passages.c.document == documents.c.key)
    held = or_(documents.c.removed.is_(None), documents.c.swept == 0)
    return np.sort(np.fromiter(connection.execute(query.where(held)).scalars(), dtype=np.int64))


def _named(connection: Connection, keys: Sequence[int]) -> str:
    found = contents.read_passages(connection, sorted(keys)[:NAMED])
    names = [f"{one.document_id} {one.span.start}–{one.span.end}" for one in found.values()]
    return ", ".join(names) + ", …" * (len(keys) > NAMED)


def _copy(folder: Path) -> Matrix | None:
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
            read, doubtful = _compared(vectors, copy, held)
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


def _compared(vectors: Vectors, copy: Matrix | None, keys: Keys) -> tuple[int, Keys]:
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

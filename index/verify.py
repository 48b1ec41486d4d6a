"""Does a store agree with itself: the catalogue with its own rows, each view with the catalogue. Mends the views."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, func, or_, select, text

from index import contents
from index.catalogue import Catalogue, open_catalogue, rebuild
from index.contents import Keys
from index.errors import StoreError, ViewError
from index.facts import GENERATION, IDENTITY, read_fact, read_number
from index.lock import folder_lock
from index.matrix import Matrix
from index.mend import compared, copy_of, mended_vectors
from index.models import find_model
from index.settings import Settings
from index.tables import documents, passages, projects
from index.vectors import open_vectors
from index.views import LOCK, MATRIX, WORDS, catch_up, clear_views, marked
from index.words import Words
from index.writer import writing

NAMED = 3
"""Passages named in a finding; the rest are counted."""


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
            known = contents.held_keys(connection)
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
        with closing(mended_vectors(settings, writer.identity, catalogue, model, keys)) as vectors:
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
        _, differing = compared(vectors, copy_of(settings.store), keys)
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


def _named(connection: Connection, keys: Sequence[int]) -> str:
    found = contents.read_passages(connection, sorted(keys)[:NAMED])
    names = [f"{one.document_id} {one.span.start}–{one.span.end}" for one in found.values()]
    return ", ".join(names) + ", …" * (len(keys) > NAMED)

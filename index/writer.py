"""A store held for writing: its locks taken, its catalogue open, its model the right one, its views caught up."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial

from index import contents
from index.catalogue import FILE, Catalogue, connect, open_catalogue, rebuild
from index.encoder import open_encoder
from index.errors import (
    DamagedError,
    MatrixError,
    ModelMismatchError,
    NoStoreError,
    StoreVersionError,
    VectorsError,
    WordsError,
)
from index.facts import GENERATION, IDENTITY, MODEL, read_fact, read_number
from index.ingest import Ingest
from index.kept import put_aside, take_up
from index.lock import catalogue_lock, folder_lock
from index.matrix import Matrix
from index.mend import mended_vectors
from index.migrations import version
from index.models import Model
from index.settings import Settings
from index.tables import metadata
from index.vectors import Vectors, clear_vectors, open_vectors
from index.views import LOCK, MATRIX, WORDS, ViewsWriter, are_short, catch_up, clear_views, marked
from index.words import Words


@dataclass(frozen=True, slots=True)
class Writer:
    """What a writer has in its hands, all locks held."""

    settings: Settings
    model: Model
    catalogue: Catalogue
    identity: str

    @contextmanager
    def ingest(self, *, reuse: bool) -> Iterator[Ingest]:
        """An attempt at the next generation; with `reuse`, what is embedded already is not embedded again."""
        folder = self.settings.store
        encoder = partial(open_encoder, self.model)
        with folder_lock(folder, LOCK), closing(self._vectors()) as vectors:
            seen, _ = self._seen()
            if not seen or self.views_are_behind():
                catch_up(self.catalogue, vectors, folder, self.identity, seen)
            dim = Matrix(folder / MATRIX).dim if (folder / MATRIX).exists() else encoder().dim
            with (
                ViewsWriter(folder, dim) as views,
                closing(Ingest(self.catalogue, vectors, views, encoder, reuse=reuse)) as ingest,
            ):
                yield ingest

    def views_are_behind(self) -> bool:
        """Whether the views lack passages of the generation that is seen."""
        seen, passages = self._seen()
        return marked(self.settings.store, self.identity) < seen or are_short(self.settings.store, passages)

    def _seen(self) -> tuple[int, int]:
        """The generation that readers see, and how many passages it has."""
        with self.catalogue.transaction() as connection:
            seen = read_number(connection, GENERATION)
            return seen, contents.passage_count(connection, seen)

    def _vectors(self) -> Vectors:
        """Chroma's vectors, made whole first where some are gone or a kill has torn them, as it may."""
        seen, passages = self._seen()
        try:
            vectors = open_vectors(self.settings, self.identity)
            if vectors.count() >= passages:
                return vectors
            vectors.close()
            what = f"{vectors.where} lacks some of {passages:,} vectors"
        except VectorsError as error:
            what = str(error)
        print(f"{what}; making them again", file=sys.stderr)
        with self.catalogue.transaction() as connection:
            keys = contents.passage_rows(connection, seen).keys
        return mended_vectors(self.settings, self.identity, self.catalogue, self.model, keys)


@contextmanager
def writing(settings: Settings, model: Model, *, before_clearing: Callable[[], None] | None = None) -> Iterator[Writer]:
    """Hold the store for writing. With `before_clearing`, what cannot be built upon is forgotten, after a call of it.

    Raises:
        StoreError: the store is of another model or version, locked, or cannot be written.
    """
    with folder_lock(settings.store):
        if before_clearing and not _can_be_built_upon(settings, model):
            before_clearing()
            _clear(settings)
        catalogue = open_catalogue(settings, create=True)
        with closing(catalogue), catalogue_lock(catalogue):
            take_up(catalogue, settings.store)
            with catalogue.transaction() as connection:
                identity = read_fact(connection, IDENTITY) or ""
                built_with = read_fact(connection, MODEL)
            if built_with is not None:
                check_model(settings, built_with, model)
            yield Writer(settings, model, catalogue, identity)


def check_model(settings: Settings, built_with: str, model: Model) -> None:
    """Refuse to mix models.

    Raises:
        ModelMismatchError: naming both and the command that rebuilds.
    """
    if built_with != model.fingerprint:
        raise ModelMismatchError(
            f"{settings.store} was built with the embedding model {built_with}, but {model.fingerprint} is set; "
            f"unset ASSISTANT_EMBEDDING_MODEL, or build again: {rebuild(settings.store)}"
        )


def _can_be_built_upon(settings: Settings, model: Model) -> bool:
    """Whether a store is of this model and version and whole enough to stay while it is built anew."""
    try:
        with closing(open_catalogue(settings)) as catalogue:
            with catalogue.transaction() as connection:
                built_with, identity = read_fact(connection, MODEL), read_fact(connection, IDENTITY) or ""
            open_vectors(settings, identity).close()
            for view, opens in ((WORDS, Words), (MATRIX, Matrix)):
                if (settings.store / view).exists():
                    opens(settings.store / view)
    except NoStoreError:
        return not settings.catalogue and not (settings.store / FILE).exists()
    except (WordsError, MatrixError):
        clear_views(settings.store)
        return built_with in (None, model.fingerprint)
    except (DamagedError, StoreVersionError, VectorsError):
        return False
    return built_with in (None, model.fingerprint)


def _clear(settings: Settings) -> None:
    """Remove what a store consists of, and only that: the folder, and a server, may hold more than ours.

    What people have said and decided is put aside, for the new catalogue.
    """
    put_aside(settings)
    identity = ""
    if settings.catalogue:
        with closing(connect(settings)) as catalogue, catalogue.transaction() as connection:
            if version(connection) is not None:
                identity = read_fact(connection, IDENTITY) or ""
            metadata.drop_all(connection)
    for ending in ("", "-wal", "-shm"):
        (settings.store / f"{FILE}{ending}").unlink(missing_ok=True)
    clear_vectors(settings, identity)
    clear_views(settings.store)

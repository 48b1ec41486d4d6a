"""Store: the catalogue and the vectors of one folder, opened for reading. Heavy parts open when first used."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corpus.document import Document, canonical
from corpus.record import Project
from index import catalogue, vectors
from index.embedding import Model, find_model, open_embedding
from index.errors import ModelMismatchError, NoStoreError, StoreError
from index.passages import Hit, Passage
from index.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Store:
    """One store, for readers. Documents and projects are read once; make a new Store after a sync.

    Raises:
        NoStoreError: nothing is built in the folder.
        ModelMismatchError: it was built with another model than `settings` names.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._engine: Engine = catalogue.open_catalogue(settings.store)
        self._close_vectors: Callable[[], None] | None = None
        self.model: Model = find_model(settings.embedding_model)
        with catalogue.transaction(self._engine) as connection:
            built_with = catalogue.read_fact(connection, "embedding_model")
            self.generation = int(catalogue.read_fact(connection, "generation") or 0)
        if built_with is None:
            raise NoStoreError(
                f"{settings.store}: the first build did not finish; run it again: "
                f"python -m index build PATH --store {settings.store}"
            )
        check_model(settings, built_with, self.model)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents by id."""
        with catalogue.transaction(self._engine) as connection:
            return {document.id: document for document in catalogue.read_documents(connection)}

    @cached_property
    def sources(self) -> dict[str, Document]:
        """All documents by source."""
        return {document.source: document for document in self.documents.values()}

    @cached_property
    def projects(self) -> dict[str, Project]:
        """All projects by id, in order of document and place."""
        with catalogue.transaction(self._engine) as connection:
            return {project.id: project for project in catalogue.read_projects(connection)}

    def newest_generation(self) -> int:
        """The generation the catalogue is at now; another than `generation` after a sync."""
        with catalogue.transaction(self._engine) as connection:
            return int(catalogue.read_fact(connection, "generation") or 0)

    def passages(self, ids: Sequence[str] | None = None) -> list[Passage]:
        """Passages by id, or all."""
        with catalogue.transaction(self._engine) as connection:
            return catalogue.read_passages(connection, ids)

    @cached_property
    def _embedding(self) -> Any:
        return open_embedding(self.model)

    @cached_property
    def _vectors(self) -> Any:
        opened, self._close_vectors = vectors.open_vectors(self.settings.store)
        return opened

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Embeddings `(n_texts, dim)`, each of length 1. The first call loads the model, which takes seconds."""
        made: list[list[float]] = self._embedding.get_text_embedding_batch(list(texts)) if texts else []
        return made

    def search(self, question: str, top_k: int, project_ids: Sequence[str] | None = None) -> list[Hit]:
        """The `top_k` passages nearest to `question`, best first; within some projects where their ids are given."""
        if project_ids is not None and not project_ids:
            return []
        asked = self.embed([canonical(question)])[0]
        wanted = top_k
        while True:
            near = vectors.nearest(self._vectors, asked, wanted, project_ids)
            # Chroma may hold more than the catalogue after a build that was stopped; only the catalogue counts.
            known = {passage.id: passage for passage in self.passages([identity for identity, _ in near])}
            found = [(known[identity], score) for identity, score in near if identity in known][:top_k]
            if len(found) == top_k or len(near) < wanted:
                break
            wanted *= 4
        if not near and project_ids is None and self.passages():
            raise StoreError(
                f"{self.settings.store} has lost its vectors; build it again: "
                f"python -m index build PATH --store {self.settings.store} --rebuild"
            )
        return [Hit(passage, score, rank) for rank, (passage, score) in enumerate(found, start=1)]

    def close(self) -> None:
        """Let go of the catalogue's file and of the vectors, so that a Store opened next sees what a sync has added."""
        self._engine.dispose()
        if self._close_vectors:
            self._close_vectors()


def check_model(settings: Settings, built_with: str, model: Model) -> None:
    """Refuse to mix models.

    Raises:
        ModelMismatchError: naming both and the command that rebuilds.
    """
    if built_with != model.fingerprint:
        raise ModelMismatchError(
            f"{settings.store} was built with the embedding model {built_with}, but {model.fingerprint} is set; "
            f"unset ASSISTANT_EMBEDDING_MODEL, or build again: "
            f"python -m index build PATH --store {settings.store} --rebuild"
        )

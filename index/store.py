"""Store: one generation of a store, opened for reading. Heavy parts open when first used."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, canonical
from corpus.record import Project
from index import contents
from index.catalogue import Catalogue, open_catalogue
from index.contents import Keys, Rows
from index.encoder import open_encoder
from index.errors import NoStoreError, StoreError, ViewError, repair
from index.facts import GENERATION, IDENTITY, MODEL, read_fact, read_number
from index.filters import Filters, allowed_keys
from index.fusion import Leg, fuse
from index.ledger import Ledger
from index.lock import folder_lock
from index.matrix import Matrix
from index.matrix import Rows as MatrixRows
from index.models import Model, find_model
from index.passages import Hit, Passage
from index.rerank import RERANKED, open_reranker, rerank
from index.same import same_projects
from index.selection import (
    Figure,
    Names,
    chosen_keys,
    keys_labelled,
    read_figures,
    read_labelled,
    read_names,
    read_periods,
    read_texts,
)
from index.settings import Settings
from index.vectors import open_vectors
from index.views import LOCK, MATRIX, WORDS, catch_up, marked
from index.words import Allowed, Words
from index.writer import check_model

if TYPE_CHECKING:
    from index.encoder import Encoder

DENSE = "dense"
CANDIDATES = 100
"""Passages that each leg puts forward, or as many as are asked for; 50 and 200 change next to nothing on any set."""
CANDIDATES_LEAST, CANDIDATES_PART = 50, 40
"""Of few that may be found, a leg puts forward no more than the first or a part of them, one in so many."""
FILTERS_KEPT = 32
"""Resolved filters that are kept: a conversation asks again and again within the same projects."""
DOCUMENTS_KEPT = 64
"""Documents that are kept in memory; one of a register has a thousand rows."""
TRIES = 5
"""How often a reader starts anew because a writer has finished while it opened."""


@dataclass(frozen=True, slots=True)
class Findable:
    """What may be found, as each view wants it said; `keys` are those of the passages, sorted."""

    keys: Keys
    words: Allowed
    rows: MatrixRows


class Store:
    """One generation of one store, for readers in any thread. Open a new one after a sync.

    Raises:
        NoStoreError: nothing is built in the folder.
        ModelMismatchError: it was built with another model than `settings` names.
        ViewError: words or vectors are missing or damaged; the message says how to make them again.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogue: Catalogue = open_catalogue(settings)
        try:
            self.model: Model = find_model(settings.embedding_model)
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        """Open the views of the newest generation; again where a sync ends meanwhile."""
        for attempt in range(TRIES):
            self.identity, self.generation, built_with = self._facts()
            if not self.generation or built_with is None:
                raise NoStoreError(
                    f"{self.settings.store}: the first build did not finish; run it again: "
                    f"python -m index build PATH --store {self.settings.store}"
                )
            check_model(self.settings, built_with, self.model)
            self._make_sure_of_views()
            try:
                self._words = Words(self.settings.store / WORDS)
                self._matrix = Matrix(self.settings.store / MATRIX)
            except ViewError:
                if attempt == TRIES - 1 or self._facts()[1] == self.generation:
                    raise
            if self._facts()[:2] == (self.identity, self.generation):
                self._check_views()
                return
        raise StoreError(f"{self.settings.store} changes faster than it can be opened; try again")

    def _check_views(self) -> None:
        with self.catalogue.transaction() as connection:
            passages = contents.passage_count(connection, self.generation)
        if min(len(self._matrix), self._words.count) < passages:
            folder = self.settings.store
            raise ViewError(f"{folder} has lost words or vectors; make them again: {repair(folder)}")

    def _facts(self) -> tuple[str, int, str | None]:
        with self.catalogue.transaction() as connection:
            identity = read_fact(connection, IDENTITY) or ""
            return identity, read_number(connection, GENERATION), read_fact(connection, MODEL)

    def _make_sure_of_views(self) -> None:
        """Of a store in a folder the writer makes the views; of a shared one each machine makes its own."""
        settings, folder = self.settings, self.settings.store
        if marked(folder, self.identity) >= self.generation:
            return
        if not settings.catalogue and not settings.chroma:
            raise ViewError(f"{folder} lacks its words or vectors; make them again: {repair(folder)}")
        with folder_lock(folder, LOCK), closing(open_vectors(settings, self.identity)) as vectors:
            if marked(folder, self.identity) < self.generation:
                catch_up(self.catalogue, vectors, folder, self.identity, self.generation)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents by id."""
        with self.catalogue.transaction() as connection:
            return {document.id: document for document in contents.read_documents(connection, self.generation)}

    @cached_property
    def sources(self) -> dict[str, Document]:
        """All documents by source."""
        return {document.source: document for document in self.documents.values()}

    @cached_property
    def projects(self) -> dict[str, Project]:
        """All projects by id, in order of document and place."""
        with self.catalogue.transaction() as connection:
            return {project.id: project for project in contents.read_projects(connection, self.generation)}

    @cached_property
    def names(self) -> Names:
        """What projects are called and described by."""
        with self.catalogue.transaction() as connection:
            return read_names(connection, self.generation)

    @cached_property
    def same(self) -> dict[int, int]:
        """For each project that an earlier file describes as well, the key of its first description."""
        return same_projects(self.names.titles, lambda keys: self.records(np.array(keys, np.int64)))

    @cached_property
    def ledger(self) -> Ledger:
        """What projects are listed, sorted and added up by."""
        return Ledger(self)

    def choose(self, filters: Iterable[Filters] = ()) -> Keys:
        """Sorted keys of the projects that fulfil all filters; they have nothing to do with those of passages."""
        with self.catalogue.transaction() as connection:
            return chosen_keys(connection, self.generation, filters)

    def holding(self, text: str) -> Keys:
        """Sorted keys of the projects of which one passage holds every word of `text`, in whatever form."""
        rows = self.rows
        found = np.isin(rows.keys, self._words.holding(text), assume_unique=True)
        return np.unique(rows.projects[found & (rows.projects > 0)])

    def passage_keys_holding(self, text: str) -> Keys:
        """Keys of the passages that hold every word of `text`, in whatever form."""
        return self._words.holding(text)

    def passages_holding(self, text: str) -> int:
        """How many passages hold every word of `text`."""
        return len(self._words.holding(text))

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self.rows)

    def records(self, keys: Keys, *, with_other: bool = True) -> list[Project]:
        """The projects of these keys, by document and place in it; `with_other` with fields that are read as none."""
        with self.catalogue.transaction() as connection:
            return contents.read_projects(connection, self.generation, keys, with_other=with_other)

    def figures(self, keys: Keys, roles: Sequence[str] = (), label: str | None = None) -> list[Figure]:
        """Their amounts in one of the roles, or what stands under a label of the source's own, in their order."""
        with self.catalogue.transaction() as connection:
            found = read_figures(connection, keys, roles, label)
            return found if found or label is None else read_labelled(connection, keys, label)

    def labelled(self, keys: Keys, label: str, most: int | None = None) -> list[Figure]:
        """What stands under a label of the source's own in these projects, in their order; at most `most`."""
        with self.catalogue.transaction() as connection:
            return read_labelled(connection, keys, label, most)

    def labelled_by(self, label: str) -> Keys:
        """Sorted keys of the projects that have something under a label of the source's own."""
        with self.catalogue.transaction() as connection:
            return keys_labelled(connection, self.generation, label)

    def periods(self) -> list[tuple[int, str, str]]:
        """(key, first day, last day), ISO 8601, of the projects of which both ends are told."""
        with self.catalogue.transaction() as connection:
            return read_periods(connection, self.generation)

    def document(self, identity: str) -> Document:
        """The document of an id, of its blocks the headings and front matter; the last ones asked for are kept."""
        found: Document = self._document(identity)
        return found

    @cached_property
    def _document(self):  # type: ignore[no-untyped-def]  # what lru_cache makes has no better name
        @lru_cache(maxsize=DOCUMENTS_KEPT)
        def document(identity: str) -> Document:
            with self.catalogue.transaction() as connection:
                return contents.read_document(connection, self.generation, identity)

        return document

    def passages_of(self, keys: Keys) -> list[Passage]:
        """The passages of projects, in order of document and place."""
        with self.catalogue.transaction() as connection:
            return contents.passages_of(connection, self.generation, keys)

    def passages_in(self, document: str) -> list[Passage]:
        """The passages of the document of an id, in order."""
        with self.catalogue.transaction() as connection:
            return contents.passages_in(connection, self.generation, document)

    def passages_that_hold(self, text: str) -> list[Passage]:
        """The passages that hold every word of `text`, in whatever form, by key."""
        with self.catalogue.transaction() as connection:
            found = contents.read_passages(
                connection, np.intersect1d(self._words.holding(text), self.rows.keys).tolist()
            )
        return [found[key] for key in sorted(found)]

    def texts(self, sources: Iterable[str]) -> dict[str, Document]:
        """Documents by source, to be quoted: without their blocks."""
        with self.catalogue.transaction() as connection:
            return read_texts(connection, self.generation, sources)

    def counts(self) -> dict[str, int]:
        """How many documents, projects and passages there are."""
        with self.catalogue.transaction() as connection:
            return contents.counts(connection, self.generation)

    def languages(self) -> dict[str, int]:
        """How many documents there are in each language, the most first."""
        with self.catalogue.transaction() as connection:
            return contents.languages(connection, self.generation)

    def passages(self) -> list[Passage]:
        """All passages, in order of document and place."""
        with self.catalogue.transaction() as connection:
            return contents.all_passages(connection, self.generation)

    def is_newest(self) -> bool:
        """Whether no sync has made another generation since this one was opened."""
        return self._facts()[:2] == (self.identity, self.generation)

    @cached_property
    def rows(self) -> Rows:
        """Keys of all passages, with those of their documents and projects."""
        with self.catalogue.transaction() as connection:
            return contents.passage_rows(connection, self.generation)

    @cached_property
    def _all(self) -> Findable:
        return self._findable(self.rows.keys)

    def _findable(self, keys: Keys) -> Findable:
        return Findable(keys, self._words.allow(keys), self._matrix.rows(keys))

    @cached_property
    def _filtered(self):  # type: ignore[no-untyped-def]  # what lru_cache makes has no better name
        @lru_cache(maxsize=FILTERS_KEPT)
        def filtered(filters: Filters) -> Findable:
            with self.catalogue.transaction() as connection:
                return self._findable(allowed_keys(connection, self.rows, filters))

        return filtered

    @property
    def encoder(self) -> "Encoder":
        """The store's embedding model; opened once in a process."""
        return open_encoder(self.model)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeddings of passages or parts of them, `(n_texts, dim)`, each of length 1."""
        return self.encoder.passages(texts)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """The embedding `(dim,)` of a question, of length 1."""
        made: NDArray[np.float32] = self.encoder.queries([canonical(question)])[0]
        return made

    def search(
        self,
        question: str,
        top_k: int = 10,
        filters: Filters | None = None,
        *,
        vector: NDArray[np.float32] | None = None,
        legs: Sequence[str] = (WORDS, DENSE),
    ) -> list[Hit]:
        """The `top_k` passages that fit `question` best, best first, among those that fulfil `filters`.

        `vector` `(dim,)` takes the place of the question's own embedding; `legs` are what is searched, by words, by
        meaning (`dense`) or both.
        """
        question = canonical(question)
        allowed: Findable = self._filtered(filters) if filters else self._all
        if not len(allowed.keys):
            return []
        candidates = max(top_k, min(CANDIDATES, max(CANDIDATES_LEAST, len(allowed.keys) // CANDIDATES_PART)))
        dense = words = Leg.empty()
        cosines = None
        # By meaning on one core while another looks the words up.
        meant = _beside().submit(self._by_meaning, question, vector, candidates, allowed) if DENSE in legs else None
        if WORDS in legs:
            words = Leg(*self._words.search(question, candidates, allowed.words))
        if meant:
            dense, asked = meant.result()
            cosines = self._matrix.vectors_of(words.keys) @ asked
        found, scores = fuse(dense, words, cosines)
        if not self.settings.reranker:
            return self._hits(found[:top_k], scores[:top_k])
        wanted = max(top_k, RERANKED)
        hits = self._hits(found[:wanted], scores[:wanted])
        return rerank(question, hits, open_reranker(self.settings.reranker))[:top_k]

    def likest_projects(
        self, vector: NDArray[np.float32], top_k: int, filters: Filters | None = None
    ) -> list[tuple[int, float]]:
        """Keys of the projects whose passages taken together, the mean of their embeddings, are nearest to `vector`.

        `vector` is `(dim,)` of length 1; with each key comes the cosine, best first.
        """
        allowed: Findable = self._filtered(filters) if filters else self._all
        kept = np.isin(self.rows.keys, allowed.keys) & (self.rows.projects > 0)
        order = np.argsort(self.rows.projects[kept], kind="stable")
        owners, keys = self.rows.projects[kept][order], self.rows.keys[kept][order]
        if not len(keys):
            return []
        found, starts = np.unique(owners, return_index=True)
        sums = np.add.reduceat(self._matrix.vectors_of(keys), starts)
        cosines = (sums @ vector) / np.linalg.norm(sums, axis=1)
        best = np.argsort(-cosines, kind="stable")[:top_k]
        return [(int(found[at]), float(cosines[at])) for at in best]

    def _by_meaning(
        self, question: str, vector: NDArray[np.float32] | None, candidates: int, allowed: Findable
    ) -> tuple[Leg, NDArray[np.float32]]:
        """What is nearest to the question, and the vector that it was compared by."""
        asked = self.embed_question(question) if vector is None else vector
        return Leg(*self._matrix.search(asked, candidates, allowed.rows)), asked

    def _hits(self, keys: Keys, scores: NDArray[np.float32]) -> list[Hit]:
        with self.catalogue.transaction() as connection:
            known = contents.read_passages(connection, keys.tolist())
        found = [(known[key], float(score)) for key, score in zip(keys.tolist(), scores, strict=True) if key in known]
        return [Hit(passage, score, rank) for rank, (passage, score) in enumerate(found, start=1)]

    def facts_of(self, passage: Passage) -> dict[str, str | int | None]:
        """What a passage is of: `source`, `document_id`, `title`, `project_id`, `project` (its title), `page`."""
        with self.catalogue.transaction() as connection:
            return contents.facts_of(connection, passage)

    def close(self) -> None:
        """Let go of the catalogue."""
        self.catalogue.close()


@cache
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="questions")

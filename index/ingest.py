"""The next generation: documents go into the catalogue and the views, and are seen all at once or not at all.

What is added is committed as it comes, so that memory stays small and what a killed attempt has embedded is used by the
next one; readers do not see it before `finish`. Knows nothing of files.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from corpus.document import Document
from corpus.record import Project
from index import contents
from index.catalogue import Catalogue
from index.contents import Found, Text
from index.encoder import Encoder
from index.errors import StoreLockedError
from index.facts import ATTEMPT, GENERATION, IDENTITY, MODEL, read_fact, read_number, write_fact
from index.matrix import Matrix
from index.passages import Passage, context, embedded_text
from index.tables import generations
from index.vectors import Vectors
from index.views import MATRIX, ViewsWriter, mark

PASSAGES_AT_ONCE = 512
"""Passages of one round; while they are embedded, those of the round before go into the views."""
CHARACTERS_AT_ONCE = 4_000_000
"""Characters of documents of one round; documents of many pages and of no prose weigh more than their passages."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files a generation added, changed and removed."""

    added: int
    changed: int
    removed: int


@dataclass(slots=True)
class _Round:
    """Documents that wait to be written together, with their vectors where they are given."""

    found: list[Found] = field(default_factory=list)
    vectors: list[NDArray[np.float32] | None] = field(default_factory=list)
    passages: int = 0
    characters: int = 0

    def add(self, one: Found, vectors: NDArray[np.float32] | None) -> None:
        self.found.append(one)
        self.vectors.append(vectors)
        self.passages += len(one.passages)
        self.characters += len(one.document.text)

    @property
    def full(self) -> bool:
        return self.passages >= PASSAGES_AT_ONCE or self.characters >= CHARACTERS_AT_ONCE


class Ingest:
    """One attempt at the next generation, under the writer's locks."""

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: Vectors,
        views: ViewsWriter,
        encoder: Callable[[], Encoder],
        *,
        reuse: bool = True,
    ) -> None:
        self._catalogue, self._vectors, self._views, self._encoder = catalogue, vectors, views, encoder
        self._round = _Round()
        # One thread: the views are written by one at a time, and mostly in code that lets Python go on meanwhile.
        self._adder = ThreadPoolExecutor(1, thread_name_prefix="views")
        self._adding: Future[None] | None = None
        with catalogue.transaction() as connection:
            self._seen = read_number(connection, GENERATION)
            self._identity = read_fact(connection, IDENTITY) or ""
            self._attempt = max(self._seen, read_number(connection, ATTEMPT)) + 1
            write_fact(connection, ATTEMPT, str(self._attempt))
        # Vectors that are there already, an unfinished attempt's among them.
        self._known = Matrix(views.folder / MATRIX) if reuse and (views.folder / MATRIX).exists() else None
        self.written = 0
        """Passages that are in the catalogue and on their way into the views."""
        self.embedded = 0
        """Those of them whose vectors were made, not found."""

    def add(
        self,
        document: Document,
        projects: Sequence[Project],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32] | None = None,
    ) -> None:
        """Add one document; `vectors` `(n_passages, dim)` of length 1 are for who has them."""
        by_id = {project.id: project for project in projects}
        contexts = [context(document, by_id.get(passage.project_id or "")) for passage in passages]
        digests = [digest_of(embedded_text(p, c)) for p, c in zip(passages, contexts, strict=True)]
        self._round.add(Found(document, projects, passages, contexts, digests), vectors)
        if self._round.full:
            self.flush()

    def flush(self) -> None:
        """Embed and write what waits. The catalogue first: no view holds what the catalogue does not know of."""
        waiting, self._round = self._round, _Round()
        if not waiting.found:
            return
        with self._catalogue.transaction() as connection:
            keys = contents.write(connection, waiting.found, self._attempt)
        texts = list(_texts(waiting.found, keys))
        if texts:
            given = [vectors for vectors in waiting.vectors if vectors is not None]
            whole = len(given) == len(waiting.found)
            vectors = np.concatenate(given) if whole else self._vectors_for(waiting.found, texts)
            self._wait()
            self._adding = self._adder.submit(self._add_to_views, np.concatenate(keys), texts, vectors)
        self.written += len(texts)

    def _add_to_views(self, keys: NDArray[np.int64], texts: Sequence[Text], vectors: NDArray[np.float32]) -> None:
        facts = [{"document": text.document, "project": text.project or ""} for text in texts]
        self._vectors.add(keys, vectors, facts)
        self._views.add(texts, vectors)

    def _wait(self) -> None:
        """Until the views have taken what was embedded before; what went wrong with it is raised here."""
        if self._adding:
            adding, self._adding = self._adding, None
            adding.result()

    def close(self) -> None:
        """Wait for what is under way; without `finish` before it, nobody will see it."""
        self._adder.shutdown(wait=True, cancel_futures=True)

    def _vectors_for(self, found: Sequence[Found], texts: list[Text]) -> NDArray[np.float32]:
        digests = [digest for one in found for digest in one.digests]
        vectors = self._known_vectors(digests)
        passages = [passage for one in found for passage in one.passages]
        wanted: dict[int, int] = {}  # digest → its first place: a register says the same many times
        for place, digest in enumerate(digests):
            if digest not in vectors:
                wanted.setdefault(digest, place)
        if wanted:
            to_embed = [embedded_text(passages[place], texts[place].context) for place in wanted.values()]
            vectors.update(zip(wanted, self._encoder().passages(to_embed), strict=True))
        self.embedded += len(wanted)
        return np.stack([vectors[digest] for digest in digests])

    def _known_vectors(self, digests: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Vectors by digest of what is embedded already."""
        if self._known is None or not len(self._known.keys):
            return {}
        with self._catalogue.transaction() as connection:
            found = contents.keys_with_digests(connection, digests)
        keys = np.array([key for _, key in found], dtype=np.int64)
        there = self._known.rows_of(keys) >= 0
        vectors = self._known.vectors_of(keys[there])
        return dict(zip((one[0] for one, here in zip(found, there, strict=True) if here), vectors, strict=True))

    def finish(self, stale: Iterable[int], changes: Changes, model: str) -> None:
        """Make this generation the one that is seen, without the documents of the keys in `stale`.

        Raises:
            StoreLockedError: another writer has taken over, as one may when a server loses the lock.
        """
        self.flush()
        self._wait()
        self._views.commit()
        mark(self._views.folder, self._identity, self._attempt)
        with self._catalogue.transaction() as connection:
            if read_number(connection, ATTEMPT) != self._attempt:
                raise StoreLockedError(f"{self._catalogue.where}: another process has begun to write; run this again")
            contents.forget_attempts(connection, self._seen, self._attempt)
            contents.remove(connection, stale, self._attempt)
            held = contents.counts(connection, self._attempt)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            counted = {"added": changes.added, "changed": changes.changed, "removed": changes.removed, **held}
            connection.execute(insert(generations).values(number=self._attempt, made_at=made, **counted))
            write_fact(connection, GENERATION, str(self._attempt))
            write_fact(connection, MODEL, model)
        self._sweep()

    def tidy(self, *, compact: bool = False) -> None:
        """Instead of adding and finishing: clear away what stopped attempts and earlier generations have left."""
        with self._catalogue.transaction() as connection:
            contents.forget_attempts(connection, self._seen, self._attempt)
        self._sweep(compact=compact)

    def _sweep(self, *, compact: bool = False) -> None:
        """Let the views go of what no generation from this one on sees; with `compact`, of its room as well."""
        with self._catalogue.transaction() as connection:
            gone = contents.unswept(connection, self._attempt)
        if len(gone):
            self._vectors.remove(gone)
            self._views.remove(gone)
            self._views.commit()
        with self._catalogue.transaction() as connection:
            if compact or self._views.needs_compaction(contents.counts(connection, self._attempt)["passages"]):
                self._views.compact(contents.passage_rows(connection, self._attempt).keys)
            if len(gone):
                contents.mark_swept(connection, self._attempt)


def digest_of(text: str) -> int:
    """A signed 64-bit number by which two texts are told apart: the first bytes of SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)


def _texts(found: Sequence[Found], keys: Sequence[NDArray[np.int64]]) -> Iterator[Text]:
    for one, own in zip(found, keys, strict=True):
        for passage, context_, key in zip(one.passages, one.contexts, own.tolist(), strict=True):
            document = one.document
            yield Text(key, context_, passage.text, document.language, document.source, passage.project_id)

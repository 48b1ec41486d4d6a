"""The vectors: a Chroma collection with one row a passage, in the store's folder or on a Chroma server.

Derived from the catalogue and shared by all readers, each of which searches a copy of it (`index.matrix`). A row's id
is the passage's key as a decimal number. Knows nothing of what the vectors mean.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError, UnreachableError, VectorsError, repair
from index.offline import stay_offline
from index.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings as ChromaSettings

FOLDER = "chroma"
COLLECTION = "passages"
UNCLOSED = "chroma.open"
"""Stands in the store's folder while a writer has rows to add: Chroma 1.5.9 changes the files of its graph in place,
and what a kill leaves of them may crash the process that reads it."""
AT_ONCE = 2_000
"""Rows of one call: Chroma bounds it at some 5,000, and the bound differs between builds of SQLite."""

ALMOST_FULL_BYTES = 64 << 20
"""With less free, an error of Chroma's is put down to the full disk, which not all its errors name: it gives back the
room that did not suffice, at most some thousand rows and a larger copy of its graph."""


@dataclass(slots=True)
class Vectors:
    """An open collection; `where` is how messages call it."""

    client: "ClientAPI"
    collection: "Collection"
    where: str
    folder: Path
    is_server: bool
    _wrote: bool = False

    def _mark(self) -> None:
        """Leave word that rows are being written: a process killed at it may leave files that crash a reader."""
        if not self.is_server and not self._wrote:
            (self.folder / UNCLOSED).touch()
            self._wrote = True

    def add(self, keys: NDArray[np.int64], embeddings: NDArray[np.float32], facts: Sequence[dict[str, Any]]) -> None:
        """Add rows; one that is there already is replaced. `facts` are for who looks into Chroma: project, document.

        Raises:
            VectorsError, UnreachableError: Chroma cannot take them.
        """
        ids = [str(key) for key in keys.tolist()]
        with self._translating():
            self._mark()
            for start in range(0, len(ids), AT_ONCE):
                part = slice(start, start + AT_ONCE)
                self.collection.upsert(ids[part], embeddings=embeddings[part], metadatas=list(facts[part]))

    def remove(self, keys: NDArray[np.int64]) -> None:
        """Drop rows; keys that are not there are passed over."""
        ids = [str(key) for key in keys.tolist()]
        with self._translating():
            self._mark()
            for start in range(0, len(ids), AT_ONCE):
                self.collection.delete(ids[start : start + AT_ONCE])

    def count(self) -> int:
        """How many rows there are."""
        with self._translating():
            return self.collection.count()

    def keys(self) -> NDArray[np.int64]:
        """All keys there, sorted."""
        found: list[str] = []
        with self._translating():
            while True:
                part = self.collection.get(include=[], limit=AT_ONCE * 10, offset=len(found))["ids"]
                found += part
                if len(part) < AT_ONCE * 10:
                    break
        numbers = [int(identity) if identity.isdigit() else -1 for identity in found]
        return np.sort(np.array(numbers, dtype=np.int64))

    def read(self, keys: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """(keys, vectors) of those of `keys` that are there, some thousands at a time, in no order."""
        for start in range(0, len(keys), AT_ONCE):
            with self._translating():
                part = [str(key) for key in keys[start : start + AT_ONCE].tolist()]
                rows = self.collection.get(part, include=["embeddings"])
            if rows["ids"]:
                yield np.array(rows["ids"], dtype=np.int64), np.asarray(rows["embeddings"], dtype=np.float32)

    def close(self) -> None:
        """Let go of the folder or the connections."""
        with self._translating():
            _close(self.client)
            if self._wrote:
                (self.folder / UNCLOSED).unlink(missing_ok=True)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        with _translated(self.where, self.folder, self.is_server):
            yield


def open_vectors(settings: Settings, identity: str) -> Vectors:
    """The vectors of a store, made if they are not there; `identity` tells the store from others on the same server.

    Raises:
        VectorsError: Chroma cannot open them.
        UnreachableError: the server does not answer.
        StoreError: ASSISTANT_CHROMA is not a URL.
    """
    stay_offline()
    where = settings.chroma or str(settings.store / FOLDER)
    if not settings.chroma and (settings.store / UNCLOSED).exists():
        raise VectorsError(
            f"{where} is being written, or its writer was stopped; if none is at work, make it again: "
            f"{repair(settings.store)}"
        )
    with _translated(where, settings.store, bool(settings.chroma)):
        client = _client(settings)
        name = f"{COLLECTION}-{identity[:16]}" if settings.chroma else COLLECTION
        try:
            collection = client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            # A damaged folder opens, and fails when it is read; one whose graph a kill has torn, when a vector is.
            collection.count()
            collection.get(limit=1, include=["embeddings"])
        except BaseException:
            _close(client)  # else the next one to open the folder gets this one's files, be they replaced or not
            raise
    return Vectors(client, collection, where, settings.store, bool(settings.chroma))


def clear_vectors(settings: Settings, identity: str) -> None:
    """Forget all vectors of a store."""
    if not settings.chroma:
        shutil.rmtree(settings.store / FOLDER, ignore_errors=True)
        (settings.store / UNCLOSED).unlink(missing_ok=True)
        return
    if not identity:
        return  # whatever is there is not known to be ours
    vectors = open_vectors(settings, identity)
    with _translated(vectors.where, settings.store, True):
        vectors.client.delete_collection(vectors.collection.name)
    vectors.close()


def _client(settings: Settings) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    if not settings.chroma:
        return _of_folder(str(settings.store / FOLDER), quiet)
    url = urlsplit(settings.chroma)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise StoreError(f"ASSISTANT_CHROMA={settings.chroma}: expected a URL such as http://localhost:8000")
    secure = url.scheme == "https"
    return chromadb.HttpClient(url.hostname, url.port or (443 if secure else 8000), ssl=secure, settings=quiet)


def _of_folder(folder: str, quiet: "ChromaSettings") -> "ClientAPI":
    """The client of a folder. Chroma 1.5.9 remembers one whose start failed and hands it out again: it is forgotten."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    known, used = SharedSystemClient._identifier_to_system, SharedSystemClient._identifier_to_refcount
    is_first = folder not in used
    try:
        return chromadb.PersistentClient(folder, settings=quiet)
    except BaseException:
        if is_first:
            known.pop(folder, None)
            used.pop(folder, None)
        raise


def _close(client: Any) -> None:
    """Close a client and, of one of a server, its connections too, which Chroma 1.5.9 keeps until the process ends."""
    from chromadb.api.shared_system_client import SharedSystemClient

    clients = [client, client._admin_client]
    systems = [one._system for one in clients]
    client.close()
    for one in clients:
        if session := getattr(one._server, "_session", None):  # those of a folder have none
            session.close()
            # A system of a server belongs to one client, and is entered a second time under a number nobody knows.
            known = SharedSystemClient._identifier_to_system
            for number in [number for number, system in list(known.items()) if system in systems]:
                del known[number]


def _almost_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ALMOST_FULL_BYTES
    except OSError:
        return False


@contextmanager
def _translated(where: str, folder: Path, is_server: bool) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # Chroma raises many kinds and, where its core panics, no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = " ".join(str(error).split())[:300]
        if is_server:
            raise UnreachableError(
                f"the Chroma server {where} does not answer ({reason}); start it: chroma run"
            ) from error
        if any(sign in reason for sign in ("disk is full", "No space left", "os error 28")) or _almost_full(
            folder / FOLDER
        ):
            raise StoreError(f"{where}: {reason}; free some space and run it again, nothing is lost") from error
        if "readonly database" in reason:
            raise StoreError(
                f"{where} cannot be written ({reason}), and Chroma opens nothing else; choose another with --store DIR"
            ) from error
        raise VectorsError(f"{where}: Chroma cannot use it ({reason}); make it again: {repair(folder)}") from error

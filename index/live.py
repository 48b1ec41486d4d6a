"""The newest generation of a store, for a process that runs for long: noticed by itself, opened while others read."""

import sys
import threading
import time

from corpus.errors import ProjectError
from index.settings import Settings
from index.store import Store

LOOK_SECONDS = 1.0
"""How often the catalogue is asked for a newer generation, at most, where nothing else is said."""


class LiveStore:
    """Gives the newest generation that can be opened; for any number of threads.

    Raises:
        StoreError: the store cannot be opened at all.
    """

    def __init__(self, settings: Settings, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._settings, self._look_seconds = settings, look_seconds
        self._store = Store(settings)
        self._before: Store | None = None
        self._looked = time.monotonic()
        self._lock = threading.Lock()

    def current(self) -> Store:
        """The store as it is now, or as it was where its new generation cannot be opened yet."""
        if time.monotonic() - self._looked >= self._look_seconds and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = time.monotonic()
                self._lock.release()
        return self._store

    def is_in_place(self) -> bool:
        """Whether the catalogue that is open is the one that stands there, not one that is gone and still readable."""
        return self._store.catalogue.is_in_place()

    def _look(self) -> None:
        try:
            if self.is_in_place() and self._store.is_newest():
                return
            newest = Store(self._settings)
        except ProjectError as error:
            # Another reader of this machine is catching up, or a server is away: what is open goes on answering.
            print(f"staying at generation {self._store.generation}: {error}", file=sys.stderr)
            return
        # Who asked before may still be reading from the one that was current; nobody from the one before that.
        before, self._before, self._store = self._before, self._store, newest
        if before:
            before.close()

    def close(self) -> None:
        """Let go of what is open."""
        for store in (self._store, self._before):
            if store:
                store.close()

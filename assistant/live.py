"""The assistant of a process that runs for long: over the newest generation of a store, for any number of threads."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.mending import Earlier, Mend
from assistant.precedent import Precedents
from assistant.precedents import SHOWN
from assistant.understood import Understood
from corpus.document import Document
from index.errors import StoreLockedError
from index.filters import Filters
from index.live import LiveStore
from index.settings import Settings
from index.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and what a page shows with it: documents cited, by id, how it was understood, what to ask next."""

    answer: Answer
    documents: Mapping[str, Document]
    generation: int
    understood: Understood | None
    suggestions: tuple[str, ...]
    mend: Mend | None


class LiveAssistant:
    """An Assistant over the newest generation of a store, for any number of threads.

    Raises:
        StoreError: the store cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self._live = LiveStore(settings, look_seconds=0)  # each question sees what is newest
        self._assistant = Assistant(self._live.current())
        # One question at a time: on a CPU two would not be faster.
        self._lock = threading.Lock()
        self.is_warm = False
        """Whether the model is loaded that questions about a text need."""

    @property
    def store(self) -> Store:
        """The store as last opened."""
        return self._assistant.store

    def current(self) -> Store:
        """The store as it is now."""
        return self._live.current()

    def ask(self, question: str, history: Sequence[Earlier | str] = (), mend: Mend | None = None) -> Told:
        """Return the answer and what a page shows with it."""
        with self._lock:
            assistant = self._newest()
            answer = assistant.ask(question, history)
            texts = assistant.store.texts({citation.document for citation in answer.citations})
            documents = {document.id: document for document in texts.values()}
            return Told(answer, documents, assistant.store.generation, None, (), mend)

    def examples(self, language: str) -> tuple[str, ...]:
        """Questions in a language that the store can answer."""
        return ()

    def precedents(self, idea: str, *, count: int = SHOWN, filters: Filters | None = None) -> Precedents:
        """The projects most like an idea, at most `count`, among those that fulfil `filters`."""
        with self._lock:
            return self._newest().precedents(idea, count=count, filters=filters)

    def check_in_place(self) -> None:
        """Make sure that what is written into the store stays in it.

        Raises:
            StoreLockedError: the store is being made anew in its place.
        """
        if not self._live.is_in_place():
            raise StoreLockedError("the documents are being read anew; try again in a moment")

    def warm(self) -> None:
        """Load the model that the first question about a text would have to wait for; takes seconds."""
        # Without the lock: questions about fields need no model and go on meanwhile.
        self.store.embed_question("warm")
        self.is_warm = True

    def _newest(self) -> Assistant:
        store = self._live.current()
        if store is not self._assistant.store:
            self._assistant = Assistant(store)
        return self._assistant

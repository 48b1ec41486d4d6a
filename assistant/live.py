"""The assistant of a process that runs for long: over the newest generation of a store, for any number of threads."""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.assistant import Assistant, Told
from assistant.examples import tried
from assistant.mend import History, Mend
from assistant.precedent import Precedents
from assistant.precedents import SHOWN
from assistant.question import UNCHANGED
from assistant.second_look import readings
from corpus.document import Document
from index.filters import Filters
from index.live import LiveStore
from index.settings import Settings
from index.store import Store

if TYPE_CHECKING:
    from assistant.llm.language_model import LanguageModel
    from assistant.llm.noted import Noted
    from assistant.llm.section import Material

PAUSE_SECONDS = 0.01
"""Between two questions that are tried as examples: whoever waits to ask comes in, as a lock alone does not see to."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question came back with, the documents that its answer cites, by id, and the store they are in."""

    told: Told
    documents: Mapping[str, Document]
    store: Store
    mend: Mend

    @property
    def answer(self) -> Answer:
        """The answer itself."""
        return self.told.answer


def noted(model: "LanguageModel | None") -> "Noted | None":
    """The model, watched for whether it answers."""
    if model is None:
        return None
    from assistant.llm.noted import Noted

    return Noted(model)


class LiveAssistant:
    """An Assistant over the newest generation of a store, for any number of threads; with a `model`, a fluent one.

    Raises:
        StoreError: the store cannot be opened.
    """

    def __init__(self, settings: Settings, model: "LanguageModel | None" = None) -> None:
        self.settings = settings
        self.model = noted(model)
        self._live = LiveStore(settings, look_seconds=0)  # each question sees what is newest
        self._assistant = Assistant(self._live.current())
        # One question at a time: on a CPU two would not be faster.
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._examples: dict[tuple[str, int, str], tuple[str, ...]] = {}
        self.is_warm = False
        """Whether the model is loaded that questions about a text need."""

    @property
    def model_name(self) -> str:
        """What the language model is called that writes answers; empty where there is none."""
        return self.model.name if self.model else ""

    @property
    def store(self) -> Store:
        """The store as last opened."""
        return self._assistant.store

    def current(self) -> Store:
        """The store as it is now."""
        return self._live.current()

    def is_in_place(self) -> bool:
        """Whether the store that is open is the one that stands there, not one that is gone and still readable."""
        return self._live.is_in_place()

    def ask(
        self, question: str, history: History = (), mend: Mend = UNCHANGED, *, language: str | None = None
    ) -> Answered:
        """Answer a question; `language` is the page's, in which it is told how the question was understood.

        Raises:
            MisuseError: the question holds no word.
        """
        *_, last = self.stream(question, history, mend, language=language)
        return last

    def stream(
        self, question: str, history: History = (), mend: Mend = UNCHANGED, *, language: str | None = None
    ) -> Iterator[Answered]:
        """The answer as it grows while a language model writes it; the last one is the whole, and without one the only.

        Others ask while the model is waited for, and while whoever asks looks at what there is so far.

        Raises:
            MisuseError: the question holds no word.
        """
        with self._lock:
            assistant = self._newest()
            steps = self._steps(assistant, question, history, mend, language)
        while True:
            with self._lock:
                told = next(steps, None)
                if told is None:
                    return
                texts = assistant.store.texts({citation.document for citation in told.answer.citations})
            yield Answered(told, {document.id: document for document in texts.values()}, assistant.store, mend)

    def _steps(
        self, assistant: Assistant, question: str, history: History, mend: Mend, language: str | None
    ) -> Iterator[Told]:
        if self.model is None:
            yield assistant.answer(question, history, mend, language=language)
        else:
            from assistant.llm.fluent import Fluent
            from assistant.llm.unlocked import Unlocked

            fluent = Fluent(assistant, Unlocked(self.model, self._lock))
            yield from fluent.stream(question, history, mend, language=language)

    def precedents(self, idea: str, *, count: int = SHOWN, filters: Filters | None = None) -> Precedents:
        """The projects most like an idea, at most `count`, among those that fulfil `filters`."""
        with self._lock:
            return self._newest().precedents(idea, count=count, filters=filters)

    def material(self, precedents: Precedents) -> "Material":
        """What a section about precedents may be written from."""
        from assistant.llm.section import gathered

        with self._lock:
            return gathered(precedents, self._newest().records)

    def examples(self, language: str) -> tuple[str, ...]:
        """Questions in a language that the store answers; none before `warm` has found them."""
        store = self._assistant.store
        return self._examples.get((store.identity, store.generation, language), ())

    def find_examples(self, language: str) -> tuple[str, ...]:
        """The same, looked for where they are not known yet; takes seconds at most, and questions go before."""
        store = self._live.current()
        key = (store.identity, store.generation, language)
        if key in self._examples:
            return self._examples[key]
        with self._looking:
            if key not in self._examples:
                self._examples[key] = self._look_for_examples(language)
            return self._examples[key]

    def _look_for_examples(self, language: str) -> tuple[str, ...]:
        with self._lock:
            steps = tried(self._newest(), language)
        found: tuple[str, ...] = ()
        while True:
            with self._lock:
                step = next(steps, None)
            if step is None:
                return found
            found = step
            time.sleep(PAUSE_SECONDS)

    def warm(self) -> None:
        """Load the model that the first question about a text would have to wait for; takes seconds."""
        # Without the lock: questions about fields need no model and go on meanwhile.
        self.store.embed_question("warm")
        if reading := readings(self.settings.reader):
            reading.warm()
        self.is_warm = True
        if self.model is not None:
            from assistant.llm.supported import prepare

            prepare()

    def close(self) -> None:
        """Let go of the store."""
        self._live.close()

    def _newest(self) -> Assistant:
        store = self._live.current()
        if store is not self._assistant.store:
            self._assistant = Assistant(store)
        return self._assistant

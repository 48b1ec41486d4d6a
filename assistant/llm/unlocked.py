"""A model that is waited for without the lock that whoever asks it holds, so that others can ask meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline, Prompt
from assistant.llm.passing import Passing


class Unlocked(Passing):
    """Asks another model. Whoever asks holds `lock`; each wait lets go of it, and takes it again when it is over."""

    def __init__(self, model: LanguageModel, lock: threading.Lock) -> None:
        super().__init__(model)
        self._lock = lock

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """See LanguageModel; between two pieces the lock is held."""
        pieces = iter(self._model.stream(prompt, deadline, reply_tokens=reply_tokens))
        try:
            while True:
                with self._asking():
                    piece = next(pieces, None)
                if piece is None:
                    return
                yield piece
        finally:
            if close := getattr(pieces, "close", None):
                close()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()

    _counting = _asking

"""A model that is waited for without the lock that whoever asks it holds, so that others can ask meanwhile."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline, Prompt
from assistant.model_settings import ModelSettings


class Unlocked:
    """Asks another model. Whoever asks holds `lock`; each wait lets go of it, and takes it again when it is over."""

    def __init__(self, model: LanguageModel, lock: threading.Lock) -> None:
        self._model = model
        self._lock = lock

    @property
    def settings(self) -> ModelSettings:
        """Those of the other."""
        return self._model.settings

    @property
    def name(self) -> str:
        """That of the other."""
        return self._model.name

    @property
    def context_tokens(self) -> int:
        """Those of the other, which may have to ask its server."""
        with self._waiting():
            return self._model.context_tokens

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """See LanguageModel; between two pieces the lock is held."""
        pieces = iter(self._model.stream(prompt, deadline, reply_tokens=reply_tokens))
        try:
            while True:
                with self._waiting():
                    piece = next(pieces, None)
                if piece is None:
                    return
                yield piece
        finally:
            if close := getattr(pieces, "close", None):
                close()

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """See LanguageModel."""
        with self._waiting():
            return self._model.reply(prompt, deadline, reply_tokens=reply_tokens)

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """See LanguageModel."""
        with self._waiting():
            return self._model.fill(prompt, schema, deadline, reply_tokens=reply_tokens)

    def count(self, text: str) -> int:
        """See LanguageModel."""
        with self._waiting():
            return self._model.count(text)

    def counts(self, texts: Sequence[str]) -> list[int]:
        """See LanguageModel."""
        with self._waiting():
            return self._model.counts(texts)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()

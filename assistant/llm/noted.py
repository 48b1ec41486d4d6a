"""A model of which it is noted whether it answered when it was last asked, for whoever looks after it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.errors import LanguageModelError
from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline, Prompt
from assistant.model_settings import ModelSettings


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went when a model was asked: `trouble` is why nothing came, empty where something did."""

    moment: datetime
    trouble: str = ""


class Noted:
    """Asks another model. `last` is how that went last, None before it was asked for the first time."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.last: Outcome | None = None

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
        """Those of the other."""
        return self._model.context_tokens

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """See LanguageModel; whoever goes away before the end leaves nothing noted."""
        with self._noting():
            yield from self._model.stream(prompt, deadline, reply_tokens=reply_tokens)

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """See LanguageModel."""
        with self._noting():
            return self._model.reply(prompt, deadline, reply_tokens=reply_tokens)

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """See LanguageModel."""
        with self._noting():
            return self._model.fill(prompt, schema, deadline, reply_tokens=reply_tokens)

    def count(self, text: str) -> int:
        """See LanguageModel."""
        return self._model.count(text)

    def counts(self, texts: Sequence[str]) -> list[int]:
        """See LanguageModel."""
        return self._model.counts(texts)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except LanguageModelError as error:
            self.last = Outcome(datetime.now(UTC), str(error))
            raise
        self.last = Outcome(datetime.now(UTC))

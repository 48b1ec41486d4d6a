"""Passing: a model that asks another one, with something of its own around it; its makers say what."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline, Prompt
from assistant.model_settings import ModelSettings


class Passing:
    """Hands everything on; `_asking` stands around what is said to the model, `_counting` around what is counted."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

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
        with self._counting():
            return self._model.context_tokens

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """See LanguageModel."""
        with self._asking():
            yield from self._model.stream(prompt, deadline, reply_tokens=reply_tokens)

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """See LanguageModel."""
        with self._asking():
            return self._model.reply(prompt, deadline, reply_tokens=reply_tokens)

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """See LanguageModel."""
        with self._asking():
            return self._model.fill(prompt, schema, deadline, reply_tokens=reply_tokens)

    def count(self, text: str) -> int:
        """See LanguageModel."""
        with self._counting():
            return self._model.count(text)

    def counts(self, texts: Sequence[str]) -> list[int]:
        """See LanguageModel."""
        with self._counting():
            return self._model.counts(texts)

    def _asking(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _counting(self) -> AbstractContextManager[None]:
        return nullcontext()

"""LanguageModel: what whoever plans, writes or drafts with a model knows of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from assistant.llm.message import Deadline, Prompt
from assistant.model_settings import ModelSettings


class LanguageModel(Protocol):
    """A model that is asked within a deadline; each way of asking raises a LanguageModelError where nothing comes."""

    @property
    def settings(self) -> ModelSettings:
        """Where it is, and how long a question may take."""
        ...

    @property
    def name(self) -> str:
        """What its server calls it."""
        ...

    @property
    def context_tokens(self) -> int:
        """Tokens that it reads at once, its reply included."""
        ...

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """Its reply in pieces, as they come."""
        ...

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """Its reply as a whole."""
        ...

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """Its reply as JSON that fits a schema."""
        ...

    def count(self, text: str) -> int:
        """Tokens of a text, never too few."""
        ...

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, never too few, with few requests."""
        ...

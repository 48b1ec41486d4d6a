"""A language model that fills any form with what it is given: for tests of what is made of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.errors import LanguageModelError
from assistant.llm.message import Deadline, Prompt
from assistant.model_settings import ModelSettings


class Filled:
    """Gives `form` whatever it is asked, or fails where it is None; keeps the prompts that it was given."""

    def __init__(self, form: object, *, context_tokens: int = 4096) -> None:
        self.form = form
        self.prompts: list[Prompt] = []
        self.settings = ModelSettings("http://127.0.0.1:9/v1", "filled", context_tokens=context_tokens)

    @property
    def name(self) -> str:
        """Its name."""
        return self.settings.model

    @property
    def context_tokens(self) -> int:
        """What it reads at once."""
        return self.settings.context_tokens

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """Give the form."""
        assert schema["type"] == "object"
        assert reply_tokens < self.context_tokens
        assert deadline.left_s > 0
        self.prompts.append(prompt)
        if self.form is None:
            raise LanguageModelError("it fills no form")
        return self.form

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """Say nothing: no plan is made of prose."""
        raise NotImplementedError

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """Say nothing: no plan is made of prose."""
        raise NotImplementedError

    def count(self, text: str) -> int:
        """Count a token for every three characters."""
        return len(text) // 3 + 1

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Count those of each."""
        return [self.count(text) for text in texts]

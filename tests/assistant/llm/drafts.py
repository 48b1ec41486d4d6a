"""A scripted writer of drafts for tests: what it says of a project is made of the sources that it is given."""

# ruff: noqa: ARG002  # what a model is given is not for this one to choose
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from assistant.errors import LanguageModelError
from assistant.llm.message import Deadline, Prompt
from assistant.model_settings import ModelSettings

OPENING = {
    "en": "The projects below are relevant to this call.",
    "ro": "Proiectele de mai jos sunt relevante pentru acest apel.",
}
CLOSING = {"en": "The sources are listed below.", "ro": "Sursele sunt enumerate mai jos."}
Says = Callable[[Sequence[tuple[str, str]]], str]
"""From the sources of a paragraph, (number, text), to the paragraph."""


def honest(sources: Sequence[tuple[str, str]]) -> str:
    """The first two sources, word by word."""
    return "\n".join(f"{text} [S{n}]" for n, text in sources[:2])


def reply_to(prompt: str, says: Says, again: str = "") -> str:
    """What is said to a prompt of a draft: an opening, a paragraph, a closing, or to a second try `again`."""
    language = "ro" if "Romanian" in prompt else "en"
    if "cannot be used" in prompt:
        return again
    if "The sources:" in prompt:
        return says(re.findall(r"^\[S(\d+)\] (.+)$", prompt, re.MULTILINE))
    return OPENING[language] if "open the section" in prompt else CLOSING[language]


class Writer:
    """A LanguageModel that says so, in pieces of a few characters.

    It breaks off at the requests `fails_at`, and where `again` is None, at each second try.
    """

    def __init__(
        self, says: Says = honest, again: str | None = "", *, context_tokens: int = 4096, fails_at: Sequence[int] = ()
    ) -> None:
        self.settings = ModelSettings("http://127.0.0.1:1/v1", "writer", context_tokens=context_tokens)
        self.name = "writer"
        self.context_tokens = context_tokens
        self.prompts: list[str] = []
        self.closed = 0
        self._says, self._again, self._fails_at = says, again, fails_at

    def count(self, text: str) -> int:
        """A token for each three characters."""
        return len(text) // 3 + 1

    def counts(self, texts: Sequence[str]) -> list[int]:
        """The same of many."""
        return [self.count(text) for text in texts]

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """In pieces; notes when it is closed before its end."""
        told = self._told(prompt)
        at = 0
        try:
            for at in range(0, len(told), 7):
                if len(self.prompts) in self._fails_at and at > len(told) // 2:
                    raise LanguageModelError("the connection broke")
                yield told[at : at + 7]
        except GeneratorExit:
            self.closed += 1
            raise

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """At once."""
        return self._told(prompt)

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """Nothing of a draft is filled in."""
        raise LanguageModelError("not asked for here")

    def _told(self, prompt: Prompt) -> str:
        text = "\n".join(message.text for message in prompt)
        self.prompts.append(text)
        if self._again is None and "cannot be used" in text:
            raise LanguageModelError("its reply is empty")
        return reply_to(text, self._says, self._again or "")

"""Whether a model answered when it was last asked is known, and its replies are what they were."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from assistant.errors import LanguageModelError
from assistant.llm.message import USER, Deadline, Message, Prompt
from assistant.llm.noted import Noted
from assistant.model_settings import Key, ModelSettings

HELLO = (Message(USER, "Hello"),)


class Fickle:
    """Breaks off behind the second piece as long as `trouble` says why."""

    settings = ModelSettings("http://127.0.0.1:9/v1", "tiny-1", Key("sk-planted"))
    name = "tiny-1"
    context_tokens = 2048
    trouble = ""
    is_closed = False

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """Three pieces."""
        try:
            yield from ("Good ", "day ")
            if self.trouble and deadline.left_s:
                raise LanguageModelError(self.trouble)
            yield f"{prompt[0].text} {reply_tokens}"
        finally:
            self.is_closed = True

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """All of them."""
        return "".join(self.stream(prompt, deadline, reply_tokens=reply_tokens))

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """The schema itself."""
        self.reply(prompt, deadline, reply_tokens=reply_tokens)
        return schema

    def count(self, text: str) -> int:
        """Words."""
        return len(text.split())

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Words of each."""
        return list(map(self.count, texts))


@pytest.mark.parametrize("way", ["stream", "reply", "fill"])
def test_how_it_went_last_is_noted_however_it_was_asked(way: str) -> None:
    fickle = Fickle()
    noted = Noted(fickle)

    def ask() -> object:
        given: tuple[Any, ...] = ({"a": 1},) if way == "fill" else ()
        told = getattr(noted, way)(HELLO, *given, Deadline.within(5), reply_tokens=7)
        return list(told) if way == "stream" else told

    assert noted.last is None
    expected = {"stream": ["Good ", "day ", "Hello 7"], "reply": "Good day Hello 7", "fill": {"a": 1}}
    assert ask() == expected[way]
    assert noted.last
    assert noted.last.trouble == ""
    fickle.trouble = "the connection broke"
    with pytest.raises(LanguageModelError, match="the connection broke"):
        ask()
    assert noted.last.trouble == "the connection broke"
    fickle.trouble = ""
    ask()
    assert noted.last.trouble == ""


def test_whoever_goes_away_closes_the_connection_and_says_nothing_of_the_model() -> None:
    fickle = Fickle()
    noted = Noted(fickle)
    pieces = noted.stream(HELLO, Deadline.within(5), reply_tokens=7)
    assert next(pieces) == "Good "
    pieces.close()  # type: ignore[attr-defined]  # a generator
    assert fickle.is_closed
    assert noted.last is None


def test_all_else_is_that_of_the_model() -> None:
    noted = Noted(Fickle())
    assert (noted.name, noted.context_tokens, noted.settings) == ("tiny-1", 2048, Fickle.settings)
    assert (noted.count("a b"), noted.counts(["a", "a b"])) == (2, [1, 2])

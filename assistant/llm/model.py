"""Model: a language model that is told a prompt and replies, in pieces, whole or as JSON, always within a deadline.

Whatever its server does, what comes of it is text or a LanguageModelError. Knows nothing of documents and answers.
"""

import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from assistant.errors import LanguageModelError, RefusedError
from assistant.llm.breaker import Breaker
from assistant.llm.chat import Chat
from assistant.llm.message import Deadline, Prompt
from assistant.llm.structured import KINDS, REFUSALS, form, is_ignored, read_object, told
from assistant.llm.thinking import whole_characters, without_thinking
from assistant.llm.tokens import Tokens
from assistant.llm.window import served_window
from assistant.model_client import load_client
from assistant.model_settings import ModelSettings

CHARACTERS_PER_TOKEN = 16
"""No tokenizer makes more of a token of prose; a reply longer than that has left the bound it was given behind."""
EMPTY = "its reply is empty"
NOT_ASKED_FOR = "its reply is not what was asked for"
SETTING, SERVER, DEFAULT = "setting", "server", "default"


class Model:
    """One model on one server. Any number of threads may share it; making it connects to nothing.

    Raises:
        MisuseError: the extra `llm` is not installed, or the file set as its tokenizer is none.
    """

    def __init__(self, settings: ModelSettings) -> None:
        load_client()
        self.settings = settings
        self.name = settings.model
        self._tokens = Tokens(settings)
        self._chat = Chat(settings)
        self._turn = threading.Lock()
        self._refused_kinds: frozenset[str] = frozenset()
        self._window: int | None = None
        self._window_breaker = Breaker()

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:
        """The reply in pieces, none empty, as they come; closing this closes the connection.

        Ends where the reply is much longer than `reply_tokens`, which the server should have seen to.

        Raises:
            LanguageModelError: after the pieces that came before it; also where none came at all.
        """
        is_empty = True
        with closing(self._spoken(prompt, deadline, reply_tokens, {})) as pieces:
            for piece in pieces:
                is_empty = is_empty and not piece.strip()
                yield piece
        if is_empty:
            raise LanguageModelError(EMPTY)

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """The whole reply.

        Raises:
            LanguageModelError: it did not come, or not to its end.
        """
        return "".join(self.stream(prompt, deadline, reply_tokens=reply_tokens))

    def fill(self, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> object:
        """A JSON object that is valid against `schema`.

        Asks in up to three ways, and not again in one that the server has refused. `schema` is best one that strict
        servers take: every property required, `additionalProperties` false.

        Raises:
            LanguageModelError: nothing valid came.
        """
        failure = LanguageModelError(NOT_ASKED_FOR)
        refused: set[str] = set()
        for kind in (kind for kind in KINDS if kind not in self._refused_kinds):
            found, refusal = self.fill_by(kind, prompt, schema, deadline, reply_tokens=reply_tokens)
            if found is not None:
                with self._turn:
                    self._refused_kinds |= refused
                return found
            if refusal is not None:
                refused.add(kind)
                failure = refusal
        raise failure

    def fill_by(
        self, kind: str, prompt: Prompt, schema: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int
    ) -> tuple[object, LanguageModelError | None]:
        """The same asked in one of the three ways of KINDS: the object or None, and whether the server refused.

        Raises:
            LanguageModelError: what went wrong has nothing to do with the way to ask.
        """
        try:
            pieces = self._spoken(told(prompt, schema, kind), deadline, reply_tokens, form(schema, kind))
            text = "".join(pieces)
        except RefusedError as error:
            if error.status not in REFUSALS:
                raise
            return None, error
        found = read_object(text, schema)
        if found is None and is_ignored(text):
            return None, LanguageModelError(NOT_ASKED_FOR)
        return found, None

    def calls(self, prompt: Prompt, tool: Mapping[str, Any], deadline: Deadline, *, reply_tokens: int) -> bool:
        """Whether it calls the tool that it is offered; no where the server refuses tools.

        Raises:
            LanguageModelError: what went wrong has nothing to do with tools.
        """
        pieces = self._chat.pieces(prompt, deadline, reply_tokens, {"tools": [dict(tool)]})
        with closing(pieces):
            while True:
                try:
                    next(pieces)
                except StopIteration as end:
                    return bool(end.value.is_call)
                except RefusedError as error:
                    if error.status not in REFUSALS:
                        raise
                    return False

    def count(self, text: str) -> int:
        """How many tokens a text is, never too few; may ask the server."""
        return self._tokens.count(text)

    def counts(self, texts: Sequence[str]) -> list[int]:
        """The same of many texts, by one request at most; see `Tokens.counts` for what that costs in accuracy."""
        return self._tokens.counts(texts)

    @property
    def tokenizer(self) -> str:
        """Who counts tokens: `file`, `server` or `bound`; may ask the server."""
        return self._tokens.source

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may be together; may ask the server, once."""
        return self.window[0]

    @property
    def window(self) -> tuple[int, str]:
        """The same, and who says so: `setting`, `server` or `default`."""
        if self.settings.is_context_set:
            return self.settings.context_tokens, SETTING
        if self._window is None and not self._window_breaker.is_open and not self._chat.is_given_up:
            try:
                self._window = served_window(self.settings) or 0
            except LanguageModelError:
                self._window_breaker.fail()
        return (self._window, SERVER) if self._window else (self.settings.context_tokens, DEFAULT)

    def _spoken(
        self, prompt: Prompt, deadline: Deadline, reply_tokens: int, more: Mapping[str, Any]
    ) -> Generator[str, None, None]:
        """The pieces of a reply without what was thought before it."""
        sent = self._chat.pieces(prompt, deadline, reply_tokens, more)
        yield from without_thinking(whole_characters(_bounded(sent, CHARACTERS_PER_TOKEN * reply_tokens)))


def _bounded(pieces: Generator[str, None, object], most: int) -> Generator[str, None, None]:
    """So many characters and no more, where a server pays no heed to the bound it was given."""
    with closing(pieces):
        for piece in pieces:
            yield piece[:most]
            most -= len(piece)
            if most <= 0:
                return

"""Chat: a prompt goes to the server, the pieces of its reply come back, and it is asked again where that helps.

Remembers what the server refuses and when it was last out of reach. Knows nothing of what the reply says.
"""

import threading
import time
from collections.abc import Generator, Mapping
from functools import partial
from typing import Any

from assistant.alone import pieces_alone
from assistant.errors import BrokenError, LanguageModelError, NoReplyError, RefusedError
from assistant.llm.breaker import Breaker
from assistant.llm.message import Deadline, Prompt
from assistant.model_client import Sent, send
from assistant.model_settings import ModelSettings

MOST_WAIT_S = 3.0
"""How long a server that asks for a pause is waited for, before a visitor gets the answer without a model."""
PAUSE_S = 0.5
"""Before a server that failed, and names no pause, is asked once more."""
PASSING = (408, 409, 425, 429, 500, 502, 503, 504)
"""Statuses that may be others a moment later."""
FAIR_S = 1.0
"""A server that had less time than this and gave no reply is not taken for one that gives none."""


class Chat:
    """With one server; any number of threads may share it."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._breaker = Breaker()
        self._without: frozenset[str] = frozenset()
        self._turn = threading.Lock()

    @property
    def is_given_up(self) -> bool:
        """Whether the server was out of reach a moment ago."""
        return self._breaker.is_open

    def pieces(
        self, prompt: Prompt, deadline: Deadline, reply_tokens: int, more: Mapping[str, Any]
    ) -> Generator[str, None, Sent]:
        """The reply as it comes, with `more` in the request; the generator's value is how it ended.

        Closing it closes the connection. Where no piece came the server is asked again: without what it does not
        know, and once more where it failed.

        Raises:
            LanguageModelError: after the pieces that came before it.
        """
        self._breaker.check()
        without, may_wait = self._without, True
        while deadline.left_s:
            within_s = min(deadline.left_s, self._settings.timeout_s)
            asked = partial(
                send, self._settings, prompt, within_s, reply_tokens=reply_tokens, without=without, more=more,
                on_piece=self._breaker.succeed,
            )  # fmt: skip
            sent = yield from pieces_alone(asked)
            self._note(sent, within_s, without)
            if sent.failure is None:
                return sent
            if sent.is_begun:
                raise sent.failure
            unknown = sent.failure.named - without if isinstance(sent.failure, RefusedError) else frozenset()
            without |= unknown
            if unknown:
                continue
            wait_s = _wait_s(sent.failure)
            if not may_wait or wait_s is None or wait_s >= deadline.left_s:
                raise sent.failure
            may_wait = False
            time.sleep(wait_s)
        raise LanguageModelError("no time is left to ask it")

    def _note(self, sent: Sent, within_s: float, without: frozenset[str]) -> None:
        if sent.failure is None:
            with self._turn:
                self._without |= without
        if sent.is_begun or not isinstance(sent.failure, NoReplyError):
            self._breaker.succeed()
        elif sent.failure.is_unreachable or within_s >= FAIR_S:
            self._breaker.fail()


def _wait_s(failure: LanguageModelError) -> float | None:
    """After how long to ask once more; None where that would not help, or would take too long."""
    if isinstance(failure, BrokenError):
        return 0.0
    if not isinstance(failure, RefusedError) or failure.status not in PASSING:
        return None
    wait_s = PAUSE_S if failure.wait_s is None else failure.wait_s
    return wait_s if wait_s <= MOST_WAIT_S else None

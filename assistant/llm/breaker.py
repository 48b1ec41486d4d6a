"""Breaker: after a server was not reached, nobody waits for it again for a while. Knows no server."""

import threading
import time

from assistant.errors import LanguageModelError

PAUSE_S = 30.0
"""For how long nobody waits; then one request tries again, and the others wait for how it ends."""


class Breaker:
    """Open for a while after each failure; a success closes it. Any number of threads may share one."""

    def __init__(self, pause_s: float = PAUSE_S) -> None:
        self._pause_s = pause_s
        self._until: float | None = None
        self._turn = threading.Lock()

    def check(self) -> None:
        """Let one request through where the pause is over, all of them where nothing failed.

        Raises:
            LanguageModelError: it failed a moment ago.
        """
        with self._turn:
            now = time.monotonic()
            if self._until is None:
                return
            if now < self._until:
                left = self._until - now
                raise LanguageModelError(f"not asked, as it gave no reply a moment ago; again in {left:.0f} s")
            self._until = now + self._pause_s  # whoever comes next waits for how this one ends

    @property
    def is_open(self) -> bool:
        """Whether `check` would refuse."""
        with self._turn:
            return self._until is not None and time.monotonic() < self._until

    def fail(self) -> None:
        """It was not reached."""
        with self._turn:
            self._until = time.monotonic() + self._pause_s

    def succeed(self) -> None:
        """It was."""
        with self._turn:
            self._until = None

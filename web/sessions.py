"""Sessions: who is logged in, in memory; of each token only its hash is kept. Knows no cookies and no pages."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from web.users import KnownUsers, User, UsersError

IDLE_SECONDS = 30 * 60
"""After so long without a request a session is over."""
LONGEST_SECONDS = 12 * 60 * 60
"""After so long it is over in any case: a working day."""
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody logged in; times in seconds of the clock."""

    user: User
    begun: float
    seen: float


class Sessions:
    """Sessions of the users of a file, for any number of threads; all over when the process ends.

    A session lasts while its user is in the file as it was when it began: with another password or role, or none of
    that name, it is over. `clock` gives seconds, from whenever.
    """

    def __init__(
        self, users: KnownUsers, *, idle_seconds: float = IDLE_SECONDS, longest_seconds: float = LONGEST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._users, self._clock = users, clock
        self._idle, self._longest = idle_seconds, longest_seconds
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def begin(self, user: User) -> str:
        """Start a session; returns its token, which is for the user's browser only."""
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._clock()
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if self._is_fresh(one, now)}
            self._sessions[_key(token)] = Session(user, now, now)
        return token

    def user(self, token: str, *, is_active: bool = False) -> User | None:
        """Whose session this is, None where it is over; `is_active`, where somebody does something, keeps it going."""
        key, now = _key(token), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if not self._is_fresh(session, now) or not self._is_known(session.user):
                del self._sessions[key]
                return None
            if is_active:
                self._sessions[key] = replace(session, seen=now)
            return session.user

    def end(self, token: str) -> None:
        """Log out; of a session that is over already nothing is said."""
        with self._lock:
            self._sessions.pop(_key(token), None)

    def _is_fresh(self, session: Session, now: float) -> bool:
        return now - session.seen < self._idle and now - session.begun < self._longest

    def _is_known(self, user: User) -> bool:
        try:
            return self._users.current().get(user.name) == user
        except UsersError:
            return False  # the login page says what is wrong


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()

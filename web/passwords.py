"""Passwords: how they are kept (argon2id, as the library advises), and what is asked of a new one. Knows no users."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import MisuseError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_LENGTH = 12
"""Characters of a new password. Nothing else is asked of it: such rules make passwords worse (NIST SP 800-63B)."""
MOST_LENGTH = 256
"""Characters; more is no better, and each has to be hashed for whoever asks."""
KIND = "$argon2id$"
"""How every hash that is kept begins."""


def hash_password(password: str) -> str:
    """Make the hash of a password; takes some 50 ms and 64 MiB, as it would for whoever guesses."""
    return _hasher().hash(_written(password))


def hash_new(password: str) -> str:
    """Make the hash of a new password.

    Raises:
        MisuseError: it is too short or too long; the message does not hold it.
    """
    written = _written(password)
    if len(written) < LEAST_LENGTH:
        raise MisuseError(f"the password has {len(written)} characters; give {LEAST_LENGTH} or more, several words say")
    if len(written) > MOST_LENGTH:
        raise MisuseError(f"the password has {len(written)} characters; give {MOST_LENGTH} or fewer")
    return hash_password(written)


def matches(hashed: str | None, password: str) -> bool:
    """Whether this is the password of a hash; None, for a user who is not there, takes as long and is never right."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        right = _hasher().verify(hashed or _nobodys(), _written(password[: MOST_LENGTH + 1]))
    except (InvalidHashError, VerificationError):
        return False
    return right and hashed is not None


def is_outdated(hashed: str) -> bool:
    """Whether the hash was made with other parameters than a new one would be."""
    return _hasher().check_needs_rehash(hashed)


def _written(password: str) -> str:
    # An ș may be typed as one character or as s and a comma below, and has to be the same password.
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody's password, which nothing that is typed can be made to match")

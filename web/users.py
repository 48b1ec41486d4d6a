"""Users: who may log in and what they may do there, in a file of names, roles and hashes of passwords.

The file is JSON, readable by its owner only, and replaced as a whole: a reader sees the old one or the new one. Knows
no sessions and no pages.
"""

import json
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.errors import MisuseError, ProjectError
from web.passwords import KIND, hash_new, hash_password, is_outdated, matches

FILE, VARIABLE = "users.json", "ASSISTANT_USERS"
EDITOR, VIEWER = "editor", "viewer"
ROLES = {EDITOR: "changes documents, evaluation and feedback", VIEWER: "looks at all of it and changes nothing"}
NAME = re.compile(r"[^\W_](?:[\w.@-]{0,62}[^\W_])?")
"""What a name may be, in small letters: letters, digits and, within, `. _ - @`; 64 characters at most."""
LOCK_SECONDS = 10
"""How long to wait while another command writes the file."""

Users = Mapping[str, "User"]


class UsersError(ProjectError):
    """The file of users cannot be read or written."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in."""

    name: str
    role: str
    hashed: str = field(repr=False)


def may_change(user: User) -> bool:
    """Whether a user may change documents, evaluation and feedback, or only look."""
    return user.role == EDITOR


def users_path(store: Path, given: str | None = None, environment: Mapping[str, str] | None = None) -> Path:
    """Where the users of a store are: as the command line says, else `ASSISTANT_USERS`, else in the store's folder."""
    told = os.environ if environment is None else environment
    return Path(given or told.get(VARIABLE) or store / FILE)


def plain_name(name: str) -> str:
    """A name as it is kept and compared: `Ana ` is `ana`."""
    return unicodedata.normalize("NFC", name).strip().lower()


def read_users(path: Path) -> dict[str, User]:
    """Users by name, sorted; none where there is no file.

    Raises:
        UsersError: the file cannot be read or is not one of users.
    """
    try:
        users = [_user(row) for row in json.loads(path.read_text(encoding="utf-8"))["users"]]
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsersError(
            f"{path} cannot be read: {error.strerror}; give it to the user that the server runs as"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        # Without the cause's words, which may quote a line of the file.
        raise UsersError(
            f"{path} is not a file of users; put back a copy, or remove it and make them again: "
            "python -m web users add NAME"
        ) from error
    return {user.name: user for user in sorted(users, key=lambda user: user.name)}


def _user(row: Any) -> User:
    user = User(str(row["name"]), str(row["role"]), str(row["hash"]))
    if user.name != plain_name(user.name) or user.role not in ROLES or not user.hashed.startswith(KIND):
        raise ValueError("name, role or hash")
    return user


def known_user(path: Path, name: str) -> User:
    """The user of a name.

    Raises:
        MisuseError: there is none.
        UsersError: the file cannot be read or is not one of users.
    """
    return _known(path, read_users(path), name)


def add_user(path: Path, name: str, role: str, password: str) -> User:
    """Add somebody who is not there yet.

    Raises:
        MisuseError: there is such a user, or name, role or password is not one.
        UsersError: the file cannot be read or written.
    """
    name = plain_name(name)
    if not NAME.fullmatch(name):
        raise MisuseError(f"{name!r} is not a name: give letters and digits, with . _ - or @ between them, 64 at most")
    user = User(name, _role(role), hash_new(password))
    with _changing(path) as users:
        if name in users:
            raise MisuseError(f"{name} is there already; to set a password: python -m web users password {name}")
        users[name] = user
    return user


def set_password(path: Path, name: str, password: str) -> User:
    """Give a user a new password; whoever is logged in by that name is so no longer.

    Raises:
        MisuseError: there is no such user, or the password is too short or too long.
        UsersError: the file cannot be read or written.
    """
    return _change(path, name, hashed=hash_new(password))


def set_role(path: Path, name: str, role: str) -> User:
    """Give a user another role; whoever is logged in by that name is so no longer.

    Raises:
        MisuseError: there is no such user or role.
        UsersError: the file cannot be read or written.
    """
    return _change(path, name, role=_role(role))


def remove_user(path: Path, name: str) -> None:
    """Remove a user; whoever is logged in by that name is so no longer.

    Raises:
        MisuseError: there is no such user.
        UsersError: the file cannot be read or written.
    """
    with _changing(path) as users:
        del users[_known(path, users, name).name]


def verify(path: Path, name: str, password: str) -> User | None:
    """The user whose name and password these are. A name that nobody has takes as long as a wrong password.

    A hash made with parameters of the past is made anew, now that the password is at hand.

    Raises:
        UsersError: the file cannot be read.
    """
    user = read_users(path).get(plain_name(name))
    if not matches(user.hashed if user else None, password) or user is None:
        return None
    return _renewed(path, user, password) if is_outdated(user.hashed) else user


def _renewed(path: Path, user: User, password: str) -> User:
    renewed = replace(user, hashed=hash_password(password))
    try:
        with _changing(path) as users:
            if users.get(user.name) != user:
                return user  # somebody has changed it in the meantime
            users[user.name] = renewed
    except UsersError:
        return user  # the server may read the file and not write it
    return renewed


def _change(path: Path, name: str, **changes: str) -> User:
    with _changing(path) as users:
        user = replace(_known(path, users, name), **changes)
        users[user.name] = user
    return user


def _known(path: Path, users: Users, name: str) -> User:
    if user := users.get(plain_name(name)):
        return user
    there = f"choose one of {', '.join(users)}, or add one" if users else "add one"
    raise MisuseError(f"{path} has no user {name!r}; {there}: python -m web users add NAME")


def _role(role: str) -> str:
    if role not in ROLES:
        raise MisuseError(f"{role!r} is not a role; choose {' or '.join(ROLES)}")
    return role


@contextmanager
def _changing(path: Path) -> Iterator[dict[str, User]]:
    """The users, to be changed by one process at a time and written in the end, unless something was raised."""
    from filelock import FileLock, Timeout

    path = path.resolve()  # a link stays one
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS):
            users = read_users(path)
            yield users
            _write(path, users)
    except Timeout as error:
        raise UsersError(f"{path} is being written by another command; run it again when that is done") from error
    except OSError as error:
        raise UsersError(f"{path} cannot be written: {error.strerror}; choose another with --file F") from error


def _write(path: Path, users: Users) -> None:
    rows = [{"name": user.name, "role": user.role, "hash": user.hashed} for user in users.values()]
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(new, "x", encoding="utf-8", opener=_private) as file:  # Path.open takes no opener
            file.write(json.dumps({"users": rows}, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, mode=0o600)


class KnownUsers:
    """The users of a file as it is now; it is read again only when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, Users] = (None, {})

    def is_there(self) -> bool:
        """Whether there is a file at all."""
        return self.path.exists()

    def current(self) -> Users:
        """Users by name; none where there is no file.

        Raises:
            UsersError: the file cannot be read or is not one of users.
        """
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UsersError(f"{self.path} cannot be read: {error.strerror}; give it to the server's user") from error
        version = (state.st_ino, state.st_mtime_ns, state.st_size)
        if self._read[0] != version:
            self._read = (version, read_users(self.path))
        return self._read[1]

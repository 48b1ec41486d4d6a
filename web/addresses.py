"""Addresses of the app: what is below the staff pages, however it is written, and where one may be led after login."""

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from starlette.types import Scope

STAFF = "/staff"
LOGIN, LOGOUT = f"{STAFF}/login", f"{STAFF}/logout"
UNQUOTED = 3
"""How many times over a path may be percent-encoded and still be seen through."""
PLAIN = re.compile(rf"{STAFF}(?:/[\w/.~%-]*)?(?:\?[\w/.~&=+%-]*)?", re.ASCII)
"""An address below the staff pages with nothing in it that a browser could take for another host."""


def is_below(scope: "Scope") -> bool:
    """Whether a request is for the staff pages, or would be if a proxy straightened its path."""
    path = scope["path"]
    return _is_below(path) or _is_below(path.removeprefix(scope.get("root_path", "")))


def _is_below(path: str) -> bool:
    for _ in range(UNQUOTED):
        path = unquote(path)
    plain = re.sub("/+", "/", "/" + path.replace("\\", "/")).lower()
    return any(one == STAFF or one.startswith(f"{STAFF}/") for one in (plain, posixpath.normpath(plain)))


def asked_address(address: str) -> str:
    """Where to lead somebody after login: to the address they asked for, if it is a staff page; else to the first."""
    is_plain = PLAIN.fullmatch(address) and ".." not in unquote(address) and not address.startswith((LOGIN, LOGOUT))
    return address if is_plain else STAFF

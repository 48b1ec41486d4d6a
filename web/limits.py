"""How much whoever asks may send at once; what is longer is refused before it is held in memory or on disk.

Middleware that counts what comes in. Knows not what is sent: how large one file may be, Gradio is told.
"""

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from web.addresses import is_below

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 2_000_000
"""Of a form or of an event: an idea of 50,000 characters, each written as six, has 300,000."""
UPLOAD_BYTES = 25_000_000
"""Of what anybody may upload at once: a draft. What staff may, their files' own limit says."""
UPLOAD = "/upload"
"""How the address ends that files are sent to."""


class Limits:
    """Refuses what is longer than a visitor has reason to send (413)."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Hand on what is short enough."""
        most = most_bytes(scope) if scope["type"] == "http" else None
        if most is None:
            return await self._app(scope, receive, send)
        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdecimal() or len(said) > len(str(most)) or int(said) > most:
            return await PlainTextResponse("too long", 413)(scope, receive, send)
        got = 0

        async def counted() -> "Message":
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:  # sent in pieces, without a word on how long it is
                raise HTTPException(413, "too long")
            return message

        return await self._app(scope, counted, send)


def most_bytes(scope: "Scope") -> int | None:
    """How much may be sent with a request; None where it is not limited here."""
    if not scope["path"].rstrip("/").endswith(UPLOAD):
        return MOST_BYTES
    return None if is_below(scope) else UPLOAD_BYTES

"""What a browser is told about every page: what it may load, who may show it, what it may keep.

Middleware that touches only the start of a response, so that streams go through as they come. Knows no users.
"""

import re
from typing import TYPE_CHECKING, Any

from starlette.datastructures import MutableHeaders

from web.addresses import STAFF, is_below

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join((
    "default-src 'self'",
    # Gradio starts itself with a script in the page, and makes functions of text (js_on_load).
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
"""Nothing comes from another host and nothing is sent to one, whatever a document or a visitor smuggles into a page."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # The address of a conversation is all that opens it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEPT = re.compile(rf"{STAFF}(?:/[a-z]{{2}})?/(?:assets|static|svelte)/")
"""Below the staff pages, what is Gradio's own and the same for everybody: a browser may keep it."""


def add_headers(app: "FastAPI", proxies: str = "") -> None:
    """Add the headers to all that an app answers. To be called last, so that they are on what others refuse, too.

    `proxies` names the proxies in front, as addresses or networks with commas between them: only what comes from these
    is believed when it says for whom, and whether by https, it asks. Without it nobody is.
    """
    app.add_middleware(_Headers)
    if proxies:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        believing: Any = ProxyHeadersMiddleware  # its types of messages are uvicorn's own
        app.add_middleware(believing, trusted_hosts=proxies)


OWN = re.compile(r"(/[a-z]{2})?/(citations|conversations)/")
"""What belongs to who has its address: no browser or proxy on the way keeps it."""


class _Headers:
    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        path = scope["path"]
        is_private = bool(OWN.match(path)) or (is_below(scope) and not KEPT.match(path))

        async def send_with_headers(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if is_private:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return await self._app(scope, receive, send_with_headers)

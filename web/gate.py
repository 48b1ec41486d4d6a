"""The gate before the staff pages: nothing below them is reached without a session. Knows no passwords.

It stands before everything that is served below `/staff`, now or one day, since Gradio asks for a user on most of its
paths and not on all.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response

from web.addresses import LOGIN, LOGOUT, is_below
from web.sessions import Sessions
from web.users import User, may_change

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "staff"
OPEN = {(LOGIN, "GET"), (LOGIN, "HEAD"), (LOGIN, "POST"), (LOGOUT, "POST")}
"""What is answered without a session."""
SAFE = ("GET", "HEAD")
FROM_HERE = ("same-origin", "none")
"""What a browser says of a request (Sec-Fetch-Site) that one of our pages made, or the person at it."""
BY_ITSELF = "/heartbeat/"
"""In a path that an open page asks for by itself; a session does not go on for that."""
LOG_IN, ELSEWHERE = "log in first", "asked from another page"
POLICY_VIOLATION = 1008
"""Why a websocket is closed, for servers that cannot refuse it with a response."""


class Gate:
    """Says who asks, for pages and for the events in them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def user(self, request: Any, *, is_active: bool = False) -> User | None:
        """Who asks: the user of a request's session, None where there is none or it is over.

        Takes requests of Starlette and FastAPI, and those that Gradio hands to events (`gr.Request`).
        """
        asked = getattr(request, "request", request)
        if not isinstance(asked, HTTPConnection):
            return None  # nothing that could be asked who it is
        return self._sessions.user(asked.cookies.get(COOKIE, ""), is_active=is_active)

    def name_of(self, request: Any) -> str | None:
        """The name of who asks: Gradio's `auth_dependency`."""
        user = self.user(request)
        return user.name if user else None

    def may_change(self, request: Any) -> bool:
        """Whether who asks may change things; to be asked by every event that changes some, when it does."""
        user = self.user(request)
        return user is not None and may_change(user)


class Guard:
    """The gate as middleware: lets through what has a session, or is not below the staff pages."""

    def __init__(self, app: "ASGIApp", gate: Gate) -> None:
        self._app, self._gate = app, gate

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let a request through or answer it."""
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") and is_below(scope) else None
        if refusal is None:
            return await self._app(scope, receive, send)
        if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
            return await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return await refusal(scope, receive, send)

    def _refusal(self, scope: "Scope") -> Response | None:
        asked = HTTPConnection(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if (path, scope.get("method")) in OPEN:
            return None  # the login page looks for itself where a form comes from
        if is_from_elsewhere(asked.headers) and not _is_visit(scope, asked.headers):
            return JSONResponse({"error": ELSEWHERE}, 403)
        if self._gate.user(asked, is_active=BY_ITSELF not in path) is not None:
            return None
        if not _is_visit(scope, asked.headers):
            return JSONResponse({"error": LOG_IN}, 401, {"WWW-Authenticate": "Session"})
        wanted = path + (f"?{asked.url.query}" if asked.url.query else "")
        return RedirectResponse(f"{scope.get('root_path', '')}{LOGIN}?next={quote(wanted, safe='/')}", 303)


def is_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site's page makes a request; programs, which are no browsers, say nothing."""
    if site := headers.get("sec-fetch-site"):
        return site not in FROM_HERE
    origin = headers.get("origin")  # all that browsers say where a page does not come by https
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _is_visit(scope: "Scope", headers: Headers) -> bool:
    """Whether somebody goes to an address with a browser, and can be led to another."""
    if scope["type"] != "http" or scope["method"] not in SAFE:
        return False
    mode = headers.get("sec-fetch-mode")
    return mode == "navigate" if mode else "text/html" in headers.get("accept", "")

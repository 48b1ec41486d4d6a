"""Which language a visitor gets: the one they have chosen, else the first that their browser asks for and there is.

The root of the page is English, others have a path of their own; only who asks for the root is sent to another one.
"""

from collections.abc import Sequence
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.panels.frame import Frame
from index.panels.words import ENGLISH

CHOSEN = "language"
"""Of the cookie, and of the word in an address, by which a language is chosen."""
YEAR_SECONDS = 365 * 24 * 3600


class Languages:
    """ASGI middleware: sends who asks for the root to the page in their language, and remembers what was chosen."""

    def __init__(self, app: ASGIApp, frames: Sequence[Frame]) -> None:
        self._app = app
        self._bases = {frame.language: frame.base for frame in frames}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        redirect = self._redirect(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (redirect or self._app)(scope, receive, send)

    def _redirect(self, scope: Scope) -> RedirectResponse | None:
        path, headers = scope["path"], Headers(scope=scope)
        own = next((code for code, base in self._bases.items() if path in (base, f"{base}/")), None)
        if own is None or "text/html" not in headers.get("accept", ""):
            return None
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        chosen = query.pop(CHOSEN, None)
        wanted = chosen if chosen in self._bases else own
        if chosen is None and own == ENGLISH:
            wanted = self._wanted(headers)
        if chosen is None and wanted == own and path.endswith("/"):
            return None
        answer = RedirectResponse(f"{self._bases[wanted]}/" + (f"?{urlencode(query)}" if query else ""), 307)
        if chosen in self._bases:
            answer.set_cookie(CHOSEN, wanted, max_age=YEAR_SECONDS, samesite="lax")
        answer.headers["vary"] = "accept-language, cookie"
        return answer

    def _wanted(self, headers: Headers) -> str:
        kept = SimpleCookie(headers.get("cookie", "")).get(CHOSEN)
        if kept and kept.value in self._bases:
            return kept.value
        return preferred(headers.get("accept-language", ""), tuple(self._bases))


def preferred(accepted: str, languages: Sequence[str]) -> str:
    """The one of `languages` that an Accept-Language header likes best; English where it names none of them.

    Grammar of the header: RFC 9110, 12.5.4; of two liked the same, the one named first.
    """
    liked = []
    for place, one in enumerate(accepted.split(",")):
        name, _, weight = one.strip().partition(";q=")
        try:
            liked.append((-float(weight or 1), place, name.strip().split("-")[0].lower()))
        except ValueError:
            continue
    return next((name for weight, _, name in sorted(liked) if weight < 0 and name in languages), ENGLISH)

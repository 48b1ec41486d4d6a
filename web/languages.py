"""Which language a visitor gets: the one they have chosen, else the first that their browser asks for and there is.

The root of a page is English, other languages have a path of their own below it; only who asks for the root is sent on.
"""

from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.panels.words import ENGLISH

CHOSEN = "language"
"""Of the cookie, and of the word in an address, by which a language is chosen."""
YEAR_SECONDS = 365 * 24 * 3600


class Languages:
    """ASGI middleware: sends who asks for a root to the page in their language, and remembers what was chosen.

    `pages` are the paths of each page by language: `{"en": "", "ro": "/ro"}`.
    """

    def __init__(self, app: ASGIApp, pages: Sequence[Mapping[str, str]]) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        redirect = self._redirect(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (redirect or self._app)(scope, receive, send)

    def _redirect(self, scope: Scope) -> RedirectResponse | None:
        path, headers = scope["path"], Headers(scope=scope)
        found = ((bases, code) for bases in self._pages for code, base in bases.items() if path in (base, f"{base}/"))
        bases, own = next(found, ({}, None))
        if own is None or "text/html" not in headers.get("accept", ""):
            return None
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        chosen = query.pop(CHOSEN, None)
        wanted = chosen if chosen in bases else own
        if chosen is None and own == ENGLISH:
            wanted = _wanted(headers, tuple(bases))
        if chosen is None and wanted == own and path.endswith("/"):
            return None
        answer = RedirectResponse(f"{bases[wanted]}/" + (f"?{urlencode(query)}" if query else ""), 307)
        if chosen in bases:
            answer.set_cookie(CHOSEN, wanted, max_age=YEAR_SECONDS, samesite="lax")
        answer.headers["vary"] = "accept-language, cookie"
        return answer


def _wanted(headers: Headers, languages: Sequence[str]) -> str:
    kept = SimpleCookie(headers.get("cookie", "")).get(CHOSEN)
    if kept and kept.value in languages:
        return kept.value
    return preferred(headers.get("accept-language", ""), languages)


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

"""The connection to a language model's server: to the configured address and nowhere else, bounded in time and size.

Through the system's proxy unless the server is this machine; no redirect is followed. Knows nothing of chat; what
the server has beside it, such as a list of its models, is asked here.
"""

import asyncio
import ipaddress
import json
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.alone import run_alone
from assistant.errors import BrokenError, LanguageModelError, NoReplyError
from assistant.model_settings import ModelSettings

if TYPE_CHECKING:
    import httpx

CONNECT_S = 10.0
"""How long a host may take to be reached at all."""
MOST_BYTES = 8 * 2**20
"""Of a reply: room for 15,000 tokens, of which each comes in an event of half a kilobyte."""
MOST_OTHER_BYTES = 2**20
"""Of an error's page, and of what is asked beside chat."""
UNKEYED = "none"
"""Stands for a key where there is none: the client insists on one, and servers without keys take any."""
PROXY = "the system's proxy cannot be used"


@dataclass(frozen=True, slots=True)
class Said:
    """What the server answered: the status of HTTP, and its JSON, None where it is none."""

    status: int
    value: Any

    @property
    def is_success(self) -> bool:
        """Whether it is what was asked for."""
        return 200 <= self.status < 300


def connections(settings: ModelSettings) -> dict[str, Any]:
    """How httpx is to connect: no redirect, no connection that outlasts a request, no proxy to this machine itself."""
    import httpx

    return {
        "follow_redirects": False,
        "limits": httpx.Limits(max_keepalive_connections=0),
        "trust_env": not _is_this_machine(urlsplit(settings.url).hostname or ""),
        "verify": _certificates(),
    }


def authorization(settings: ModelSettings) -> str:
    """The header of that name."""
    return f"Bearer {settings.key.reveal() or UNKEYED}"


def timeout(seconds: float) -> "httpx.Timeout":
    """So long for each step, and less to be reached at all."""
    import httpx

    return httpx.Timeout(seconds, connect=min(CONNECT_S, seconds))


def root_of(settings: ModelSettings) -> str:
    """The address of the server itself, without the version of the protocol; the same host in any case."""
    return settings.url.removesuffix("/v1")


def ask_server(settings: ModelSettings, url: str, within_s: float, body: Mapping[str, Any] | None = None) -> Said:
    """What the server says at one of its own addresses, sent `body` as JSON where there is one, in so many seconds.

    Raises:
        LanguageModelError: nothing came back.
    """
    return run_alone(_ask(settings, url, within_s, body))


async def _ask(settings: ModelSettings, url: str, within_s: float, body: Mapping[str, Any] | None) -> Said:
    import httpx

    if urlsplit(url).netloc != settings.host:
        raise LanguageModelError("only the server itself is asked")  # whoever else would be told the key
    headers = {"Authorization": authorization(settings), "Accept-Encoding": "identity"}
    failure: LanguageModelError
    try:
        async with (
            asyncio.timeout(within_s),
            open_client(settings, timeout=timeout(within_s)) as client,
            client.stream("GET" if body is None else "POST", url, headers=headers, json=body) as response,
        ):
            bound(response, MOST_OTHER_BYTES, is_cut=True)
            return Said(response.status_code, _json(await response.aread()))
    except (TimeoutError, httpx.TimeoutException):
        failure = NoReplyError(f"no reply within {within_s:.3g} s")
    except (httpx.ConnectError, httpx.ProxyError):
        failure = NoReplyError("cannot be reached", is_unreachable=True)
    except (httpx.HTTPError, httpx.InvalidURL):
        failure = BrokenError("the connection broke")
    raise failure


def open_client(settings: ModelSettings, **told: Any) -> "httpx.AsyncClient":
    """A client of httpx for this server; it connects when it is used.

    Raises:
        LanguageModelError: the system's proxy is of a kind that cannot be used.
    """
    import httpx

    try:
        return httpx.AsyncClient(**connections(settings), **told)
    except (ImportError, ValueError):
        failure = LanguageModelError(PROXY)
    raise failure


def bound(response: "httpx.Response", most: int, *, is_cut: bool = False) -> None:
    """Let no more than so many bytes of a reply come in; what is more is an error, or cut off."""
    response.stream = _bounded_stream()(response.stream, most, is_cut)


@lru_cache(maxsize=1)
def _bounded_stream() -> type[Any]:
    """A class, made here since what it is a subclass of is only imported when it is needed."""
    import httpx

    class Bounded(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __init__(self, stream: Any, most: int, is_cut: bool) -> None:
            self._stream, self._left, self._is_cut = stream, most, is_cut

        def __iter__(self) -> Iterator[bytes]:
            for chunk in self._stream:
                yield self._taken(chunk)
                if self._left < 0:
                    return

        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for chunk in self._stream:
                yield self._taken(chunk)
                if self._left < 0:
                    return

        def _taken(self, chunk: bytes) -> bytes:
            self._left -= len(chunk)
            if self._left < 0 and not self._is_cut:
                raise httpx.DecodingError("too long")
            return chunk

        def close(self) -> None:
            self._stream.close()

        async def aclose(self) -> None:
            await self._stream.aclose()

    return Bounded


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Whose servers are trusted; read once, which takes 20 ms."""
    import httpx

    return httpx.create_ssl_context()


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None

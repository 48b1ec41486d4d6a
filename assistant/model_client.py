"""The seam to a language model: LlamaIndex's client of one that speaks the chat protocol of OpenAI.

Connects to the configured address and nowhere else, through the system's proxy unless it is this machine: it follows
no redirect, and takes no address, key or organisation from variables that are meant for other programs. What goes
wrong underneath becomes a LanguageModelError here. Knows nothing of questions and answers.
"""

import asyncio
import ipaddress
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from assistant.errors import LanguageModelError
from assistant.model_settings import EXAMPLE, KEY, MODEL, URL, ModelSettings
from corpus.errors import MisuseError

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM

T = TypeVar("T")
EXTRA = "pip install --constraint constraints.txt --editable '.[llm]'"
RETRIES = 2
"""After a broken connection, 408, 409, 429 and 5xx; the client waits as the server's Retry-After says, up to 2 minutes,
else 0.5 s and twice as long each time."""
CONNECT_S = 10.0
"""How long a host may take to be reached at all."""
SEED = 0
UNKEYED = "none"
"""Stands for a key where there is none: the client insists on one, and servers without keys take any."""
REFUSED = {
    401: "the key was refused",
    403: "the key was refused",
    404: "no such model or address",
    429: "too many requests",
}


def open_model(settings: ModelSettings, *, reply_tokens: int | None = None) -> "LLM":
    """The model, at temperature 0 and with a fixed seed; connects when it is asked, and keeps no connection open.

    What it is asked goes inside `translated`, or through `ask_within`. `reply_tokens` bounds a reply where it is given.

    Raises:
        MisuseError: the extra that brings the client is not installed, or it takes no such model.
    """
    _check_installed()
    from llama_index.llms.openai_like import OpenAILike
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient, DefaultHttpxClient, OpenAI

    told: dict[str, Any] = {
        "api_key": settings.key.reveal() or UNKEYED,
        "base_url": settings.url,
        "timeout": _timeout(settings.timeout_s),
        "max_retries": RETRIES,
        "default_headers": _headers(settings),
    }
    kept = _connections(settings)
    http = DefaultHttpxClient(event_hooks={"response": [_check_reply]}, **kept)
    http_async = DefaultAsyncHttpxClient(event_hooks={"response": [_check_reply_async]}, **kept)
    clients: dict[str, Any] = {
        "openai_client": OpenAI(http_client=http, **told),
        "async_openai_client": AsyncOpenAI(http_client=http_async, **told),
    }
    for client in clients.values():
        _ = client.chat.completions  # imported on first use, which has little time where the timeout is short
    try:
        model: LLM = OpenAILike(
            model=settings.model, api_base=settings.url, api_key=UNKEYED,  # it shows its own key when it is printed
            is_chat_model=True, context_window=settings.context_tokens, max_tokens=reply_tokens,
            temperature=0.0, additional_kwargs={"seed": SEED}, timeout=settings.timeout_s,
            max_retries=0,  # of its own; those of the client know Retry-After
            **clients,
        )  # fmt: skip
    except ValueError as error:
        raise MisuseError(f"{MODEL}: {settings.model!r} is not a model for chat; name another") from error
    return model


def check_model(settings: ModelSettings) -> None:
    """Ask the server for the models it has, to see that it is there and takes the key; any other answer will do.

    Raises:
        MisuseError: the extra is not installed.
        LanguageModelError: the server cannot be reached, or refuses the key.
    """
    _check_installed()
    import httpx

    wait_s = min(CONNECT_S, settings.timeout_s)
    headers = {"Authorization": _authorization(settings)}
    try:
        # The list itself is not waited for.
        with (
            httpx.Client(timeout=wait_s, **_connections(settings)) as client,
            client.stream("GET", f"{settings.url}/models", headers=headers) as response,
        ):
            status = response.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise LanguageModelError(
            f"{settings.url} cannot be reached; check that the model's server runs, and that {URL} is its address, "
            f"such as {EXAMPLE}"
        ) from error
    if status in (401, 403):
        instead = f"check {KEY}" if settings.key else f"set {KEY}"
        raise LanguageModelError(f"{settings.url} refuses the key (HTTP {status}); {instead}")


@contextmanager
def translated(settings: ModelSettings) -> Iterator[None]:
    """What a model's client raises within becomes a LanguageModelError with the reason in a few words.

    Raises:
        LanguageModelError: instead of whatever the libraries underneath raise.
    """
    import httpx
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        raise LanguageModelError(_refused(error.status_code)) from error
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise LanguageModelError(f"no reply within {settings.timeout_s:g} s") from error
    except (openai.OpenAIError, httpx.HTTPError, json.JSONDecodeError) as error:
        raise LanguageModelError(_broken(error)) from error


async def ask_within(model: "LLM", settings: ModelSettings, ask: Callable[[], Awaitable[T]], within_s: float) -> T:
    """What `ask` comes back with, which asks the model; within so many seconds, however slowly its server replies.

    A server that refuses a request because it knows no seed is asked once more, and from then on, without.

    Raises:
        LanguageModelError: the reason why nothing came back.
    """
    try:
        async with asyncio.timeout(within_s):
            try:
                with translated(settings):
                    return await ask()
            except LanguageModelError as error:
                if not _is_about_seed(error):
                    raise
            model.additional_kwargs.pop("seed", None)  # type: ignore[attr-defined]  # that of OpenAILike
            with translated(settings):
                return await ask()
    except TimeoutError as error:
        raise LanguageModelError(f"no reply within {within_s:g} s") from error


def _is_about_seed(error: LanguageModelError) -> bool:
    from openai import BadRequestError, UnprocessableEntityError

    cause = error.__cause__
    return isinstance(cause, (BadRequestError, UnprocessableEntityError)) and "seed" in str(cause)


def _check_installed() -> None:
    try:
        import llama_index.llms.openai_like  # noqa: F401
    except ModuleNotFoundError as error:
        raise MisuseError(
            f"a language model needs the extra `llm`, which is not installed; install it with: {EXTRA}"
        ) from error


def _headers(settings: ModelSettings) -> dict[str, Any]:
    """Those that the client would else take from variables of its own, kept out or as configured here."""
    from openai import Omit

    return {
        "Authorization": _authorization(settings), "OpenAI-Organization": Omit(), "OpenAI-Project": Omit()
    }  # fmt: skip


def _authorization(settings: ModelSettings) -> str:
    return f"Bearer {settings.key.reveal() or UNKEYED}"


def _timeout(seconds: float) -> "httpx.Timeout":
    import httpx

    return httpx.Timeout(seconds, connect=min(CONNECT_S, seconds))


def _connections(settings: ModelSettings) -> dict[str, Any]:
    """No redirect, no idle connection that would have to be closed, no proxy to this machine itself."""
    import httpx

    return {
        "follow_redirects": False,
        "limits": httpx.Limits(max_keepalive_connections=0),
        "trust_env": not _is_this_machine(urlsplit(settings.url).hostname or ""),
    }


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _check_reply(response: "httpx.Response") -> None:
    """Turn away what is no chat completion, which the libraries above would trip over in many ways."""
    if _is_whole_reply(response):
        response.read()
        _check_body(response)


async def _check_reply_async(response: "httpx.Response") -> None:
    if _is_whole_reply(response):
        await response.aread()
        _check_body(response)


def _is_whole_reply(response: "httpx.Response") -> bool:
    is_stream = response.headers.get("content-type", "").startswith("text/event-stream")
    return response.is_success and response.request.url.path.endswith("/chat/completions") and not is_stream


def _check_body(response: "httpx.Response") -> None:
    import openai

    try:
        message = response.json()["choices"][0]["message"]
        is_right = isinstance(message["role"], str) and isinstance(message.get("content"), str | None)
    except (ValueError, LookupError, TypeError, AttributeError):
        is_right = False
    if not is_right or not response.headers.get("content-type", "").partition(";")[0].endswith("json"):
        raise openai.APIResponseValidationError(response, body=None)  # the client asks no second time


def _refused(status: int) -> str:
    if status >= 500:
        return f"the server failed (HTTP {status})"
    if status < 400:
        return f"the address leads elsewhere (HTTP {status})"
    return f"{REFUSED.get(status, 'the request was refused')} (HTTP {status})"


def _broken(error: Exception) -> str:
    import httpx
    import openai

    if isinstance(error, (openai.APIResponseValidationError, json.JSONDecodeError)):
        return "its reply is not a chat completion"
    cause = error.__cause__ or error
    return "cannot be reached" if isinstance(cause, httpx.ConnectError) else "the connection broke"

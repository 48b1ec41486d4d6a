"""The seam to a language model: LlamaIndex's client of one that speaks the chat protocol of OpenAI.

Takes no address, key or organisation from variables that are meant for other programs. What goes wrong underneath
becomes a LanguageModelError here, without its cause: a server may say the key that it was sent. Knows nothing of
questions and answers.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.errors import BrokenError, LanguageModelError, NoReplyError, RefusedError
from assistant.llm.message import Message
from assistant.model_connection import (
    MOST_BYTES,
    MOST_OTHER_BYTES,
    UNKEYED,
    authorization,
    bound,
    connections,
    open_client,
    timeout,
)
from assistant.model_failures import MISSHAPEN, MOST_TOKENS, SEED_NAME, TEMPERATURE, failure_of
from assistant.model_settings import MODEL, ModelSettings
from corpus.errors import MisuseError

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM, ChatMessage

T = TypeVar("T")
EXTRA = "pip install --constraint constraints.txt --editable '.[llm]'"
RETRIES = 2
"""After a broken connection, 408, 409, 429 and 5xx; the client waits as the server's Retry-After says, up to 2 minutes,
else 0.5 s and twice as long each time."""
SEED = 0
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sent:
    """How asking once ended: what went wrong, if anything, and whether a piece of a reply had come by then.

    `is_call`: the model called a tool that it was offered.
    """

    failure: LanguageModelError | None
    is_begun: bool
    is_call: bool


def open_model(settings: ModelSettings, *, reply_tokens: int | None = None) -> "LLM":
    """The model, at temperature 0 and with a fixed seed; connects when it is asked, and keeps no connection open.

    What it is asked goes inside `translated`, or through `ask_within`. `reply_tokens` bounds a reply where it is given.

    Raises:
        MisuseError: the extra that brings the client is not installed, or it takes no such model.
    """
    load_client()
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient, DefaultHttpxClient, OpenAI

    told = _told(settings, RETRIES)
    kept = connections(settings)
    http = DefaultHttpxClient(event_hooks={"response": [_check_reply]}, **kept)
    http_async = DefaultAsyncHttpxClient(event_hooks={"response": [_check_reply_async]}, **kept)
    clients: dict[str, Any] = {
        "openai_client": OpenAI(http_client=http, **told),
        "async_openai_client": AsyncOpenAI(http_client=http_async, **told),
    }
    for client in clients.values():
        _ = client.chat.completions  # imported on first use, which has little time where the timeout is short
    return _like(settings, reply_tokens, frozenset(), clients)


@asynccontextmanager
async def opened(
    settings: ModelSettings, *, reply_tokens: int, without: frozenset[str] = frozenset()
) -> AsyncIterator["LLM"]:
    """The model for one request, which is sent once; at the end every connection to it is closed.

    `without` are those of NOT_KNOWN_TO_ALL that its server refuses.

    Raises:
        LanguageModelError: the system's proxy cannot be used.
    """
    from openai import AsyncOpenAI

    hooks: dict[str, list[Callable[..., Any]]] = {"response": [_check_reply_async]}
    async with open_client(settings, event_hooks=hooks, timeout=timeout(settings.timeout_s)) as http:
        client = AsyncOpenAI(http_client=http, **_told(settings, retries=0))
        yield _like(settings, reply_tokens, without, {"async_openai_client": client})


def load_client() -> None:
    """Import the client, which takes 3 s once and which no question should wait for.

    Raises:
        MisuseError: the extra that brings it is not installed.
    """
    try:
        import llama_index.llms.openai_like  # noqa: F401
    except ModuleNotFoundError as error:
        raise MisuseError(
            f"a language model needs the extra `llm`, which is not installed; install it with: {EXTRA}"
        ) from error
    import openai.resources.chat  # noqa: F401


async def send(
    settings: ModelSettings,
    prompt: Sequence[Message],
    within_s: float,
    hand_on: Callable[[str], None],
    *,
    reply_tokens: int,
    without: frozenset[str] = frozenset(),
    more: Mapping[str, Any] = NOTHING,
    on_piece: Callable[[], None] = lambda: None,
) -> Sent:
    """Ask the model once and hand its reply on, piece by piece, within so many seconds. Never raises.

    `more` stands in the request beside the prompt; `on_piece` is called before each piece.
    """
    import httpx
    import openai

    is_begun = is_ended = is_call = False
    failure: LanguageModelError | None = None
    try:
        async with asyncio.timeout(within_s), opened(settings, reply_tokens=reply_tokens, without=without) as llm:
            async for part in await llm.astream_chat(to_chat(prompt), **more):
                choices = part.raw.choices if part.raw else ()
                is_ended = is_ended or any(choice.finish_reason for choice in choices)
                is_call = is_call or any(choice.delta.tool_calls for choice in choices)
                if part.delta:
                    is_begun = True
                    on_piece()
                    hand_on(part.delta)
                await asyncio.sleep(0)  # else a server that sends much at once is read on while a piece waits
        if not is_ended:
            failure = BrokenError("the connection broke")
    except TimeoutError:
        failure = NoReplyError(f"{'its reply did not end' if is_begun else 'no reply'} within {within_s:.3g} s")
    except (openai.OpenAIError, httpx.HTTPError, *MISSHAPEN) as error:
        failure = failure_of(error, within_s)
    except LanguageModelError as error:
        failure = error
    return Sent(failure, is_begun, is_call)


def to_chat(prompt: Sequence[Message]) -> "list[ChatMessage]":
    """A prompt as LlamaIndex takes it."""
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=message.text) for message in prompt]


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
    except (openai.OpenAIError, httpx.HTTPError, json.JSONDecodeError) as error:
        raise failure_of(error, settings.timeout_s) from None


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
            except RefusedError as error:
                if SEED_NAME not in error.named:
                    raise
            model.additional_kwargs.pop(SEED_NAME, None)  # type: ignore[attr-defined]  # that of OpenAILike
            with translated(settings):
                return await ask()
    except TimeoutError:
        raise NoReplyError(f"no reply within {within_s:g} s") from None


def _told(settings: ModelSettings, retries: int) -> dict[str, Any]:
    return {
        "api_key": settings.key.reveal() or UNKEYED,
        "base_url": settings.url,
        "timeout": timeout(settings.timeout_s),
        "max_retries": retries,
        "default_headers": _headers(settings),
    }


def _like(settings: ModelSettings, reply_tokens: int | None, without: frozenset[str], clients: dict[str, Any]) -> "LLM":
    from llama_index.llms.openai_like import OpenAILike
    from openai import omit

    more: dict[str, Any] = {} if SEED_NAME in without else {"seed": SEED}
    if TEMPERATURE in without:
        more[TEMPERATURE] = omit
    if MOST_TOKENS in without:
        more["max_completion_tokens"], reply_tokens = reply_tokens, None
    try:
        model: LLM = OpenAILike(
            model=settings.model, api_base=settings.url, api_key=UNKEYED,  # it shows its own key when it is printed
            is_chat_model=True, context_window=settings.context_tokens, max_tokens=reply_tokens,
            temperature=0.0, additional_kwargs=more, timeout=settings.timeout_s,
            max_retries=0,  # of its own; those of the client know Retry-After
            **clients,
        )  # fmt: skip
    except ValueError as error:
        raise MisuseError(f"{MODEL}: {settings.model!r} is not a model for chat; name another") from error
    return model


def _headers(settings: ModelSettings) -> dict[str, Any]:
    """Those that the client would else take from variables of its own, kept out or as configured here.

    Nothing is to come packed: what it unpacks to has no bound.
    """
    from openai import Omit

    return {
        "Authorization": authorization(settings), "OpenAI-Organization": Omit(), "OpenAI-Project": Omit(),
        "Accept-Encoding": "identity",
    }  # fmt: skip


def _check_reply(response: "httpx.Response") -> None:
    """Bound what comes in, and turn away what is no chat completion, over which the libraries above would trip."""
    if _is_whole_reply(response):
        response.read()
        _check_body(response)


async def _check_reply_async(response: "httpx.Response") -> None:
    if _is_whole_reply(response):
        await response.aread()
        _check_body(response)


def _is_whole_reply(response: "httpx.Response") -> bool:
    import openai

    bound(response, MOST_BYTES if response.is_success else MOST_OTHER_BYTES, is_cut=not response.is_success)
    if not response.is_success:
        return False
    if response.headers.get("content-encoding", "identity") != "identity":
        raise openai.APIResponseValidationError(response, body=None)
    is_stream = response.headers.get("content-type", "").startswith("text/event-stream")
    return response.request.url.path.endswith("/chat/completions") and not is_stream


def _check_body(response: "httpx.Response") -> None:
    import openai

    try:
        message = response.json()["choices"][0]["message"]
        is_right = isinstance(message["role"], str) and isinstance(message.get("content"), str | None)
    except MISSHAPEN:
        is_right = False
    if not is_right or not response.headers.get("content-type", "").partition(";")[0].endswith("json"):
        raise openai.APIResponseValidationError(response, body=None)  # the client asks no second time

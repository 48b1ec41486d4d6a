"""The key of a language model goes to its server and nowhere else: no log, no error, no output, no other host."""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from assistant.errors import LanguageModelError
from assistant.llm.message import USER, Deadline, Message
from assistant.llm.model import Model
from assistant.llm.probe import probe
from assistant.model_check import check_model
from assistant.model_client import open_model, translated
from assistant.model_connection import ask_server
from assistant.model_settings import Key, ModelSettings
from tests.assistant.llm.wire import EVENTS, Script, event, holds, repeats, sends, wired
from tests.scripted_model import Reply, ScriptedModel

PLANTED = "sk-planted-0123456789abcdef"
PROMPT = (Message(USER, "Hello"),)
SHAPE: dict[str, Any] = {"type": "object"}
ECHO = f'{{"error": {{"message": "Incorrect key: {PLANTED}", "type": "{PLANTED}", "code": "{PLANTED}"}}}}'.encode()


def head(status: int, media_type: str, *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Told", f"Content-Type: {media_type}", "Connection: close", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def echoes(status: int, *more: str) -> Script:
    """Says the key back, as some servers do."""
    return sends(head(status, "application/json", *more), ECHO)


SERVERS: dict[str, Script] = {
    "answers": sends(EVENTS, event("Good "), event("day", "stop")),
    **{f"refuses with {status}": echoes(status) for status in (400, 401, 403, 404, 422, 429, 500, 503)},
    "asks for a pause": echoes(429, "Retry-After: 60"),
    "leads elsewhere": echoes(307, "Location: http://127.0.0.1:9/v1"),
    "echoes with success": echoes(200),
    "sends a page": sends(head(200, "text/html"), f"<html>{PLANTED}</html>".encode()),
    "echoes as an event": sends(EVENTS, b"data: " + ECHO + b"\n\n"),
    "echoes in broken events": sends(EVENTS, f"data: {{{PLANTED}\n\n".encode()),
    "breaks off": sends(EVENTS, event("Good "), b"data: {"),
    "hangs up": sends(),
    "is no server of HTTP": sends(b"220 mail\r\n"),
    "says nothing": holds(),
    "trickles": repeats(EVENTS, b": wait\n\n", 0.05),
}


def texts_of(error: BaseException) -> Iterator[str]:
    """All that an error says, with those that it came of, told or not, and what they hold."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield from (str(one), repr(one), repr(one.args), repr(vars(one)))
        left += [one.__cause__, one.__context__]
    yield "".join(traceback.format_exception(error))


USES: dict[str, Callable[[ModelSettings], object]] = {
    "stream": lambda settings: list(Model(settings).stream(PROMPT, Deadline.within(0.4), reply_tokens=9)),
    "fill": lambda settings: Model(settings).fill(PROMPT, SHAPE, Deadline.within(0.4), reply_tokens=9),
    "probe": probe,
    "count": lambda settings: (Model(settings).counts(["Hello", "you"]), Model(settings).window),
    "check": check_model,
}


@pytest.mark.parametrize("name", SERVERS)
def test_the_key_is_in_no_error_log_or_output(
    name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    with wired(SERVERS[name]) as server, caplog.at_level(logging.DEBUG):
        settings = server.settings(PLANTED, timeout_s=0.4, is_context_set=False)
        for use in USES.values():
            try:
                told.append(repr(use(settings)))
            except LanguageModelError as error:
                told += texts_of(error)
        told += [repr(Model(settings)), repr(vars(Model(settings)))]
    assert server.requests
    assert all(f"Bearer {PLANTED}".encode() in request for request in server.requests)
    logged = [
        text for record in caplog.records for text in (record.getMessage(), repr(record.args), repr(record.exc_info))
    ]
    assert len(logged) > 9
    written = capfd.readouterr()
    assert [text for text in (*told, *logged, caplog.text, written.out, written.err) if PLANTED in text] == []


def test_the_key_is_in_no_error_of_a_judge_either(caplog: pytest.LogCaptureFixture) -> None:
    with ScriptedModel(lambda _: Reply(status=401, raw=ECHO)) as server, caplog.at_level(logging.DEBUG):
        settings = server.settings(PLANTED)
        with pytest.raises(LanguageModelError) as raised, translated(settings):
            open_model(settings).complete("Hello")
    assert PLANTED not in "".join(traceback.format_exception(raised.value)) + repr(raised.value) + caplog.text


def test_a_redirect_is_not_followed_with_the_key() -> None:
    with wired(sends(EVENTS, event("Stolen", "stop"))) as other:
        lead = sends(head(307, "text/html", f"Location: {other.url}/chat/completions"))
        with wired(lead) as server:
            for use in USES.values():
                with suppress(LanguageModelError):
                    use(server.settings(PLANTED, timeout_s=2, is_context_set=False))
            assert len(server.requests) >= len(USES)
    assert other.requests == []


def test_another_host_is_not_asked_with_the_key() -> None:
    with wired(holds()) as other:
        settings = ModelSettings("http://127.0.0.1:9/v1", "small", Key(PLANTED))
        with pytest.raises(LanguageModelError, match="only the server itself"):
            ask_server(settings, f"{other.url}/tokenize", 1.0)
    assert other.requests == []


@pytest.mark.parametrize("path", ["/v1", "", "/openai/v1", "/api/v3"])
def test_what_stands_beside_the_protocol_is_asked_of_the_same_host(path: str) -> None:
    with wired(sends(head(404, "text/plain"))) as server:
        url = server.url.removesuffix("/v1") + path
        assert Model(ModelSettings(url, "small", Key(PLANTED))).count("Hello") > 0
    asked = [request.split(b"\r\n")[0].decode() for request in server.requests]
    assert asked == [f"POST {path.removesuffix('/v1')}/tokenize HTTP/1.1"]

"""A model that is asked, whatever its server does: text or one kind of error, never later than the deadline."""

import asyncio
import gzip
import json
import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import LanguageModelError
from assistant.llm.message import MODEL, SYSTEM, USER, Deadline, Message
from assistant.llm.model import EMPTY, Model
from assistant.model_settings import ModelSettings
from corpus.errors import MisuseError
from tests.assistant.llm.wire import DONE, EVENTS, Script, event, holds, repeats, sends, whole, wired
from tests.scripted_model import Reply, Request, ScriptedModel, in_turn, refuses, says

PROMPT = (
    Message(SYSTEM, "You answer."),
    Message(USER, "Who?"),
    Message(MODEL, "Nobody."),
    Message(USER, "Why?"),
)
SAID = "Școala din Brașov 🏫 costă 1.250,50 € pe an."


def stream(model: Model, within_s: float = 5.0, reply_tokens: int = 100) -> Iterator[str]:
    return model.stream(PROMPT, Deadline.within(within_s), reply_tokens=reply_tokens)


def failure(model: Model, within_s: float = 5.0) -> tuple[list[str], str]:
    """(the pieces that came, the reason why no more did)."""
    pieces: list[str] = []
    with pytest.raises(LanguageModelError) as raised:
        pieces.extend(_kept(stream(model, within_s), pieces))
    return pieces, str(raised.value)


def _kept(pieces: Iterator[str], kept: list[str]) -> list[str]:
    for piece in pieces:
        kept.append(piece)
    return []


def test_a_reply_comes_in_pieces_as_the_server_sends_them() -> None:
    with ScriptedModel(says("Good day to you")) as server:
        model = Model(server.settings())
        assert list(stream(model)) == ["Good ", "day ", "to ", "you"]
        assert model.reply(PROMPT, Deadline.within(5), reply_tokens=7) == "Good day to you"
    first, second = server.requests
    assert [(one["role"], one["content"]) for one in first["messages"]] == [(m.role, m.text) for m in PROMPT]
    assert (first["stream"], first["seed"], first["temperature"], first["model"]) == (True, 0, 0.0, "scripted")
    assert (first["max_tokens"], second["max_tokens"]) == (100, 7)
    assert {headers["Accept-Encoding"] for headers in server.headers} == {"identity"}


def test_a_piece_is_there_before_the_next_is_sent() -> None:
    with wired(holds(EVENTS, event("Good "))) as server:
        pieces = stream(Model(server.settings()))
        began = time.monotonic()
        assert next(pieces) == "Good "
        assert time.monotonic() - began < 2
        pieces.close()  # type: ignore[attr-defined]


def test_letters_of_several_bytes_may_come_byte_by_byte() -> None:
    body = EVENTS + b"".join(map(event, SAID)) + event(None, "stop") + DONE
    with wired(sends(*(bytes([byte]) for byte in body))) as server:
        assert "".join(stream(Model(server.settings()))) == SAID


def test_a_letter_that_comes_as_two_halves_is_put_together() -> None:
    halves = json.dumps("🏫")[1:-1]
    high, low = (event("?").replace(b"?", half.encode()) for half in (halves[:6], halves[6:]))
    with wired(sends(EVENTS, event("a"), high, low, event("b"), high, event(None, "stop"), DONE)) as server:
        assert "".join(stream(Model(server.settings()))) == "a🏫b\ufffd"


OK = b"HTTP/1.1 200 OK\r\nContent-Type: "
BROKE, NOT_CHAT = "the connection broke", "its reply is not a chat completion"
LATE = "no reply within 0.6 s"
UNSAID = {
    "says nothing": (holds(), LATE),
    "sends a byte of its head now and then": (repeats(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 0.05), LATE),
    "sends spaces of a whole reply now and then": (repeats(OK + b"application/json\r\n\r\n", b" ", 0.05), LATE),
    "sends comments of a stream now and then": (repeats(EVENTS, b": wait\n\n", 0.05), LATE),
    "hangs up at once": (sends(), BROKE),
    "hangs up before the first event": (sends(EVENTS), BROKE),
    "ends without saying that it is the end": (sends(EVENTS, DONE), BROKE),
    "sends events that are not JSON": (sends(EVENTS, b"data: {broken\n\n", DONE), NOT_CHAT),
    "sends JSON too deep to read": (sends(EVENTS, b"data: " + b"[" * 200_000 + b"\n\n", DONE), NOT_CHAT),
    "sends JSON of another shape": (sends(EVENTS, b'data: {"choices": [{"delta": 3}]}\n\n', DONE), NOT_CHAT),
    "sends a list": (sends(EVENTS, b"data: [1]\n\n", DONE), NOT_CHAT),
    "sends numbers for text": (sends(EVENTS, event("?").replace(b'"?"', b"[7]"), DONE), NOT_CHAT),
    "sends bytes that are not UTF-8": (sends(EVENTS, event("?").replace(b"?", b"\xff\xfe"), DONE), NOT_CHAT),
    "sends an error as an event": (
        sends(EVENTS, b'data: {"error": {"message": "out of memory"}}\n\n', DONE),
        "the server failed while it replied",
    ),
    "sends a page": (sends(OK + b"text/html\r\n\r\n<html>Log in</html>"), NOT_CHAT),
    "sends what is not HTTP": (sends(b"220 mail.example.org ESMTP\r\n"), BROKE),
    "sends a packed page": (
        sends(OK + b"text/event-stream\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(whole("Hello"))),
        NOT_CHAT,
    ),
    "sends a line without end": (repeats(EVENTS, b"a" * 2**20, 0), "its reply is too long"),
    "sends a page without end": (repeats(OK + b"application/json\r\n\r\n", b"a" * 2**20, 0), "its reply is too long"),
    "sends space only": (sends(EVENTS, whole(" ", "\n")), EMPTY),
}


@pytest.mark.parametrize("name", UNSAID)
def test_where_no_reply_comes_the_reason_does_in_time(name: str) -> None:
    script, reason = UNSAID[name]
    with wired(script) as server:
        model = Model(server.settings())
        began = time.monotonic()
        within_s = 0.6 if reason == LATE else 10
        pieces, told = failure(model, within_s)
    assert ("".join(pieces).strip(), told) == ("", reason)
    assert time.monotonic() - began < within_s + 1


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (sends(b""), BROKE),
        (holds(), "its reply did not end within 0.6 s"),
        (repeats(b"", b": wait\n\n", 0.05), "its reply did not end within 0.6 s"),
        (sends(b"data: {broken\n\n"), NOT_CHAT),
        (sends(event(None, None), b'data: {"error": "no"}\n\n'), "the server failed while it replied"),
    ],
)
def test_what_came_before_a_reply_broke_off_is_handed_on(rest: Script, reason: str) -> None:
    def script(connection: object, wire: object) -> None:
        sends(EVENTS, event("The school "), event("costs "))(connection, wire)  # type: ignore[arg-type]
        rest(connection, wire)  # type: ignore[arg-type]

    with wired(script) as server:
        began = time.monotonic()
        assert failure(Model(server.settings()), 0.6) == (["The school ", "costs "], reason)
    assert time.monotonic() - began < 1.6
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "reason", "asked"),
    [
        (302, "the address leads elsewhere (HTTP 302)", 1),
        (401, "the key was refused (HTTP 401)", 1),
        (403, "the key was refused (HTTP 403)", 1),
        (404, "no such model or address (HTTP 404)", 1),
        (418, "the request was refused (HTTP 418)", 1),
        (429, "too many requests (HTTP 429)", 2),
        (500, "the server failed (HTTP 500)", 2),
        (503, "the server failed (HTTP 503)", 2),
    ],
)
def test_a_refusal_is_told_by_its_status_and_asked_about_again_where_that_may_help(
    status: int, reason: str, asked: int
) -> None:
    with ScriptedModel(in_turn(refuses(status, location="http://127.0.0.1:9/v1"))) as server:
        assert failure(Model(server.settings())) == ([], reason)
    assert len(server.requests) == asked


def test_a_short_pause_that_a_server_asks_for_is_kept() -> None:
    with ScriptedModel(in_turn(refuses(429, retry_after="1"), Reply("Hello"))) as server:
        assert Model(server.settings()).reply(PROMPT, Deadline.within(5), reply_tokens=9) == "Hello"
    assert 1 <= server.arrived[1] - server.arrived[0] < 2


@pytest.mark.parametrize(
    ("pause", "within_s"), [("2", 1.0), ("4", 30.0), ("60", 90.0), ("Fri, 31 Dec 2100 23:59:59 GMT", 30.0)]
)
def test_a_pause_that_is_too_long_is_an_error_at_once(pause: str, within_s: float) -> None:
    with ScriptedModel(in_turn(refuses(503, retry_after=pause))) as server:
        began = time.monotonic()
        assert failure(Model(server.settings()), within_s)[1] == "the server failed (HTTP 503)"
        assert time.monotonic() - began < 1
    assert len(server.requests) == 1


@pytest.mark.parametrize("pause", ["soon", "-5", "nan", "9" * 400, "Fri, 31 Dec 9999999 23:59:59 GMT"])
def test_a_pause_that_cannot_be_read_is_a_short_one(pause: str) -> None:
    with ScriptedModel(in_turn(refuses(429, retry_after=pause), Reply("Hello"))) as server:
        assert Model(server.settings()).reply(PROMPT, Deadline.within(5), reply_tokens=9) == "Hello"


def test_a_server_that_hung_up_is_asked_once_more() -> None:
    with ScriptedModel(in_turn(Reply(closes=True), Reply("Hello"))) as server:
        assert Model(server.settings()).reply(PROMPT, Deadline.within(5), reply_tokens=9) == "Hello"


def test_a_reply_without_end_is_cut_and_its_connection_closed() -> None:
    with wired(repeats(EVENTS, event("and so on "), 0)) as server:
        began = time.monotonic()
        assert len("".join(stream(Model(server.settings()), reply_tokens=20))) == 16 * 20
        assert time.monotonic() - began < 2


def test_closing_early_closes_the_connection() -> None:
    with wired(holds(EVENTS, event("Good "))) as server:
        pieces = stream(Model(server.settings()))
        assert next(pieces) == "Good "
        pieces.close()  # type: ignore[attr-defined]
        _wait_for(server.gone_after_s)
    assert server.gone_after_s[0] < 2


def test_what_is_forgotten_in_an_event_loop_is_closed_as_well(caplog: pytest.LogCaptureFixture) -> None:
    async def forget(pieces: list[Iterator[str]]) -> None:
        pieces.clear()

    with wired(holds(EVENTS, event("Good "))) as server, caplog.at_level(logging.WARNING):
        pieces = [stream(Model(server.settings()))]
        assert next(pieces[0]) == "Good "
        asyncio.run(forget(pieces))
        _wait_for(server.gone_after_s)
    assert server.gone_after_s[0] < 2
    assert caplog.records == []


def test_one_thread_may_go_on_where_another_stopped() -> None:
    with ScriptedModel(says("Good day to you")) as server:
        pieces = stream(Model(server.settings()))
        with ThreadPoolExecutor(3) as threads:
            taken = [threads.submit(next, pieces).result() for _ in range(4)]
        assert [*taken, *pieces] == ["Good ", "day ", "to ", "you"]


def test_eight_threads_ask_at_once_and_each_gets_its_own_reply() -> None:
    together = threading.Barrier(8, timeout=20)

    def echo(request: Request) -> Reply:
        together.wait()  # all are being asked before one is answered
        return Reply(f"You said {request['messages'][0]['content']} to me")

    with ScriptedModel(echo) as server:
        model = Model(server.settings())

        def ask(n: int) -> str:
            return model.reply((Message(USER, str(n)),), Deadline.within(25), reply_tokens=50)

        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(ask, range(8))) == [f"You said {n} to me" for n in range(8)]


def test_a_server_out_of_reach_is_not_asked_again_for_a_while() -> None:
    model = Model(ModelSettings("http://127.0.0.1:9/v1", "small", is_context_set=True))
    assert failure(model)[1] == "cannot be reached"
    began = time.monotonic()
    for _ in range(20):
        assert failure(model)[1] == "not asked, as it gave no reply a moment ago; again in 30 s"
    assert time.monotonic() - began < 0.5


def test_a_server_that_says_nothing_is_waited_for_once() -> None:
    with wired(holds()) as server:
        model = Model(server.settings())
        assert failure(model, 1.1)[1] == "no reply within 1.1 s"
        assert failure(model, 1.1)[1].startswith("not asked")
    assert len(server.requests) == 1


def test_a_server_that_had_no_time_to_reply_is_asked_again() -> None:
    with ScriptedModel(in_turn(Reply(waits_s=0.5), Reply("Hello"))) as server:
        model = Model(server.settings())
        assert failure(model, 0.2)[1] == "no reply within 0.2 s"
        assert "".join(stream(model)) == "Hello"


def test_without_time_nothing_is_asked() -> None:
    with ScriptedModel(says("Hello")) as server:
        assert failure(Model(server.settings()), 0.0)[1] == "no time is left to ask it"
    assert server.requests == []


def test_what_a_server_does_not_know_is_left_out_from_then_on() -> None:
    def picky(request: Request) -> Reply:
        for name in ("seed", "max_tokens", "temperature"):
            if name in request:
                message = {"error": {"message": f"Unsupported parameter: '{name}'"}}
                return Reply(status=400, raw=json.dumps(message).encode())
        return Reply("Hello")

    with ScriptedModel(picky) as server:
        model = Model(server.settings())
        assert ["".join(stream(model, reply_tokens=9)) for _ in range(2)] == ["Hello", "Hello"]
    assert len(server.requests) == 5
    assert server.requests[-1]["max_completion_tokens"] == 9


@pytest.mark.parametrize("tag", ["think", "THINK", "thinking"])
def test_what_is_thought_aloud_first_is_no_part_of_the_reply(tag: str) -> None:
    text = f"\n<{tag}>Is <b> 2 < 3? Yes </thin.\n</{tag}>\n\nIt is <think> so."
    for parts in (list(text), [text], [text[:9], text[9:30], text[30:]]):
        with wired(sends(EVENTS, whole(*parts))) as server:
            assert "".join(stream(Model(server.settings()))) == "It is <think> so."


@pytest.mark.parametrize("text", ["<thi", "<b>bold</b>", "< 5", "thinking <think>", "a"])
def test_what_only_looks_like_thinking_is_kept(text: str) -> None:
    with wired(sends(EVENTS, whole(*text))) as server:
        assert "".join(stream(Model(server.settings()))) == text


def test_a_model_that_only_thinks_has_said_nothing() -> None:
    with wired(sends(EVENTS, whole("<think>Well", ", I wonder"))) as server:
        assert failure(Model(server.settings())) == ([], EMPTY)


def test_making_a_model_asks_nothing_of_its_server() -> None:
    with ScriptedModel(says("Hello")) as server:
        Model(server.settings())
    assert server.paths == []


def test_a_proxy_of_a_kind_that_is_not_supported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:9")
    model = Model(ModelSettings("http://model.example/v1", "small", is_context_set=True))
    assert failure(model)[1] == "the system's proxy cannot be used"


def test_a_name_that_is_no_model_for_chat_is_misuse() -> None:
    with pytest.raises(MisuseError, match="is not a model for chat"):
        list(stream(Model(ModelSettings("http://127.0.0.1:9/v1", "gpt-5.4-pro", is_context_set=True))))


def _wait_for(noted: list[float]) -> None:
    began = time.monotonic()
    while not noted and time.monotonic() - began < 5:
        time.sleep(0.01)
    assert noted

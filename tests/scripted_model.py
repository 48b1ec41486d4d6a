"""A language model's server whose every reply is scripted: real sockets, the chat protocol of OpenAI, no model.

A character is a function from a request's JSON to a `Reply`; it may keep count, to say one thing first, then another.
Streams where the request asks for it: a piece a word, as server-sent events. Lists its models, and counts tokens where
it is told to. Characters that read what they are given are in `scripted_characters`.

    with ScriptedModel(says("YES")) as model:
        settings = model.settings()
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from assistant.model_settings import Key, ModelSettings
from tests.scripted_events import NAME, Flow, completion, event, listing, tokenized

TRICKLE_S = 0.05
Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does: the text of a chat completion or `raw` bytes, after a wait, to the end or not.

    `drops` ends the connection halfway through the body, `closes` before a byte is sent; `trickles` sends a byte now
    and then for as long as the server lives. `flow` is how a text streams.
    """

    text: str | None = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    media_type: str = "application/json"
    waits_s: float = 0.0
    drops: bool = False
    closes: bool = False
    trickles: bool = False
    flow: Flow = Flow()  # noqa: RUF009  # nothing changes it


Character = Callable[[Request], Reply]


def says(text: str | None) -> Character:
    """Says the same to whatever is asked."""
    return lambda _: Reply(text)


def in_turn(*replies: Reply) -> Character:
    """One reply after the other, then the last one for ever."""
    left = list(replies)
    turn = threading.Lock()

    def reply(_: Request) -> Reply:
        with turn:
            return left.pop(0) if len(left) > 1 else left[0]

    return reply


def refuses(status: int, **headers: str) -> Reply:
    """An error as such servers give it; `retry_after="1"` becomes the header Retry-After."""
    body = json.dumps({"error": {"message": f"scripted {status}", "type": "scripted", "code": status}}).encode()
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Reply(status=status, raw=body, headers=named)


def prompt_of(request: Request) -> str:
    """All that the model is told, as one text."""
    return "\n".join(str(message["content"]) for message in request["messages"])


class ScriptedModel:
    """The server, from `with` to its end. `requests`, `headers` and `paths` are what it was asked, in order of arrival.

    `arrived` are the times of `requests`, in seconds of the monotonic clock.
    """

    def __init__(
        self, character: Character, *, models: Reply | Sequence[str] = (NAME,), tokenizes: bool = False
    ) -> None:
        self.requests: list[Request] = []
        self.arrived: list[float] = []
        self.headers: list[Mapping[str, str]] = []
        self.paths: list[str] = []
        self.character = character
        self.models = models if isinstance(models, Reply) else Reply(raw=listing(models))
        self.tokenizes = tokenizes
        self.ended = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.scripted = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def open_connections(self) -> int:
        """How many clients are connected."""
        return len(self._server.connections)

    def settings(self, key: str = "", timeout_s: float = 30.0, context_tokens: int = 4096) -> ModelSettings:
        """Settings that name it."""
        return ModelSettings(self.url, NAME, Key(key), timeout_s, context_tokens, is_context_set=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()  # whoever waits, waits no longer
        self._server.shutdown()
        for connection in list(self._server.connections):  # a client that keeps one would be waited for
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    scripted: ScriptedModel
    daemon_threads = False

    def __init__(self, *given: Any) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(*given)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """Note the connection."""
        self.server.connections.add(self.request)
        super().setup()

    def finish(self) -> None:
        """Forget it."""
        super().finish()
        self.server.connections.discard(self.request)

    def do_GET(self) -> None:
        """List the models."""
        self._note({})
        is_list = self.path == "/v1/models"
        self._give(self.server.scripted.models if is_list else refuses(404))

    def do_POST(self) -> None:
        """Let the character answer."""
        request: Request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/tokenize" and self.server.scripted.tokenizes:
            self._give(Reply(raw=tokenized(request)))
            return
        if self.path != "/v1/chat/completions":
            self._give(refuses(404))
            return
        self._note(request)
        reply = self.server.scripted.character(request)
        if reply.raw is None and request.get("stream"):
            self._stream(reply)
        else:
            self._give(reply, completion(reply.text) if reply.raw is None else reply.raw)

    def _note(self, request: Request) -> None:
        scripted = self.server.scripted
        scripted.paths.append(self.path)
        scripted.headers.append(dict(self.headers.items()))
        if request:
            scripted.requests.append(request)
            scripted.arrived.append(time.monotonic())

    def _give(self, reply: Reply, body: bytes | None = None) -> None:
        body = reply.raw or b"" if body is None else body
        if self._begin(reply, {"Connection": "close"} if reply.trickles else {"Content-Length": str(len(body))}):
            self._write(body, reply)

    def _stream(self, reply: Reply) -> None:
        if not self._begin(reply, {"Transfer-Encoding": "chunked"}, "text/event-stream"):
            return
        flow, ended = reply.flow, self.server.scripted.ended
        if reply.drops:
            flow = replace(flow, until=len(list(flow.pieces(reply.text or ""))) // 2, drops=True)
        for n, piece in enumerate(flow.pieces(reply.text or "")):
            if n == flow.until:
                break
            self._send(event(piece, is_first=n == 0, escapes=flow.escapes), flow)
            if ended.is_set() or (flow.pause_s and ended.wait(flow.pause_s)):
                return
        if flow.until is not None and (flow.stalls or flow.drops):
            ended.wait(None if flow.stalls else 0)
            self._hang_up()
            return
        self._send(flow.then or event(None) + b"data: [DONE]\n\n", flow)
        self.wfile.write(b"0\r\n\r\n")

    def _send(self, told: bytes, flow: Flow) -> None:
        """Send bytes as chunks, each a write of its own."""
        size = flow.write_bytes or len(told)
        for at in range(0, len(told), size):
            part = told[at : at + size]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))

    def _begin(self, reply: Reply, headers: Mapping[str, str], media_type: str = "") -> bool:
        self.server.scripted.ended.wait(reply.waits_s)
        if reply.closes:
            self._hang_up()
            return False
        self.send_response(reply.status)
        told = {"Content-Type": media_type or reply.media_type} | dict(headers) | dict(reply.headers)
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        return True

    def _write(self, body: bytes, reply: Reply) -> None:
        ended = self.server.scripted.ended
        while reply.trickles and not ended.wait(TRICKLE_S):
            self.wfile.write(b" ")
        self.wfile.write(body[: len(body) // 2] if reply.drops else body)
        self.wfile.flush()
        if reply.drops:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it is called by
        """Say nothing."""

"""A server that is written byte by byte: what no library would send, and when. Real sockets; one script for all comers.

A script is called with the connection once a request has come in, and may take as long as it likes.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from assistant.model_settings import Key, ModelSettings

EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
DONE = b"data: [DONE]\n\n"
HUNG_S = 30.0


@dataclass
class Wire:
    """`requests` as they came in; `gone_after_s` is when the client went, counted from its request, by connection."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    gone_after_s: list[float] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def settings(self, key: str = "", timeout_s: float = 30.0, *, is_context_set: bool = True) -> ModelSettings:
        """Settings that name it."""
        return ModelSettings(self.url, "wired", Key(key), timeout_s, is_context_set=is_context_set)


Script = Callable[[socket.socket, Wire], None]


def event(text: str | None, finish: str | None = None) -> bytes:
    """A piece of a reply as a server-sent event, with letters beyond ASCII as they are."""
    choice = {"index": 0, "delta": {} if text is None else {"content": text}, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "wired", "choices": [choice]}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n\n"


def whole(*texts: str) -> bytes:
    """The events of a whole reply."""
    return b"".join(map(event, texts)) + event(None, "stop") + DONE


def sends(*parts: bytes, pause_s: float = 0.0) -> Script:
    """Sends these one after the other and hangs up."""

    def script(connection: socket.socket, wire: Wire) -> None:
        for part in parts:
            connection.sendall(part)
            wire.ended.wait(pause_s)

    return script


def holds(*parts: bytes) -> Script:
    """Sends these, then nothing, and notes when the client goes."""

    def script(connection: socket.socket, wire: Wire) -> None:
        began = time.monotonic()
        connection.sendall(b"".join(parts))
        connection.settimeout(HUNG_S)
        with suppress(OSError):
            while connection.recv(4096):
                pass
        wire.gone_after_s.append(time.monotonic() - began)

    return script


def repeats(first: bytes, part: bytes, every_s: float) -> Script:
    """Sends `first`, then `part` again and again until somebody hangs up."""

    def script(connection: socket.socket, wire: Wire) -> None:
        connection.sendall(first)
        while not wire.ended.wait(every_s):
            connection.sendall(part)

    return script


@contextmanager
def wired(script: Script) -> Iterator[Wire]:
    """The server, on a port of its own, until the end of `with`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = Wire(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        threads = [threading.Thread(target=_accept, args=(listening, script, wire))]
        threads[0].start()
        try:
            yield wire
        finally:
            wire.ended.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            threads[0].join()


def _accept(listening: socket.socket, script: Script, wire: Wire) -> None:
    serving = []
    open_now: list[socket.socket] = []
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            break
        open_now.append(connection)
        serving.append(threading.Thread(target=_serve, args=(connection, script, wire)))
        serving[-1].start()
    for connection in open_now:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for thread in serving:
        thread.join()


def _serve(connection: socket.socket, script: Script, wire: Wire) -> None:
    with connection, suppress(OSError):
        request = b""
        while b"\r\n\r\n" not in request and (more := connection.recv(65536)):
            request += more
        head, _, body = request.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        length = int(lengths[0].split(b":")[1]) if lengths else 0
        while len(body) < length and (more := connection.recv(65536)):
            body += more
        wire.requests.append(head + b"\r\n\r\n" + body)
        script(connection, wire)

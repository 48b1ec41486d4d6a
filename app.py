"""The web app: `python app.py` serves the chat and its sources; reads the settings, composes the page, serves it.

Nothing heavy is loaded before the port is known to be free and the store to be there.
"""

import argparse
import errno
import os
import socket
import sys
import threading
from collections.abc import Sequence
from ipaddress import ip_address
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from corpus.command import run
from corpus.errors import MisuseError, ProjectError
from index.offline import stay_offline
from index.panels.words import LANGUAGES
from index.settings import DEFAULT_STORE, Settings, read_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.live import LiveAssistant

HOST, PORT = "127.0.0.1", 7860
LAST_PORT = 65_535
PROXIES = "ASSISTANT_PROXIES"
"""The variable that names the proxies in front, whose word on who asks is taken."""
GOODBYE_SECONDS = 1
"""How long open pages may hold up the end; they keep a connection for as long as they are open."""


class AddressError(ProjectError):
    """The address cannot be served."""


def main(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python app.py", description="Serve the chat: questions in, answers with their sources out."
    )
    parser.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    parser.add_argument(
        "--host", metavar="H", default=HOST, help=f"the address to serve on ({HOST}: this machine only)"
    )
    parser.add_argument(
        "--port", metavar="P", type=int, default=PORT, help=f"the port to serve on ({PORT}; 0 takes a free one)"
    )
    parser.add_argument("--first", metavar="PATH", help="documents to make the store of, where there is none yet")
    given = parser.parse_args(arguments)
    with listen(given.host, given.port) as listener, TemporaryDirectory(prefix="project-answers-") as uploads:
        stay_offline()
        os.environ.setdefault("GRADIO_TEMP_DIR", uploads)  # nobody else's to read, and gone in the end
        from web.site import make_app

        proxies = os.environ.get(PROXIES, "")
        live = opened(read_settings(given.store), given.first)
        app = make_app(
            live, is_local=ip_address(listener.getsockname()[0]).is_loopback and not proxies, proxies=proxies
        )
        print(f"{live.store.settings.store} holds {holdings(live)}")
        print(f"serving on {url(listener)}, until Ctrl-C", flush=True)
        threading.Thread(target=warm, args=[live], daemon=True).start()
        serve(app, listener)
    return 0


def listen(host: str, port: int) -> socket.socket:
    """Open a socket that listens; visitors wait in it until the app serves.

    Raises:
        MisuseError: there is no such port.
        AddressError: the port is taken, or the host is not an address of this machine.
    """
    if not 0 <= port <= LAST_PORT:
        raise MisuseError(f"--port {port}: give a number from 0 to {LAST_PORT}")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        raise AddressError(_refused(host, port, error)) from error


def _refused(host: str, port: int, error: OSError | UnicodeError) -> str:
    other = port + 1 if port < LAST_PORT else PORT
    instead = f"choose another: --port {other}, or: make run PORT={other}"
    if isinstance(error, PermissionError):
        return f"port {port} may not be used by this user; {instead}"
    if isinstance(error, (socket.gaierror, UnicodeError)) or error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: not an address of this machine; leave it out to serve on {HOST}"
    return (
        f"port {port} is in use; {instead}" if error.errno == errno.EADDRINUSE else f"{host}:{port}: {error}; {instead}"
    )


def opened(settings: Settings, first: str | None) -> "LiveAssistant":
    """Open the store; where there is none, made of the documents in `first`.

    Raises:
        StoreError: it cannot be opened, or there is none and none could be made.
        MisuseError: a language model is configured wrongly.
    """
    from assistant.live import LiveAssistant
    from assistant.llm.configured import configured_model
    from index.errors import NoStoreError

    model = configured_model()
    try:
        return LiveAssistant(settings, model)
    except NoStoreError:
        if first is None:
            raise
    from index.__main__ import main as index

    index(["build", first, "--store", str(settings.store)])
    return LiveAssistant(settings, model)


def url(listener: socket.socket) -> str:
    """Where a browser on this machine finds the page."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": HOST, "::": "::1"}.get(host, host)  # noqa: S104  # every address, so this machine's own too
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def holdings(live: "LiveAssistant") -> str:
    """Say what there is to ask about."""
    held = live.store.counts()
    documents, projects = held["documents"], held["projects"]
    return f"{documents:,} document{'s' * (documents != 1)}, {projects:,} project{'s' * (projects != 1)}"


def warm(live: "LiveAssistant") -> None:
    """Load the model while the visitor types, find what they may ask, and what the list of projects begins with."""
    from index.panels.frame import Frame
    from index.panels.projects_drawn import draw
    from index.panels.projects_view import View

    try:
        live.warm()
        for language in LANGUAGES:
            live.find_examples(language)
        draw(Frame(), live.current(), View(), View(), "")  # whose counts are kept
    except ProjectError as error:
        # Questions about fields need no model, so the page stays up; others say the same in the chat.
        print(f"error: {error}", file=sys.stderr, flush=True)


def serve(app: "FastAPI", listener: socket.socket) -> None:
    """Answer requests until the process is told to stop."""
    import uvicorn

    # Whose word is taken on who asks, the app says (`add_headers`); uvicorn would take that of any on this machine.
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=GOODBYE_SECONDS, proxy_headers=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    raise SystemExit(run(main))

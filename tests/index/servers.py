"""A real PostgreSQL and a real Chroma server, for the tests that need one: started, stopped, started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

STARTS_WITHIN_SECONDS = 60


def free_port() -> int:
    """Name a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Server:
    """A server process over a folder; `stop` and `start` it as often as a test likes."""

    def __init__(
        self, line: list[str], port: int, log: Path, ready: Callable[[int], bool], user: str | None = None
    ) -> None:
        self.port = port
        self._line, self._log, self._ready, self._user = line, log, ready, user
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._line, stdout=log, stderr=log, user=self._user, env=os.environ | {"ANONYMIZED_TELEMETRY": "False"}
            )
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            if self._ready(self.port):
                return
            time.sleep(0.1)
        raise RuntimeError(f"{self._line[0]} did not start: {self._log.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._process:
            self._process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: it does not wait for clients
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


def listens(port: int) -> bool:
    """Tell whether somebody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def lets_in(port: int) -> bool:
    """Tell whether PostgreSQL lets us in; for a moment after its start it listens and does not."""
    import psycopg

    try:
        psycopg.connect(host="127.0.0.1", port=port, user="tester", dbname="postgres", connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True


def missing(what: str, how: str) -> NoReturn:
    """Skip a test whose server is not installed; on CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not there: {how}")
    pytest.skip(f"{what} is not there: {how}")


@contextmanager
def postgres() -> Iterator[Server]:
    """Run a PostgreSQL over a new cluster that lets anybody on this machine in."""
    found = [shutil.which("postgres"), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres")))]
    binary = next((Path(path) for path in reversed(found) if path), None)
    if binary is None:
        missing("PostgreSQL", "apt-get install postgresql")
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        folder, data, port = Path(name), Path(name, "data"), free_port()
        folder.chmod(0o755)
        data.mkdir()
        if user:
            shutil.chown(folder, user)
            shutil.chown(data, user)
        prepare = [
            binary.with_name("initdb"),
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "tester",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run(list(map(str, prepare)), check=True, capture_output=True, user=user, cwd=folder)
        options = ["-D", data, "-p", port, "-k", data, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        server = Server([str(binary), *map(str, options)], port, folder / "log", lets_in, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def chroma() -> Iterator[Server]:
    """Run a Chroma server over a new folder."""
    binary = Path(sys.executable).with_name("chroma")
    if not binary.exists():
        missing("chroma", "pip install chromadb")
    with tempfile.TemporaryDirectory(prefix="chroma-") as name:
        port = free_port()
        line = [str(binary), "run", "--path", name, "--host", "127.0.0.1", "--port", str(port)]
        server = Server(line, port, Path(name) / "log", listens)
        server.start()
        try:
            yield server
        finally:
            server.stop()

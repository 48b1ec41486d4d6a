"""The web app as a server: what its command line says, where it listens, and how it ends."""

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browsing import chromium
from tests.serving import Served, serving

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the sample store."""
    store = tmp_path_factory.mktemp("app") / "store"
    shutil.copytree(sample_store, store)
    with serving(store, root) as served:
        yield served


def test_a_taken_port_is_named_with_the_way_out(command: Command, sample_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = command("app.py", "--store", sample_store, "--port", port)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert (
        ended.stderr
        == f"error: port {port} is in use; choose another: --port {port + 1}, or: make run PORT={port + 1}\n"
    )


def test_a_taken_port_is_noticed_before_anything_heavy_is_loaded(command: Command) -> None:
    program = (
        "import sys, socket, app\n"
        "taken = socket.create_server(('127.0.0.1', 0))\n"
        "try: app.main(['--port', str(taken.getsockname()[1])])\n"
        "except app.AddressError: print([name for name in ('sqlalchemy', 'gradio', 'torch') if name in sys.modules])\n"
    )
    assert command("-c", program).stdout == "[]\n"


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--port", "70000"], 2, "--port 70000: give a number from 0 to 65535"),
        (["--host", "203.0.113.1", "--port", "0"], 1, "--host 203.0.113.1: not an address of this machine"),
        (
            ["--port", "0", "--store", "no-such-folder"],
            1,
            "no-such-folder: no store here; build one with: python -m index build",
        ),
    ],
)
def test_what_cannot_be_served_gives_one_line(command: Command, options: list[str], code: int, says: str) -> None:
    ended = command("app.py", *options)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert ended.stderr.startswith(f"error: {says}")
    assert ended.stderr.count("\n") == 1


def test_a_second_instance_serves_the_same_store_and_ctrl_c_ends_it_with_its_page_open(app: Served, root: Path) -> None:
    with serving(app.store, root) as second, chromium() as browser, browser.new_page() as page:
        assert second.url != app.url
        page.goto(second.url)
        page.get_by_label("Question").wait_for()
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(timeout=30) == 130
        assert second.errors() == "stopped; nothing that was there before is lost\n"


def test_the_address_and_what_the_store_holds_are_said_before_anything_else(app: Served) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", app.url)
    assert app.said[0] == f"{app.store} holds 10 documents, 15 projects\n"
    assert app.errors() == ""


def test_where_there_is_no_store_it_is_made_of_the_first_documents_and_served(root: Path, tmp_path: Path) -> None:
    document = tmp_path / "lamps.md"
    document.write_text("# Lamp Hill\n\nLamp Hill lights a path. Period: May 2016 – April 2018 | Budget: 1,000 EUR\n")
    store = tmp_path / "store"
    with serving(store, root, "--first", str(document)) as served:
        assert served.process.stdout
        said = [*served.said, *(served.process.stdout.readline() for _ in range(2))]
    assert said[0].startswith("1 added")
    assert said[2:] == [f"{store} holds 1 document, 1 project\n", said[3]]
    assert said[3].startswith("serving on http://127.0.0.1:")


def test_a_store_that_is_there_is_served_as_it_is(app: Served, root: Path, tmp_path: Path) -> None:
    with serving(app.store, root, "--first", str(tmp_path)) as served:
        assert served.said[0] == app.said[0]

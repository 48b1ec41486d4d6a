"""What an event may name: files that were uploaded, and no other file of this machine nor any address."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import Served, serving
from web.blocks import files_named, is_below

UNTYPED = [""] * 6
"""What else the event is given that reads a draft: the boxes that narrow the projects down."""


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the sample store."""
    store = tmp_path_factory.mktemp("files") / "store"
    shutil.copytree(sample_store, store)
    with serving(store, root) as served:
        yield served


def told(app: Served, trigger: str, *values: Any) -> dict[str, Any]:
    """How the first event of a kind ends that is given these values, as any program may send them."""
    events = httpx.get(f"{app.url}/config").json()["dependencies"]
    event = next(one["id"] for one in events if any(name == trigger for _, name in one["targets"]))
    asked = {"data": values, "fn_index": event, "session_hash": "s"}
    httpx.post(f"{app.url}/gradio_api/queue/join", json=asked).raise_for_status()
    heard = httpx.get(f"{app.url}/gradio_api/queue/data", params={"session_hash": "s"}, timeout=60).text
    lines = (json.loads(line[5:]) for line in heard.splitlines() if line.startswith("data:"))
    return next(one for one in lines if one["msg"] == "process_completed")


def file(path: object) -> dict[str, Any]:
    return {"path": str(path), "meta": {"_type": "gradio.FileData"}}


def test_no_file_of_the_machine_and_no_address_can_be_named(app: Served, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of a diary")
    for named in (file(secret), file(app.store / "users.json"), file(f"{app.url}/healthz?x.txt")):
        assert not told(app, "upload", named, *UNTYPED)["success"]  # it would be read as a draft
        asked = told(app, "submit", {"deep": [named]}, None)  # it would be copied to where anybody may fetch it
        assert (asked["success"], "/gradio/" in json.dumps(asked)) == (False, False)


def test_an_upload_can_be_named(app: Served) -> None:
    draft = {"files": ("draft.txt", b"a lamp in every window")}
    (path,) = httpx.post(f"{app.url}/gradio_api/upload", files=draft).json()
    read = told(app, "upload", file(path), *UNTYPED)
    assert (read["success"], read["output"]["data"][0]) == (True, "a lamp in every window")


def test_a_text_that_looks_like_a_path_is_a_text(app: Served) -> None:
    assert told(app, "submit", "/etc/passwd", None)["success"]


def test_files_are_found_however_deep_and_links_out_of_a_folder_are_followed(tmp_path: Path) -> None:
    assert files_named([{"a": [{"path": "x"}], "path": "y"}, {"path": 5}, "z"]) == ["y", "x"]
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path)
    assert is_below(str(inside), f"{inside}/a/b.txt")
    assert not any(
        is_below(str(inside), path)
        for path in (f"{inside}/../b.txt", f"{inside}/link/b", "https://x/", "a\0", "", f"{inside}x/b")
    )

"""Reports of runs by an address: for whom the gate lets in, kept from the page's origin, 404 where there is none."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from eval.runs import Keeper
from index.settings import Settings
from index.store import Store
from tests.eval.runs_by_hand import answerable, run
from web.reports import reports


@pytest.fixture(scope="module")
def client(reedmoor_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Ask an app over a store with two runs, whose gate knows one header."""
    folder = shutil.copytree(reedmoor_store, tmp_path_factory.mktemp("reports") / "store")
    app = FastAPI()

    def gate() -> None:
        if not is_open[0]:
            raise HTTPException(401)

    is_open = [True]
    app.state.gate = is_open
    with closing(Store(Settings(folder))) as store:
        for name in ("a", "b"):
            made = run([answerable("q", 1.0, question="<script>hurt()</script>")], name)
            keeper = Keeper(store, made)
            keeper.begin()
            keeper.finish(made.results)
        reports(app, lambda: store, gate)
        yield TestClient(app)


@pytest.mark.parametrize("address", ["/staff/runs/a/report.html", "/staff/runs/a/compared/b.html"])
def test_a_report_is_a_page_of_its_own(client: TestClient, address: str) -> None:
    told = client.get(address)
    assert told.status_code == 200
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert told.headers["content-security-policy"] == "sandbox allow-scripts; frame-ancestors 'none'"
    assert "default-src &#39;none&#39;" in told.text
    assert "<script>hurt" not in told.text


@pytest.mark.parametrize(
    "address", ["/staff/runs/x/report.html", "/staff/runs/a/compared/x.html", "/staff/runs/a/compared/a.html"]
)
def test_what_is_not_there_is_told(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_gate_stands_before_them(client: TestClient) -> None:
    client.app.state.gate[0] = False  # type: ignore[attr-defined]
    assert client.get("/staff/runs/a/report.html").status_code == 401
    assert client.get("/staff/runs/a/compared/b.html").status_code == 401
    client.app.state.gate[0] = True  # type: ignore[attr-defined]

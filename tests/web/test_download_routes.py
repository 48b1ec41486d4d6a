"""The routes of the downloads: what a link asks for is what the file holds, and no file is left behind."""

import csv
import io
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.listing import every_row
from index.settings import Settings
from index.store import Store
from index.wanted import Wanted, to_query
from web.downloads import BOOKS_AT_ONCE, downloads

WANTED = Wanted(since="2014", sort="start", descending=True)


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Iterator[Store]:
    with closing(Store(Settings(sample_store))) as opened:
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    app = FastAPI()
    downloads(app, lambda: store)
    return TestClient(app)


def test_a_link_gives_what_the_page_shows_in_its_order(client: TestClient, store: Store) -> None:
    answer = client.get(f"/projects.csv?{to_query(WANTED)}")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert [row["id"] for row in rows] == [one.id for one in every_row(store, WANTED)]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="projects.csv"'


def test_a_workbook_is_sent_and_not_kept(
    client: TestClient, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = client.get(f"/projects.xlsx?{to_query(WANTED)}&names=360giving")
    assert answer.headers["content-disposition"] == 'attachment; filename="projects-360giving.xlsx"'
    titles = [row[1] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values]
    assert titles == ["Title", *(one.title for one in every_row(store, WANTED))]
    assert [*tmp_path.iterdir()] == []


def test_nonsense_is_passed_over(client: TestClient, store: Store) -> None:
    answer = client.get("/projects.csv?since=soon&sort=colour&names=oecd&least=%00")
    assert answer.status_code == 200
    assert len(answer.content.decode().splitlines()) >= 1 + len(store.names.titles)


def test_few_workbooks_are_made_at_once_and_whoever_comes_then_is_told_so(store: Store) -> None:
    begun, tried = threading.Barrier(BOOKS_AT_ONCE + 1), threading.Event()

    def live() -> Store:
        begun.wait(30)
        tried.wait(30)
        return store

    app = FastAPI()
    downloads(app, live)
    with ThreadPoolExecutor() as pool:
        first = [pool.submit(TestClient(app).get, "/projects.xlsx") for _ in range(BOOKS_AT_ONCE)]
        begun.wait(30)
        refused = TestClient(app).get("/projects.xlsx", headers={"accept-language": "ro"})
        tried.set()
        assert {one.result().status_code for one in first} == {200}
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    assert refused.text.startswith("Se pregătesc")

"""`/originals/…`: PDFs open, all else is a download, nothing is run as a page, what is gone is said in plain words."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from index.settings import Settings
from index.store import Store
from index.sync import build
from web.originals import originals

ATTACK = "<img src=x onerror=window.hurt=1>.txt"
PAGE = "Lamp House\n\nThe lamp shines.\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: The Lamp Fund\n"


@pytest.fixture(scope="module")
def docs(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write files of several types, one in an archive, one of a hostile name, one published elsewhere."""
    folder = tmp_path_factory.mktemp("originals") / "docs"
    folder.mkdir()
    shutil.copy(sample / "occupy-library-report.pdf", folder)
    (folder / "script.html").write_text(f"<h1>Lamp</h1><script>window.hurt=1</script><p>{PAGE}</p>")
    (folder / ATTACK).write_text(PAGE)
    (folder / "moved.md").write_text(f"---\nurl: https://example.org/moved\n---\n\n{PAGE}")
    (folder / "changed.txt").write_text(PAGE)
    (folder / "gone.txt").write_text(PAGE)
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        archive.writestr("in/școală.txt", PAGE)
    return folder


@pytest.fixture(scope="module")
def store(docs: Path, small_model: Path) -> Iterator[Store]:
    """Build a store over them, then change one file and take two away."""
    settings = Settings(docs.parent / "store", str(small_model))
    build(settings, [docs])
    (docs / "changed.txt").write_text(PAGE + "More.\n")
    (docs / "gone.txt").unlink()
    (docs / "moved.md").unlink()
    with closing(Store(settings)) as opened:
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    """Serve the route by itself."""
    app = FastAPI()
    originals(app, lambda: store)
    return TestClient(app)


def address(store: Store, source: str) -> str:
    return f"/originals/{store.sources[source].id}"


def test_a_pdf_opens_in_the_browser_and_a_part_of_it_can_be_asked_for(client: TestClient, store: Store) -> None:
    at = address(store, "occupy-library-report.pdf")
    reply = client.get(at)
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"] == 'inline; filename="occupy-library-report.pdf"'
    assert reply.content.startswith(b"%PDF")
    assert client.get(at, headers={"range": "bytes=0-3"}).content == b"%PDF"


@pytest.mark.parametrize("source", ["script.html", ATTACK, "pack.zip/in/școală.txt", "occupy-library-report.pdf"])
def test_no_file_is_run_as_a_page_of_ours(client: TestClient, store: Store, source: str) -> None:
    reply = client.get(address(store, source))
    assert reply.status_code == 200
    assert reply.headers["content-security-policy"].startswith("sandbox;")
    assert "allow" not in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    if not source.endswith(".pdf"):
        assert reply.headers["content-disposition"].startswith("attachment; filename")


def test_a_member_of_an_archive_is_read_out_of_it_under_its_own_name(client: TestClient, store: Store) -> None:
    reply = client.get(address(store, "pack.zip/in/școală.txt"))
    assert reply.text == PAGE
    assert reply.headers["content-length"] == str(len(PAGE))
    assert reply.headers["content-disposition"] == "attachment; filename*=utf-8''%C8%99coal%C4%83.txt"


@pytest.mark.parametrize(
    ("source", "status", "said"),
    [
        ("gone.txt", 404, "The file is not where it was when it was read."),
        ("moved.md", 404, '<a href="https://example.org/moved" rel="noreferrer noopener">'),
        ("changed.txt", 409, "The file has changed since it was read"),
    ],
)
def test_what_cannot_be_given_is_said(client: TestClient, store: Store, source: str, status: int, said: str) -> None:
    reply = client.get(address(store, source))
    assert reply.status_code == status
    assert said in reply.text


def test_a_changed_file_is_given_to_who_wants_it_nevertheless(client: TestClient, store: Store) -> None:
    at = address(store, "changed.txt")
    assert 'href="?now=1"' in client.get(at).text
    assert client.get(f"{at}?now=1").text.endswith("More.\n")


@pytest.mark.parametrize("identity", ["no-such", "..%2f..%2fetc%2fpasswd", "%00", "<script>"])
def test_an_address_of_no_document_is_a_plain_sentence(client: TestClient, identity: str) -> None:
    reply = client.get(f"/originals/{identity}")
    assert reply.status_code == 404
    assert "<script>" not in reply.text


def test_it_speaks_the_language_of_the_browser(client: TestClient) -> None:
    reply = client.get("/originals/no-such", headers={"accept-language": "ro-RO,ro;q=0.9,en;q=0.5"})
    assert '<html lang="ro">' in reply.text
    assert "Acest document nu mai există" in reply.text

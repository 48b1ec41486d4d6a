"""Originals: the file of a source is found where a build reads it, and nothing that lies outside is ever given."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.files import File, find_files
from corpus.reading import read_document
from index.originals import address_of, find_file, original, same_bytes, size_of
from index.settings import Settings
from index.store import Store
from index.sync import build

Read = Callable[[str, str], Document]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Write files in folders, one with a name that is not printed as it is, and an archive."""
    folder = tmp_path / "docs"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "lamp.txt").write_text("Lamp House")
    (folder / "two\nlines.txt").write_text("Two lines")
    (folder / ".hidden.txt").write_text("hidden")
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        archive.writestr("in/owl.txt", "Owl House")
        archive.writestr("../up.txt", "Up House")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def test_the_file_of_every_source_is_found(docs: Path) -> None:
    files = find_files([docs])
    assert len(files) == 4
    for file in files:
        found = find_file([docs], docs / "none", file.source)
        assert found == file
        assert size_of(found) > 0


def test_a_single_file_or_archive_that_was_given_is_found(docs: Path) -> None:
    for root in (docs / "in" / "lamp.txt", docs / "pack.zip"):
        for file in find_files([root]):
            assert find_file([root], docs / "none", file.source) == file


@pytest.mark.parametrize(
    "source",
    [
        *("../secret.txt", "in/../../secret.txt", "/etc/passwd", "in//lamp.txt", "./in/lamp.txt", ".hidden.txt", ""),
        *("in", "in/lamp.txt/more", "pack.zip/none.txt", "pack.zip/../../secret.txt", "lamp.txt", "x" * 5000, "\x00"),
        *("uploads/../secret.txt", "uploads/.removed/lamp.txt", "uploads/"),
    ],
)
def test_nothing_else_is(docs: Path, source: str) -> None:
    uploads = docs.parent / "uploads"
    (uploads / ".removed").mkdir(parents=True)
    (uploads / ".removed" / "lamp.txt").write_text("removed")
    assert find_file([docs], uploads, source) is None


def test_a_link_that_leads_out_is_refused_and_one_within_is_followed(docs: Path) -> None:
    (docs / "out.txt").symlink_to(docs.parent / "secret.txt")
    (docs / "within.txt").symlink_to(docs / "in" / "lamp.txt")
    (docs / "folder").symlink_to(docs.parent)
    (docs / "circle.txt").symlink_to(docs / "circle.txt")
    found = [find_file([docs], docs / "none", name) for name in ("out.txt", "folder/secret.txt", "circle.txt")]
    assert found == [None, None, None]
    assert find_file([docs], docs / "none", "within.txt") is not None


def test_an_upload_is_found_among_the_uploads_and_nowhere_else(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    shutil.copy(docs / "in" / "lamp.txt", tmp_path / "uploads" / "kite.txt")
    found = find_file([docs], tmp_path / "uploads", "uploads/kite.txt")
    assert found == File("uploads/kite.txt", tmp_path / "uploads" / "kite.txt")
    assert find_file([docs], tmp_path / "uploads", "kite.txt") is None


def test_a_change_of_the_bytes_is_noticed(docs: Path) -> None:
    path = docs / "in" / "lamp.txt"
    document, file = read_document(path, "in/lamp.txt"), File("in/lamp.txt", path)
    assert same_bytes(document, file)
    path.write_text("Lamp House, larger")
    assert not same_bytes(document, file)
    path.unlink()
    assert not same_bytes(document, file)


def test_a_member_of_an_archive_is_compared_as_it_is_unpacked(docs: Path) -> None:
    (file,) = (one for one in find_files([docs]) if one.member == "in/owl.txt")
    document = replace(read_document(docs / "in" / "lamp.txt", "x"), sha256=hashlib.sha256(b"Owl House").hexdigest())
    assert same_bytes(document, file)


def test_a_page_tells_where_it_was_published(read: Read) -> None:
    text = "---\ntitle: Lamp\nurl: https://example.org/lamp?a=1\n---\n\n# Lamp House\n\nIt shines.\n"
    assert address_of(read(text, "lamp.md")) == "https://example.org/lamp?a=1"
    assert address_of(replace(read("Lamp", "lamp.txt"), source="https://example.org/x.txt")) is not None


@pytest.mark.parametrize(
    "line",
    ["url: javascript:alert(1)", "source: Annual report", "url: /lamp", 'url: "https://a b"', "other: https://x.org"],
)
def test_what_is_no_address_is_not_taken_for_one(read: Read, line: str) -> None:
    assert address_of(read(f"---\n{line}\n---\n\n# Lamp House\n\nIt shines.\n", "lamp.md")) is None


def test_a_part_of_a_register_gives_the_register_s_file(tmp_path: Path, small_model: Path) -> None:
    (tmp_path / "docs").mkdir()
    rows = "".join(f"Orchard {n},{n} EUR,Apple Fund\n" for n in range(1, 1_200))
    (tmp_path / "docs" / "grants.csv").write_text(f"Project title,Budget,Funder\n{rows}")
    settings = Settings(tmp_path / "store", str(small_model))
    build(settings, [Path(os.path.relpath(tmp_path / "docs"))])
    with closing(Store(settings)) as store:
        assert len(store.documents) == 2
        for document in store.documents.values():
            assert original(store, document) == File("grants.csv", tmp_path / "docs" / "grants.csv")
        (tmp_path / "docs" / "grants.csv").unlink()
        assert original(store, document) is None

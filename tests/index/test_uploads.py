"""Uploads: kept under safe names, never overwritten, refused where no build could read them, removed and put back."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UploadError
from index.uploads import (
    ADDED,
    CHANGED,
    FOLDER,
    LONGEST_NAME,
    REPLACED,
    SAME,
    Upload,
    keep_upload,
    put_back,
    remove_upload,
    removed_uploads,
    safe_name,
    upload_of,
    uploads,
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Name a store's folder, which is not there yet."""
    return tmp_path / "store"


def given_file(folder: Path, text: str = "Lamp House", name: str = "given.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("Raport anual – ședință.docx", "Raport anual – ședință.docx"),
        ("s\N{COMBINING COMMA BELOW}coala.txt", "școala.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.txt", "plan.txt"),
        (".bashrc.txt", "bashrc.txt"),
        ("a\nb\x00\x1b[31m.txt", "ab[31m.txt"),
        ("invoice\N{RIGHT-TO-LEFT OVERRIDE}fdp.txt", "invoicefdp.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("  many   spaces .txt", "many spaces.txt"),
        ("plan. .txt", "plan.txt"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["", "..", ".txt", "/", "noending", "a/.txt", "x." + "e" * 300])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(UploadError, match="rename the file"):
        safe_name(name)


@given(st.text(max_size=400))
def test_no_name_leads_out_of_the_folder_or_is_longer_than_a_file_system_takes(name: str) -> None:
    try:
        kept = safe_name(name + ".txt")
    except UploadError:
        return
    assert Path(kept).name == kept
    assert not kept.startswith(".")
    assert len(kept.encode()) <= LONGEST_NAME
    assert safe_name(kept) == kept


def test_a_new_version_takes_the_place_of_the_old_which_is_put_aside(store: Path, tmp_path: Path) -> None:
    first = given_file(tmp_path, "edition 1")
    assert keep_upload(store, first, "lamp.txt") == Upload("lamp.txt", ADDED)
    assert keep_upload(store, first, "lamp.txt") == Upload("lamp.txt", SAME)
    assert keep_upload(store, given_file(tmp_path, "edition 2"), "lamp.txt") == Upload("lamp.txt", CHANGED)
    assert uploads(store) == ["lamp.txt"]
    assert (store / FOLDER / "lamp.txt").read_text() == "edition 2"
    (old,) = (store / FOLDER / REPLACED).glob("*/lamp.txt")
    assert old.read_text() == "edition 1"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("old.doc", "save it as .docx"), ("picture.png", "files that are read end in"), ("pack.rar", "unpack it first")],
)
def test_a_type_that_is_not_read_is_refused_with_what_to_do(
    store: Path, tmp_path: Path, name: str, reason: str
) -> None:
    with pytest.raises(UploadError, match=reason):
        keep_upload(store, given_file(tmp_path), name)
    assert uploads(store) == []
    assert list((store / FOLDER).iterdir()) == []  # nor is anything left half way


def test_what_is_too_large_is_refused_before_it_is_copied(store: Path, tmp_path: Path) -> None:
    with pytest.raises(UploadError, match=r"10 bytes; up to 9 can be uploaded"):
        keep_upload(store, given_file(tmp_path), "lamp.txt", most_bytes=9)
    assert not store.exists()


def test_a_damaged_or_empty_archive_is_refused(store: Path, tmp_path: Path) -> None:
    with pytest.raises(UploadError, match="the archive is damaged"):
        keep_upload(store, given_file(tmp_path), "pack.zip")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with pytest.raises(UploadError, match="holds no file"):
        keep_upload(store, tmp_path / "empty.zip", "empty.zip")


def test_a_removed_document_can_be_put_back(store: Path, tmp_path: Path) -> None:
    keep_upload(store, given_file(tmp_path), "lamp.txt")
    remove_upload(store, "lamp.txt")
    assert uploads(store) == []
    (one,) = removed_uploads(store)
    put_back(store, one.moment, one.name)
    assert uploads(store) == ["lamp.txt"]
    assert removed_uploads(store) == []


def test_a_removed_document_does_not_take_the_place_of_one_uploaded_since(store: Path, tmp_path: Path) -> None:
    keep_upload(store, given_file(tmp_path), "lamp.txt")
    remove_upload(store, "lamp.txt")
    keep_upload(store, given_file(tmp_path, "another"), "lamp.txt")
    (one,) = removed_uploads(store)
    with pytest.raises(UploadError, match="remove that one first"):
        put_back(store, one.moment, one.name)
    assert (store / FOLDER / "lamp.txt").read_text() == "another"


@pytest.mark.parametrize("name", ["other.txt", "../catalogue.sqlite", "", ".removed"])
def test_only_what_is_listed_can_be_removed_or_put_back(store: Path, tmp_path: Path, name: str) -> None:
    keep_upload(store, given_file(tmp_path), "lamp.txt")
    (store / "catalogue.sqlite").write_text("")
    with pytest.raises(UploadError, match="look at the list again"):
        remove_upload(store, name)
    with pytest.raises(UploadError, match="look at the list again"):
        put_back(store, "..", name)
    assert (store / "catalogue.sqlite").exists()


def test_a_source_tells_which_upload_it_is_in() -> None:
    sources = ["uploads/lamp.txt", "uploads/pack.zip/in/lamp.txt", "lamp.txt", "uploads/"]
    assert [upload_of(source) for source in sources] == ["lamp.txt", "pack.zip", None, None]

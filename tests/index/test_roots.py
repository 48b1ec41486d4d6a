"""What a store is built from: remembered over rebuilds, uploads read along, what staff left out not read."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from corpus.errors import CorpusError, MisuseError
from index.catalogue import FILE as CATALOGUE
from index.catalogue import open_catalogue
from index.errors import NoRootsError, NoStoreError
from index.migrations import VERSION
from index.roots import gather, leave_out, read_left_out, read_roots, remembered, take_in
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.uploads import keep_upload, remove_upload, uploads_folder


def page(title: str) -> str:
    return f"{title}\n\nThe lamp shines over the yard.\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: The Lamp Fund\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Write two pages."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("lamp", "owl"):
        (folder / f"{name}.txt").write_text(page(f"{name.title()} House"))
    return folder


@pytest.fixture
def settings(tmp_path: Path, docs: Path, small_model: Path) -> Settings:
    """Build a store over the two pages and an upload."""
    made = Settings(tmp_path / "store", str(small_model))
    (tmp_path / "given.txt").write_text(page("Kite House"))
    keep_upload(made.store, tmp_path / "given.txt", "kite.txt")
    build(made, [docs])
    return made


def sources(settings: Settings) -> list[str]:
    with closing(Store(settings)) as store:
        return list(store.sources)


def change(settings: Settings, what: Callable[..., None], file: str) -> None:
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        what(connection, file)


def spoil_version(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.store / CATALOGUE)) as connection, connection:
        connection.execute("UPDATE store SET value = '2' WHERE key = ?", [VERSION])


def test_the_paths_of_the_last_build_are_remembered_wherever_it_was_started(
    settings: Settings, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs.parent)
    build(settings, [Path("docs/lamp.txt"), Path("docs/owl.txt")])
    assert remembered(settings) == [docs / "lamp.txt", docs / "owl.txt"]


def test_paths_and_what_is_left_out_outlive_a_rebuild_that_makes_the_catalogue_anew(
    settings: Settings, docs: Path
) -> None:
    change(settings, leave_out, "owl.txt")
    spoil_version(settings)
    assert build(settings, [docs], rebuild=True).left_out == ["owl.txt"]
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        assert (read_roots(connection), read_left_out(connection)) == ([docs], ["owl.txt"])
    assert sources(settings) == ["lamp.txt", "uploads/kite.txt"]


def test_a_build_that_fails_leaves_the_paths_as_they_were(settings: Settings, docs: Path, tmp_path: Path) -> None:
    remove_upload(settings.store, "kite.txt")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError):
        build(settings, [tmp_path / "empty"])
    assert remembered(settings) == [docs]


def test_what_was_uploaded_is_read_in_every_build(settings: Settings, tmp_path: Path) -> None:
    assert sources(settings) == ["lamp.txt", "owl.txt", "uploads/kite.txt"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "fox.txt").write_text(page("Fox House"))
    report = build(settings, [tmp_path / "other"])
    assert (report.uploaded, report.removed) == (1, ["lamp.txt", "owl.txt"])
    assert sources(settings) == ["fox.txt", "uploads/kite.txt"]


def test_a_removed_upload_is_forgotten_by_the_next_build(settings: Settings, docs: Path) -> None:
    remove_upload(settings.store, "kite.txt")
    assert build(settings, [docs]).removed == ["uploads/kite.txt"]


def test_a_file_left_out_is_not_read_until_it_is_taken_in_again(settings: Settings, docs: Path) -> None:
    change(settings, leave_out, "owl.txt")
    change(settings, leave_out, "owl.txt")  # twice is once
    report = build(settings, [docs])
    assert (report.removed, report.left_out, report.skipped) == (["owl.txt"], ["owl.txt"], [])
    (docs / "owl.txt").write_text(page("Owl House, larger"))
    assert build(settings, [docs]).added == []
    change(settings, take_in, "owl.txt")
    assert build(settings, [docs]).added == ["owl.txt"]


def test_a_store_is_not_emptied_by_leaving_everything_out(settings: Settings, docs: Path) -> None:
    for file in ("lamp.txt", "owl.txt", "uploads/kite.txt"):
        change(settings, leave_out, file)
    with pytest.raises(CorpusError, match="all 3 documents are left out; take one in again"):
        build(settings, [docs])
    assert len(sources(settings)) == 3


def test_of_a_folder_around_the_store_the_uploads_are_read_once(settings: Settings, tmp_path: Path) -> None:
    found = [file.source for file in gather(settings, [tmp_path]).files if file.source.endswith("kite.txt")]
    assert found == ["uploads/kite.txt"]


def test_what_an_uploads_folder_hides_is_not_read(settings: Settings, docs: Path) -> None:
    remove_upload(settings.store, "kite.txt")
    keep_upload(settings.store, docs / "owl.txt", "night.txt")
    keep_upload(settings.store, docs / "lamp.txt", "night.txt")
    assert [file.source for file in gather(settings, []).files] == ["uploads/night.txt"]
    assert len(list(uploads_folder(settings.store).rglob("*.txt"))) == 3


def test_a_store_that_does_not_know_its_paths_says_what_to_type(settings: Settings, tmp_path: Path) -> None:
    with closing(sqlite3.connect(settings.store / CATALOGUE)) as connection, connection:
        connection.execute("DELETE FROM roots")
    with pytest.raises(NoRootsError, match=rf"python -m index build PATH --store {settings.store}"):
        remembered(settings)
    with pytest.raises(NoStoreError):
        remembered(Settings(tmp_path / "nothing"))


def test_a_folder_that_is_gone_is_named_and_nothing_is_forgotten(settings: Settings, docs: Path) -> None:
    docs.rename(docs.with_name("moved"))
    with pytest.raises(MisuseError, match="docs: no such file or folder"):
        build(settings, remembered(settings))
    assert len(sources(settings)) == 3


def test_the_command_builds_from_where_it_did_before_and_tells_of_uploads_and_what_is_left_out(
    settings: Settings, command: Callable[..., CompletedProcess[str]]
) -> None:
    change(settings, leave_out, "owl.txt")
    environment = {"ASSISTANT_EMBEDDING_MODEL": settings.embedding_model}
    ended = command("-m", "index", "build", "--store", settings.store, environment=environment)
    assert ended.returncode == 0, ended.stderr
    assert "2 unchanged, 0 failed; and 1 uploaded document; 0 passages embedded" in ended.stdout
    assert ended.stderr == "left out by staff, not read: owl.txt\n"

"""Shelf: the files of a store page by page, what waits for the next sync, and what staff may do with each."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.check import Finding
from corpus.document import Span
from corpus.errors import MisuseError
from index.errors import UploadError
from index.findings import FILE, Findings, is_current, link_of, read_findings, state_of, write_findings
from index.holdings import document_ids, read_made
from index.settings import Settings
from index.shelf import BACK, CHANGED, LEAVE, LEFT_OUT, NEW, PAGE_ROWS, REMOVE, REMOVED, TAKE, act_on, add_upload, shelf
from index.store import Store
from index.sync import build
from index.uploads import removed_uploads


def page(title: str) -> str:
    return f"{title}\n\nThe lamp shines.\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: The Lamp Fund\n"


@pytest.fixture
def store(tmp_path: Path, small_model: Path) -> Iterator[Store]:
    """Build a store over a page, a register of two parts and an upload; then leave it open."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "școală.txt").write_text(page("Școala de vară"))
    rows = "".join(f"Orchard {n},{n} EUR,Apple Fund\n" for n in range(1_200))
    (docs / "grants.csv").write_text(f"Project title,Budget,Funder\n{rows}")
    settings = Settings(tmp_path / "store", str(small_model))
    build(settings, [docs])
    with closing(Store(settings)) as opened:
        add_upload(opened, given_file(tmp_path, "Kite House"), "kite.txt")
    build(settings, [docs])
    with closing(Store(settings)) as opened:
        yield opened


def given_file(folder: Path, title: str) -> Path:
    (folder / "given.txt").write_text(page(title))
    return folder / "given.txt"


def waits(store: Store) -> dict[str, str]:
    return {row.holding.file: row.waits for row in shelf(store, None).rows if row.waits}


def test_a_register_of_many_parts_is_one_file(store: Store) -> None:
    rows = {row.holding.file: row for row in shelf(store, None).rows}
    assert list(rows) == ["grants.csv", "uploads/kite.txt", "școală.txt"]
    assert rows["grants.csv"].holding.projects == 1_200
    assert rows["grants.csv"].size == (store.settings.store.parent / "docs" / "grants.csv").stat().st_size
    assert [row.upload for row in rows.values()] == [None, "kite.txt", None]
    with store.catalogue.transaction() as connection:
        made = read_made(connection, store.generation)
    assert made is not None
    assert (made.added, rows["uploads/kite.txt"].holding.added) == (1, made.at)


@pytest.mark.parametrize("containing", ["SCOALA", "de vara", " școală "])
def test_names_and_titles_are_found_without_accents(store: Store, containing: str) -> None:
    assert [row.holding.file for row in shelf(store, None, containing=containing).rows] == ["școală.txt"]


def test_pages_are_of_so_many_rows_and_one_that_is_not_there_is_the_nearest(tmp_path: Path, small_model: Path) -> None:
    (tmp_path / "docs").mkdir()
    for number in range(PAGE_ROWS + 1):
        (tmp_path / "docs" / f"{number:03}.txt").write_text(page(f"Lamp {number}"))
    settings = Settings(tmp_path / "store", str(small_model))
    build(settings, [tmp_path / "docs"])
    with closing(Store(settings)) as store:
        second = shelf(store, None, page=9)
        assert (second.page, second.pages, second.total, len(second.rows)) == (2, 2, PAGE_ROWS + 1, 1)
        assert (shelf(store, None, page=-3).page, len(shelf(store, None).rows)) == (1, PAGE_ROWS)


def test_what_is_uploaded_or_a_new_version_waits_for_the_next_sync(store: Store, tmp_path: Path) -> None:
    assert shelf(store, None).waiting == []
    add_upload(store, given_file(tmp_path, "Kite House, larger"), "kite.txt")
    add_upload(store, given_file(tmp_path, "Fox House"), "fox.txt")
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("owl.txt", page("Owl House"))
    add_upload(store, tmp_path / "pack.zip", "pack.zip")
    reason = Findings("", "2026-01-01", (Finding("error", "unreadable", "uploads/fox.txt", "it is empty"),))
    told = [(one.name, one.how, one.reason) for one in shelf(store, reason).waiting]
    assert told == [("fox.txt", NEW, "it is empty"), ("kite.txt", CHANGED, ""), ("pack.zip", NEW, "")]


def test_what_is_left_out_waits_and_can_be_taken_in_again(store: Store) -> None:
    assert act_on(store, LEAVE, "grants.csv") == "grants.csv"
    assert waits(store) == {"grants.csv": LEFT_OUT}
    assert shelf(store, None).left_out == []
    build(store.settings, [store.settings.store.parent / "docs"])
    with closing(Store(store.settings)) as after:
        assert shelf(after, None).left_out == ["grants.csv"]
        act_on(after, TAKE, "grants.csv")
        assert shelf(after, None).left_out == []


def test_an_upload_is_removed_and_put_back_and_can_be_uploaded_though_it_was_left_out(
    store: Store, tmp_path: Path
) -> None:
    act_on(store, LEAVE, "uploads/kite.txt")
    act_on(store, REMOVE, "uploads/kite.txt")
    (one,) = removed_uploads(store.settings.store)
    act_on(store, TAKE, "uploads/kite.txt")
    assert waits(store) == {"uploads/kite.txt": REMOVED}
    act_on(store, BACK, f"{one.moment}/{one.name}")
    assert waits(store) == {}
    act_on(store, LEAVE, "uploads/kite.txt")
    add_upload(store, given_file(tmp_path, "Kite House"), "kite.txt")
    assert waits(store) == {}


def test_a_file_of_the_organisation_is_never_removed(store: Store) -> None:
    with pytest.raises(MisuseError, match="leave it out"):
        act_on(store, REMOVE, "grants.csv")
    assert (store.settings.store.parent / "docs" / "grants.csv").exists()


@pytest.mark.parametrize(("act", "value"), [(LEAVE, "no.txt"), ("delete", "grants.csv"), ("", ""), (BACK, "../x/y")])
def test_what_is_not_offered_cannot_be_done(store: Store, act: str, value: str) -> None:
    with pytest.raises((MisuseError, UploadError)):
        act_on(store, act, value)
    assert waits(store) == {}


def test_a_file_that_is_gone_has_no_size(store: Store) -> None:
    (store.settings.store.parent / "docs" / "grants.csv").unlink()
    assert [row.size is None for row in shelf(store, None).rows] == [True, False, False]


def test_findings_are_kept_the_gravest_first_and_lead_to_their_place(store: Store) -> None:
    sources = ["grants.csv#row=2-1001", "școală.txt"]
    given = (
        Finding("hint", "no period", sources[0], "no period is told", "Orchard", 3, None, Span(0, 7), "Orchard"),
        Finding("error", "unreadable", "gone.pdf", "it is damaged"),
        Finding("warning", "duplicate", sources[1], "told twice", span=Span(5, 9)),
    )
    state = state_of(store.identity, store.generation, ["gone.pdf"])
    write_findings(store.settings.store, Findings(state, "2026-01-01T00:00:00+00:00", given))
    kept = read_findings(store.settings.store)
    assert kept is not None
    assert [one.severity for one in kept.found] == ["error", "warning", "hint"]
    assert set(kept.found) == set(given)
    assert is_current(kept, store.identity, store.generation)
    assert not is_current(kept, store.identity, store.generation + 1)
    assert (kept.by_file()["grants.csv"], kept.unreadable()) == (1, {"gone.pdf": "it is damaged"})
    assert [row.findings for row in shelf(store, kept).rows] == [1, 0, 1]
    with store.catalogue.transaction() as connection:
        ids = document_ids(connection, store.generation, [one.source for one in given])
    assert set(ids) == set(sources)
    assert link_of(given[0], ids) == f"/passages/{ids[sources[0]]}?start=0&end=7"
    assert link_of(given[1], ids) == ""


@pytest.mark.parametrize("content", ["", "{", "[]", '{"of": 1}', '{"of": "", "at": "", "found": [{"a": 1}]}'])
def test_findings_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    assert read_findings(tmp_path) is None
    (tmp_path / FILE).write_text(content)
    assert read_findings(tmp_path) is None

"""Vacuum: what a generation needs stays, what none needs goes, and who reads is not disturbed."""

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select, update

from corpus.errors import MisuseError
from corpus.reading import read_document
from index.__main__ import main
from index.catalogue import open_catalogue
from index.conversations import new_conversation
from index.errors import NoStoreError
from index.facts import IDENTITY, read_fact
from index.matrix import Matrix
from index.models import find_model, open_tokenizer
from index.passages import Hit, split
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.tables import conversations, metadata
from index.vacuum import vacuum
from index.vectors import open_vectors
from index.verify import verify
from index.views import MATRIX, WORDS
from index.words import Words
from index.writer import writing

BIG_CHARACTERS = 300_000


@pytest.fixture(scope="module")
def built(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Build a store of four documents of one project each; 4.txt is a big one."""
    folder = tmp_path_factory.mktemp("vacuum")
    made = Settings(folder / "store", str(small_model))
    (folder / "docs").mkdir()
    for number in range(1, 5):
        (folder / "docs" / f"{number}.txt").write_text(page(f"Lamp {number}"))
    with (folder / "docs" / "4.txt").open("a") as file:
        file.write("\n" + "x" * BIG_CHARACTERS)
    build(made, [folder / "docs"])
    return made


@pytest.fixture
def settings(built: Settings, tmp_path: Path) -> Settings:
    """Copy that store, and its documents."""
    shutil.copytree(built.store.parent, tmp_path, dirs_exist_ok=True)
    return replace(built, store=tmp_path / "store")


def page(title: str) -> str:
    return f"{title}\n\nLit.\n\nPeriod: 2011 | Budget: 3 EUR\n"


def docs(settings: Settings) -> Path:
    return settings.store.parent / "docs"


def change(settings: Settings) -> None:
    """Make the next generation: 2.txt changed, 4.txt removed."""
    (docs(settings) / "2.txt").write_text(page("Lamp Two"))
    (docs(settings) / "4.txt").unlink()
    build(settings, [docs(settings)])


def rows(settings: Settings) -> dict[str, int]:
    """Count the rows of each table that a document's things are in."""
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        tables = (metadata.tables[name] for name in ("documents", "projects", "amounts", "passages", "fields"))
        return {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}


def views(settings: Settings) -> list[list[int]]:
    """Tell which keys words, matrix and Chroma hold."""
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        identity = read_fact(connection, IDENTITY) or ""
    with closing(open_vectors(settings, identity)) as vectors:
        chroma = vectors.keys()
    matrix = np.sort(Matrix(settings.store / MATRIX).keys)
    return [keys.tolist() for keys in (Words(settings.store / WORDS).keys(), matrix, chroma)]


def size(settings: Settings) -> int:
    return sum(path.stat().st_size for path in settings.store.rglob("*") if path.is_file())


def texts(hits: list[Hit]) -> dict[str, float]:
    return {hit.passage.text: hit.score for hit in hits}


def searched(settings: Settings) -> dict[str, float]:
    with closing(Store(settings)) as opened:
        return texts(opened.search("lamp 3 lit", 10))


def visible(settings: Settings) -> list[int]:
    with closing(Store(settings)) as opened:
        return [int(key) for key in opened.rows.keys]


def test_what_was_replaced_just_now_is_kept(settings: Settings) -> None:
    with closing(Store(settings)) as reader:
        before = reader.passages()
        change(settings)
        held = rows(settings)
        assert vacuum(settings).documents == 0
        assert rows(settings) == held
        assert reader.passages() == before
    assert verify(settings) == []


def test_what_no_generation_needs_goes_from_everywhere(settings: Settings) -> None:
    change(settings)
    assert rows(settings)["documents"] == 5
    freed = vacuum(settings, grace_seconds=0)
    assert freed.documents == 2
    # Three documents: 1.txt, 3.txt and the new 2.txt, each of one project with one amount.
    held = rows(settings)
    assert (held["documents"], held["projects"], held["amounts"]) == (3, 3, 3)
    assert held["passages"] == len(visible(settings))
    assert views(settings) == [visible(settings)] * 3
    assert verify(settings) == []


def test_the_folder_shrinks_by_what_is_told(settings: Settings) -> None:
    change(settings)
    before = size(settings)
    freed = vacuum(settings, grace_seconds=0)
    assert freed.bytes == before - size(settings)
    assert freed.bytes > BIG_CHARACTERS


def test_a_second_time_there_is_nothing_to_free(settings: Settings) -> None:
    change(settings)
    vacuum(settings, grace_seconds=0)
    again = vacuum(settings, grace_seconds=0)
    assert again.documents == 0
    assert abs(again.bytes) < 50_000  # Chroma and SQLite keep books


def test_a_store_without_leftovers_stays_as_it_is(settings: Settings) -> None:
    found, held, keys = searched(settings), rows(settings), views(settings)
    assert vacuum(settings, grace_seconds=0).documents == 0
    assert (rows(settings), views(settings)) == (held, keys)
    assert searched(settings) == pytest.approx(found, abs=1e-4)


def test_a_search_afterwards_finds_the_same(settings: Settings) -> None:
    change(settings)
    before = searched(settings)
    vacuum(settings, grace_seconds=0)
    after = searched(settings)
    assert list(after) == list(before)
    assert after == pytest.approx(before, abs=1e-4)


def test_who_reads_the_newest_generation_goes_on(settings: Settings) -> None:
    change(settings)
    with closing(Store(settings)) as reader:
        before = reader.search("lamp 3 lit", 10)
        passages = reader.passages()
        vacuum(settings, grace_seconds=0)
        assert reader.search("lamp 3 lit", 10) == before
        assert reader.passages() == passages
        assert reader.is_newest()


def test_who_reads_an_older_generation_within_the_grace_goes_on(settings: Settings) -> None:
    with closing(Store(settings)) as reader:
        before = texts(reader.search("lamp 3 lit", 10))
        change(settings)
        vacuum(settings, grace_seconds=60)
        assert texts(reader.search("lamp 3 lit", 10)) == before


def test_who_reads_an_older_generation_after_it_finds_less_and_does_not_fail(settings: Settings) -> None:
    with closing(Store(settings)) as reader:
        before = texts(reader.search("lamp 3 lit", 100))
        change(settings)
        vacuum(settings, grace_seconds=0)
        after = texts(reader.search("lamp 3 lit", 100))
        assert set(after) < set(before)
        assert after
        assert not reader.is_newest()


def test_a_build_goes_on_from_there(settings: Settings) -> None:
    change(settings)
    vacuum(settings, grace_seconds=0)
    (docs(settings) / "5.txt").write_text(page("Lamp Five"))
    report = build(settings, [docs(settings)])
    assert (report.added, len(report.unchanged)) == (["5.txt"], 3)
    assert verify(settings) == []


def leave_behind(settings: Settings) -> None:
    """Do what a build does before its last transaction, and no more."""
    path = docs(settings).parent / "left.txt"
    path.write_text("A lamp that was left behind.")
    document, model = read_document(path, "left.txt"), find_model(settings.embedding_model)
    with writing(settings, model) as writer, writer.ingest(reuse=True) as ingest:
        ingest.add(document, (), split(document, (), open_tokenizer(model.folder)))
        ingest.flush()


def test_what_a_stopped_build_left_goes_from_the_views(settings: Settings) -> None:
    leave_behind(settings)
    assert rows(settings)["documents"] == 5
    vacuum(settings, grace_seconds=0)
    assert views(settings) == [visible(settings)] * 3


def test_what_a_stopped_build_left_goes_from_the_catalogue(settings: Settings) -> None:
    leave_behind(settings)
    assert vacuum(settings, grace_seconds=0).documents == 1
    assert rows(settings)["documents"] == 4


def test_where_there_is_no_store_there_is_nothing_to_free(settings: Settings, tmp_path: Path) -> None:
    nowhere = replace(settings, store=tmp_path / "nowhere")
    with pytest.raises(NoStoreError, match="build one with"):
        vacuum(nowhere)
    assert not nowhere.store.exists()


def test_the_command_says_what_it_has_freed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", settings.embedding_model)
    change(settings)
    told = ["vacuum", "--store", str(settings.store)]
    assert main(told) == 0
    before = capsys.readouterr().out
    assert before.startswith("0 documents dropped, ")
    assert before.endswith(" bytes freed\n")
    assert main([*told, "--json"]) == 0
    freed = json.loads(capsys.readouterr().out)
    assert set(freed) == {"documents", "bytes", "conversations"}
    assert (freed["documents"], freed["conversations"]) == (0, 0)


def test_the_command_forgets_conversations_only_where_it_is_asked_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", settings.embedding_model)
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        old, new = (new_conversation(connection, "en") for _ in range(2))
        long_ago = (datetime.now(UTC) - timedelta(days=31)).isoformat(timespec="seconds")
        connection.execute(update(conversations).where(conversations.c.id == old).values(used_at=long_ago))
    told = ["vacuum", "--store", str(settings.store)]
    for more, expected in (
        ([], [old, new]),
        (["--conversations", "32"], [old, new]),
        (["--conversations", "30"], [new]),
    ):
        assert main([*told, *more]) == 0
        with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
            assert set(connection.execute(select(conversations.c.id)).scalars()) == set(expected)
    assert "1 conversations forgotten, " in capsys.readouterr().out
    with pytest.raises(MisuseError, match="--conversations -1: expected a number of days from 0"):
        main([*told, "--conversations", "-1"])

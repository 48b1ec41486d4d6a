"""What people have said and decided outlives a rebuild, also one that is stopped or finds the catalogue damaged."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from corpus.document import Document
from index.candidates import ACCEPTED, GENERATED, OPEN, add_candidate, decide, read_candidates
from index.catalogue import FILE as CATALOGUE
from index.catalogue import open_catalogue
from index.conversations import Turn, add_turn, digest_of, new_conversation, read_cited, read_conversation
from index.feedback import UP, add_feedback, read_feedback
from index.kept import FILE, put_aside, take_up
from index.migrations import VERSION
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.tables import KEPT, candidates, feedback
from index.tables import store as facts

PAIR = {"id": "lamp", "question": "How many owls?", "answerable": False, "sources": []}
Held = tuple[Sequence[object], Sequence[object]]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Write a page."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "lamp.txt").write_text("Lamp House\n\nThe keepers counted the owls by night.\n")
    return tmp_path / "docs"


@pytest.fixture
def built(tmp_path: Path, docs: Path, small_model: Path) -> Settings:
    """Build a store with two candidates, one of them decided on, and a verdict."""
    settings = Settings(tmp_path / "store", str(small_model))
    build(settings, [docs])
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        for name in ("lamp", "owl"):
            key = add_candidate(connection, PAIR | {"id": name}, origin=GENERATED, note="șapte")
        decide(connection, key, ACCEPTED, expected=OPEN)
        add_feedback(connection, question="Owls?", answer="Seven.", status="answered", verdict=UP, generation=1)
    return settings


def told(settings: Settings) -> Held:
    """Read what people have said and decided."""
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        return read_candidates(connection), read_feedback(connection)


def talk(settings: Settings) -> str:
    """Have a conversation of two turns that cite the page; its id."""
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        page = Document("lamp-1", "lamp.txt", "text/plain", "Lamp House", "en", "ab", "Șapte bufnițe.", (), (0, 6))
        conversation = new_conversation(connection, "en")
        for _ in range(2):
            add_turn(connection, conversation, {"question": "Owls?"}, {digest_of(page): page}, 1)
    return conversation


def talked(settings: Settings, conversation: str) -> list[tuple[Turn, list[Document]]]:
    """Read a conversation, each turn with what it cites."""
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        turns = read_conversation(connection, conversation)
        return [(one, [read_cited(connection, digest) for digest in one.digests.values()]) for one in turns]


def said_later(key: int) -> dict[str, object]:
    """Make a row of feedback."""
    told = dict.fromkeys(("made_at", "question", "answer", "status", "verdict", "comment"), "up")
    return {**told, "key": key, "history": [], "citations": [], "generation": 1}


def spoil_version(settings: Settings) -> None:
    """Make the catalogue one that cannot be built upon."""
    with closing(sqlite3.connect(settings.store / CATALOGUE)) as connection, connection:
        connection.execute("UPDATE store SET value = '2' WHERE key = ?", [VERSION])


def test_a_rebuild_keeps_them(built: Settings, docs: Path) -> None:
    before = told(built)
    assert [len(rows) for rows in before] == [2, 1]
    build(built, [docs], rebuild=True)
    assert told(built) == before


def test_a_rebuild_that_makes_the_catalogue_anew_keeps_them(built: Settings, docs: Path) -> None:
    before = told(built)
    spoil_version(built)
    build(built, [docs], rebuild=True)
    assert told(built) == before
    assert not list(built.store.glob("kept*"))


def test_a_rebuild_that_makes_the_catalogue_anew_keeps_conversations_and_what_they_cite(
    built: Settings, docs: Path
) -> None:
    conversation = talk(built)
    before = talked(built, conversation)
    assert [(turn.position, len(cited)) for turn, cited in before] == [(1, 1), (2, 1)]
    spoil_version(built)
    build(built, [docs], rebuild=True)
    assert talked(built, conversation) == before


def test_of_what_was_put_aside_what_has_lost_its_owner_is_left_out(built: Settings, docs: Path) -> None:
    lost, whole = talk(built), talk(built)
    before = talked(built, whole)
    spoil_version(built)
    put_aside(built)
    for path in built.store.glob(f"{CATALOGUE}*"):
        path.unlink()
    aside = json.loads((built.store / FILE).read_text())
    aside["conversations"] = [one for one in aside["conversations"] if one["id"] != lost]
    (built.store / FILE).write_text(json.dumps(aside))
    build(built, [docs])
    assert (talked(built, lost), talked(built, whole)) == ([], before)


def test_a_rebuild_for_another_model_keeps_them(built: Settings, docs: Path, other_model: Path) -> None:
    before, other = told(built), replace(built, embedding_model=str(other_model))
    build(other, [docs], rebuild=True)
    assert told(other) == before


def test_after_a_rebuild_keys_go_on_where_they_were(built: Settings, docs: Path) -> None:
    spoil_version(built)
    build(built, [docs], rebuild=True)
    with closing(Store(built)) as store, store.catalogue.transaction() as connection:
        assert add_candidate(connection, PAIR, origin=GENERATED) == 3


def test_a_rebuild_stopped_after_the_old_catalogue_went_loses_nothing(built: Settings, docs: Path) -> None:
    before = told(built)
    put_aside(built)
    for path in built.store.glob(f"{CATALOGUE}*"):
        path.unlink()
    build(built, [docs])
    assert told(built) == before
    assert not (built.store / FILE).exists()


def test_a_rebuild_stopped_twice_loses_nothing(built: Settings, docs: Path) -> None:
    before = told(built)
    put_aside(built)
    for path in built.store.glob(f"{CATALOGUE}*"):
        path.unlink()
    # Stopped once more, before what was put aside was taken up; somebody has said something meanwhile.
    with closing(open_catalogue(built, create=True)) as opened, opened.transaction() as connection:
        connection.execute(insert(feedback).values(**said_later(9)))
    put_aside(built)
    build(built, [docs], rebuild=True)
    candidates_told, feedback_told = told(built)
    assert candidates_told == before[0]
    assert feedback_told[:-1] == before[1]
    assert [one.key for one in feedback_told] == [1, 9]  # type: ignore[attr-defined]


def test_a_rebuild_stopped_before_the_old_catalogue_went_makes_nothing_double_or_old(
    built: Settings, docs: Path
) -> None:
    put_aside(built)
    with closing(open_catalogue(built)) as opened, opened.transaction() as connection:
        decide(connection, 1, ACCEPTED, expected=OPEN, note="decided since")
    before = told(built)
    build(built, [docs])
    assert told(built) == before
    assert not (built.store / FILE).exists()


def test_what_can_be_read_of_a_damaged_catalogue_is_kept_and_the_rest_is_told(
    built: Settings, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = told(built)
    with closing(sqlite3.connect(built.store / CATALOGUE)) as connection, connection:
        connection.execute('UPDATE candidates SET pair = \'{"id": "ow\' WHERE key = 2')
    spoil_version(built)
    build(built, [docs], rebuild=True)
    assert told(built) == (before[0][:1], before[1])
    assert "catalogue.sqlite is damaged; of its candidates only what could be read" in capsys.readouterr().err


def test_a_catalogue_that_is_none_any_more_is_rebuilt_with_a_warning(
    built: Settings, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built.store / CATALOGUE).write_bytes(b"garbage " * 9_999)
    for ending in ("-wal", "-shm"):
        (built.store / f"{CATALOGUE}{ending}").unlink(missing_ok=True)
    build(built, [docs], rebuild=True)
    assert told(built) == ([], [])
    assert f"of its {', '.join(one.name for one in KEPT)} only what could be read is kept" in capsys.readouterr().err


def test_a_file_of_kept_rows_that_cannot_be_read_is_left_for_a_person(
    built: Settings, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built.store / FILE).write_text("{half")
    before = told(built)
    build(built, [docs])
    assert told(built) == before
    assert (built.store / "kept.damaged").read_text() == "{half"
    assert "kept.damaged" in capsys.readouterr().err


def test_a_catalogue_of_the_version_before_is_brought_forward_by_a_reader(built: Settings) -> None:
    with closing(sqlite3.connect(built.store / CATALOGUE)) as connection, connection:
        for table in ("candidates", "feedback"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE store SET value = '3' WHERE key = ?", [VERSION])
    with closing(Store(built)) as store:
        assert store.counts()["documents"] == 1
        with store.catalogue.transaction() as connected:
            assert add_candidate(connected, PAIR, origin=GENERATED) == 1
    with closing(sqlite3.connect(built.store / CATALOGUE)) as connection:
        indexes = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'candidates' AND type = 'index'")
        assert ("ix_candidates_id",) in indexes.fetchall()


def test_rows_of_a_version_that_had_fewer_columns_are_kept(built: Settings, docs: Path) -> None:
    with closing(sqlite3.connect(built.store / CATALOGUE)) as connection, connection:
        connection.execute("ALTER TABLE candidates DROP COLUMN decided_at")
    spoil_version(built)
    build(built, [docs], rebuild=True)
    assert [one.id for one in told(built)[0]] == ["lamp", "owl"]  # type: ignore[attr-defined]


notes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.lists(notes, max_size=5))
def test_what_is_put_aside_and_taken_up_is_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, said: list[str]
) -> None:
    settings = Settings(tmp_path_factory.mktemp("store"))
    with closing(open_catalogue(settings, create=True)) as opened:
        with opened.transaction() as connection:
            for note in said:
                add_candidate(connection, PAIR | {"question": note}, origin=GENERATED, note=note)
            before = read_candidates(connection)
        put_aside(settings)
        with opened.transaction() as connection:
            connection.execute(delete(candidates).where(candidates.c.key > 1))
            connection.execute(delete(facts))
        take_up(opened, settings.store)
        with opened.transaction() as connection:
            assert read_candidates(connection) == before

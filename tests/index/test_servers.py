"""A store over PostgreSQL and a Chroma server: built, synced and read from several processes, servers restarted."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, update

from corpus.document import Document
from index.candidates import add_candidate, read_candidates
from index.catalogue import open_catalogue
from index.conversations import add_turn, digest_of, forget_before, new_conversation, read_cited, read_conversation
from index.errors import StoreLockedError, UnreachableError
from index.facts import write_fact
from index.feedback import add_feedback, withdraw
from index.live import LiveStore
from index.lock import catalogue_lock
from index.migrations import OLDEST, STEPS, VERSION, version
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.tables import KEPT, conversations
from index.vacuum import vacuum
from index.verify import verify
from tests.index.servers import Server, chroma, postgres

PATIENCE_SECONDS = 120
"""For what a reader is to see; both cores may be busy with other things."""
NUMBERS = count()
PAGE = Document("lamp-1", "lamp.txt", "text/plain", "Lamp House", "en", "ab", "Șapte bufnițe.", (), (0, 6))
ODD = {"question": "Owls\x00 \ud800 „șapte”?"}
"""What no document holds and a visitor may type."""


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    """Run PostgreSQL."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="module")
def vectors() -> Iterator[Server]:
    """Run Chroma."""
    with chroma() as server:
        yield server


@pytest.fixture
def shared(database: Server, vectors: Server, small_model: Path, tmp_path: Path) -> Settings:
    """Name a new database, and a folder for what is derived."""
    import psycopg

    name = f"store{next(NUMBERS)}"
    with psycopg.connect(
        host="127.0.0.1", port=database.port, user="tester", dbname="postgres", autocommit=True
    ) as made:
        made.execute(f"CREATE DATABASE {name}")
    return Settings(
        tmp_path / "writer",
        str(small_model),
        f"postgresql+psycopg://tester@127.0.0.1:{database.port}/{name}",
        f"http://127.0.0.1:{vectors.port}",
    )


def elsewhere(shared: Settings, folder: Path) -> Settings:
    """Settings of another machine that reads the same store."""
    return Settings(folder, shared.embedding_model, shared.catalogue, shared.chroma)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Write some pages."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(5):
        page = (
            f"Lamp Hill {number}\n\nLămpile luminează curtea {number}.\n\nPeriod: 2011 | Budget: {number + 1}00 EUR\n"
        )
        (folder / f"{number}.txt").write_text(page)
    return folder


def texts(store: Store) -> set[str]:
    return {hit.passage.text for hit in store.search("lamp", 50)}


def test_a_store_on_servers_holds_what_one_in_a_folder_does(shared: Settings, docs: Path, tmp_path: Path) -> None:
    alone = Settings(tmp_path / "alone", shared.embedding_model)
    for settings in (shared, alone):
        report = build(settings, [docs])
        assert (report.documents, report.projects) == (5, 5)
        assert verify(settings) == []
    (docs / "1.txt").unlink()
    (docs / "2.txt").write_text("Lamp Hill 2\n\nDark.\n\nPeriod: 2012 | Budget: 7 EUR\n")
    for settings in (shared, alone):
        report = build(settings, [docs])
        assert (report.changed, report.removed, report.generation) == (["2.txt"], ["1.txt"], 2)
        assert verify(settings) == []
        vacuum(settings, grace_seconds=0)
        assert verify(settings) == []
    with closing(Store(shared)) as one, closing(Store(alone)) as other:
        assert one.projects == other.projects
        assert one.documents == other.documents
        assert [(hit.passage.id, round(hit.score, 5)) for hit in one.search("lamp dark", 9)] == [
            (hit.passage.id, round(hit.score, 5)) for hit in other.search("lamp dark", 9)
        ]


def test_a_reader_with_a_folder_of_its_own_catches_up_by_itself(shared: Settings, docs: Path, tmp_path: Path) -> None:
    build(shared, [docs])
    with closing(LiveStore(elsewhere(shared, tmp_path / "reader"))) as live:
        before = texts(live.current())
        assert len(before) == 5
        (docs / "new.txt").write_text("A lamp that was not there before.")
        build(shared, [docs])
        until = time.monotonic() + PATIENCE_SECONDS
        while texts(live.current()) == before and time.monotonic() < until:
            time.sleep(0.1)
        assert len(texts(live.current())) == 6
    assert verify(elsewhere(shared, tmp_path / "reader")) == []


READER = """
import json, sys, time
from pathlib import Path
from index.live import LiveStore
from index.settings import Settings

live = LiveStore(Settings(Path(sys.argv[1]), *sys.argv[2:5]))
print("ready", flush=True)
searches, seen, until = 0, [], time.monotonic() + float(sys.argv[6])
while time.monotonic() < until and not (seen and seen[-1] == int(sys.argv[5]) and searches > 20):
    store = live.current()
    found = {hit.passage.text for hit in store.search("lamp", 50)}
    rounds = {text.split("round ")[1].split(".")[0] for text in found if "round" in text}
    assert len(found) == 5 and len(rounds) == 1, (store.generation, sorted(found))
    searches += 1
    if not seen or seen[-1] != store.generation:
        seen.append(store.generation)
print(json.dumps([searches, seen]))
"""


def test_two_reading_processes_see_whole_generations_while_a_writer_syncs(
    shared: Settings, docs: Path, tmp_path: Path
) -> None:
    def write(number: int) -> None:
        for page in docs.iterdir():
            page.write_text(f"Lamp of {page.stem}, round {number}.")

    write(0)
    build(shared, [docs])
    readers = []
    for number in range(2):
        line = [
            sys.executable,
            "-c",
            READER,
            tmp_path / f"reader{number}",
            shared.embedding_model,
            shared.catalogue,
            shared.chroma,
            3,
            PATIENCE_SECONDS,
        ]
        readers.append(
            subprocess.Popen(list(map(str, line)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for number in (1, 2):
        write(number)
        assert len(build(shared, [docs]).changed) == 5
    for reader in readers:
        told, errors = reader.communicate(timeout=2 * PATIENCE_SECONDS)
        assert reader.returncode == 0, errors
        searches, seen = json.loads(told)
        assert searches > 20
        assert seen[-1] == 3


def test_a_database_that_restarts_is_waited_for_and_read_again(
    shared: Settings, docs: Path, database: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    build(shared, [docs])
    with closing(LiveStore(shared)) as live:
        before = texts(live.current())
        database.stop()
        try:
            with pytest.raises(UnreachableError, match="does not answer") as caught:
                texts(live.current())
            assert "\n" not in str(caught.value)
            with pytest.raises(UnreachableError, match="does not answer"):
                build(shared, [docs])
        finally:
            database.start()
        assert texts(live.current()) == before
    capsys.readouterr()
    (docs / "0.txt").write_text("A lamp that came after.")
    assert build(shared, [docs]).changed == ["0.txt"]
    assert verify(shared) == []


def test_while_chroma_is_away_reads_go_on_and_a_build_says_so(shared: Settings, docs: Path, vectors: Server) -> None:
    build(shared, [docs])
    (docs / "0.txt").write_text("A lamp that came after.")
    with closing(Store(shared)) as store:
        vectors.stop()
        try:
            assert len(texts(store)) == 5
            with pytest.raises(UnreachableError, match=rf"127\.0\.0\.1:{vectors.port} does not answer.*chroma run"):
                build(shared, [docs])
        finally:
            vectors.start()
    assert build(shared, [docs]).changed == ["0.txt"]
    assert verify(shared) == []


def test_one_writer_at_a_time_whatever_machine_it_is_on(shared: Settings, docs: Path, tmp_path: Path) -> None:
    build(shared, [docs])
    other = elsewhere(shared, tmp_path / "other")
    held = r"is being written by process \d+ on .+ since .+; wait"
    with (
        closing(Store(shared)) as store,
        catalogue_lock(store.catalogue),
        pytest.raises(StoreLockedError, match=held),
    ):
        build(other, [docs])
    assert build(other, [docs]).unchanged


def test_what_people_said_outlives_a_rebuild_on_servers_and_keys_go_on(shared: Settings, docs: Path) -> None:
    build(shared, [docs])
    with closing(Store(shared)) as store, store.catalogue.transaction() as connection:
        keys = [add_candidate(connection, {"id": name}, origin="generated", note="șapte") for name in "ab"]
        before = read_candidates(connection)
        conversation = talk(connection)
        turns = read_conversation(connection, conversation)
        write_fact(connection, VERSION, "2")
    build(shared, [docs], rebuild=True)
    with closing(Store(shared)) as store, store.catalogue.transaction() as connection:
        assert read_candidates(connection) == before
        assert add_candidate(connection, {"id": "c"}, origin="generated") == keys[-1] + 1
        assert read_conversation(connection, conversation) == turns
        assert read_cited(connection, *turns[0].digests.values()).text == PAGE.text


def talk(connection: Connection, conversation: str = "", page: Document = PAGE) -> str:
    """Add a turn that cites a page to a conversation, or a new one; its id."""
    conversation = conversation or new_conversation(connection, "en")
    add_turn(connection, conversation, ODD, {digest_of(page): page}, 1)
    return conversation


def test_conversations_on_a_server_take_turns_of_several_at_once_while_old_ones_are_forgotten(shared: Settings) -> None:
    together = Barrier(7)
    with closing(open_catalogue(shared, create=True)) as catalogue, ThreadPoolExecutor(7) as several:
        with catalogue.transaction() as connection:
            conversation = talk(connection)

        def ask(number: int) -> None:
            together.wait()
            for turn in range(10):
                with catalogue.transaction() as connection:
                    talk(connection, conversation if number % 2 else "", replace(PAGE, text=f"{turn}"))

        def forget() -> int:
            together.wait()
            forgotten = 0
            for _ in range(10):
                with catalogue.transaction() as connection:
                    keep = conversations.c.id != conversation
                    connection.execute(update(conversations).where(keep).values(used_at="2020-01-01"))
                with catalogue.transaction() as connection:
                    forgotten += forget_before(connection, "2020-01-02")
            return forgotten

        asking = [several.submit(ask, number) for number in range(6)]
        assert several.submit(forget).result() <= 30
        assert [one.result() for one in asking] == [None] * 6
        with catalogue.transaction() as connection:
            turns = read_conversation(connection, conversation)
            assert [one.position for one in turns] == list(range(1, 32))
            assert {read_cited(connection, *one.digests.values()).text for one in turns} > {str(n) for n in range(10)}
            assert turns[0].answer == ODD


def test_a_server_of_an_older_version_learns_of_conversations_and_turns(shared: Settings) -> None:
    with closing(open_catalogue(shared, create=True)) as catalogue, catalogue.transaction() as connection:
        for table in ("turn_documents", "turns", "cited_documents", "conversations"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("ALTER TABLE feedback DROP COLUMN turn")
        write_fact(connection, VERSION, "4")
    with closing(open_catalogue(shared)) as catalogue, catalogue.transaction() as connection:
        assert version(connection) == OLDEST + len(STEPS) - 1
        add_feedback(connection, question="b", answer="", status="refused", verdict="up", generation=1, turn="x/1")
        withdraw(connection, "x/1")
        assert talk(connection)


def test_a_store_of_an_older_version_may_be_opened_by_several_at_once(shared: Settings) -> None:
    together = Barrier(6)

    def opened() -> int | None:
        together.wait()
        with closing(open_catalogue(shared)) as catalogue, catalogue.transaction() as connection:
            return version(connection)

    with closing(open_catalogue(shared, create=True)) as catalogue, ThreadPoolExecutor(6) as several:
        for _ in range(5):
            with catalogue.transaction() as connection:
                for table in reversed(KEPT):
                    connection.exec_driver_sql(f"DROP TABLE {table.name}")
                write_fact(connection, VERSION, str(OLDEST))
            waiting = [several.submit(opened) for _ in range(6)]
            assert {one.result() for one in waiting} == {OLDEST + len(STEPS) - 1}

"""Conversations in a catalogue: turns in order, each cited document once, forgotten when they are old, migrated."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, func, select, update

from corpus.document import Document
from index.catalogue import FILE, Catalogue, connect, open_catalogue
from index.conversations import (
    add_turn,
    copy_conversation,
    digest_of,
    forget_before,
    new_conversation,
    read_cited,
    read_conversation,
)
from index.errors import StoreError, StoreLockedError
from index.feedback import UP, add_feedback, read_feedback, withdraw
from index.migrations import OLDEST, STEPS, VERSION, migrate, version
from index.settings import Settings
from index.tables import cited_documents, conversations
from tests.index.read_only import read_only

PAGE = Document("lamp-1", "lamp.pdf", "application/pdf", "Lampă", "ro", "ab", "Lamp House\n\nȘapte.\n", (), (0, 12))
ANSWER = {"question": "How many owls?"}
NEWEST = OLDEST + len(STEPS) - 1


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """Open a new catalogue."""
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened:
        yield opened


@pytest.fixture
def connection(catalogue: Catalogue) -> Iterator[Connection]:
    """Begin a transaction."""
    with catalogue.transaction() as connection:
        yield connection


def add(connection: Connection, conversation: str, *documents: Document) -> int:
    """Add a turn that cites documents; its position."""
    copies = {digest_of(one): one for one in documents}
    return add_turn(connection, conversation, ANSWER, copies, 7).position


def count_copies(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(cited_documents)).scalar_one()


def test_turns_come_back_in_order_with_what_they_cite(connection: Connection) -> None:
    conversation = new_conversation(connection, "en")
    assert [add(connection, conversation, *cited) for cited in ((PAGE,), ())] == [1, 2]
    first, second = read_conversation(connection, conversation)
    assert (first.position, first.answer, first.generation) == (1, ANSWER, 7)
    assert first.made_at.endswith("+00:00")
    assert first.digests == {"lamp-1": digest_of(PAGE)}
    assert (second.position, second.digests) == (2, {})


def test_a_conversation_is_gone_on_with_under_another_id_while_the_first_stays_as_it_is(connection: Connection) -> None:
    first = new_conversation(connection, "ro")
    for cited in ((PAGE,), (), (PAGE,)):
        add(connection, first, *cited)
    second = copy_conversation(connection, first, 2)
    assert read_conversation(connection, second) == read_conversation(connection, first)[:2]
    assert add(connection, second) == 3
    assert len(read_conversation(connection, first)) == len(read_conversation(connection, second)) == 3
    assert connection.execute(select(conversations.c.language)).scalars().all() == ["ro", "ro"]
    with pytest.raises(KeyError):
        copy_conversation(connection, "nobody", 1)


def test_a_copy_is_the_document_without_blocks_under_its_digest(connection: Connection) -> None:
    add(connection, new_conversation(connection, "en"), PAGE)
    assert read_cited(connection, digest_of(PAGE)) == replace(PAGE, id=digest_of(PAGE))


def test_no_two_conversations_have_one_id_that_could_be_guessed(connection: Connection) -> None:
    made = {new_conversation(connection, "en") for _ in range(20)}
    assert len(made) == 20
    assert {len(one) >= 43 for one in made} == {True}  # 256 bits, six to a character


def test_a_document_is_copied_once_however_often_it_is_cited(connection: Connection) -> None:
    saved_anew = replace(PAGE, id="lamp-2", sha256="cd")
    for _ in range(2):
        add(connection, new_conversation(connection, "en"), PAGE)
    add(connection, new_conversation(connection, "en"), saved_anew)
    assert count_copies(connection) == 1


@pytest.mark.parametrize(
    "other",
    [replace(PAGE, text="Lamp House\n\nOpt.\n"), replace(PAGE, source="copy.pdf"), replace(PAGE, page_starts=(0,))],
)
def test_what_differs_in_text_source_or_pages_is_another_copy(connection: Connection, other: Document) -> None:
    conversation = new_conversation(connection, "en")
    add(connection, conversation, PAGE)
    add(connection, conversation, replace(other, id="lamp-2"))
    assert count_copies(connection) == 2


@pytest.mark.parametrize("unknown", ["", "nobody", "\ud800", "a\x00b"])
def test_of_an_unknown_conversation_nothing_is_read_and_nothing_added(connection: Connection, unknown: str) -> None:
    assert read_conversation(connection, unknown) == []
    with pytest.raises(KeyError):
        add(connection, unknown, PAGE)
    with pytest.raises(KeyError):
        read_cited(connection, unknown)
    assert count_copies(connection) == 0


def test_two_tabs_that_add_at_once_get_positions_of_their_own(catalogue: Catalogue) -> None:
    with catalogue.transaction() as connection:
        conversation = new_conversation(connection, "en")
    together = Barrier(8)

    def ask(number: int) -> list[int]:
        together.wait()
        own = []
        for turn in range(5):
            # Without the queue of `lasting`, so that they meet in the database.
            with catalogue.transaction() as connection:
                own.append(add(connection, conversation, replace(PAGE, text=f"{number % 2} {turn}")))
        return own

    with ThreadPoolExecutor(8) as tabs:
        given = [one for own in tabs.map(ask, range(8)) for one in own]
    assert sorted(given) == list(range(1, 41))
    with catalogue.transaction() as connection:
        assert [one.position for one in read_conversation(connection, conversation)] == sorted(given)
        assert count_copies(connection) == 10


def test_old_conversations_are_forgotten_with_what_only_they_cite(connection: Connection) -> None:
    only_old = replace(PAGE, id="old", source="old.txt")
    old, still_used, new = (new_conversation(connection, "en") for _ in range(3))
    add(connection, old, PAGE, only_old)
    add(connection, new, PAGE)
    made = update(conversations).where(conversations.c.id.in_([old, still_used])).values(
        made_at="2020-01-01T00:00:00+00:00", used_at="2020-01-01T00:00:00+00:00"
    )  # fmt: skip
    connection.execute(made)
    add(connection, still_used)
    assert forget_before(connection, "2020-01-01") == 0
    assert forget_before(connection, "2020-01-02") == 1
    assert read_conversation(connection, old) == []
    assert [len(read_conversation(connection, one)) for one in (still_used, new)] == [1, 1]
    assert read_cited(connection, digest_of(PAGE)).text == PAGE.text
    with pytest.raises(KeyError):
        read_cited(connection, digest_of(only_old))
    with pytest.raises(KeyError):
        add(connection, old, PAGE)


# Stores that cannot be written


def test_who_waits_for_another_to_write_waits_no_longer_than_is_said(catalogue: Catalogue) -> None:
    with (
        catalogue.lasting(),
        pytest.raises(StoreLockedError, match="try again"),
        catalogue.lasting(wait_seconds=0.01),
    ):
        pass
    with catalogue.lasting() as connection:  # the one before has let go
        new_conversation(connection, "en")


def test_what_is_written_into_a_catalogue_that_is_gone_is_refused(tmp_path: Path) -> None:
    open_catalogue(Settings(tmp_path), create=True).close()
    with closing(open_catalogue(Settings(tmp_path))) as opened:
        for path in tmp_path.glob(f"{FILE}*"):
            path.unlink()
        open_catalogue(Settings(tmp_path), create=True).close()
        with pytest.raises(StoreLockedError, match="made anew"), opened.lasting() as connection:
            conversation = new_conversation(connection, "en")
        with opened.transaction() as connection:
            assert read_conversation(connection, conversation) == []
            with pytest.raises(KeyError):
                add(connection, conversation)


# Stores of older versions


def make_older(folder: Path, found: int, *, knows_turns: bool) -> None:
    """Make the catalogue what a store of a version before was."""
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        for table in ("turn_documents", "turns", "cited_documents", "conversations"):
            connection.execute(f"DROP TABLE {table}")
        if found == OLDEST:
            for table in ("candidates", "feedback", "run_results", "runs"):
                connection.execute(f"DROP TABLE {table}")
        elif not knows_turns:
            connection.execute("DROP INDEX ix_feedback_turn")
            connection.execute("ALTER TABLE feedback DROP COLUMN turn")
        connection.execute("UPDATE store SET value = ? WHERE key = ?", [str(found), VERSION])


@pytest.fixture
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Make a store of an older version; where it kept feedback, with a verdict in it."""
    found, knows_turns = request.param
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.transaction() as connection:
        add_feedback(connection, question="Owls?", answer="Seven.", status="answered", verdict=UP, generation=1)
    make_older(tmp_path, found, knows_turns=knows_turns)
    return Settings(tmp_path)


OLDER = pytest.mark.parametrize(
    "older", [(3, False), (4, False), (4, True)], indirect=True, ids=["3", "4 without turns", "4"]
)


@OLDER
def test_a_store_of_an_older_version_learns_of_conversations_and_turns(older: Settings) -> None:
    with closing(open_catalogue(older)) as opened, opened.transaction() as connection:
        assert version(connection) == NEWEST
        add(connection, new_conversation(connection, "en"), PAGE)
        said = [one.question for one in read_feedback(connection)]
        add_feedback(connection, question="b", answer="", status="refused", verdict=UP, generation=1, turn="x/1")
        withdraw(connection, "x/1")
        withdraw(connection, "")  # what was said before turns had names stays
        assert [one.question for one in read_feedback(connection)] == said
    with closing(sqlite3.connect(older.store / FILE)) as read:
        indexes = {name for (name,) in read.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"ix_feedback_turn", "ix_turn_documents_digest"} <= indexes


@pytest.mark.parametrize("older", [(4, False)], indirect=True)
def test_a_store_of_that_version_without_feedback_gets_it(older: Settings) -> None:
    with closing(sqlite3.connect(older.store / FILE)) as made:
        made.execute("DROP TABLE feedback")
        made.commit()
    with closing(open_catalogue(older)) as opened, opened.transaction() as connection:
        add_feedback(connection, question="b", answer="", status="refused", verdict=UP, generation=1, turn="x/1")
        assert [one.question for one in read_feedback(connection)] == ["b"]


@pytest.mark.parametrize("older", [(4, False)], indirect=True)
def test_who_opens_an_older_store_while_another_brings_it_forward_waits_and_finds_it_done(older: Settings) -> None:
    def opened() -> int | None:
        with closing(open_catalogue(older)) as catalogue, catalogue.transaction() as connection:
            return version(connection)

    with ThreadPoolExecutor(6) as several, closing(connect(older)) as first:
        with first.transaction() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            migrate(connection, "here", "build")
            waiting = [several.submit(opened) for _ in range(6)]
            time.sleep(0.3)  # for them to have seen that there is something to do
        assert {one.result() for one in waiting} == {NEWEST}


@OLDER
def test_an_older_store_that_cannot_be_written_is_read_as_it_is(older: Settings) -> None:
    with read_only(older.store), closing(open_catalogue(older)) as opened:
        with opened.transaction() as connection:
            assert len(read_feedback(connection)) <= 1
            assert read_conversation(connection, "anybody") == []
        with pytest.raises(StoreError, match="cannot be written"), opened.lasting() as connection:
            new_conversation(connection, "en")


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    open_catalogue(Settings(tmp_path), create=True).close()
    with (
        read_only(tmp_path),
        closing(open_catalogue(Settings(tmp_path))) as opened,
        pytest.raises(StoreError, match="cannot be written"),
        opened.lasting() as connection,
    ):
        new_conversation(connection, "en")

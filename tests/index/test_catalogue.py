"""The catalogue as a file: made, migrated, refused where it is another's, and never taken for empty when damaged."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text

from index.catalogue import FILE, open_catalogue
from index.errors import DamagedError, NoStoreError, StoreError, StoreLockedError, StoreVersionError
from index.facts import read_fact, take_keys, write_fact
from index.migrations import OLDEST, STEPS, VERSION, migrate
from index.settings import Settings
from index.tables import runs

NEWEST = OLDEST + len(STEPS) - 1


def made(folder: Path) -> Settings:
    """Make an empty catalogue."""
    open_catalogue(Settings(folder), create=True).close()
    return Settings(folder)


def test_a_fact_written_twice_has_its_last_value(tmp_path: Path) -> None:
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.transaction() as connection:
        for value in ("1", "2"):
            write_fact(connection, "lamp", value)
        assert read_fact(connection, "lamp") == "2"
        assert read_fact(connection, "nothing") is None
        assert read_fact(connection, VERSION) == str(NEWEST)


def test_keys_are_given_out_once(tmp_path: Path) -> None:
    with closing(open_catalogue(Settings(tmp_path), create=True)) as opened, opened.transaction() as connection:
        assert [take_keys(connection, "passages", count) for count in (3, 1, 2)] == [1, 4, 5]
        assert take_keys(connection, "documents", 1) == 1


def test_a_catalogue_of_an_older_version_is_brought_forward_step_by_step(tmp_path: Path) -> None:
    settings = made(tmp_path)
    done = []

    def step(name: str) -> Callable[[Connection], None]:
        def apply(connection: Connection) -> None:
            done.append(name)
            connection.execute(text(f"CREATE TABLE {name} (x INTEGER)"))

        return apply

    steps = (*STEPS, step("lamps"), step("owls"))
    with closing(open_catalogue(settings)) as opened:
        for expected in (["lamps", "owls"], ["lamps", "owls"]):
            with opened.transaction() as connection:
                migrate(connection, "here", "build", steps)
                assert read_fact(connection, VERSION) == str(NEWEST + 2)
            assert done == expected
        with opened.transaction() as connection, pytest.raises(StoreVersionError, match=f"of version {NEWEST + 2}"):
            migrate(connection, "here", "build")


def test_a_step_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    settings = made(tmp_path)

    def fails(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE lamps (x INTEGER)"))
        raise ValueError("no")

    with closing(open_catalogue(settings)) as opened:
        with pytest.raises(ValueError, match="no"), opened.transaction() as connection:
            migrate(connection, "here", "build", (*STEPS, fails))
        with opened.transaction() as connection:
            assert read_fact(connection, VERSION) == str(NEWEST)


def test_a_row_that_is_refused_is_no_damage(tmp_path: Path) -> None:
    row = {"id": "a", "made_at": "2026-11-01T08:00:00Z", "finished": 0, "about": {}}
    with closing(open_catalogue(made(tmp_path))) as opened:
        with pytest.raises(StoreError, match=r"UNIQUE.*try again") as caught, opened.transaction() as connection:
            connection.execute(insert(runs), [row, row])
        assert not isinstance(caught.value, DamagedError)
        assert "build" not in str(caught.value)


@pytest.mark.parametrize("version", ["999", "2", "1"])
def test_a_version_that_cannot_be_read_is_refused_with_the_way_out(tmp_path: Path, version: str) -> None:
    settings = made(tmp_path)
    with closing(open_catalogue(settings)) as opened, opened.transaction() as connection:
        write_fact(connection, VERSION, version)
    for create in (False, True):
        with pytest.raises(StoreVersionError, match=rf"version {version}, .* --rebuild"):
            open_catalogue(settings, create=create)


def test_where_nothing_is_built_the_command_that_builds_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match=rf"python -m index build PATH --store {tmp_path}"):
        open_catalogue(Settings(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_catalogue_that_is_none_is_refused_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    for create in (False, True):
        with pytest.raises(StoreError, match=r"catalogue\.sqlite.* --rebuild"):
            open_catalogue(Settings(tmp_path), create=create)


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE documents (mine TEXT)")
    with pytest.raises(StoreVersionError, match="another program"):
        open_catalogue(Settings(tmp_path), create=True)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("no url", "expected a URL"),
        ("nonsense://host/database", "expected a URL"),
        ("postgresql+psycopg://someone:secret@127.0.0.1:1/x", "does not answer"),
    ],
)
def test_a_catalogue_url_that_leads_nowhere_is_named_without_its_password(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_catalogue(Settings(tmp_path, catalogue=url), create=True)
    assert "secret" not in str(caught.value)


def test_a_catalogue_that_another_process_writes_is_said_to_be_written(tmp_path: Path) -> None:
    settings = made(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(open_catalogue(settings)) as opened:
            with opened.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout = 10")
            with pytest.raises(StoreLockedError, match="wait a moment"), opened.transaction() as connection:
                write_fact(connection, "lamp", "1")

"""A store through what may befall it: killed and interrupted syncs, full and read-only disks, readers meanwhile."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from operator import le
from pathlib import Path

import pytest

from assistant.__main__ import main as ask
from corpus.command import INTERRUPTED, run
from index.candidates import add_candidate, read_candidates
from index.conversations import new_conversation, read_conversation
from index.errors import StoreError, StoreLockedError
from index.feedback import read_feedback
from index.lock import folder_lock
from index.runs import begin_run, results_of, stored_runs
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.tables import KEPT
from index.vacuum import vacuum
from index.verify import verify
from tests.index.killed import PATIENCE_SECONDS, Commands, commands
from tests.index.read_only import as_superuser, mounted, read_only
from tests.index.world import World, check_clean, check_refused, cli, held, make_world

SEEN_SECONDS = 5
"""How soon a reader in another process has to see what a sync has made."""


@pytest.fixture(scope="module")
def world(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Build a store, and know what it holds now and after the next sync."""
    return make_world(tmp_path_factory.mktemp("world"), small_model)


@pytest.fixture(scope="module")
def runner(root: Path, small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Run commands in processes that can be killed."""
    with commands(tmp_path_factory.mktemp("commands"), small_model, root) as made:
        yield made


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch, small_model: Path) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", str(small_model))


# Killed


def kill_sync(world: World, runner: Commands, folder: Path, moment: float) -> Settings:
    """Copy the store and kill its sync so many seconds after it began, or sooner where it is over by then."""
    while True:
        settings = world.copy(folder)
        ended = runner.run("build", world.after, "--store", settings.store, kill_when=partial(le, moment))
        if ended.code == -signal.SIGKILL:
            return settings
        assert ended.code == 0, ended
        shutil.rmtree(folder)
        moment *= 0.8


def is_marked(store: Path) -> bool:
    """Whether the views are known to be complete for the next generation, which is seen some moments later."""
    return '"generation": 2' in (store / "views.json").read_text()


def is_seen(store: Path) -> bool:
    """Whether the next generation is seen; what it replaces is cleared away from then on."""
    with closing(sqlite3.connect(f"file:{store / 'catalogue.sqlite'}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("SELECT value = '2' FROM store WHERE key = 'generation'").fetchone()[0])


@pytest.mark.parametrize("seed", range(5))
def test_a_sync_killed_at_any_moment_loses_nothing_and_the_next_one_ends_it(
    seed: int, world: World, runner: Commands, tmp_path: Path
) -> None:
    whole = world.copy(tmp_path / "whole")
    lasts = runner.run("build", world.after, "--store", whole.store).seconds
    moments = random.Random(seed)  # noqa: S311
    stopped = 0
    for number in range(6):
        # Later moments are more, since files are written late.
        settings = kill_sync(world, runner, tmp_path / str(number), lasts * moments.random() ** 0.5)
        check_whole(settings, world)
        stopped += held(settings).generation == world.old.generation
        build(settings, [world.after])
        assert held(settings).content == world.new.content
        check_clean(settings)
    assert stopped


@pytest.mark.parametrize("happens", [is_marked, is_seen])
def test_a_sync_killed_about_when_it_is_seen_is_seen_whole_or_not_at_all(
    happens: Callable[[Path], bool], world: World, runner: Commands, tmp_path: Path
) -> None:
    killed = 0
    for delay_seconds in (0, 0.005, 0.01, 0.02, 0.04):
        settings = world.copy(tmp_path / str(delay_seconds))
        happened_at: list[float] = []

        def is_time(
            seconds: float, store: Path = settings.store, at: list[float] = happened_at, delay: float = delay_seconds
        ) -> bool:
            if not at and happens(store):
                at.append(seconds)
            return bool(at) and seconds >= at[0] + delay

        ended = runner.run("build", world.after, "--store", settings.store, kill_when=is_time)
        killed += ended.code == -signal.SIGKILL
        check_whole(settings, world)
        build(settings, [world.after])
        assert held(settings).content == world.new.content
        check_clean(settings)
    assert killed


def attempt(store: Path) -> tuple[bool, bool]:
    """Whether a sync has begun the second generation, and whether documents of it are written."""
    with closing(sqlite3.connect(f"file:{store / 'catalogue.sqlite'}?mode=ro", uri=True)) as connection:
        begun = connection.execute("SELECT value FROM store WHERE key = 'attempt'").fetchone()[0] == "2"
        written = connection.execute("SELECT count(*) FROM documents WHERE added = 2").fetchone()[0] > 0
    return begun, written


def processes_of(group: int) -> list[str]:
    """Name the processes of a group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append(path.parent.name)
    return found


def until(happens: Callable[[], bool]) -> bool:
    """Wait for something that has to happen, and say whether it did."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while not (happened := happens()) and time.monotonic() < patience:
        time.sleep(0.005)
    return happened


@pytest.mark.parametrize("half_written", [False, True])
def test_ctrl_c_ends_a_sync_with_one_line_and_no_process_stays(
    half_written: bool, world: World, tmp_path: Path, root: Path
) -> None:
    settings = world.copy(tmp_path / "store")
    with subprocess.Popen(
        [sys.executable, "-m", "index", "build", str(world.after), "--store", str(settings.store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        start_new_session=True,
    ) as process:
        assert until(lambda: attempt(settings.store)[half_written] or process.poll() is not None)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, out, err) == (INTERRUPTED, "", "stopped; nothing that was there before is lost\n")
    assert until(lambda: not processes_of(process.pid)), processes_of(process.pid)
    assert held(settings) == world.old
    build(settings, [world.after])
    assert held(settings).content == world.new.content
    check_clean(settings)


# Locked


def test_a_lock_names_its_holder_and_is_free_once_the_holder_is_killed(tmp_path: Path, root: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from index.lock import folder_lock\n"
        "with folder_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        said = rf"written by process {holder.pid} on {os.uname().nodename} since 20\S+\+00:00 \(.+\); wait until"
        with pytest.raises(StoreLockedError, match=said), folder_lock(tmp_path):
            pass
        with folder_lock(tmp_path, "views.lock"):  # another lock, of which nobody is told who holds the first
            pass
        with pytest.raises(StoreLockedError, match=said), folder_lock(tmp_path):
            pass
        holder.kill()
        holder.wait()
        with folder_lock(tmp_path):
            pass


# Full and read-only disks


def used_bytes(folder: Path) -> int:
    """What the files of a folder take."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("part", "share"),
    [("", 0.005), ("", 0.1), ("", 0.5), ("", 1.0), ("chroma", 0.1), ("matrix", 0.1), ("words", 0.1)],
)
def test_a_sync_that_fills_the_disk_says_so_and_goes_on_once_there_is_space(
    part: str, share: float, world: World, runner: Commands, tmp_path: Path
) -> None:
    # A disk for all of the store or a part of it, with room for so much of what the next sync adds to it.
    settings = world.copy(tmp_path / "store")
    folder = settings.store / part
    moved = shutil.copytree(folder, tmp_path / "moved")
    adds = used_bytes(world.synced / part) - used_bytes(world.settings.store / part)
    with mounted(folder, "-t", "tmpfs", "-o", "size=64m", "tmpfs"):
        shutil.copytree(moved, folder, dirs_exist_ok=True)
        space = os.statvfs(folder)
        size = (space.f_blocks - space.f_bfree) * space.f_frsize + int(adds * share) + space.f_frsize
        assert not as_superuser("mount", "-o", f"remount,size={size}", folder)
        ended = runner.run("build", world.after, "--store", settings.store)
        check_refused(ended.code, ended.said, ended.complained, "space")
        assert not as_superuser("mount", "-o", "remount,size=64m", folder)
        check_whole(settings, world)
        build(settings, [world.after])
        assert held(settings).content == world.new.content
        check_clean(settings)


def check_whole(settings: Settings, world: World) -> None:
    """Assert that a sync that failed is not seen, or whole where it failed while it cleared away what it replaced."""
    # Chroma writes the files of its graph in place, so that a kill may tear them; no search reads them.
    assert {finding.part for finding in verify(settings)} <= {"vectors"}
    found = held(settings)
    if found.generation != world.old.generation:
        assert found.content == world.new.content
        return
    assert (found.content, found.nearest) == (world.old.content, world.old.nearest)
    # From the commit of the words to that of the catalogue, words that nobody sees yet change the others' weight.
    assert found.hits == world.old.hits or is_marked(settings.store)


def test_a_sync_whose_files_may_not_grow_says_so_and_loses_nothing(
    world: World, runner: Commands, tmp_path: Path
) -> None:
    settings = world.copy(tmp_path / "store")
    ended = runner.run("build", world.after, "--store", settings.store, file_bytes=64 * 1024)
    check_refused(ended.code, ended.said, ended.complained, "no room", "TMPDIR")
    check_whole(settings, world)
    build(settings, [world.after])
    assert held(settings).content == world.new.content
    check_clean(settings)


def of_the_version_before(settings: Settings) -> None:
    """Take the tables away that later versions have added."""
    with closing(sqlite3.connect(settings.store / "catalogue.sqlite")) as connection, connection:
        for table in reversed(KEPT):
            connection.execute(f"DROP TABLE {table.name}")
        connection.execute("UPDATE store SET value = '3' WHERE key = 'schema_version'")


def test_a_read_only_store_of_the_version_before_is_read(world: World, tmp_path: Path) -> None:
    settings = world.copy(tmp_path / "store")
    of_the_version_before(settings)
    with read_only(settings.store):
        assert held(settings) == world.old
        with closing(Store(settings)) as store, store.catalogue.transaction() as connection:
            assert (read_candidates(connection), read_feedback(connection)) == ([], [])
            assert (stored_runs(connection), results_of(connection, "latest")) == ([], [])
            assert read_conversation(connection, "anybody") == []
            with pytest.raises(StoreError, match="of an older version and cannot be written"):
                begin_run(connection, "a", "2026-11-01T08:00:00Z", {})
            with pytest.raises(StoreError, match="of an older version and cannot be written"):
                new_conversation(connection, "en")


def test_a_read_only_store_is_searched_and_asked_and_a_build_of_it_is_refused(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = world.copy(tmp_path / "store")
    with read_only(settings.store):
        assert held(settings) == world.old
        assert cli(capsys, "status", "--store", settings.store)[0] == 0
        assert run(ask, ["ask", "What was the budget of Lamp House 1?", "--store", str(settings.store)]) == 0
        assert "300 EUR" in capsys.readouterr().out
        for command in (
            ["build", world.after],
            ["build", "--rebuild", world.after],
            ["vacuum"],
            ["verify", "--repair"],
        ):
            code, said, complained = cli(capsys, *command, "--store", settings.store)
            check_refused(code, said, complained, "cannot be written", "--store DIR")
        assert held(settings) == world.old
    build(settings, [world.after])
    assert held(settings).content == world.new.content


def test_a_rebuild_killed_once_what_people_said_is_put_aside_loses_none_of_it(
    world: World, runner: Commands, tmp_path: Path
) -> None:
    settings = world.copy(tmp_path / "store")
    with closing(Store(settings)) as store, store.catalogue.transaction() as connection:
        for number in range(9):
            add_candidate(connection, {"id": str(number)}, origin="generated")
        before = read_candidates(connection)
    with closing(sqlite3.connect(settings.store / "catalogue.sqlite")) as connected, connected:
        connected.execute("UPDATE store SET value = '2' WHERE key = 'schema_version'")
    aside = settings.store / "kept.json"
    rebuild = ("build", "--rebuild", world.before, "--store", settings.store)
    killed = runner.run(*rebuild, kill_when=lambda _: aside.exists())
    assert (killed.code, aside.exists()) == (-signal.SIGKILL, True)
    assert runner.run(*rebuild).code == 0
    with closing(Store(settings)) as store, store.catalogue.transaction() as connection:
        assert read_candidates(connection) == before
    assert not aside.exists()
    check_clean(settings)


# Readers


def test_a_reader_in_another_process_sees_each_sync_whole_and_soon(
    tmp_path: Path, small_model: Path, root: Path
) -> None:
    settings, docs = Settings(tmp_path / "store", str(small_model)), tmp_path / "docs"
    write_edition(docs, 1)
    build(settings, [docs])
    with subprocess.Popen(
        [sys.executable, "-m", "tests.index.reading", str(settings.store), str(small_model)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline().startswith("1 ")
        for edition in range(2, 5):
            write_edition(docs, edition)
            build(settings, [docs])
            ended = time.monotonic()
            generation, seen_at = reader.stdout.readline().split()
            assert int(generation) == edition
            assert float(seen_at) - ended < SEEN_SECONDS
        vacuum(settings, grace_seconds=0)
        said, complained = reader.communicate(timeout=PATIENCE_SECONDS)
    assert (reader.returncode, complained) == (0, "")
    assert int(said.split()[1]) >= 4


def write_edition(docs: Path, edition: int) -> None:
    """Write some pages, one more in each edition, all of them anew."""
    docs.mkdir(exist_ok=True)
    for number in range(20 + edition):
        text = f"In edition {edition} of yard {number} owls were counted by night, {number} in all.\n\n" * 25
        (docs / f"{number}.txt").write_text(f"Lamp House {number}\n\n{text}")

"""A store through what may befall it: killed and interrupted syncs, full and read-only disks, damaged files."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.__main__ import main as ask
from corpus.command import INTERRUPTED, run
from index import contents
from index.__main__ import main as index
from index.errors import StoreLockedError
from index.facts import GENERATION, IDENTITY, read_fact, read_number
from index.lock import folder_lock
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.vectors import open_vectors
from index.verify import verify
from index.views import difference
from tests.index.killed import PATIENCE_SECONDS, Commands, commands

QUESTION = "owls counted in town 6"
ROWS = 500
SEEN_SECONDS = 5
"""How soon a reader in another process has to see what a sync has made."""


def write_documents(folder: Path, numbers: range, edition: int, rows: int = ROWS) -> None:
    """Write a page for each number and a register of projects for each third."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(
            f"Lamp House {number}\n\nIn edition {edition} the keepers of house {number} counted the owls by night.\n\n"
            "Period: 2011-2012 | Budget: 300 EUR | Funder: The Lamp Fund\n"
        )
    for number in numbers[::3]:
        lines = (
            f'Lamp {number} {row},"In yard {row} of town {number}, edition {edition}, they counted {row * 7} owls.",'
            f"{row + 100} EUR,2011-2012,The Lamp Fund\n"
            for row in range(rows)
        )
        (folder / f"{number}.csv").write_text("Title,Summary,Budget,Period,Funder\n" + "".join(lines))


@dataclass(frozen=True, slots=True)
class Held:
    """What a reader finds in a store."""

    generation: int
    documents: list[object]
    projects: list[object]
    passages: list[object]
    hits: list[tuple[str, float]]

    @property
    def content(self) -> tuple[object, ...]:
        """All but what two attempts at the same may differ in: their number, and how often Tantivy has merged."""
        return self.documents, self.projects, self.passages


def held(settings: Settings) -> Held:
    """Read and search a store."""
    with closing(Store(settings)) as store:
        hits = [(hit.passage.id, hit.score) for hit in store.search(QUESTION, 20)]
        passages: list[object] = [replace(passage, key=0) for passage in store.passages()]
        return Held(store.generation, list(store.documents.values()), list(store.projects.values()), passages, hits)


@dataclass(frozen=True, slots=True)
class World:
    """A store of the documents `before`, what it holds, and what it holds once it is synced to `after`."""

    settings: Settings
    before: Path
    after: Path
    old: Held
    new: Held

    def copy(self, folder: Path) -> Settings:
        """Copy the store to `folder`."""
        return replace(self.settings, store=shutil.copytree(self.settings.store, folder))


@pytest.fixture(scope="module")
def world(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Build a store; the sync that comes next adds eight files, changes four, removes four and leaves four."""
    folder = tmp_path_factory.mktemp("world")
    before, after = folder / "before", folder / "after"
    write_documents(before, range(9), 1)
    shutil.copytree(before, after)
    write_documents(after, range(3), 2)
    for path in [after / f"{number}.txt" for number in range(3, 6)] + [after / "3.csv"]:
        path.unlink()
    write_documents(after, range(9, 15), 1)
    settings = Settings(folder / "store", str(small_model))
    build(settings, [before])
    old = held(settings)
    synced = replace(settings, store=shutil.copytree(settings.store, folder / "synced"))
    report = build(synced, [after])
    assert [len(files) for files in (report.added, report.changed, report.removed, report.unchanged)] == [8, 4, 4, 4]
    return World(settings, before, after, old, held(synced))


@pytest.fixture(scope="module")
def runner(root: Path, small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Run commands in processes that can be killed."""
    with commands(tmp_path_factory.mktemp("commands"), small_model, root) as made:
        yield made


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch, small_model: Path) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", str(small_model))


def check_clean(settings: Settings) -> None:
    """Assert that the store agrees with itself and that neither catalogue nor views hold anything beyond it."""
    assert verify(settings) == []
    with closing(Store(settings)) as store:
        keys = store.rows.keys
        with store.catalogue.transaction() as connection:
            assert not contents.has_leftovers(connection, read_number(connection, GENERATION))
            identity = read_fact(connection, IDENTITY) or ""
    with closing(open_vectors(settings, identity)) as vectors:
        assert vectors.keys().tolist() == keys.tolist()
    assert not len(difference(settings.store, keys).words_extra)
    assert not list(settings.store.rglob("*.new"))
    with folder_lock(settings.store):
        pass


# Killed


@pytest.mark.parametrize("seed", range(5))
def test_a_sync_killed_at_any_moment_loses_nothing_and_the_next_one_ends_it(
    seed: int, world: World, runner: Commands, tmp_path: Path
) -> None:
    whole = world.copy(tmp_path / "whole")
    lasts = runner.run("build", world.after, "--store", whole.store).seconds
    moments = random.Random(seed)  # noqa: S311
    stopped = 0
    for number in range(6):
        settings = world.copy(tmp_path / str(number))
        # Later moments are more, since files are written late.
        moment = lasts * moments.random() ** 0.5
        ended = runner.run("build", world.after, "--store", settings.store, kill_after=moment)
        assert ended.code in (0, -signal.SIGKILL), ended
        found = held(settings)
        assert verify(settings) == []
        if found.generation == world.old.generation:
            stopped += 1
            assert found == world.old, f"killed after {moment} s"
        else:
            assert found.content == world.new.content, f"killed after {moment} s"
        build(settings, [world.after])
        assert held(settings).content == world.new.content, f"killed after {moment} s"
        check_clean(settings)
        shutil.rmtree(settings.store)
    assert stopped


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


def check_refused(code: int, said: str, complained: str, *words: str) -> None:
    """Assert that a command has ended with one line that holds all `words`."""
    assert (code, said) == (1, "")
    assert complained.startswith("error: "), complained
    assert complained.count("\n") == 1, complained
    for word in words:
        assert word in complained


def mount(*arguments: object) -> None:
    """Mount something, or skip the test where that may not be done."""
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this system lets nobody mount: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", folder)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("free_kilobytes", [8, 200, 1_500, 2_500, 3_500, 4_500])
def test_a_sync_that_fills_the_disk_says_so_and_goes_on_once_there_is_space(
    free_kilobytes: int, world: World, runner: Commands, disk: Path
) -> None:
    settings = world.copy(disk / "store")
    space = os.statvfs(disk)
    used = (space.f_blocks - space.f_bfree) * space.f_frsize
    mount("-o", f"remount,size={used + free_kilobytes * 1024}", "tmpfs", disk)
    ended = runner.run("build", world.after, "--store", settings.store)
    check_refused(ended.code, ended.said, ended.complained, "space")
    assert held(settings) == world.old
    mount("-o", "remount,size=64m", "tmpfs", disk)
    assert held(settings) == world.old
    build(settings, [world.after])
    assert held(settings).content == world.new.content
    check_clean(settings)

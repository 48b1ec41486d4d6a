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
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from assistant.__main__ import main as ask
from corpus.command import INTERRUPTED, run
from index.errors import StoreLockedError
from index.lock import folder_lock
from index.settings import Settings
from index.sync import build
from index.vacuum import vacuum
from index.verify import verify
from tests.index.killed import PATIENCE_SECONDS, Commands, commands
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
        check_whole(settings, world)
        stopped += held(settings).generation == world.old.generation
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
    check_refused(ended.code, ended.said, ended.complained, "space", "run it again")
    mount("-o", "remount,size=64m", "tmpfs", disk)
    check_whole(settings, world)
    build(settings, [world.after])
    assert held(settings).content == world.new.content
    check_clean(settings)


def check_whole(settings: Settings, world: World) -> None:
    """Assert that a sync that failed is not seen, or whole where it failed while it cleared away what it replaced."""
    assert verify(settings) == []
    assert held(settings) == world.old or held(settings).content == world.new.content


@pytest.mark.parametrize("kilobytes", [64, 512, 2_048])
def test_a_sync_whose_files_may_not_grow_says_so_and_loses_nothing(
    kilobytes: int, world: World, runner: Commands, tmp_path: Path
) -> None:
    settings = world.copy(tmp_path / "store")
    ended = runner.run("build", world.after, "--store", settings.store, file_bytes=kilobytes * 1024)
    check_refused(ended.code, ended.said, ended.complained)
    assert "--rebuild" not in ended.complained
    check_whole(settings, world)
    build(settings, [world.after])
    assert held(settings).content == world.new.content
    check_clean(settings)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder: a mount for the superuser, who heeds no permissions, permissions for others."""
    if os.geteuid() == 0:
        mount("--bind", folder, folder)
        mount("-o", "remount,bind,ro", folder)
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    places = [folder, *(path for path in folder.rglob("*"))]
    modes = [path.stat().st_mode for path in places]
    for path, mode in zip(places, modes, strict=True):
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in zip(places, modes, strict=True):
            path.chmod(mode)


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
        text = f"In edition {edition} of yard {number} owls were counted by night, {number} in all.\n\n" * 5
        (docs / f"{number}.txt").write_text(f"Lamp House {number}\n\n{text}")

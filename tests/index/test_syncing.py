"""Syncing: one long job at a time in a process of its own, which tells how far it is and stops without a trace."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import BusyError
from index.findings import read_findings
from index.lock import FILE as LOCK
from index.lock import folder_lock
from index.roots import leave_out
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.sync_process import VACUUM, VERIFY
from index.syncing import CRASHED, DONE, FAILED, READING, STOPPED, State, Syncing
from index.verify import verify

PATIENCE_SECONDS = 180.0


def page(title: str) -> str:
    return f"{title}\n\nThe lamp shines.\n\nPeriod: 2011-2012 | Budget: 300,00 EUR | Funder: The Lamp Fund\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Settings:
    """Build a store over one page."""
    folder = tmp_path_factory.mktemp("syncing")
    (folder / "docs").mkdir()
    (folder / "docs" / "lamp.txt").write_text(page("Lamp House"))
    settings = Settings(folder / "store", str(small_model))
    build(settings, [folder / "docs"])
    return settings


@pytest.fixture
def settings(built: Settings, tmp_path: Path) -> Settings:
    """Copy the store and what it was built from, and build it from the copy."""
    shutil.copytree(built.store.parent, tmp_path, dirs_exist_ok=True)
    made = replace(built, store=tmp_path / "store")
    build(made, [tmp_path / "docs"])
    return made


def add_register(settings: Settings) -> None:
    """Put something among the documents that takes a few seconds to read."""
    lines = (f"Orchard {n},Apples are counted in orchard {n} by night.,{n} EUR,Apple Fund\n" for n in range(20_000))
    (settings.store.parent / "docs" / "grants.csv").write_text("Project title,Summary,Budget,Funder\n" + "".join(lines))


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def ended(jobs: Syncing, job: str = "sync") -> State:
    jobs.start(job)
    return jobs.wait(PATIENCE_SECONDS)


def generation(settings: Settings) -> int:
    assert verify(settings) == []
    with closing(Store(settings)) as store:
        return store.generation


def holder(settings: Settings) -> int:
    """The number of the process that writes, once it does."""
    until((settings.store / f"{LOCK}.json").exists)
    return int(json.loads((settings.store / f"{LOCK}.json").read_text())["process"])


def test_a_sync_tells_what_it_did_and_the_documents_are_checked_once(settings: Settings) -> None:
    docs, jobs = settings.store.parent / "docs", Syncing(settings)
    (docs / "owl.txt").write_text(page("Owl House").replace("300,00", "3.000"))
    (docs / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    state = ended(jobs)
    assert (state.phase, state.error) == (DONE, "")
    assert state.report is not None
    assert (state.report.added, state.report.unchanged) == (["owl.txt"], ["lamp.txt"])
    assert [one.source for one in state.report.failed] == ["broken.pdf"]
    assert state.step is not None
    assert (state.step.done, state.step.files) == (2, 2)
    assert state.step.done_bytes == state.step.bytes > 0
    found = read_findings(settings.store)
    assert found is not None
    assert list(found.unreadable()) == ["broken.pdf"]
    assert found.by_file()["broken.pdf"] == 1
    assert ended(jobs).phase == DONE
    assert read_findings(settings.store) is found  # neither made nor read again
    assert jobs.state().began <= jobs.state().ended


def test_what_is_left_out_is_neither_read_nor_checked(settings: Settings) -> None:
    (settings.store.parent / "docs" / "owl.txt").write_text(page("Owl House"))
    with closing(Store(settings)) as store, store.catalogue.transaction() as connection:
        leave_out(connection, "lamp.txt")
    state = ended(Syncing(settings))
    assert state.report is not None
    assert (state.report.removed, state.report.left_out) == (["lamp.txt"], ["lamp.txt"])
    found = read_findings(settings.store)
    assert found is not None
    assert not found.by_file()["lamp.txt"]


def test_one_that_is_stopped_leaves_the_store_as_it_was_and_the_next_finishes(settings: Settings) -> None:
    add_register(settings)
    jobs, before = Syncing(settings), generation(settings)
    jobs.start()
    with pytest.raises(BusyError, match="a sync is under way"):
        jobs.start(VERIFY)
    until(lambda: jobs.state().phase == READING)
    jobs.stop()
    assert jobs.wait(PATIENCE_SECONDS).phase == STOPPED
    assert jobs.state().report is None
    assert generation(settings) == before
    with folder_lock(settings.store):
        pass


def test_one_that_is_killed_says_so_and_the_next_works(settings: Settings) -> None:
    add_register(settings)
    jobs, before = Syncing(settings), generation(settings)
    jobs.start()
    os.kill(holder(settings), signal.SIGKILL)
    state = jobs.wait(PATIENCE_SECONDS)
    assert (state.phase, state.error) == (FAILED, CRASHED)
    assert generation(settings) == before
    (settings.store.parent / "docs" / "grants.csv").unlink()
    assert ended(jobs).phase == DONE


def test_one_stops_when_the_program_that_started_it_is_gone(settings: Settings) -> None:
    add_register(settings)
    before = generation(settings)
    program = (
        "import os, sys, time\nfrom pathlib import Path\n"
        "from index.settings import Settings\nfrom index.syncing import Syncing, READING\n"
        "jobs = Syncing(Settings(Path(sys.argv[1]), sys.argv[2]))\njobs.start()\n"
        "while jobs.state().phase != READING: time.sleep(0.02)\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", program, settings.store, settings.embedding_model], check=True, timeout=180)
    until(lambda: not (settings.store / f"{LOCK}.json").exists())
    assert generation(settings) == before


def test_a_store_that_another_process_writes_is_told_with_its_holder(settings: Settings) -> None:
    with folder_lock(settings.store):
        state = ended(Syncing(settings))
    assert state.phase == FAILED
    assert f"is being written by process {os.getpid()} on " in state.error


def test_a_store_is_verified_and_freed_and_the_last_sync_stays_to_be_read(settings: Settings) -> None:
    jobs = Syncing(settings)
    report = ended(jobs).report
    state = ended(jobs, VERIFY)
    assert (state.phase, state.problems, state.report) == (DONE, (), report)
    freed = ended(jobs, VACUUM).freed
    assert freed is not None
    assert freed.documents == 0
    jobs.close()  # with nothing under way it returns at once

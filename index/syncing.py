"""Syncing: the long jobs of a store, one at a time, each in a process of its own, so that the page goes on answering.

What is under way belongs to the program that serves, not to a visitor, who may close the page and look again later.
Knows nothing of how a store is built: that is `index.sync_process`.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from corpus.document import Unreadable
from index.errors import BusyError
from index.progress import Step
from index.settings import Settings
from index.sync import Report
from index.sync_process import CHECKING, ERROR, FREED, PROBLEMS, REPORT, STEP, SYNC
from index.vacuum import Freed
from index.verify import Finding as Problem

IDLE, STARTING, READING, CHECKED = "idle", "starting", "reading", "checking"
DONE, FAILED, STOPPED = "done", "failed", "stopped"
RUNNING = frozenset({STARTING, READING, CHECKED})
STOP_SECONDS = 20.0
"""How long a job that is told to stop may take to; then it is killed, which loses nothing either."""
CRASHED = "the process ended unexpectedly; nothing that was there before is lost; try again"
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class State:
    """How far the job under way is, or how the last one ended. Moments are ISO 8601, UTC.

    `report` is of a sync, `problems` of a verification (none found is an empty one), `freed` of a vacuum; each None
    where there is none.
    """

    job: str = ""
    phase: str = IDLE
    step: Step | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] | None = None
    freed: Freed | None = None
    error: str = ""
    began: str = ""
    ended: str = ""

    @property
    def running(self) -> bool:
        """Whether the job is under way."""
        return self.phase in RUNNING


class Syncing:
    """Runs one job at a time; for any number of threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._state = State()
        self._process: subprocess.Popen[str] | None = None
        self._followed = threading.Event()

    def state(self) -> State:
        """How it stands."""
        return self._state

    def start(self, job: str = SYNC) -> None:
        """Start a job and return at once.

        Raises:
            BusyError: one is under way.
        """
        with self._lock:
            if self._state.running:
                raise BusyError(f"a {self._state.job} is under way since {self._state.began}; wait until it has ended")
            self._process = _started(self._settings, job)
            report = None if job == SYNC else self._state.report  # what is not about documents leaves it to be read
            self._state = State(job, STARTING, report=report, began=_now())
            self._followed = threading.Event()
            threading.Thread(target=self._follow, args=[self._process], daemon=True).start()

    def stop(self) -> None:
        """Tell the job under way to stop; the store stays as it was. Returns at once."""
        with self._lock:
            if self._process and self._state.running:
                _end_input(self._process)
                killing = threading.Timer(STOP_SECONDS, _kill, [self._process])
                killing.daemon = True
                killing.start()

    def wait(self, seconds: float) -> State:
        """How it stands once the job under way has ended, or after so many seconds."""
        if self._process:
            self._followed.wait(seconds)
        return self._state

    def close(self) -> None:
        """Stop what is under way and wait until it has stopped."""
        self.stop()
        self.wait(STOP_SECONDS)

    def _follow(self, process: subprocess.Popen[str]) -> None:
        """Listen to a job until it ends."""
        for line in process.stdout or ():
            with suppress(ValueError, KeyError, TypeError):  # a line that a kill has cut
                told = json.loads(line)
                self._state = _after(self._state, told["event"], told["told"])
        code = process.wait()
        stopped = process.stdin is None or process.stdin.closed
        with self._lock:
            if process.stdout:
                process.stdout.close()
            _end_input(process)
            self._state = _ended(self._state, code, stopped)
        self._followed.set()


@cache
def syncing(settings: Settings) -> Syncing:
    """The one of a store in this process, whoever asks."""
    return Syncing(settings)


def _started(settings: Settings, job: str) -> "subprocess.Popen[str]":
    told = {
        "ASSISTANT_STORE": str(settings.store),
        "ASSISTANT_EMBEDDING_MODEL": settings.embedding_model,
        "ASSISTANT_CATALOGUE": settings.catalogue,
        "ASSISTANT_CHROMA": settings.chroma,
        "ASSISTANT_RERANKER": settings.reranker,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")])),
    }
    # In a session of its own: Ctrl-C at the server's terminal ends the server, and its end ends the job.
    return subprocess.Popen(  # noqa: S603  # our own module, and one of three words
        [sys.executable, "-m", "index.sync_process", job],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", errors="replace",
        env=os.environ | told, start_new_session=True,
    )  # fmt: skip


def _after(state: State, event: str, told: Any) -> State:
    """The state once a line of the job has been heard."""
    if event == STEP:
        return replace(state, phase=READING, step=Step(**told))
    if event == REPORT:
        return replace(state, report=_report(told))
    if event == CHECKING:
        return replace(state, phase=CHECKED)
    if event == PROBLEMS:
        return replace(state, problems=tuple(Problem(**one) for one in told))
    if event == FREED:
        return replace(state, freed=Freed(**told))
    return replace(state, error=str(told)) if event == ERROR else state


def _ended(state: State, code: int, stopped: bool) -> State:
    if code == 0:
        return replace(state, phase=DONE, ended=_now())
    if stopped and not state.error:
        return replace(state, phase=STOPPED, ended=_now())
    return replace(state, phase=FAILED, error=state.error or CRASHED, ended=_now())


def _report(told: Mapping[str, Any]) -> Report:
    return Report(**{**told, "failed": [Unreadable(**one) for one in told["failed"]]})


def _end_input(process: "subprocess.Popen[str]") -> None:
    if process.stdin and not process.stdin.closed:
        with suppress(OSError):
            process.stdin.close()


def _kill(process: "subprocess.Popen[str]") -> None:
    """End a job that does not stop, with the processes that it has started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

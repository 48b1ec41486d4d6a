"""An evaluation that a server has asked for in a process of its own: started, watched, stopped. One at a time.

It belongs to the server's process and not to a visitor, and ends with it. Knows no page and no scores.
"""

import atexit
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from corpus.command import INTERRUPTED
from eval.errors import EvaluationError
from eval.question_sets import QuestionSet
from index.settings import Settings

RUNNING, ENDED, STOPPED, FAILED = "running", "ended", "stopped", "failed"
ROOT = Path(__file__).resolve().parent.parent
TAIL_BYTES = 8192
"""Of what the process has said, so much is read to see how far it is."""
GOODBYE_SECONDS = 10
"""For how long a process that is told to stop is waited for when the server ends."""
_AT = re.compile(r"^run (\S+): (\d+) of (\d+) questions asked, (\d+) right$", re.MULTILINE)
"""What `eval.evaluation.told_progress` says."""
_ERROR = re.compile(r"^error: (.+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the evaluation of a set is; `run` is its id, and `total` is not 0, once the first question is asked.

    `error` says why it failed.
    """

    qa: str
    status: str
    run: str = ""
    asked: int = 0
    total: int = 0
    right: int = 0
    error: str = ""


class Evaluations:
    """The evaluation that runs beside this process, or the last one that did."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._qa = ""
        atexit.register(self.close)

    def start(self, chosen: QuestionSet, *, resume: bool = False) -> None:
        """Ask the questions of a set; with `resume` those that a run of it, which was stopped, has not asked.

        Raises:
            EvaluationError: one is running, or no process can be started.
        """
        with self._lock:
            if self._process and self._process.poll() is None:
                raise EvaluationError(f"an evaluation of {self._qa} is running; wait for its end, or stop it")
            if self._said:
                self._said.close()
            said = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the next one starts
            command = [*_COMMAND, "run", *self._arguments(chosen, resume=resume)]
            try:
                self._process = subprocess.Popen(  # noqa: S603  # our own program, over a file that we have listed
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env=_environment(self._settings),
                )
            except OSError as error:
                said.close()
                raise EvaluationError(f"no process can be started: {error.strerror}; try again later") from error
            self._said, self._qa = said, chosen.name

    def _arguments(self, chosen: QuestionSet, *, resume: bool) -> list[str]:
        told = ["--qa", str(chosen.path.resolve()), "--store", str(self._settings.store.resolve()), "--jobs", "1"]
        return [*told, "--progress", *(["--resume"] if resume else [])]

    def progress(self) -> Progress | None:
        """How far it is, or how it ended; None where none was started."""
        with self._lock:
            if not self._process or not self._said:
                return None
            code, told = self._process.poll(), _tail(self._said)
            found = _AT.findall(told)
            run, *numbers = found[-1] if found else ("", 0, 0, 0)
            asked, total, right = map(int, numbers)
            status = _STATUSES.get(code, FAILED)
            error = (_ERROR.findall(told) or [""])[-1] if status == FAILED else ""
            return Progress(self._qa, status, run, asked, total, right, error)

    def stop(self) -> None:
        """Have it stop; what was asked is kept, and `start` with `resume` goes on. Nothing where none is running."""
        with self._lock:
            if self._process and self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)

    def close(self) -> None:
        """Stop it and wait for its end."""
        self.stop()
        if self._process:
            try:
                self._process.wait(GOODBYE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._said:
            self._said.close()


_COMMAND = (sys.executable, "-P", "-m", "eval.beside")
_STATUSES = {None: RUNNING, 0: ENDED, INTERRUPTED: STOPPED, -signal.SIGINT: STOPPED}


@cache
def evaluations_of(settings: Settings) -> Evaluations:
    """The one of this process for a store."""
    return Evaluations(settings)


def propose(settings: Settings, *, count: int, seed: int) -> None:
    """Have questions proposed from the records, in a process of its own; returns when they are in the catalogue.

    Raises:
        EvaluationError: it failed.
    """
    told = ["--store", str(settings.store.resolve()), "--count", str(count), "--seed", str(seed)]
    ended = subprocess.run(  # noqa: S603  # our own program
        [*_COMMAND, "generate", *told], env=_environment(settings), stdin=subprocess.DEVNULL, capture_output=True,
        check=False,
    )  # fmt: skip
    if ended.returncode:
        said = _ERROR.findall(ended.stderr.decode("utf-8", "replace"))
        raise EvaluationError(said[-1] if said else f"proposing questions ended with {ended.returncode}; try again")


def _tail(said: IO[bytes]) -> str:
    """The end of a file that another process writes, which shares its place in it with us: that place is left alone."""
    size = os.fstat(said.fileno()).st_size
    return os.pread(said.fileno(), TAIL_BYTES, max(0, size - TAIL_BYTES)).decode("utf-8", "replace")


def _environment(settings: Settings) -> dict[str, str]:
    """This process's, with the settings of the store but for its folder, and with where this program is."""
    own = {
        "ASSISTANT_EMBEDDING_MODEL": settings.embedding_model,
        "ASSISTANT_CATALOGUE": settings.catalogue,
        "ASSISTANT_CHROMA": settings.chroma,
        "ASSISTANT_RERANKER": settings.reranker,
        "ASSISTANT_READER": settings.reader,
    }
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    return {**os.environ, **own, "PYTHONPATH": os.pathsep.join(paths)}

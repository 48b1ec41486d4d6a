"""Measuring a program in a process of its own: what it says, how long it takes, how much memory it holds."""

import mmap
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvaluationError

SAMPLED_SECONDS = 0.02
"""How often the memory of the processes is looked at."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that went well: its last line, when it was started (`time.monotonic`), and its peak memory, MiB."""

    said: str
    began: float
    memory: float


def measure(module: str, arguments: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Ended:
    """Run `python -m module arguments…` in a new process, its memory sampled; the first argument names the program.

    Its clock, `time.monotonic`, is ours.

    Raises:
        EvaluationError: it failed; its last words are in the message.
    """
    command = [sys.executable, "-m", module, *arguments]
    peak, began = 0.0, time.monotonic()
    # Files, not pipes: a program that says more than a pipe holds would wait for us to read it.
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+", errors="replace") as errors:
        with subprocess.Popen(  # noqa: S603
            command, stdout=said, stderr=errors, env=os.environ | dict(environment or {})
        ) as process:
            try:
                while process.poll() is None:
                    peak = max(peak, memory_of(process.pid))
                    time.sleep(SAMPLED_SECONDS)
            except BaseException:
                process.kill()
                raise
        said.seek(0)
        errors.seek(0)
        if process.returncode:
            raise EvaluationError(f"{arguments[0]} failed: {' '.join(errors.read().strip().splitlines()[-1:])}")
        return Ended("".join(said.read().strip().splitlines()[-1:]), began, peak)


def memory_of(process: int) -> float:
    """MiB that a process and those it has started hold now; 0 where the system does not tell as Linux does.

    Resident sets added up, so that a page that two processes share, or a file that one has mapped and read, counts.
    """
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        # Under each thread stand the processes that this thread has started.
        lists = [path.read_text(encoding="ascii") for path in Path(f"/proc/{process}/task").glob("*/children")]
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * mmap.PAGESIZE / (1 << 20) + sum(memory_of(int(c)) for c in " ".join(lists).split())

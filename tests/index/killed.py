"""Commands for tests to stop: each runs in a process forked for it, which leads a group of its own.

`python -m tests.index.killed` says `ready`; each line of JSON on its input is a job, answered by `begun PID`, and by
`ended` once it is over, be it killed or not. Forking saves each command the seconds of its imports.
"""

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 120
"""For what has to happen, on a slow machine."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, minus the signal that ended it, and what it said."""

    code: int
    said: str
    complained: str
    seconds: float


class Commands:
    """Runs commands of `python -m index` one after the other."""

    def __init__(self, program: subprocess.Popen[bytes], folder: Path) -> None:
        self._program, self._folder = program, folder

    def run(
        self,
        *arguments: object,
        kill_when: Callable[[float], bool] | None = None,
        file_bytes: int | None = None,
    ) -> Ended:
        """Run one; its files may grow to so many bytes.

        It is killed, and its group, once `kill_when`, asked each millisecond with the seconds since it began, says so.
        """
        job = {"arguments": [*map(str, arguments)], "folder": str(self._folder), "file_bytes": file_bytes}
        self._tell(job)
        begun = time.monotonic()
        process = int(self._hear(PATIENCE_SECONDS).split()[1])
        while kill_when and not self._says_something(0.001):
            if kill_when(time.monotonic() - begun):
                os.killpg(process, signal.SIGKILL)
                break
        code = int(self._hear(PATIENCE_SECONDS).split()[1])
        seconds = time.monotonic() - begun
        out, err = ((self._folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Ended(code, out, err, seconds)

    def _tell(self, job: Mapping[str, object]) -> None:
        assert self._program.stdin
        self._program.stdin.write(json.dumps(job).encode() + b"\n")

    def _says_something(self, seconds: float) -> bool:
        assert self._program.stdout
        return bool(select.select([self._program.stdout], [], [], seconds)[0])

    def _hear(self, seconds: float) -> str:
        assert self._program.stdout
        assert self._says_something(seconds), "the program says nothing"
        return self._program.stdout.readline().decode()


@contextmanager
def commands(folder: Path, model: Path, root: Path) -> Iterator[Commands]:
    """Start the program; what commands say, and what they leave behind, goes into `folder`."""
    environment = {**os.environ, "TMPDIR": str(folder), "ASSISTANT_EMBEDDING_MODEL": str(model)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.index.killed"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,  # nothing read ahead, so that waiting for output is waiting for a line
        env=environment,
        cwd=root,
    ) as program:
        made = Commands(program, folder)
        assert made._hear(PATIENCE_SECONDS) == "ready\n"
        yield made
        assert program.stdin
        program.stdin.close()


def main() -> None:
    """Run jobs until the input ends."""
    # Imported before the fork, not after each.
    import chromadb  # noqa: F401
    import tantivy  # noqa: F401
    import tokenizers  # noqa: F401

    import index.sync  # noqa: F401

    print("ready", flush=True)
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            _run(**json.loads(line))
        print(f"ended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}", flush=True)


def _run(arguments: list[str], folder: str, file_bytes: int | None) -> None:
    code = 99
    try:
        os.setsid()
        import onnxruntime  # noqa: F401  # it starts a thread, which would not be there after a fork

        from corpus.command import run
        from index.__main__ import main as command

        print(f"begun {os.getpid()}", flush=True)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(Path(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        if file_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
        code = run(command, arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

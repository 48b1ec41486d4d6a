"""The web app as a server of its own, for tests that meet it as a browser or a program does."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from index.offline import QUIET


@dataclass(frozen=True)
class Served:
    """An app that runs, and its store."""

    process: subprocess.Popen[str]
    said: list[str]
    log: IO[str]
    store: Path

    @property
    def url(self) -> str:
        """The address it says."""
        found = re.search(r"http://\S+:\d+", self.said[-1])
        assert found, f"no address in {self.said}; standard error: {self.errors()}"
        return found.group()

    def errors(self) -> str:
        """What it has written to standard error."""
        self.log.seek(0)
        return self.log.read()


@contextmanager
def serving(store: Path, root: Path, *options: str, variables: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Start the app on a free port and stop it in the end, whatever happened; `variables` are its settings."""
    told = {key: value for key, value in os.environ.items() if key not in QUIET and not key.startswith("ASSISTANT_")}
    told |= variables or {}
    line = [sys.executable, "app.py", "--store", str(store), "--port", "0", *options]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as log,
        subprocess.Popen(line, cwd=root, env=told, stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as process,
    ):
        try:
            assert process.stdout
            yield Served(process, [process.stdout.readline() for _ in range(2)], log, store)
        finally:
            process.kill()

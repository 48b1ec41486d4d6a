"""The web app as a server of its own, for tests that meet it as a browser or a program does."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from index.offline import QUIET
from index.settings import Settings
from index.store import Store
from index.sync import Report, build

OPENED_SECONDS = 60
"""How long an app may take to open what a sync has made; it looks once a second."""


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
def serving(store: Path, root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Start the app on a free port and stop it in the end, whatever happened; `environment` is set for it alone."""
    told = {key: value for key, value in os.environ.items() if key not in QUIET and not key.startswith("ASSISTANT_")}
    told |= environment or {}
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


def synced(served: Served, *folders: Path) -> Report:
    """Sync the store of an app to these folders, and wait until the app answers from what that has made."""
    settings = Settings(served.store)
    report = build(settings, list(folders))
    with closing(Store(settings)) as store:
        generation = store.generation
    until = time.monotonic() + OPENED_SECONDS
    while _generation(served) != generation:
        assert time.monotonic() < until, f"generation {generation} was not opened; {served.errors()}"
        time.sleep(0.1)
    return report


def _generation(served: Served) -> int:
    with urlopen(f"{served.url}/healthz") as reply:  # noqa: S310  # the test's own server
        return int(json.load(reply)["generation"])

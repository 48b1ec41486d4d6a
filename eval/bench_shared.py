"""Benchmark of a store over servers: PostgreSQL and Chroma as `ASSISTANT_CATALOGUE` and `ASSISTANT_CHROMA` name them.

Each reading process is one of its own machine as far as the store can tell: it has a folder of its own, made from the
servers when it opens. Refuses a catalogue that holds anything.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from corpus.errors import MisuseError
from eval.beir import Text
from eval.bench_index import TOP, WARMING
from eval.errors import EvaluationError
from eval.material import Material, read_corpus
from eval.processes import memory_of
from index.offline import stay_offline
from index.settings import Settings

READERS = (1, 2, 4)
"""Processes that search at the same time."""
SECONDS = 10.0
"""How long they search, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a store over servers takes; `readers` has a row for each number of processes that search at once."""

    texts: int
    build_seconds: float
    folder_seconds: float
    """Until a machine with an empty folder has opened the store, its words and vectors made."""
    seen_seconds: float
    """From the end of a sync that writes all texts anew until an open reader with a folder of its own has them."""
    readers: tuple["Readers", ...]


@dataclass(frozen=True, slots=True)
class Readers:
    """Searches a second of all processes together, the milliseconds of one, and the MiB of a process."""

    processes: int
    per_second: float
    p50_ms: float
    p95_ms: float
    memory: float


def bench_shared(settings: Settings, count: int, seconds: float = SECONDS) -> Shared:
    """Build a store of `count` made texts over the servers of `settings`, and search it so long at each of `READERS`.

    Raises:
        MisuseError: no server is named, or the catalogue holds a store already.
        EvaluationError: a reading process failed.
    """
    stay_offline()
    _check_empty(settings)
    material = Material(read_corpus(), count, made=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "questions.json").write_text(json.dumps(material.questions(200)), encoding="utf-8")
        began = time.perf_counter()
        _sync(replace(settings, store=folder / "writer"), list(material))
        built = time.perf_counter() - began
        readers = tuple(_readers(settings, folder, processes, seconds) for processes in READERS)
        opened, seen = _followed(settings, folder, list(material))
    return Shared(count, built, opened, seen, readers)


def _check_empty(settings: Settings) -> None:
    from index.catalogue import connect
    from index.migrations import version

    if not settings.catalogue or not settings.chroma:
        raise MisuseError("set ASSISTANT_CATALOGUE and ASSISTANT_CHROMA to a new database and a Chroma server")
    with closing(connect(settings)) as catalogue, catalogue.transaction() as connection:
        if version(connection) is not None:
            raise MisuseError(f"{catalogue.where} holds a store already; give a database that is empty")


def _sync(settings: Settings, texts: Sequence[Text]) -> None:
    from index.texts import add_texts

    add_texts(settings, [(text.id, text.title, text.text, "en") for text in texts])


def _followed(settings: Settings, folder: Path, texts: Sequence[Text]) -> tuple[float, float]:
    """Seconds until a new folder is made, and until a sync elsewhere shows in it."""
    from index.live import LiveStore

    began = time.perf_counter()
    with closing(LiveStore(replace(settings, store=folder / "follower"))) as live:
        opened = time.perf_counter() - began
        before = live.current().generation
        _sync(replace(settings, store=folder / "writer"), [*texts, Text("one-more", "", "One text more.")])
        began = time.perf_counter()
        while live.current().generation == before:
            time.sleep(0.01)
        return opened, time.perf_counter() - began


def _readers(settings: Settings, folder: Path, processes: int, seconds: float) -> Readers:
    """Let so many processes, each with its folder made already, search for some seconds at the same time."""
    began = [_started(settings, folder, number, seconds) for number in range(processes)]
    for process in began:
        _said(process)  # it has opened the store, and is warm
    for process in began:
        print("go", file=process.stdin, flush=True)
    time.sleep(seconds / 2)
    memory = statistics.median(memory_of(process.pid) for process in began)
    ms = [taken for process in began for taken in json.loads(_said(process))]
    for process in began:
        process.communicate()
    p50, p95 = np.percentile(ms, [50, 95])
    return Readers(processes, len(ms) / seconds, float(p50), float(p95), memory)


def _started(settings: Settings, folder: Path, number: int, seconds: float) -> "subprocess.Popen[str]":
    own = replace(settings, store=folder / f"reader{number}")
    line = [sys.executable, "-m", "eval.bench_shared", str(folder), str(seconds), *map(str, asdict(own).values())]
    return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


def _said(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise EvaluationError("a reading process failed; its last words are above")
    return line


def _read(folder: Path, settings: Settings, seconds: float) -> Iterator[str]:
    """What a reading process says: that it is ready and, told to go, the milliseconds of its searches."""
    from index.store import Store

    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    with closing(Store(settings)) as store:
        for question in questions[:WARMING]:
            store.search(question, TOP)
        yield "ready"
        sys.stdin.readline()
        ms: list[float] = []
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            began = time.perf_counter()
            store.search(questions[len(ms) % len(questions)], TOP)
            ms.append((time.perf_counter() - began) * 1000)
        yield json.dumps(ms)


def table(shared: Shared) -> str:
    """What was measured, a line each."""
    return "\n".join([
        f"{shared.texts:,} texts built in {shared.build_seconds:.1f} s; a new machine's folder made in "
        f"{shared.folder_seconds:.1f} s; a sync elsewhere seen after {shared.seen_seconds:.1f} s",
        *(
            f"{one.processes} process{'es' * (one.processes > 1)}: {one.per_second:,.0f} searches/s, "
            f"p50 {one.p50_ms:.1f} ms, p95 {one.p95_ms:.1f} ms, {one.memory:,.0f} MiB each"
            for one in shared.readers
        ),
    ])  # fmt: skip


def to_json(shared: Shared) -> str:
    """The same as one JSON object."""
    return json.dumps(asdict(shared))


if __name__ == "__main__":
    stay_offline()
    place, taken, store, *rest = sys.argv[1:]
    for told in _read(Path(place), Settings(Path(store), *rest), float(taken)):
        print(told, flush=True)

"""How the page stands many visitors at once: each asks over the same way as a browser, one question after the other.

The web app runs as its own process over a store; measured from the question sent to its answer whole on the page. Knows
the page by its address and the protocol of Gradio's queue, and imports nothing of it.
"""

import json
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import read_pairs

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 120
SETTLED_SECONDS = 2
"""Until a sync that was started is at work."""
HEALTH_SECONDS = 0.05
STARTED, WARM, SYNCING = "just started", "warm", "while a sync runs"
BOX = "question"
"""What the box that a question is typed in is called on the page."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What many visitors met who asked at the same moment, milliseconds; `failed` are questions without an answer.

    `health_ms` is the longest that `/healthz`, asked all the while, took to answer.
    """

    when: str
    questions: int
    failed: int
    p50_ms: float
    p95_ms: float
    worst_ms: float
    health_ms: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """What so many visitors met, in some bursts; `first_page_s` from the start of the process to the first page."""

    visitors: int
    first_page_s: float
    bursts: tuple[Burst, ...]


def bench_page(store: Path, qa: Path, visitors: int = 30, each: int = 5, rounds: int = 3) -> Crowd:
    """Let `visitors` ask `each` questions at the same time, of a copy of the store: conversations are kept in it.

    Raises:
        MisuseError, EvaluationError: as `read_pairs` does; the store or the app cannot be used.
    """
    questions = [pair.question for pair in read_pairs(qa)]
    random.Random(7).shuffle(questions)  # noqa: S311  # an order, the same each time
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "store"
        try:
            shutil.copytree(store, copy)
        except OSError as error:
            raise MisuseError(
                f"{store}: {error.strerror or 'cannot be read'}; name a store with --store DIR"
            ) from error
        met = [_round(copy, questions, visitors, each) for _ in range(rounds)]
    return Crowd(
        visitors, statistics.median(first for first, _ in met),
        tuple(middle(taken) for taken in zip(*(bursts for _, bursts in met), strict=True)),
    )  # fmt: skip


def middle(taken: Sequence[Burst]) -> Burst:
    """Of some rounds the one whose 95th percentile is in the middle, with what failed in any of them."""
    ordered = sorted(taken, key=lambda one: one.p95_ms)
    return replace(ordered[len(ordered) // 2], failed=sum(one.failed for one in taken))


def _round(store: Path, questions: Sequence[str], visitors: int, each: int) -> tuple[float, tuple[Burst, ...]]:
    with served(store) as (address, first_page_s):
        started = burst(STARTED, address, questions, visitors, 1)
        warm = burst(WARM, address, questions, visitors, each)
        with _syncing(store):
            beside = burst(SYNCING, address, questions, visitors, each)
    return first_page_s, (started, warm, beside)


@contextmanager
def _syncing(store: Path) -> Iterator[None]:
    """Read and embed all of the store's documents anew meanwhile; broken off in the end, which leaves it as it was."""
    line = [sys.executable, "-m", "index", "build", "--rebuild", "--lenient", "--store", str(store)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own program
        time.sleep(SETTLED_SECONDS)
        yield
        process.terminate()
        _, errors = process.communicate()
    if process.returncode > 0 and "error:" in errors:
        print(f"no sync ran beside: {errors.splitlines()[-1]}", file=sys.stderr)


def burst(when: str, address: str, questions: Sequence[str], visitors: int, each: int) -> Burst:
    """What visitors meet who ask at the same moment, and how long the server takes to say that it is well."""
    health: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(HEALTH_SECONDS):
            began = time.perf_counter()
            _get(f"{address}/healthz")
            health.append((time.perf_counter() - began) * 1000)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        times, failed = ask_all(address, questions, visitors, each)
    finally:
        over.set()
        watching.join()
    told = sorted(times)
    return Burst(
        when, len(told), failed, statistics.median(told), told[int(0.95 * (len(told) - 1))], told[-1],
        max(health, default=0.0),
    )  # fmt: skip


@contextmanager
def served(store: Path) -> Iterator[tuple[str, float]]:
    """(address of the app over a store, seconds from its start to its first page); stopped in the end.

    Raises:
        EvaluationError: it does not start.
    """
    line = [sys.executable, "app.py", "--store", str(store), "--port", "0"]
    began = time.monotonic()
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603  # our own program
        try:
            assert process.stdout is not None  # noqa: S101  # for the type checker
            said = [process.stdout.readline() for _ in range(2)]
            if "http://" not in said[-1]:
                raise EvaluationError(f"the app did not start: {' '.join(said).strip() or 'see above'}")
            address = said[-1].split()[2].rstrip(",")
            _get(f"{address}/")
            yield address, time.monotonic() - began
        finally:
            process.terminate()


def ask_all(address: str, questions: Sequence[str], visitors: int, each: int) -> tuple[list[float], int]:
    """(milliseconds that each answer took, how many did not come) of visitors who ask at the same time."""
    function, inputs = question_event(json.loads(_get(f"{address}/config")))
    times: list[float] = []
    failed: list[str] = []
    together = threading.Barrier(visitors)

    def visit(number: int) -> None:
        session = f"visitor{number}of{visitors}"
        together.wait()
        for turn in range(each):
            question = questions[(number * each + turn) % len(questions)]
            began = time.perf_counter()
            try:
                _ask(address, function, inputs, session, question)
            except (OSError, EvaluationError, ValueError) as error:
                failed.append(f"{question}: {error}")
            times.append((time.perf_counter() - began) * 1000)

    people = [threading.Thread(target=visit, args=[number]) for number in range(visitors)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    for line in failed[:3]:
        print(line, file=sys.stderr)
    return times, len(failed)


def question_event(config: Any) -> tuple[int, int]:
    """(number of the function that a submitted question calls, how many inputs it takes)."""
    boxes = {one["id"] for one in config["components"] if one["props"].get("elem_id") == BOX}
    for one in config["dependencies"]:
        if any(where in boxes and what == "submit" for where, what in one["targets"]):
            return one["id"], len(one["inputs"])
    raise EvaluationError("the page has no box to type a question in")


def _ask(address: str, function: int, inputs: int, session: str, question: str) -> None:
    """Send a question as a browser does, and read what comes until the answer is whole."""
    data = [question, *[None] * (inputs - 1)]
    body = {"data": data, "fn_index": function, "session_hash": session, "event_data": None, "trigger_id": None}
    _get(f"{address}/gradio_api/queue/join", json.dumps(body).encode())
    with _open(f"{address}/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream:
            if not line.startswith(b"data:"):
                continue
            told = json.loads(line[5:])
            if told["msg"] == "process_completed":
                if not told["success"]:
                    raise EvaluationError("the page says that it failed")
                return
    raise EvaluationError("the answer broke off")


def _open(address: str, body: bytes | None = None) -> Any:
    from urllib.request import Request, urlopen

    asked = Request(address, body, {"content-type": "application/json", "accept": "*/*"})  # noqa: S310  # our own server
    return urlopen(asked, timeout=PATIENCE_SECONDS)  # noqa: S310


def _get(address: str, body: bytes | None = None) -> bytes:
    with _open(address, body) as reply:
        read: bytes = reply.read()
    return read


def table(crowd: Crowd) -> str:
    """The first page, and a line for each burst."""
    lines = [
        f"first page after {crowd.first_page_s:.1f} s; {crowd.visitors} visitors at once",
        f"{'':<18}{'questions':>10}{'failed':>8}{'p50 ms':>9}{'p95 ms':>9}{'slowest':>9}{'/healthz, longest':>19}",
    ]
    lines += [
        f"{one.when:<18}{one.questions:>10}{one.failed:>8}{one.p50_ms:>9.0f}{one.p95_ms:>9.0f}{one.worst_ms:>9.0f}"
        f"{one.health_ms:>19.0f}"
        for one in crowd.bursts
    ]
    return "\n".join(lines)


def to_json(crowd: Crowd) -> str:
    """The same for programs."""
    return json.dumps(asdict(crowd))

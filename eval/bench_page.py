"""How the page stands many visitors at once: each asks over the same way as a browser, one question after the other.

The web app runs as its own process over a store; measured from the question sent to its answer whole on the page. Knows
the page by its address and the protocol of Gradio's queue, and imports nothing of it.
"""

import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from eval.qa import read_pairs

PATIENCE_SECONDS = 120
BOX = "question"
"""What the box that a question is typed in is called on the page."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What many visitors met: times in milliseconds; `failed` are questions without an answer.

    `first_page_s` is from the start of the process to the first page served.
    """

    visitors: int
    questions: int
    failed: int
    p50_ms: float
    p95_ms: float
    worst_ms: float
    first_page_s: float


def bench_page(store: Path, qa: Path, visitors: int, each: int) -> Crowd:
    """Let `visitors` ask `each` questions at the same time."""
    questions = [pair.question for pair in read_pairs(qa)]
    random.Random(7).shuffle(questions)  # noqa: S311  # an order, the same each time
    with served(store) as (address, first_page_s):
        ask_all(address, questions, 1, 3)  # the model is loaded, as it is a moment after the start
        times, failed = ask_all(address, questions, visitors, each)
    told = sorted(times)
    return Crowd(
        visitors, visitors * each, failed, statistics.median(told), told[int(len(told) * 0.95)], told[-1], first_page_s
    )


@contextmanager
def served(store: Path) -> Iterator[tuple[str, float]]:
    """(address of the app over a store, seconds from its start to its first page); stopped in the end.

    Raises:
        EvaluationError: it does not start.
    """
    root = Path(__file__).resolve().parent.parent
    line = [sys.executable, "app.py", "--store", str(store), "--port", "0"]
    began = time.monotonic()
    with subprocess.Popen(line, cwd=root, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603  # our own program
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
    """What they met, in three lines."""
    return "\n".join(
        [
            f"first page after {crowd.first_page_s:.1f} s",
            f"{crowd.visitors} visitors at once, {crowd.questions} questions, {crowd.failed} without an answer",
            f"p50 {crowd.p50_ms:.0f} ms, p95 {crowd.p95_ms:.0f} ms, slowest {crowd.worst_ms:.0f} ms",
        ]
    )


def to_json(crowd: Crowd) -> str:
    """The same for programs."""
    return json.dumps(asdict(crowd))

"""Benchmark of answers: how long each kind of question takes with the store open, and a first one in a new process."""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.assistant import Assistant
from eval.processes import measure
from eval.qa import Pair, read_pairs
from index.settings import Settings
from index.store import Store

COLD = ("field", "passage", "list")
"""Kinds of which the first question is asked in a new process."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Milliseconds of the questions of a kind: median and 95th percentile; a new process counts from its start."""

    kind: str
    questions: int
    p50_ms: float
    p95_ms: float
    is_cold: bool = False


def bench_ask(settings: Settings, qa: Path, rounds: int = 3) -> list[Answered]:
    """Ask the questions of a set, `rounds` times each and the median taken, after one round to open what they need.

    Raises:
        MisuseError, EvaluationError: as `read_pairs` does; a new process failed.
    """
    pairs = read_pairs(qa)
    assistant = Assistant(Store(settings))
    for pair in pairs:
        assistant.ask(pair.question, pair.history)
    took: dict[str, list[float]] = {}
    for pair in pairs:
        times = [_milliseconds(assistant, pair) for _ in range(rounds)]
        took.setdefault(pair.kind, []).append(statistics.median(times))
    rows = [_row(kind, times) for kind, times in took.items()]
    rows.append(_row("all", [one for times in took.values() for one in times]))
    return [*rows, *(_cold(settings, pairs, kind, rounds) for kind in COLD if kind in took)]


def _milliseconds(assistant: Assistant, pair: Pair) -> float:
    began = time.perf_counter()
    assistant.ask(pair.question, pair.history)
    return (time.perf_counter() - began) * 1000


def _row(kind: str, times: Sequence[float]) -> Answered:
    ordered = sorted(times)
    return Answered(kind, len(times), statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))])


def _cold(settings: Settings, pairs: Sequence[Pair], kind: str, rounds: int) -> Answered:
    question = next(pair.question for pair in pairs if pair.kind == kind and not pair.history)
    times = []
    for _ in range(rounds):
        began = time.monotonic()
        measure("assistant", ["ask", question, "--json", "--store", str(settings.store)])
        times.append((time.monotonic() - began) * 1000)
    return Answered(kind, rounds, statistics.median(times), max(times), is_cold=True)


def table(rows: Sequence[Answered]) -> str:
    """A line for each kind, those of new processes last."""
    lines = [f"{'kind':<16}{'questions':>10}{'p50 ms':>10}{'p95 ms':>10}"]
    for row in rows:
        name = f"{row.kind}, new process" if row.is_cold else row.kind
        lines.append(f"{name:<16}{row.questions:>10}{row.p50_ms:>10.1f}{row.p95_ms:>10.1f}")
    return "\n".join(lines)


def to_json(rows: Sequence[Answered]) -> str:
    """The rows as one JSON array."""
    return json.dumps([asdict(row) for row in rows])

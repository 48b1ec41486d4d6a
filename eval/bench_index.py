"""Benchmark of the store: how fast texts go in and are found again, beside what others would use, in one run.

Every measurement is made in a process of its own, without a network; ours, the peers and the bare parts take turns on
the same texts, and medians over rounds are quoted. Memory is as `eval.processes` counts it. Files stay in the system's
cache between processes, as they do on a machine that serves.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np

from eval.beir import read_texts
from eval.material import FIELDS, Material, read_corpus
from eval.peers import BARE, PEERS, PROGRAMS, check_installed
from eval.processes import measure
from index.offline import QUIET, stay_offline

TEXTS = 3_000
ROUNDS = 3
TOP = 5
"""Passages asked for."""
WARMING = 20
"""Questions before those that are timed."""
QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Figures:
    """What one program took: medians over rounds. Memory is a peak in MiB, 0 where the system does not tell."""

    program: str
    ingested_per_second: float
    """Texts, from the call with all of them to their being on disk; imports and the opening of the model are over."""
    ingest_memory: float
    first_seconds: float
    """From the start of a new process to its first passages."""
    p50_ms: float
    p95_ms: float
    """One warm search."""
    search_memory: float


def bench_index(
    *,
    peers: bool = False,
    count: int = TEXTS,
    rounds: int = ROUNDS,
    corpus: Path | None = None,
    names: Sequence[str] = FIELDS,
) -> list[Figures]:
    """Figures of ours, of the peers if asked for, and of the bare parts, over `count` texts.

    They are those of the JSON Lines file `corpus` with the fields `names`, or made of the sample corpus's sentences.

    Raises:
        MisuseError: a peer is not installed, or the file cannot be read.
        EvaluationError: a program failed; its last words are in the message.
    """
    programs = ["ours", *(PEERS if peers else ()), *BARE]
    check_installed({name: PROGRAMS[name] for name in programs})
    material = Material(read_corpus(corpus, names), count)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        write_material(Path(folder), material)
        # The first time ever our model is turned into the form that it is run in; that is no part of any run after it.
        _measured("bare model", "search", Path(folder))
        return measured(programs, Path(folder), rounds)


def measured(programs: Sequence[str], folder: Path, rounds: int) -> list[Figures]:
    """Figures of these programs over the texts and questions written in `folder`, taking turns."""
    found: dict[str, list[Figures]] = {program: [] for program in programs}
    for _ in range(rounds):
        for program in programs:
            store = _store(folder, program)
            shutil.rmtree(store, ignore_errors=True)
            store.mkdir(parents=True)
            ingested, ingest_memory, _ = _measured(program, "ingest", folder)
            searched, search_memory, began = _measured(program, "search", folder)
            p50, p95 = np.percentile(searched["ms"], [50, 95])
            first = searched["first"] - began
            found[program].append(
                Figures(program, ingested["rate"], ingest_memory, first, float(p50), float(p95), search_memory)
            )
    return [_median(rows) for rows in found.values()]


def _median(rows: Sequence[Figures]) -> Figures:
    columns = zip(*(astuple(row)[1:] for row in rows), strict=True)
    return Figures(rows[0].program, *map(statistics.median, columns))


def write_material(folder: Path, material: Material) -> None:
    """Write the texts and the questions that `measured` hands to each program."""
    from corpus.reading import detect_language

    # Telling the language is a matter of reading, which is over when texts go into a store.
    languages = ((text, text.language or detect_language(text.text)) for text in material)
    rows = [json.dumps(asdict(text) | {"_id": text.id, "language": language}) for text, language in languages]
    (folder / "texts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    questions = material.questions(1 + WARMING + QUESTIONS)
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")


def _store(folder: Path, program: str) -> Path:
    return folder / "stores" / program


def _measured(program: str, what: str, folder: Path) -> tuple[dict[str, Any], float, float]:
    """(what the process said, its peak MiB, when it began)."""
    ended = measure("eval.bench_index", [program, what, str(folder)], environment=QUIET)
    return json.loads(ended.said), ended.memory, ended.began


def _run(program: str, what: str, folder: Path) -> dict[str, object]:
    """What a process of `_measured` does."""
    stay_offline()
    store = _store(folder, program)
    if what == "search":
        questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
        search = PROGRAMS[program].open(store)
        return asdict(timed_searches(lambda question: search(question, TOP), questions))
    texts = list(read_texts(folder / "texts.jsonl"))
    ingest = PROGRAMS[program].ready(store)
    began = time.perf_counter()
    ingest(texts)
    return {"rate": len(texts) / (time.perf_counter() - began)}


@dataclass(frozen=True, slots=True)
class Timed:
    """When the first question was answered (`time.monotonic`), and milliseconds of those after the warming ones."""

    first: float
    ms: list[float]


def timed_searches(search: Callable[[str], object], questions: Sequence[str]) -> Timed:
    """Ask the questions one after the other."""
    search(questions[0])
    first = time.monotonic()
    for question in questions[1 : 1 + WARMING]:
        search(question)
    return Timed(first, [milliseconds(search, question) for question in questions[1 + WARMING :]])


def milliseconds(search: Callable[[str], object], question: str) -> float:
    """How long one search takes."""
    began = time.perf_counter()
    search(question)
    return (time.perf_counter() - began) * 1000


COLUMNS = ("texts/s", "peak MiB", "first, s", "p50, ms", "p95, ms", "peak MiB")


def table(figures: Sequence[Figures]) -> str:
    """A line for each program, and below each other one than ours how many times its figure ours is."""
    lines = [
        f"{'':22}{'ingest':>20}{'search':>40}",
        f"{'':22}" + "".join(f"{column:>10}" for column in COLUMNS),
    ]
    for row in figures:
        values = zip(astuple(row)[1:], (0, 0, 2, 1, 1, 0), strict=True)
        lines.append(f"{row.program:22}" + "".join(f"{value:10,.{digits}f}" for value, digits in values))
        if row.program != "ours":
            cells = (f"{ratio:.2f} ×" for ratio in ratios(figures[0], row).values())
            lines.append(f"{'  ours beside it':22}" + "".join(f"{cell:>10}" for cell in cells))
    return "\n".join(lines)


def ratios(ours: Figures, other: Figures) -> dict[str, float]:
    """Each figure of ours by the other's; NaN beside what is 0."""
    pairs = zip(fields(ours)[1:], astuple(ours)[1:], astuple(other)[1:], strict=True)
    return {field.name: own / its if its else nan for field, own, its in pairs}


def to_json(figures: Sequence[Figures]) -> str:
    """The figures as one JSON array, with `ours_beside_it` in each other program's; null beside what is 0."""
    rows = [asdict(row) for row in figures]
    for row, one in zip(rows[1:], figures[1:], strict=True):
        row["ours_beside_it"] = {name: None if isnan(x) else x for name, x in ratios(figures[0], one).items()}
    return json.dumps(rows)


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))

"""Benchmark of the store at scale: building and searching many passages, whose vectors are made up, in clusters.

The words are made of a corpus's sentences, so that the words view meets real language; embedding is left out, so that a
million passages do not take hours. Each measurement has a process of its own, as in `eval.bench_index`.
"""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.beir import Text
from eval.bench_index import QUESTIONS, TOP, WARMING, milliseconds
from eval.material import FIELDS, Material, read_corpus, unit_vectors
from eval.ours import OpenStore, ingest
from eval.processes import measure
from index.offline import QUIET, stay_offline

DOCUMENTS = 2_000
"""How many documents the narrower filter lets through: others for each question, so that no filter is known already."""
LANGUAGES = ("ro", "en", "en", "en", "en", "en")
"""What the texts are said to be written in, in turns: the wider filter lets the first of the six through each time."""
KINDS = ("all", "language", "documents")
"""Over all passages, or by what is filtered."""
CHECKED = 20
"""Questions whose nearest passages are compared with those of a search through all vectors."""
MADE_FOR_QUESTIONS = 1
"""The seed of the questions' vectors."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Warm searches over all passages, or those a filter lets through; `recall` is of the `TOP` nearest by vector."""

    passages: int
    p50_ms: float
    p95_ms: float
    recall: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What a store of so many passages takes: peaks of memory in MiB, of the folder on disk too."""

    passages: int
    build_seconds: float
    build_memory: float
    disk: float
    first_seconds: float
    """From the start of a new process to its first passages, its question embedded."""
    all: Searched
    language: Searched
    documents: Searched
    search_memory: float


def bench_scale(counts: Sequence[int], *, corpus: Path | None = None, names: Sequence[str] = FIELDS) -> list[Scale]:
    """A row for each number of passages, smallest first; texts are made of the sentences of `corpus`, or the sample's.

    Raises:
        MisuseError: the corpus cannot be read.
        EvaluationError: a measurement failed; its last words are in the message.
    """
    read = read_corpus(corpus, names)
    source = [str(corpus or ""), ",".join(names)]
    return [_measured(Material(read, count, made=True), source) for count in sorted(counts)]


def _measured(material: Material, source: Sequence[str]) -> Scale:
    count = material.count
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name, "store")
        questions = material.questions(1 + WARMING + QUESTIONS)
        Path(name, "questions.json").write_text(json.dumps(questions), encoding="utf-8")
        built = measure("eval.bench_scale", ["build", str(folder), str(count), *source], environment=QUIET)
        searched = measure("eval.bench_scale", ["search", str(folder), str(count)], environment=QUIET)
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / (1 << 20)
    said = json.loads(searched.said)
    nearest = _nearest(count)
    passages = {"all": count, "language": len(_of_language(count)), "documents": len(_chosen(count, 0))}
    searches = {}
    for kind in KINDS:
        p50, p95 = map(float, np.percentile(said["ms"][kind], [50, 95]))
        searches[kind] = Searched(passages[kind], p50, p95, _share(said["dense"][kind], nearest[kind]))
    return Scale(
        count, json.loads(built.said)["seconds"], built.memory, disk, said["first"] - searched.began,
        **searches, search_memory=searched.memory,
    )  # fmt: skip


def _of_language(count: int) -> NDArray[np.int64]:
    return np.arange(0, count, len(LANGUAGES))


def _chosen(count: int, question: int) -> NDArray[np.int64]:
    """Numbers of the texts that the narrower filter of this question lets through."""
    return np.random.default_rng([2, question]).choice(count, min(DOCUMENTS, count), replace=False)


def _nearest(count: int) -> dict[str, list[set[str]]]:
    """By filter, the ids of the `TOP` allowed texts nearest to each checked question: every vector is looked at."""
    asked = np.array(list(unit_vectors(CHECKED, seed=MADE_FOR_QUESTIONS)))
    cosines = np.array([asked @ vector for vector in unit_vectors(count)]).T
    found: dict[str, list[set[str]]] = {kind: [] for kind in KINDS}
    for question, row in enumerate(cosines):
        for kind, kept in zip(KINDS, (np.arange(count), _of_language(count), _chosen(count, question)), strict=True):
            best = np.argpartition(-row[kept], min(TOP, len(kept)) - 1)[:TOP]
            found[kind].append({_identity(number) for number in kept[best]})
    return found


def _share(found: Sequence[Sequence[str]], nearest: Sequence[set[str]]) -> float:
    pairs = list(zip(found, nearest, strict=True))
    return sum(len(wanted.intersection(got)) for got, wanted in pairs) / sum(len(wanted) for _, wanted in pairs)


def _identity(number: np.int64) -> str:
    return f"made-{number}"


def _build(folder: Path, count: int, corpus: str, names: str) -> dict[str, object]:
    material = Material(read_corpus(Path(corpus) if corpus else None, names.split(",")), count, made=True)
    texts = (_told(text, number) for number, text in enumerate(material))
    began = time.perf_counter()
    ingest(texts, folder, unit_vectors(count))
    return {"seconds": time.perf_counter() - began}


def _told(text: Text, number: int) -> Text:
    return replace(text, language=LANGUAGES[number % len(LANGUAGES)])


def _search(folder: Path, count: int) -> dict[str, object]:
    from index.filters import Filters

    questions = json.loads((folder.parent / "questions.json").read_text(encoding="utf-8"))
    store = OpenStore(folder)
    store.search(questions[0], TOP)
    first = time.monotonic()
    vectors = list(unit_vectors(len(questions), seed=MADE_FOR_QUESTIONS))
    ms: dict[str, list[float]] = {kind: [] for kind in KINDS}
    dense: dict[str, list[list[str]]] = {kind: [] for kind in KINDS}
    for number, (question, vector) in enumerate(zip(questions, vectors, strict=True)):
        documents = Filters(documents=tuple(map(_identity, _chosen(count, number))))
        for kind, filters in zip(KINDS, (None, Filters(language=LANGUAGES[0]), documents), strict=True):
            search = partial(store.search, top_k=TOP, vector=vector, filters=filters)
            ms[kind].append(milliseconds(search, question))
            if number < CHECKED:
                dense[kind].append(search(question, leg="dense"))
    ms = {kind: taken[1 + WARMING :] for kind, taken in ms.items()}
    return {"first": first, "ms": ms, "dense": dense}


def table(rows: Sequence[Scale]) -> str:
    """A block for each size; a search's p95 also as a multiple of that at the smallest size."""
    lines = []
    for row in rows:
        lines.append(
            f"{row.passages:,} passages: built in {row.build_seconds:,.0f} s ({row.build_memory:,.0f} MiB), "
            f"{row.disk:,.0f} MiB on disk; first passages of a new process {row.first_seconds:.2f} s; "
            f"{row.search_memory:,.0f} MiB to search"
        )
        for kind in KINDS:
            one, least = getattr(row, kind), getattr(rows[0], kind)
            lines.append(
                f"  {'filtered by ' + kind if kind != 'all' else 'all':24}{one.passages:>12,} passages"
                f"   p50 {one.p50_ms:7.1f} ms   p95 {one.p95_ms:7.1f} ms ({one.p95_ms / least.p95_ms:.1f} ×)"
                f"   nearest by vector found {one.recall:.3f}"
            )
    return "\n".join(lines)


def to_json(rows: Sequence[Scale]) -> str:
    """The rows as one JSON array."""
    return json.dumps([asdict(row) for row in rows])


if __name__ == "__main__":
    stay_offline()
    what, store, number, *rest = sys.argv[1:]
    print(json.dumps((_build if what == "build" else _search)(Path(store), int(number), *rest)))

"""Measures how well a store finds judged documents: recall@k, MRR@10 and nDCG@10, with intervals, by leg and language.

Knows a search as a function from a question to document ids; `eval.ours` and `eval.peers` have such functions.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from eval.beir import Collection
from eval.ours import LEGS, OpenStore, Search, ingest
from eval.peers import PEERS, PROGRAMS, check_installed
from eval.ranking import Judgements, intervals, ndcg, recall_at, reciprocal_rank
from index.offline import stay_offline
from index.settings import DEFAULT_MODEL

TOP = 100
METRICS: Sequence[tuple[str, Callable[[Sequence[str], Judgements, int], float], int]] = (
    *(("recall", recall_at, k) for k in (1, 5, 10, 100)),
    ("MRR", reciprocal_rank, 10),
    ("nDCG", ndcg, 10),
)
"""What is measured of the first so many documents."""


@dataclass(frozen=True, slots=True)
class Row:
    """How well one program found the documents of one group of queries.

    `scores` are by metric: mean and the ends of its 95 % interval.
    """

    program: str
    group: str
    queries: int
    scores: dict[str, tuple[float, float, float]]
    median_ms: float


@dataclass(frozen=True, slots=True)
class _Scored:
    language: str
    scores: dict[str, float]
    ms: float


def measure(
    collection: Collection,
    *,
    legs: Sequence[str] = LEGS,
    peers: bool = False,
    top: int = TOP,
    model: str = DEFAULT_MODEL,
    advance: Callable[[], object] = lambda: None,
) -> list[Row]:
    """Rows for each leg of a store made for this, and for each peer if asked for; all are given the same texts.

    `advance` is called after each query.

    Raises:
        MisuseError: a peer is not installed.
    """
    check_installed({name: PROGRAMS[name] for name in PEERS if peers})
    stay_offline()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="retrieval-") as folder:
        if legs:
            ingest(collection.texts, Path(folder, "ours"), model=model)
            with closing(OpenStore(Path(folder, "ours"), model)) as store:
                for leg in legs:
                    rows += score(leg, collection, partial(store.search, leg=leg), top, advance)
        for peer in PEERS if peers else ():
            path = Path(folder, peer)
            path.mkdir()
            PROGRAMS[peer].ready(path)(collection.texts)
            rows += score(peer, collection, PROGRAMS[peer].open(path), top, advance)
    return rows


def score(
    program: str, collection: Collection, search: Search, top: int = TOP, advance: Callable[[], object] = lambda: None
) -> list[Row]:
    """A row over all judged queries, and one for each language where the documents tell theirs.

    Of `top` documents found, the metrics are those that look at so many or fewer.
    """
    languages = {text.id: text.language for text in collection.texts}
    scored = []
    for query in collection.judged:
        judged = collection.qrels[query]
        began = time.perf_counter()
        found = documents_found(search, collection.queries[query], top)
        ms = (time.perf_counter() - began) * 1000
        language = next((languages.get(document, "") for document, grade in judged.items() if grade > 0), "")
        scored.append(
            _Scored(language, {f"{name}@{k}": of(found, judged, k) for name, of, k in METRICS if k <= top}, ms)
        )
        advance()
    groups = {"all": scored}
    for one in scored:
        if one.language:
            groups.setdefault(one.language, []).append(one)
    return [_row(program, group, members) for group, members in groups.items() if group == "all" or len(groups) > 2]


def documents_found(search: Search, question: str, top: int) -> list[str]:
    """The first `top` documents: a document stands where the best of its passages does."""
    asked = top
    while True:
        passages = search(question, asked)
        found = list(dict.fromkeys(passages))
        if len(found) >= top or len(passages) < asked:
            return found[:top]
        asked *= 2


def _row(program: str, group: str, scored: Sequence[_Scored]) -> Row:
    scores = np.array([list(one.scores.values()) for one in scored])
    rows = zip(scored[0].scores, scores.mean(axis=0), intervals(scores), strict=True)
    return Row(
        program,
        group,
        len(scored),
        {metric: (float(mean), float(low), float(high)) for metric, mean, (low, high) in rows},
        statistics.median(one.ms for one in scored),
    )


def table(collection: Collection, rows: Sequence[Row]) -> str:
    """The scores with their intervals, a line for each program and group; then what in the set could not be used."""
    lines = [
        f"{'':20}{'':6}{'queries':>8}" + "".join(f"{metric:>20}" for metric in rows[0].scores) + f"{'median ms':>11}"
    ]
    for row in rows:
        cells = (f"{mean:.3f} ({low:.3f}–{high:.3f})" for mean, low, high in row.scores.values())
        lines.append(
            f"{row.program:20}{row.group:6}{row.queries:8}"
            + "".join(f"{cell:>20}" for cell in cells)
            + f"{row.median_ms:11.1f}"
        )
    return "\n".join([*lines, "", f"{collection.name}: {len(collection.texts):,} documents", *_remarks(collection)])


def _remarks(collection: Collection) -> Iterator[str]:
    if collection.unknown:
        yield f"{collection.unknown} judgements name a document that is not in the corpus; they count as not found"
    if lost := len(collection.qrels.keys() - collection.queries.keys()):
        yield f"{lost} judged queries are not among the queries; they are left out"
    if idle := len(collection.queries.keys() - set(collection.judged)):
        yield f"{idle} queries have no relevant document; they are left out"


def to_json(collection: Collection, rows: Sequence[Row]) -> str:
    """One object: the set, what of it could not be used, and a result for each program and group."""
    results = [
        {
            "program": row.program,
            "group": row.group,
            "queries": row.queries,
            "median_ms": row.median_ms,
            "metrics": {
                metric: {"mean": mean, "low": low, "high": high} for metric, (mean, low, high) in row.scores.items()
            },
        }
        for row in rows
    ]
    return json.dumps({
        "collection": collection.name, "documents": len(collection.texts), "remarks": list(_remarks(collection)),
        "results": results,
    }, ensure_ascii=False)  # fmt: skip

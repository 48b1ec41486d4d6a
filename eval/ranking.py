"""How good a ranking is: recall, reciprocal rank and nDCG of one query, and an interval for their means.

A ranking is a list of document ids, best first, each once; judgements are grades by document id, of which those above
zero are relevant. Every score is 0 to 1, higher is better, and NaN where nothing is relevant. Knows no store.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
"""Bootstrap samples; with another seed the ends of an interval over 612 questions then move by some 0.001."""
CONFIDENCE = 0.95
SEED = 20_260

Judgements = Mapping[str, int]


def recall_at(ranking: Sequence[str], judgements: Judgements, k: int) -> float:
    """|relevant among the first k| / |relevant|, trec_eval's `recall_k` (Manning et al. 2008, section 8.3)."""
    relevant = {document for document, grade in judgements.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else math.nan


def reciprocal_rank(ranking: Sequence[str], judgements: Judgements, k: int) -> float:
    """1 / rank of the first relevant document, 0 where none is among the first k; its mean over queries is MRR@k.

    Voorhees 1999, the TREC-8 question answering track report.
    """
    if not any(grade > 0 for grade in judgements.values()):
        return math.nan
    ranks = (rank for rank, document in enumerate(ranking[:k], 1) if judgements.get(document, 0) > 0)
    return 1 / next(ranks, math.inf)


def ndcg(ranking: Sequence[str], judgements: Judgements, k: int) -> float:
    """DCG@k / DCG@k of the best ranking there could be; DCG@k = Σ grade of the document at rank r / log2(r + 1), r ≤ k.

    Järvelin and Kekäläinen 2002, with the grade itself as gain as in trec_eval's `ndcg_cut` and so in BEIR.
    """
    ideal = _dcg(sorted((grade for grade in judgements.values() if grade > 0), reverse=True)[:k])
    if not ideal:
        return math.nan
    return _dcg([max(judgements.get(document, 0), 0) for document in ranking[:k]]) / ideal


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def intervals(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The 95 % intervals of the mean of each column of `scores` `(n_queries, n_metrics)`, as `(n_metrics, 2)`.

    Percentile bootstrap over queries (Efron and Tibshirani 1993, chapter 13); all columns take the same draws.
    """
    chance = np.random.default_rng(SEED)
    means = np.array([
        scores[chance.integers(0, len(scores), len(scores))].mean(axis=0) for _ in range(RESAMPLES)
    ])  # fmt: skip
    tail = (1 - CONFIDENCE) / 2
    ends: NDArray[np.float64] = np.quantile(means, [tail, 1 - tail], axis=0)
    return ends.T

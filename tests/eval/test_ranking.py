"""Metrics of one ranking, with values worked by hand and beside trec_eval's own."""

import math
import random

import numpy as np
import pytest
import pytrec_eval

from eval.ranking import intervals, ndcg, recall_at, reciprocal_rank

JUDGED = {"a": 2, "b": 1, "c": 0, "d": 1}


@pytest.mark.parametrize(
    ("ranking", "k", "expected"),
    [
        (["a", "x", "b", "d"], 1, 1 / 3),
        (["a", "x", "b", "d"], 3, 2 / 3),
        (["c", "x"], 10, 0 / 3),  # judged, and not relevant
        ([], 10, 0 / 3),
    ],
)
def test_recall_is_the_share_of_relevant_documents_among_the_first(ranking: list[str], k: int, expected: float) -> None:
    assert recall_at(ranking, JUDGED, k) == expected


@pytest.mark.parametrize(
    ("ranking", "k", "expected"),
    [(["a"], 10, 1 / 1), (["c", "x", "b", "a"], 10, 1 / 3), (["x", "y", "a"], 2, 0), ([], 10, 0)],
)
def test_the_first_relevant_document_counts_by_its_rank(ranking: list[str], k: int, expected: float) -> None:
    assert reciprocal_rank(ranking, JUDGED, k) == expected


def test_gain_is_the_grade_and_is_worth_less_further_down() -> None:
    best = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(["a", "b", "d"], JUDGED, 10) == pytest.approx(1)
    assert ndcg(["x", "b", "c", "a"], JUDGED, 10) == pytest.approx((1 / math.log2(3) + 2 / math.log2(5)) / best)
    assert ndcg(["x", "b", "c", "a"], JUDGED, 2) == pytest.approx(
        (1 / math.log2(3)) / (2 / math.log2(2) + 1 / math.log2(3))
    )
    assert ndcg(["a"], {"a": 1, "b": -1}, 10) == 1


def test_a_query_without_a_relevant_document_is_not_scored() -> None:
    for metric in (recall_at, reciprocal_rank, ndcg):
        assert math.isnan(metric(["a"], {"a": 0}, 10))


def test_scores_are_those_of_trec_eval() -> None:
    chance = random.Random(1)  # noqa: S311
    documents = [f"d{number}" for number in range(40)]
    qrels, run = {}, {}
    for query in map(str, range(50)):
        qrels[query] = {document: chance.choice([0, 1, 1, 2, 3]) for document in chance.sample(documents, 12)}
        # Falling scores: on equal ones trec_eval would put the documents into an order of its own.
        run[query] = {document: 1 / rank for rank, document in enumerate(chance.sample(documents, 20), 1)}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, {"recall.5,10", "ndcg_cut.10", "recip_rank"}).evaluate(run)
    for query, judged in qrels.items():
        ranking = list(run[query])
        assert recall_at(ranking, judged, 5) == pytest.approx(theirs[query]["recall_5"])
        assert recall_at(ranking, judged, 10) == pytest.approx(theirs[query]["recall_10"])
        assert ndcg(ranking, judged, 10) == pytest.approx(theirs[query]["ndcg_cut_10"])
        assert reciprocal_rank(ranking, judged, 20) == pytest.approx(theirs[query]["recip_rank"])


def test_an_interval_has_the_width_that_theory_gives() -> None:
    hits = np.array([[1.0] * 360 + [0.0] * 40, [1.0] * 400]).T
    (low, high), (sure_low, sure_high) = intervals(hits)
    half = 1.96 * math.sqrt(0.9 * 0.1 / 400)  # of a share of 0.9 among 400
    assert (low, high) == pytest.approx((0.9 - half, 0.9 + half), abs=0.005)
    assert (sure_low, sure_high) == (1, 1)

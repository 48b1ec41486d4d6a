"""The scores of one answer: retrieval as an independent program has it, and in words why an answer failed."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest
import pytrec_eval

from assistant.answer import ANSWERED, CLARIFY, REFUSED, Answer, Citation, Statement, cite
from assistant.assistant import Assistant
from corpus.document import Span
from eval.asking import Asker
from eval.qa import SHIPPED, Pair, Source, read_pairs
from eval.result import Result
from eval.run import tasks_of
from eval.scoring import RANKED, Scorer, named
from index.settings import Settings
from index.store import Store

EVERY = 5
BUDGET = Source("silver-stories.md", "Budget: 279.014 EUR")
PAIR = Pair(
    "one", "What was the budget?", "field", "en", answerable=True, answers=("279,014 EUR",), sources=((BUDGET,),)
)


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Iterator[Store]:
    with closing(Store(Settings(sample_store))) as opened:
        yield opened


def test_retrieval_is_scored_as_trec_eval_does(store: Store) -> None:
    tasks = [task for task in tasks_of(store, read_pairs(SHIPPED)) if task[0].answerable and task[1]][::EVERY]
    passages = [(one, str(store.facts_of(one)["source"])) for one in store.passages()]
    asker = Asker(Assistant(store))
    qrels: dict[str, Mapping[str, int]] = {}
    ranked: dict[str, Mapping[str, float]] = {}
    ours: dict[str, Result] = {}
    for pair, gold in tasks:
        relevant = {
            str(passage.key)
            for passage, source in passages
            if any(one.met_by((source, passage.span)) for several in gold for one in several)
        }
        hits = store.search(" ".join([*pair.history[-1:], pair.question]), RANKED)
        qrels[pair.id] = dict.fromkeys(relevant, 1) or {"none": 1}
        ranked[pair.id] = {str(hit.passage.key): 1 / hit.rank for hit in hits}
        ours[pair.id] = asker.ask((pair, gold))
    theirs = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank", "ndcg_cut_10"}).evaluate(ranked)
    compared = 0
    for name, result in ours.items():
        for metric, measure in (("retrieval_MRR@10", "recip_rank"), ("retrieval_nDCG@10", "ndcg_cut_10")):
            score = result.scores[metric]
            if not isnan(score):
                assert score == pytest.approx(theirs[name][measure]), (name, metric)
                compared += 1
    assert compared > len(tasks)
    assert len({result.scores["retrieval_nDCG@10"] for result in ours.values()}) > 5


def _scored(store: Store, pair: Pair, text: str, status: str = ANSWERED, source: Source | None = BUDGET) -> Result:
    citations: tuple[Citation, ...] = ()
    if source:
        document = store.texts([source.document])[source.document]
        start = document.text.index(source.quote)
        citations = (cite(1, document, Span(start, start + len(source.quote)), None),)
    statement = Statement(text, tuple(one.n for one in citations), is_remark=status != ANSWERED)
    answer = Answer(pair.question, status, (statement,), citations, "", "en")
    ((_, gold),) = tasks_of(store, [pair])
    return Scorer(store, frozenset()).score(pair, answer, gold, ())


NO_ANSWER = replace(PAIR, answerable=False, answers=(), sources=())


@pytest.mark.parametrize(
    ("pair", "text", "status", "source", "failures"),
    [
        (PAIR, "Budget: 279,014 EUR", ANSWERED, BUDGET, []),
        (PAIR, "Not told.", REFUSED, None, ["refused, though it can be answered"]),
        (PAIR, "Which?", CLARIFY, None, ["asked back, though it can be answered"]),
        (
            PAIR, "Budget: 279,015 EUR", ANSWERED, BUDGET,
            ["a statement says more than its citations", "does not say 279,014 EUR"],
        ),
        (
            PAIR, "It cost 5 EUR", ANSWERED, replace(BUDGET, quote="Period"),
            [
                "a statement says more than its citations", "does not say 279,014 EUR",
                "does not cite silver-stories.md: Budget: 279.014 EUR",
            ],
        ),
        (
            replace(PAIR, none=("279.014",)), "Budget: 279.014 EUR", ANSWERED, BUDGET,
            ["says what it must not: 279.014"],
        ),
        (NO_ANSWER, "Budget: 279.014 EUR", ANSWERED, BUDGET, ["answered, though the documents do not tell it"]),
        (NO_ANSWER, "Not told.", REFUSED, None, []),
    ],
)  # fmt: skip
def test_why_an_answer_failed_is_told_in_words(
    store: Store, pair: Pair, text: str, status: str, source: Source | None, failures: list[str]
) -> None:
    result = _scored(store, pair, text, status, source)
    assert list(result.failures) == failures
    assert result.is_right == (not failures)


def test_a_long_source_is_cut_where_a_person_is_shown_it() -> None:
    assert named(Source("a.md", "Period: one\n  line")) == "a.md: Period: one line"
    assert named(Source("a.md", project="Moss Path")) == "a.md: Moss Path"
    assert named(Source("a.md", "word " * 50)).endswith("word…")

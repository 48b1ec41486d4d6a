"""One evaluation: every pair of a set asked of an assistant, scored, summed up by kind and language."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import isnan, nan
from pathlib import Path
from typing import Any

from assistant.answer import ANSWERED, Answer
from assistant.assistant import Assistant
from corpus.document import digest
from eval.metrics import Place, correctness, mean, precision, recall
from eval.qa import Pair, locate

TOP_K = 5
METRICS = {
    "retrieval_recall@5": "share of the gold sources among the first 5 passages found",
    "citation_precision": "share of an answer's citations that meet a gold source",
    "citation_recall": "share of the gold sources that an answer cites",
    "correctness": "answers to answerable questions that hold an accepted answer",
    "refusal_accuracy": "questions answered if answerable and not answered if not",
    "wrong_answers": "unanswerable questions that were answered (lower is better)",
    "wrong_refusals": "answerable questions that were not answered (lower is better)",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One pair, what came back and its scores; a metric that does not apply is NaN."""

    id: str
    kind: str
    language: str
    question: str
    answerable: bool
    status: str
    answer: str
    quotes: tuple[str, ...]
    expected: tuple[str, ...]
    scores: dict[str, float]
    elapsed_ms: float


def evaluate(
    assistant: Assistant, pairs: Sequence[Pair], on_result: Callable[[Result], None] = lambda _: None
) -> list[Result]:
    """Ask every pair, in order.

    Raises:
        EvaluationError: a pair's source is not in the store; found before the first question is asked.
    """
    documents = assistant.store.sources
    gold = {pair.id: [locate(source, documents, pair.id) for source in pair.sources] for pair in pairs}
    results = []
    for pair in pairs:
        answer = assistant.ask(pair.question, pair.history)
        results.append(_score(pair, answer, gold[pair.id], _retrieved(assistant, pair)))
        on_result(results[-1])
    return results


def _retrieved(assistant: Assistant, pair: Pair) -> list[Place]:
    """The first passages for the question, put after the one before it where it is a follow-up."""
    if not pair.answerable:
        return []
    store = assistant.store
    hits = store.search(" ".join([*pair.history[-1:], pair.question]), TOP_K)
    return [(store.documents[hit.passage.document_id].source, hit.passage.span) for hit in hits]


def _score(pair: Pair, answer: Answer, gold: Sequence[Sequence[Place]], retrieved: Sequence[Place]) -> Result:
    cited = [(citation.document, citation.span) for citation in answer.citations]
    answered = answer.status == ANSWERED
    both = pair.answerable and answered
    scores = {
        "retrieval_recall@5": recall(retrieved, gold) if pair.answerable else nan,
        "citation_precision": precision(cited, gold) if both else nan,
        "citation_recall": recall(cited, gold) if pair.answerable else nan,
        "correctness": _correct(pair, answer) * answered if pair.answerable else nan,
        "refusal_accuracy": float(answered == pair.answerable),
        "wrong_answers": nan if pair.answerable else float(answered),
        "wrong_refusals": float(not answered) if pair.answerable else nan,
    }
    return Result(
        pair.id, pair.kind, pair.language, pair.question, pair.answerable, answer.status, answer.text,
        tuple(citation.quote for citation in answer.citations), _expected(pair), scores, answer.elapsed_ms,
    )  # fmt: skip


def _correct(pair: Pair, answer: Answer) -> float:
    return correctness(answer.text, pair.answers, pair.every, pair.none)


def _expected(pair: Pair) -> tuple[str, ...]:
    """What a person would look for: the alternatives, or the first way of saying each item."""
    return pair.answers or tuple(several[0] for several in pair.every)


def summarise(results: Sequence[Result]) -> dict[str, float]:
    """Mean of every metric over the results it applies to."""
    return {metric: mean(result.scores[metric] for result in results) for metric in METRICS}


def record(results: Sequence[Result], qa: Path, assistant: Assistant) -> dict[str, Any]:
    """The run as JSON types, with what it takes to repeat it; NaN becomes null."""
    corpus = digest("".join(sorted(document.sha256 for document in assistant.store.documents.values())).encode())
    return {
        "qa": qa.name,
        "qa_sha256": digest(qa.read_bytes()),
        "corpus_sha256": corpus,
        "embedding_model": assistant.store.model.fingerprint,
        "generation": assistant.store.generation,
        "questions": len(results),
        "metrics": _nulls(summarise(results)),
        "results": [{**asdict(result), "scores": _nulls(result.scores)} for result in results],
    }


def _nulls(scores: dict[str, float]) -> dict[str, float | None]:
    return {name: None if isnan(score) else round(score, 4) for name, score in scores.items()}

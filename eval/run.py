"""One evaluation: every pair of a set asked of an assistant, scored, summed up by kind and language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from math import isnan, nan
from pathlib import Path
from typing import Any

from assistant.answer import ANSWERED, Answer
from assistant.assistant import Assistant
from corpus.document import digest
from eval.gold import find_gold
from eval.metrics import Gold, Place, correctness, mean, met, precision, recall, verbatim
from eval.qa import Pair
from index.contents import files_of
from index.store import Store

TOP_K = 5
METRICS = {
    "retrieval_recall@5": "share of the gold sources among the first 5 passages found",
    "citation_precision": "share of an answer's citations that meet a gold source",
    "citation_recall": "share of the gold sources that an answer cites",
    "correctness": "answers to answerable questions that hold an accepted answer",
    "correct_and_cited": "answerable questions with correctness 1 and citation_recall 1, where there is gold to cite",
    "verbatim": "share of an answer's citations whose quote is exactly the document's text at its place",
    "refusal_accuracy": "questions answered if answerable and not answered if not",
    "wrong_answers": "unanswerable questions that were answered (lower is better)",
    "wrong_refusals": "answerable questions that were not answered (lower is better)",
    "same_as_original": "questions in other words that were answered as their originals",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One pair, what came back and its scores; a metric that does not apply is NaN.

    `met` are the numbers, from 0, of the pair's sources that were cited; `of` is the id of a wording's original.
    """

    id: str
    kind: str
    language: str
    question: str
    answerable: bool
    status: str
    answer: str
    quotes: tuple[str, ...]
    met: tuple[int, ...]
    expected: tuple[str, ...]
    scores: dict[str, float]
    elapsed_ms: float
    of: str = ""


class Texts:
    """The texts of documents that answers cite, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, str] = {}

    def of(self, sources: Iterable[str]) -> dict[str, str]:
        """The texts of these documents; what the store does not hold is not among them."""
        missing = set(sources) - self._read.keys()
        if missing:
            self._read |= {source: one.text for source, one in self._store.texts(missing).items()}
        return self._read


def evaluate(
    assistant: Assistant, pairs: Sequence[Pair], on_result: Callable[[Result], None] = lambda _: None
) -> list[Result]:
    """Ask every pair, in order; the original of a question in other words is asked too, once, and has no result.

    Raises:
        EvaluationError: a pair's source is not in the store; found before the first question is asked.
    """
    own = {pair.id: pair for pair in pairs}
    originals = {pair.original.id: pair.original for pair in pairs if pair.original}
    gold = find_gold(assistant.store, (originals | own).values())
    texts = Texts(assistant.store)
    asked: dict[str, Result] = {}

    def ask(pair: Pair) -> Result:
        if pair.id not in asked:
            answer = assistant.ask(pair.question, pair.history)
            asked[pair.id] = _score(pair, answer, gold[pair.id], _retrieved(assistant, pair), texts)
        return asked[pair.id]

    results = []
    for pair in pairs:
        result = ask(pair)
        if pair.original:
            same = float(_is_same(result, ask(pair.original)))
            result = replace(result, of=pair.original.id, scores=result.scores | {"same_as_original": same})
        results.append(result)
        on_result(result)
    return results


def _is_same(result: Result, original: Result) -> bool:
    """Whether a wording was answered as its original: as right or as wrong, and resting on the same sources."""
    if result.status != original.status or result.status != ANSWERED:
        return result.status == original.status
    outcomes = [one.scores["correctness"] if one.answerable else 0.0 for one in (result, original)]
    return outcomes[0] == outcomes[1] and result.met == original.met


def _retrieved(assistant: Assistant, pair: Pair) -> list[Place]:
    """The first passages for the question, put after the one before it where it is a follow-up."""
    if not pair.answerable:
        return []
    store = assistant.store
    hits = store.search(" ".join([*pair.history[-1:], pair.question]), TOP_K)
    return [(str(store.facts_of(hit.passage)["source"]), hit.passage.span) for hit in hits]


def _score(
    pair: Pair, answer: Answer, gold: Sequence[Sequence[Gold]], retrieved: Sequence[Place], texts: Texts
) -> Result:
    cited = [(citation.document, citation.span) for citation in answer.citations]
    quotes = tuple(citation.quote for citation in answer.citations)
    answered = answer.status == ANSWERED
    both = pair.answerable and answered
    correct = _correct(pair, answer) * answered if pair.answerable else nan
    recalled = recall(cited, gold) if pair.answerable else nan
    scores = {
        "retrieval_recall@5": recall(retrieved, gold) if pair.answerable else nan,
        "citation_precision": precision(cited, gold) if both else nan,
        "citation_recall": recalled,
        "correctness": correct,
        "correct_and_cited": float(correct == 1 and not recalled < 1) if pair.answerable else nan,
        "verbatim": verbatim(list(zip(cited, quotes, strict=True)), texts.of(source for source, _ in cited)),
        "refusal_accuracy": float(answered == pair.answerable),
        "wrong_answers": nan if pair.answerable else float(answered),
        "wrong_refusals": float(not answered) if pair.answerable else nan,
        "same_as_original": nan,
    }
    return Result(
        pair.id, pair.kind, pair.language, pair.question, pair.answerable, answer.status, answer.text, quotes,
        met(cited, gold), _expected(pair), scores, answer.elapsed_ms,
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
    return {
        "qa": qa.name,
        "qa_sha256": digest(qa.read_bytes()),
        "corpus_sha256": _corpus_digest(assistant.store),
        "embedding_model": assistant.store.model.fingerprint,
        "generation": assistant.store.generation,
        "questions": len(results),
        "metrics": _nulls(summarise(results)),
        "results": [{**asdict(result), "scores": _nulls(result.scores)} for result in results],
    }


def _corpus_digest(store: Store) -> str:
    """A digest of all documents, in whatever order and under whatever names; a register counts once for each part."""
    with store.catalogue.transaction() as connection:
        files = files_of(connection, store.generation).values()
    return digest("".join(sorted(sha256 for keys, sha256 in files for _ in keys)).encode())


def _nulls(scores: dict[str, float]) -> dict[str, float | None]:
    return {name: None if isnan(score) else round(score, 4) for name, score in scores.items()}

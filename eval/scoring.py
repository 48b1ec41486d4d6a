"""The scores of one answer: what a pair wanted beside what came back, and in words why it failed.

Knows a store, for the documents that are cited; does not ask.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import nan

from assistant.answer import ANSWERED, CLARIFY, Answer, render
from corpus.document import Document
from eval.metrics import Gold, Place, correctness, fact_recall, met, missing, precision, recall, verbatim
from eval.qa import Pair, Source, digest_of
from eval.ranking import ndcg, reciprocal_rank
from eval.result import Quoted, Result
from eval.scores import unscored
from eval.support import citation_scores, supports_of
from index.passages import Hit, Passage
from index.store import Store

FAILED = "failed"
"""The status of a question that broke the program down."""
RECALLED, RANKED = 5, 10
"""Passages that retrieval's recall, and its reciprocal rank and nDCG, look at."""
SHOWN = 60
"""Characters of a source's words that a person is shown."""


class Documents:
    """The documents that answers cite, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, Document] = {}

    def of(self, sources: Iterable[str]) -> Mapping[str, Document]:
        """Documents by source, these among them as far as the store holds them."""
        missing_here = set(sources) - self._read.keys()
        if missing_here:
            self._read |= self._store.texts(missing_here)
        return self._read


class Scorer:
    """Scores answers by the documents of a store, which may be newer than the one that they come from."""

    def __init__(self, store: Store, titles: frozenset[str]) -> None:
        self._store, self._titles = store, titles
        self._documents = Documents(store)
        self._kept: dict[str, Sequence[Passage]] = {}

    def score(self, pair: Pair, answer: Answer, gold: Sequence[Sequence[Gold]], hits: Sequence[Hit]) -> Result:
        """The result of a pair; `hits` are the passages that its question finds, best first."""
        documents = self._documents.of(citation.document for citation in answer.citations)
        cited = [(citation.document, citation.span) for citation in answer.citations]
        scores = unscored() | self._of_citations(answer, cited, documents)
        if pair.answerable:
            scores |= _of_answerable(pair, answer, cited, gold) | self._of_retrieval(gold, hits)
        else:
            scores |= {"wrong_answers": float(answer.status in (ANSWERED, FAILED))}
        is_as_should_be = answer.status != FAILED and (answer.status == ANSWERED) == pair.answerable
        scores["refusal_accuracy"] = float(is_as_should_be)
        found = met(cited, gold)
        return Result(
            id=pair.id,
            pair=digest_of(pair),
            kind=pair.kind,
            language=pair.language,
            question=pair.question,
            history=pair.history,
            answerable=pair.answerable,
            of=pair.original.id if pair.original else "",
            expected=expected_of(pair),
            sources=tuple(" | ".join(map(named, several)) for several in pair.sources),
            status=answer.status,
            answer=answer.text,
            plan=answer.plan,
            citations=tuple(Quoted(c.n, c.project, c.document, c.page, *c.span, c.quote) for c in answer.citations),
            met=found,
            scores=scores,
            failures=tuple(_failures(pair, answer, scores, found)),
            elapsed_ms=answer.elapsed_ms,
            mode=answer.mode,
            notice=answer.notice,
        )

    def _of_citations(
        self, answer: Answer, cited: Sequence[Place], documents: Mapping[str, Document]
    ) -> dict[str, float]:
        by_id = {document.id: document for document in documents.values()}
        supported, recalled = citation_scores(answer, supports_of(answer, by_id, self._titles))
        quotes = [(place, citation.quote) for place, citation in zip(cited, answer.citations, strict=True)]
        texts = {source: documents[source].text for source, _ in cited if source in documents}
        return {
            "citation_precision": supported,
            "citation_recall": recalled,
            "verbatim": verbatim(quotes, texts),
        }

    def _of_retrieval(self, gold: Sequence[Sequence[Gold]], hits: Sequence[Hit]) -> dict[str, float]:
        """A passage is relevant if it meets a gold source: those of the gold's documents are all looked at."""
        if not gold:
            return {}
        ranking = [str(hit.passage.key) for hit in hits]
        places = [(str(self._store.facts_of(hit.passage)["source"]), hit.passage.span) for hit in hits]
        sources = {one.document for some in gold for one in some}
        documents = self._documents.of(sources)
        relevant = {
            str(passage.key): 1
            for source in sources & documents.keys()
            for passage in self._passages(documents[source].id)
            if met([(source, passage.span)], gold)
        }
        return {
            f"retrieval_recall@{RECALLED}": recall(places[:RECALLED], gold),
            f"retrieval_MRR@{RANKED}": reciprocal_rank(ranking, relevant, RANKED),
            f"retrieval_nDCG@{RANKED}": ndcg(ranking, relevant, RANKED),
        }

    def _passages(self, identity: str) -> Sequence[Passage]:
        if identity not in self._kept:
            self._kept[identity] = self._store.passages_in(identity)
        return self._kept[identity]


def expected_of(pair: Pair) -> tuple[str, ...]:
    """What a person would look for: the alternatives, or the first way of saying each item."""
    return pair.answers or tuple(several[0] for several in pair.every)


def named(source: Source) -> str:
    """A source as a person finds it: the document, and its words or the project."""
    words = " ".join((source.quote or source.project).split())
    return f"{source.document}: {words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}"


def _of_answerable(
    pair: Pair, answer: Answer, cited: Sequence[Place], gold: Sequence[Sequence[Gold]]
) -> dict[str, float]:
    is_answered = answer.status == ANSWERED
    said = answer.text if is_answered else ""
    correct = correctness(said, pair.answers, pair.every, pair.none, _claimed(answer) if is_answered else "")
    cites = recall(cited, gold)
    return {
        "correctness": correct,
        "fact_recall": fact_recall(said, pair.answers, pair.every),
        "correct_and_cited": float(correct == 1 and not cites < 1),
        "source_precision": precision(cited, gold) if is_answered and gold else nan,
        "source_recall": cites,
        "wrong_refusals": float(not is_answered),
    }


def _claimed(answer: Answer) -> str:
    """What an answer claims, a line a statement: what is not counted, and why, is no part of it."""
    return "\n".join(render(one) for one in answer.statements if one.cites)


def _failures(pair: Pair, answer: Answer, scores: Mapping[str, float], found: Sequence[int]) -> Iterator[str]:
    """Why an answer is not as it should be, in words; nothing where it is."""
    if answer.status == FAILED:
        yield f"the program broke down: {answer.text}"
        return
    if scores["verbatim"] < 1:
        yield "a quote is not what its document says at its place"
    if scores["citation_recall"] < 1:
        yield "a statement says more than its citations"
    if not pair.answerable:
        if answer.status == ANSWERED:
            yield "answered, though the documents do not tell it"
        return
    if answer.status != ANSWERED:
        yield f"{'asked back' if answer.status == CLARIFY else 'refused'}, though it can be answered"
        return
    if lacking := missing(answer.text, pair.answers, pair.every):
        yield f"does not say {'; '.join(lacking)}"
    elif scores["correctness"] < 1:
        yield f"says what it must not: {'; '.join(one for one in pair.none if not missing(_claimed(answer), [one]))}"
    for number, several in enumerate(pair.sources):
        if number not in found:
            yield f"does not cite {' or '.join(map(named, several))}"

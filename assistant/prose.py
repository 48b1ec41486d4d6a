"""What the documents say in prose: the sentences that answer a question, and those that describe a subject.

Everything is quoted as it stands. Knows nothing of fields and records beyond the lines that state them.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import (
    ENOUGH,
    ENOUGH_OF_SUBJECT,
    Rarity,
    Sentence,
    rank_sentences,
    sentences_of,
    stems,
    with_context,
)
from assistant.linking import Subject
from assistant.phrases import quote
from assistant.plan import FIELD, Plan
from assistant.records import Records
from assistant.said import Said
from corpus.document import Span
from corpus.words import fold, stem, words
from index.passages import Passage

PASSAGES_READ = 8
"""Passages whose sentences are compared with the question."""
PASSAGES_OF_SUBJECT = 20
"""The same where a question names its subject; a report has hundreds."""
DESCRIPTION_SENTENCES = 2


class Prose:
    """Reads the passages of one store."""

    def __init__(self, records: Records, rarity: Rarity) -> None:
        self._records = records
        self._store = records.store
        self._rarity = rarity

    def read(self, plan: Plan) -> Said | None:
        """The sentence that answers, with the one before it where it leans on that; None if too little speaks for it."""
        best = self._best(plan)
        if best is None:
            return None
        said = Said()
        for sentence in with_context(best, sentences_of([best.passage], self._records.documents)):
            project = self._records.project(sentence.passage.project_id)
            said.say(quote(plan.language, sentence.text), [said.cite_in(sentence.document, sentence.span, project)])
        return said

    def describe(self, subjects: Sequence[Subject], language: str) -> Said:
        """What the subjects are, in sentences of their own."""
        said = Said()
        for subject in subjects:
            for sentence in self._lead(subject):
                n = said.cite_in(sentence.document, sentence.span, subject.project)
                said.say(quote(language, sentence.text), [n])
        return said

    def _lead(self, subject: Subject) -> list[Sentence]:
        """The first full sentences of a subject's prose."""
        fields = subject.project.fields if subject.project else ()
        facts = [field.whole for field in fields if field.source == "label" and field.name != "description"]
        told = [field.span for field in fields if field.name == "description"]  # in a register, behind its label
        within = [passage for passage in self.passages_of(subject) if _is_within(passage, subject)]
        whole = [
            _behind_label(sentence, told)
            for sentence in sentences_of(within, self._records.documents)
            if sentence.text.rstrip("”\"'“)").endswith((".", "!", "?", "…"))
            and not any(f.overlaps(sentence.span) for f in facts)
        ]
        return whole[:DESCRIPTION_SENTENCES]

    def passages_of(self, subject: Subject) -> list[Passage]:
        """A subject's own passages."""
        if subject.project:
            return self._store.passages_of(self._records.keys_of([subject]))
        return self._store.passages_in(subject.document.id)

    def _mentioning(self, subject: Subject) -> list[Passage]:
        """Passages of others that call the subject by its title."""
        held = self._store.passages_that_hold(subject.title) if subject.project else []
        title = f" {' '.join(words(subject.title))} "
        return [passage for passage in held if title in f" {' '.join(words(passage.text))} "]

    def ranked(self, plan: Plan) -> list[Sentence]:
        """The sentences that could answer, best first, whether or not enough speaks for them."""
        if not plan.words:
            return []
        scores: dict[int, float] = {}
        if plan.subjects:
            passages = list({
                passage.key: passage
                for subject in plan.subjects
                for passage in (*self.passages_of(subject), *self._mentioning(subject))
            }.values())  # fmt: skip
            passages = self._likeliest(plan, passages)
        else:
            hits = self._store.search(plan.question, PASSAGES_READ)
            passages = [hit.passage for hit in hits]
            scores = {hit.passage.key: hit.score for hit in hits}
        ranked = rank_sentences(self._records, plan, passages, self._rarity, scores)
        if plan.intent == FIELD:
            needed = [one.prose for one in plan.fields if one.prose]
            ranked = [s for s in ranked if all(pattern.search(fold(s.text)) for pattern in needed)]
        return ranked

    def _best(self, plan: Plan) -> Sentence | None:
        ranked = self.ranked(plan)
        if ranked and ranked[0].evidence >= (ENOUGH_OF_SUBJECT if plan.subjects else ENOUGH):
            return ranked[0]
        return None

    def _likeliest(self, plan: Plan, passages: Sequence[Passage]) -> list[Passage]:
        """At most PASSAGES_OF_SUBJECT passages, those that share most words with the question."""
        if len(passages) <= PASSAGES_OF_SUBJECT:
            return list(passages)
        documents = self._records.documents

        def shared(passage: Passage) -> float:
            language = documents[passage.document_id].language
            held = stems(passage.text, language)
            return sum(self._rarity.weight(word) for word in plan.words if stem(word, language) in held)

        return sorted(passages, key=shared, reverse=True)[:PASSAGES_OF_SUBJECT]


def _behind_label(sentence: Sentence, told: Sequence[Span]) -> Sentence:
    """The sentence without the label that the first sentence of a labelled description begins with."""
    starts = [span.start for span in told if sentence.span.start < span.start < sentence.span.end]
    return replace(sentence, span=Span(starts[0], sentence.span.end)) if starts else sentence


def _is_within(passage: Passage, subject: Subject) -> bool:
    return passage.document_id == subject.document.id and subject.span.holds(passage.span)

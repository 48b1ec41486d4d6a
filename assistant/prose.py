"""What the documents say in prose: the sentences that answer a question, and those that describe a subject.

Everything is quoted as it stands. Knows nothing of fields and records beyond the lines that state them.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from assistant.agreeing import further
from assistant.context import with_context
from assistant.decisive import decisive_of
from assistant.describing import described, say_facts
from assistant.evidence import (
    ENOUGH,
    ENOUGH_OF_SUBJECT,
    Rarity,
    Sentence,
    forms_of,
    rank_sentences,
    sentences_of,
    stems,
)
from assistant.field_lines import labelled, may_answer
from assistant.linking import Subject
from assistant.phrases import quote, say
from assistant.plan import FIELD, PASSAGE, Plan
from assistant.records import Records
from assistant.said import Said
from assistant.second_look import Readings, look_again
from assistant.translation import translations_of
from corpus.words import fold, words
from index.passages import Hit, Passage
from index.views import WORDS

PASSAGES_READ = 8
"""Passages whose sentences are compared with the question."""
READ = frozenset({PASSAGE})
"""Intents whose answers a reader is asked for. What a question for a field has to find, its label says."""
TRANSLATIONS_SOUGHT = 2
"""Translations of a word that are searched for, the likeliest."""
PASSAGES_OF_SUBJECT = 20
"""The same where a question names its subject; a report has hundreds."""


class Prose:
    """Reads the passages of one store; with `readings`, the likeliest of them word by word."""

    def __init__(self, records: Records, rarity: Rarity, readings: Readings | None = None) -> None:
        self._records = records
        self._store = records.store
        self._rarity = rarity
        self._readings = readings

    def read(self, plan: Plan) -> Said | None:
        """The sentence that answers, with the one before it where it leans on that; None if too little speaks for it.

        Behind it others that say the same elsewhere, and one that gives another figure, with a remark that they differ.
        """
        ranked = self.ranked(plan)
        enough = ENOUGH_OF_SUBJECT if plan.subjects else ENOUGH
        ranked = self._own_first([sentence for sentence in ranked if sentence.fits], plan, enough)
        if not ranked or ranked[0].evidence < enough:
            return None
        best = ranked[0]
        project = self._records.project(best.passage.project_id)
        if project and not may_answer(project, best, plan):
            return None  # what says less for itself than a line beside the point is not the answer
        said = Said()
        siblings = sentences_of([best.passage], self._records.documents)
        for sentence in with_context(best, siblings):
            self._quote(said, plan, sentence, is_decisive=sentence.span == best.span)
        alike, other = further(best, ranked, plan, enough)
        for sentence in alike:
            self._quote(said, plan, sentence)
        if other:
            self._quote(said, plan, other)
            said.say(say(plan.language, "sources_differ"), is_remark=True)
        return said

    def _own_first(self, ranked: Sequence[Sentence], plan: Plan, enough: float) -> list[Sentence]:
        """The subjects' own sentences before those of others that name them, where enough speaks for one."""
        keys = {subject.key for subject in plan.subjects}
        own = [one for one in ranked if one.passage.project_id in keys]
        if not own or own[0].evidence < enough:
            return list(ranked)
        return [*own, *(one for one in ranked if one.passage.project_id not in keys)]

    def _quote(self, said: Said, plan: Plan, sentence: Sentence, *, is_decisive: bool = True) -> None:
        project = self._records.project(sentence.passage.project_id)
        decisive = decisive_of(plan, sentence) if is_decisive else ()
        n = said.cite_in(sentence.document, sentence.span, project, decisive)
        said.say(quote(plan.language, sentence.text), [n])

    def describe(self, subjects: Sequence[Subject], language: str) -> Said:
        """What the subjects are, in two to four sentences of their own each, and their facts in one line."""
        said = Said()
        for subject in subjects:
            for sentence in described(subject, self.passages_of(subject), self._records):
                n = said.cite_in(sentence.document, sentence.span, subject.project)
                said.say(quote(language, sentence.text), [n])
            say_facts(said, subject, language)
        return said

    def passages_of(self, subject: Subject) -> list[Passage]:
        """A subject's own passages."""
        if subject.project:
            return self._store.passages_of(self._records.keys_of([subject]))
        return self._store.passages_in(subject.document.id)

    def _mentioning(self, subject: Subject) -> list[Passage]:
        """Passages of others that call the subject by its title."""
        titles = subject.titles if subject.project else ()
        held = {passage.key: passage for title in titles for passage in self._store.passages_that_hold(title)}
        return [passage for passage in held.values() if _names(passage.text, subject)]

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
            hits = self._found(plan)
            passages = [hit.passage for hit in hits]
            scores = {hit.passage.key: hit.score for hit in hits}
        ranked = rank_sentences(self._records, plan, passages, self._rarity, scores)
        ranked = [sentence for sentence in ranked if self._is_of(sentence, plan)]
        if plan.intent == FIELD:
            needed = [one.prose for one in plan.fields if one.prose]
            ranked = [s for s in ranked if all(pattern.search(fold(s.text)) for pattern in needed)]
        return self._look_again(plan, ranked)

    def rank(self, plan: Plan, passages: Sequence[Passage]) -> list[Sentence]:
        """The sentences of these passages alone, best first."""
        return self._look_again(plan, rank_sentences(self._records, plan, passages, self._rarity))

    def _look_again(self, plan: Plan, ranked: list[Sentence]) -> list[Sentence]:
        if self._readings is None or plan.intent not in READ:
            return ranked
        return look_again(plan, ranked, self._readings)

    def _is_of(self, sentence: Sentence, plan: Plan) -> bool:
        """Whether a sentence is of what the plan is about, or calls it by its title where it is of another project."""
        if not sentence.passage.project_id:
            return True
        if not plan.subjects:
            project = self._records.project(sentence.passage.project_id)
            # A line of another field, or of a project that is not meant, answers no question for a field.
            return plan.intent != FIELD or not (project and labelled(project, sentence.span))
        return any(
            sentence.passage.project_id == subject.key or _names(sentence.text, subject) for subject in plan.subjects
        )

    def _found(self, plan: Plan) -> list[Hit]:
        """The passages that fit the question best; where the store has texts in another language, for its words too."""
        hits = self._store.search(plan.question, PASSAGES_READ)
        translated = [one for word in plan.words for one in translations_of(word, plan.language)[:TRANSLATIONS_SOUGHT]]
        if not translated or not self._languages - {plan.language}:
            return hits
        known = {hit.passage.key for hit in hits}
        further = self._store.search(" ".join([*plan.words, *translated]), PASSAGES_READ, legs=(WORDS,))
        # The scores of one leg are not those of both: the n-th of the one search counts as the n-th of the other.
        alike = {at: hit.score for at, hit in enumerate(hits)}
        return hits + [
            replace(hit, score=alike.get(at, hits[-1].score if hits else 0.0))
            for at, hit in enumerate(further)
            if hit.passage.key not in known
        ]

    @cached_property
    def _languages(self) -> set[str]:
        return set(self._store.languages())

    def _likeliest(self, plan: Plan, passages: Sequence[Passage]) -> list[Passage]:
        """At most PASSAGES_OF_SUBJECT passages, those that share most words with the question."""
        if len(passages) <= PASSAGES_OF_SUBJECT:
            return list(passages)
        documents = self._records.documents

        def shared(passage: Passage) -> float:
            language = documents[passage.document_id].language
            held = stems(passage.text, language)
            forms = {word: forms_of((word,), plan.language, language)[word] for word in plan.words}
            return sum(self._rarity.weight(word) for word in plan.words if not held.isdisjoint(forms[word]))

        return sorted(passages, key=shared, reverse=True)[:PASSAGES_OF_SUBJECT]


def _names(text: str, subject: Subject) -> bool:
    """Whether a text calls a subject by a title."""
    said = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(title))} " in said for title in subject.titles)

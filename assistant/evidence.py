"""The sentence that answers, out of the passages retrieved, and how much speaks for it.

Mixes the cosine of question and sentence with the share of the question's words, weighted by rarity, that the sentence
or its surroundings hold. Knows nothing of wording an answer.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.grammar import DATE_WORDS, LEANS_BACK, NUMBER_WORDS
from assistant.question import Plan
from corpus.document import Document, Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words
from index.passages import Passage
from index.store import Store

COSINE_SHARE = 0.5
"""Of the mixed score; the rest is word overlap."""
SURROUNDINGS = 0.3
"""What a question word counts that stands not in the sentence but in the passage around it or in the title."""


COUNT_REACH = 4
"""Words between a number and what it counts: "95 speakers", "of its 11 small county libraries"."""
COSINE_WEIGHT, OVERLAP_WEIGHT, COVERED_WEIGHT, UNKNOWN_NAME_WEIGHT, INTERCEPT = 4.65, 1.56, 0.56, -0.70, -3.87
"""Logistic regression on 4,474 pairs of question and paragraph from 3,000 SQuAD 2.0 questions: with their own paragraph
answerable or not, and with another paragraph of the same article. Area under the curve there: 0.98 against other
paragraphs, 0.66 against questions written to mislead; on XQuAD, not fitted to, 0.97 (English), 0.96 (Romanian)."""
ENOUGH = -0.25
"""Evidence from which a sentence is shown: of those pairs 14 in 100 right ones are refused, 4 in 100 of those with
another paragraph are answered. Most questions written to mislead are still answered: overlap cannot tell them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage. `score` ranks it among others; `evidence` is the log odds that it answers at all."""

    passage: Passage
    document: Document
    span: Span
    score: float = 0.0
    evidence: float = -math.inf

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.span.of(self.document.text)


class Rarity:
    """How much a word tells, by the number of passages that hold it; stems of the language the text is in."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._holders: Counter[str] = Counter()
        self._count = 0
        for text, language in texts:
            self._count += 1
            self._holders.update(stems(text, language))

    def weight(self, stemmed: str) -> float:
        """Inverse document frequency, from about 0.7 for a word of every passage upwards; highest for an unknown one."""
        return math.log(1 + (self._count + 1) / (self._holders.get(stemmed, 0) + 0.5))

    def knows(self, stemmed: str) -> bool:
        """Whether any passage holds the word."""
        return stemmed in self._holders


def stems(text: str, language: str) -> set[str]:
    """The stems of all words of `text`."""
    return {stem(word, language) for word in words(text)}


def sentences_of(passages: Sequence[Passage], documents: dict[str, Document]) -> list[Sentence]:
    """The sentences of passages, in the order of the passages."""
    found = []
    for passage in passages:
        document = documents[passage.document_id]
        for span in sentence_spans(passage.text, document.language, passage.span.start):
            found.append(Sentence(passage, document, span))
    return found


def rank_sentences(store: Store, plan: Plan, passages: Sequence[Passage], rarity: Rarity) -> list[Sentence]:
    """Sentences of `passages`, best first."""
    candidates = sentences_of(passages, store.documents)
    if not candidates:
        return []
    asked, *embedded = store.embed([plan.question, *(sentence.text for sentence in candidates)])
    titles = {subject.key: subject.title for subject in plan.subjects}
    scored = []
    for sentence, vector in zip(candidates, embedded, strict=True):
        if not _can_answer(plan, sentence):
            continue
        cosine = sum(a * b for a, b in zip(asked, vector, strict=True))
        project = sentence.passage.project_id
        title = store.projects[project].title if project else titles.get(sentence.document.id, sentence.document.title)
        overlap, covered, unknown_name = _overlap(plan, sentence, title, rarity)
        score = COSINE_SHARE * cosine + (1 - COSINE_SHARE) * (overlap + SURROUNDINGS * (covered - overlap))
        evidence = (
            COSINE_WEIGHT * cosine + OVERLAP_WEIGHT * overlap + COVERED_WEIGHT * covered
            + UNKNOWN_NAME_WEIGHT * unknown_name + INTERCEPT
        )  # fmt: skip
        scored.append(replace(sentence, score=score, evidence=evidence))
    return sorted(scored, key=lambda sentence: -sentence.score)


def _overlap(plan: Plan, sentence: Sentence, title: str, rarity: Rarity) -> tuple[float, float, bool]:
    """Share of the question's words, by rarity, in the sentence; in its passage or title too; is a name in neither."""
    language = sentence.document.language
    wanted = {stem(word, language): word for word in plan.words}
    if not wanted:
        return 0.0, 0.0, False
    here, around = stems(sentence.text, language), stems(f"{title} {sentence.passage.text}", language)
    total = sum(rarity.weight(word) for word in wanted)
    inside = sum(rarity.weight(word) for word in wanted if word in here)
    near = sum(rarity.weight(word) for word in wanted if word in around and word not in here)
    unknown = any(word in plan.names for stemmed, word in wanted.items() if stemmed not in around and stemmed not in here)
    return inside / total, (inside + near) / total, unknown


def _can_answer(plan: Plan, sentence: Sentence) -> bool:
    """Whether a sentence says something new, and holds the count or the date that is asked for."""
    language, folded = sentence.document.language, fold(sentence.text)
    said = words(sentence.text)
    if {stem(word, language) for word in said} <= stems(plan.question, language):
        return False
    if plan.wants_date and not DATE_WORDS.search(folded):
        return False
    if not plan.wants_number:
        return True
    counted = {stem(word, language) for word in plan.counted}
    at = [i for i, word in enumerate(said) if stem(word, language) in counted]
    if not at:
        return NUMBER_WORDS.search(folded) is not None
    return any(NUMBER_WORDS.search(" ".join(said[max(0, i - COUNT_REACH) : i + COUNT_REACH + 1])) for i in at)


def with_context(sentence: Sentence, siblings: Sequence[Sentence]) -> list[Sentence]:
    """The sentence, after the one before it where it leans back on it: "They were trained in turn"."""
    if not LEANS_BACK.match(fold(sentence.text)):
        return [sentence]
    before = [s for s in siblings if s.passage.id == sentence.passage.id and s.span.end <= sentence.span.start]
    return [max(before, key=lambda s: s.span.start), sentence] if before else [sentence]

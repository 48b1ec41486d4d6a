"""The sentence that answers, out of the passages retrieved, and how much speaks for it.

Mixes the cosine of question and sentence with the share of the question's words, weighted by rarity, that the sentence
or its surroundings hold. Knows nothing of wording an answer.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.grammar import LEANS_BACK, NUMBER_WORDS
from assistant.question import Plan
from corpus.dates import POINT
from corpus.document import Document, Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words
from index.passages import Passage
from index.store import Store

COSINE_SHARE = 0.5
"""Of the mixed score; the rest is word overlap."""
MISSING_KIND = 0.25
"""Taken off a sentence without a number where one is asked for, or without a date."""
SURROUNDINGS = 0.3
"""What a question word counts that stands not in the sentence but in the passage around it or in the title."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, with its scores: `cosine` -1 to 1, `overlap` 0 to 1, `score` their mix; higher is better."""

    passage: Passage
    document: Document
    span: Span
    cosine: float = 0.0
    overlap: float = 0.0
    covered: float = 0.0
    score: float = 0.0

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
        cosine = sum(a * b for a, b in zip(asked, vector, strict=True))
        project = sentence.passage.project_id
        title = store.projects[project].title if project else titles.get(sentence.document.id, "")
        overlap, covered = _overlap(plan, sentence, title, rarity)
        score = COSINE_SHARE * cosine + (1 - COSINE_SHARE) * overlap - (0.0 if _right_kind(plan, sentence) else MISSING_KIND)
        scored.append(Sentence(sentence.passage, sentence.document, sentence.span, cosine, overlap, covered, score))
    return sorted(scored, key=lambda sentence: -sentence.score)


def _overlap(plan: Plan, sentence: Sentence, title: str, rarity: Rarity) -> tuple[float, float]:
    """(share of the question's words in the sentence, with its surroundings at a discount; share found anywhere)."""
    language = sentence.document.language
    wanted = {stem(word, language) for word in plan.words}
    if not wanted:
        return 0.0, 0.0
    here, around = stems(sentence.text, language), stems(f"{title} {sentence.passage.text}", language)
    total = sum(rarity.weight(word) for word in wanted)
    inside = sum(rarity.weight(word) for word in wanted if word in here)
    near = sum(rarity.weight(word) for word in wanted if word not in here and word in around)
    return (inside + SURROUNDINGS * near) / total, (inside + near) / total


def _right_kind(plan: Plan, sentence: Sentence) -> bool:
    folded = fold(sentence.text)
    if plan.wants_number and not NUMBER_WORDS.search(folded):
        return False
    return not plan.wants_date or any(True for _ in POINT.finditer(folded))


def with_context(sentence: Sentence, siblings: Sequence[Sentence]) -> list[Sentence]:
    """The sentence, after the one before it where it leans back on it: "They were trained in turn"."""
    if not LEANS_BACK.match(fold(sentence.text)):
        return [sentence]
    before = [s for s in siblings if s.passage.id == sentence.passage.id and s.span.end <= sentence.span.start]
    return [max(before, key=lambda s: s.span.start), sentence] if before else [sentence]

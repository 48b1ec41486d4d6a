"""The sentence that answers, out of the passages retrieved, and how much speaks for it.

Mixes the cosine of question and sentence with the share of the question's words, weighted by rarity, that the sentence
or its surroundings hold. Knows nothing of wording an answer.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.grammar import LONG_NUMBER, grammar
from assistant.plan import Plan
from assistant.records import Records
from corpus.document import Document, Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words
from index.passages import Passage
from index.store import Store

COSINE_SHARE = 0.5
"""Of the mixed score; the rest is word overlap."""
SURROUNDINGS = 0.3
"""What a question word counts that stands not in the sentence but in the passage around it or in the title."""
COUNT_REACH = 3
"""Words back from what is counted to its number: "95 speakers", "11 small county libraries", "33 de sate"."""
COSINE_WEIGHT, OVERLAP_WEIGHT, COVERED_WEIGHT, UNKNOWN_NAME_WEIGHT, INTERCEPT = 4.65, 1.56, 0.56, -0.70, -3.87
"""Logistic regression on 4,474 pairs of question and paragraph from 3,000 SQuAD 2.0 questions: with their own paragraph
answerable or not, and with another paragraph of the same article. Area under the curve there: 0.98 against other
paragraphs, 0.66 against questions written to mislead; on XQuAD, not fitted to, 0.97 (English), 0.96 (Romanian)."""
ENOUGH, ENOUGH_OF_SUBJECT = -1.0, 0.0
"""Evidence from which a sentence is shown, where the question names no project and where it does: there every sentence
stands under the project's name, which lifts the cosine of all of them. Read off the questions of the sample corpus and
of tests/pages. Of 64 of the latter that name no project, 32 got the right sentence, 4 a wrong one, and none without an
answer got any; at -0.4 it were 29, 2 and none, at -1.4 it were 33, 6 and 2."""
FEWEST_NEW_WORDS = 2
"""New words a sentence has to bring; "Progress Foundation 2024" answers nothing."""


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
    """How much a word tells, by the number of passages that hold it in any form."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._holders: dict[str, int] = {}

    def weight(self, word: str) -> float:
        """Inverse document frequency: about 0.7 for a word of every passage, highest for one of none."""
        if word not in self._holders:
            self._holders[word] = self._store.passages_holding(word)
        return math.log(1 + (self._store.passage_count + 1) / (self._holders[word] + 0.5))


def stems(text: str, language: str) -> set[str]:
    """The stems of all words of `text`."""
    return {stem(word, language) for word in words(text)}


def sentences_of(passages: Sequence[Passage], documents: Mapping[str, Document]) -> list[Sentence]:
    """The sentences of passages, in the order of the passages."""
    found = []
    for passage in passages:
        document = documents[passage.document_id]
        for span in sentence_spans(passage.text, document.language, passage.span.start):
            found.append(Sentence(passage, document, span))
    return found


def rank_sentences(records: Records, plan: Plan, passages: Sequence[Passage], rarity: Rarity) -> list[Sentence]:
    """Sentences of `passages`, best first."""
    store = records.store
    candidates = [
        sentence
        for sentence in sentences_of(passages, records.documents)
        if _can_answer(plan, sentence) and not _is_title(records, sentence)
    ]
    titles = [_title(records, sentence) for sentence in candidates]
    embedded = store.embed([f"{t}: {s.text}" for t, s in zip(titles, candidates, strict=True)])
    cosines = (embedded @ store.embed_question(plan.standalone)).tolist() if candidates else []
    scored = []
    for sentence, title, cosine in zip(candidates, titles, cosines, strict=True):
        overlap, covered, unknown_name = _overlap(plan, sentence, title, rarity)
        score = COSINE_SHARE * cosine + (1 - COSINE_SHARE) * (overlap + SURROUNDINGS * (covered - overlap))
        evidence = (
            COSINE_WEIGHT * cosine + OVERLAP_WEIGHT * overlap + COVERED_WEIGHT * covered
            + UNKNOWN_NAME_WEIGHT * unknown_name + INTERCEPT
        )  # fmt: skip
        scored.append(replace(sentence, score=score, evidence=evidence))
    return sorted(scored, key=lambda sentence: -sentence.score)


def _is_title(records: Records, sentence: Sentence) -> bool:
    """Whether a sentence is a title, a heading or front matter: it helps to find, and says nothing."""
    project = records.project(sentence.passage.project_id)
    if project and project.title_span and sentence.span.overlaps(project.title_span):
        return True
    blocks = sentence.document.blocks
    at = bisect_right(blocks, sentence.span.start, key=lambda block: block.span.start) - 1
    return at >= 0 and blocks[at].kind in ("heading", "meta")


def _title(records: Records, sentence: Sentence) -> str:
    """What the sentence stands under; embedded with it, since prose seldom repeats its subject's name."""
    project = records.project(sentence.passage.project_id)
    return project.title if project else sentence.document.title


def _overlap(plan: Plan, sentence: Sentence, title: str, rarity: Rarity) -> tuple[float, float, bool]:
    """Share of the question's words, by rarity, in the sentence; in its passage or title too; is a name in neither."""
    language = sentence.document.language
    wanted = {stem(word, language): word for word in plan.words}
    if not wanted:
        return 0.0, 0.0, False
    here, around = stems(sentence.text, language), stems(f"{title} {sentence.passage.text}", language)
    total = sum(rarity.weight(word) for word in wanted.values())
    inside = sum(rarity.weight(word) for stemmed, word in wanted.items() if stemmed in here)
    near = sum(rarity.weight(word) for stemmed, word in wanted.items() if stemmed in around and stemmed not in here)
    unknown = any(
        word in plan.names for stemmed, word in wanted.items() if stemmed not in around and stemmed not in here
    )
    return inside / total, (inside + near) / total, unknown


def _can_answer(plan: Plan, sentence: Sentence) -> bool:
    """Whether a sentence says something new, and holds the count or the date that is asked for."""
    language, said = sentence.document.language, words(sentence.text)
    stemmed = [stem(word, language) for word in said]
    asked = stems(plan.question, language)
    new = {word for word in stemmed if word not in asked}
    if len(new) < FEWEST_NEW_WORDS and not (plan.wants_number or plan.wants_date):
        return False
    if plan.wants_name and not _brings_name(plan, sentence):
        return False
    if plan.wants_code and not LONG_NUMBER.search(sentence.text):
        return False
    if plan.wants_date and not grammar().times.search(fold(sentence.text)):
        return False
    if not plan.wants_number:
        return True
    if not plan.counted or set(plan.counted) & grammar().people:
        return grammar().numbers.search(fold(sentence.text)) is not None
    counted = {stem(word, language) for word in plan.counted}
    at = [i for i, word in enumerate(stemmed) if word in counted]
    return any(grammar().numbers.search(" ".join(said[max(0, i - COUNT_REACH) : i])) for i in at)


def _brings_name(plan: Plan, sentence: Sentence) -> bool:
    """Whether a name stands in the sentence that is not in the question: a capital not at its beginning."""
    known = set(words(plan.question))
    return any(
        not set(words(name)) <= known
        for name in re.findall(r"(?<=[^\s.!?] )[^\W\d_a-z]\w+", sentence.text)
        if name[0].isupper()
    )


def with_context(sentence: Sentence, siblings: Sequence[Sentence]) -> list[Sentence]:
    """The sentence, after the one before it where it leans back on it: "They were trained in turn"."""
    if not grammar().leans_back.match(fold(sentence.text)):
        return [sentence]
    before = [s for s in siblings if s.passage.id == sentence.passage.id and s.span.end <= sentence.span.start]
    return [max(before, key=lambda s: s.span.start), sentence] if before else [sentence]

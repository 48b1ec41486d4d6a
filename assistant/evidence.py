"""The sentence that answers, out of the passages retrieved, and how much speaks for it.

A weighted sum of a few features (`assistant.features`), first without and, for the sentences that words leave in
play, with the cosine of question and sentence. Knows nothing of wording an answer.
"""

import math
import threading
import weakref
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer_types import COUNT, EMAIL, kind_of, types
from assistant.features import FEATURES, Question, Told, head_of, lexical, matrix, stemmed
from assistant.fitting import fits
from assistant.grammar import LANGUAGES, grammar
from assistant.number_words import forms_of_number
from assistant.plan import Plan
from assistant.records import Records
from assistant.translation import translations_of
from assistant.weights import EVIDENCE, EVIDENCE_BASE, RANKING, WORDS_ALONE
from corpus.document import HEADINGS, Document, Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words
from index.passages import Passage
from index.store import Store
from index.word_vectors import open_word_vectors

ENOUGH, ENOUGH_OF_SUBJECT = -1.75, -1.25
"""Evidence from which a sentence is shown, where the question names no project and where it does: there every sentence
stands under the project's name, which lifts the cosine of all of them. Read off the questions of the sample corpus and
of tests/pages, as were the rules of `assistant.fitting`: of 82 that name no project 28 got the right sentence, 5 a
wrong one, none of 36 without an answer any; of 98 that do, 35, 5 and 3 of 52. `docs/evaluation.md` has the curves."""
MOST_EMBEDDED = 16
"""Sentences that are compared by meaning, those for which the words speak most: of 8, 12, 16 and 24 for each question
of XQuAD the one that answers is among them for .975, .985, .987 and .987."""
EXPECTED = {"cosine": (0.11, 0.68), "plain": (0.0, 0.68)}
"""What a sentence has by `alike`, at 0 and from there to 1: least squares over the questions of the weights. A model
that knows one language sees little in a sentence of another, and closed words are not translated."""
VECTORS_KEPT = 4096
"""Embeddings of sentences kept in memory, 1.5 KB each."""
TRANSLATED, MOST_TRANSLATIONS = 0.85, 6
"""What a translation of a word counts beside the word itself, and how many are tried, the most likely first."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage. `score` ranks it among others; `evidence` is the log odds that it answers at all.

    `fits` says whether it holds what the answer has to hold, as far as closed-class words and forms can tell. `answer`
    is what a reader takes for the answer in it, a span of the document; None where none read it or was sure.
    """

    passage: Passage
    document: Document
    span: Span
    score: float = 0.0
    evidence: float = -math.inf
    fits: bool = True
    answer: Span | None = None

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


def rank_sentences(
    records: Records,
    plan: Plan,
    passages: Sequence[Passage],
    rarity: Rarity,
    scores: Mapping[int, float] | None = None,
) -> list[Sentence]:
    """Sentences of `passages`, best first; `scores` are those of the search that found the passages, by key."""
    weighed = weigh(records, plan, passages, rarity, scores or {})
    order = np.argsort(-weighed.scores, kind="stable")
    return [
        replace(
            weighed.sentences[at],
            score=float(weighed.scores[at]),
            evidence=float(weighed.evidence[at]),
            fits=bool(weighed.features[at, FEATURES.index("fits")]),
        )
        for at in order
    ]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sentences, their features `(n, len(FEATURES))`, and what these come to: scores and evidence `(n,)`."""

    sentences: Sequence[Sentence]
    features: NDArray[np.float64]
    scores: NDArray[np.float64]
    evidence: NDArray[np.float64]


def weigh(
    records: Records, plan: Plan, passages: Sequence[Passage], rarity: Rarity, scores: Mapping[int, float]
) -> Weighed:
    """The sentences of `passages` that could answer, those that words leave in play, with what speaks for each."""
    question = question_of(plan, rarity)
    heard = [one for passage in passages for one in _heard_in(records, plan, question, passage)]
    alike = _alike(question, [told.text for _, told, _ in heard], records.store)
    best = max(scores.values(), default=0.0)
    sentences, rows = [], []
    for (sentence, told, forms), likeness in zip(heard, alike, strict=True):
        told = replace(told, alike=likeness)
        row = lexical(question, told, forms)
        row["fits"] = float(fits(plan, question, told, forms))
        row["passage"] = scores.get(sentence.passage.key, best) - best
        sentences.append(sentence)
        rows.append(row)
    features = matrix(rows)
    by_words = features @ WORDS_ALONE
    kept = np.sort(np.argsort(-by_words, kind="stable")[:MOST_EMBEDDED])
    sentences, features = [sentences[at] for at in kept], features[kept]
    cosines = _cosines(records, plan, sentences)
    features[:, FEATURES.index("cosine")] = cosines
    _level(features, [plan.language != sentence.document.language for sentence in sentences])
    return Weighed(sentences, features, features @ RANKING, features @ EVIDENCE + EVIDENCE_BASE)


def _level(features: NDArray[np.float64], is_other: Sequence[bool]) -> None:
    """Give sentences in another language than the question's what they would have in its own, at least."""
    other = np.array(is_other, bool)
    alike = features[other, FEATURES.index("alike")]
    for name, (least, rise) in EXPECTED.items():
        at = FEATURES.index(name)
        features[other, at] = np.maximum(features[other, at], least + rise * alike)


def question_of(plan: Plan, rarity: Rarity) -> Question:
    """The plan's question, ready to be compared with sentences."""
    folded = fold(plan.question)
    kind, heads = kind_of(folded), head_of(folded, plan.words)
    said = tuple(dict.fromkeys(words(plan.question)))
    asked = types().asks[kind].search(folded)
    return Question(
        plan.question,
        kind,
        frozenset(said),
        {word: rarity.weight(word) for word in plan.words},
        said,
        heads,
        plan.names,
        frozenset(word for word in plan.words if word[0].isdigit()),
        heads if kind == COUNT and not set(heads) & grammar().people else (),
        frozenset(words(asked.group())) if kind == EMAIL and asked else frozenset(),
    )


def _heard_in(
    records: Records, plan: Plan, question: Question, passage: Passage
) -> Iterator[tuple[Sentence, Told, dict[str, dict[str, float]]]]:
    """The sentences of a passage with what stands around them, and what stands for the question's words there."""
    document = records.documents[passage.document_id]
    language = document.language
    spans = sentence_spans(passage.text, language, passage.span.start)
    texts = [span.of(document.text) for span in spans]
    stems_of = [stemmed(text, language) for text in texts]
    forms = forms_of((*question.said, *question.weights), plan.language, language)
    project = records.project(passage.project_id)
    title = stemmed(project.title if project else document.title, language)
    for at, span in enumerate(spans):
        sentence = Sentence(passage, document, span)
        if _is_title(records, sentence):
            continue
        around = frozenset(title).union(*(one for i, one in enumerate(stems_of) if abs(i - at) > 1))
        before = frozenset(stems_of[at - 1]) if at else frozenset()
        behind = frozenset(stems_of[at + 1]) if at + 1 < len(spans) else frozenset()
        yield sentence, Told(texts[at], language, stems_of[at], before, behind, around, {}, at, len(spans)), forms


def _alike(question: Question, texts: Sequence[str], store: Store) -> list[dict[str, float]]:
    """For each text, how like its likest word is to each telling word of the question."""
    telling = list(question.weights)
    said = [list(dict.fromkeys(words(text))) for text in texts]
    known = {word: at for at, word in enumerate(dict.fromkeys(word for one in said for word in one))}
    if not known or not telling:
        return [{} for _ in texts]
    vectors = open_word_vectors(store.model)
    alike = vectors.of(telling) @ vectors.of(list(known)).T
    return [
        dict(zip(telling, alike[:, [known[word] for word in one]].max(axis=1).tolist(), strict=True)) if one else {}
        for one in said
    ]


def forms_of(said: Iterable[str], language: str, other: str) -> dict[str, dict[str, float]]:
    """What stands for each word of a question in a text of the language `other`, and how well: stems, up to 1."""
    forms = {word: {stem(word, other): 1.0, **dict.fromkeys(forms_of_number(word), 1.0)} for word in said}
    if language != other and {language, other} <= set(LANGUAGES):
        for word, found in forms.items():
            found.setdefault(stem(word, language), 1.0)  # names are bent as the question's language bends its words
            if word not in grammar().closed:
                for made in translations_of(word, language)[:MOST_TRANSLATIONS]:
                    found.setdefault(made, TRANSLATED)
    return forms


def _cosines(records: Records, plan: Plan, sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """Of the question and each sentence under its title."""
    if not sentences:
        return np.zeros(0)
    texts = [f"{title}: {s.text}" if (title := _title(records, s)) else s.text for s in sentences]
    asked = records.store.embed_question(plan.standalone)
    return (vectors_of(records.store).of(texts) @ asked).astype(np.float64)


class Vectors:
    """Embeddings of sentences; the last ones asked for are kept."""

    def __init__(self, store: Store) -> None:
        self._store = weakref.ref(store)
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """`(n_texts, dim)`, each of length 1."""
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        store = self._store()
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new and store is not None:
            known |= zip(new, store.embed(new), strict=True)
        with self._lock:
            for text in new:
                self._kept[text] = known[text]
            while len(self._kept) > VECTORS_KEPT:
                self._kept.popitem(last=False)
        return np.stack([known[text] for text in texts])


_VECTORS: weakref.WeakKeyDictionary[Store, Vectors] = weakref.WeakKeyDictionary()


def vectors_of(store: Store) -> Vectors:
    """The sentence embeddings of a store, one for all who read it."""
    if store not in _VECTORS:
        _VECTORS[store] = Vectors(store)
    return _VECTORS[store]


def _is_title(records: Records, sentence: Sentence) -> bool:
    """Whether a sentence is a title, a heading or front matter: it helps to find, and says nothing."""
    project = records.project(sentence.passage.project_id)
    if project and project.title_span and sentence.span.overlaps(project.title_span):
        return True
    blocks = sentence.document.blocks  # headings and front matter
    at = bisect_right(blocks, sentence.span.start, key=lambda block: block.span.start) - 1
    return at >= 0 and blocks[at].kind in HEADINGS and blocks[at].span.overlaps(sentence.span)


def _title(records: Records, sentence: Sentence) -> str:
    """What the sentence stands under; embedded with it, since prose seldom repeats its subject's name."""
    project = records.project(sentence.passage.project_id)
    return project.title if project else sentence.document.title

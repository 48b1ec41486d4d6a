"""Measures how well the sentence is found that answers a question, and how well it is known that none does.

Questions are SQuAD's; they are asked of a store made of the file's paragraphs, with the reader and without. Knows
nothing of what ranks a sentence.
"""

import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.decisive import decisive_of
from assistant.evidence import ENOUGH, Sentence
from assistant.plan import PASSAGE, Plan
from assistant.question import understand
from assistant.reader.measured import Figures, Tried, agreement, figures_of, tried
from assistant.reader.reading import Reader, graph_of, open_reader, reads
from eval.beir import Text
from eval.ours import ingest
from eval.ranking import intervals
from eval.refusal_curve import (
    Asked,
    Interval,
    Point,
    balanced,
    balanced_difference,
    curve_of,
    paired,
    point_of,
    wrong_at,
    wrong_at_difference,
)
from eval.squad import Paragraph, Question, Squad
from index.offline import stay_offline
from index.passages import Passage
from index.settings import DEFAULT_MODEL, Settings
from index.store import Store

SOUGHT = 50
"""Passages among which the best one of another article is looked for."""
BOTH = (False, True)
"""Without the reader, then with it."""
BALANCED, WRONG_AT = "balanced accuracy in use", "wrong answers at 5 % wrong refusals"

Scores = dict[str, Interval]
"""By metric: mean and the ends of its 95 % interval."""


@dataclass(frozen=True, slots=True)
class Side:
    """What came with the reader, or without; `curve` by threshold, upwards; `shipped` is the point in use."""

    scores: Scores
    curve: tuple[Point, ...]
    shipped: Point


@dataclass(frozen=True, slots=True)
class Report:
    """What one set gave; `sides` by whether the reader was used, `differences` are with it less without, if both.

    `reader` are its own figures, by itself, on the paragraph that each question is about.
    """

    name: str
    answerable: int
    unanswerable: int
    sides: Mapping[bool, Side]
    differences: Scores
    reader: Figures | None = None


def read_all(
    squad: Squad,
    *,
    retrieve: bool = False,
    model: str = DEFAULT_MODEL,
    reader: str = "",
    ways: Sequence[bool] = (False,),
    advance: Callable[[], object] = lambda: None,
) -> Report:
    """Ask every question of its own paragraph and, with `retrieve`, of all paragraphs of the file together.

    A file without unanswerable questions gives them by asking each question of another article's paragraph, the one
    that is found first. Evidence is that of the question asked of all, or of the paragraph alone without `retrieve`.
    `ways` says whether `reader`, as the settings name it, is used: without, with, or both. `advance` is called after
    each question.

    Raises:
        ReaderError: the reader is wanted, and its model is missing.
    """
    stay_offline()
    alone_reader = open_reader(graph_of(reader)) if True in ways else None
    alone: list[Tried] = []
    asked: dict[bool, list[Asked]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        ingest((Text(one.id, "", one.text) for one in squad.paragraphs), Path(folder), model=model)
        with closing(Store(Settings(Path(folder), model, reader=reader))) as store:
            rooms = {way: _Room(squad, store, reader=way) for way in ways}
            has_unanswerable = any(not question.answers for question in squad.questions)
            for question in squad.questions:
                for way, room in rooms.items():
                    asked[way] += room.asked(question, retrieve=retrieve, elsewhere=not has_unanswerable)
                if alone_reader:
                    alone += rooms[True].read_alone(alone_reader, question, elsewhere=not has_unanswerable)
                advance()
    return report_of(squad.name, asked, ENOUGH, figures_of(alone) if alone_reader else None)


def report_of(name: str, asked: Mapping[bool, Sequence[Asked]], enough: float, reader: Figures | None = None) -> Report:
    """The report of what was asked, the same questions in the same order each way, `enough` being the one in use."""
    some = next(iter(asked.values()))
    n_answerable = sum(one.is_answerable for one in some)
    sides = {way: _side(told, enough) for way, told in asked.items()}
    differences = _differences(asked[False], asked[True], enough) if len(asked) > 1 else {}
    return Report(name, n_answerable, len(some) - n_answerable, sides, differences, reader)


def _side(asked: Sequence[Asked], enough: float) -> Side:
    scored = [one.scores for one in asked if one.is_answerable and one.scores]
    scores: Scores = {}
    if scored:
        rows = np.array([list(one.values()) for one in scored])
        told = zip(scored[0], rows.mean(axis=0), intervals(rows), strict=True)
        scores = {name: (float(mean), float(low), float(high)) for name, mean, (low, high) in told}
    scores |= {BALANCED: balanced(asked, enough), WRONG_AT: wrong_at(asked)}
    return Side(scores, tuple(curve_of(asked)), point_of(asked, enough))


def _differences(without: Sequence[Asked], with_it: Sequence[Asked], enough: float) -> Scores:
    """What the reader changed, question by question."""
    pairs = [(a.scores, b.scores) for a, b in zip(without, with_it, strict=True) if a.is_answerable and a.scores]
    scores: Scores = {}
    if pairs:
        names = list(pairs[0][0])
        rows = np.array([[b[name] - a[name] for name in names] for a, b in pairs])
        scores = dict(zip(names, paired(rows), strict=True))
    return scores | {
        BALANCED: balanced_difference(without, with_it, enough),
        WRONG_AT: wrong_at_difference(without, with_it),
    }


class _Room:
    """The paragraphs of a file in a store, and who reads them."""

    def __init__(self, squad: Squad, store: Store, *, reader: bool) -> None:
        assistant = Assistant(store, reader=reader)
        self.store, self.prose, self.vocabulary = store, assistant.prose, assistant.vocabulary
        self.articles = {one.id: one.article for one in squad.paragraphs}
        self.documents = store.sources
        self.sources = {document.id: source for source, document in store.sources.items()}

    def asked(self, question: Question, *, retrieve: bool, elsewhere: bool) -> Iterator[Asked]:
        """The question asked of its paragraph, or of all, and then of another article's paragraph if it is wanted."""
        plan = self.plan(question.question)
        given = self.prose.rank(plan, self.passages(question.paragraph))
        found = self.prose.ranked(plan) if retrieve else given
        scores = {}
        if question.answers:
            scores = {"hit@1 given the paragraph": self._is_hit(question, given)}
            if retrieve:
                scores["hit@1 over all paragraphs"] = self._is_hit(question, found)
            said = " ".join(span.of(given[0].document.text) for span in decisive_of(plan, given[0])) if given else ""
            f1, exact = agreement(said, _answers(question))
            scores |= {"F1 of the decisive words": f1, "exact match of them": exact}
        yield Asked(bool(question.answers), _evidence(found), scores)
        if elsewhere:
            yield Asked(False, _evidence(self.prose.rank(plan, self.foreign(plan, question.paragraph.article))))

    def read_alone(self, reader: Reader, question: Question, *, elsewhere: bool) -> Iterator[Tried]:
        """The paragraph read by the reader alone, and then that of another article; nothing in a language not read."""
        plan = self.plan(question.question)
        language = self.documents[question.paragraph.id].language
        if not reads(plan.language, language):
            return
        read = partial(reader.read, asked_in=plan.language, language=language)
        yield tried(read, question.question, question.paragraph.text, _answers(question))
        if elsewhere:
            for passage in self.foreign(plan, question.paragraph.article):
                yield tried(read, question.question, passage.text, ())

    def plan(self, question: str) -> Plan:
        """The question as one that prose answers, of no subject."""
        plan = understand(question, (), self.vocabulary)
        return replace(plan, intent=PASSAGE, subjects=(), fields=(), labels=())

    def passages(self, paragraph: Paragraph) -> list[Passage]:
        """Those of one paragraph."""
        return self.store.passages_in(self.documents[paragraph.id].id)

    def foreign(self, plan: Plan, article: int) -> list[Passage]:
        """The best passage of another article."""
        hits = self.store.search(plan.question, SOUGHT)
        others = [h.passage for h in hits if self.articles[self.sources[h.passage.document_id]] != article]
        return others[:1]

    def _is_hit(self, question: Question, ranked: Sequence[Sentence]) -> float:
        """Whether the first sentence holds an answer where the paragraph has it."""
        if not ranked or self.sources[ranked[0].document.id] != question.paragraph.id:
            return 0.0
        return float(any(ranked[0].span.holds(answer) for answer in question.answers))


def _answers(question: Question) -> list[str]:
    return [span.of(question.paragraph.text) for span in question.answers]


def _evidence(ranked: Sequence[Sentence]) -> float:
    return ranked[0].evidence if ranked else -math.inf

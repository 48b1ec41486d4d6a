"""Measures how well the sentence is found that answers a question, and how well it is known that none does.

Questions are SQuAD's; they are asked of a store made of the file's paragraphs. Knows nothing of what ranks a sentence.
"""

import json
import math
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.decisive import decisive_of
from assistant.evidence import ENOUGH, Rarity, Sentence, rank_sentences
from assistant.plan import PASSAGE, Plan
from assistant.prose import Prose
from assistant.question import understand
from assistant.records import Records
from assistant.vocabulary import Vocabulary
from corpus.document import Document
from corpus.words import words
from eval.beir import Text
from eval.ours import ingest
from eval.ranking import intervals
from eval.squad import Paragraph, Question, Squad
from index.offline import stay_offline
from index.passages import Passage
from index.settings import DEFAULT_MODEL, Settings
from index.store import Store

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SOUGHT = 50
"""Passages among which the best one of another article is looked for."""
STEP = 0.25
"""Between the thresholds of the curve, in log odds of evidence."""
SIDES = (4.2, 4.2)
"""Of the picture of the curves, in inches."""
_ARTICLES = frozenset({"a", "an", "the"})

Scores = dict[str, tuple[float, float, float]]
"""By metric: mean and the ends of its 95 % interval."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked once; `evidence` is that of the best sentence, -inf where there is none."""

    is_answerable: bool
    evidence: float
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold of evidence brings: shares of the unanswerable answered and of the answerable refused."""

    threshold: float
    wrong_answers: float
    wrong_refusals: float

    @property
    def balanced_accuracy(self) -> float:
        """Mean of the shares that are treated rightly among the answerable and among the unanswerable."""
        return 1 - (self.wrong_answers + self.wrong_refusals) / 2


@dataclass(frozen=True, slots=True)
class Report:
    """What one file gave; `curve` by threshold, upwards; `shipped` is that of the product's own threshold."""

    name: str
    answerable: int
    unanswerable: int
    scores: Scores
    curve: tuple[Point, ...]
    shipped: Point


def read_all(
    squad: Squad, *, retrieve: bool = False, model: str = DEFAULT_MODEL, advance: Callable[[], object] = lambda: None
) -> Report:
    """Ask every question of its own paragraph and, with `retrieve`, of all paragraphs of the file together.

    A file without unanswerable questions gives them by asking each question of another article's paragraph, the one
    that is found first. Evidence is that of the question asked of all, or of the paragraph alone without `retrieve`.
    `advance` is called after each question.
    """
    stay_offline()
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        ingest((Text(one.id, "", one.text) for one in squad.paragraphs), Path(folder), model=model)
        with closing(Store(Settings(Path(folder), model))) as store:
            asked = list(_asked(squad, store, retrieve, advance))
    answerable = [one for one in asked if one.is_answerable]
    rows = np.array([list(one.scores.values()) for one in answerable])
    ends = intervals(rows)
    scores = {
        name: (float(mean), float(low), float(high))
        for name, mean, (low, high) in zip(answerable[0].scores, rows.mean(axis=0), ends, strict=True)
    }
    scores["balanced_accuracy"] = _balanced(asked)
    return Report(
        squad.name,
        len(answerable),
        len(asked) - len(answerable),
        scores,
        tuple(curve_of(asked)),
        point_of(asked, ENOUGH),
    )


class _Room:
    """The paragraphs of a file in a store, and who reads them."""

    def __init__(self, squad: Squad, store: Store) -> None:
        self.store = store
        self.records, self.rarity = Records(store), Rarity(store)
        self.prose = Prose(self.records, self.rarity)
        self.vocabulary = Vocabulary(self.records)
        self.articles = {one.id: one.article for one in squad.paragraphs}
        self.documents: dict[str, Document] = store.sources
        self.sources = {document.id: source for source, document in store.sources.items()}

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

    def ranked(self, plan: Plan, passages: Sequence[Passage]) -> list[Sentence]:
        """The sentences of these passages, best first."""
        return rank_sentences(self.records, plan, passages, self.rarity)


def _asked(squad: Squad, store: Store, retrieve: bool, advance: Callable[[], object]) -> Iterator[Asked]:
    room = _Room(squad, store)
    has_unanswerable = any(not question.answers for question in squad.questions)
    for question in squad.questions:
        plan = room.plan(question.question)
        given = room.ranked(plan, room.passages(question.paragraph))
        found = room.prose.ranked(plan) if retrieve else given
        evidence = found[0].evidence if found else -math.inf
        scores = {}
        if question.answers:
            scores = {"hit@1 given the paragraph": _is_hit(question, given, room)}
            if retrieve:
                scores["hit@1 over all paragraphs"] = _is_hit(question, found, room)
            said = " ".join(span.of(given[0].document.text) for span in decisive_of(plan, given[0])) if given else ""
            scores["F1 of the decisive words"], scores["exact match of them"] = agreement(said, question)
        yield Asked(bool(question.answers), evidence, scores)
        if not has_unanswerable:
            others = room.ranked(plan, room.foreign(plan, question.paragraph.article))
            yield Asked(False, others[0].evidence if others else -math.inf, {})
        advance()


def _is_hit(question: Question, ranked: Sequence[Sentence], room: _Room) -> float:
    """Whether the first sentence holds an answer where the paragraph has it."""
    if not ranked or room.sources[ranked[0].document.id] != question.paragraph.id:
        return 0.0
    return float(any(ranked[0].span.holds(answer) for answer in question.answers))


def agreement(said: str, question: Question) -> tuple[float, float]:
    """(F1, exact match) of words and the answer they are nearest to, as SQuAD counts: by words without articles."""
    best = (0.0, 0.0)
    own = [word for word in words(said) if word not in _ARTICLES]
    for span in question.answers:
        gold = [word for word in words(span.of(question.paragraph.text)) if word not in _ARTICLES]
        same = sum((Counter(own) & Counter(gold)).values())
        best = max(best, (2 * same / (len(own) + len(gold)) if same else 0.0, float(own == gold)))
    return best


def curve_of(asked: Sequence[Asked]) -> Iterator[Point]:
    """A point for each threshold from the lowest evidence to the highest."""
    told = [one.evidence for one in asked if math.isfinite(one.evidence)]
    low, high = math.floor(min(told, default=0.0)), math.ceil(max(told, default=0.0))
    for step in range(int((high - low) / STEP) + 1):
        yield point_of(asked, low + step * STEP)


def point_of(asked: Sequence[Asked], threshold: float) -> Point:
    """What showing sentences from `threshold` on brings; NaN where there is nothing of a kind."""
    unanswerable = [one.evidence >= threshold for one in asked if not one.is_answerable]
    answerable = [one.evidence < threshold for one in asked if one.is_answerable]
    return Point(
        threshold,
        sum(unanswerable) / len(unanswerable) if unanswerable else math.nan,
        sum(answerable) / len(answerable) if answerable else math.nan,
    )


def _balanced(asked: Sequence[Asked]) -> tuple[float, float, float]:
    """Balanced accuracy at the product's threshold with its interval: the two halves are drawn apart."""
    ends = []
    for is_answerable in (True, False):
        right = [(one.evidence >= ENOUGH) == is_answerable for one in asked if one.is_answerable == is_answerable]
        if not right:
            return math.nan, math.nan, math.nan
        column = np.array(right, np.float64).reshape(-1, 1)
        (low, high), mean = intervals(column)[0], float(column.mean())
        ends.append((mean, mean - low, high - mean))
    mean = (ends[0][0] + ends[1][0]) / 2
    below, above = (math.hypot(ends[0][at], ends[1][at]) / 2 for at in (1, 2))
    return mean, mean - below, mean + above


def table(report: Report) -> str:
    """The scores with their intervals, then the curve, a line a threshold."""
    lines = [f"{report.name}: {report.answerable:,} answerable, {report.unanswerable:,} unanswerable", ""]
    lines += [f"{name:28}{mean:8.3f} ({low:.3f}–{high:.3f})" for name, (mean, low, high) in report.scores.items()]
    lines += ["", f"{'threshold':>10}{'wrong answers':>15}{'wrong refusals':>16}{'balanced accuracy':>19}"]
    for point in (*report.curve, report.shipped):
        if point is report.shipped:
            lines.append("in use:")
        lines.append(
            f"{point.threshold:10.2f}{point.wrong_answers:15.3f}{point.wrong_refusals:16.3f}"
            f"{point.balanced_accuracy:19.3f}"
        )
    return "\n".join(lines)


def to_json(report: Report) -> str:
    """One object: the set, the scores, the curve."""

    def told(point: Point) -> dict[str, float | None]:
        values = {
            "threshold": point.threshold, "wrong_answers": point.wrong_answers, "wrong_refusals": point.wrong_refusals,
            "balanced_accuracy": point.balanced_accuracy,
        }  # fmt: skip
        return {name: None if math.isnan(value) else round(value, 4) for name, value in values.items()}

    return json.dumps({
        "set": report.name, "answerable": report.answerable, "unanswerable": report.unanswerable,
        "metrics": {
            name: None if math.isnan(mean) else {"mean": mean, "low": low, "high": high}
            for name, (mean, low, high) in report.scores.items()
        },
        "curve": [told(point) for point in report.curve], "in_use": told(report.shipped),
    }, ensure_ascii=False)  # fmt: skip


def to_svg(reports: Sequence[Report]) -> str:
    """A picture of the curves: wrong answers to the right, wrong refusals upwards; a dot at the threshold in use."""
    from eval.reports.plots import draw

    def paint(axes: "Axes") -> None:
        for one in reports:
            curve, shown = one.curve, one.shipped
            (line,) = axes.plot([p.wrong_answers for p in curve], [p.wrong_refusals for p in curve], label=one.name)
            axes.plot([shown.wrong_answers], [shown.wrong_refusals], "o", color=line.get_color())
        axes.set(xlabel="wrong answers", ylabel="wrong refusals", xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.legend(frameon=False)

    told = "; ".join(
        f"{one.name}: {one.shipped.wrong_answers:.3f} and {one.shipped.wrong_refusals:.3f} in use" for one in reports
    )
    return draw(paint, "Wrong answers and wrong refusals by threshold", told, SIDES, in_page=False) + "\n"

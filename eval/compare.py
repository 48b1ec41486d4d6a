"""Two runs set against each other, question by question: what moved, and whether it may be chance.

Knows neither a terminal nor a page: `eval.compare_words` says it in sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.errors import EvaluationError
from eval.intervals import clusters, latency
from eval.metrics import mean
from eval.paired import EQUAL, LEVEL, RESAMPLES, difference_intervals, holm, sign, sign_test
from eval.result import Result, Run
from eval.scores import HEADLINE, METRICS

BETTER, WORSE, MIXED, NO_DIFFERENCE = "better", "worse", "mixed", "no difference"
MADE_WITH = ("qa_sha256", "corpus_sha256", "embedding_model", "code", "seed", "settings")


class Shared(NamedTuple):
    """One question that both runs asked, wanting the same."""

    a: Result
    b: Result


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs, in short; times in milliseconds, over the shared questions."""

    id: str
    made_at: str
    qa: str
    questions: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one metric, over the questions that it applies to in both runs.

    `left_out` counts those it applies to in one run alone. `better`, `worse` and `same` count questions; the votes
    count clusters of wordings, each by the sign of its summed difference. `low` and `high` are the ends of the 95 %
    interval of the difference, NaN where no question changed; `p` is the sign test's over the votes.
    """

    metric: str
    left_out: int
    a: float
    b: float
    low: float
    high: float
    better: int
    worse: int
    same: int
    votes_better: int
    votes_worse: int
    votes: int
    p: float
    corrected: float

    @property
    def difference(self) -> float:
        """Mean of B less mean of A."""
        return self.b - self.a

    @property
    def verdict(self) -> str:
        """`better` or `worse` where the corrected p is below `LEVEL` and the mean moved the same way as the votes."""
        moved = sign(self.difference) * (-1 if METRICS[self.metric].lower_is_better else 1)
        if self.corrected >= LEVEL or moved != sign(self.votes_better - self.votes_worse):
            return NO_DIFFERENCE
        return BETTER if moved > 0 else WORSE


@dataclass(frozen=True, slots=True)
class Group:
    """The headline metrics of the shared questions of one kind or language: (A, B) by metric, where they differ."""

    name: str
    questions: int
    scores: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common and in what they differ.

    `only_a`, `only_b` and `altered` (asked by both, but the question or what is wanted was changed between them) are
    ids that are left out of everything else. `differing` names what the runs were made with that differs. `broken` went
    from right to wrong, `mended` from wrong to right; `others` are ids with what changed where right or wrong did not.
    """

    a: Side
    b: Side
    seed: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    altered: tuple[str, ...]
    differing: tuple[str, ...]
    questions: int
    clusters: int
    changes: tuple[Change, ...]
    groups: tuple[Group, ...]
    broken: tuple[Shared, ...]
    mended: tuple[Shared, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def verdict(self) -> str:
        """`better`, `worse`, `mixed` or `no difference`, by what the metrics say."""
        said = {change.verdict for change in self.changes} - {NO_DIFFERENCE}
        return MIXED if len(said) > 1 else said.pop() if said else NO_DIFFERENCE

    @property
    def same_answers(self) -> bool:
        """Whether every shared question got the same answer, citations included."""
        return not self.others and not any(map(_otherwise, self.broken + self.mended))

    @property
    def same_scores(self) -> bool:
        """Whether every shared question scored the same by every metric."""
        return not any(change.better or change.worse or change.left_out for change in self.changes)


def compare(a: Run, b: Run, *, seed: int, resamples: int = RESAMPLES) -> Comparison:
    """Set run B against run A, over the questions that both asked and wanted the same of.

    Raises:
        EvaluationError: they share no question.
    """
    theirs = {result.id: result for result in b.results}
    mine = {result.id: result for result in a.results}
    both = [Shared(one, theirs[one.id]) for one in a.results if one.id in theirs]
    shared = [one for one in both if one.a.pair == one.b.pair]
    if not shared:
        raise EvaluationError(_nothing_shared(a, b, same_ids=bool(both)))
    broken = tuple(one for one in shared if one.a.is_right and not one.b.is_right)
    mended = tuple(one for one in shared if one.b.is_right and not one.a.is_right)
    turned = {one.a.id for one in broken + mended}
    return Comparison(
        a=_side(a, [one.a for one in shared]),
        b=_side(b, [one.b for one in shared]),
        seed=seed,
        only_a=tuple(id_ for id_ in mine if id_ not in theirs),
        only_b=tuple(id_ for id_ in theirs if id_ not in mine),
        altered=tuple(one.a.id for one in both if one.a.pair != one.b.pair),
        differing=tuple(name for name in MADE_WITH if getattr(a, name) != getattr(b, name)),
        questions=len(shared),
        clusters=len(set(clusters([one.a for one in shared]))),
        changes=tuple(_changes(shared, seed, resamples)),
        groups=tuple(_groups(shared)),
        broken=broken,
        mended=mended,
        others=tuple((one.a.id, what) for one in shared if one.a.id not in turned and (what := _otherwise(one))),
    )


def check_shared(run: Run, qa: str, pairs: Mapping[str, str]) -> None:
    """Make sure that a run and a set, given as digests of its pairs by id, have a question in common.

    Raises:
        EvaluationError: they have none.
    """
    if not any(pairs.get(one.id) == one.pair for one in run.results):
        raise EvaluationError(
            f"{run.id} is a run of another set ({run.qa}, {len(run.results)} questions) than {qa} ({len(pairs)} "
            "questions): they have no question in common; give a run of this set, or leave --baseline out"
        )


def _nothing_shared(a: Run, b: Run, *, same_ids: bool) -> str:
    why = "every question of the same id was changed" if same_ids else "no question of A is in it"
    return (
        f"B is a run of another set: {why} (A: {a.qa}, {len(a.results)} questions; B: {b.qa}, {len(b.results)} "
        "questions); compare runs of one set, made with: python -m eval run --qa FILE"
    )


def _side(run: Run, results: Sequence[Result]) -> Side:
    return Side(run.id, run.made_at, run.qa, len(run.results), *latency(results))


def _changes(shared: Sequence[Shared], seed: int, resamples: int) -> Iterator[Change]:
    """A change for each metric that applies to a question in both runs; the order they were asked in is no matter."""
    ordered = sorted(shared, key=lambda one: one.a.id)
    of = clusters([one.a for one in ordered])
    scores = np.array([[[side.scores.get(metric, nan) for side in one] for one in ordered] for metric in METRICS])
    differences = scores[:, :, 1] - scores[:, :, 0]
    ends = difference_intervals(differences.T, of, seed=seed, resamples=resamples)
    applying = [number for number, row in enumerate(differences) if not np.isnan(row).all()]
    changes = [_change(list(METRICS)[number], scores[number], of, ends[number]) for number in applying]
    for change, corrected in zip(changes, holm([change.p for change in changes]), strict=True):
        yield replace(change, corrected=corrected)


def _change(metric: str, scores: NDArray[np.float64], of: Sequence[str], ends: NDArray[np.float64]) -> Change:
    """One metric's change, not corrected for the others; `scores` are `(n_questions, 2)`, `of` their clusters."""
    toward = -1 if METRICS[metric].lower_is_better else 1
    applies = ~np.isnan(scores).any(axis=1)
    a, b = scores[applies].mean(axis=0)
    differences = (toward * (scores[applies, 1] - scores[applies, 0])).tolist()
    sums: dict[str, float] = {}
    for name, difference in zip(np.array(of)[applies].tolist(), differences, strict=True):
        sums[name] = sums.get(name, 0.0) + difference
    signs, votes = list(map(sign, differences)), list(map(sign, sums.values()))
    p = sign_test(votes.count(1), votes.count(-1))
    return Change(
        metric=metric,
        left_out=int((np.isnan(scores).sum(axis=1) == 1).sum()),
        a=float(a), b=float(b), low=float(ends[0]), high=float(ends[1]),
        better=signs.count(1), worse=signs.count(-1), same=signs.count(0),
        votes_better=votes.count(1), votes_worse=votes.count(-1), votes=len(votes),
        p=p, corrected=p,
    )  # fmt: skip


def _groups(shared: Sequence[Shared]) -> Iterator[Group]:
    """Every kind, then every language, in which a headline metric differs."""
    groups: dict[str, list[Shared]] = {}
    for one in shared:
        groups.setdefault(one.a.kind, []).append(one)
    for one in shared:
        groups.setdefault(f"in {one.a.language}", []).append(one)
    for name, members in groups.items():
        means = {
            metric: (mean(one.a.scores[metric] for one in members), mean(one.b.scores[metric] for one in members))
            for metric in HEADLINE
        }
        differing = {metric: (a, b) for metric, (a, b) in means.items() if abs(a - b) >= EQUAL}
        if differing:
            yield Group(name, len(members), differing)


def _otherwise(one: Shared) -> str:
    """What else than right or wrong changed: the status, the words or what is cited; offsets may move with the text."""
    if one.a.status != one.b.status:
        return "status"
    if one.a.answer != one.b.answer:
        return "words"
    cited = [[(citation.n, citation.document, citation.quote) for citation in side.citations] for side in one]
    return "citations" if cited[0] != cited[1] else ""

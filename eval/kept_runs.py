"""The runs that a store keeps, as somebody looks at them on a page: in a list, one by one, two beside each other.

Knows no page and no words; what went wrong is told as faults, whose names a page says in its language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from corpus.errors import ProjectError
from eval.commands.compare import SEED
from eval.compare import Comparison, compare
from eval.errors import EvaluationError
from eval.floors import read_floors
from eval.qa import SHIPPED
from eval.reports.outcome import RIGHT, UNSCORED, WRONG, Measured, count, measure, outcome, score_of
from eval.result import Result, Run
from eval.runs import read_kept
from eval.scores import HEADLINE, METRICS
from eval.scoring import FAILED
from index.runs import StoredRun, count_results, stored_runs
from index.store import Store

FLOORS = SHIPPED.with_name("floors.toml")
REMARK = "remark"
"""Of questions that went right and are not quite as they should be."""
OUTCOMES = (WRONG, REMARK, RIGHT, UNSCORED)
BROKE, ANSWERED, UNANSWERED, INCORRECT, UNCITED, ALTERED, UNSUPPORTED, OTHERWISE = FAULTS = (
    "broke", "answered", "unanswered", "incorrect", "uncited", "altered", "unsupported", "otherwise",
)  # fmt: skip
_SCORED = {
    "wrong_answers": ANSWERED, "wrong_refusals": UNANSWERED, "correctness": INCORRECT, "source_recall": UNCITED,
    "verbatim": ALTERED, "citation_recall": UNSUPPORTED, "same_as_original": OTHERWISE,
}  # fmt: skip
"""The fault that there is where a score is not the best."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What a metric of a run has to reach, and whether it does."""

    metric: str
    bound: float
    score: float
    is_met: bool


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of a set; where they were set for other questions or documents, none is held against the run."""

    is_of_run: bool
    each: tuple[Floor, ...]

    @property
    def are_met(self) -> bool:
        """Whether all of them are."""
        return all(one.is_met for one in self.each)


@dataclass(frozen=True, slots=True)
class Row:
    """A run in a list: of one that has not finished only how many questions it has asked.

    `floors` is None where there are none for the set.
    """

    id: str
    made_at: str
    qa: str
    qa_sha256: str
    is_finished: bool
    questions: int
    right: int = 0
    scores: Mapping[str, Measured] | None = None
    floors: Floors | None = None


class KeptRuns:
    """The list of a store's runs; what is reckoned from the results of a finished one, once."""

    def __init__(self) -> None:
        self._finished: dict[str, Row] = {}

    def rows(self, store: Store) -> list[Row]:
        """All runs, the newest first."""
        with store.catalogue.transaction() as connection:
            stored = stored_runs(connection)
            asked = {one.id: count_results(connection, one.id) for one in stored if not one.is_finished}
        return [
            self._row(store, one) if one.is_finished else _unfinished(one, asked[one.id]) for one in reversed(stored)
        ]

    def _row(self, store: Store, stored: StoredRun) -> Row:
        if stored.id not in self._finished:
            run = read_kept(store, stored.id)
            self._finished[stored.id] = Row(
                run.id, run.made_at, run.qa, run.qa_sha256, True, len(run.results), count(run.results, RIGHT),
                {metric: measure(run.results, metric) for metric in HEADLINE}, floors_of(run),
            )  # fmt: skip
        return self._finished[stored.id]


def _unfinished(stored: StoredRun, asked: int) -> Row:
    return Row(stored.id, stored.made_at, str(stored.about["qa"]), str(stored.about["qa_sha256"]), False, asked)


def floors_of(run: Run) -> Floors | None:
    """How a run stands to the shipped floors of its set, if there are any."""
    try:
        floors = read_floors(FLOORS, run.qa)
    except ProjectError:  # none for this set, which is no fault of anybody's
        return None
    if not floors.is_of(run):
        return Floors(False, ())
    scores = run.scores
    return Floors(True, tuple(_floor(metric, bound, scores[metric]) for metric, bound in floors.bounds.items()))


def _floor(metric: str, bound: float, score: float) -> Floor:
    is_met = not isnan(score) and (score <= bound if METRICS[metric].lower_is_better else score >= bound)
    return Floor(metric, bound, score, is_met)


def faults_of(result: Result) -> tuple[str, ...]:
    """What is wrong with an answer, in the order of `FAULTS`."""
    if result.status == FAILED:
        return (BROKE,)
    worst = {metric: 0.0 if METRICS[metric].lower_is_better else 1.0 for metric in _SCORED}
    found = {
        fault for metric, fault in _SCORED.items()
        if not isnan(score := score_of(result, metric)) and score != worst[metric]
    }  # fmt: skip
    if UNANSWERED in found:  # what was not said is neither wrong nor uncited
        found -= {INCORRECT, UNCITED}
    return tuple(fault for fault in FAULTS if fault in found)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which questions of a run somebody looks at, "" for any of them; and how many at most."""

    outcome: str = WRONG
    kind: str = ""
    language: str = ""
    fault: str = ""
    most: int = 20


def choose(results: Sequence[Result], chosen: Chosen) -> list[Result]:
    """The questions that somebody wants to see, however many."""
    return [one for one in results if _is_chosen(one, chosen)]


def _is_chosen(result: Result, chosen: Chosen) -> bool:
    if chosen.outcome and chosen.outcome != told_outcome(result):
        return False
    if chosen.fault and chosen.fault not in faults_of(result):
        return False
    return chosen.kind in ("", result.kind) and chosen.language in ("", result.language)


def told_outcome(result: Result) -> str:
    """One of `OUTCOMES`."""
    found = outcome(result)
    return REMARK if found == RIGHT and result.failures else found


def chosen_of(fields: Mapping[str, object]) -> Chosen:
    """What a form asks for; what it does not know is any."""
    told = {name: str(fields.get(name, "")) for name in ("outcome", "kind", "language", "fault")}
    return Chosen(
        told["outcome"] if told["outcome"] in OUTCOMES else "", told["kind"], told["language"],
        told["fault"] if told["fault"] in FAULTS else "",
    )  # fmt: skip


def compare_kept(store: Store, identities: Sequence[str]) -> Comparison:
    """Two runs beside each other, the older one as A.

    Raises:
        EvaluationError: there are not two, one is not there, or they have no question in common.
    """
    if len(set(identities)) != 2:
        raise EvaluationError(f"{len(set(identities))} runs are chosen; choose two to compare")
    a, b = sorted((read_kept(store, one) for one in set(identities)), key=lambda run: (run.made_at, run.id))
    return compare(a, b, seed=SEED)

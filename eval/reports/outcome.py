"""What every report says of results: which went right, in a sentence, and each metric with its interval.

Knows no format.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan

from eval.intervals import clusters, interval, latency
from eval.metrics import mean
from eval.result import Result
from eval.scores import HEADLINE, METRICS, applying

RIGHT, WRONG, UNSCORED = "right", "wrong", "unscored"


@dataclass(frozen=True, slots=True)
class Measured:
    """The mean of scores and the ends of its 95 % interval, NaN where none applies; how many apply, and do not."""

    mean: float
    low: float
    high: float
    scored: int
    unscored: int

    def __str__(self) -> str:
        return "–" if isnan(self.mean) else f"{self.mean:.3f} ({self.low:.3f}–{self.high:.3f})"


def score_of(result: Result, metric: str) -> float:
    """The score by a metric; NaN also where the run is older than the metric."""
    return result.scores.get(metric, nan)


def best(metric: str) -> float:
    """The best score there is."""
    return 0.0 if METRICS[metric].lower_is_better else 1.0


def missed(result: Result) -> list[str]:
    """The headline metrics by which a result is not as good as can be."""
    scores = {metric: score_of(result, metric) for metric in HEADLINE}
    return [metric for metric, score in scores.items() if not isnan(score) and score != best(metric)]


def outcome(result: Result) -> str:
    """Right, wrong, or unscored where no score says which."""
    if isnan(score_of(result, "correct_and_cited" if result.answerable else "wrong_answers")):
        return UNSCORED
    return RIGHT if result.is_right else WRONG


def measure(results: Sequence[Result], metric: str) -> Measured:
    """A metric over results."""
    return _measured(results, lambda result: score_of(result, metric))


def measure_right(results: Sequence[Result]) -> Measured:
    """The share that went right, of those that are scored."""
    return _measured(results, lambda result: {RIGHT: 1.0, WRONG: 0.0}.get(outcome(result), nan))


def _measured(results: Sequence[Result], score: Callable[[Result], float]) -> Measured:
    scores = [score(result) for result in results]
    low, high = interval(scores, clusters(results))
    scored = len(applying(scores))
    return Measured(mean(scores), low, high, scored, len(scores) - scored)


def times_of(results: Sequence[Result]) -> tuple[float, float]:
    """The p50 and p95 of the times in milliseconds that are known; NaN where none is."""
    return latency([result for result in results if not isnan(result.elapsed_ms)])


def grouped(results: Sequence[Result], name: Callable[[Result], str]) -> dict[str, list[Result]]:
    """The results by kind, or by what else `name` gives, in the order in which the groups first come."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(name(result), []).append(result)
    return groups


def count(results: Sequence[Result], wanted: str) -> int:
    """How many had this outcome."""
    return sum(outcome(result) == wanted for result in results)


def sentence(results: Sequence[Result]) -> str:
    """How a run went, in one plain sentence."""
    right, wrong, unscored = (count(results, one) for one in (RIGHT, WRONG, UNSCORED))
    parts = [f"{right:,} of {_questions(right + wrong)} went right"]
    answered, refused = (applying(score_of(one, m) for one in results) for m in ("wrong_answers", "wrong_refusals"))
    if answered:
        parts.append(f"{_some(answered, 'without an answer')} answered")
    if refused:
        parts.append(f"{_some(refused, 'with an answer')} not answered")
        otherwise = sum(missed(result) == ["correct_and_cited"] for result in results)
        parts.append(f"{otherwise:,} {_were(otherwise)} answered wrongly, or without citing what the answer rests on")
    if unscored:
        parts.append(f"{unscored:,} {_were(unscored)} not scored")
    return "; ".join(parts) + "."


def _some(scores: Sequence[float], which: str) -> str:
    some = round(sum(scores))
    return f"{some:,} of {_questions(len(scores))} {which} {_were(some)}"


def _questions(number: int) -> str:
    return f"{number:,} question{'' if number == 1 else 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"

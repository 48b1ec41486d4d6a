"""Result and Run: what came back for one question, and one evaluation of one configuration with all its results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assistant.answer import EXTRACTIVE, LLM
from eval.metrics import mean
from eval.scores import METRICS


class Quoted(NamedTuple):
    """A citation as a run keeps it: its number and whose words it quotes, from where."""

    n: int
    project: str | None
    document: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Result:
    """One pair, what came back and its scores, by the names of `eval.scores.METRICS`; NaN does not apply.

    `pair` is a digest of the pair, so that two runs know whether they asked the same and wanted the same. `of` is the
    id of a wording's original. `expected` is what a person would look for, and `sources` where. `met` are the numbers,
    from 0, of the sources that were cited. `failures` say in words why it failed, or what a right answer lacks. `mode`
    and `notice` are those of the answer.
    """

    id: str
    pair: str
    kind: str
    language: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    of: str
    expected: tuple[str, ...]
    sources: tuple[str, ...]
    status: str
    answer: str
    plan: str
    citations: tuple[Quoted, ...]
    met: tuple[int, ...]
    scores: Mapping[str, float]
    failures: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    mode: str = EXTRACTIVE
    notice: str = ""

    @property
    def is_written(self) -> bool:
        """Whether a language model has written what was answered."""
        return self.mode == LLM

    @property
    def is_right(self) -> bool:
        """Whether it was answered right and cited if it can be answered, and not answered if it cannot."""
        return self.scores["correct_and_cited"] == 1 if self.answerable else self.scores["wrong_answers"] == 0


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation with what it takes to repeat it.

    `id` and `made_at` (ISO 8601, UTC) are its own; everything else but the times is the same for the same set, store,
    settings and code. `code` is the program's version and a digest of its sources.
    """

    id: str
    made_at: str
    qa: str
    qa_sha256: str
    corpus_sha256: str
    generation: int
    embedding_model: str
    code: str
    seed: int
    settings: Mapping[str, Any]
    results: Sequence[Result] = field(default=())

    @property
    def scores(self) -> dict[str, float]:
        """Mean of every metric over the results it applies to."""
        return summarise(self.results)


def summarise(results: Sequence[Result]) -> dict[str, float]:
    """Mean of every metric over the results it applies to; NaN where it applies to none."""
    return {metric: mean(result.scores[metric] for result in results) for metric in METRICS}

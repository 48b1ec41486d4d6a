"""Judging the results of a run: which are judged, against what, how many at once; what could not be judged and why.

Works on what was kept of a run, so it can be done long after the questions were asked.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import NamedTuple

from assistant.answer import ANSWERED
from assistant.errors import LanguageModelError
from assistant.model_check import check_model
from assistant.model_settings import MODEL, URL, ModelSettings, read_model_settings
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.judges import CORRECTNESS, FAITHFULNESS, Judges, Verdict
from eval.qa import Pair
from eval.result import Result

AT_ONCE = 4
"""Answers judged at a time; a server of one's own seldom does more, others turn more away."""
PATIENCE = 10
"""So many answers in a row without any reply, and the rest is not asked: the model is gone."""
NEITHER = Verdict({FAITHFULNESS: nan, CORRECTNESS: nan})
NOT_ASKED = replace(
    NEITHER, reasons=dict.fromkeys(NEITHER.scores, f"not asked, since {PATIENCE} answers in a row had no reply")
)
MARKERS = re.compile(r"\s*\[\d{1,3}(?:, ?\d{1,3})*\](?:–\[\d{1,3}\])?")
"""The markers of citations: `[1]`, `[3]–[9]`."""


class Unjudged(NamedTuple):
    """A score that could not be given: of which result, and why."""

    id: str
    metric: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The results in the order they came, with the judges' scores, and what could not be judged."""

    results: Sequence[Result]
    unjudged: Sequence[Unjudged]


def require_model(environment: Mapping[str, str] | None = None, *, option: str = "--judge") -> ModelSettings:
    """The configured language model, seen to be there; for whoever asks for it with an option, before all questions.

    Raises:
        MisuseError: none is configured, or the extra is not installed.
        EvaluationError: its server cannot be reached, or refuses the key.
    """
    settings = read_model_settings(environment)
    if settings is None:
        raise MisuseError(
            f"{option} needs a language model, and none is configured; set {URL} and {MODEL}, or leave out {option}"
        )
    try:
        check_model(settings)
    except LanguageModelError as error:
        raise EvaluationError(f"{option}: {error}; or leave out {option}") from error
    return settings


def judge_name(settings: ModelSettings) -> str:
    """Who judges, for a label: the model and where it runs."""
    return f"{settings.model} at {settings.host}"


def reference_of(pair: Pair) -> str:
    """What a right answer says: the first accepted answer, and the first way of saying each fact it has to hold."""
    return "; ".join([*pair.answers[:1], *(several[0] for several in pair.every)])


def judge_all(
    results: Sequence[Result],
    references: Mapping[str, str],
    settings: ModelSettings,
    on_result: Callable[[Result], None] = lambda _: None,
) -> Judged:
    """The results with both judges' scores; only answers to answerable questions are judged.

    `references` are by a result's id, as `reference_of` gives them. `on_result` hears of each result as it is done, in
    no particular order. What the model fails at is NaN and told in `unjudged`, never an error.

    Raises:
        MisuseError: the extra is not installed.
    """
    return asyncio.run(_judge_all(results, references, Judges(settings), on_result))


def unjudged_line(judged: Judged) -> str:
    """One line that counts what could not be judged, by reason; empty where all was."""
    if not judged.unjudged:
        return ""
    asked = 2 * sum(map(_is_judged, judged.results))
    reasons = Counter(one.reason for one in judged.unjudged).most_common()
    counted = "; ".join(f"{reason} ({times})" for reason, times in reasons)
    return f"the judge gave no score {len(judged.unjudged)} of {asked} times: {counted}"


async def _judge_all(
    results: Sequence[Result],
    references: Mapping[str, str],
    judges: Judges,
    on_result: Callable[[Result], None],
) -> Judged:
    free = asyncio.Semaphore(AT_ONCE)
    in_vain = 0

    async def judge(result: Result) -> Verdict:
        nonlocal in_vain
        if not _is_judged(result):
            return NEITHER
        async with free:
            if in_vain >= PATIENCE:
                return NOT_ASKED
            verdict = await _judge(result, references.get(result.id, ""), judges)
        in_vain = 0 if verdict.replies else in_vain + bool(verdict.failures)
        return verdict

    async def judge_and_tell(result: Result) -> tuple[Result, Verdict]:
        verdict = await judge(result)
        scored = replace(result, scores={**result.scores, **verdict.scores})
        on_result(scored)
        return scored, verdict

    done = await asyncio.gather(*map(judge_and_tell, results))
    return Judged(
        [result for result, _ in done],
        [Unjudged(result.id, *why) for result, verdict in done for why in verdict.reasons.items()],
    )


def _is_judged(result: Result) -> bool:
    return result.answerable and result.status == ANSWERED


async def _judge(result: Result, reference: str, judges: Judges) -> Verdict:
    asked = result.question
    if result.history:
        asked += f" (asked after: {' / '.join(result.history)})"
    quotes = [citation.quote for citation in result.citations]
    return await judges.judge(asked, MARKERS.sub("", result.answer), quotes, reference)

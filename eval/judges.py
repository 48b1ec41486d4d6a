"""The seam to LlamaIndex's evaluators: a language model says whether an answer is supported, and how right it is.

Judges beside the scores that are given by rule, never in their place; nothing else of an evaluation needs them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import TYPE_CHECKING

from assistant.errors import LanguageModelError
from assistant.llm.tokens import most_tokens
from assistant.model_client import ask_within, open_model
from assistant.model_settings import CONTEXT, ModelSettings
from eval.verdicts import read_score, read_support, scaled

if TYPE_CHECKING:
    from llama_index.core.evaluation import EvaluationResult

FAITHFULNESS, CORRECTNESS = "judge_faithfulness", "judge_correctness"
REPLY_TOKENS = 1024
"""Room for a score, a reason, and some thinking aloud before."""
TIMEOUTS_PER_SCORE = 2
"""A score may take so many times the time of one request, with all its retries."""
UNREADABLE = {
    FAITHFULNESS: "the reply is neither YES nor NO",
    CORRECTNESS: "the reply does not begin with a score from 1 to 5",
}
NO_QUOTES = "the answer quotes nothing"
NO_REFERENCE = "there is no reference to compare with"
TOO_LONG = f"the answer and its quotes are longer than the model reads at once; {CONTEXT} sets how much that is"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both scores, 0 to 1, by metric; `reasons` say why one is NaN.

    `replies` came, whatever they said; `failures` are requests that nothing came of.
    """

    scores: Mapping[str, float]
    reasons: Mapping[str, str] = field(default_factory=dict)
    replies: int = 0
    failures: int = 0


class NotAskedError(Exception):
    """This score is not asked for; the message is the reason."""


class Judges:
    """Both judges, which ask one model."""

    def __init__(self, settings: ModelSettings) -> None:
        self._model = open_model(settings, reply_tokens=REPLY_TOKENS)
        from llama_index.core import Document, SummaryIndex
        from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator

        # Loads what the first judgement would else load in the time it is given: half a second.
        SummaryIndex.from_documents([Document(text="")])
        self._settings = settings
        self._faithfulness = FaithfulnessEvaluator(llm=self._model)
        self._correctness = CorrectnessEvaluator(llm=self._model, parser_function=read_score)

    async def judge(self, question: str, answer: str, contexts: Sequence[str], reference: str) -> Verdict:
        """Whether `contexts` support the answer, 1 or 0, and how right it is beside `reference`, 0 to 1.

        The answer comes without its markers. Never longer than four requests may take; never an error.
        """
        asked: dict[str, Callable[[], Awaitable[float]]] = {
            FAITHFULNESS: lambda: self._support(answer, contexts),
            CORRECTNESS: lambda: self._correctness_of(question, answer, reference),
        }
        scores, reasons = dict.fromkeys(asked, nan), {}
        replies = failures = 0
        for metric, ask in asked.items():
            try:
                scores[metric] = await ask()
                replies += 1
                if isnan(scores[metric]):
                    reasons[metric] = UNREADABLE[metric]
            except NotAskedError as error:
                reasons[metric] = str(error)
            except LanguageModelError as error:
                reasons[metric] = str(error)
                failures += 1
        return Verdict(scores, reasons, replies, failures)

    async def _support(self, answer: str, contexts: Sequence[str]) -> float:
        shown = [*dict.fromkeys(context for context in contexts if context.strip())]
        if not shown:
            raise NotAskedError(NO_QUOTES)
        self._check_length([answer, *shown])
        judged = await self._ask(lambda: self._faithfulness.aevaluate(response=answer, contexts=shown))
        return read_support(judged.feedback or "")

    async def _correctness_of(self, question: str, answer: str, reference: str) -> float:
        if not reference.strip():
            raise NotAskedError(NO_REFERENCE)
        self._check_length([question, answer, reference])
        judged = await self._ask(
            lambda: self._correctness.aevaluate(query=question, response=answer, reference=reference)
        )
        return scaled(judged.score)

    def _check_length(self, shown: Sequence[str]) -> None:
        """What a judge cannot be shown whole it does not judge: evidence cut off would make a right answer wrong."""
        if sum(map(most_tokens, shown)) > self._settings.context_tokens - REPLY_TOKENS:
            raise NotAskedError(TOO_LONG)

    async def _ask(self, evaluate: Callable[[], Awaitable["EvaluationResult"]]) -> "EvaluationResult":
        within_s = TIMEOUTS_PER_SCORE * self._settings.timeout_s
        return await ask_within(self._model, self._settings, evaluate, within_s)

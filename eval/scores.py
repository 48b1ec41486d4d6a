"""The metrics of an evaluation by name: what each says, and whether higher or lower is better.

How they are computed stands in `eval.metrics`, `eval.support` and `eval.ranking`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isnan, nan


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric, 0 to 1; `is_judged` where a language model gives it, and only where one is configured."""

    what: str
    lower_is_better: bool = False
    is_judged: bool = False


METRICS: Mapping[str, Metric] = {
    "correct_and_cited": Metric("answerable questions answered right that cite every gold source"),
    "correctness": Metric("answerable questions whose answer holds what it has to"),
    "fact_recall": Metric("share of the facts asked for that an answer holds"),
    "wrong_answers": Metric("unanswerable questions that were answered", lower_is_better=True),
    "wrong_refusals": Metric("answerable questions that were not answered", lower_is_better=True),
    "refusal_accuracy": Metric("questions answered if answerable and not answered if not"),
    "verbatim": Metric("share of an answer's citations whose quote is exactly the document's text at its place"),
    "citation_precision": Metric("share of an answer's citations that are needed for what they stand behind"),
    "citation_recall": Metric("share of an answer's statements that their citations support, as the check decides"),
    "source_precision": Metric("share of an answer's citations that meet a gold source"),
    "source_recall": Metric("share of the gold sources that an answer cites"),
    "retrieval_recall@5": Metric("share of the gold sources among the first 5 passages found"),
    "retrieval_MRR@10": Metric("1 / rank of the first passage of the first 10 that meets a gold source"),
    "retrieval_nDCG@10": Metric("how near the order of the first 10 passages is to the best there could be"),
    "same_as_original": Metric("questions in other words that were answered as their originals"),
    "judge_faithfulness": Metric("answers that a language model holds for supported", is_judged=True),
    "judge_correctness": Metric("how right a language model holds an answer for", is_judged=True),
}
HEADLINE = ("correct_and_cited", "wrong_answers", "wrong_refusals")
"""What a person looks at first; whether a question went right or wrong is read off these."""


def unscored() -> dict[str, float]:
    """Every metric, none of which applies yet."""
    return dict.fromkeys(METRICS, nan)


def applying(scores: Iterable[float]) -> list[float]:
    """The scores that apply, in order."""
    return [score for score in scores if not isnan(score)]

"""Results and runs as tests write them: only what a test is about is given, all else is the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eval.result import Result, Run
from eval.scores import unscored

PLAIN = Result(
    id="", pair="", kind="field", language="en", question="", history=(), answerable=True, of="", expected=(),
    sources=(), status="answered", answer="", plan="", citations=(), met=(), scores={},
)  # fmt: skip


def result(id_: str, scores: Mapping[str, float], **given: Any) -> Result:
    """Make the result of a question; the pair's digest follows its id unless it is given."""
    text = {"pair": f"digest of {id_}", "question": f"Question {id_}?", "answer": f"Answer {id_}."}
    return replace(PLAIN, id=id_, scores={**unscored(), **scores}, **(text | given))


def answerable(id_: str, right: float, **given: Any) -> Result:
    """Make the result of an answerable question that was answered, right or wrong."""
    return result(id_, {"correct_and_cited": right, "wrong_refusals": 0.0}, **given)


def unanswerable(id_: str, answered: float, **given: Any) -> Result:
    """Make the result of a question that has no answer."""
    return result(id_, {"wrong_answers": answered}, answerable=False, **given)


def run(results: Sequence[Result], id_: str = "A", **given: Any) -> Run:
    """Make a run of these results."""
    made = Run(id_, "2026-01-02T03:04:05Z", "set.jsonl", "1", "2", 1, "model", "code", 0, {}, tuple(results))
    return replace(made, **given)


def rights(scores: Sequence[float], id_: str = "A", **given: Any) -> Run:
    """Make a run of answerable questions q0, q1, … with these scores; a wrong answer is worded in another way."""
    return run([answerable(f"q{n}", s, answer=f"Answer {n}, {s}.") for n, s in enumerate(scores)], id_, **given)

"""Results of a question about Lamp Hill's budget, and a judge that goes by the words, for tests of judges."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.answer import ANSWERED
from eval.judging import Judged, judge_all
from eval.result import Quoted, Result
from eval.scores import unscored
from tests.scripted_model import Character, Reply, Request, ScriptedModel, prompt_of

PLANTED = "sk-planted-0123456789"
QUOTE = "The budget of Lamp Hill was 300 EUR."


def result(id_: str, answer: str = "It was 300 EUR. [1]", *, status: str = ANSWERED, **changes: Any) -> Result:
    """Make a result of a question about Lamp Hill's budget."""
    made = Result(
        id=id_, pair="digest", kind="field", language="en", question="What was the budget of Lamp Hill?", history=(),
        answerable=True, of="", expected=("300 EUR",), sources=(), status=status, answer=answer, plan="",
        citations=(Quoted(1, "Lamp Hill", "lamp.md", None, 0, len(QUOTE), QUOTE),), met=(0,),
        scores=unscored() | {"correctness": 1.0},
    )  # fmt: skip
    return replace(made, **changes)


def judge(
    character: Character, *results: Result, references: Mapping[str, str] | None = None, **settings: Any
) -> tuple[Judged, ScriptedModel]:
    """Have these results judged by a model of this character."""
    told = {one.id: "300 EUR" for one in results} if references is None else references
    with ScriptedModel(character) as model:
        return judge_all(results, told, model.settings(key=PLANTED, **settings)), model


def scores_of(one: Result) -> tuple[float, float]:
    """Give what the judges say: supported, and how right."""
    return one.scores["judge_faithfulness"], one.scores["judge_correctness"]


def honest(request: Request) -> Reply:
    """Judge by the words: what the context or the reference holds is right."""
    prompt = prompt_of(request)
    if asks_for_support(request):
        _, _, last = prompt.rpartition("\nInformation: ")
        information, _, context = last.partition("\nContext: ")
        figures = re.findall(r"\d+", information)
        return Reply("YES" if all(figure in context for figure in figures) else "NO")
    return Reply("4.5\nAs the reference has it." if prompt.count("300 EUR") == 2 else "1\nAnother figure.")


def asks_for_support(request: Request) -> bool:
    """Tell the question after support from the one after a score."""
    return "answer with either YES or NO" in prompt_of(request)


def replies(support: Reply, score: Reply) -> Character:
    """Say one thing of support and another of the score."""
    return lambda request: support if asks_for_support(request) else score


def raw(body: str, media_type: str = "application/json") -> Reply:
    """Send this body as it is."""
    return Reply(raw=body.encode(), media_type=media_type)

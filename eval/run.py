"""One evaluation: every pair of a set asked of an assistant and scored; wordings beside their originals."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer import ANSWERED
from assistant.assistant import Assistant
from eval.asking import Task, ask_here
from eval.gold import find_gold
from eval.qa import Pair
from eval.result import Result
from index.store import Store

Ask = Callable[[Sequence[Task]], Iterator[Result]]


def evaluate(
    assistant: Assistant,
    pairs: Sequence[Pair],
    on_result: Callable[[Result], None] = lambda _: None,
    *,
    ask: Ask | None = None,
    known: Mapping[str, Result] | None = None,
    tasks: Sequence[Task] | None = None,
) -> list[Result]:
    """Ask every pair, in order; the original of a question in other words is asked too, once, and has no result.

    `ask` asks in another way than here, one after the other. `known` are results, by id, of questions that need not
    be asked again. `on_result` is called for each that is asked. `tasks` are those of `tasks_of`, if they are at hand.

    Raises:
        EvaluationError: a pair's source is not in the store; found before the first question is asked.
    """
    tasks = tasks_of(assistant.store, pairs) if tasks is None else tasks
    asked = dict(known or {})
    left = [task for task in tasks if task[0].id not in asked]
    for result in (ask or (lambda some: ask_here(assistant, some)))(left):
        asked[result.id] = result
        on_result(result)
    return [_beside_original(pair, asked) for pair in pairs]


def tasks_of(store: Store, pairs: Iterable[Pair]) -> list[Task]:
    """All that has to be asked, each once: the pairs, and behind each wording its original if that is not among them.

    Raises:
        EvaluationError: as `evaluate`.
    """
    own = {pair.id: pair for pair in pairs}
    wanted: dict[str, Pair] = {}
    for pair in own.values():
        wanted[pair.id] = pair
        if pair.original and pair.original.id not in own:
            wanted.setdefault(pair.original.id, pair.original)
    gold = find_gold(store, wanted.values())
    return [(pair, gold[pair.id]) for pair in wanted.values()]


def _beside_original(pair: Pair, asked: Mapping[str, Result]) -> Result:
    result = asked[pair.id]
    if not pair.original:
        return result
    same = float(_is_same(result, asked[pair.original.id]))
    return replace(result, scores={**result.scores, "same_as_original": same})


def _is_same(result: Result, original: Result) -> bool:
    """Whether a wording was answered as its original: as right or as wrong, and resting on the same sources."""
    if result.status != original.status or result.status != ANSWERED:
        return result.status == original.status
    outcomes = [one.scores["correctness"] if one.answerable else 0.0 for one in (result, original)]
    return outcomes[0] == outcomes[1] and result.met == original.met

"""Asking the pairs of a set, in one process or in several, with the same results.

What is asked goes out as a pair with its gold and comes back as a result; knows nothing of runs.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Answer, Statement
from assistant.assistant import Assistant
from corpus.errors import ProjectError
from corpus.forks import fork_context
from eval.errors import EvaluationError
from eval.metrics import Gold
from eval.qa import Pair
from eval.result import Result
from eval.scoring import FAILED, RANKED, Scorer
from index.passages import Hit
from index.settings import Settings
from index.store import Store

if TYPE_CHECKING:
    from assistant.llm.language_model import LanguageModel

Task = tuple[Pair, Sequence[Sequence[Gold]]]
"""A pair and the places of its sources, as `eval.gold.find_gold` gives them."""
State = tuple[str, int]
"""A store's identity and generation."""
AT_ONCE = 4
"""Questions that go to a process together: fewer and it waits for the next, more and the last one works alone."""
SECONDS_A_QUESTION = 120.0
"""After so long a question is taken to hang."""


class Asker:
    """An assistant with who scores its answers; with a language `model`, it writes them."""

    def __init__(self, assistant: Assistant, model: "LanguageModel | None" = None) -> None:
        self._assistant = assistant
        self._ask = assistant.ask if model is None else _fluent(assistant, model)
        self._scorer = Scorer(assistant.store, assistant.records.all_titles)

    def ask(self, task: Task) -> Result:
        """Ask one pair and score what comes back; a question that breaks the program failed, the rest goes on."""
        pair, gold = task
        try:
            answer = self._ask(pair.question, pair.history)
        except ProjectError:
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("%s broke the program down", pair.id)
            said = Statement(f"{type(error).__name__}: {error}", is_remark=True)
            answer = Answer(pair.question, FAILED, (said,), (), "", pair.language)
        return self._scorer.score(pair, answer, gold, self._hits(pair))

    def _hits(self, pair: Pair) -> list[Hit]:
        """The first passages for the question, put after the one before it where it is a follow-up."""
        if not pair.sources or not pair.answerable:
            return []
        return self._assistant.store.search(" ".join([*pair.history[-1:], pair.question]), RANKED)


def _fluent(assistant: Assistant, model: "LanguageModel") -> Callable[[str, Sequence[str]], Answer]:
    from assistant.llm.fluent import Fluent

    return Fluent(assistant, model).ask


def ask_here(assistant: Assistant, tasks: Sequence[Task], model: "LanguageModel | None" = None) -> Iterator[Result]:
    """Ask in this process, in order."""
    asker = Asker(assistant, model)
    return (asker.ask(task) for task in tasks)


def ask_in_processes(store: Store, tasks: Sequence[Task], processes: int) -> Iterator[Result]:
    """Ask in so many processes, each with the store open as it is here; results come in order.

    Raises:
        EvaluationError: a process broke down, a question took too long, or the store was synced meanwhile.
    """
    from pebble import ProcessExpired, ProcessPool

    some = [tasks[at : at + AT_ONCE] for at in range(0, len(tasks), AT_ONCE)]
    with ProcessPool(max_workers=processes, context=fork_context(), initializer=_begin) as pool:
        known = store.settings, _state(store)
        waiting = [pool.schedule(_ask_some, args=[*known, few], timeout=SECONDS_A_QUESTION * len(few)) for few in some]
        try:
            for few, future in zip(some, waiting, strict=True):
                try:
                    yield from future.result()
                except (ProcessExpired, TimeoutError) as error:
                    asked = ", ".join(pair.id for pair, _ in few)
                    raise EvaluationError(
                        f"a process broke down over one of {asked} ({error}); ask them alone with --jobs 1"
                    ) from error
        finally:
            pool.stop()  # type: ignore[no-untyped-call]  # also when the caller goes away half way


def _begin() -> None:
    """Leave Ctrl-C to the process that hands the questions out."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _ask_some(settings: Settings, state: State, tasks: Sequence[Task]) -> list[Result]:
    asker = _asker(settings, state)
    return [asker.ask(task) for task in tasks]


def _state(store: Store) -> State:
    return store.identity, store.generation


@cache
def _asker(settings: Settings, state: State) -> Asker:
    """The one of this process, opened when the first questions come."""
    store = Store(settings)
    if _state(store) != state:
        raise EvaluationError(f"{settings.store} was synced while it was being evaluated; run it again")
    store.embed_question("warm")  # else the first question of each process pays for the model
    return Asker(Assistant(store))

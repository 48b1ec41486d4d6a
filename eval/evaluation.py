"""A run from its questions to its results: asked in several processes, kept as it goes, gone on with, judged.

Says on standard error how far it is. Knows neither how a run is shown nor what it is held against.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.reader.reading import named
from corpus.errors import MisuseError
from eval.asking import ask_here, ask_in_processes
from eval.qa import Pair
from eval.result import Result, Run
from eval.run import Ask, evaluate, tasks_of
from eval.runs import Keeper, new_run, unfinished
from index.errors import StoreError

if TYPE_CHECKING:
    from assistant.model_settings import ModelSettings

WORTH_A_PROCESS = 50
"""Questions below which one process more costs more time than it saves, since each opens the store."""
MOST_PROCESSES = 8

Known = Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a run is made: in how many processes (None: as many as are worth it), drawn by what seed.

    `resume` goes on with a run of this kind that stopped half way; `keep` keeps the run in the store; `llm` has a
    language model write the answers, all in this process, `judge` has it judge them too; `progress` says after each
    question how far it is, for a program.
    """

    jobs: int | None
    seed: int
    resume: bool = False
    keep: bool = True
    llm: bool = False
    judge: bool = False
    progress: bool = False


def evaluation(assistant: Assistant, qa: Path, pairs: Sequence[Pair], ways: Ways) -> Run:
    """The run of a set's pairs, read from `qa`, with its results.

    Raises:
        MisuseError: there is no run to go on with, or no language model to write or judge.
        EvaluationError: a source is not in the store, or the language model cannot be reached.
    """
    writer = _required("--llm") if ways.llm else None
    judge = _required("--judge") if ways.judge else None
    own = assistant.store.settings
    settings: dict[str, Any] = {"reranker": own.reranker, "reader": named(own.reader), "judge": _named(judge)}
    settings |= {"llm": _named(writer)} if writer else {}
    run, known = _begun(assistant, new_run(assistant.store, qa.name, pairs, seed=ways.seed, settings=settings), ways)
    tasks = tasks_of(assistant.store, pairs)  # a source that is not there is told before anything is kept
    bar = partial(_lines, run.id) if ways.progress else _bar
    with _kept(assistant, run, known, ways) as keeper, bar(pairs, known) as advance:

        def on_result(result: Result) -> None:
            advance(result)
            if keeper:
                keeper.keep(result)

        ask = _ask(assistant, len(pairs), ways.jobs) if writer is None else _written(assistant, writer)
        asked = evaluate(assistant, pairs, on_result, ask=ask, known=known, tasks=tasks)
        results = _judged(asked, pairs, judge) if judge else asked
        if keeper:
            keeper.finish(results)
    return replace(run, results=tuple(results))


def _ask(assistant: Assistant, questions: int, jobs: int | None) -> Ask:
    processes = jobs or min(os.cpu_count() or 1, MOST_PROCESSES, 1 + questions // WORTH_A_PROCESS)
    if processes == 1:
        return partial(ask_here, assistant)
    return partial(ask_in_processes, assistant.store, processes=processes)


def _written(assistant: Assistant, settings: "ModelSettings") -> Ask:
    from assistant.llm.model import Model

    return partial(ask_here, assistant, model=Model(settings))


def _begun(assistant: Assistant, run: Run, ways: Ways) -> tuple[Run, Known]:
    """The run, or the one like it that stopped half way, and what was asked already."""
    if not ways.resume:
        return run, {}
    found = unfinished(assistant.store, run)
    if not found:
        raise MisuseError(
            "--resume: no run of this set, store, code and these settings stopped half way; leave --resume out"
        )
    print(f"going on with {found.id}: {len(found.results)} questions were asked", file=sys.stderr)
    return replace(found, results=()), {result.id: result for result in found.results}


@contextmanager
def _kept(assistant: Assistant, run: Run, known: Known, ways: Ways) -> Iterator[Keeper | None]:
    """Who keeps the results in the store; None where that is not wanted or the store cannot be written."""
    keeper: Keeper | None = Keeper(assistant.store, run, known=len(known)) if ways.keep else None
    try:
        if keeper and not ways.resume:
            keeper.begin()
    except StoreError as error:
        print(f"the run is not kept in the store: {error}", file=sys.stderr)
        keeper = None
    with _alone(assistant.store.settings.store, run) if keeper else nullcontext():
        try:
            yield keeper
        except BaseException:
            if keeper:
                with suppress(StoreError):  # what ended the run is what a person has to see
                    keeper.flush()
                print("what was asked is kept; go on with the same command and --resume", file=sys.stderr)
            raise


@contextmanager
def _alone(folder: Path, run: Run) -> Iterator[None]:
    """Nobody else on this machine asks for the same run meanwhile.

    Raises:
        MisuseError: somebody does.
    """
    from filelock import FileLock, Timeout

    path = folder / f"run-{run.id}.lock"
    try:
        with FileLock(path, timeout=0):
            yield
            path.unlink(missing_ok=True)
    except Timeout as error:
        raise MisuseError(f"--resume: {run.id} is still being asked by another process; wait for it") from error


@contextmanager
def _bar(pairs: Sequence[Pair], known: Known) -> Iterator[Callable[[Result], None]]:
    """A progress bar with the running scores."""
    from tqdm import tqdm

    right, asked = sum(one.is_right for one in known.values()), len(known)
    with tqdm(
        total=_number_asked(pairs), initial=asked, desc="asking", unit="question", disable=not sys.stderr.isatty()
    ) as bar:

        def advance(result: Result) -> None:
            nonlocal right, asked
            right, asked = right + result.is_right, asked + 1
            bar.set_postfix_str(f"{right / asked:.1%} right", refresh=False)
            bar.update()

        yield advance


@contextmanager
def _lines(run: str, pairs: Sequence[Pair], known: Known) -> Iterator[Callable[[Result], None]]:
    """A line at the beginning and after each question (`told_progress`), for a program that reads them."""
    right, asked, total = sum(one.is_right for one in known.values()), len(known), _number_asked(pairs)

    def advance(result: Result) -> None:
        nonlocal right, asked
        right, asked = right + result.is_right, asked + 1
        print(told_progress(run, asked, total, right), file=sys.stderr, flush=True)

    print(told_progress(run, asked, total, right), file=sys.stderr, flush=True)
    yield advance


def told_progress(run: str, asked: int, total: int, right: int) -> str:
    """`run ID: 12 of 322 questions asked, 11 right`; questions that others say in other words count as well."""
    return f"run {run}: {asked} of {total} questions asked, {right} right"


def _number_asked(pairs: Sequence[Pair]) -> int:
    return len({pair.id for pair in pairs} | {pair.original.id for pair in pairs if pair.original})


def _required(option: str) -> "ModelSettings":
    from eval.judging import require_model

    return require_model(option=option)


def _named(model: "ModelSettings | None") -> str | None:
    """What a run says of its writer and its judge: nothing of how they are reached but the host."""
    from eval.judging import judge_name

    return judge_name(model) if model else None


def _judged(results: Sequence[Result], pairs: Sequence[Pair], judge: "ModelSettings") -> Sequence[Result]:
    from tqdm import tqdm

    from eval.judging import judge_all, reference_of, unjudged_line

    with tqdm(total=len(results), desc="judging", unit="answer", disable=not sys.stderr.isatty()) as bar:

        def advance(_: Any) -> None:
            bar.update()

        judged = judge_all(results, {pair.id: reference_of(pair) for pair in pairs}, judge, advance)
    if line := unjudged_line(judged):
        print(line, file=sys.stderr)
    return judged.results

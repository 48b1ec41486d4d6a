"""The evaluation itself is tested: known faults in the answerer each move the metric that should see them.

By how much at least is stated, and what a fault must leave alone. The faults spoil real answers over the sample
corpus; the stale store is a real one, of documents as they were before they were changed.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.answer import ANSWERED, REFUSED, Answer, Statement, cite
from assistant.assistant import Assistant
from assistant.mend import History, Mend
from assistant.question import UNCHANGED
from eval.qa import Pair, read_pairs
from eval.result import summarise
from eval.run import evaluate
from eval.scores import METRICS
from index.settings import Settings
from index.store import Store
from index.sync import build

EVERY = 3
"""One question in so many is asked again for each fault."""
STILL = 0.02
"""What a metric that a fault must leave alone may move."""


class Spoilt(Assistant):
    """An assistant whose every answer is spoilt in one way before it is scored."""

    def __init__(self, store: Store, spoil: Callable[["Spoilt", Answer], Answer]) -> None:
        """Answer from `store`, through `spoil`."""
        super().__init__(store)
        self._spoil = spoil
        self.before: Answer | None = None

    def ask(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Answer:
        """Answer as ever, then spoil."""
        return self._spoil(self, super().ask(question, history, mend))


def _texts(answer: Answer, change: Callable[[str], str]) -> Answer:
    return replace(answer, statements=tuple(replace(one, text=change(one.text)) for one in answer.statements))


def wrong_number(_: Spoilt, answer: Answer) -> Answer:
    """Every digit becomes the next one."""
    return _texts(answer, lambda text: text.translate(str.maketrans("0123456789", "1234567890")))


def wrong_currency(_: Spoilt, answer: Answer) -> Answer:
    """Euros become lei, all else euros."""
    return _texts(answer, lambda text: re.sub(r"EUR|USD|RON", lambda m: "RON" if m[0] == "EUR" else "EUR", text))


def dropped_citation(_: Spoilt, answer: Answer) -> Answer:
    """The last citation is gone, and its marks with it."""
    last = len(answer.citations)
    statements = tuple(replace(one, cites=tuple(n for n in one.cites if n != last)) for one in answer.statements)
    return replace(answer, statements=statements, citations=answer.citations[:-1])


def dangling_citation(_: Spoilt, answer: Answer) -> Answer:
    """Every statement has a mark for a citation that is not there."""
    statements = tuple(replace(one, cites=(*one.cites, 99)) if one.cites else one for one in answer.statements)
    return replace(answer, statements=statements)


def wrong_quote(_: Spoilt, answer: Answer) -> Answer:
    """Quotes lack their first character."""
    return replace(answer, citations=tuple(replace(one, quote=one.quote[1:]) for one in answer.citations))


def wrong_project(assistant: Spoilt, answer: Answer) -> Answer:
    """The answer, whole and well cited, to the question before."""
    before, assistant.before = assistant.before, answer
    return before or answer


def half_a_list(_: Spoilt, answer: Answer) -> Answer:
    """Of several statements the last is left out."""
    return replace(answer, statements=answer.statements[: max(len(answer.statements) - 1, 1)])


def refusal_of_everything(_: Spoilt, answer: Answer) -> Answer:
    """No."""
    return replace(answer, status=REFUSED, statements=(Statement("No.", is_remark=True),), citations=())


def answer_to_everything(assistant: Spoilt, answer: Answer) -> Answer:
    """Where it would refuse, the passage that is nearest."""
    if answer.status == ANSWERED:
        return answer
    passage = assistant.store.search(answer.question, 1)[0].passage
    citation = cite(1, assistant.store.document(passage.document_id), passage.span, None)
    return replace(answer, status=ANSWERED, statements=(Statement(f"“{citation.quote}”", (1,)),), citations=(citation,))


@dataclass(frozen=True)
class Fault:
    """A fault, by how much it moves a metric at least, and what it must leave alone."""

    spoil: Callable[[Spoilt, Answer], Answer]
    moves: Mapping[str, float]
    leaves: Sequence[str] = ()

    def __str__(self) -> str:
        return self.spoil.__name__


FAULTS = (  # each stated at some three quarters of what it moved over a third of the shipped set
    Fault(
        wrong_number,
        {"correctness": -0.25, "fact_recall": -0.25, "citation_recall": -0.5},
        ("wrong_refusals", "source_recall", "verbatim"),
    ),
    Fault(wrong_currency, {"correctness": -0.1, "citation_recall": -0.15}, ("wrong_refusals", "source_recall")),
    Fault(
        dropped_citation,
        {"source_recall": -0.45, "correct_and_cited": -0.5, "citation_recall": -0.5},
        ("correctness", "verbatim"),
    ),
    Fault(dangling_citation, {"citation_precision": -0.9, "citation_recall": -0.95}, ("correctness", "source_recall")),
    Fault(wrong_quote, {"verbatim": -0.99, "citation_recall": -0.95}, ("correctness", "source_recall")),
    Fault(
        wrong_project,
        {"correctness": -0.65, "source_recall": -0.65, "source_precision": -0.6},
        ("verbatim", "citation_recall"),
    ),
    Fault(half_a_list, {"fact_recall": -0.1, "correctness": -0.15}, ("verbatim", "wrong_refusals")),
    Fault(refusal_of_everything, {"wrong_refusals": 0.75, "correct_and_cited": -0.7}, ("retrieval_recall@5",)),
    Fault(answer_to_everything, {"wrong_answers": 0.75, "refusal_accuracy": -0.1}, ("verbatim",)),
)


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Iterator[Store]:
    with closing(Store(Settings(sample_store))) as opened:
        yield opened


@pytest.fixture(scope="module")
def pairs(root: Path) -> list[Pair]:
    return read_pairs(root / "eval" / "sample.jsonl")[::EVERY]


@pytest.fixture(scope="module")
def honest(store: Store, pairs: list[Pair]) -> dict[str, float]:
    return summarise(evaluate(Assistant(store), pairs))


def _check(fault: Fault, honest: Mapping[str, float], spoilt: Mapping[str, float]) -> None:
    for metric, least in fault.moves.items():
        moved = spoilt[metric] - honest[metric]
        assert moved * least > 0, (metric, moved)
        assert abs(moved) >= abs(least), (metric, moved)
        is_worse = (moved > 0) == METRICS[metric].lower_is_better
        assert is_worse, metric
    for metric in fault.leaves:
        assert spoilt[metric] == pytest.approx(honest[metric], abs=STILL, nan_ok=True), metric


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_moves_the_metric_that_should_see_it(
    store: Store, pairs: list[Pair], honest: dict[str, float], fault: Fault
) -> None:
    _check(fault, honest, summarise(evaluate(Spoilt(store, fault.spoil), pairs)))


class Stale(Assistant):
    """Answers from an old store; what it is asked for, and what it cites, is looked up in the new one."""

    def __init__(self, store: Store, old: Store) -> None:
        """Answer from `old` where `store` is what the documents are now."""
        super().__init__(store)
        self._old = Assistant(old)

    def ask(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Answer:
        """Answer as the old store has it."""
        return self._old.ask(question, history, mend)


@pytest.fixture(scope="module")
def stale(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Build a store of the sample as it was before its pages had their figures put right and an introduction added."""
    folder = tmp_path_factory.mktemp("stale")
    shutil.copytree(sample, folder / "docs")
    for path in (folder / "docs").iterdir():
        if path.suffix in (".md", ".html"):
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"\b(\d[\d.,]*\d)\b(?= ?(EUR|USD|RON|lei))", r"1\1", text), encoding="utf-8")
    build(Settings(folder / "store"), [folder / "docs"])
    with closing(Store(Settings(folder / "store"))) as opened:
        yield opened


def test_a_stale_store_is_seen(store: Store, stale: Store, pairs: list[Pair], honest: dict[str, float]) -> None:
    fault = Fault(wrong_quote, {"verbatim": -0.2, "correctness": -0.1}, ("wrong_refusals",))
    _check(fault, honest, summarise(evaluate(Stale(store, stale), pairs)))

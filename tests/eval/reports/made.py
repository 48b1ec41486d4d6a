"""Results and runs made by hand for tests of reports."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eval.compare import Comparison, compare
from eval.result import Quoted, Result, Run
from eval.scores import unscored

RIGHT = unscored() | {"correct_and_cited": 1.0, "correctness": 1.0, "wrong_refusals": 0.0, "source_recall": 1.0}
UNCITED = RIGHT | {"correct_and_cited": 0.0, "source_recall": 0.5}
REFUSED = RIGHT | {"correct_and_cited": 0.0, "correctness": 0.0, "wrong_refusals": 1.0, "source_recall": 0.0}
SILENT, TALKATIVE = unscored() | {"wrong_answers": 0.0}, unscored() | {"wrong_answers": 1.0}

QUOTE = Quoted(1, "Lamp Hill", "lamps.pdf", 2, 10, 28, "Budget: 40,000 EUR")
ONE = Result(
    id="budget-lamp-hill", pair="b1", kind="field", language="en", question="What was the budget of Lamp Hill?",
    history=(), answerable=True, of="", expected=("40,000 EUR", "EUR 40,000"),
    sources=("lamps.pdf: “Budget: 40,000 EUR”",), status="answered",
    answer="Lamp Hill – Budget: “40,000 EUR” [1]", plan="budget of Lamp Hill", citations=(QUOTE,), met=(0,),
    scores=RIGHT, elapsed_ms=20.0,
)  # fmt: skip
FEW = (
    ONE,
    replace(
        ONE, id="funder-lamp-hill", pair="b2", question="Who funded it?", history=(ONE.question,),
        scores=REFUSED, status="refused", answer="The documents do not say.", citations=(), met=(), elapsed_ms=1_234.0,
        failures=("it was not answered, though lamps.pdf holds the answer",),
    ),
    replace(
        ONE, id="list-partners-ro", pair="b3", kind="list", language="ro",
        question="Ce parteneri are Lamp Hill în țară?", scores=UNCITED, failures=("it does not cite lamps.pdf",),
    ),
    replace(
        ONE, id="mayor", pair="b4", kind="unanswerable", question="Who is the mayor of Lamp Hill?", answerable=False,
        expected=(), sources=(), scores=TALKATIVE, failures=("it was answered, though the documents do not say",),
    ),
    replace(
        ONE, id="moon", pair="b5", kind="unanswerable", question="What was the budget of Moon Hill?", answerable=False,
        expected=(), sources=(), scores=SILENT, status="refused", answer="No such project.", citations=(), met=(),
    ),
)  # fmt: skip
"""Right, refused, answered without its sources, answered though nothing answers, and rightly refused."""


def run(results: Sequence[Result] = FEW, **changes: Any) -> Run:
    """Make a run of these results."""
    made = Run(
        id="run-1", made_at="2026-11-26T10:14:05+00:00", qa="lamps.jsonl", qa_sha256="a1" * 32, corpus_sha256="b2" * 32,
        generation=3, embedding_model="all-MiniLM-L6-v2 (53aa51172d142c89)", code="0.1.0 (c3d4)", seed=7,
        settings={"top_k": 5, "reranker": ""}, results=tuple(results),
    )  # fmt: skip
    return replace(made, **changes)


def before() -> Comparison:
    """Compare with an earlier run in which `mayor` went right and `moon` wrong."""
    earlier = {"mayor": replace(FEW[3], scores=SILENT), "moon": replace(FEW[4], scores=TALKATIVE)}
    return compare(run([earlier.get(one.id, one) for one in FEW], id="run-0"), run(), seed=1)

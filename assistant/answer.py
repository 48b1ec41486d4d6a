"""Answer and Citation: what a question comes back with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.document import Document, Span
from corpus.record import Project

ANSWERED, REFUSED, CLARIFY = "answered", "refused", "clarify"
EXTRACTIVE, LLM = "extractive", "llm"
"""Modes: who has written what an answer states, the documents themselves or a language model."""
SUM, AVERAGE, COUNT, DIFFERENCE, SHARE, RANK, DURATION, TOTAL = (
    "sum", "average", "count", "difference", "share", "rank", "duration_months", "total",
)  # fmt: skip
"""Kinds of derived figures."""
AMOUNT, MONTHS, DAYS, START, END, QUOTES = "amount", "months", "days", "start", "end", "quotes"
"""What a derived figure is computed from: a quote's money or number, its period's length, start or end, or itself."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document that a statement rests on; `quote` is exactly the document's text at `span`.

    `decisive` are spans within it that decide the question, in order, none overlapping; empty where none stands out.
    """

    n: int
    project: str | None
    project_id: str | None
    document: str
    document_id: str
    page: int | None
    span: Span
    quote: str
    decisive: tuple[Span, ...] = ()


MANY = 5
"""Citations in a row that are marked as one run."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that no quote holds, and the numbers of the citations whose quotes it is computed from.

    - `sum`, `average`: of one value a citation, all of one currency; an average may be rounded to its places.
    - `count`: how many different projects, or documents where they describe none, the citations are of; with
      `quotes` as its measure, how many different words are cited, such as names of partners.
    - `difference`: between two, without its sign. `share`: the first in percent of all the others together.
    - `rank`: the place of the first among all, from the largest or latest, 1, or from the smallest or earliest, -1.
    - `duration_months`: the length of the one quote's period, as `assistant.derived.months` counts it.
    - `total`: a count that no quote holds, such as that of all records; `from_` is empty and the caller of the check
      vouches for it.

    `values` are needed only where a quote holds several values: which of them is meant, one for each of `from_`.
    """

    kind: str
    value: Decimal
    currency: str | None = None
    from_: tuple[int, ...] = ()
    measure: str = AMOUNT
    values: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or line of an answer without its markers, and the numbers of the citations it rests on.

    A remark says what was not found; it rests on nothing and holds no figure but those of the question, of titles and
    derived totals. A sentence of a draft that only connects others `is_connecting`: it rests on nothing, states no
    figure and no name, and is shown as what it is.
    """

    text: str
    cites: tuple[int, ...] = ()
    is_remark: bool = False
    derived: tuple[Derived, ...] = ()
    is_connecting: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole of it: `status` is `answered`, `refused` or `clarify`; `plan` says how the question was understood.

    `mode` is `extractive`, or `llm` where a language model has written what is stated; `notice` tells what else has to
    be known of that: that something was left out, or that the model gave no answer.
    """

    question: str
    status: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    plan: str
    language: str
    mode: str = EXTRACTIVE
    elapsed_ms: float = 0.0
    notice: str = ""

    @property
    def text(self) -> str:
        """The statements with their markers, a line each."""
        return "\n".join(render(statement) for statement in self.statements)


def is_checked(answer: Answer) -> bool:
    """Whether it states something, and every statement carries what it rests on; each was held against that before."""
    stated = [one for one in answer.statements if not (one.is_remark or one.is_connecting)]
    return answer.status == ANSWERED and bool(stated) and all(one.cites or one.derived for one in stated)


def render(statement: Statement) -> str:
    """A statement followed by its markers: `… [1] [2]`, or `… [3]–[9]` for many in a row."""
    runs = ("–".join(f"[{n}]" for n in dict.fromkeys(run)) for run in marked(statement.cites))
    return " ".join([statement.text, *runs])


def marked(cites: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of the citations in a row, each by itself where they are few."""
    at = 0
    while at < len(cites):
        stop = at + 1
        while stop < len(cites) and cites[stop] == cites[stop - 1] + 1:
            stop += 1
        if stop - at < MANY:
            stop = at + 1
        yield cites[at], cites[stop - 1]
        at = stop


def cite(n: int, document: Document, span: Span, project: Project | None) -> Citation:
    """The citation of `span`, its quote taken from the document itself."""
    title, identity = (project.title, project.id) if project else (None, None)
    page = document.page_of(span.start)
    return Citation(n, title, identity, document.source, document.id, page, span, span.of(document.text))


def pieces_of(citation: Citation) -> Iterator[tuple[str, bool]]:
    """The quote in pieces, in order, each with whether it is decisive."""
    at = citation.span.start
    for span in citation.decisive:
        yield citation.quote[at - citation.span.start : span.start - citation.span.start], False
        yield citation.quote[span.start - citation.span.start : span.end - citation.span.start], True
        at = span.end
    yield citation.quote[at - citation.span.start :], False


def place_of(citation: Citation) -> str:
    """The document, and the page where it has pages, for a person to find: `report.pdf, page 2`."""
    return citation.document + (f", page {citation.page}" if citation.page else "")


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer in the schema that programs read."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "status": answer.status,
        "mode": answer.mode,
        "language": answer.language,
        "plan": answer.plan,
        "citations": [citation_to_json(citation) for citation in answer.citations],
        "elapsed_ms": round(answer.elapsed_ms, 1),
        **({"notice": answer.notice} if answer.notice else {}),
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation in that schema."""
    return {
        "n": citation.n,
        "project": citation.project,
        "project_id": citation.project_id,
        "document": citation.document,
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "decisive": [[span.start, span.end] for span in citation.decisive],
    }


def numbered(citations: Sequence[Citation]) -> dict[int, Citation]:
    """Citations by their number."""
    return {citation.n: citation for citation in citations}

"""A conversation as HTML: each question with its answer, the markers of its sources, and what can be done with it.

What is shown of an answer is told here, how it looks in `turn.jinja`. Knows no Gradio.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.answer import LLM, Answer, Citation, Statement, is_checked, marked
from assistant.copied import with_references
from assistant.mend import Earlier, Mend
from assistant.panels.growing import Halt
from assistant.question import UNCHANGED
from assistant.understood import Understood
from assistant.written import connects, is_sentence, is_written
from index.panels.frame import Frame

TEMPLATE = Path(__file__).with_name("turn.jinja")
LONGEST_GLANCE = 400
"""Characters of a quote that are shown beside a marker; the whole of it is in the source pane."""
ROW, RULE = "| ", "|-"
"""How a row of a table begins in an answer's text, and the row of dashes under its head."""
ITEM = re.compile(r"(?:[-–•*]|\d{1,2}[.)])\s")
"""How an item of a list begins, as language models write them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it.

    `trouble` takes the answer's place where there is none; `name` is that of the exchange in the store, or only of this
    page where it could not be kept. `understood` is known as long as the page is open. `verdict` is what the visitor
    said of it. `model` is the language model that was asked to write, where one was; `halt` stops an answer that is
    still being looked for or written, and is there no longer than that.
    """

    question: str
    answer: Answer | None = None
    trouble: str = ""
    name: str = ""
    is_kept: bool = True
    generation: int = 0
    understood: Understood | None = None
    understood_line: str = ""
    suggestions: tuple[str, ...] = ()
    verdict: str = ""
    is_commented: bool = False
    mend: Mend = UNCHANGED
    model: str = ""
    halt: Halt | None = field(default=None, compare=False)

    @property
    def earlier(self) -> Earlier:
        """The turn as a later question leans on it."""
        return Earlier(self.question, self.mend, self.answer.text if self.answer else "")

    @property
    def is_growing(self) -> bool:
        """Whether more of its answer is to come."""
        return self.halt is not None and self.answer is not None


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation's number in the text: where it leads, and the words that it stands for."""

    n: int
    href: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as it is shown; `runs` are its markers, first and last where many follow on each other.

    Of a row of a table, its `cells`. One that `is_connecting` rests on nothing, and is shown so.
    """

    text: str
    runs: tuple[tuple[Marker, ...], ...]
    cells: tuple[str, ...] = ()
    is_remark: bool = False
    is_connecting: bool = False


TABLE, PARAGRAPH = "table", "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: rows of a table, or the sentences of a paragraph."""

    kind: str
    lines: tuple[Line, ...]


def turn_html(frame: Frame, turn: Turn, number: int, *, is_last: bool = False) -> Markup:
    """One turn, `number` counted from 1; the last one offers what to ask next."""
    answer = turn.answer
    markers = {one.n: marker_of(frame, turn, one) for one in answer.citations} if answer else {}
    return frame.render(
        TEMPLATE, turn=turn, number=number, is_last=is_last, answer=answer,
        blocks=list(blocks_of(answer, markers)) if answer else [], markers=list(markers.values()),
        is_checked=answer is not None and is_checked(answer), is_written=answer is not None and is_written(answer),
        is_connected=answer is not None and connects(answer),
        copied=with_references(answer, turn.model) if answer and not turn.is_growing else "",
    )  # fmt: skip


def marker_of(frame: Frame, turn: Turn, citation: Citation) -> Marker:
    """The marker of a citation: it leads to the words as they were quoted; of an answer not kept, to the document."""
    where = {"start": citation.span.start, "end": citation.span.end}
    conversation, _, position = turn.name.rpartition("/")
    href = (
        f"{frame.base}/citations/{conversation}/{position}/{citation.n}"
        if turn.is_kept
        else f"{frame.base}/passages/{citation.document_id}?{urlencode(where)}"
    )
    quote = " ".join(citation.quote.split())
    glance = quote if len(quote) <= LONGEST_GLANCE else quote[:LONGEST_GLANCE].rsplit(" ", 1)[0] + " …"
    return Marker(citation.n, href, glance, turn.answer.language if turn.answer else frame.language)


def mends_of(turn: Turn) -> dict[str, Mend]:
    """What the question can be changed to, by a key for buttons: a part taken out or put back, another choice of it."""
    if turn.understood is None:
        return {}
    found = {}
    for at, part in enumerate((*turn.understood.parts, *turn.understood.left_out)):
        if part.removed is not None:
            found[f"{at}"] = part.removed
        found |= {f"{at}.{number}": choice.mend for number, choice in enumerate(part.choices)}
    return found


def blocks_of(answer: Answer, markers: Mapping[int, Marker]) -> Iterator[Block]:
    """The answer's lines: rows that follow on each other together, and what a model has written as it would be read.

    What is quoted or looked up has a paragraph for each line.
    """
    for is_rows, group in groupby(answer.statements, key=lambda one: one.text.startswith((ROW, RULE))):
        said = list(group)
        # What a document says may begin like a row, too.
        is_table = is_rows and said[0].text.startswith(ROW) and len(said) > 1 and said[1].text.startswith(RULE)
        if is_table:
            rows = (line_of(one, markers, is_row=True) for one in said if not one.text.startswith(RULE))
            yield Block(TABLE, tuple(rows))
        else:
            yield from paragraphs([line_of(one, markers) for one in said], is_fluent=answer.mode == LLM)


def paragraphs(lines: Sequence[Line], *, is_fluent: bool) -> Iterator[Block]:
    """A paragraph for each line, or where it `is_fluent`, for sentences in a row that are no items of lists."""
    for runs_on, group in groupby(lines, key=lambda line: is_fluent and _runs_on(line)):
        if runs_on:
            yield Block(PARAGRAPH, tuple(group))
        else:
            yield from (Block(PARAGRAPH, (line,)) for line in group)


def _runs_on(line: Line) -> bool:
    return not line.is_remark and ITEM.match(line.text) is None and is_sentence(line.text)


def line_of(statement: Statement, markers: Mapping[int, Marker], *, is_row: bool = False) -> Line:
    """One statement with its markers."""
    runs = tuple(tuple(markers[n] for n in dict.fromkeys(run) if n in markers) for run in marked(list(statement.cites)))
    cells = _cells(statement.text) if is_row else ()
    return Line(statement.text, runs, cells, statement.is_remark, statement.is_connecting)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))

"""A conversation as a document: each question with its answer, every statement with footnotes to the words it rests on.

The frame is in the language of the page, an answer in its own. Does not know how answers are found or kept.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Protocol

from babel.dates import format_datetime

from assistant.answer import Answer, is_checked, numbered
from assistant.paper import HEADING, IDEA, TEXT, TITLE, Paper, Paragraph, Piece, Table, marks_of, one_line
from assistant.phrases import VERDICTS
from assistant.reference import note_of, written_in
from assistant.written import by_whom, connecting, connects, is_sentence, is_written

LONGEST_HEADING = 160
"""Characters of a question that stand in its heading; of a longer one, such as a whole draft, the rest stands below."""
_WORDS = {
    "en": {
        "title": "Questions and answers",
        "asked": "Asked:",
        "understood": "Understood as:",
        "checked": "Every statement was checked against the words it rests on.",
        "partly": "Not every statement has a source; those without one only say what was not found.",
        "uncited": "Nothing is stated, so nothing is cited.",
        "none": "Nothing was asked.",
    },
    "ro": {
        "title": "Întrebări și răspunsuri",
        "asked": "Întrebat la:",
        "understood": "Înțeles ca:",
        "checked": "Fiecare afirmație a fost verificată față de cuvintele pe care se sprijină.",
        "partly": "Nu fiecare afirmație are o sursă; cele fără sursă spun doar ce nu s-a găsit.",
        "uncited": "Nu se afirmă nimic, deci nu se citează nimic.",
        "none": "Nu s-a întrebat nimic.",
    },
}


class Asked(Protocol):
    """What was asked and what came of it; `asked_at` is a moment, ISO 8601."""

    @property
    def answer(self) -> Answer:
        """The answer, which holds the question."""

    @property
    def asked_at(self) -> str:
        """When it was asked."""

    @property
    def understood(self) -> str:
        """How the page told the question was understood; empty where only the answer's plan tells it."""

    @property
    def model(self) -> str:
        """The name of the language model that was asked to write; empty where none was or it is not known."""


def transcript_docx(exchanges: Sequence[Asked], language: str) -> bytes:
    """The conversation as a Word document; a citation used again is the same footnote, referred to."""
    from assistant.paper_word import paper_docx

    return paper_docx(transcript(exchanges, language))


def transcript_markdown(exchanges: Sequence[Asked], language: str) -> str:
    """The conversation as Markdown with `[^1]` footnotes."""
    from assistant.paper_markdown import paper_markdown

    return paper_markdown(transcript(exchanges, language))


def transcript_pdf(exchanges: Sequence[Asked], language: str) -> bytes:
    """The conversation as a PDF; the same bytes for the same conversation."""
    from assistant.paper_pdf import paper_pdf

    return paper_pdf(transcript(exchanges, language))


def transcript(exchanges: Sequence[Asked], language: str) -> Paper:
    """The conversation before it is written in any format; it is of the day of its last question."""
    language = written_in(language)
    words = _WORDS[language]
    blocks: list[Paragraph | Table] = [Paragraph(TITLE, (Piece(words["title"]),))]
    notes: list[str] = []
    for one in exchanges:
        blocks += _question(one, language)
        cited = numbered(one.answer.citations)
        used = [tuple(n for n in dict.fromkeys(said.cites) if n in cited) for said in one.answer.statements]
        marks, hung = marks_of(used, len(notes) + 1)
        notes += [note_of(cited[n], language, _moment(one).date()) for n in hung]
        pieces = [
            Piece(said.text, mark, is_unsourced=said.is_connecting)
            for said, mark in zip(one.answer.statements, marks, strict=True)
        ]
        shown = _statements(pieces, one.answer.language, is_fluent=is_written(one.answer))
        blocks += [*shown, *_notice(one.answer), _understood(one, language)]
    if not exchanges:
        blocks.append(Paragraph(TEXT, (Piece(words["none"]),)))
    return Paper(words["title"], language, _day(exchanges), tuple(blocks), tuple(notes))


def _question(asked: Asked, language: str) -> Iterator[Paragraph]:
    """The question, when it was asked, and where it was not answered, that."""
    answer, question = asked.answer, one_line(asked.answer.question)
    told = question if len(question) <= LONGEST_HEADING else question[:LONGEST_HEADING].rsplit(" ", 1)[0] + " …"
    yield Paragraph(HEADING, (Piece(told or "…"),), language=answer.language)
    if told != question:
        yield Paragraph(IDEA, (Piece(question),), language=answer.language)
    moment = _moment(asked)
    zone = " UTC" if moment.tzinfo else ""
    when = format_datetime(moment.replace(tzinfo=None), "d MMMM y, HH:mm", locale=language) + zone
    yield Paragraph(TEXT, (Piece(when),), _WORDS[language]["asked"])
    if answer.status in VERDICTS[language]:
        yield Paragraph(TEXT, (), VERDICTS[language][answer.status])


def _understood(asked: Asked, language: str) -> Paragraph:
    words, answer = _WORDS[language], asked.answer
    found = words["checked" if is_checked(answer) else "partly" if answer.citations else "uncited"]
    told = [by_whom(language, asked.model) if is_written(answer) else found]
    if connects(answer):
        told.append(connecting(language))
    plan = one_line(asked.understood or answer.plan)
    pieces = [f"{plan}.", *told] if plan else told
    return Paragraph(TEXT, tuple(map(Piece, pieces)), words["understood"] if plan else "")


def _notice(answer: Answer) -> Iterator[Paragraph]:
    """What was left out of it, or why its model gave none."""
    if answer.notice:
        yield Paragraph(TEXT, (Piece(answer.notice, is_unsourced=True),), language=answer.language)


def _statements(said: Sequence[Piece], language: str, *, is_fluent: bool) -> Iterator[Paragraph | Table]:
    """A paragraph for each, or one of all in a row where they are sentences of a text; rows in a row make one table."""
    for is_rows, group in groupby(said, key=lambda one: one.words.startswith("|")):
        pieces = list(group)
        table = _table(pieces, language) if is_rows else None
        if table:
            yield table
        else:
            yield from _paragraphs(pieces, language, is_fluent=is_fluent)


def _paragraphs(said: Sequence[Piece], language: str, *, is_fluent: bool) -> Iterator[Paragraph]:
    for runs_on, group in groupby(said, key=lambda one: is_fluent and is_sentence(one.words)):
        if runs_on:
            yield Paragraph(TEXT, tuple(group), language=language)
        else:
            yield from (Paragraph(TEXT, (one,), language=language) for one in group)


def _table(rows: Sequence[Piece], language: str) -> Table | None:
    """Rows as a table, the marks behind the name that a row begins with; None where they make none."""
    head, body = _cells(rows[0].words), rows[2:]
    if head[-1] == "":
        head.pop()  # the page has a column for the marks
    told = [_cells(row.words) for row in body]
    if not (len(rows) > 1 and head and rows[1].words.startswith("|-") and all(len(one) == len(head) for one in told)):
        return None
    made = ((Piece(first, row.marks), *map(Piece, others)) for row, (first, *others) in zip(body, told, strict=True))
    return Table(tuple(head), tuple(made), language)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _moment(asked: Asked) -> datetime:
    """When it was asked, in UTC where it says its zone."""
    moment = datetime.fromisoformat(asked.asked_at)
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _day(exchanges: Sequence[Asked]) -> date | None:
    return max((_moment(one).date() for one in exchanges), default=None)

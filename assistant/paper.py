"""Paper: what is handed on as a document, before it is Word, Markdown or PDF: paragraphs, tables and their footnotes.

Holds plain text only; what writes it escapes it. Does not know what it is about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.answer import marked
from corpus.spreadsheets import UNWRITABLE

TITLE, IDEA, HEADING, TEXT, ITEM = "title", "idea", "heading", "text", "item"
"""Kinds of paragraphs: a paper has one title; an idea is what somebody else wrote."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's number behind some words, or those from `first` to `last`; `is_new` where the note itself hangs."""

    first: int
    last: int
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and the footnotes behind them; set apart where they `is_unsourced`: a draft's connecting sentences."""

    words: str
    marks: tuple[Mark, ...] = ()
    is_unsourced: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces with spaces between them, behind a label in bold; `language` where it is not the paper's own."""

    kind: str
    pieces: tuple[Piece, ...]
    label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, all of one width; the first cell of a row says what the row is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """All of it, in `language` (`en` or `ro`), as of a day; notes are numbered from 1, in the order they hang in."""

    title: str
    language: str
    day: date | None
    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[str, ...]


def new_note(number: int) -> tuple[Mark, ...]:
    """The mark of a footnote that hangs here and is referred to nowhere else."""
    return (Mark(number, number, is_new=True),)


def marks_of(cited: Sequence[Sequence[int]], first: int) -> tuple[list[tuple[Mark, ...]], list[int]]:
    """The marks of statements that cite by numbers of their own, and these numbers in the order their notes hang in.

    Notes are counted from `first`; within a statement no number stands twice.

    A note hangs where it is first cited by itself; many in a row are told as "1–9" where the notes hang further on.
    """
    alone = {a for numbers in cited for a, b in marked(numbers) if a == b}
    hung: dict[int, tuple[int, int]] = {}
    for at, numbers in enumerate(cited):
        for a, b in marked(numbers):
            for n in range(a, b + 1):
                if n not in hung and (a == b or n not in alone):
                    hung[n] = at, first + len(hung)
    return [tuple(_marks([hung[n] for n in numbers], at)) for at, numbers in enumerate(cited)], list(hung)


def _marks(notes: Sequence[tuple[int, int]], at: int) -> Iterator[Mark]:
    for is_new, group in groupby(notes, key=lambda one: one[0] == at):
        numbers = [number for _, number in group]
        yield from (Mark(n, n, is_new=True) for n in numbers) if is_new else (Mark(a, b) for a, b in marked(numbers))


def clean(text: str) -> str:
    """Text without the characters that no document can hold; where one was, it shows, unless it only parts words."""
    return UNWRITABLE.sub(lambda one: " " if one[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The same on one line, a space for each stretch of white space."""
    return clean(" ".join(text.split()))

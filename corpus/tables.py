"""Tables with a row for each project, in a page that is no register: told by what their header says.

A table whose rows are a label and its value belongs to one project and is `corpus.pieces`' affair.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.labels import Meaning, meaning_of
from corpus.pieces import Fact
from corpus.words import fold

FEWEST_COLUMNS = 3
ENOUGH_WITHOUT_TITLE = 3
"""Kinds of field that the header of a table has to name where it names no title column: a table of the years of one
grant, or of the partners in one project, has two."""
TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b.*|sum|suma|total(?:ul)?(?: general)?|in total")
NUMBER_HEAD = re.compile(r"(?:no|nr|nr crt|crt|#|item|pos|row|numar)")
PART = re.compile(
    r"activit\w*|work ?packages?|tasks?|outputs?|deliverables?|indicators?|expens\w*|items?|lots?|stages?"
    r"|phases?|steps?|events?"
    r"|roles?\b|persons?|staff|experts?|etap\w*|livrabil\w*|indicator\w*|cheltui\w*|rezultat\w*|evenimente?"
    r"|actiun\w*|actions?\b|wp\b|produs\w*|products?\b|servici\w*|quantit\w*|cantitat\w*|pret\w*|prices?\b|authors?\b|autor\w*"
    r"|salar\w*|isbn|publisher|editura|phone|e-?mail|telefon"
)
"""Heads of columns that list the parts of one project, or things that are none."""
PERSON = re.compile(r"(?:sur)?names?|nume(?:le)?|prenume|partners?|parteneri?|countr(?:y|ies)|tara|years?|an(?:ul)?")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One row that describes a project: the index of its block, where its title stands, and its facts."""

    block: int
    title: Span
    facts: tuple[Fact, ...]
    is_project: bool
    """Whether the header calls the title that of a project."""


def find_rows(document: Document) -> list[ProjectRow]:
    """The rows that describe a project each, in order."""
    return [row for table in _tables(document) for row in _rows(document, table)]


def _tables(document: Document) -> Iterator[list[int]]:
    """Block indices of each table of three columns or more."""
    table: list[int] = []
    for index, block in enumerate(document.blocks):
        if table and (block.kind != "row" or block.level == 1):
            yield table
            table = []
        if block.kind == "row" and block.cells:
            table.append(index)
    if table:
        yield table


def _rows(document: Document, table: Sequence[int]) -> Iterator[ProjectRow]:
    text, blocks = document.text, document.blocks
    for at, header in enumerate(table[:2]):  # a caption may stand above the header
        labels = [" ".join(cell.of(text).split()) for cell in blocks[header].cells]
        meanings = [meaning_of(label) if label else None for label in labels]
        column = _title_column(labels, meanings)
        if column is None:
            continue
        for index in table[at + 1 :]:
            cells = blocks[index].cells
            title = cells[column] if column < len(cells) else None
            if title is None or not re.search(r"[^\W\d_]{2}", title.of(text)) or TOTAL.fullmatch(fold(title.of(text))):
                continue
            facts = tuple(_facts(document, index, labels, meanings, column))
            yield ProjectRow(index, title, facts, meanings[column] == Meaning("title", "project"))
        return


def _title_column(labels: Sequence[str], meanings: Sequence[Meaning | None]) -> int | None:
    """Which column holds the titles; None where this is no table of projects."""
    if sum(bool(label) for label in labels) < FEWEST_COLUMNS:
        return None
    names = {meaning.name for meaning in meanings if meaning}
    telling = names & {"period", "amount", "organisation", "reference", "programme"}
    if any(PART.match(fold(label)) for label in labels if label):
        return None
    titles = [at for at, meaning in enumerate(meanings) if meaning and meaning.name == "title"]
    called = bool(titles) and meanings[titles[0]] == Meaning("title", "project")
    if titles and PERSON.fullmatch(fold(labels[titles[0]])) and not telling >= {"period", "amount", "organisation"}:
        return None
    if titles and len(telling - {"reference"}) > (0 if called else 1):
        return titles[0]
    free = [at for at, label in enumerate(labels) if meanings[at] is None and not _is_number_head(label)]
    if free and len(telling) >= ENOUGH_WITHOUT_TITLE and free[0] <= 1 and not PERSON.fullmatch(fold(labels[free[0]])):
        return free[0]
    return None


def _is_number_head(label: str) -> bool:
    return not label or bool(NUMBER_HEAD.fullmatch(fold(label).replace(".", "").strip()))


def _facts(
    document: Document, index: int, labels: Sequence[str], meanings: Sequence[Meaning | None], column: int
) -> Iterator[Fact]:
    block = document.blocks[index]
    for at, cell in enumerate(block.cells[: len(labels)]):
        if at != column and not _is_number_head(labels[at]) and re.search(r"\w", cell.of(document.text)):
            yield Fact(labels[at], meanings[at], cell, block.span, index)

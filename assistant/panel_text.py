"""Text as HTML for the page: escaped, on one line, statements as paragraphs and comparisons as tables.

Everything that comes from a document or a visitor is escaped here. Knows no Gradio.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from assistant.answer import Statement, marked

ROW = "| "
"""How a row of a table begins in an answer's text; the row of dashes under the head begins `|-`."""


def literal(text: str) -> str:
    """Write text as one line of HTML that shows it as it is."""
    return re.sub(r"\r\n?|\n", "<br>", escape(text))


def one_line(text: str) -> str:
    """Write text as HTML with a space for each stretch of white space."""
    return escape(" ".join(text.split()))


def paragraphs(statements: Sequence[Statement], number: int) -> tuple[str, ...]:
    """The statements of answer `number` as HTML: a paragraph each, rows that follow on each other as one table."""
    made: list[str] = []
    for is_table, group in groupby(statements, key=lambda one: one.text.startswith("|")):
        if is_table:
            made.append(_table(list(group), number))
        else:
            made += [f"<p>{literal(one.text)}{_markers(one.cites, number)}</p>" for one in group]
    return tuple(made)


def _table(rows: Sequence[Statement], number: int) -> str:
    head, *body = [row for row in rows if row.text.startswith(ROW)]
    named = "".join(f"<th scope='col'>{literal(cell)}</th>" for cell in _cells(head.text))
    told = "".join(f"<tr>{''.join(_row(row, number))}</tr>" for row in body)
    return f"<table><thead><tr>{named}</tr></thead><tbody>{told}</tbody></table>"


def _row(row: Statement, number: int) -> Iterator[str]:
    first, *others = _cells(row.text)
    yield f"<th scope='row'>{literal(first)}</th>"
    yield from (f"<td>{literal(cell)}</td>" for cell in others)
    yield f"<td>{_markers(row.cites, number)}</td>"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _markers(cites: Sequence[int], number: int) -> str:
    runs = (dict.fromkeys(run) for run in marked(cites))
    linked = ("–".join(f'<a href="#source-{number}-{n}">[{n}]</a>' for n in run) for run in runs)
    return "".join(f" {run}" for run in linked)

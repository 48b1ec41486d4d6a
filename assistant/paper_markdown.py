"""A paper as Markdown with `[^1]` footnotes; whatever it says is shown as text and is never markup.

Every stretch of white space is one space, as it would be shown anyway.
"""

import re

from assistant.paper import HEADING, IDEA, ITEM, TEXT, TITLE, Mark, Paper, Paragraph, Piece, Table, one_line

BEGINNINGS = {TITLE: "# ", IDEA: "> ", HEADING: "## ", TEXT: "", ITEM: "- "}
MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~^$#@]")
"""What Markdown (CommonMark, GitHub's, Pandoc's) may read as more than itself, anywhere in a line."""
BEGINS = re.compile(r"\A(?:(?=[-+=%:])|(\(?(?:\d+|[ivxlcdmIVXLCDM]+|[A-Za-z]))(?=[.)](?:\s|\Z)))")
"""What it may read so at the beginning of a line: bullets, rules, the number of an item and the stop behind it."""


def paper_markdown(paper: Paper) -> str:
    """The whole text."""
    shown = [_table(block) if isinstance(block, Table) else _paragraph(block) for block in paper.blocks]
    listed = [f"[^{n}]: {escaped(note)}" for n, note in enumerate(paper.notes, start=1)]
    return "\n\n".join([*shown, *listed]) + "\n"


def escaped(text: str) -> str:
    """Text on one line, so that Markdown shows it as it is; not at the beginning of a line."""
    return MARKUP.sub(r"\\\g<0>", one_line(text))


def _paragraph(block: Paragraph) -> str:
    told = [_piece(piece) for piece in block.pieces]
    if block.label:
        told.insert(0, f"**{escaped(block.label)}**")
    elif told and block.kind not in (TITLE, HEADING):
        told[0] = BEGINS.sub(r"\g<1>\\", told[0])
    return BEGINNINGS[block.kind] + " ".join(told)


def _table(table: Table) -> str:
    rows = [[escaped(name) for name in table.head], ["---"] * len(table.head)]
    rows += [[_piece(piece) for piece in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _piece(piece: Piece) -> str:
    words = escaped(piece.words)
    return (f"*{words}*" if piece.is_unsourced and words else words) + " ".join(map(_mark, piece.marks))


def _mark(mark: Mark) -> str:
    return "–".join(f"[^{n}]" for n in dict.fromkeys((mark.first, mark.last)))

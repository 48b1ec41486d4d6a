"""Draft: what a reader of a format hands over, and the builder that keeps text and block spans in step."""

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Block, Span, canonical

LONGEST_WRAPPED_LINE = 120
"""Characters; a paragraph with a longer line was not wrapped by hand."""
LABELLED = re.compile(r"[^\W\d_][^:|.\n]{0,40}:\s")
SHORTEST_WRAPPED_LINE = 40
"""Characters; shorter lines are short because somebody wanted them so."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Canonical text with its blocks; `title` and `language` are empty where the format does not tell."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""


class DraftBuilder:
    """Appends blocks one after the other; blocks of the same tight kind (items, rows, meta) share one line break."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, text: str, kind: str, level: int = 0, *, tight: bool = False) -> None:
        """Append `text` as one block, on the next line if `tight`; white space around it is dropped.

        An empty block is no block.
        """
        text = canonical(text).strip()
        if not text:
            return
        if self._blocks:
            tight = tight or (kind in ("item", "row", "meta") and self._blocks[-1].kind == kind)
            self._append("\n" if tight else "\n\n")
        start = self._length
        self._append(text)
        self._blocks.append(Block(Span(start, self._length), kind, level))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def draft(self, title: str = "", language: str = "") -> Draft:
        """All of it, ended by a newline."""
        text = "".join(self._parts)
        return Draft(text + "\n" if text else "", tuple(self._blocks), title, language)


def unwrap(paragraph: str) -> str:
    """Turn the line breaks of a hand-wrapped paragraph into spaces; the length stays the same.

    A break is a wrap when the next line's first word would not have fitted on its line.
    """
    lines = paragraph.split("\n")
    width = max(map(len, lines))
    if not SHORTEST_WRAPPED_LINE <= width <= LONGEST_WRAPPED_LINE:
        return paragraph
    joined = lines[0]
    for line, following in pairwise(lines):
        first = following.split(" ", 1)[0]
        wrapped = (
            len(line) + 1 + len(first) > width
            and first[:1].isalnum()
            and not (LABELLED.match(following) and first[0].isupper())
        )
        joined += (" " if wrapped else "\n") + following
    return joined

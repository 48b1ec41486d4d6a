"""Facts of a project told in one line: `Lamps on Hills (2018–2021), funded by the Oak Fund, PI: Ana Pop, €65,000`.

Each piece between commas, dashes and brackets is looked at by itself: all of it a period, all of it an amount, a phrase
of giving with a name. Whether the line tells of a project is not decided here.
"""

import re
from collections.abc import Iterator

from corpus.amounts import find_money
from corpus.dates import read_period
from corpus.document import Document, Span
from corpus.labels import SPOKEN, Meaning, meaning_of
from corpus.pieces import Fact

LONGEST_PERIOD = 40
"""Characters of a piece that is a period and nothing else."""
CUT = re.compile(r"[,;](?!\d)\s*|(?<!\d{4})\s+[–—-]\s+|\.\s+(?=[A-ZȘȚŞŢÎÂĂ])|(?P<open>\()|(?P<close>\))")
DATED = re.compile(r"\b(?:19|20)\d\d\b")
CLOSED_WORDS = re.compile(r"[^\W\d_]{3,}")
"""Words; a piece with more than a few is a sentence in which a date or a sum is beside the point."""
MOST_WORDS = 4


def line_facts(document: Document, index: int) -> list[Fact]:
    """The facts of block `index`, the first period, every amount, every giver or partner, in order."""
    block = document.blocks[index]
    found: list[Fact] = []
    for piece in _pieces(document.text, block.span):
        fact = _fact(document.text, piece, index)
        if fact and fact.meaning and not (fact.meaning.name == "period" and any(_is_period(one) for one in found)):
            found.append(fact)
    return found


def _is_period(fact: Fact) -> bool:
    return fact.meaning is not None and fact.meaning.name == "period"


def _pieces(text: str, span: Span) -> Iterator[Span]:
    words, start = span.of(text), 0
    for match in CUT.finditer(words):
        yield from _trimmed(words, start, match.start(), span.start)
        start = match.end()
    yield from _trimmed(words, start, len(words), span.start)


def _trimmed(words: str, start: int, end: int, offset: int) -> Iterator[Span]:
    piece = words[start:end]
    if piece.strip(" .\n\xa0"):
        left = len(piece) - len(piece.lstrip(" .\n\xa0"))
        yield Span(offset + start + left, offset + start + len(piece.rstrip(" .\n\xa0")))


def _fact(text: str, piece: Span, index: int) -> Fact | None:
    words = piece.of(text)
    spoken = SPOKEN.match(words)
    if spoken and (meaning := meaning_of(spoken.group(1))):
        return Fact(spoken.group(1), meaning, Span(piece.start + spoken.end(), piece.end), piece, index)
    if len(CLOSED_WORDS.findall(words)) > MOST_WORDS:
        return None
    money = find_money(words)
    if len(money) == 1:
        value = Span(piece.start + money[0].start, piece.start + money[0].end)
        return Fact("", Meaning("amount", "budget"), value, piece, index)
    if len(words) <= LONGEST_PERIOD and DATED.search(words) and any(read_period(words)[:2]):
        return Fact("", Meaning("period"), piece, piece, index)
    return None

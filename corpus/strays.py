"""Labelled lines of a record that stand by themselves under a label nobody knows: `Date of the notice: 2 June 2017`.

`corpus.facts` keeps such a label where it recurs or stands in a list with known ones; a page of one record has neither.
What is looked at here is the value, which is a date, an amount or a code and nothing else, and the lines right beside,
which are labelled themselves. Where the record begins and ends is known by then, and stays.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.amounts import find_money
from corpus.dates import find_periods
from corpus.document import Block, Document, Span
from corpus.facts import BOLD_LINE_LEVEL
from corpus.labels import MOST_LABEL_WORDS, meaning_of
from corpus.pieces import CODE, LABEL, SENTENCE_END, Fact

LONGEST_BESIDE = 80
"""Characters of a value that is no figure and stands beside known labels; what is longer is a sentence."""
NEIGHBOURS = 2
"""Known labels that stand beside such a line, or at the same level as such a heading, at least."""
AROUND = re.compile(
    r"[\s\xa0.,;()]*(?:(?:on|from|since|in|by|until|la|din|de la|pe|în)\b)?[\s\xa0.,;()]*", re.IGNORECASE
)
"""What may stand around a figure that is all of a value."""
SENTENCES = re.compile(rf"{SENTENCE_END.pattern}|(?:[^\W\d_]{{3}}|\d)[.!?]\s+[^\W\d_a-z]")
HIDDEN = frozenset({"row", "meta", "record", "field"})
"""Kinds of blocks that `corpus.facts` reads whole."""


def stray_facts(document: Document, first: int, last: int, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of blocks `first` to `last` that are not among `facts`, in order; none where those tell nothing."""
    known = {fact.block for fact in facts if fact.meaning and not _is_hidden(document.blocks[fact.block])}
    if not known:
        return []
    taken = sorted(fact.whole for fact in facts)
    levels = [document.blocks[at].level for at in known if document.blocks[at].kind == "heading"]
    found: list[Fact] = []
    for index in range(first, last + 1):
        block = document.blocks[index]
        if _is_hidden(block) or any(one.overlaps(block.span) for one in (*taken, *(fact.whole for fact in found))):
            continue
        beside = len(known & set(range(index - NEIGHBOURS, index + NEIGHBOURS + 1))) >= NEIGHBOURS
        alike = levels.count(block.level) >= NEIGHBOURS
        on_line = _on_line(document, index, beside) if block.kind != "heading" else []
        found += on_line or (_below(document, index, last, alike) if index < last else [])
    return found


def _is_hidden(block: Block) -> bool:
    return block.kind in HIDDEN


def _on_line(document: Document, index: int, beside: bool) -> list[Fact]:
    """The label and the value of a block of one line."""
    span = document.blocks[index].span
    words = span.of(document.text)
    head = LABEL.match(words)
    if head is None or "\n" in words or not _is_label(head["label"]) or words[head.end("label") :].lstrip()[:1] == "?":
        return []
    value = Span(span.start + head.end(), span.end)
    if not (_is_figure(value.of(document.text)) or (beside and _is_brief(value.of(document.text)))):
        return []
    return [Fact(head["label"], None, value, Span(span.start + head.start("label"), span.end), index)]


def _below(document: Document, index: int, last: int, alike: bool) -> list[Fact]:
    """A label that is a heading or a line of its own, and its value on the line below."""
    block, below = document.blocks[index], document.blocks[index + 1]
    words, value = block.span.of(document.text), below.span.of(document.text)
    label = words.rstrip(" \xa0:")
    if not words.rstrip().endswith(":") or "\n" in words or not _is_label(label):
        return []
    alone = index + 2 > last or document.blocks[index + 2].kind == "heading"
    fits = below.kind == "paragraph" or below.level == BOLD_LINE_LEVEL
    if not fits or not (_is_figure(value) or (alike and alone and _is_brief(value))):
        return []
    return [Fact(label, None, below.span, Span(block.span.start, below.span.end), index)]


def _is_label(words: str) -> bool:
    return words[:1].isupper() and len(words.split()) <= MOST_LABEL_WORDS and meaning_of(words) is None


def _is_brief(value: str) -> bool:
    return bool(re.search(r"\w", value)) and len(value) <= LONGEST_BESIDE and not SENTENCES.search(value)


def _is_figure(value: str) -> bool:
    """Whether a date to the day or the month, an amount or a code is all that the value says."""
    return bool(CODE.match(value)) or any(
        AROUND.fullmatch(value, 0, start) and AROUND.fullmatch(value, end) for start, end in _figures(value)
    )


def _figures(value: str) -> Iterator[tuple[int, int]]:
    if len(value) <= LONGEST_BESIDE:
        yield from ((money.start, money.end) for money in find_money(value))
        yield from ((one.begin, one.finish) for one in find_periods(value) if not one.is_bare)

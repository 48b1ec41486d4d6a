"""What one statement cites, ready to be asked whether it holds some words, a name, a number or a date.

Words are compared folded for case and accents, numbers, dates and currencies by value. Does not know what was derived.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.answer import Citation
from assistant.figures import MOST_KEPT, PERCENT, Date, Figures, Number, currencies_of, cuts, figures_of
from corpus.calendars import Stamp
from corpus.dates import find_periods, read_period
from corpus.document import Document
from corpus.folding import fold_keeping_length
from corpus.words import words

WIDEST_PARAGRAPH = 2_000
"""Characters to both sides of a bare number in which the currency of its record is looked for."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


class Cited:
    """The quotes of a statement's citations, and the titles of their projects and documents."""

    def __init__(
        self, citations: Sequence[Citation], documents: Mapping[str, Document], also: Sequence[str] = ()
    ) -> None:
        self.citations = citations
        self.documents = documents
        self.quotes = [*(citation.quote for citation in citations), *also]

    @cached_property
    def titles(self) -> list[str]:
        """What the cited projects and documents are called, the longest first."""
        titles = {citation.project for citation in self.citations if citation.project}
        titles |= {self.documents[c.document_id].title for c in self.citations if c.document_id in self.documents}
        return sorted(filter(None, titles), key=len, reverse=True)

    def holds(self, quoted: str) -> bool:
        """Whether these words stand in a quote or title as they are, no word or number cut at either end."""
        sought = plain(quoted)[1].strip()
        return any(_stands(sought, *plain(text)) for text in (*self.quotes, *self.titles))

    def names(self, run: str) -> bool:
        """Whether the words of `run`, folded, spaces between, follow on each other in a quote or title."""
        return any(f" {run} " in spoken(text) for text in (*self.quotes, *self.titles))

    @cached_property
    def figures(self) -> list[Figures]:
        """The figures of each quote."""
        return [figures_of(text) for text in self.quotes]

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The currencies that the quotes name."""
        return frozenset().union(*(one.currencies for one in self.figures))

    @cached_property
    def currencies_beside(self) -> frozenset[str]:
        """The currencies named around bare numbers: in a register, the currency may have a column of its own."""
        return frozenset().union(*(beside(citation, self.documents) for citation in self.citations))

    @cached_property
    def stamps(self) -> frozenset[Stamp]:
        """All points in time of the quotes."""
        return frozenset().union(*(stamps_of(text) for text in self.quotes))

    def dates(self, date: Date) -> bool:
        """Whether the quotes hold a date at least as exactly; a lone year may also be a count that they hold."""
        if all(any(_agrees(stamp, known) for known in self.stamps) for stamp in date.stamps):
            return True
        year = Decimal(date.stamps[0][0] or 0)
        return date.is_year and any(year in n.values and n.unit is None for one in self.figures for n in one.numbers)

    def counts(self, number: Number) -> bool:
        """Whether a quote holds the number, in the same currency or percent where one is given with it."""
        return any(self._is_same(number, other, one) for one in self.figures for other in one.numbers)

    def _is_same(self, number: Number, other: Number, within: Figures) -> bool:
        if not (number.values & (other.values | other.also) or (not number.values and number.written == other.written)):
            return False
        if number.unit in (None, other.unit):
            return True
        if other.unit is not None or number.unit == PERCENT:
            return False
        return number.unit in within.currencies or (not within.currencies and number.unit in self.currencies_beside)


def beside(citation: Citation, documents: Mapping[str, Document]) -> frozenset[str]:
    """The currencies of the paragraph or record around a quote with a number and no currency; none around others."""
    document, own = documents.get(citation.document_id), figures_of(citation.quote)
    if document is None or own.currencies or not own.numbers:
        return frozenset()
    start, end = max(0, citation.span.start - WIDEST_PARAGRAPH), citation.span.end + WIDEST_PARAGRAPH
    before = _BLANK_LINE.split(document.text[start : citation.span.start])[-1]
    behind = _BLANK_LINE.split(document.text[citation.span.end : end], maxsplit=1)[0]
    return currencies_of(f"{before}{citation.quote}{behind}")


@lru_cache(maxsize=MOST_KEPT)
def stamps_of(text: str) -> frozenset[Stamp]:
    """All points in time that a quote tells, with the ends of its periods, and with years that its words share.

    `June - November 2014` holds June 2014; `24 months from March 2019` holds February 2021.
    """
    found = {stamp for date in figures_of(text).dates for stamp in date.stamps}
    dated = [date.stamps for date in figures_of(text).dates]
    for place, stamps in enumerate(dated):
        near = [year for others in (*dated[place:], *dated[:place][::-1]) for year, _, _ in others if year]
        found |= {(near[0], month, day) for year, month, day in stamps if year is None and near}
    for one in (read_period(text), *((period.start, period.end) for period in find_periods(text))):
        found |= {_stamp(point) for point in one[:2] if point}
    return frozenset(found)


def _stamp(point: str) -> Stamp:
    year, month, day = (*map(int, point.split("-")), None, None)[:3]
    return year, month, day


@lru_cache(maxsize=MOST_KEPT)
def plain(text: str) -> tuple[str, str]:
    """A text on one line, and the same folded, character by character."""
    line = " ".join(text.split())
    return line, fold_keeping_length(line)


@lru_cache(maxsize=MOST_KEPT)
def spoken(text: str) -> str:
    """The folded words of a text, a space around each."""
    return f" {' '.join(words(text))} "


def _stands(sought: str, line: str, folded: str) -> bool:
    if sought == folded:
        return True
    start = folded.find(sought)
    while start >= 0:
        if not (cuts(line, start) or cuts(line, start + len(sought))):
            return True
        start = folded.find(sought, start + 1)
    return False


def _agrees(stamp: Stamp, known: Stamp) -> bool:
    return all(one is None or one == other for one, other in zip(stamp, known, strict=True))

"""What one statement cites, ready to be asked whether it holds some words, a name, a number or a date.

Words are compared folded for case and accents, numbers, dates and currencies by value. Does not know what was derived.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from assistant.answer import Citation
from assistant.figures import PERCENT, Date, Figures, Number, cuts, figures_of
from assistant.money import MOST_KEPT, currencies_of
from corpus.calendars import Stamp
from corpus.dates import find_periods, read_period
from corpus.document import Document
from corpus.folding import fold_keeping_length
from corpus.words import words

MASK = "¦"
"""What stands for each character of a statement that has been found right, so that it is not looked at again."""
WIDEST_PARAGRAPH = 10_000
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

    def figures(self, digits: str) -> Iterator[Figures]:
        """The figures of the quotes, first of those that hold `digits`: to read them all takes long."""
        held = [digits in digits_of(text) for text in self.quotes]
        for is_first in (True, False):
            yield from (figures_of(text) for text, has in zip(self.quotes, held, strict=True) if has is is_first)

    def in_currency(self, code: str) -> bool:
        """Whether a quote names the currency, or what stands around a bare number: it may have a column of its own."""
        if any(code in currencies_of(text) for text in self.quotes):
            return True
        return any(code in beside(citation, self.documents) for citation in self.citations)

    def dates(self, date: Date) -> bool:
        """Whether a quote holds a date, both years of `2014-2020`, as exactly; a lone year may also be a count."""
        year = date.stamps[0][0] or 0
        for figures in self.figures(str(year or "")):
            if _tells(date, [stamp for known in figures.dates for stamp in known.stamps]):
                return True
            if date.is_year and any(year in one.values and one.unit is None for one in figures.numbers):
                return True
        return any(_tells(date, stamps_of(text)) for text in self.quotes)

    def counts(self, number: Number) -> bool:
        """Whether a quote holds the number, in the same currency or percent where one is given with it."""
        digits = re.sub(r"\D", "", f"{min(number.values, default=0):f}").strip("0")
        return any(
            self._is_same(number, other, figures) for figures in self.figures(digits) for other in figures.numbers
        )

    def _is_same(self, number: Number, other: Number, within: Figures) -> bool:
        if not (number.values & (other.values | other.also) or (not number.values and number.written == other.written)):
            return False
        if number.unit in (None, other.unit):
            return True
        if other.unit is not None or number.unit == PERCENT:
            return False
        return number.unit in within.currencies or (not within.currencies and self.in_currency(number.unit))


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


@lru_cache(maxsize=MOST_KEPT)
def digits_of(text: str) -> str:
    """The digits of a text in a row."""
    return re.sub(r"\D", "", text)


def _tells(date: Date, known: Collection[Stamp]) -> bool:
    return all(any(_agrees(stamp, other) for other in known) for stamp in date.stamps)


def _agrees(stamp: Stamp, known: Stamp) -> bool:
    return all(one is None or one == other for one, other in zip(stamp, known, strict=True))

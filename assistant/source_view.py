"""A document as it is read beside an answer: its text in pieces, the quoted words apart, pages told where they begin.

Of a long document a window around the words, with what lies before and after a step away. Knows no HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.document import Document, Span

WINDOW = 40_000
"""Characters of a document that are shown at once: some fifteen pages."""
STEP = WINDOW * 4 // 5
"""Characters that the window moves on by: the eye finds again what it has seen last."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, within the quote or not, decisive there or not; `page` is the one that it begins."""

    text: str
    is_quote: bool = False
    is_decisive: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a document: the characters of `shown`, in groups before, within and after the quote.

    `back` and `on` are where a window before and after this one would be, None where the document ends.
    """

    groups: tuple[tuple[bool, tuple[Piece, ...]], ...]
    shown: Span
    back: int | None
    on: int | None


def view(document: Document, quote: Span | None, decisive: Sequence[Span] = (), at: int | None = None) -> View:
    """The window of a document around `at`, else around the quote, else at its beginning."""
    size = len(document.text)
    middle = at if at is not None else quote.start if quote else 0
    start = max(0, min(middle - WINDOW // 2, size - WINDOW))
    shown = Span(start, min(size, start + WINDOW))
    pieces = _pieces(document, shown, quote or Span(0, 0), decisive)
    groups = tuple((is_quote, tuple(own)) for is_quote, own in groupby(pieces, key=lambda one: one.is_quote))
    middle = start + WINDOW // 2
    return View(groups, shown, middle - STEP if start else None, middle + STEP if shown.end < size else None)


def _pieces(document: Document, shown: Span, quote: Span, decisive: Sequence[Span]) -> Iterator[Piece]:
    pages = {start: number for number, start in enumerate(document.page_starts, 1)}
    cuts = {*shown, *quote, *pages, *(end for span in decisive for end in span)}
    for start, end in pairwise(sorted(cut for cut in cuts if shown.start <= cut <= shown.end)):
        own = Span(start, end)
        is_quote = quote.holds(own)
        is_decisive = is_quote and any(span.holds(own) for span in decisive)
        yield Piece(own.of(document.text), is_quote, is_decisive, pages.get(start))

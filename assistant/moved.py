"""Where words that were quoted stand in a text that has changed since. Never takes other words for the same."""

from collections.abc import Iterator, Sequence

from corpus.document import Span

SAME_CHARACTERS = 60
"""Characters in a row that two texts have to share, the quote's among them, for it to be the same place: a year or a
label stands in many. Of a shorter text, all of it."""
SURROUNDINGS_CHARACTERS = 500
"""On either side of a quote, as many as are compared."""


def find_again(old: str, span: Span, new: str, within: Sequence[Span] | None = None) -> tuple[Span, int] | None:
    """Where the words of `span` in `old` stand in `new`, and how many characters in a row the two share there.

    Of several places, the one with the most of what stood around them; None where there is none. `within` are the
    parts of `new` about the same project, in one of which it has to be; where they are not known, what stands around
    has to tell, by `SAME_CHARACTERS`.
    """
    quote = span.of(old)
    found = [Span(at, at + len(quote)) for at in _places(quote, new)]
    if within is not None:
        found = [one for one in found if any(part.holds(one) for part in within)]
    shared = [(one, _shared(old, span, new, one)) for one in found]
    least = 0 if within is not None else min(SAME_CHARACTERS, len(old))
    return max((one for one in shared if one[1] >= least), key=lambda one: one[1], default=None)


def _places(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _shared(old: str, span: Span, new: str, there: Span) -> int:
    most = SURROUNDINGS_CHARACTERS
    before = _alike(_before(old, span), _before(new, there))
    after = _alike(old[span.end : span.end + most], new[there.end : there.end + most])
    return before + len(there.of(new)) + after


def _before(text: str, span: Span) -> str:
    """What stands before, the nearest first."""
    return text[max(0, span.start - SURROUNDINGS_CHARACTERS) : span.start][::-1]


def _alike(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))

"""What follows from the figures of a sentence: that 52 is more than 31, and that what went from 31 to 52 went up.

Knows only the words for more and less; whether the figures are right is compared elsewhere.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assistant.llm.aligned import Aligned
from assistant.llm.clauses import Told
from assistant.llm.word import Figure, Span

_UP = re.compile(
    r"\b(?:increas\w*|rose|ris(?:e|es|en|ing)|grew|grow\w*|went up|gone up|up from|climb\w*"
    r"|cresc\w+|crest\w+|creasc\w+|urcat\w*|urca|marit\w*)\b"
)
_DOWN = re.compile(
    r"\b(?:decreas\w*|fell|fall(?:s|en|ing)?|dropp?\w*|declin\w*|reduc\w*|went down|gone down|down from"
    r"|scaz\w*|scad\w*|coborat\w*|diminuat\w*|micsorat\w*)\b"
)
_MORE = re.compile(
    r"\b(?:more than|over|above|exceed\w*|mai mult\w* de(?:cat)?|peste|depas\w+)\s(?:the |cele |cei |de )?$"
)
_FEWER = re.compile(
    r"\b(?:fewer than|less than|under|below|short of|mai putin\w* de(?:cat)?|sub)\s(?:the |cele |cei |de )?$"
)
_FROM_TO = re.compile(r"\s*(?:to|la|pana la)\s(?:only |just |numai |doar )?")
_FROM = re.compile(r"\b(?:from|de la)\s$")
_REACH = 20
"""Characters before a figure in which is looked for what leads to it."""


def implied(aligned: Aligned) -> list[Span]:
    """Words of the sentence that say no more than its figures do, where all of these are in its sources."""
    return [span for span, is_right in _comparisons(aligned) if is_right]


def comparison_faults(aligned: Aligned) -> Iterator[str]:
    """Words that say the opposite of what the figures do that they stand with."""
    for span, is_right in _comparisons(aligned):
        if not is_right:
            yield f"its figures say the opposite: {aligned.said.text[slice(*span)]}"


def _comparisons(aligned: Aligned) -> Iterator[tuple[Span, bool]]:
    said = aligned.said
    figures = [one for one in said.figures if not one.is_date]
    for one, other in pairwise(figures):
        if not all(_is_held(aligned, figure) for figure in (one, other)) or one.is_money != other.is_money:
            continue
        first, second = _value(one), _value(other)
        if first is None or second is None or first == second:
            continue
        yield from _led(said, one, other, is_up=second > first)


def _led(said: Told, one: Figure, other: Figure, *, is_up: bool) -> Iterator[tuple[Span, bool]]:
    between = said.folded[one.end : other.start]
    if _FROM_TO.fullmatch(between) and _FROM.search(said.folded, max(0, one.start - _REACH), one.start):
        clause = said.clauses[one.clause][0]
        for pattern, way in ((_UP, True), (_DOWN, False)):
            match = next(iter(pattern.finditer(said.folded, clause, one.start)), None)
            if match:
                yield match.span(), way is is_up
    if other.clause - one.clause <= 1:
        for pattern, way in ((_MORE, False), (_FEWER, True)):
            match = pattern.search(said.folded, max(one.end, other.start - 2 * _REACH), other.start)
            if match and way is is_up:
                yield match.span(), True


def _value(figure: Figure) -> Decimal | None:
    values = [one for one in figure.value if isinstance(one, Decimal)]
    return values[0] if len(values) == 1 else None


def _is_held(aligned: Aligned, figure: Figure) -> bool:
    return any(figure.is_same(other) for source in aligned.sources[: aligned.first_title] for other in source.figures)

"""Numbers and dates of a text at their places: what they count, and whether they begin or end something.

What they mean is read by `assistant.figures`. Does not know what they are said of.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.figures import PERCENT, Date, Number, figures_of
from assistant.llm.word import FROM, TO, Figure, Span, Word
from assistant.llm.wording import unit_of
from corpus.words import WORD

_RANGE = re.compile(r"\s*(?:[-–—/]|to|until|and|pana in|pana la|pana|si|la)\s*(?:the |luna |data de |in |la |anul )*")
_BETWEEN = r"(?:(?:the|early|late|mid|about|some|luna|lunile|anul|anii|data|cu|in)\s){0,2}$"
_FROM = re.compile(rf"\b(?:from|between|since|de la|din|dintre|intre|incepand)\s{_BETWEEN}")
_TO = re.compile(rf"\b(?:to|until|till|by|pana la|pana in|pana|la)\s{_BETWEEN}")
_AT = re.compile(r"(?<!pana )la\s(?:data de\s)?$|by\s$")
_ENDS = {"begin": FROM, "finish": TO}
"""Families of words that tell what a date behind them is."""
_NEAR = 24
"""Characters before a figure in which is looked for what leads to it."""
Placed = tuple[Number | Date, Span]


def spans_in(text: str) -> list[Span]:
    """Where the figures of a text stand."""
    return list(dict.fromkeys(span for _, span in _found_in(text)))


def figures_at(text: str, folded: str, words: Sequence[Word], clause_at: Sequence[int]) -> list[Figure]:
    """The figures of a text in order; `clause_at` has where each clause begins."""
    placed = list(_found_in(text))
    dates = [span for one, span in placed if isinstance(one, Date)]
    found = []
    for one, (start, end) in placed:
        is_date = isinstance(one, Date)
        if not any(
            first <= start and end <= last and (not is_date or (first, last) != (start, end)) for first, last in dates
        ):
            clause = max((at for at, first in enumerate(clause_at) if first <= start), default=0)
            side = _side(folded, words, clause, (start, end), dates) if is_date else _lead(folded, start)
            value = frozenset[object](one.stamps if isinstance(one, Date) else one.values)
            is_money = isinstance(one, Number) and one.unit not in (None, PERCENT)
            unit = PERCENT if isinstance(one, Number) and one.unit == PERCENT else _unit(folded, end)
            found.append(Figure(text[start:end], start, end, clause, is_date, value, unit, side, is_money))
    return sorted(found, key=lambda one: one.start)


def _found_in(text: str) -> Iterator[Placed]:
    """Each number and date with where it stands, found again from what is written."""
    figures = figures_of(text)
    for kind in (figures.numbers, figures.dates):
        at = 0
        for one in kind:
            start = text.find(one.written, at)
            start = start if start >= 0 else text.find(one.written)
            if start >= 0:
                at = start + len(one.written)
                yield one, (start, at)


def _side(folded: str, words: Sequence[Word], clause: int, span: Span, dates: Sequence[Span]) -> str | None:
    """Whether a date begins or ends something: by what leads to it, by the other end of its range, by a verb."""
    start, end = span
    side = _lead(folded, start)
    if side != FROM:
        for first, last in dates:
            if last <= start and _RANGE.fullmatch(folded, last, start):
                side = TO
            elif end <= first and _RANGE.fullmatch(folded, end, first):
                side = FROM
    if side is None or (side == TO and _AT.search(folded, max(0, start - _NEAR), start)):
        near = [one for one in words if one.clause == clause and one.start < start and one.families & _ENDS.keys()]
        return _ENDS[min(near[-1].families & _ENDS.keys())] if near else None
    return side


def _lead(folded: str, start: int) -> str | None:
    before = folded[max(0, start - _NEAR) : start]
    return FROM if _FROM.search(before) else TO if _TO.search(before) else None


def _unit(folded: str, end: int) -> str | None:
    """The unit that a number counts, right behind it or behind „de”."""
    behind = WORD.search(folded, end)
    for _ in range(2):
        if behind is None or behind.start() - end > len(" de "):
            return None
        if unit := unit_of(behind.group()):
            return unit
        behind = WORD.search(folded, behind.end()) if behind.group() in ("de", "of") else None
    return None

"""How a figure is said: in which unit, for each of what, how exactly, of which year, as a beginning or an end.

Compares it with the same figure in the sources. Does not know what it is said of.
"""

import re
from collections.abc import Iterator
from itertools import product

from assistant.llm.aligned import Aligned
from assistant.llm.clauses import Told
from assistant.llm.word import FROM, Figure, Found
from assistant.llm.wording import unit_of

_SHARES = frozenset({"grant", "cofinancing"})
_RATE = re.compile(r"\s?(?:\w+ )?(?:per|a|an|pe|for each|for every|pentru fiecare) (?!of|the|la)(\w{2,})")
_HEDGES = frozenset("least over under most_of about nearly".split())
_PART = re.compile(r"\b(?:of|din|dintre|out of)\b[^.;]*$")
_PARTITIVE = re.compile(r"\d (?:of|out of|din|dintre) (?:the |all |its |their |cele |cei )?$")
_NEAR = 4
"""Characters between “about” and its number."""


def measure_faults(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """What is wrong with how a figure is said that the sources hold; `same` are those of equal value there."""
    yield from _another_unit(figure, same)
    if figure.is_date:
        yield from _another_side(figure, same)
        return
    yield from _another_money(aligned, figure, same)
    yield from _another_rate(aligned, figure, same)
    yield from _another_measure(aligned, figure, same)
    yield from _another_date(aligned, figure, same)
    yield from _another_side(figure, same)


def _another_unit(figure: Figure, same: Found) -> Iterator[str]:
    units = {other.unit for _, other in same}
    if figure.unit and figure.unit not in units and units != {None}:
        yield f"not in its source: {figure.written} {figure.unit}"


def _another_money(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """A grant or a cost share is no budget."""
    here = _families(aligned.said, figure)
    there = [_families(aligned.sources[number], other) for number, other in same]
    is_share = all(one & _SHARES and "budget" not in one for one in there)
    if "budget" in here and not here & _SHARES and is_share:
        yield f"in its source {figure.written} is no budget"


def _families(text: Told, figure: Figure) -> frozenset[str]:
    return frozenset[str]().union(*(word.families for word in text.within(figure.clause)))


def _another_rate(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """So much for each of another thing: per hectare, per farm."""
    said = _RATE.match(aligned.said.folded, figure.end)
    theirs = [(number, _RATE.match(aligned.sources[number].folded, other.end)) for number, other in same]
    rates = [(number, match.start(1), match[1]) for number, match in theirs if match]
    if said is None or len(rates) < len(theirs):
        return
    behind = [one for one in aligned.said.words if one.start >= said.start(1)][:2]
    word = behind[0]
    places = {(n, aligned.sources[n].words[at].start) for one in behind for n, at in aligned.facts(one)}
    unit = unit_of(word.folded)
    if not any((number, start) in places or (unit and unit_of(other) == unit) for number, start, other in rates):
        yield f"in its source {figure.written} is not for each: {word.folded}"


def _another_measure(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """Said as it is where the source says “about”; or of all of them where the source says how many of them."""
    hedges = [_hedge(aligned.sources[number], other) for number, other in same]
    if all(hedges) and not _HEDGES & aligned.said.strict.keys():
        yield f"its source says: {hedges[0]} {figure.written}"
    before = (aligned.sources[number].folded[: other.start] for number, other in same)
    if not _PART.search(aligned.said.folded[: figure.start]) and all(map(_PARTITIVE.search, before)):
        yield f"its source says it of a part of {figure.written} only"


def _hedge(source: Told, figure: Figure) -> str:
    spans = (span for name in _HEDGES & source.strict.keys() for span in source.strict[name])
    return next((source.text[slice(*span)] for span in spans if 0 <= figure.start - span[1] <= _NEAR), "")


def _another_side(figure: Figure, same: Found) -> Iterator[str]:
    """A beginning that is an end in all sources, or the other way round."""
    if figure.side and all(other.side and other.side != figure.side for _, other in same):
        ours, theirs = ("beginning", "end") if figure.side == FROM else ("end", "beginning")
        yield f"in its source {figure.written} is not the {ours}, but the {theirs}"


def _another_date(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """The one date beside a number is none that stands beside it in its sources."""
    dates = [one for one in aligned.said.figures if one.is_date and one.clause == figure.clause]
    theirs = [_dates_of(aligned.sources[number], other) for number, other in same]
    if len(dates) != 1 or not all(theirs):
        return
    if not any(dates[0].is_same(one) or _is_within(one, dates[0]) for known in theirs for one in known):
        yield f"in its source {figure.written} is of {theirs[0][0].written}, not of {dates[0].written}"


def _dates_of(source: Told, figure: Figure) -> list[Figure]:
    """The dates of a figure's clause; the nearest of them where others have figures of their own there."""
    own = [one for one in source.figures if one.clause == figure.clause]
    dates = [one for one in own if one.is_date]
    if dates and len(own) - len(dates) > 1:  # “80 a day in 2019 and 210 in 2021”
        return [min(dates, key=lambda one: abs(one.start - figure.start))]
    return dates


def _is_within(exact: Figure, told: Figure) -> bool:
    """Whether a date is told less exactly than another: 2014, of May 2014."""
    pairs = ((one, known) for one, known in product(told.value, exact.value) if isinstance(one, tuple))
    return any(isinstance(known, tuple) and _agrees(one, known) for one, known in pairs)


def _agrees(one: tuple[int | None, ...], known: tuple[int | None, ...]) -> bool:
    return all(ours is None or ours == theirs for ours, theirs in zip(one, known, strict=True))

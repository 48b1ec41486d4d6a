"""What a figure of a written sentence is said of, and what the same figure is said of in the sources.

Whether the figure stands there at all is for `assistant.check`.
"""

import re
from collections.abc import Iterator

from assistant.llm.aligned import Aligned
from assistant.llm.clauses import Told
from assistant.llm.verbs import is_verb
from assistant.llm.word import Figure, Word
from assistant.llm.wording import unit_of

_PEOPLE = re.compile(r"\s(?:de )?(?:people|persons|persoane|oameni)\b")
_SHARES = frozenset({"grant", "cofinancing"})
_NO_BUDGET: frozenset[str] = frozenset()
_RATE = re.compile(r"\s?(?:\w+ )?(?:per|a|an|pe|for each|for every|pentru fiecare) (?!of|the|la)(\w{2,})")
_OUTSIDE = frozenset(
    "to in on at with for by from and or la in pe cu pentru din si sau prin is are was were be been has have had will who which that whose a au fost sunt este s se care".split()
)
"""What stands between a number and something else than what it counts."""
_HEDGES = frozenset("least over under most_of about nearly".split())
_PART = re.compile(r"\b(?:of|din|dintre|out of)\b[^.;]*$")
_PARTITIVE = re.compile(r"\d (?:of|out of|din|dintre) (?:the |all |its |their |cele |cei )?$")
_MARK = re.compile(r"[,.;:|()\n–—]")
Home = tuple[int, int]
"""A source's number and a clause of it."""


def bound_faults(aligned: Aligned) -> Iterator[str]:
    """Figures that are said of another thing than in the sources."""
    for figure in aligned.said.figures:
        same = [
            (number, other)
            for number, source in enumerate(aligned.sources[: aligned.first_title])
            for other in source.figures
            if _is_same(figure, other)
        ]
        if same:
            yield from _elsewhere(aligned, figure, same)
            yield from _not_counted(aligned, figure, same)
            yield from _another_money(aligned, figure, same)
            yield from _another_rate(aligned, figure, same)
            yield from _another_unit(figure, [other for _, other in same])
            yield from _another_measure(aligned, figure, same)
            yield from _another_side(figure, [other for _, other in same])
            yield from _another_date(aligned, figure, same)


def _is_same(one: Figure, other: Figure) -> bool:
    return one.is_date == other.is_date and bool(one.value & other.value)  # type: ignore[operator]


def _elsewhere(aligned: Aligned, figure: Figure, same: list[tuple[int, Figure]]) -> Iterator[str]:
    """Nothing that stands by the figure stands by it in a source, while it stands by another figure there."""
    homes = {(number, other.clause) for number, other in same}
    words = [word for word in aligned.said.within(figure.clause) if word.tells and not word.is_strict]
    others = [one for one in aligned.said.figures if one.clause == figure.clause and one.start != figure.start]
    near = [
        word
        for word in sorted(words, key=lambda word: _distance(word, figure))
        if aligned.facts(word) and all(_distance(word, one) >= _distance(word, figure) for one in others)
    ]
    if not near or not any(word.tells for number, clause in homes for word in aligned.sources[number].within(clause)):
        return
    at_home = [word for word in words if _homes(aligned, word) & homes]
    if not at_home and len(homes) < sum(len(source.clauses) for source in aligned.sources[: aligned.first_title]):
        yield f"in its source {figure.written} is not said of: {aligned.said.text[near[0].start : near[0].end]}"
        return
    if not any(
        is_verb(source, word)
        for number, source in enumerate(aligned.sources)
        for word in source.words
        if (number, word.clause) in homes
    ):
        return
    for word in (one for one in near if is_verb(aligned.said, one) and not figure.unit):
        if not _homes(aligned, word) & homes and _is_of_another(aligned, word, figure):
            yield f"in its source {figure.written} is not said of: {aligned.said.text[word.start : word.end]}"
            return


def _not_counted(aligned: Aligned, figure: Figure, same: list[tuple[int, Figure]]) -> Iterator[str]:
    """What is counted is another thing: the word behind the number stands behind none of its like in the sources."""
    if figure.is_date or figure.unit or figure.is_money:
        return
    phrase = list(_behind(aligned.said, figure, 4))
    if not phrase or not all(aligned.facts(word) for word in phrase):
        return
    counted, places = phrase[0], {place for word in phrase for place in aligned.facts(word)}
    for number, other in same:
        source = aligned.sources[number]
        behind = list(_behind(source, other, 5))
        if behind and is_verb(source, behind[0]):
            return
        before = [word for word in source.words if word.end <= other.start and word.clause == other.clause][-4:]
        if not behind and not _counts_people(source, other):
            return
        if any((number, word.at) in places for word in (*behind, *before)):
            return
    yield f"in its source {figure.written} is not the number of: {aligned.said.text[counted.start : counted.end]}"


def _counts_people(text: Told, figure: Figure) -> bool:
    """Whether a number is one of people, and nothing else is said of them there."""
    return _PEOPLE.match(text.folded, figure.end) is not None


def _behind(text: Told, figure: Figure, most: int) -> Iterator[Word]:
    """The telling words just behind a figure, up to a mark or another figure."""
    at = figure.end
    for word in [word for word in text.words if word.start >= figure.end][:most]:
        if _MARK.search(text.text, at, word.start) or (word.is_figure and word.start > figure.end + 1):
            return
        if word.folded in _OUTSIDE:
            return
        at = word.end
        if word.tells and not word.is_strict:
            yield word


def _homes(aligned: Aligned, word: Word) -> set[Home]:
    return {(number, aligned.sources[number].words[at].clause) for number, at in aligned.facts(word)}


def _is_of_another(aligned: Aligned, word: Word, figure: Figure) -> bool:
    """Whether a word stands only in clauses that have a figure of the same kind of their own, not said here."""
    here = [one for one in aligned.said.figures if one.is_date == figure.is_date]
    return all(
        any(
            one.clause == clause and one.is_date == figure.is_date and not any(_is_same(one, other) for other in here)
            for one in aligned.sources[number].figures
        )
        for number, clause in _homes(aligned, word)
    )


def _distance(word: Word, figure: Figure) -> int:
    return word.start - figure.end if word.start >= figure.end else figure.start - word.end + 2


def _another_money(aligned: Aligned, figure: Figure, same: list[tuple[int, Figure]]) -> Iterator[str]:
    """A grant or a cost share is no budget."""
    if figure.is_date:
        return
    here = frozenset[str]().union(*(word.families for word in aligned.said.within(figure.clause)))
    there = [
        frozenset[str]().union(*(word.families for word in aligned.sources[number].within(other.clause)))
        for number, other in same
    ]
    if (
        "budget" in here
        and not here & _SHARES
        and all(families & _SHARES and "budget" not in families - _NO_BUDGET for families in there)
    ):
        yield f"in its source {figure.written} is no budget"


def _another_rate(aligned: Aligned, figure: Figure, same: list[tuple[int, Figure]]) -> Iterator[str]:
    """So much for each of another thing: per hectare, per farm."""
    said = _RATE.match(aligned.said.folded, figure.end)
    theirs = [(number, _RATE.match(aligned.sources[number].folded, other.end)) for number, other in same]
    if said is None or not all(match for _, match in theirs):
        return
    word = next(one for one in aligned.said.words if one.start == said.start(1))
    places = {(number, aligned.sources[number].words[at].start) for number, at in aligned.facts(word)}
    unit = unit_of(word.folded)
    if not any(
        match and ((number, match.start(1)) in places or (unit and unit_of(match[1]) == unit))
        for number, match in theirs
    ):
        yield f"in its source {figure.written} is not for each: {word.folded}"


def _another_unit(figure: Figure, same: list[Figure]) -> Iterator[str]:
    if figure.unit and all(other.unit != figure.unit for other in same) and any(other.unit for other in same):
        yield f"not in its source: {figure.written} {figure.unit}"


def _another_measure(aligned: Aligned, figure: Figure, same: list[tuple[int, Figure]]) -> Iterator[str]:
    """Said as it is where the source says “about”; or all of them where the source says how many of them."""
    if figure.is_date:
        return
    if not _HEDGES & aligned.said.strict.keys():
        hedges = [_hedge(aligned.sources[number], other) for number, other in same]
        if all(hedges):
            yield f"its source says: {hedges[0]} {figure.written}"
    before = aligned.said.folded[: figure.start]
    if not _PART.search(before) and all(
        _PARTITIVE.search(aligned.sources[number].folded[: other.start]) for number, other in same
    ):
        yield f"its source says it of a part of {figure.written} only"


def _hedge(source: Told, figure: Figure) -> str:
    for name in _HEDGES & source.strict.keys():
        for start, end in source.strict[name]:
            if 0 <= figure.start - end <= 4:
                return source.text[start:end]
    return ""


def _another_side(figure: Figure, same: list[Figure]) -> Iterator[str]:
    if figure.side and all(other.side and other.side != figure.side for other in same):
        yield f"in its source it is not {figure.side}, but {same[0].side} {figure.written}"


def _another_date(aligned: Aligned, figure: Figure, same: list[tuple[int, Figure]]) -> Iterator[str]:
    """The one date beside a number is not the one it has in its source."""
    if figure.is_date:
        return
    dates = [one for one in aligned.said.figures if one.is_date and one.clause == figure.clause]
    if not dates:
        return
    if len(dates) > 1:
        return
    theirs: list[Figure] = []
    for number, other in same:
        own = [one for one in aligned.sources[number].figures if one.clause == other.clause]
        told = [one for one in own if one.is_date]
        if not told:
            return
        is_paired = len(own) - len(told) > 1  # “80 a day in 2019 and 210 in 2021”
        theirs += [min(told, key=lambda one, at=other.start: abs(one.start - at))] if is_paired else told
    if not any(_is_same(dates[0], one) or _within(dates[0], one) for one in theirs):
        yield f"in its source {figure.written} is of {theirs[0].written}, not of {dates[0].written}"


def _within(one: Figure, other: Figure) -> bool:
    """Whether a date is told less exactly than another: 2014, of May 2014."""
    return any(
        all(ours is None or ours == their for ours, their in zip(stamp, known, strict=True))
        for stamp in one.value  # type: ignore[attr-defined]
        for known in other.value  # type: ignore[attr-defined]
    )

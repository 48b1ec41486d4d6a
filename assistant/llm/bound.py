"""What a figure of a written sentence is said of, and what the same figure is said of in the sources.

Whether the figure stands there at all is for `assistant.check`; in what unit, and how exactly, for
`assistant.llm.measured`.
"""

import re
from collections.abc import Iterator

from assistant.llm.aligned import Aligned
from assistant.llm.clauses import Told
from assistant.llm.measured import measure_faults
from assistant.llm.verbs import is_verb
from assistant.llm.word import Figure, Found, Word

_PEOPLE = re.compile(r"\s(?:de )?(?:people|persons|persoane|oameni)\b")
_OUTSIDE = frozenset(
    """to in on at with for by from and or is are was were be been has have had will who which that whose
    la in pe cu pentru din si sau prin a au fost sunt este s se care""".split()
)
"""What stands between a number and something else than what it counts."""
_LED = re.compile(r"in|on|between|from|since|during|by|din|intre|de|pe|la|incepand|as|at")
"""What leads to a date that stands first."""
_MARK = re.compile(r"[,.;:|()\n–—]")
_COUNTED, _COUNTED_THERE, _LABEL = 4, 5, 4
"""Words behind a number among which is what it counts, the same in a source, and words of a label before it there."""
Home = tuple[int, int]
"""A source's number and a clause of it."""


def bound_faults(aligned: Aligned) -> Iterator[str]:
    """Figures that are said of another thing than in the sources, or otherwise."""
    for figure in aligned.said.figures:
        same = [
            (number, other)
            for number, source in enumerate(aligned.sources[: aligned.first_title])
            for other in source.figures
            if figure.is_same(other)
        ]
        if same:
            yield from _elsewhere(aligned, figure, same)
            yield from _not_counted(aligned, figure, same)
            yield from measure_faults(aligned, figure, same)


def _elsewhere(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """Nothing that stands by the figure stands by it in a source; or its verb stands by another figure there."""
    homes = {(number, other.clause) for number, other in same}
    words = [word for word in aligned.said.within(figure.clause) if word.tells and not word.is_strict]
    near = _nearest(aligned, figure, words)
    if not near or not any(word.tells for _, word in _placed(aligned, homes)):
        return
    is_whole = len(homes) == sum(len(source.clauses) for source in aligned.sources[: aligned.first_title])
    at_home = any(_homes(aligned, word) & homes for word in (*words, *_beside(aligned, figure)))
    if any(_is_of_all(aligned.sources[number], other) for number, other in same):
        near = [word for word in near if _is_of_another(aligned, word, figure)]
    is_free = at_home or is_whole
    strays = [] if is_free else [word for word in near[:1] if _is_bound(aligned, word, figure, same)]
    if at_home and not figure.unit and any(is_verb(aligned.sources[n], word) for n, word in _placed(aligned, homes)):
        verbs = (word for word in near if is_verb(aligned.said, word) and not _homes(aligned, word) & homes)
        strays = [word for word in verbs if _is_of_another(aligned, word, figure)][:1]
    for word in strays:
        yield f"in its source {figure.written} is not said of: {aligned.said.text[word.start : word.end]}"


def _beside(aligned: Aligned, figure: Figure) -> list[Word]:
    """The telling words of the clauses beside that of a date, as in “After a hard winter, in 2016, …”."""
    if not figure.is_date:
        return []
    clauses = {figure.clause - 1, figure.clause + 1}
    return [word for word in aligned.said.words if word.clause in clauses and word.tells and not word.is_strict]


def _is_of_all(source: Told, figure: Figure) -> bool:
    """Whether a date is that of all its source tells of: of a labelled line on the period, or first in its sentence."""
    if not figure.is_date:
        return False
    start, _ = source.clauses[figure.clause]
    line = max(source.text.rfind(mark, 0, figure.start) for mark in ("|", "\n", ";", ". ")) + 1
    before = [word for word in source.words if max(line, start) <= word.start < figure.start]
    return bool(before) and (
        any("period" in word.families for word in before)
        or (_LED.match(before[0].folded) is not None and len(before) < _LABEL)
    )


def _is_bound(aligned: Aligned, word: Word, figure: Figure, same: Found) -> bool:
    """Whether a word is of another line than a figure, or of a clause that has a like figure of its own."""
    homes = _homes(aligned, word)
    lines = {(number, _line(aligned.sources[number], other.clause)) for number, other in same}
    return all(
        (number, _line(aligned.sources[number], clause)) not in lines
        or any(
            one.clause == clause and one.is_date == figure.is_date and one.is_money == figure.is_money
            for one in aligned.sources[number].figures
        )
        or any("rest" in one.families for one in aligned.sources[number].within(clause))
        for number, clause in homes
    )


def _line(source: Told, clause: int) -> int:
    """Where the line or sentence of a clause begins."""
    return source.line_at(source.clauses[clause][0])


def _nearest(aligned: Aligned, figure: Figure, words: list[Word]) -> list[Word]:
    """The words that no other figure of the clause is nearer to, the nearest first."""
    others = [one for one in aligned.said.figures if one.clause == figure.clause and one.start != figure.start]
    near = (
        word
        for word in words
        if aligned.facts(word) and all(_distance(word, one) >= _distance(word, figure) for one in others)
    )
    return sorted(near, key=lambda word: _distance(word, figure))


def _distance(word: Word, figure: Figure) -> int:
    return word.start - figure.end if word.start >= figure.end else figure.start - word.end + 2


def _placed(aligned: Aligned, homes: set[Home]) -> Iterator[tuple[int, Word]]:
    """The words of clauses of sources, each with its source's number."""
    return ((number, word) for number, clause in homes for word in aligned.sources[number].within(clause))


def _homes(aligned: Aligned, word: Word) -> set[Home]:
    return {(number, aligned.sources[number].words[at].clause) for number, at in aligned.facts(word)}


def _is_of_another(aligned: Aligned, word: Word, figure: Figure) -> bool:
    """Whether a word stands only in clauses that have a figure of the same kind of their own, not said here."""
    here = [one for one in aligned.said.figures if one.is_date == figure.is_date]
    return all(
        any(
            one.clause == clause and one.is_date == figure.is_date and not any(one.is_same(other) for other in here)
            for one in aligned.sources[number].figures
        )
        for number, clause in _homes(aligned, word)
    )


def _not_counted(aligned: Aligned, figure: Figure, same: Found) -> Iterator[str]:
    """What is counted is another thing: the words behind the number stand behind none of its like in the sources."""
    if figure.is_date or figure.unit or figure.is_money or _PEOPLE.match(aligned.said.folded, figure.end):
        return
    phrase = list(_behind(aligned.said, figure, _COUNTED))
    if not phrase or not all(aligned.facts(word) for word in phrase):
        return
    places = {place for word in phrase for place in aligned.facts(word)}
    if not any(_may_count(aligned, number, other, places) for number, other in same):
        counted = aligned.said.text[phrase[0].start : phrase[0].end]
        yield f"in its source {figure.written} is not the number of: {counted}"


def _may_count(aligned: Aligned, number: int, figure: Figure, places: set[tuple[int, int]]) -> bool:
    """Whether a figure of a source counts one of the words at `places`, or does not say what it counts."""
    source = aligned.sources[number]
    behind = list(_behind(source, figure, _COUNTED_THERE))
    if (behind and is_verb(source, behind[0])) or not (behind or _PEOPLE.match(source.folded, figure.end)):
        return True
    before = [word for word in source.words if word.end <= figure.start and word.clause == figure.clause][-_LABEL:]
    return any((number, word.at) in places for word in (*behind, *before))


def _behind(text: Told, figure: Figure, most: int) -> Iterator[Word]:
    """The telling words just behind a figure, up to a mark, a preposition, an auxiliary or another figure."""
    at = figure.end
    for word in [word for word in text.words if word.start >= figure.end][:most]:
        is_apart = word.is_figure and word.start > figure.end + 1
        if word.folded in _OUTSIDE or is_apart or _MARK.search(text.text, at, word.start):
            return
        at = word.end
        if word.tells and not word.is_strict:
            yield word

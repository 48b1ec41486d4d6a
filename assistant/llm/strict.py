"""How much, how often, why and which way: what a written sentence says so and its sources do not, or the other way.

Knows closed-class words and words of direction only; words that state something are compared elsewhere.
"""

from collections.abc import Iterator

from assistant.llm.aligned import Aligned
from assistant.llm.compared import implied
from assistant.llm.word import FROM, TO, Span, Word
from assistant.llm.wording import BEARING

OPPOSITE = "says the opposite of its source"
_LOCAL = frozenset("all most only some half third quarter best".split())
"""What is said of the things of one sentence."""
LEADING_ON = frozenset({"before_after", "with_without"})
"""Pairs of words that say nothing but with what follows them."""
_WITHIN, _BESIDE = 1, 20
"""Words behind such a word, and characters to a figure."""
_HEDGES = {
    "least": ("over",), "over": ("least",), "most_of": ("under", "nearly"), "under": ("nearly", "most_of"),
    "nearly": ("under",), "per": (), "first": ("best",), "cause": ("reason",), "about": ("average",),
    "again": ("anew",),
}  # fmt: skip
"""What may stand for another: at least 51 are more than 50."""


def strict_faults(aligned: Aligned) -> Iterator[str]:
    """How much, how often, why: said without a source, or left out where it limits what is said."""
    for name, spans in aligned.said.strict.items():
        there = any(_is_near(aligned, one, spans[0]) for one in (name, *_HEDGES.get(name, ())))
        if not there and name not in BEARING:
            start, end = spans[0]
            if any(first < end and start < last for first, last in implied(aligned)):
                continue
            yield f"not in its source: {aligned.said.text[start:end]}"


def _is_near(aligned: Aligned, name: str, span: tuple[int, int]) -> bool:
    """Whether the sources say so in a sentence that bears out something of the clause."""
    held = [(number, one) for number, source in enumerate(aligned.sources) for one in source.strict.get(name, ())]
    if not held or name not in _LOCAL:
        return bool(held)
    clause = aligned.said.clause_at(span[0])
    words = [word for word in aligned.said.within(clause) if word.tells and not word.is_strict]
    places = {place for word in words for place in aligned.facts(word)}
    lines = {
        (number, aligned.sources[number].line_at(aligned.sources[number].words[at].start)) for number, at in places
    }
    return not lines or any((number, aligned.sources[number].line_at(start)) in lines for number, (start, _) in held)


def side_faults(aligned: Aligned) -> Iterator[str]:
    """Words of one direction where the sources have only the other."""
    for (name, side), spans in aligned.said.sides.items():
        own = any((name, side) in source.sides for source in aligned.sources)
        other = [source for source in aligned.sources if (name, 1 - side) in source.sides]
        if not own and other:
            start, end = spans[0]
            first, last = other[0].sides[name, 1 - side][0]
            if name == "begin_end" and any(
                start <= word.start < end and is_of_date(aligned, word) for word in aligned.said.words
            ):
                continue
            if name in LEADING_ON and not leads_to_the_same(aligned, name, side):
                continue
            yield f"{OPPOSITE}: {aligned.said.text[start:end]} ({other[0].text[first:last]})"


def is_of_date(aligned: Aligned, word: Word) -> bool:
    """“began” before a date that its sources have behind “from”, “ended” before one they have behind “until”."""
    side = FROM if "begin" in word.families else TO if "finish" in word.families else None
    return side is not None and any(
        one.side == side and one.is_date and any(one.is_same(other) and other.side == side for other in source.figures)
        for one in aligned.said.figures
        if one.clause == word.clause
        for source in aligned.sources[: aligned.first_title]
    )


def leads_to_the_same(aligned: Aligned, name: str, side: int) -> bool:
    """Whether “after” stands before what a source has “before” before: that is, both lead to one word or figure."""
    spans = aligned.said.sides[name, side]
    return any(
        _is_led_alike(aligned, span, number, theirs)
        for span in spans
        for number, source in enumerate(aligned.sources[: aligned.first_title])
        for theirs in source.sides.get((name, 1 - side), ())
    )


def _is_led_alike(aligned: Aligned, span: Span, number: int, theirs: Span) -> bool:
    (start, end), (first, last), source = span, theirs, aligned.sources[number]
    words = [word for word in aligned.said.words if word.start >= end and (word.tells or word.is_figure)][:_WITHIN]
    behind = [word.at for word in source.words if word.start >= last and not word.is_light][:_WITHIN]
    if any((number, at) in aligned.facts(word) for word in words for at in behind):
        return True
    ahead = [one for one in aligned.said.figures if start - _BESIDE <= one.end <= start][-1:]
    following = [one for one in aligned.said.figures if 0 <= one.start - end <= _BESIDE]
    near = [one for one in source.figures if first - _BESIDE <= one.end <= first or 0 <= one.start - last <= _BESIDE]
    return any(one.is_same(other) for one in (*ahead, *following) for other in near)

"""Words of a written sentence that nothing it cites bears out, and words that turn or widen what is said there.

Knows no figures and no names: these are compared by value elsewhere.
"""

from collections.abc import Iterator

from assistant.llm.aligned import Aligned, opposites_in
from assistant.llm.clauses import Word
from assistant.llm.wording import wording

OPPOSITE = "says the opposite of its source"
_HEDGES = {
    "least": ("over",), "over": ("least",), "most_of": ("under", "nearly"), "under": ("nearly", "most_of"),
    "nearly": ("under",), "per": (), "first": ("best",),
}  # fmt: skip
"""What may stand for another: at least 51 are more than 50."""
_OPTIONAL = frozenset("all only cause best again a_day a_week a_month a_year per percentage_points last first".split())
"""What may be left out."""


def uncovered_faults(aligned: Aligned) -> Iterator[str]:
    """Words that have nothing in the sources, and those to which the source has the opposite."""
    held = {key for source in aligned.sources for key in source.sides}
    sides = [span for key, spans in aligned.said.sides.items() for span in spans if key in held]
    is_planned = any(word.is_unreal for source in aligned.sources for word in source.words)
    unreal = wording().unreal[aligned.said.language]
    markers = [match.span() for match in unreal.finditer(aligned.said.folded)] if is_planned else []
    for word in aligned.said.words:
        if any(first <= word.start and word.end <= last for first, last in markers):
            continue
        if not word.tells or word.is_strict or aligned.places[word.at]:
            continue
        if any(first <= word.start and word.end <= last for first, last in sides):
            continue
        contrary = [one for source in aligned.sources for one in opposites_in(word, aligned.said, source)]
        yield f"{OPPOSITE}: {word.folded} ({contrary[0]})" if contrary else f"not in its source: {_written(aligned, word)}"


def strict_faults(aligned: Aligned) -> Iterator[str]:
    """How much, how often, why: said without a source, or left out where it limits what is said."""
    for name, spans in aligned.said.strict.items():
        there = any({name, *_HEDGES.get(name, ())} & source.strict.keys() for source in aligned.sources)
        if not there:
            start, end = spans[0]
            yield f"not in its source: {aligned.said.text[start:end]}"


def side_faults(aligned: Aligned) -> Iterator[str]:
    """Words of one direction where the sources have only the other."""
    for (name, side), spans in aligned.said.sides.items():
        own = any((name, side) in source.sides for source in aligned.sources)
        other = [source for source in aligned.sources if (name, 1 - side) in source.sides]
        if not own and other:
            start, end = spans[0]
            first, last = other[0].sides[name, 1 - side][0]
            yield f"{OPPOSITE}: {aligned.said.text[start:end]} ({other[0].text[first:last]})"


def _written(aligned: Aligned, word: Word) -> str:
    return aligned.said.text[word.start : word.end]

"""A figure of one labelled line that is told as that of another: a grant as the total, an end as an approval.

Compares the words of labels, be they general ones; knows no labels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.llm.aligned import Aligned
from assistant.llm.clauses import Told
from assistant.llm.word import Figure

_FIELD = re.compile(r"(?:^|[|;\n])\s*([^|;:\n]{2,48}?)\s*:\s*([^|;\n]+)")


@dataclass(frozen=True, slots=True)
class _Field:
    number: int
    label: frozenset[int]
    figures: tuple[Figure, ...]


def field_faults(aligned: Aligned) -> Iterator[str]:
    """Figures told under the whole label of another line that has a figure of its own."""
    fields = [one for n, source in enumerate(aligned.sources[: aligned.first_title]) for one in _fields(n, source)]
    if len(fields) < 2:
        return
    for figure in aligned.said.figures:
        homes = [one for one in fields if any(figure.is_same(other) for other in one.figures)]
        if not homes or not figure.is_money:
            continue
        words = [word for word in aligned.said.within(figure.clause) if not word.is_figure]
        told = {place for word in words for place in aligned.anywhere(word)}
        if any({(home.number, at) for at in home.label} & told for home in homes):
            continue
        for other in fields:
            is_whole = other.label and all((other.number, at) in told for at in other.label)
            own = [one for one in other.figures if one.is_money]
            if other not in homes and is_whole and own and not _is_said(aligned, own):
                label = aligned.sources[other.number].text
                first = aligned.sources[other.number].words[min(other.label)]
                last = aligned.sources[other.number].words[max(other.label)]
                yield f"in its source {figure.written} is not the {label[first.start : last.end]}"
                return


def _is_said(aligned: Aligned, figures: list[Figure]) -> bool:
    return any(one.is_same(other) for one in aligned.said.figures for other in figures)


def _fields(number: int, source: Told) -> Iterator[_Field]:
    for match in _FIELD.finditer(source.folded):
        label = [word for word in source.words if match.start(1) <= word.start and word.end <= match.end(1)]
        figures = tuple(one for one in source.figures if match.start(2) <= one.start < match.end(2))
        if figures:
            yield _Field(number, frozenset(word.at for word in label if len(word.folded) > 2), figures)

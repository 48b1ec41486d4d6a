"""What a person should look at in a set of questions although nothing is wrong with it: questions asked twice.

Two questions that are one count double, and a comparison of two runs takes their agreement for evidence. Knows no
documents.
"""

import json
from collections.abc import Iterable, Iterator

from corpus.words import words
from eval.lines import Line, Mistake
from eval.validate import asked

NEAR = 90
"""Likeness of two questions, 0 to 100, from which they may be one if the same answers and sources are right for both.

Without that, "in 2013" and "in 2014", or two names, are as near as two spellings of one question.
"""
GOLD = ("answers", "all", "none", "sources")


def doubts_of(lines: Iterable[Line]) -> list[Mistake]:
    """Warnings about the lines of a set, in their order; lines with mistakes are passed over."""
    sound = [line for line in lines if line.is_sound]
    return sorted([*_twice(sound), *_nearly_twice(sound), *_unused(sound)], key=lambda doubt: doubt.line)


def _warning(line: Line, field: str, message: str) -> Mistake:
    return Mistake(line.number, field, message, is_warning=True)


def _twice(lines: Iterable[Line]) -> Iterator[Mistake]:
    first: dict[tuple[str, ...], Line] = {}
    for line in lines:
        other = first.setdefault(asked(line), line)
        if other is not line:
            yield _warning(line, "question", f"line {other.number} asks the same; leave one of them out")


def _nearly_twice(lines: Iterable[Line]) -> Iterator[Mistake]:
    """A question in other words is meant to be near its original; the others are not."""
    from rapidfuzz import fuzz

    alike: dict[tuple[object, ...], list[tuple[Line, str]]] = {}
    for line in lines:
        if line.original:
            continue
        said = " ".join(sorted(words(line.whole["question"])))
        near = alike.setdefault((asked(line)[1:], line.whole["language"], _gold(line)), [])
        for other, there in near:
            if asked(other) != asked(line) and fuzz.ratio(said, there) >= (NEAR if _gold(line) else 100):
                yield _warning(
                    line, "question", f"line {other.number} asks nearly the same; look whether both are needed"
                )
                break
        near.append((line, said))


def _gold(line: Line) -> str:
    """What is right, to be compared; nothing where there is no answer."""
    given = {field: line.whole[field] for field in GOLD if line.whole.get(field)}
    return json.dumps(given, sort_keys=True) if given else ""


def _unused(lines: Iterable[Line]) -> Iterator[Mistake]:
    for line in lines:
        if line.given.get("none") and not line.whole["answerable"]:
            yield _warning(line, "none", "is never looked at, since 'answerable' is false")

"""Examples as arrays of word pieces, in batches of like lengths; the same seed gives the same batches.

Knows nothing of models, and imports no torch.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reader.examples import Example
from assistant.reader.wordpieces import LONGEST_QUESTION, Pieces

LENGTHS = (112, 144, 208)
"""Pieces of a training example at most, one of these for each pool: time grows with the square of the length.

Of longer passages a part is taken that holds the answer or the lure, another one each time."""
POOL = 40
"""Batches that are drawn together and sorted by length, so that little of a batch is padding."""

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cut:
    """An example in pieces: the question's, the passage's, and first and last piece of the answer or lure, if any."""

    asked: list[int]
    ids: list[int]
    at: tuple[int, int] | None
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """`ids`, `types` and `mask` are `(batch, length)`; `targets` `(batch, 2)`: the first and last piece, or 0, 0."""

    ids: Ids
    types: Ids
    mask: Ids
    targets: Ids


def cut_all(examples: Sequence[Example], pieces: Pieces) -> list[Cut]:
    """Each example in pieces; those whose answer has none are left out."""
    kept: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}
    made = []
    for example in examples:
        if example.passage not in kept:
            kept[example.passage] = pieces.cut(example.passage)
        ids, offsets = kept[example.passage]
        at = None
        if span := example.answer or example.lure:
            inside = [i for i, (start, end) in enumerate(offsets) if start < span.end and end > span.start]
            at = (inside[0], inside[-1]) if inside else None
        if ids and (at or not example.answer):
            asked = pieces.cut(example.question)[0][:LONGEST_QUESTION]
            made.append(Cut(asked, ids, at, example.answer is not None))
    return made


def batches(cuts: Sequence[Cut], size: int, seed: int, ends: tuple[int, int]) -> Iterator[Batch]:
    """One pass over all, in an order that `seed` gives; `ends` are the pieces `[CLS]` and `[SEP]`."""
    drawn = random.Random(seed)  # noqa: S311  # an order, no secret
    order = list(range(len(cuts)))
    drawn.shuffle(order)
    for start in range(0, len(order), size * POOL):
        longest = LENGTHS[(seed + start // (size * POOL)) % len(LENGTHS)]
        parts = [_part(cuts[at], longest, drawn, ends) for at in order[start : start + size * POOL]]
        parts.sort(key=lambda part: len(part[0]))
        groups = [parts[at : at + size] for at in range(0, len(parts), size)]
        drawn.shuffle(groups)
        yield from (_padded(group) for group in groups)


def count_batches(n_examples: int, size: int) -> int:
    """Batches of one pass."""
    whole, rest = divmod(n_examples, size * POOL)
    return whole * POOL + -(-rest // size)


def _part(
    cut: Cut, longest: int, drawn: random.Random, ends: tuple[int, int]
) -> tuple[list[int], int, tuple[int, int]]:
    """Pieces, where the passage begins in them, and the target."""
    room = longest - len(cut.asked) - 3
    first, at = 0, cut.at
    if len(cut.ids) > room:
        low, high = 0, len(cut.ids) - room
        if at:
            low, high = max(low, min(at[1] - room + 1, at[0])), min(high, at[0])
        first = drawn.randint(low, max(low, high))
    begin = len(cut.asked) + 2
    ids = [ends[0], *cut.asked, ends[1], *cut.ids[first : first + room], ends[1]]
    target = (0, 0)
    if cut.is_answered and at:
        target = (begin + at[0] - first, begin + min(at[1] - first, room - 1))
    return ids, begin, target


def _padded(parts: Sequence[tuple[list[int], int, tuple[int, int]]]) -> Batch:
    length = max(len(ids) for ids, _, _ in parts)
    ids, types, mask = (np.zeros((len(parts), length), np.int64) for _ in range(3))
    for row, (one, begin, _) in enumerate(parts):
        ids[row, : len(one)], mask[row, : len(one)], types[row, begin : len(one)] = one, 1, 1
    return Batch(ids, types, mask, np.array([target for _, _, target in parts], np.int64))

"""Which records are one project that several files describe: one reference, or one title and no other reference."""

from collections import defaultdict
from collections.abc import Sequence

from corpus.files import file_of
from corpus.words import fold, words
from index.selection import Title

ALIKE = 0.5
"""Share of their words that two titles have in common; a reference alone may be a programme's."""


def same_projects(titles: Sequence[Title]) -> dict[int, int]:
    """For each project that is described earlier as well, the key of its first description."""
    by_title: dict[str, list[Title]] = defaultdict(list)
    by_reference: dict[str, list[Title]] = defaultdict(list)
    for one in titles:
        by_title[fold(one.title)].append(one)
        if one.reference:
            by_reference[fold(one.reference)].append(one)
    first: dict[int, int] = {}
    for group in by_title.values():
        if len(group) == 1:
            continue
        files = {file_of(one.source) for one in group}
        if len(files) == len(group) and len({one.reference for one in group if one.reference}) < 2:
            _join(group, first)
    for group in by_reference.values():
        if len(group) == 1:
            continue
        _join([one for one in group if _are_alike(one.title, group[0].title)], first)
    return first


def _join(group: Sequence[Title], first: dict[int, int]) -> None:
    head = min((first.get(one.key, one.key) for one in group), default=0)
    for one in group:
        if one.key != head:
            first[one.key] = head


def _are_alike(one: str, other: str) -> bool:
    mine, theirs = set(words(one)), set(words(other))
    return len(mine & theirs) >= ALIKE * max(1, min(len(mine), len(theirs)))

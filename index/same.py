"""Which records are one project that several files describe.

Told by one reference, by one title and no other reference, or by a title that is another's alias and a value in common:
`Water Mills (Mori de apă)` and `Mori de apă`, of one budget.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from corpus.files import file_of
from corpus.record import Project
from corpus.same import MOST_ALIKE, find_same, names_of, tell_alike
from corpus.words import fold, words
from index.selection import Title

ALIKE = 0.5
"""Share of their words that two titles have in common; a reference alone may be a programme's."""
MOST_READ = 2_000
"""Records that are read to compare their values; of more the names tell nothing."""


def same_projects(titles: Sequence[Title], read: Callable[[list[int]], Iterable[Project]]) -> dict[int, int]:
    """For each project that is described earlier as well, the key of its first description.

    `read` gives the records of some keys, in any order.
    """
    groups = [*_by_title(titles), *_by_reference(titles), *_by_alias(titles, read)]
    head: dict[int, int] = {}
    for group in groups:
        heads = {_head_of(key, head) for key in group}
        first = min(heads, default=0)
        head |= {one: first for one in heads if one != first}
    return {key: _head_of(key, head) for key in head}


def _head_of(key: int, head: dict[int, int]) -> int:
    while key in head:
        key = head[key]
    return key


def _by_title(titles: Sequence[Title]) -> list[list[int]]:
    """Keys of one title, each in a file of its own, of which no two have different references."""
    by_title: dict[str, list[Title]] = defaultdict(list)
    for one in titles:
        by_title[fold(one.title)].append(one)
    return [
        [one.key for one in group]
        for group in by_title.values()
        if len(group) > 1
        and len({file_of(one.source) for one in group}) == len(group)
        and len({one.reference for one in group if one.reference}) < 2
    ]


def _by_reference(titles: Sequence[Title]) -> list[list[int]]:
    by_reference: dict[str, list[Title]] = defaultdict(list)
    for one in titles:
        if one.reference:
            by_reference[fold(one.reference)].append(one)
    return [
        [one.key for one in group if _are_alike(one.title, group[0].title)]
        for group in by_reference.values()
        if len(group) > 1
    ]


def _by_alias(titles: Sequence[Title], read: Callable[[list[int]], Iterable[Project]]) -> list[list[int]]:
    """Pairs of keys of which one's alias is the other's title, or both are called so beside their titles."""
    keys = sorted(_sharing(titles))
    if not keys or len(keys) > MOST_READ:
        return []
    by_id = {one.id: one.key for one in titles}
    return [
        [by_id[first.id], by_id[second.id]]
        for first, second in find_same(read(keys))
        if names_of(first.title, first.aliases) & names_of(second.title, second.aliases) and tell_alike(first, second)
    ]


def _sharing(titles: Sequence[Title]) -> set[int]:
    """Keys of the records that share a name with one of another file and another title."""
    named: dict[str, list[Title]] = defaultdict(list)
    aliases = {name for one in titles if one.aliases for name in names_of("", one.aliases)}
    for one in titles if aliases else ():
        for name in names_of(one.title, one.aliases) & aliases:
            named[name].append(one)
    return {
        one.key
        for group in named.values()
        if 1 < len(group) <= MOST_ALIKE and len({file_of(one.source) for one in group}) > 1
        for one in group
    }


def _are_alike(one: str, other: str) -> bool:
    mine, theirs = set(words(one)), set(words(other))
    return len(mine & theirs) >= ALIKE * max(1, min(len(mine), len(theirs)))

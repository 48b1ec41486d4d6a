"""Precedent: a project like a draft idea, with what speaks for it and what its source says of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Citation
from corpus.errors import MisuseError


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a source says of a project: `text` in the source's own words, under a label such as `Budget`.

    `reading` tells how it is read, where the words alone do not: the currency of a register's bare figure.
    """

    label: str
    text: str
    citation: Citation
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Precedent:
    """One project like the idea.

    `facts` are its period, budget, funder, partners and the like; `reasons` are sentences of its source that are like
    the idea; `lacks` are words of the idea that it does not mention. The higher its `score`, the more it is like it.
    """

    title: str
    facts: tuple[Fact, ...]
    reasons: tuple[Fact, ...]
    lacks: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Precedents:
    """The projects like an idea, likest first, out of `total` that it was compared with.

    `language` (`en` or `ro`) is the one a document about them is written in; `retrieved` is the day they were found.
    """

    idea: str
    found: tuple[Precedent, ...]
    total: int
    language: str
    retrieved: date


def trimmed(precedents: Precedents, keep: Collection[int]) -> Precedents:
    """Those of the ranks (from 1) that are kept, in their order; ranks that none of them has are passed over.

    Raises:
        MisuseError: none of those found is kept.
    """
    kept = tuple(one for rank, one in enumerate(precedents.found, start=1) if rank in keep)
    if precedents.found and not kept:
        raise MisuseError(f"none of the {len(precedents.found)} projects is kept; keep one or more")
    return replace(precedents, found=kept)

"""When the wanted projects ran, to be drawn as bars along a line of time."""

from dataclasses import dataclass

from index.store import Store
from index.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Lasting:
    """A project's period: the first and the last day it covers for certain, ISO 8601, and the words that tell it."""

    id: str
    title: str
    first_day: str
    last_day: str
    text: str


def timeline(store: Store, wanted: Wanted, *, most: int = 60, page: int = 1) -> tuple[tuple[Lasting, ...], int]:
    """A page of the wanted projects that have a period, the earliest start first; and how many have one at all."""
    raise NotImplementedError

"""When the wanted projects ran, to be drawn as bars along a line of time."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from index.contents import among
from index.listing_filters import find
from index.store import Store
from index.tables import projects
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
    """A page of the wanted projects that have a period, the earliest start first; and how many have one at all.

    Of a page that is not there the nearest.

    Raises:
        MisuseError: as `list_projects`.
    """
    ledger, titles = store.ledger, store.names.titles
    told = ledger.in_time[np.isin(ledger.in_time, find(store, wanted))]
    number = min(max(1, page), max(1, -(-len(told) // most)))
    shown = told[(number - 1) * most : number * most].tolist()
    words = _words(store, [titles[at].key for at in shown])
    return tuple(
        Lasting(titles[at].id, titles[at].title, one.first_day, one.last_day, words[titles[at].key])
        for at in shown
        if (one := ledger.periods[at])
    ), len(told)


def _words(store: Store, keys: list[int]) -> dict[int, str]:
    """The words of the periods of projects, by key."""
    own = projects.c
    with store.catalogue.transaction() as connection:
        query = select(own.key, own.period_text).where(among(connection, own.key, keys))
        return {row[0]: row[1] for row in connection.execute(query)}

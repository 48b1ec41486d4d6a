"""Projects that may have run at a time asked for, of which only one end of the period is told: named, not counted."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from assistant.phrases import listing, say
from assistant.plan import Condition, Plan
from assistant.records import Records
from assistant.said import Said
from assistant.selecting import Chosen, choose
from index.contents import Keys
from index.filters import Filters

MOST_NAMED = 12
"""Projects that are named; of more, only how many there are."""


def say_half_told(plan: Plan, said: Said, chosen: Chosen, records: Records) -> None:
    """Add a remark on the projects that fulfil all but a time, and may fulfil that too."""
    times = [one for one in plan.conditions if _is_of_any_day(one)]
    if not times:
        return
    keys = np.setdiff1d(
        np.unique(np.concatenate([one for time in times for one in _open(records, time)])),
        np.array([key for group in chosen.groups for key in group], np.int64),
    )
    if not len(keys):
        return
    others = choose(records, replace(plan, conditions=tuple(one for one in plan.conditions if one not in times)))
    half = set(keys.tolist())
    found = [group[0] for group in others.groups if not half.isdisjoint(group)]
    if found:
        titles = listing([records.title(key) for key in found]) if len(found) <= MOST_NAMED else ""
        text = say(plan.language, "half_told", count=str(len(found)), titles=f": {titles}." if titles else ".")
        said.say(text, is_remark=True, derived=[said.vouch(len(found))])


def _is_of_any_day(one: Condition) -> bool:
    """Whether a condition is a time within which any day of a project's period may be."""
    told = (filters.since is not None or filters.until is not None for filters in one.filters)
    return one.kind == "period" and not one.is_negated and any(told)


def _open(records: Records, time: Condition) -> Iterator[Keys]:
    """The projects that ended in or after the time, or began in or before it, and whose other end is not told."""
    choose_by = records.store.choose
    begun = records.whole(choose_by([Filters(started=(None, None))]))
    ended = records.whole(choose_by([Filters(ended=(None, None))]))
    for filters in time.filters:
        yield np.setdiff1d(choose_by([Filters(ended=(filters.since, None))]), begun)
        yield np.setdiff1d(choose_by([Filters(started=(None, filters.until))]), ended)

"""Questions that set two projects against each other: whose amount is larger, which of them started first."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from eval.growing.asked import LANGUAGES, Asked, slug_of
from eval.growing.asking import Labels, languages_of, project_source
from eval.growing.fields import is_told_plainly
from eval.growing.lists import ROLES, measured
from eval.growing.records import Records, Told, apart_from_each_other
from eval.growing.values import amount_ways, date_ways
from eval.growing.wording import clause, title_slots
from eval.json_lines import Row

COMPARE = "compare"
MOST_PAIRS = 60


def compares(records: Records, chosen: Sequence[Told], labels: Labels) -> Iterator[Asked]:
    """Pairs of the chosen projects, each with another one of another amount or date."""
    for role in ROLES:
        yield from _by_amount(records, chosen, role, labels)
    yield from _by_start(records, chosen)


def _by_amount(records: Records, chosen: Sequence[Told], role: str, labels: Labels) -> Iterator[Asked]:
    units: dict[tuple[str, str, str | None], list[Told]] = {}
    for one in chosen:
        if found := measured([one], role, labels):
            (amounts, path, label) = found
            units.setdefault((path, label, amounts[0][1]), []).append(one)
    for told in units.values():
        for one, other in _pairs(records, told):
            both = measured([one, other], role, labels)
            if not both or both[0][0][0] == both[0][1][0]:
                continue
            amounts, path, label = both
            first, second = (next(a for a in t.project.amounts if a.role == role) for t in (one, other))
            ways = [amount_ways(v, c, a.text) for (v, c), a in zip(amounts, (first, second), strict=True)]
            best = one if amounts[0][0] > amounts[1][0] else other
            slots = title_slots(one.called, other.called)
            languages = ("ro",) if label and ("ro",) in map(languages_of, (one, other)) else LANGUAGES
            said = {name: {**slots[name], "larger": clause(path, name, "larger", label=label)} for name in languages}
            yield _asked("compare.amount", label or role, (one, other), said, ways, records.names(best), languages)


def _by_start(records: Records, chosen: Sequence[Told]) -> Iterator[Asked]:
    told = [one for one in chosen if _start(one)]
    for one, other in _pairs(records, told):
        starts = _start(one), _start(other)
        shortest = min(map(len, starts))
        if starts[0][:shortest] == starts[1][:shortest]:
            continue  # 2013 and May 2013: nobody knows
        periods = [period for period in (one.project.period, other.project.period) if period]
        ways = [date_ways(iso, period.text) for iso, period in zip(starts, periods, strict=True)]
        best = one if starts[0] < starts[1] else other
        slots = title_slots(one.called, other.called)
        yield _asked("compare.start", "start", (one, other), slots, ways, records.names(best), LANGUAGES)


def _start(one: Told) -> str:
    period = one.project.period
    return period.start or "" if period and is_told_plainly(period) else ""


def _pairs(records: Records, told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    shuffled = list(told)
    records.random.shuffle(shuffled)
    for one, other in list(pairwise(shuffled))[:MOST_PAIRS]:
        names = [records.names(one)[0], records.names(other)[0]]
        if apart_from_each_other(names):
            yield one, other


def _asked(
    ways: str,
    what: str,
    pair: tuple[Told, Told],
    slots: dict[str, dict[str, str]],
    values: Sequence[Sequence[str]],
    best: Sequence[str],
    languages: tuple[str, ...],
) -> Asked:
    one, other = pair
    gold: Row = {
        "answers": list(best),
        "all": [list(own) for own in values],
        "sources": list(map(project_source, pair)),
    }
    slug = slug_of(what, one.project.title, other.project.title)
    documents = tuple(dict.fromkeys((one.project.document, other.project.document)))
    return Asked(COMPARE, ways, slug, slots, documents, gold, languages)

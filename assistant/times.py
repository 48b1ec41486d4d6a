"""The times that a question gives as conditions: years, months and days, and what of a project they are about.

Reads English and Romanian alike. Knows no names: whoever calls blanks them first, since a year in a title is no
condition.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.value_words import ahead, anywhere, behind, listing, slip_of
from corpus.calendars import YEAR
from corpus.dates import Written, find_periods
from corpus.folding import fold_keeping_length

PERIOD, START, END, WITHIN = "period", "start", "end", "within"
"""What a time is about: any day of a project's period, its first, its last, or all of its days."""

_FARTHEST = 48
"""Characters before a time in which the words that bound it stand."""
_FEW = 4
"""Words between `started` and `ended` where one time is told of both: „început, și s-au încheiat”."""
_YEAR = re.compile(YEAR)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?;](?=\s)")
_AT_THE_HEAD = re.compile(r"\W*(?:\w+\W+){0,3}")
"""What stands before a time that is said of all that follows: "In 2018, how many started?"."""


@dataclass(frozen=True, slots=True)
class Times:
    """A time that records are asked for; both ends belong to it, ISO 8601 at the precision said, None where it is open.

    `of` is PERIOD, START, END or WITHIN. The characters of the question between `begin` and `finish` say the time, the
    verb left out. `is_bare` is for years that no word beside them makes a time rather than a part of a name. Several of
    the same `of` are alternatives; those of different ones hold together.
    """

    since: str | None
    until: str | None
    of: str
    begin: int
    finish: int
    is_bare: bool = False


def times_in(question: str) -> list[Times]:
    """The times of a question, in order. "Last year" is none: it depends on the day of asking."""
    folded = fold_keeping_length(question)
    found: list[Times] = []
    for period in _periods(question, folded):
        one = _time(folded, period, found[-1] if found else None)
        both = _joined(folded, found[-1], one) if found else None
        found[-1:] = [both] if both else [*found[-1:], one]
    if len(found) == 1 and not found[0].is_bare and _AT_THE_HEAD.fullmatch(folded, 0, found[0].begin):
        found = [replace(one, of=one.of or _told_of(folded, one.finish, len(folded), is_first=True)) for one in found]
    return [replace(one, of=one.of or PERIOD) for one in found]


def _periods(question: str, folded: str) -> list[Written]:
    """The periods and decades of a question.

    What begins and what ends is blanked for the reader of prose, where `starting in 2018` tells a period that goes on.
    """
    decades = []
    for match in anywhere("decades").finditer(folded):
        digits = next(filter(None, match.groups()))
        link = listing("time_fillers", "and", "or").match(folded, match.end())
        is_years = folded[match.end() - 1].isdigit() and link and _YEAR.match(folded, link.end())
        if not is_years:  # "anii 2010 și 2012"
            first = f"{digits if len(digits) == 3 else f'19{digits}'}0"
            decades.append(Written(first, f"{first[:3]}9", *match.span()))
    blanked = question
    for key, blank in (("started", "_"), ("ended", "_"), ("no_season", "_"), ("decade_words", " ")):
        for match in anywhere(key).finditer(folded):
            blanked = blanked[: match.start()] + blank * len(match[0]) + blanked[match.end() :]
    written = [
        one
        for one in find_periods(blanked)
        # "between 2000 and 2500 people" is no time
        if not (one.is_bare and not folded[one.begin].isdigit())
        and not any(one.begin < decade.finish and decade.begin < one.finish for decade in decades)
    ]
    return sorted([*written, *decades], key=lambda one: one.begin)


def _time(folded: str, written: Written, earlier: Times | None) -> Times:
    """A period with the words before it that open it or say what it is a time of; `of` is empty where none say it."""
    floor = earlier.finish if earlier else 0
    since, until, begin, finish = _opened(folded, written, floor)
    of = _told_of(folded, floor, begin)
    if not of and anywhere("started").search(folded, begin, written.begin):  # "starting with 2018"
        of = START
    is_bare = written.is_bare and not of and (begin, finish) == (written.begin, written.finish)
    if earlier and not of and listing("time_fillers", "and", "or").fullmatch(folded, floor, begin):
        of, is_bare = earlier.of, earlier.is_bare
    return Times(since, until, of, begin, finish, is_bare)


def _opened(folded: str, written: Written, floor: int) -> tuple[str | None, str | None, int, int]:
    """(since, until, begin, finish) of a period with `before`, `after` and the like beside it."""
    since, until, begin, finish = written.start, written.end, written.begin, written.finish
    later, earlier = behind("or_later").match(folded, finish), behind("or_earlier").match(folded, finish)
    if since is None or until is None:
        if until is None and not later and anywhere("of_or_since").match(folded, begin):
            marks = _marks(folded, floor, begin)
            until = None if marks and not folded[marks[-1][1] : begin].strip() else since
        return since, until, begin, later.end() if later and until is None else finish
    if until < since[: len(until)]:
        since, until = until, since
    if later:
        return since, None, begin, later.end()
    if earlier:
        return None, until, begin, earlier.end()
    is_range = len(_YEAR.findall(folded, begin, finish)) > 1
    for relation in ("before", "after") if is_range else ("since", "until", "before", "after"):
        match = ahead(relation, "time_fillers").search(folded, max(floor, begin - _FARTHEST), begin)
        if match is None:
            continue
        return *_bound(folded, relation, (since, until), begin), match.start(), finish
    return since, until, begin, finish


def _bound(folded: str, relation: str, ends: tuple[str, str], begin: int) -> tuple[str | None, str | None]:
    """(since, until) of what lies before, after, since or until a time; "before the end of 2016" holds days of 2016."""
    since, until = ends
    if relation == "since":
        return since, None
    if relation == "until":
        return None, until
    is_middle = anywhere("year_middles").match(folded, begin) is not None
    if relation == "before":
        return None, until if is_middle or anywhere("year_ends").match(folded, begin) else _beside(since, -1)
    return since if is_middle or anywhere("year_begins").match(folded, begin) else _beside(until, 1), None


def _beside(told: str, step: int) -> str:
    """The year, month or day before (-1) or after (1) one, at its precision."""
    parts = [int(part) for part in told.split("-")]
    if len(parts) == 1:
        return f"{parts[0] + step}"
    if len(parts) == 2:
        month = parts[0] * 12 + parts[1] - 1 + step
        return f"{month // 12}-{month % 12 + 1:02}"
    return (date(*parts) + timedelta(days=step)).isoformat()


def _marks(folded: str, begin: int, finish: int) -> list[tuple[int, int, str]]:
    """(begin, finish, what) of the words there that say what starts, ends or goes on, in order."""
    found = [
        (*match.span(), of)
        for of, key in ((START, "started"), (END, "ended"), (PERIOD, "ran"))
        for match in anywhere(key).finditer(folded, begin, finish)
    ]
    for word in _WORD.finditer(folded, begin, finish):
        key = slip_of(word[0], "started_forms", "ended_forms")
        if key and not any(one[0] <= word.start() < one[1] for one in found):
            found.append((*word.span(), START if key == "started_forms" else END))
    found.sort()
    return [one for at, one in enumerate(found) if not at or one[0] >= found[at - 1][1]]


def _told_of(folded: str, begin: int, finish: int, *, is_first: bool = False) -> str:
    """What the words of a sentence say that a time beside them is about; "started and ended" makes it WITHIN."""
    if is_first:
        stop = _SENTENCE_END.search(folded, begin, finish)
        finish = stop.start() if stop else finish
    else:
        begin = max((stop.end() for stop in _SENTENCE_END.finditer(folded, begin, finish)), default=begin)
        if ahead("wholly", "time_fillers").search(folded, max(begin, finish - _FARTHEST), finish):
            return WITHIN
    marks = _marks(folded, begin, finish)
    if not marks:
        return ""
    two = marks[:2] if is_first else marks[-2:]
    if {mark[2] for mark in two} == {START, END}:
        between = folded[two[0][1] : two[1][0]]
        if anywhere("and").search(between) and len(between.split()) <= _FEW:
            return WITHIN
        if anywhere("or").search(between) and len(between.split()) <= _FEW:
            return PERIOD
    return two[0][2] if is_first else two[-1][2]


def _joined(folded: str, one: Times, other: Times) -> Times | None:
    """One time for "after 2014 and before 2018", and for "in 2004 or 2005" where nothing lies between the two."""
    if one.of != other.of:
        return None
    both = replace(one, finish=other.finish, is_bare=one.is_bare and other.is_bare)
    gap = (one.finish, other.begin)
    if one.until and other.since:
        is_next = one.since and other.until and one.of != WITHIN and other.since == _beside(one.until, 1)
        is_listed = listing("time_fillers", "and", "or").fullmatch(folded, *gap)
        return replace(both, until=other.until) if is_next and is_listed else None
    since, until = one.since or other.since, one.until or other.until
    are_open = (one.until is None and other.since is None) or (one.since is None and other.until is None)
    if since is None or until is None or not are_open or until < since[: len(until)]:
        return None
    return replace(both, since=since, until=until) if listing("time_fillers", "and").fullmatch(folded, *gap) else None

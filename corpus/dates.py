"""Periods as written, in English and Romanian, with the precision of the source and nothing added to it.

Knows how points in time belong together: from one to another, since, until, for so many months. The points themselves
are found by `corpus.calendars`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.amounts import find_money
from corpus.calendars import Point, find_points, iso
from corpus.durations import Duration, end_after, find_durations
from corpus.folding import fold_keeping_length

NO_END = "no end is given"
NO_START = "no start is given"
GOES_ON = "goes on, as the source says"
UNREADABLE = "the dates could not be read"
MOST_PERIODS = 12
"""Periods in one value; what holds more is a timetable."""
_FARTHEST = 48
"""Characters before or between points in which the words that join them stand."""

_PLAIN = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,15}Z?)?")
"""What most dates of a register look like; they are read without looking for anything else."""
_RANGE = re.compile(
    r"(?:\s?\([a-z ]{1,20}\))?[\s.,]*(?:-+>?|→|/|to|until|till|through|thru|up to|pana (?:in|la|pe|spre)|la|spre"
    r"|\W*(?:end(?:ing|s|ed)?(?: date)?|finish(?:ed|es)?|final(?:izat\w*|izare)?|sfarsit|incheiat\w*"
    r"|data (?:de )?(?:final\w*|sfarsit\w*|incheier\w*))(?:\s(?:on|in|at|la))?\s?[:-]?)"
    r"\s*(?:(?:the|in|on|luna|data de|anul)\s+)*"
)
_AND = re.compile(r"\s*,?\s*(?:and|si|&|\+)\s*(?:(?:in|during|din|the|again)\s+)*")
_LIST = re.compile(r"\s*(?:[,;|&+]|and|si)\s*(?:(?:and|si|in|din|during|from|then|apoi|again)\s+)*")
_BETWEEN = re.compile(r"\b(?:between|intre)\s+(?:(?:the|years|anii|lunile)\s+)*$")
_VAGUE = re.compile(
    r"(?<!\w)(?:(?:the\s+)?(?:early|mid|late|middle|(?:beginning|start|middle|end|close) of)|"
    r"(?:inceputul|mijlocul|sfarsitul|finalul)(?:\s+(?:lui|lunii|anului))?)(?:\s+(?:in|the|year))*[\s-]*$"
)
_FROM = re.compile(
    r"\b(?P<words>(?:ongoing\s+)?(?:from|since|starting|beginning|commencing|as (?:of|from)|incepand|de la))"
    r"(?:\s+(?:in|on|with|from|cu|de la|din|data de|luna|anul|the|year))*[:\s]*$"
)
_FROM_VALUE = re.compile(r"\b(?:start\w*|began|begins?|din|after|dupa|inceput\w*)\b(?:\s+\w+){0,2}[:\s]*$")
_UNTIL = re.compile(
    r"\b(?P<words>until|till|up to|by|through|pana (?:in|la|pe))(?:\s+(?:in|on|the|data de|luna|anul|year))*\s+$"
)
_UNTIL_VALUE = re.compile(
    r"\b(?:end\w*|finish\w*|complet\w*|before|inainte de|finalizat\w*|incheiat\w*)\b(?:\s+\w+){0,2}[:\s]*$"
    r"|^\s*(?:-|to)\s*$"
)
_PRESENT = (
    r"(?:the )?present(?: day)?|today|now|to date|further notice|ongoing|on-going|in progress|prezent(?:ul)?|astazi|azi"
    r"|in curs(?: de \w+)?|in (?:desfasurare|derulare|implementare)"
)
_STILL = re.compile(rf"{_RANGE.pattern}(?:{_PRESENT}|date)(?!\w)|\s+(?:onwards?|incoace|and continuing)(?!\w)")
_STILL_VALUE = re.compile(rf"(?<!\w)(?:{_PRESENT}|onwards?|incoace|continu\w*|current\w*)(?!\w)|-\s*$")
_STILL_NOW = re.compile(rf"(?<!\w)(?:{_PRESENT}|current\w*)(?!\w)")
_GOING_ON = re.compile(rf"\W*(?:still\s+)?(?:{_PRESENT}|running|continu\w*|under way|underway)\W*")
"""An end that is none: `ongoing`, `în derulare`."""
AND_ENDED = re.compile(
    r"\s?,?\s(?:and|si)\s(?:it\s)?(?:will\s(?:end|finish|close|run until)|ended|ends|finished|finishes|closed"
    r"|s-a (?:incheiat|terminat|sfarsit)|se (?:va )?(?:incheia|incheie|termina)|a fost finalizat)"
    r"(?:\s(?:on|in|la|pe|in luna))?\s?"
)
"""What stands between a start and an end that two verbs tell: `began in April 2020 and ended in March 2023`."""
_LEAD = re.compile(
    r"\b(?:in|during|from|since|between|until|till|through|throughout|over the|period|years?|starting|beginning|din"
    r"|intre|pe parcursul|cursul|perioada|anul|anului|anii|anilor|de la|pana in|pana la)\s+"
    r"(?:(?:the|years?|period|anul|anii)\s+)*\(?$"
)
_DURATION_FROM = re.compile(
    r"[\s,(]*(?:period|project|long)?[\s,(]*(?:from|since|starting|beginning|commencing|incepand|de la|din)"
    r"(?:\s+(?:in|on|with|from|cu|de la|din|data de|luna))*\s+"
)
_DURATION_BEHIND = re.compile(
    r"[\s,(]*(?:(?:and|si)\s+)?(?:(?:for|over|lasting|lasted|lasts|pe|pentru|timp de|cu|with|durata|duration)[\s:]+)?"
    r"(?:(?:a|o)\s+)?(?:(?:total|period|duration|perioada|durata)\s+(?:of|de)\s+)?"
)
_CODE_BEFORE = re.compile(r"(?:\b(?:nr|no|number|numarul|art|law|legea|code|cod|codul|ref|hg|oug)\.?\s*:?\s*|[:#]\s?)$")
_NAMED = re.compile(r"\bthe\s+$")
"""What makes years a name: `the 2030 agenda`, `the 2014-2020 programming period`."""
_NUMBERED = re.compile(r"\b(?:nr|no|number|numarul|room|page|pagina)\.?\s$")
_DECADE = re.compile(r"\b(?:anii|anilor)\s$")
"""`anii 1970` are ten years."""
_COUNTED = re.compile(r"\s+de\s+(?!catre\b)[a-z]|\s+(?:people|children|women|men|[a-z]{3,}s)\b")
"""What makes a round number no year: `2000 de elevi`, `2000 people`."""


@dataclass(frozen=True, slots=True)
class Written:
    """A period where it is written; start and end are ISO 8601 at the source's precision, None where not told.

    The words between `begin` and `finish` are enough to read it again. `is_bare` is for years alone, with no month or
    preposition that makes them a time rather than a name (`Horizon 2020`).
    """

    start: str | None
    end: str | None
    begin: int
    finish: int
    note: str = ""
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Points that make one period."""

    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()

    @property
    def begin(self) -> int:
        return self.points[0].begin

    @property
    def finish(self) -> int:
        return self.points[-1].finish


def read_period(text: str, *, day_first: bool | None = None) -> tuple[str | None, str | None, str]:
    """(start, end, note) of a value that tells a period, each date ISO 8601 at the precision it is written in.

    (None, None, note) where it cannot be read. `day_first` says how `03/04/2019` is meant where the reader of a
    register has found it out. Several periods give the earliest start and the latest end.
    """
    if _PLAIN.fullmatch(text) and _is_day(text[:10]):
        return text[:10], text[:10], ""
    text = _joined_by_verbs(text)
    folded = fold_keeping_length(text)
    points = _vague(folded, text, find_points(folded, text, day_first=day_first))
    durations = find_durations(folded)
    runs = list(_runs(folded, points))
    if not points and goes_on(text):
        return None, None, GOES_ON
    if not runs or len(runs) > MOST_PERIODS or any(point.fault == UNREADABLE for point in points):
        if not points and durations:
            return None, None, f"only a duration is given: {text[durations[0].begin : durations[0].finish]}"
        return None, None, UNREADABLE if re.search(r"[0-9]", folded) else "no date is given"
    periods = [_period_of_value(text, folded, run, durations if len(runs) == 1 else ()) for run in runs]
    return _together(text, periods)


def _joined_by_verbs(text: str) -> str:
    """`April 2020 and ended in March 2023` with a dash in place of the words between, as long as these."""
    said = AND_ENDED.search(fold_keeping_length(text))
    return f"{text[: said.start()]}{' –'.ljust(len(said.group()))}{text[said.end() :]}" if said else text


def goes_on(text: str) -> bool:
    """Whether a value says of an end that there is none yet, and nothing else: `ongoing`, `în derulare`."""
    return len(text) <= _FARTHEST and _GOING_ON.fullmatch(fold_keeping_length(text)) is not None


def find_periods(text: str) -> list[Written]:
    """The periods that a sentence tells, in order; references, amounts of money and counts are passed over."""
    folded = fold_keeping_length(text)
    if not re.search(r"(?:19|20)[0-9]{2}|/[0-9]{2}", folded):
        return []
    money = find_money(text)
    ends = [one.end for one in money]
    durations = find_durations(folded)
    points = []
    for point in find_points(folded, text):
        place = bisect_right(ends, point.begin)
        is_money = place < len(money) and money[place].start < point.finish
        if not (point.fault or is_money or _is_code(folded, point)):
            points.append(point)
    found: list[Written] = []
    for run in _runs(folded, _vague(folded, text, points)):
        floor = found[-1].finish if found else 0
        found.append(_period_of_prose(text, folded, run, durations, floor))
    return found


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True


def _vague(folded: str, text: str, points: Sequence[Point]) -> list[Point]:
    """Points with the words before them that blur them, `early 2012`, kept at their precision with a note."""
    blurred, floor = [], 0
    for point in points:
        words = _VAGUE.search(folded, max(floor, point.begin - _FARTHEST), point.begin)
        floor = point.finish
        if words:
            note = f"{text[words.start() : point.finish]} is kept as {iso(point.first) or 'a whole month'}"
            point = replace(point, begin=words.start(), note=_joined(point.note, note), form="part")
        blurred.append(point)
    return blurred


def _runs(folded: str, points: Sequence[Point]) -> Iterator[_Run]:
    """Points in runs of one period each; a month without a year takes its neighbour's or is dropped."""
    position = 0
    while position < len(points):
        last = position + 1
        while last < len(points) and _belongs(folded, points[position], points[last - 1], points[last]):
            last += 1
        if run := _dated(points[position:last]):
            yield run
        position = last


def _belongs(folded: str, first: Point, before: Point, point: Point) -> bool:
    """Whether `point` goes on with the period that begins with `first` and whose last point so far is `before`."""
    gap = (before.finish, point.begin)
    if gap[1] - gap[0] > _FARTHEST:
        return False
    if _RANGE.fullmatch(folded, *gap):
        return True
    if before.first[0] is None:  # "June, July and August 2014"
        return _LIST.fullmatch(folded, *gap) is not None
    if _AND.fullmatch(folded, *gap) is None:
        return False
    is_between = _BETWEEN.search(folded, max(0, first.begin - _FARTHEST), first.begin) is not None
    return is_between or _follows(before, point)


def _follows(one: Point, other: Point) -> bool:
    """Whether years stand side by side, as in `2011 and early 2012`."""
    is_vague = one.first[1] is None and other.first[1] is None
    return is_vague and (one.last[0] or 0) <= (other.first[0] or 0) <= (one.last[0] or 0) + 1


def _dated(points: Sequence[Point]) -> _Run | None:
    """The run with years filled in: from the point behind, or for a last month from the one before."""
    filled: list[Point] = []
    notes: list[str] = []
    for point in reversed(points):
        if point.first[0] is None and filled:
            behind = filled[-1]
            year = behind.first[0]
            if year and (point.first[1] or 0) > (behind.first[1] or 12):
                year -= 1
                notes.append(f"the year of the start is not written; read as {year}")
            filled.append(_in_year(point, year))
            continue
        filled.append(point)
    filled.reverse()
    known = next((point.last[0] for point in reversed(filled) if point.last[0]), None)
    if known is None:
        return None
    return _Run(tuple(_in_year(point, known) if point.first[0] is None else point for point in filled), tuple(notes))


def _in_year(point: Point, year: int | None) -> Point:
    return replace(point, first=(year, *point.first[1:]), last=(year, *point.last[1:]))


def _read(run: _Run) -> tuple[str | None, str | None, str]:
    """(start, end, note) of the points of one period; an impossible date is left out and named."""
    first, last = run.points[0], run.points[-1]
    start = None if first.fault else iso(first.first)
    end = None if last.fault else iso(last.last)
    notes = [*run.notes]
    for point in run.points if len(run.points) > 1 else (first,):
        notes += [point.note, point.fault]
    notes.append("the end lies before the start" if start and end and end < start[: len(end)] else "")
    return start, end, _joined(*dict.fromkeys(notes))


def _period_of_value(text: str, folded: str, run: _Run, durations: Sequence[Duration]) -> Written:
    """The period of a value, where words anywhere in it may say that it is open."""
    start, end, note = _read(run)
    begin, finish = run.begin, run.finish
    if len(run.points) > 1 or run.points[0].first != run.points[0].last:
        still = _STILL.match(folded, finish, finish + _FARTHEST)
        return Written(start, None if still else end, begin, finish, _joined(note, _open(still)))
    window = (max(0, begin - _FARTHEST), begin)
    is_until = _UNTIL.search(folded, *window) or _UNTIL_VALUE.search(folded, *window)
    if is_until and not run.points[0].fault:
        return Written(None, end, begin, finish, _joined(note, NO_START))
    if durations and not run.points[0].fault:
        return _lasting(text, run, durations[0])
    still = _STILL_VALUE.search(folded)
    if _FROM.search(folded, *window) or _FROM_VALUE.search(folded, *window) or still:
        end, note = None, _joined(note, _open(still) or NO_END)
    return Written(start, end, begin, finish, note)


def _open(still: re.Match[str] | None) -> str:
    """The note of a period that has no end: `– present` says that it goes on, `onwards` and a bare dash do not."""
    if still is None:
        return ""
    return _joined(NO_END, GOES_ON if _STILL_NOW.search(still.group()) else "")


def _period_of_prose(text: str, folded: str, run: _Run, durations: Sequence[Duration], floor: int) -> Written:
    """The period of a sentence, where only words right beside it, from `floor` on, say that it is open."""
    start, end, note = _read(run)
    begin, finish = run.begin, run.finish
    window = (max(floor, begin - _FARTHEST), begin)
    is_led = any(pattern.search(folded, *window) for pattern in (_LEAD, _FROM, _UNTIL))
    between = _BETWEEN.search(folded, *window)
    is_years = all(point.form in ("year", "years") for point in run.points)
    if is_years and not between and (_NAMED.search(folded, *window) or folded.startswith("'s", finish)):
        return Written(start, end, begin, finish, note, is_bare=True)
    is_bare = is_years and not is_led
    if still := _STILL.match(folded, finish, finish + _FARTHEST):
        return Written(start, None, begin, still.end(), _joined(note, _open(still)))
    if between:
        is_lone = len(run.points) == 1 and run.points[0].form == "year"  # "between 2000 and 2500 people"
        return Written(start, end, between.start(), finish, note, is_bare or is_lone)
    if len(run.points) > 1 or run.points[0].first != run.points[0].last:
        return Written(start, end, begin, finish, note, is_bare)
    place = bisect_right(durations, begin, key=lambda duration: duration.begin)
    for duration in durations[max(0, place - 1) : place + 1]:
        if duration.begin >= floor and _lasts(folded, run, duration):
            made = _lasting(text, run, duration)
            return replace(made, begin=min(begin, duration.begin), finish=max(finish, duration.finish))
    if until := _UNTIL.search(folded, *window):
        return Written(None, end, until.start(), finish, _joined(note, NO_START))
    if since := _FROM.search(folded, *window):
        return Written(start, None, since.start(), finish, _joined(note, NO_END))
    return Written(start, end, begin, finish, note, is_bare)


def _lasts(folded: str, run: _Run, duration: Duration) -> bool:
    """Whether a duration stands right beside the one point of a run: `24 months from March 2019`."""
    if duration.finish <= run.begin:
        return _DURATION_FROM.fullmatch(folded, duration.finish, run.begin) is not None
    return _DURATION_BEHIND.fullmatch(folded, run.finish, duration.begin) is not None


def _lasting(text: str, run: _Run, duration: Duration) -> Written:
    """A period from its start and how long it lasts; months are as exact as such an end can be."""
    start, _, note = _read(run)
    words = text[duration.begin : duration.finish]
    year, month, day = run.points[0].first
    end = end_after(duration, year, month, day) if year else None
    said = f"the end follows from {words}" if end else f"{NO_END} but for {words}"
    return Written(start, f"{end[0]}-{end[1]:02}" if end else None, run.begin, run.finish, _joined(note, said))


def _together(text: str, periods: Sequence[Written]) -> tuple[str | None, str | None, str]:
    """One period from several: what another tells more exactly is left out, the rest gives the two ends."""
    kept = [one for one in periods if not any(_holds(one, other) for other in periods)]
    starts = [one.start for one in kept if one.start]
    ends = [one.end for one in kept if one.end]
    notes = list(dict.fromkeys(one.note for one in kept if one.note))
    if len(kept) > 1:
        notes.append("several periods: " + " and ".join(text[one.begin : one.finish] for one in kept))
    is_open = any(NO_END in one.note for one in kept)
    end = None if is_open or not ends else max(ends, key=lambda end: (end + "-99-99")[:10])
    return min(starts, default=None), end, _joined(*notes)


def _holds(one: Written, other: Written) -> bool:
    """Whether `one` says less exactly what `other` says: `2014 (March - June 2014)`."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    is_within = other.start.startswith(one.start) and other.end.startswith(one.end)
    return is_within and len(one.start) < len(other.start)


def _is_code(folded: str, point: Point) -> bool:
    """Whether digits that look like a date number a law, a contract or people."""
    window = (max(0, point.begin - _FARTHEST), point.begin)
    if _CODE_BEFORE.search(folded, *window) and "/" in folded[point.begin : point.finish]:
        return True
    if point.form == "year" and (point.first[0] or 0) % 100 == 0 and _COUNTED.match(folded, point.finish):
        return True
    if point.form == "year" and _NUMBERED.search(folded, *window):
        return True
    if point.form == "year" and (point.first[0] or 0) % 10 == 0 and _DECADE.search(folded, *window):
        return True
    return " read as 20" in point.note and point.finish - point.begin < len("05.03.19")


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))

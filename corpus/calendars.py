"""Points in time as written, in English and Romanian: days, months, quarters, seasons, years and what they cover.

Does not know periods: which points belong together, which is a start and which an end, is for `corpus.dates`. Text
given here is folded by `fold_keeping_length`.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace

NO_CALENDAR = "no calendar has "
"""How the note of an impossible date begins."""
SWAPPABLE = "day and month may be the other way round"

_MONTH_NAMES = (
    "january jan ianuarie ian", "february feb februarie", "march mar martie", "april apr aprilie", "may mai",
    "june jun iunie iun", "july jul iulie iul", "august aug", "september sept sep septembrie",
    "october oct octombrie", "november nov noiembrie noi noiem", "december dec decembrie decem",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
SEASONS = {
    name: (first, last, english)
    for first, last, english, names in (
        (3, 5, "spring read as March to May", "spring primavara primaverii"),
        (6, 8, "summer read as June to August", "summer vara verii"),
        (9, 11, "autumn read as September to November", "autumn fall toamna toamnei"),
    )
    for name in names.split()
}
ROMAN = {name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)}
_ORDINALS = {
    name: number
    for number, names in (
        (1, "first 1st 1 i prima primul intai"),
        (2, "second 2nd 2 ii doua doilea"),
        (3, "third 3rd 3 iii treia treilea"),
        (4, "fourth 4th last 4 iv patra patrulea ultimul"),
    )
    for name in names.split()
}

YEAR = r"(?:19|20)[0-9]{2}"
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ROMAN = "|".join(sorted(ROMAN, key=len, reverse=True))
_TH = r"(?:st|nd|rd|th)?"
_OF_YEAR = r"(?:[\s,]+|\s?/\s?|-)(?:(?:of|in|al|a|din|lui|anul|anului|the year|year)\s+)*"
_NO_NUMBER_BEHIND = r"(?![\w%‰])(?![.,'/-][0-9])"
_NO_COUNT_BEHIND = rf"(?!-[0-9]{{1,3}}(?![0-9./]|{_TH}\s?(?:of\s)?(?:{MONTH})\b))"
"""`March 2019-12` is no month of 2019, but `1 March 2019-12 April 2019` begins with one."""

Stamp = tuple[int | None, int | None, int | None]
"""Year, month and day, each None where the words do not give it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, year or named part of one where it is written; `first` and `last` differ for what spans several.

    `fault` says why a date that is written cannot be one, and `note` how its words were read.
    """

    begin: int
    finish: int
    first: Stamp
    last: Stamp
    form: str
    """`day`, `month`, `part` of a year, `years` or `year`."""
    note: str = ""
    fault: str = ""


def iso(stamp: Stamp) -> str | None:
    """ISO 8601 at the precision of the stamp; None without a year."""
    year, month, day = stamp
    if year is None:
        return None
    return f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def find_points(folded: str, written: str, *, day_first: bool | None = None) -> list[Point]:
    """Every point in time in `folded`, in order; `written` is the text it was folded from.

    A month or part of a year without a year is given too, since the year may follow: `June - November 2014`.
    `day_first` says how `03/04/2019` is meant; where it is None, the day is first, with a note where nothing shows it.
    """
    found: list[Point] = []
    for pattern, read in _FORMS:
        begins = [point.begin for point in found]
        points = (
            read(match, written, day_first)
            for match in pattern.finditer(folded)
            if _is_free(found, begins, match.start(), match.end())
        )
        found = sorted([*found, *filter(None, points)], key=lambda point: point.begin)
    return _unswapped(found, day_first)


def _is_free(found: list[Point], begins: list[int], begin: int, finish: int) -> bool:
    """Whether no earlier form has taken any of these characters."""
    place = bisect_left(begins, begin)
    return (place == 0 or found[place - 1].finish <= begin) and (place == len(found) or begins[place] >= finish)


def _unswapped(found: list[Point], day_first: bool | None) -> list[Point]:
    """Without the doubt about days and months where another date of the same text settles it with a day above 12."""
    settles = any(point.form == "day" and not point.note and (point.first[2] or 0) > 12 for point in found)
    if day_first is None and not settles:
        return found
    return [replace(point, note="") if point.note == SWAPPABLE else point for point in found]


def _point(match: re.Match[str], first: Stamp, last: Stamp | None = None, *, form: str = "", note: str = "") -> Point:
    """With the fault of a day that its month does not have, or of a number that is no day or month at all."""
    fault = ""
    last = last or first
    for year, month, day in (first, last):
        if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
            fault = "the dates could not be read"
        elif month and day and day > monthrange(year or 2000, month)[1]:
            fault = fault or f"{NO_CALENDAR}{day} {_MONTH_NAMES[month - 1].split()[0].title()}" + (
                f" {year}" if year else ""
            )
    if not form:
        form = "day" if first[2] else "month" if first[1] else "year"
    return Point(match.start(), match.end(), first, last, form, note, fault)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _day(match: re.Match[str], written: str, day_first: bool | None) -> Point | None:
    """`15.09.2019`, `03/04/2019`, `05.03.19`; not the tail of a longer number, `12-01-02-2019`."""
    if match["mark"] == "-" and written[match.start() - 1 : match.start()] == "-":
        return None
    one, other, year = int(match["d"]), int(match["m"]), int(match["y"])
    note = ""
    if len(match["y"]) == 2:
        year, note = 2000 + year, f"{match['y']} read as {2000 + year}"
    if day_first is False and not (one > 12 >= other and match["mark"] == "."):
        one, other = other, one
    elif day_first is None and match["mark"] != "." and one <= 12 and other <= 12 and one != other:
        note = note or SWAPPABLE
    return _point(match, (year, other, one), note=note)


def _days(match: re.Match[str], _written: str, _day_first: bool | None) -> Point:
    """`22-25.09.2020`, `01.03-30.06.2020`."""
    year, end_month = int(match["y"]), int(match["m2"])
    month = int(match["m1"] or end_month)
    return _point(match, (year - (month > end_month), month, int(match["d1"])), (year, end_month, int(match["d2"])))


def _reversed_day(match: re.Match[str], _written: str, _day_first: bool | None) -> Point | None:
    """`2019-03-01`, `2019/03/01`, `2019-03`; `2013-14` are two years and left to another form."""
    year, month, day = int(match["y"]), int(match["m"]), _number(match["d"])
    if day is None and month > 12:
        return None
    is_open = day is None and year % 100 < month
    return _point(match, (year, month, day), note=f"{match['y']}-{match['m']} read as a month" if is_open else "")


def _roman_day(match: re.Match[str], written: str, _day_first: bool | None) -> Point | None:
    """`12.III.2019`."""
    if not written[slice(*match.span("m"))].isupper():
        return None
    return _point(match, (int(match["y"]), ROMAN[match["m"]], int(match["d"])))


def _month(match: re.Match[str], _written: str, _day_first: bool | None) -> Point:
    """`03/2019`, `03-06/2019`."""
    year, month = int(match["y"]), int(match["m"])
    return _point(match, (year, int(match["m1"] or month), None), (year, month, None))


def _named_month(match: re.Match[str], _written: str, _day_first: bool | None) -> Point | None:
    """`22-25 September 2020`, `March 5, 2021`, `June`."""
    year, month = _number(match["y"]), MONTHS[match["month"]]
    if match["month"] in _ALSO_WORDS and re.search(r"[a-z]", match["between"] or ""):
        return None  # "... mai in 2019": "also in 2019"
    one, other = (match["d1"], match["d2"]) if match["d2"] else (match["d3"], match["d4"])
    first, last = _number(one or other), _number(other or one)
    return _point(match, (year, month, first), (year, month, last))


def _part(match: re.Match[str], _written: str, _day_first: bool | None) -> Point | None:
    """`Q1 2020`, `third quarter of 2014`, `semestrul I 2020`."""
    kind, number = match["kind"], _ORDINALS[match["n"].split()[-1]]
    length = 6 if kind[0] in "hsj" else 3
    if length == 6:
        number = min(number, 2) if match["n"] in ("last", "ultimul") else number
    if number > 12 // length:
        return None
    year = _number(match["y"])
    return _point(match, (year, (number - 1) * length + 1, None), (year, number * length, None), form="part")


def _season(match: re.Match[str], _written: str, _day_first: bool | None) -> Point:
    """`summer 2014`, `iarna 2013-2014`."""
    year, end = _number(match["y"]), _later_year(match["y"], match["e"])
    if match["season"] in SEASONS:
        first, last, note = SEASONS[match["season"]]
        return _point(match, (year, first, None), (end or year, last, None), form="part", note=note)
    if end is None:
        return _point(match, (year, None, None), form="part", note=f"{match[0]} is kept as {year}")
    note = "winter read as December to February"
    return _point(match, (year, 12, None), (end, 2, None), form="part", note=note)


def _years(match: re.Match[str], _written: str, _day_first: bool | None) -> Point | None:
    """`2011-2012`, `2013/14`, `school year 2013-2014`."""
    end = _later_year(match["y"], match["e"])
    if end is None:
        return None
    is_named = not match[0][0].isdigit()
    return _point(match, (int(match["y"]), None, None), (end, None, None), form="part" if is_named else "years")


def _year(match: re.Match[str], _written: str, _day_first: bool | None) -> Point:
    return _point(match, (int(match["y"]), None, None))


def _later_year(year: str | None, end: str | None) -> int | None:
    """The end of `2013-2014` or `2013-14`; None where two digits name no later year."""
    if year is None or end is None:
        return None
    if len(end) == 4:
        return int(end)
    return int(year[:2] + end) if int(end) > int(year[2:]) else None


_ALSO_WORDS = frozenset({"may", "mai", "march", "mar", "noi"})
_SCHOOL = (
    r"(?:school|academic|university|financial|fiscal) years?|fy"
    r"|an(?:ul|ului|ii|ilor)? (?:scolar|universitar|academic)(?:i|ului)?"
)
_Y = rf"(?P<y>{YEAR})"
_E = rf"(?P<e>{YEAR}|[0-9]{{2}})"
_WITH_YEAR = rf"(?:{_OF_YEAR}{_Y}{_NO_NUMBER_BEHIND})?"
_PART_BEHIND = r"(?P<kind>quarter|trimester|trimestru|half|semester|semestru|jumatate)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, bool | None], Point | None]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b(?:{_SCHOOL})(?:\s+of|:)?\s*{_Y}\s?[-/]\s?{_E}(?!\w)", _years),
        (
            rf"(?:(?<![\w.-])|(?<=-[0-9]{{2}}-)){_Y}-(?P<m>[0-9]{{2}})(?:-(?P<d>[0-9]{{2}}))?"
            r"(?:[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
            rf"(?![\w%])(?!\.[0-9])(?!/[0-9]{{4}}(?!-))(?![/-][0-9]{{1,3}}(?![0-9]))(?!\s?(?:of\s)?(?:{MONTH})\b)",
            _reversed_day,
        ),
        (
            r"(?<![\w./,-])(?P<d1>[0-9]{1,2})(?:(?:\.(?P<m1>[0-9]{1,2}))\.?\s?-\s?|\.?-)"
            rf"(?P<d2>[0-9]{{1,2}})\.(?P<m2>[0-9]{{1,2}})\.{_Y}(?!\w)",
            _days,
        ),
        (
            r"(?<![\w./,])(?P<d>[0-9]{1,2})(?P<mark>[./-])\s?(?P<m>[0-9]{1,2})(?P=mark)\s?"
            rf"(?P<y>{YEAR}|(?:(?<=[./])|(?<=[./]\s))[0-9]{{2}})(?!\w)(?![./][0-9])",
            _day,
        ),
        (
            rf"(?<![\w./,]){_Y}(?P<mark>[./])(?P<m>[0-9]{{1,2}})(?P=mark)(?P<d>[0-9]{{1,2}})(?!\w)(?![./][0-9])",
            _reversed_day,
        ),
        (rf"(?<![\w./,])(?P<d>[0-9]{{1,2}})[./\s-]\s?(?P<m>{_ROMAN})[./\s-]\s?{_Y}(?!\w)", _roman_day),
        (
            rf"(?:(?:(?<![\w.,/-])(?P<d1>[0-9]{{1,2}}){_TH}\s?(?:-|/|to|and|si|pana la|la)\s?)?"
            rf"(?<![\w.,])(?P<d2>[0-9]{{1,2}}){_TH}\.?\s?(?:of\s)?)?(?<![^\W0-9])(?P<month>{MONTH})\b\.?"
            rf"(?(d2)|(?:\s?(?P<d3>[0-9]{{1,2}}){_TH}(?:\s?-\s?(?P<d4>[0-9]{{1,2}}){_TH})?(?!\w)(?![.,:]?[0-9]))?)"
            rf"(?:(?P<between>{_OF_YEAR}){_Y}(?![\w%‰])(?![.,'/][0-9]){_NO_COUNT_BEHIND})?",
            _named_month,
        ),
        (rf"(?<![\w./,-]){_Y}[\s/-]?(?P<kind>[qht])(?P<n>[1-4])\b", _part),
        (rf"(?<!\w)(?P<kind>[qhst])\s?(?P<n>[1-4])\b{_WITH_YEAR}", _part),
        (rf"(?<!\w)(?P<n>(?:a |al )?(?:{_ORDINAL}))\s{_PART_BEHIND}\b{_WITH_YEAR}", _part),
        (
            r"(?<!\w)(?P<kind>quarter|trimestrul|trim|semestrul|sem)\.?\s?(?:al |a )?"
            rf"(?P<n>{_ORDINAL})(?:-?lea)?\b{_WITH_YEAR}",
            _part,
        ),
        (
            rf"\b(?P<season>{'|'.join(SEASONS)}|winter|iarna|iernii)\b(?:{_OF_YEAR}{_Y}(?:\s?[-/]\s?{_E})?{_NO_NUMBER_BEHIND})?",
            _season,
        ),
        (rf"(?<![\w./,-])(?:(?P<m1>[0-9]{{1,2}})-)(?P<m>[0-9]{{1,2}})[./]{_Y}(?!\w)(?![./][0-9])", _month),
        (rf"(?<![\w./,])(?P<m1>(?!))?(?P<m>[0-9]{{1,2}})[./]{_Y}(?!\w)(?![./][0-9])", _month),
        (
            rf"(?<![\w./,#-]){_Y}(?:[-/]{YEAR}(?=[-/]))*+(?:[-/]|\s?/\s?|\s?-\s?(?=[0-9]{{2}}\s*(?:$|[|;,.)])))"
            rf"{_E}(?![\w%])(?![./,-][0-9])(?!\s*(?:{MONTH})\b)",
            _years,
        ),
        (
            r"(?<![\w./,'#+])(?:(?<!\w-)|(?<=[0-9]{4}-)|(?<=mid-)|(?<=early-)|(?<=late-))"
            rf"{_Y}(?![\w%‰])(?![.,'/-][0-9])(?!/\w)(?!-(?!present|prezent|azi|today|now|ongoing|on-going|{MONTH})[a-z])",
            _year,
        ),
    )
)

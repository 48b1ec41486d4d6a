"""Periods as written, in English and Romanian, with the precision of the source and nothing added to it."""

import re
from datetime import date

from corpus.amounts import fold_keeping_length

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ianuarie ian", "february feb februarie", "march mar martie", "april apr aprilie", "may mai",
            "june jun iunie iun", "july jul iulie iul", "august aug", "september sept sep septembrie",
            "october oct octombrie", "november nov noiembrie noi", "december dec decembrie",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DASH = r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bpana (?:in|la)\b|\bla\b)\s*"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
POINT = re.compile(
    rf"(?<![\d/.])(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)(?!\d)(?![/.]\d)"
    rf"|(?<!\d)(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y>{_YEAR})(?!\d)"
    rf"|(?<![\d/.])(?P<mm>\d{{1,2}})[./](?P<my>{_YEAR})(?!\d)"
    rf"|(?:(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"(?:\b(?P<month>{_MONTH})\b\.?,?\s*(?:(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?,\s*)?)?"
    rf"(?<!\d)(?P<year>{_YEAR})(?!\d)"
)
DAYS = re.compile(rf"(?<!\d)(\d{{1,2}}){_DASH}(\d{{1,2}})\s+({_MONTH})\.?\s+({_YEAR})(?!\d)")
MONTHS_OF_YEAR = re.compile(
    rf"(?:(?<!\d){_DAY}\s+)?\b({_MONTH})\.?(?:\s{_DAY})?{_DASH}"
    rf"(?:(?<!\d){_DAY}\s+)?({_MONTH})\.?(?:\s{_DAY},)?\s+({_YEAR})(?!\d)"
)
SWAPPABLE = re.compile(rf"(?<!\d)(0?[1-9]|1[0-2])/(?!0?\1/)(?:0?[1-9]|1[0-2])/{_YEAR}")
SETTLED = re.compile(rf"(?<!\d)(?:1[3-9]|2\d|3[01])/\d{{1,2}}/{_YEAR}")
"""A day above 12 shows that days stand first here."""
UNTIL = re.compile(r"\W*(?:until|till|up to|by|pana (?:in|la))\b")
SHORT_YEARS = re.compile(rf"(?<![\d/.])({_YEAR})\s*[-–/]\s*(\d\d)(?!\d)(?![-./]\d)(?!\s*(?:{_MONTH})\b)")


def read_period(text: str) -> tuple[str | None, str | None, str]:
    """(start, end, note), each date ISO 8601 at the precision it is written in; (None, None, note) where unreadable."""
    folded = fold_keeping_length(text)
    days, months, short = DAYS.search(folded), MONTHS_OF_YEAR.search(folded), SHORT_YEARS.search(folded)
    if days:
        first, last, month, year = days.groups()
        points = [_iso(year, MONTHS[month], first), _iso(year, MONTHS[month], last)]
    elif months and not re.search(_YEAR, folded[: months.start()]):
        first, month, first_behind, last, end_month, last_behind, year = months.groups()
        points = [
            _iso(year, MONTHS[month], first or first_behind),
            _iso(year, MONTHS[end_month], last or last_behind),
        ]
    elif short and int(short[2]) > int(short[1][2:]):  # 2013-14, but 2013-11 is a month
        points = [short[1], short[1][:2] + short[2]]
    else:
        points = [_point(match) for match in POINT.finditer(folded)]
    if not points or len(points) > 2 or None in points:
        return None, None, "the dates could not be read" if re.search(r"\d", text) else "no date is given"
    start, end = points[0], points[-1]
    if len(points) == 1 and UNTIL.match(folded):
        return None, end, "no start is given"
    if start and end and end < start[: len(end)]:
        return start, end, "the end lies before the start"
    if len(points) == 1 and re.search(
        r"\b(?:from|since|starting|din|incepand|de la)\b|(?:-|–)\s*$|present|prezent|ongoing|onwards|incoace", folded
    ):
        return start, None, "no end is given"
    swappable = SWAPPABLE.search(folded) and not SETTLED.search(folded)
    return start, end, "day and month may be the other way round" if swappable else ""


def _point(match: re.Match[str]) -> str | None:
    if match["iso"]:
        year, month, *day = match["iso"].split("-")
        return _iso(year, int(month), day[0] if day else None)
    if match["y"]:
        return _iso(match["y"], int(match["m"]), match["d"])
    if match["my"]:
        return _iso(match["my"], int(match["mm"]), None)
    return _iso(
        match["year"],
        MONTHS[match["month"]] if match["month"] else None,
        (match["day"] or match["day_behind"]) if match["month"] else None,
    )


def _iso(year: str, month: int | None, day: str | None) -> str | None:
    if month is None:
        return year
    try:
        date(int(year), month, int(day or 1))
    except ValueError:
        return None  # no calendar has it
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")

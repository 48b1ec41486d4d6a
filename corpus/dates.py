"""Periods as written, in English and Romanian, with the precision of the source and nothing added to it."""

import re

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
POINT = re.compile(
    rf"(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)(?!\d)"
    rf"|(?<!\d)(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y>{_YEAR})(?!\d)"
    rf"|(?:(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?:\b(?P<month>{_MONTH})\b\.?,?\s*)?(?:(?<!\d)(?P<year>{_YEAR})(?!\d))"
)
DAYS = re.compile(rf"(?<!\d)(\d{{1,2}}){_DASH}(\d{{1,2}})\s+({_MONTH})\.?\s+({_YEAR})(?!\d)")
MONTHS_OF_YEAR = re.compile(
    rf"\b(?:(\d{{1,2}})\s+)?({_MONTH})\.?{_DASH}(?:(\d{{1,2}})\s+)?({_MONTH})\.?\s+({_YEAR})(?!\d)"
)
SHORT_YEARS = re.compile(rf"(?<!\d)({_YEAR})[-–/](\d\d)(?!\d)(?![-./]\d)")


def read_period(text: str) -> tuple[str | None, str | None, str]:
    """(start, end, note), each date ISO 8601 at the precision it is written in; (None, None, note) where unreadable."""
    folded = fold_keeping_length(text)
    days, months, short = DAYS.search(folded), MONTHS_OF_YEAR.search(folded), SHORT_YEARS.search(folded)
    if days:
        first, last, month, year = days.groups()
        points = [_iso(year, MONTHS[month], first), _iso(year, MONTHS[month], last)]
    elif months and not re.search(_YEAR, folded[: months.start()]):
        first, month, last, end_month, year = months.groups()
        points = [_iso(year, MONTHS[month], first), _iso(year, MONTHS[end_month], last)]
    elif short:
        points = [short[1], short[1][:2] + short[2]]
    else:
        points = [_point(match) for match in POINT.finditer(folded)]
    if not points or len(points) > 2 or None in points:
        return None, None, "the dates could not be read" if re.search(r"\d", text) else "no date is given"
    start, end = points[0], points[-1]
    if start and end and end < start[: len(end)]:
        return start, end, "the end lies before the start"
    if len(points) == 1 and re.search(
        r"\b(?:from|since|starting|din|incepand|de la)\b|(?:-|–)\s*$|present|prezent|ongoing", folded
    ):
        return start, None, "no end is given"
    return start, end, ""


def _point(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return match["iso"]
    if match["y"]:
        return _iso(match["y"], int(match["m"]), match["d"])
    return _iso(
        match["year"], MONTHS[match["month"]] if match["month"] else None, match["day"] if match["month"] else None
    )


def _iso(year: str, month: int | None, day: str | None) -> str | None:
    if month is None:
        return year
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")

"""Wanted: what a visitor filters and sorts the projects by, as a value, as a link's query and as a form's fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from corpus.amounts import find_money, money_in
from corpus.currencies import CODES, CURRENCIES
from corpus.dates import read_period
from corpus.document import Span, canonical
from corpus.numbers import read_number
from corpus.record import Period
from corpus.words import fold
from index.records import days

SORTS = ("title", "start", "end", "amount", "organisation", "place")
ROLES = ("funder", "sponsor", "supporter", "partner", "implementer", "beneficiary", "client")
"""What an organisation may be to a project."""
LONGEST = 500
"""Characters of what is typed; no name of anything is longer."""
_CENTS = re.compile(r"[0-9]{1,12}[.,][0-9]{1,6}")
YES = frozenset("1 on true yes da desc".split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What projects are filtered and sorted by; with all of it empty, every project in the store's own order.

    A project fulfils all that is set. Of an organisation, a place and a programme a part of the name will do, accents
    and case forgiven; in double quotes it is the whole name. Amounts are plain decimals, dates ISO 8601 at any
    precision.
    """

    text: str = ""
    """Words that one passage of the project holds, all of them, or its title and aliases, in whatever form."""
    organisation: str = ""
    role: str = ""
    """The role of that organisation; alone: some organisation has it."""
    place: str = ""
    """A place, or the name or the code of a country in English or Romanian."""
    programme: str = ""
    since: str = ""
    until: str = ""
    """A project fits whose period shares a day with the time between."""
    least: str = ""
    most: str = ""
    currency: str = ""
    """With `least` and `most`: a budget or a grant lies within, in this currency; any, where none is given."""
    document: str = ""
    """The source of a document, or of the file that it is a part of."""
    sort: str = ""
    """One of SORTS."""
    descending: bool = False


def to_query(wanted: Wanted) -> str:
    """The query of a link, `organisation=EEA&sort=title`: what is set, URL-encoded."""
    told = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    set_to = {name: "1" if value is True else value for name, value in told.items() if value}
    return urlencode(set_to, errors="replace")


def from_query(fields: Mapping[str, str | Sequence[str]]) -> Wanted:
    """What a link's query or a form asks for; values that make no sense are left out.

    Numbers and dates as people type them in English and Romanian: `1,5 milioane`, `250.000 lei`, `31.03.2014`.
    """

    def told(name: str) -> str:
        value = fields.get(name, "")
        first = value if isinstance(value, str) else next((one for one in value if isinstance(one, str)), "")
        return canonical(first).strip()[:LONGEST].strip()

    (least, counted), (most, counted_too) = _amount(told("least")), _amount(told("most"))
    role, sort = fold(told("role")), told("sort")
    return Wanted(
        text=told("text"),
        organisation=told("organisation"),
        role=role if role in ROLES else "",
        place=told("place"),
        programme=told("programme"),
        since=_date(told("since"), 0),
        until=_date(told("until"), 1),
        least=least,
        most=most,
        currency=_currency(told("currency")) or counted or counted_too,
        document=told("document"),
        sort=sort if sort in SORTS else "",
        descending=sort in SORTS and fold(told("descending")) in YES,
    )


def _amount(text: str) -> tuple[str, str]:
    """(plain decimal, currency where one is typed beside it); empty where it is no amount."""
    value, currency = read_number(text)[0], ""
    if value is None and _CENTS.fullmatch(text):
        value = Decimal(text.replace(",", "."))  # in a document it may have lost a digit
    if value is None and (told := find_money(text)):
        value, currency = told[0].amount, told[0].currency or ""
    if value is None and (written := money_in(text, "EUR")):  # as good as any, to have the words read
        value = written.amount
    return (_plain(value), currency) if value is not None else ("", "")


def _plain(value: Decimal) -> str:
    """A decimal that is read as itself again: three digits behind a point would be thousands."""
    written = format(value.normalize() + 0, "f")  # without the sign of a negative nought
    return written + "0" if len(written.partition(".")[2]) == 3 else written


def _date(text: str, end: int) -> str:
    """ISO 8601 of a date as it is typed; of a period its start, or its end."""
    if not text:
        return ""
    start_and_end = read_period(text)[:2]
    told = start_and_end[end] or start_and_end[1 - end] or ""
    try:
        for day in days(Period(told, told, told, Span(0, 0))):
            date.fromisoformat(day or "")
    except ValueError:
        return ""
    return told


def _currency(text: str) -> str:
    """The ISO 4217 code of a currency by its code or name."""
    code = text.upper() if text.upper() in CODES else CURRENCIES.get(fold(text)) or ""
    return code if code in CODES else ""

"""Values of a record as the page writes them: periods, amounts, roles, countries. Knows no layout."""

import re
from decimal import Decimal, InvalidOperation

from index.panels.frame import Frame

DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def told_date(frame: Frame, told: str) -> str:
    """A date at its own precision, ISO 8601: 2013, Nov 2013, 5 Nov 2013."""
    found = DATE.fullmatch(told)
    if not found or not found[2]:
        return told
    if found[3]:
        return frame.day(told)
    return frame.day(f"{told}-01").split(" ", 1)[1]


def told_period(frame: Frame, start: str | None, end: str | None) -> str:
    """A period: from when to when, or the one end that is known; empty where none is."""
    if start and end:
        if start == end:
            return told_date(frame, start)
        return f"{told_date(frame, start)} – {told_date(frame, end)}"
    if start:
        return frame.say("from {date}", date=told_date(frame, start))
    return frame.say("until {date}", date=told_date(frame, end)) if end else ""


def told_amount(frame: Frame, amount: Decimal | str | None, currency: str | None) -> str:
    """An amount with its currency, as far as they are known: 279,014 EUR; empty where the amount is not."""
    try:
        value = None if amount is None else Decimal(amount)
    except InvalidOperation:
        return ""
    if value is None or not value.is_finite():
        return ""
    return " ".join(filter(None, [frame.number(value), currency]))


def amount_label(frame: Frame, role: str) -> str:
    """What an amount of a role is called."""
    if role == "budget":
        return frame.say("Budget")
    if role == "grant":
        return frame.say("Grant")
    if role == "cost share":
        return frame.say("Cost share")
    return frame.say("Amount for a year") if role == "year" else role


def organisation_label(frame: Frame, role: str, n: int = 1) -> str:
    """What an organisation of a role, or several of them, are called."""
    one, many = {
        "funder": (frame.say("Funder"), frame.say("Funders")),
        "sponsor": (frame.say("Sponsor"), frame.say("Sponsors")),
        "supporter": (frame.say("Supporter"), frame.say("Supporters")),
        "partner": (frame.say("Partner"), frame.say("Partners")),
        "implementer": (frame.say("Implementer"), frame.say("Implementers")),
        "client": (frame.say("Client"), frame.say("Clients")),
        "beneficiary": (frame.say("Beneficiary"), frame.say("Beneficiaries")),
    }.get(role, (role, role))
    return one if n == 1 else many


def country(frame: Frame, code: str | None) -> str:
    """The name of a country, of which the code is ISO 3166-1 alpha-2; empty where there is none."""
    from babel import Locale

    return str(Locale.parse(frame.language).territories.get(code, code)) if code else ""


def with_country(frame: Frame, name: str, code: str | None) -> str:
    """A name with its country behind it, unless the name tells it."""
    where = country(frame, code)
    return name if not where or where.casefold() in name.casefold() else f"{name} ({where})"

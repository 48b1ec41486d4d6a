"""IATI activity files, version 1 and 2: an activity is a record, its codes written as the words they stand for.

The format tells what each element is, so nothing is learned here. Sums of transactions are no budgets and are not made.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.errors import UnreadableError
from corpus.labels import Meaning
from corpus.readers.draft import Column, Draft, squeeze
from corpus.readers.register import Record, known_records

Element = etree._Element
"""lxml gives the type of its elements no public name."""

MOST_AMOUNTS = 200
"""Budgets or commitments of one activity that are named."""
MOST_LINKS = 10
"""Documents of one activity that are named."""
COLUMNS = (
    Column("Title", Meaning("title", "project")),
    Column("Other title", Meaning("alias")),
    Column("Identifier", Meaning("reference")),
    Column("Description", Meaning("description")),
    Column("Objectives", Meaning("description")),
    Column("Actual start", Meaning("period", "start")),
    Column("Actual end", Meaning("period", "end")),
    Column("Planned start", Meaning("period", "planned start")),
    Column("Planned end", Meaning("period", "planned end")),
    Column("Funding organisation", Meaning("organisation", "funder"), is_single=True),
    Column("Accountable organisation", Meaning("organisation", "partner"), is_single=True),
    Column("Extending organisation", Meaning("organisation", "partner"), is_single=True),
    Column("Implementing organisation", Meaning("organisation", "implementer"), is_single=True),
    Column("Budget", Meaning("amount", "budget"), decimal_mark="."),
    Column("Budget of a period", Meaning("amount", "year"), decimal_mark="."),
    Column("Commitment", Meaning("amount", "grant"), decimal_mark="."),
    Column("Commitment of a date", Meaning("amount", "year"), decimal_mark="."),
    Column("Recipient country", Meaning("place")),
    Column("Recipient region", Meaning("place")),
    Column("Location", Meaning("place")),
    Column("Document", Meaning("link")),
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATES = {
    "1": "Planned start", "start-planned": "Planned start",
    "2": "Actual start", "start-actual": "Actual start",
    "3": "Planned end", "end-planned": "Planned end",
    "4": "Actual end", "end-actual": "Actual end",
}  # fmt: skip
_COMMITMENTS = ("2", "C")
"""Codes of a transaction by which money is promised, in version 2 and 1; the others move it."""
_ROLES = {"1": "Funding", "2": "Accountable", "3": "Extending", "4": "Implementing"}
_STATUS = {
    "1": "Pipeline", "2": "Implementation", "3": "Finalisation", "4": "Closed", "5": "Cancelled", "6": "Suspended"
}  # fmt: skip
_DESCRIPTIONS = {"1": "Description", "2": "Objectives", "3": "Target groups", "4": "Other description"}
_REGIONS = {
    "88": "States Ex-Yugoslavia", "89": "Europe", "189": "North of Sahara", "289": "South of Sahara", "298": "Africa",
    "380": "West Indies", "389": "Caribbean and Central America", "489": "South America", "498": "America",
    "589": "Middle East", "619": "Central Asia", "679": "South Asia", "689": "South and Central Asia",
    "789": "Far East Asia", "798": "Asia", "889": "Oceania", "998": "Developing countries, unspecified",
}  # fmt: skip

Fields = list[tuple[str, str]]


def read_iati(path: Path) -> Iterator[Draft]:
    """The Drafts of an IATI activity file.

    Raises:
        UnreadableError: it is not well formed, or XML of another kind.
    """
    with path.open("rb") as file:
        try:
            yield from known_records(_records(file), COLUMNS)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(
                f"not well formed XML: {squeeze(error.msg or '')}; it may be cut off, export it again"
            ) from error


def _records(file: Any) -> Iterator[Record]:
    events = etree.iterparse(file, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False)
    number = 0
    root: Element | None = None
    for event, element in events:
        if root is None:
            root = element
            _check_root(root)
        if event == "end" and element.tag == "iati-activity":
            number += 1
            yield Record(number, _activity(element))
            element.clear()
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]


def _check_root(root: Element) -> None:
    if getattr(root.getroottree().docinfo, "doctype", ""):  # which the stubs lack
        raise UnreadableError("it declares a document type, which IATI does not; save it without")
    if root.tag not in ("iati-activities", "iati-activity"):
        name = etree.QName(root).localname
        raise UnreadableError(f"XML of <{name}> is not read, IATI activities (<iati-activities>) are; save it as .html")


def _activity(activity: Element) -> Fields:
    language = activity.get(_LANGUAGE, "")
    titles = _narratives(activity.findall("title"), language)
    title = _preferred(titles, language)
    fields = [("Title", title), ("Identifier", _text(activity.find("iati-identifier")))]
    fields += [("Other title", words) for _, words in titles if words != title]
    for description in activity.findall("description"):
        label = _DESCRIPTIONS.get(description.get("type", "1"), "Description")
        fields.append((label, _preferred(_narratives([description], language), language)))
    status = activity.find("activity-status")
    if status is not None:
        code = status.get("code", "")
        fields.append(("Status", _STATUS.get(code) or _text(status) or code))
    fields += _dates(activity)
    fields += _organisations(activity, language)
    fields += _places(activity, language)
    fields += _budgets(activity)
    fields += _sectors(activity, language)
    links = [link.get("url", "") for link in activity.findall("document-link")]
    fields += [("Document", link) for link in [*map(_text, activity.findall("activity-website")), *links][:MOST_LINKS]]
    return [(label, words) for label, words in fields if words]


def _text(element: Element | None) -> str:
    return squeeze(element.text or "") if element is not None else ""


def _narratives(elements: list[Element], language: str) -> list[tuple[str, str]]:
    """(language, words) of each: version 2 has narratives inside, version 1 the words and an element a language."""
    found = []
    for element in elements:
        own = element.get(_LANGUAGE, language)
        inner = [(one.get(_LANGUAGE, own), _text(one)) for one in element.findall("narrative")]
        found += inner or [(own, _text(element))]
    return [(spoken, words) for spoken, words in found if words]


def _preferred(narratives: list[tuple[str, str]], language: str) -> str:
    """The words in the activity's own language, else the first."""
    return next((words for spoken, words in narratives if spoken == language), narratives[0][1] if narratives else "")


def _named(element: Element, language: str) -> str:
    return _preferred(_narratives([element], language), language)


def _dates(activity: Element) -> Fields:
    found: dict[str, str] = {}
    for one in activity.findall("activity-date"):
        label = _DATES.get(one.get("type", ""), "")
        if label:
            found.setdefault(label, one.get("iso-date", "") or _text(one))
    order = ("Actual start", "Planned start", "Actual end", "Planned end")
    return [(label, found[label]) for label in order if label in found]


def _organisations(activity: Element, language: str) -> Fields:
    fields = []
    for one in activity.findall("participating-org"):
        role = one.get("role", "")
        role = _ROLES.get(role, role.capitalize())
        if role in _ROLES.values():
            fields.append((f"{role} organisation", _named(one, language) or one.get("ref", "")))
    reporting = activity.find("reporting-org")
    if reporting is not None:
        fields.append(("Reporting organisation", _named(reporting, language) or reporting.get("ref", "")))
    return fields


def _places(activity: Element, language: str) -> Fields:
    fields = []
    for tag, label in (("recipient-country", "Recipient country"), ("recipient-region", "Recipient region")):
        for one in activity.findall(tag):
            code = one.get("code", "")
            names = _countries() if tag == "recipient-country" else _REGIONS
            name = _named(one, language) or names.get(code.upper(), code)
            share = one.get("percentage", "").removesuffix(".00").removesuffix(".0")
            fields.append((label, f"{name} ({share}%)" if name and share not in ("", "100") else name))
    sites = [one.find("name") for one in activity.findall("location")]
    return fields + [("Location", _named(site, language)) for site in sites if site is not None]


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    return dict(Locale("en").territories)


def _budgets(activity: Element) -> Fields:
    """Budgets as they are given: one is the project's, several are of a period each; without any, what is committed."""
    committed = [one for one in activity.findall("transaction") if _is_commitment(one)]
    kind, of, elements = "Budget", "period", activity.findall("budget")
    if not elements:
        kind, of, elements = "Commitment", "date", committed
    given = [(one, value) for one in elements if (value := one.find("value")) is not None and _text(value)]
    label = kind if len(given) == 1 else f"{kind} of a {of}"
    return [(label, _money(one, value, activity.get("default-currency", ""))) for one, value in given[:MOST_AMOUNTS]]


def _is_commitment(transaction: Element) -> bool:
    kind = transaction.find("transaction-type")
    return kind is not None and kind.get("code") in _COMMITMENTS


def _money(budget: Element, value: Element, default: str) -> str:
    currency = value.get("currency", "") or default
    ends = [budget.find(tag) for tag in ("period-start", "period-end", "transaction-date")]
    period = [end.get("iso-date", "") for end in ends if end is not None and end.get("iso-date")]
    amount = f"{_text(value)} {currency}".strip()
    return f"{amount} ({' to '.join(period)})" if period else amount


def _sectors(activity: Element, language: str) -> Fields:
    named = [_named(one, language) or one.get("code", "") for one in activity.findall("sector")]
    return [("Sectors", "; ".join(dict.fromkeys(filter(None, named))))]

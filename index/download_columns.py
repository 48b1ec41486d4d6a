"""The columns of a download: what each is called and what of a record stands in it. Knows no file format.

A record is one row, so that rows can be counted; what of it has no column of its own is told in words in another.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.dates import read_period
from corpus.document import Document, Span
from corpus.record import START_AGREED, Amount, Project
from index.main_amounts import main_amount

Cell = str | Decimal | int | None
BETWEEN = "; "
"""Between several values in one cell."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record with its document, if that is at hand."""

    project: Project
    document: Document | None

    def words(self, span: Span) -> str:
        """The document's words at a span, in one line."""
        return " ".join(span.of(self.document.text).split()) if self.document else ""

    def first(self, name: str, role: str | None = None) -> str:
        """The words of the first field of a name, and of a role where one is given."""
        for one in self.project.fields:
            if one.name == name and role in (None, one.role):
                return self.words(one.span)
        return ""

    def organisations(self, *roles: str) -> str:
        """The names of those in one of the roles."""
        return _joined(one.name for one in self.project.organisations if one.role in roles)


Column = Callable[[Told], Cell]


def _joined(names: Iterable[str | None]) -> str:
    return BETWEEN.join(dict.fromkeys(filter(None, names)))


def _main(told: Told) -> Amount | None:
    return main_amount(told.project.amounts)


def _value(one: Amount | None) -> Decimal | None:
    return Decimal(one.amount) if one and one.amount is not None else None


def _beside(told: Told, *shown: Amount | None) -> str:
    """The amounts that have no column, in the source's words."""
    return _joined(f"{one.role}: {one.text}" for one in told.project.amounts if one not in shown)


def _notes(told: Told) -> str:
    project = told.project
    notes = [("period", project.period.note)] if project.period else []
    notes += [(one.role, one.note) for one in project.amounts]
    notes += [(one.name, one.note) for one in project.organisations]
    notes += [(one.name, one.note) for one in project.places]
    return _joined(f"{what}: {note}" for what, note in notes if note)


def _page(told: Told) -> int | None:
    return told.document.page_of(told.project.span.start) if told.document else None


def _others(told: Told, *shown: str) -> str:
    """The organisations whose roles have no column, with these."""
    return _joined(f"{one.role}: {one.name}" for one in told.project.organisations if one.role not in shown)


OUR_COLUMNS: Mapping[str, Column] = {
    "id": lambda told: told.project.id,
    "title": lambda told: told.project.title,
    "period as told": lambda told: told.project.period.text if told.project.period else "",
    "start": lambda told: told.project.period.start if told.project.period else None,
    "end": lambda told: told.project.period.end if told.project.period else None,
    "amount": lambda told: _value(_main(told)),
    "currency": lambda told: one.currency if (one := _main(told)) else None,
    "amount as told": lambda told: one.text if (one := _main(told)) else "",
    "role": lambda told: one.role if (one := _main(told)) else "",
    "other amounts": lambda told: _beside(told, _main(told)),
    "funders": lambda told: told.organisations("funder"),
    "partners": lambda told: told.organisations("partner"),
    "other organisations": lambda told: _others(told, "funder", "partner"),
    "places": lambda told: _joined(one.name for one in told.project.places),
    "countries": lambda told: _joined(one.country for one in told.project.places),
    "programme": lambda told: told.first("programme"),
    "reference": lambda told: told.project.reference,
    "document": lambda told: told.project.document,
    "page": _page,
    "notes": _notes,
    "language": lambda told: told.project.language,
}
"""Our own names. The amount is the main one, as sums take it: a budget's, else a grant's."""


def _awarded_on(told: Told) -> str:
    """The day of the agreement or the award, ISO 8601 at the source's precision."""
    return read_period(told.first("period", "agreed"))[0] or ""


def _start(told: Told) -> str | None:
    """The start, unless the day of the award stands for it, which has a column of its own."""
    period = told.project.period
    return period.start if period and START_AGREED not in period.note else None


def _counted(told: Told) -> tuple[Amount | None, Amount | None]:
    """(what was granted, a budget in the same currency): one column says the currency of both."""
    granted, budget = (main_amount(told.project.amounts, [role]) for role in ("grant", "budget"))
    if granted and granted.amount is not None and budget and budget.currency != granted.currency:
        budget = None
    return granted, budget


def _currency(told: Told) -> str | None:
    granted, budget = _counted(told)
    return next((one.currency for one in (granted, budget) if one and one.amount is not None), None)


def _unshown(told: Told) -> str:
    return _beside(told, *(one for one in _counted(told) if one and one.amount is not None))


GIVING_COLUMNS: Mapping[str, Column] = {
    "Identifier": lambda told: told.project.reference or told.project.id,
    "Title": lambda told: told.project.title,
    "Description": lambda told: told.project.description,
    "Currency": _currency,
    "Amount Awarded": lambda told: _value(_counted(told)[0]),
    "Award Date": _awarded_on,
    "Planned Dates:Start Date": _start,
    "Planned Dates:End Date": lambda told: told.project.period.end if told.project.period else None,
    "Recipient Org:Identifier": lambda _: None,
    "Recipient Org:Name": lambda told: told.organisations("beneficiary"),
    "Funding Org:Identifier": lambda _: None,
    "Funding Org:Name": lambda told: told.organisations("funder"),
    "Grant Programme:Title": lambda told: told.first("programme"),
    "Beneficiary Location:Name": lambda told: _joined(one.name for one in told.project.places),
    "Beneficiary Location:Country Code": lambda told: _joined(one.country for one in told.project.places),
    "URL": lambda told: told.first("link"),
    "Data Source": lambda told: told.project.document,
    "Total Budget": lambda told: _value(_counted(told)[1]),
    "Other Amounts": _unshown,
    "Partners": lambda told: told.organisations("partner"),
    "Other Organisations": lambda told: _others(told, "beneficiary", "funder", "partner"),
    "Notes": _notes,
}
"""The 360Giving Data Standard's titles, and behind them what it has no column for. What a record lacks stays empty:
no document tells the identifiers of organisations, and a budget is not what was awarded."""

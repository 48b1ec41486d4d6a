"""Documents and project records as rows of the catalogue's tables, and back, without loss.

Knows the tables and the nouns of `corpus`; runs no statement and knows nothing of generations.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from corpus.document import Block, Document, Span
from corpus.files import file_of
from corpus.record import Amount, Field, Organisation, Period, Place, Project
from corpus.words import fold

Row = dict[str, Any]
Read = Mapping[Any, Any]
SCALE = 10_000
"""Amounts are compared and added as whole ten-thousandths: no currency has smaller parts in use."""
LARGEST = 2**63 - 1
LONGEST_VALUE = 200
"""Characters of a field's words that are kept beside it, so that records can be chosen and counted by them."""
VALUES = ("amounts", "organisations", "places", "fields")
"""Tables of a project's values; a project's attributes have the same names."""


def document_row(document: Document, key: int, generation: int) -> Row:
    """A row of `documents`."""
    row = {
        name: getattr(document, name) for name in ("id", "source", "media_type", "title", "language", "sha256", "text")
    }
    return row | {
        "key": key,
        "added": generation,
        "removed": None,
        "swept": 0,
        "file": file_of(document.source),
        "blocks": [_block_row(block) for block in document.blocks],
        "page_starts": list(document.page_starts),
        "notes": list(document.notes),
    }


def document_of(row: Read, kinds: frozenset[str] | None = None) -> Document:
    """The document of a row of `documents`, with all of its blocks or those of some kinds."""
    return Document(
        id=row["id"],
        source=row["source"],
        media_type=row["media_type"],
        title=row["title"],
        language=row["language"],
        sha256=row["sha256"],
        text=row["text"],
        blocks=tuple(_block(block) for block in row["blocks"] if kinds is None or block[2] in kinds),
        page_starts=tuple(row["page_starts"]),
        notes=tuple(row["notes"]),
    )


def _block_row(block: Block) -> list[Any]:
    return [block.span.start, block.span.end, block.kind, block.level, *([c.start, c.end] for c in block.cells)]


def _block(row: Sequence[Any]) -> Block:
    start, end, kind, level, *cells = row
    return Block(Span(start, end), kind, level, tuple(Span(*cell) for cell in cells))


def project_row(project: Project, key: int, document: int) -> Row:
    """A row of `projects`."""
    period, title = project.period, project.title_span
    first, last = days(period) if period else (None, None)
    return {
        "key": key,
        "document": document,
        **{name: getattr(project, name) for name in ("id", "title", "language", "description", "reference")},
        "title_start": title.start if title else None,
        "title_end": title.end if title else None,
        "aliases": list(project.aliases),
        "start": project.span.start,
        "end": project.span.end,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "period_text": period.text if period else None,
        "period_note": period.note if period else None,
        "period_span_start": period.span.start if period else None,
        "period_span_end": period.span.end if period else None,
        "first_day": first,
        "last_day": last,
    }


def value_rows(project: Project, key: int, text: str) -> dict[str, list[Row]]:
    """Rows of `amounts`, `organisations`, `places` and `fields` for a project; `text` is its document's."""
    return {
        "amounts": _numbered(key, (_amount_row(one, _label(project, one)) for one in project.amounts)),
        "organisations": _numbered(key, (_named_row(one) | {"role": one.role} for one in project.organisations)),
        "places": _numbered(key, (_named_row(one) for one in project.places)),
        "fields": _numbered(key, (_field_row(one, text) for one in project.fields)),
    }


def _numbered(key: int, rows: Iterable[Row]) -> list[Row]:
    return [{"project": key, "position": position, **row} for position, row in enumerate(rows)]


def _words_row(value: Amount | Organisation | Place) -> Row:
    return {"text": value.text, "start": value.span.start, "end": value.span.end, "note": value.note}


def _amount_row(one: Amount, label: str) -> Row:
    row = {"amount": one.amount, "ten_thousandths": scaled(one.amount), "currency": one.currency, "role": one.role}
    return row | {"label": label, "included_in": one.included_in} | _words_row(one)


def _label(project: Project, one: Amount) -> str:
    """The source's own label of the field that an amount stands in."""
    fields = (field for field in project.fields if field.name == "amount" and field.span.holds(one.span))
    return next((field.label for field in fields), "")


def _named_row(one: Organisation | Place) -> Row:
    return {"name": one.name, "folded": fold(one.name), "country": one.country} | _words_row(one)


def _field_row(one: Field, text: str) -> Row:
    row = {"name": one.name, "role": one.role, "label": one.label, "source": one.source}
    row["value"] = one.span.of(text) if one.span.end - one.span.start <= LONGEST_VALUE else ""
    return row | {
        "start": one.span.start,
        "end": one.span.end,
        "whole_start": one.whole.start,
        "whole_end": one.whole.end,
    }


def project_of(row: Read, source: str, values: Mapping[str, Sequence[Read]]) -> Project:
    """The project of a row of `projects`; `values` are the rows of its values by table, in their order."""
    period = None
    if row["period_text"] is not None:
        span = Span(row["period_span_start"], row["period_span_end"])
        period = Period(row["period_start"], row["period_end"], row["period_text"], span, row["period_note"])
    return Project(
        id=row["id"],
        title=row["title"],
        title_span=None if row["title_start"] is None else Span(row["title_start"], row["title_end"]),
        aliases=tuple(row["aliases"]),
        document=source,
        span=Span(row["start"], row["end"]),
        language=row["language"],
        description=row["description"],
        period=period,
        amounts=tuple(
            Amount(one["amount"], one["currency"], one["role"], *_words(one), included_in=one["included_in"])
            for one in values["amounts"]
        ),
        organisations=tuple(
            Organisation(one["name"], one["role"], one["text"], _span(one), one["country"], one["note"])
            for one in values["organisations"]
        ),
        places=tuple(Place(one["name"], one["country"], *_words(one)) for one in values["places"]),
        reference=row["reference"],
        fields=tuple(
            Field(one["name"], one["role"], one["label"], _span(one), _whole(one), one["source"])
            for one in values["fields"]
        ),
    )


def _span(row: Read) -> Span:
    return Span(row["start"], row["end"])


def _whole(row: Read) -> Span:
    return Span(row["whole_start"], row["whole_end"])


def _words(row: Read) -> tuple[str, Span, str]:
    return row["text"], _span(row), row["note"]


def scaled(amount: str | None) -> int | None:
    """An amount in ten-thousandths; None where there is none, or it has finer parts or is too large for 64 bits."""
    if amount is None:
        return None
    try:
        value = Decimal(amount) * SCALE
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > LARGEST or value != value.to_integral_value():
        return None
    return int(value)


def days(period: Period) -> tuple[str | None, str | None]:
    """The first and the last day that a period covers for certain, ISO 8601; where only one end is told, that end's."""
    first, last = period.start or period.end, period.end or period.start
    return (_first_day(first), _last_day(last)) if first and last else (None, None)


def _first_day(date: str) -> str:
    return date + "-01-01"[3 * date.count("-") :]


def _last_day(date: str) -> str:
    parts = date.split("-")
    if len(parts) == 1:
        return f"{date}-12-31"
    if len(parts) == 2:  # year and month
        return f"{date}-{calendar.monthrange(int(parts[0]), int(parts[1]))[1]:02}"
    return date

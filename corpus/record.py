"""Project: a record found in a document, with fields that each keep the words they were read from.

Field values are normalised where the words allow only one reading; where they do not, the value is None and `note`
says why. Spans are offsets into the canonical text of the document.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.document import Document, Span


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled piece of the source: `name` is the field's own name, `role` what kind of it, `label` the source's.

    `name` is one of `title`, `alias`, `description`, `period`, `amount`, `organisation`, `place`, `programme`,
    `reference`, `link`, `other`. `span` covers the value, `whole` the label and the value together or, for a cell of a
    table, its row, and for a fact taken from prose, its sentence.
    """

    name: str
    role: str
    label: str
    span: Span
    whole: Span
    source: str = "label"
    """`label`; `value` for a part of another field's value, a programme behind a giver's name; `prose` for what no
    label gives and a sentence tells."""

    # As for blocks: registers have half a million.
    def __reduce__(self) -> "tuple[type[Field], tuple[str, str, str, Span, Span, str]]":
        return Field, (self.name, self.role, self.label, self.span, self.whole, self.source)


FROM_PROSE = "taken from prose"
"""The note of a value that stands in no labelled line."""
APART = "the end stands apart: "
"""How the note of a period begins whose end is in another place than its start; the words of that place follow."""

START_AGREED = "it is the date under"
"""How the note of a period goes on whose start is the day of an agreement; the label follows."""


@dataclass(frozen=True, slots=True)
class Period:
    """Start and end as ISO 8601 at the source's precision (`2013`, `2013-11`, `2013-11-05`), None where not told."""

    start: str | None
    end: str | None
    text: str
    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """`amount` is a decimal string, `currency` an ISO 4217 code, `role` one of budget, grant, cost share or year."""

    amount: str | None
    currency: str | None
    role: str
    text: str
    span: Span
    note: str = ""
    included_in: str = ""
    """The project that the source says this one's money is counted in, as the source calls it."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A name and what it did: funder, sponsor, supporter, partner, implementer, beneficiary or client.

    `country` is ISO 3166-1 alpha-2 where the text gives it beside the name.
    """

    name: str
    role: str
    text: str
    span: Span
    country: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project took place; `country` is ISO 3166-1 alpha-2, None where the name does not tell."""

    name: str
    country: str | None
    text: str
    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """One project as one document describes it; `span` is where."""

    id: str
    title: str
    title_span: Span | None
    aliases: tuple[str, ...]
    document: str
    span: Span
    language: str
    description: str
    period: Period | None = None
    amounts: tuple[Amount, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    reference: str = ""
    """The first reference, contract number or code, as written; empty where there is none."""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with the projects found in it."""

    document: Document
    projects: tuple[Project, ...]


def to_json(project: Project, text: str) -> dict[str, Any]:
    """The record as the command line prints it; `text` is its document's canonical text.

    `same_as` is for who has seen all records: the other descriptions of the project, as `{"document", "id"}` with
    `contradictions`, a list of `{"field", "span", "their_span"}`.
    """

    def quoted(one: Field) -> dict[str, Any]:
        return {"text": one.span.of(text), "span": [one.span.start, one.span.end]}

    def first(name: str) -> dict[str, Any] | None:
        return next((quoted(one) for one in project.fields if one.name == name), None)

    return {
        "id": project.id,
        "title": project.title,
        "aliases": list(project.aliases),
        "document": project.document,
        "start": project.span.start,
        "end": project.span.end,
        "language": project.language,
        "description": project.description,
        "period": plain(project.period) if project.period else None,
        "amounts": [plain(amount) for amount in project.amounts],
        "organisations": [plain(organisation) for organisation in project.organisations],
        "places": [plain(place) for place in project.places],
        "programme": first("programme"),
        "reference": first("reference"),
        "links": [quoted(one) for one in project.fields if one.name == "link"],
        "other": {one.label: quoted(one) for one in project.fields if one.name == "other"},
        "same_as": [],
    }


def plain(value: Period | Amount | Organisation | Place) -> dict[str, Any]:
    """A field as JSON types, its span as `[start, end]`."""
    # Not `asdict`, which looks into every value: of a register's records that was a third of the time of printing.
    return {name: getattr(value, name) for name in value.__slots__} | {"span": list(value.span)}


def project_to_store(project: Project) -> dict[str, Any]:
    """JSON types that `project_from_store` turns back into an equal Project."""
    return asdict(project)


def project_from_store(stored: Mapping[str, Any]) -> Project:
    """The inverse of `project_to_store`."""

    def spanned(values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: Span(*value) if key in ("span", "whole") else value for key, value in values.items()}

    changed = {
        "title_span": Span(*stored["title_span"]) if stored["title_span"] else None,
        "span": Span(*stored["span"]),
        "aliases": tuple(stored["aliases"]),
        "period": Period(**spanned(stored["period"])) if stored["period"] else None,
        "amounts": tuple(Amount(**spanned(value)) for value in stored["amounts"]),
        "organisations": tuple(Organisation(**spanned(value)) for value in stored["organisations"]),
        "places": tuple(Place(**spanned(value)) for value in stored["places"]),
        "fields": tuple(Field(**spanned(value)) for value in stored["fields"]),
    }
    return Project(**{**stored, **changed})

"""A project as a card: its fields as they were read, beside the very words that they were read from.

Made from a record and its document, drawn by the macros of `project_card.jinja`; knows no store and no page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from corpus.document import Document, Span
from corpus.record import Amount, Field, Organisation, Project
from index.panels.frame import Frame
from index.panels.notes import told_note
from index.panels.told import amount_label, organisation_label, told_amount, told_period, with_country

CARD = Path(__file__).with_name("project_card_alone.jinja")
UNKNOWN = "und"
"""The language of a text that nothing tells."""
AMOUNTS = ("budget", "grant", "cost share", "year")
ORGANISATIONS = ("funder", "sponsor", "supporter", "partner", "implementer", "client", "beneficiary")
SHOWN_APART = ("title", "description")
"""Fields that are the card's heading and its text."""
VALUES = ("period", "amount", "organisation", "place")
"""Fields that values are read from."""
LONGEST_WORDS = 400
"""Characters of a value's words that a line shows; the link at them leads to the rest."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value: as it is read ("" where that is what the words say) and its words, with where these stand."""

    value: str
    words: str
    note: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """The values under one label; `is_own` says that the label is a word of the source's own."""

    label: str
    told: tuple[Told, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A project: `first` are the lines that a short card has too, `rest` all others; `language` is "" if unknown.

    `start` and `end` are the place of its whole description, `title_start` and `title_end` that of its title.
    """

    id: str
    title: str
    language: str
    document_id: str
    document: str
    source: str
    page: int | None
    start: int
    end: int
    title_start: int
    title_end: int
    first: tuple[Line, ...]
    rest: tuple[Line, ...]


def card(frame: Frame, project: Project, document: Document) -> Card:
    """The card of a project; `document` is the one that describes it, with or without its blocks."""
    first = list(_first_lines(frame, project, document))
    rest = [*_values_lines(frame, project, document), *_field_lines(frame, project, document)]
    place, title = project.span, project.title_span or project.span
    return Card(
        project.id, project.title, "" if project.language == UNKNOWN else project.language, document.id,
        document.title or document.source, document.source, document.page_of(place.start), *place, *title,
        tuple(line for line in first if line.told), tuple(line for line in rest if line.told),
    )  # fmt: skip


def card_html(frame: Frame, project: Project, document: Document, *, base: str = "", full: bool = False) -> Markup:
    """The card as HTML: title, period, budget, funders and partners, the rest folded away, or with `full` all of it.

    `base` is where the route of quoted documents lies, else `/passages` of the frame's language.
    """
    made = card(frame, project, document)
    return frame.render(CARD, card=made, base=base or f"{frame.base}/passages", full=full)


def _first_lines(frame: Frame, project: Project, document: Document) -> Iterator[Line]:
    """What most people look for: when, how much, from whom, with whom."""
    if period := project.period:
        value = told_period(frame, period.start, period.end)
        yield Line(frame.say("Period"), (_told(frame, document, value, period.span, period.note),))
    yield _amounts(frame, project, document, "budget")
    for role in ("funder", "partner"):
        yield _organisations(frame, project, document, role)


def _values_lines(frame: Frame, project: Project, document: Document) -> Iterator[Line]:
    """The other amounts and organisations, role by role, and the places."""
    for role in _in_order(AMOUNTS, (one.role for one in project.amounts)):
        if role != "budget":
            yield _amounts(frame, project, document, role)
    for role in _in_order(ORGANISATIONS, (one.role for one in project.organisations)):
        if role not in ("funder", "partner"):
            yield _organisations(frame, project, document, role)
    places = [
        _told(frame, document, with_country(frame, one.name, one.country), one.span, one.note) for one in project.places
    ]
    yield Line(frame.say("Places"), tuple(places))


def _in_order(order: tuple[str, ...], roles: Iterable[str]) -> list[str]:
    found = dict.fromkeys(roles)
    return [*(role for role in order if role in found), *(role for role in found if role not in order)]


def _amounts(frame: Frame, project: Project, document: Document, role: str) -> Line:
    chosen: list[Amount] = [one for one in project.amounts if one.role == role]
    told = [_told(frame, document, told_amount(frame, o.amount, o.currency), o.span, o.note) for o in chosen]
    return Line(amount_label(frame, role), tuple(told))


def _organisations(frame: Frame, project: Project, document: Document, role: str) -> Line:
    chosen: list[Organisation] = [one for one in project.organisations if one.role == role]
    told = [_told(frame, document, with_country(frame, o.name, o.country), o.span, o.note) for o in chosen]
    return Line(organisation_label(frame, role, len(chosen)), tuple(told))


def _field_lines(frame: Frame, project: Project, document: Document) -> Iterator[Line]:
    """Every field of the source that no line has shown so far, those of one label together, ours first."""
    shown = {
        *(one.span for one in project.amounts), *(one.span for one in project.organisations),
        *(one.span for one in project.places), *([project.period.span] if project.period else []),
    }  # fmt: skip
    lines: dict[tuple[str, bool], list[Told]] = {}
    for field in project.fields:
        if field.name in SHOWN_APART or (field.name in VALUES and any(map(field.span.holds, shown))):
            continue
        called = _label(frame, field)
        lines.setdefault(called, []).append(_told(frame, document, "", field.span))
    yield from (Line(label, tuple(told), is_own) for (label, is_own), told in sorted(lines.items(), key=_is_own))


def _is_own(line: tuple[tuple[str, bool], list[Told]]) -> bool:
    return line[0][1]


def _label(frame: Frame, field: Field) -> tuple[str, bool]:
    """What a field is called, and whether in the source's own words."""
    ours = {
        "alias": frame.say("Also called"),
        "programme": frame.say("Programme"),
        "reference": frame.say("Reference"),
        "link": frame.say("Links"),
    }
    return (ours[field.name], False) if field.name in ours else (field.label or field.role or field.name, True)


def _told(frame: Frame, document: Document, value: str, span: Span, note: str = "") -> Told:
    words = " ".join(span.of(document.text).split())
    is_same = value.casefold() == words.casefold()
    if len(words) > LONGEST_WORDS:
        words = words[: LONGEST_WORDS - 1].rstrip() + "…"
    return Told("" if is_same else value, words, told_note(frame, note), *span, document.page_of(span.start))

"""Field answers: the labelled words of a project's record, or of its prose where no label gives them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.grammar import Asked
from assistant.linking import Subject
from assistant.phrases import day, figure, money, quote, say
from assistant.plan import Plan
from assistant.said import Said
from corpus.document import Document, Span
from corpus.files import PART, REGISTERS
from corpus.labels import Meaning
from corpus.places import country_code
from corpus.record import Field, Project
from corpus.sentences import sentence_spans
from corpus.words import fold

FEWEST_WORDS = 5
"""Words of a sentence; a shorter line is a heading or an empty label."""
MOST_PROSE = 2
"""Sentences of prose quoted for one field."""
MACHINE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?")
LONG_FIGURE = re.compile(r"[1-9]\d{4,}(?:\.\d+)?")
"""A number of a register without separators, which nobody reads at a glance."""
LABEL, VALUE = "label", "value"
"""Where a field was read: behind its own label, or out of the value of another field."""
PROSE_FIELDS = frozenset({"title", "description", "other"})
"""Fields whose value may be prose that tells of anything."""


def look_up(plan: Plan, language: str) -> tuple[Said, list[tuple[Subject, Asked | str]]]:
    """(what is said, what is missing) for the fields and subjects of a plan."""
    said = Said()
    missing: list[tuple[Subject, Asked | str]] = []
    found_in: set[tuple[str, Meaning | str]] = set()  # one project may stand in two files
    stated: dict[tuple[object, ...], str] = {}
    for subject in plan.subjects:
        wanted = _wanted(plan, subject)
        labelled = [_told(plan, subject, one) if subject.project else [] for one in wanted]
        for one, found in zip(wanted, labelled, strict=True):
            is_told = not subject.project and (subject.title, _asked(one)) in found_in  # the page of a record
            spans = [] if found or is_told or isinstance(one, str) else _in_prose(subject, one)
            for field in _told_once(found, labelled):
                told = _state(subject, field, one, language)
                if value := _value_of(subject, field):  # another file says it in other words
                    told = stated.setdefault((subject.title, field.role, *value), told)
                said.say(told, [said.cite(subject, field.whole)])
            for span in spans:
                said.say(quote(language, span.of(subject.document.text)), [said.cite(subject, span)])
            if found or spans:
                found_in.add((subject.title, _asked(one)))
            else:
                missing.append((subject, one))
    return said, [(subject, one) for subject, one in missing if (subject.title, _asked(one)) not in found_in]


def _value_of(subject: Subject, field: Field) -> tuple[object, ...]:
    """What the words of a field amount to: one sum of money, or both ends of a period; nothing where it is not sure."""
    project = subject.project
    if project is None:
        return ()
    if project.period and project.period.span == field.span:
        return (project.period.start, project.period.end) if project.period.start and project.period.end else ()
    held = [one for one in project.amounts if field.span.holds(one.span)]
    return (Decimal(held[0].amount), held[0].currency) if len(held) == 1 and held[0].amount else ()


def _told(plan: Plan, subject: Subject, one: Asked | str) -> list[Field]:
    """The fields that answer; no country where a town is asked for."""
    found = fields_of(subject, one, plan.end)
    if plan.wants_town and not isinstance(one, str) and one.meaning.name == "place":
        return [field for field in found if not country_code(field.span.of(subject.document.text))]
    return found


def _asked(one: Asked | str) -> Meaning | str:
    return one if isinstance(one, str) else one.meaning


def is_told_by_another(plan: Plan) -> bool:
    """Whether a record has no one who led the project, and a partner would be told in place of them."""
    led = [one for one in plan.fields if one.meaning.role == "implementer"]
    own = [fields_of(subject, one) for subject in plan.subjects for one in led]
    return bool(own) and len(led) == len(plan.fields) and all(f.role != "implementer" for fields in own for f in fields)


def _wanted(plan: Plan, subject: Subject) -> list[Asked | str]:
    """The labels that a question names, as far as the record has them, and the fields that they do not stand for."""
    fields = subject.project.fields if subject.project else ()
    own = {fold(field.label) for field in fields}
    labels: dict[str, str] = {fold(label): label for label in plan.labels if fold(label) in own}
    # Where others of the same register have the label, a record without it has no such value.
    is_absent = (
        not labels
        and is_register(subject.document)
        and any(f"\n{label}:" in subject.document.text for label in plan.labels)
    )
    kept = [one for one in plan.fields if not (labels or is_absent) or one not in plan.covered]
    if not labels:
        return list(kept) or list(plan.labels[:1])
    # A label stands where the field that it says more exactly was asked for.
    at = next((at for at, one in enumerate(plan.fields) if one in plan.covered), 0)
    before = [one for one in plan.fields[:at] if one in kept]
    return [*before, *labels.values(), *(one for one in kept if one not in before)]


def first_told(subject: Subject, one: Asked) -> list[Field]:
    """What tells a field in a line: the first that answers or, of a period told in two places, both."""
    found = fields_of(subject, one)
    return found[:2] if len(found) > 1 and one.meaning.name == "period" and found[0].role else found[:1]


def end_told(field: Field) -> str:
    """The end of a period that a field gives, `start` (the day it was agreed on, too) or `end`; nothing for both."""
    return field.role if field.role in ("", "end") else "start"


def is_register(document: Document) -> bool:
    """Whether a document has a row for each record."""
    return document.media_type in REGISTERS or PART in document.source


def fields_of(subject: Subject, one: Asked | str, end: str = "") -> list[Field]:
    """The fields that answer, of the first role that has any; of a period told in two, the `end` asked for."""
    fields = subject.project.fields if subject.project else ()
    if isinstance(one, str):
        return _distinct([field for field in fields if fold(field.label) == fold(one)], subject.document)
    if one.meaning.name == "period":
        told = [field for field in fields if field.name == "period" and end_told(field) in ("", end or end_told(field))]
        return _distinct(told, subject.document)
    for role in (one.meaning.role, *one.also):
        found = [f for f in fields if (f.name, f.role) == (one.meaning.name, role) or (f.name == role and one.also)]
        found = found or (_named(subject.project, role) if subject.project else [])
        if found:
            return _distinct(found, subject.document)
    return []


def _named(project: Project, role: str) -> list[Field]:
    """Organisations of a role that the value of another field names: "Co-financed by … and implemented by …"."""
    return [
        Field("organisation", role, field.label, one.span, field.whole, VALUE)
        for one in project.organisations
        if one.role == role
        for field in project.fields
        if field.name == "organisation" and field.role != role and field.span.holds(one.span)
    ]


def _told_once(found: Sequence[Field], labelled: Sequence[Sequence[Field]]) -> list[Field]:
    """Fields less those taken from the value of another that is told as well: the programme within the funder."""
    whole = [field for fields in labelled for field in fields if field.source != VALUE]
    return [one for one in found if one.source != VALUE or not any(other.span.holds(one.span) for other in whole)]


def _distinct(fields: Sequence[Field], document: Document) -> list[Field]:
    """Fields without those that say the same again (front matter and page)."""
    kept: list[Field] = []
    for field in fields:
        if not any(fold(field.span.of(document.text)) == fold(other.span.of(document.text)) for other in kept):
            kept.append(field)
    return kept


def _state(subject: Subject, field: Field, one: Asked | str, language: str) -> str:
    words = field.span.of(subject.document.text)
    own_role = not isinstance(one, str) and field.role == one.meaning.role and field.name == one.meaning.name
    if (field.role, field.source) in (("implementer", LABEL), ("partner", VALUE)):
        own_role = False  # a coordinator, a promoter, a lead partner: the source's word says which
    name = one.names[language] if own_role and not isinstance(one, str) else field.label
    reading = reading_of(subject, field.span, language)
    return say(language, "field", title=subject.title, name=name, quote=quote(language, words), reading=reading)


def reading_of(subject: Subject, span: Span, language: str) -> str:
    """The normalised value where it is written otherwise, and a note where it can be read in two ways."""
    text = span.of(subject.document.text)
    said = ""
    for amount in subject.project.amounts if subject.project else ():
        if not span.holds(amount.span):
            continue
        if amount.amount is None:
            said += say(language, "ambiguous", note=amount.note) if amount.currency else ""
        elif not (
            re.sub(r"\D", "", amount.text) == amount.amount and money(language, amount).split()[0] in amount.text
        ):
            said += say(language, "reading", value=money(language, amount))
    if MACHINE_DATE.fullmatch(text.strip()):
        said += say(language, "reading", value=day(language, text.strip()[:10]))
    elif not said and LONG_FIGURE.fullmatch(text.strip()):
        said += say(language, "reading", value=figure(language, Decimal(text.strip()), None))
    return said


def _in_prose(subject: Subject, one: Asked) -> list[Span]:
    """Sentences of the subject's own text that hold what the field needs; a line that states another field is none."""
    if one.prose is None:
        return []
    fields = subject.project.fields if subject.project else ()
    lines = [field.whole for field in fields if field.source == LABEL and field.name not in PROSE_FIELDS]
    text = subject.span.of(subject.document.text)
    spans = sentence_spans(text, subject.document.language, subject.span.start)
    told = [(s, s.of(subject.document.text)) for s in spans if not any(line.overlaps(s) for line in lines)]
    return [s for s, said in told if len(said.split()) >= FEWEST_WORDS and one.prose.search(fold(said))][:MOST_PROSE]

"""Project records from a document: the finder's sections, their labelled facts and what their prose tells besides."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.amounts import find_money
from corpus.document import Document, Span, slug
from corpus.fields import GIVERS, amounts_of, field_of, organisations_of, parts_of, period_of, places_of
from corpus.finder import Section, find_sections
from corpus.header_words import ideas_of
from corpus.pieces import code_behind
from corpus.prose import prose_fields
from corpus.question_labels import PRICES
from corpus.record import Field, Project
from corpus.strays import stray_facts
from corpus.titles import aliases_in
from corpus.words import fold, words

BEHIND_TITLE = " \t\n\xa0.,:;–—-”“\"'»)"
"""What may stand between a title and the prose of its paragraph."""


def find_projects(document: Document) -> list[Project]:
    """The projects a document describes, in order; ids are unique within it."""
    projects: list[Project] = []
    times: Counter[str] = Counter()
    for section in find_sections(document):
        project = _project(document, section)
        times[project.id] += 1
        again = times[project.id]
        projects.append(_project(document, section, f"{project.id}--{again}") if again > 1 else project)
    return projects


def _with_strays(document: Document, section: Section) -> Section:
    """The section with the labelled lines of its own that no group holds; to its prose these still belong."""
    strays = stray_facts(document, section.first, section.last, section.facts)
    if not strays:
        return section
    return replace(section, facts=tuple(sorted([*section.facts, *strays], key=lambda fact: fact.value.start)))


def _project(document: Document, section: Section, identity: str = "") -> Project:
    text, blocks = document.text, document.blocks
    prose = _prose(document, section)
    fields = _fields(document, _with_strays(document, section), prose)
    title_span = _without_code(text, section.title)
    title = re.sub(r"\s+", " ", title_span.of(text)) if title_span else document.title
    told = [field for field in fields if field.name == "description"]
    description = [field.span.of(text) for field in told] or [span.of(text) for span in prose]
    reference = next((field.span.of(text) for field in fields if field.name == "reference"), "")
    return Project(
        id=identity or slug(title),
        title=title,
        title_span=title_span,
        aliases=_aliases(text, title, fields, prose),
        document=document.source,
        span=Span(blocks[section.first].span.start, blocks[section.last].span.end),
        language=document.language,
        description="\n\n".join(description),
        period=period_of(text, [field for field in fields if field.name == "period"]),
        amounts=tuple(amount for field in fields if field.name == "amount" for amount in amounts_of(text, field)),
        organisations=tuple(
            o for field in fields if field.name == "organisation" for o in organisations_of(text, field)
        ),
        places=tuple(place for field in fields if field.name == "place" for place in places_of(text, field)),
        reference=reference,
        fields=tuple(fields),
    )


def _fields(document: Document, section: Section, prose: Sequence[Span]) -> list[Field]:
    """Labelled fields, the programmes and references within them, and what prose tells, a labelled summary last."""
    labelled = _with_stand_in(document.text, [field_of(document.text, fact) for fact in section.facts])
    inner = [part for field in labelled for part in parts_of(document.text, field)]
    if section.title and not any(field.name == "reference" for field in (*labelled, *inner)):
        code = code_behind(document.text, section.title)
        inner += [Field("reference", "", "", code, section.title, "value")] if code else []
    known = {field.name for field in labelled}
    inner = [part for part in inner if part.name == "organisation" or part.name not in known]
    has = {(field.name, field.role) for field in (*labelled, *inner)}
    has |= {("organisation", role) for role in _givers(has)}
    title = section.title.of(document.text) if section.title else ""
    described = [field.span for field in labelled if field.name == "description"]
    return [*labelled, *inner, *prose_fields(document, [*prose, *described], has, title)]


def _with_stand_in(text: str, fields: list[Field]) -> list[Field]:
    """Where no field is an amount, what was promised or asked for it is: `Commitment: USD 16.5 million`, `Price`."""
    if any(field.name == "amount" for field in fields):
        return fields
    for at, field in enumerate(fields):
        if field.name == "other" and (
            _is_commitment(field.label) or re.fullmatch(PRICES, fold(field.label).strip("? "))
        ):
            found = find_money(field.span.of(text))
            if len(found) == 1 and found[0].currency and found[0].end - found[0].start == len(field.span.of(text)):
                return [*fields[:at], replace(field, name="amount", role="budget"), *fields[at + 1 :]]
    return fields


def _is_commitment(label: str) -> bool:
    ideas = {idea for word in words(label) for idea in ideas_of(word)}
    return "commitment" in ideas and not ideas & {"partial", "date", "year", "rate"}


def _givers(has: set[tuple[str, str]]) -> tuple[str, ...]:
    """Roles that prose need not fill: where a giver is labelled, another word for giving tells of the same one."""
    return GIVERS if any(role in GIVERS for _, role in has) else ()


def _aliases(text: str, title: str, fields: Sequence[Field], prose: Sequence[Span]) -> tuple[str, ...]:
    labelled = [
        name
        for field in fields
        if field.name in ("alias", "title") and (name := " ".join(field.span.of(text).split()))
        if field.name == "alias" or _is_variant(name, title)
    ]
    lead = "\n".join(span.of(text) for span in prose[:2])
    return tuple(dict.fromkeys(name for name in (*labelled, *aliases_in(title, lead)) if name != title))


def _is_variant(name: str, title: str) -> bool:
    """Whether a second title names the same thing: of a page "Vacancy: team leader" about a project it does not."""
    told, known = set(words(name)), set(words(title))
    return 2 * len(told & known) > min(len(told), len(known))


def _without_code(text: str, title: Span | None) -> Span | None:
    """The title without the reference in brackets behind it."""
    if title is None or not (code := code_behind(text, title)):
        return title
    return Span(title.start, title.start + len(text[title.start : code.start].rstrip(" \n\xa0(.,-–")))


def _prose(document: Document, section: Section) -> list[Span]:
    """The section's prose: its blocks but for the title, headings and facts; of a paragraph with a title, the rest."""
    facts = sorted(fact.whole for fact in section.facts)
    prose = []
    at = 0
    for block in document.blocks[section.first : section.last + 1]:
        span = block.span
        while at < len(facts) and facts[at].end <= span.start:
            at += 1
        if block.kind not in ("paragraph", "item"):
            continue
        if section.title and span.holds(section.title):
            rest = document.text[section.title.end : span.end]
            span = Span(span.end - len(rest.lstrip(BEHIND_TITLE)), span.end)
        elif at < len(facts) and facts[at].overlaps(span):
            continue
        if span.start < span.end:
            prose.append(span)
    return prose

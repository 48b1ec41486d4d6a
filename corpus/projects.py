"""Project records from a document: the finder's sections with their labelled facts read into fields."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.amounts import find_money
from corpus.dates import read_period
from corpus.document import Document, Span, slug
from corpus.facts import Fact
from corpus.finder import Section, find_sections
from corpus.labels import SPOKEN
from corpus.record import Amount, Field, Organisation, Period, Project
from corpus.words import fold

SHORTEST_ALIAS = 4
"""Characters; a shorter one names too many things."""
FUNDING = re.compile(r"fund|finan|grant")
SEVERAL = re.compile(r"\w(s|i|ii)$|consort|partnership|parteneriat|(?:with|cu)$")


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


def _project(document: Document, section: Section, identity: str = "") -> Project:
    text, blocks = document.text, document.blocks
    title = re.sub(r"\s+", " ", section.title.of(text)) if section.title else document.title
    fields = tuple(_field(text, fact) for fact in section.facts)
    periods = [field for field in fields if field.name == "period"]
    return Project(
        id=identity or slug(title),
        title=title,
        title_span=section.title,
        aliases=tuple(aliases_of(title)),
        document=document.source,
        span=Span(blocks[section.first].span.start, blocks[section.last].span.end),
        language=document.language,
        description=_description(document, section),
        period=_period(text, periods),
        amounts=tuple(amount for field in fields if field.name == "amount" for amount in _amounts(text, field)),
        organisations=tuple(o for field in fields if field.name == "organisation" for o in _organisations(text, field)),
        fields=fields,
    )


def _field(text: str, fact: Fact) -> Field:
    name, role = (fact.meaning.name, fact.meaning.role) if fact.meaning else ("other", "")
    if name == "amount" and FUNDING.match(fold(fact.label)) and not re.search(r"\d", fact.value.of(text)):
        name, role = "organisation", "funder"  # "Funding: Ministry of Culture"
    return Field(name, role, fact.label, fact.value, fact.whole)


def _description(document: Document, section: Section) -> str:
    """The section's prose: its blocks but for the title, headings and facts, a blank line between them."""
    facts = [fact.whole for fact in section.facts]
    prose = [
        block.span.of(document.text)
        for block in document.blocks[section.first : section.last + 1]
        if block.kind in ("paragraph", "item")
        and block.span != section.title
        and not any(fact.overlaps(block.span) for fact in facts)
        and not (section.title and block.span.holds(section.title))
    ]
    return "\n\n".join(prose)


def _period(text: str, fields: Sequence[Field]) -> Period | None:
    """The labelled period, else what labelled start and end give together."""
    by_role = {field.role: field for field in reversed(fields)}
    whole = by_role.get("") or by_role.get("start") or by_role.get("end")
    if whole is None:
        return None
    start, end, note = read_period(whole.span.of(text))
    last = by_role.get("end")
    if whole.role == "start" and last:
        _, end, note_of_end = read_period(last.span.of(text))
        reversed_order = start and end and end < start[: len(end)]
        notes = [note, note_of_end, "the end lies before the start" if reversed_order else ""]
        note = "; ".join([*filter(None, notes), f"the end stands apart: {last.whole.of(text)}"])
    elif whole.role:
        start, end = (start, None) if whole.role == "start" else (None, end)
    return Period(start, end, whole.span.of(text), whole.span, note)


def _amounts(text: str, field: Field) -> Iterator[Amount]:
    words = field.span.of(text)
    found = find_money(words)
    for money in found:
        span = Span(field.span.start + money.start, field.span.start + money.end)
        amount = None if money.amount is None else f"{money.amount:f}"
        yield Amount(amount, money.currency, field.role, span.of(text), span, money.note)
    if not found:
        yield Amount(None, None, field.role, words, field.span, "no amount with a currency is given")


def _organisations(text: str, field: Field) -> Iterator[Organisation]:
    """The names in a value; one label in the singular holds one name, however many commas it has."""
    for span in _names(text, field):
        words = span.of(text)
        yield Organisation(words, field.role, words, span)


def _names(text: str, field: Field) -> Iterator[Span]:
    words = field.span.of(text)
    listed = SEVERAL.search(fold(field.label)) and not SPOKEN.search(words)  # "Co-financed by X and run by Y, with Z"
    mark = ";" if ";" in words else "," if listed else ""
    depth, start = 0, 0
    for position, character in enumerate(words + mark):
        depth += (character in "([") - (character in ")]")
        if mark and character == mark and (depth <= 0 or position == len(words)):
            yield from _trim(words, start, position, field.span.start)
            start = position + 1
    if not mark:
        yield from _trim(words, 0, len(words), field.span.start)


def _trim(words: str, start: int, end: int, offset: int) -> Iterator[Span]:
    piece = words[start:end]
    if piece.strip():
        left = len(piece) - len(piece.lstrip())
        yield Span(offset + start + left, offset + start + len(piece.rstrip()))


def aliases_of(title: str) -> list[str]:
    """Other names that a title carries: what stands in brackets, what stands outside, and either side of a mark.

    `Ora să ȘTIM (Time to KNOW STEM)` → `Time to KNOW STEM`, `Ora să ȘTIM`.
    """
    inside = re.findall(r"[(\[„“\"]([^()\[\]„“”\"]+)[)\]”“\"]", title)
    outside = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", title).strip()
    head = re.split(r"\s[–—-]\s|[:,]\s", outside)[0].strip()
    found = []
    for name in (*inside, outside, head):
        clean = name.strip(" ,:;–-")
        if re.fullmatch(r"[„“\"][^„“”\"]*[”“\"]", clean):
            clean = clean[1:-1].strip()
        is_name = re.search(r"[^\W\d_]", clean) and (" " in clean or not clean.islower())
        if is_name and len(clean) >= SHORTEST_ALIAS and fold(clean) != fold(title) and clean not in found:
            found.append(clean)
    return found

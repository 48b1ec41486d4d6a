"""Where one project ends and the next begins, learned from what recurs in the document itself.

A project is a title with labelled facts near it. Titles are the headings of one level, the values of a title's label,
or, in text without headings, short lines of their own followed by something longer: whichever of these tells the facts
of one record best from those of the next (`corpus.layout` proposes, this module chooses). What belongs to no title with
facts belongs to no project, but for a title that stands among others which have some.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.dates import read_period
from corpus.document import Document, Span
from corpus.facts import Group, find_groups
from corpus.fields import GIVERS
from corpus.layout import (
    ENOUGH_TO_LEARN,
    Layout,
    dated,
    is_name,
    item_runs,
    layouts,
    looks_like_title,
    numbered_runs,
    title_in_paragraph,
    title_span,
)
from corpus.lines import line_facts
from corpus.pieces import CODE, LABEL, Fact
from corpus.prose import prose_fields
from corpus.record import Field
from corpus.subjects import kinds_of
from corpus.tables import ProjectRow, find_rows
from corpus.titles import aliases_of
from corpus.words import fold

SHORT_REMAINDER = 40
"""Characters that may follow the facts of a project whose facts close it: "Details", "Read more"."""
SHORTEST_SIBLING = 40
"""Characters of prose below a title that has no facts and stands among titles that have."""
NOT_A_PROJECT = re.compile(
    r"(?:gross |net )?(?:salar\w*|wages?|pay|remunerat\w*)\b|employer|angajator|vacanc\w*|posturi? vacant|authors?$"
    r"|autor(?:i|ul)?$|isbn|publisher|editura|opening hours|hours$|program de lucru|orar\b|apply by"
    r"|(?:application )?deadline|depuner\w*|inscrier\w*"
    r"|(?:perioada|data|termen\w*) (?:limita )?(?:de )?(?:depuner|inscrier)\w*"
)
"""Labels of what is no project: a job, a book, a shop, a call that is open; in folded text."""
ONCE = {("period", ""), ("reference", ""), ("amount", "budget"), ("title", "project")}
"""Fields that a record has once; a section that has two, apart from each other, holds two records."""


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a document that describes one project: blocks `first` to `last`, both included."""

    title: Span | None
    first: int
    last: int
    facts: tuple[Fact, ...]


def find_sections(document: Document) -> list[Section]:
    """The projects of a document in order; empty where it describes none."""
    rows = find_rows(document)
    groups = find_groups(document, {row.block for row in rows})
    sections = _described(document, groups)
    if len(sections) < ENOUGH_TO_LEARN:
        sections = _numbered(document, groups) or sections
    if not rows and not sections:
        sections = _told_by_prose(document, groups)
    return _with_rows(document, sections, rows) if rows else sections


def _described(document: Document, groups: Sequence[Group]) -> list[Section]:
    """The projects that have labelled facts."""
    telling = [group for group in groups if _tells(document, group)]
    if len(telling) < ENOUGH_TO_LEARN:
        # Where a lone label is all each project has, it recurs; a single "Partners: …" is anybody's.
        lone = [group for group in groups if group.speaks_of_project]
        telling = lone if len(lone) >= ENOUGH_TO_LEARN else telling
    if not telling:
        return []
    tried = [(list(_sections(document, layout, groups, telling)), layout) for layout in layouts(document, groups)]
    best, chosen = max(tried, key=lambda one: _score(one[0], groups), default=([], None))  # the first of equals
    if len(best) > 1 and _is_led(document, telling, best[0].first):
        # The money and the time of a phase are not the project's own.
        own = [group for group in groups if group.last < best[0].first or not {"period", "amount"} & _fields_of(group)]
        return [_whole(document, own)]
    if len(best) > 1 and chosen:
        return _with_siblings(document, _trimmed(document, best, telling), chosen)
    if best and not _has_headings(document):
        return best
    for sections, layout in tried:
        if len(sections) == 1 and _is_one_among_others(document, sections[0], layout):
            return sections
    return [_whole(document, groups)]


def _is_led(document: Document, telling: Sequence[Group], first: int) -> bool:
    """Whether facts of several kinds stand right below the page's own heading: what follows are phases and parts."""
    if document.blocks[first].kind != "heading":
        return False
    above = [block for block in document.blocks[:first] if block.kind == "heading"]
    leading = [group for group in telling if group.last < first and not _is_meta(document, group)]
    own = len(above) == 1 and above[0].level < document.blocks[first].level
    return own and any({"period", "amount"} & _fields_of(group) and group.known > 1 for group in leading)


def _is_meta(document: Document, group: Group) -> bool:
    return document.blocks[group.first].kind == "meta"


def _fields_of(group: Group) -> set[str]:
    return {fact.meaning.name for fact in group.facts if fact.meaning}


def _is_one_among_others(document: Document, section: Section, layout: Layout) -> bool:
    """Whether the one project is a section of a page about other things: a post among posts, not "Facts" on a page."""
    if any(block.kind == "meta" for block in document.blocks) or len(layout.titles) < ENOUGH_TO_LEARN:
        return False
    first = min((fact.block for fact in section.facts), default=section.last)
    return _prose_length(document, section.first + 1, first - 1) >= SHORTEST_SIBLING


def _score(sections: Sequence[Section], groups: Sequence[Group]) -> int:
    """How many records the sections tell apart: their number, less the records that share one."""
    shared = 0
    for section in sections:
        inside = [group for group in groups if section.first <= group.first and group.last <= section.last]
        times = Counter(key for group in inside for key in _kinds_once(group))
        shared += max(times.values(), default=1) - 1
    return len(sections) - shared


def _kinds_once(group: Group) -> set[tuple[str, str]]:
    return {(f.meaning.name, f.meaning.role) for f in group.facts if f.meaning} & ONCE


def _has_headings(document: Document) -> bool:
    return any(block.kind in ("heading", "meta") for block in document.blocks)


def _tells(document: Document, group: Group) -> bool:
    """Whether a group can only be a project's: of several known fields, or of one that is a figure."""
    if _is_notice(document, group):
        return False
    if group.speaks_of_project and (group.known > 1 or _has_figure(document, group)):
        return True
    names = _fields_of(group)
    return {"title", "reference"} <= names or (len(names) > 1 and _has_code(document, group))


def _is_notice(document: Document, group: Group) -> bool:
    """Whether a label among the group's, or right beside it, is one of a job, a book or an open call."""
    around = document.blocks[max(0, group.first - 1) : group.last + 2]
    labels = [fact.label for fact in group.facts]
    labels += [head["label"] for block in around if (head := LABEL.match(block.span.of(document.text)))]
    return any(NOT_A_PROJECT.match(fold(label)) for label in labels)


def _has_code(document: Document, group: Group) -> bool:
    """Whether a reference stands here that only a project or contract has: `AB/2014/RO-12`, not a post code."""
    references = (fact.value for fact in group.facts if fact.meaning and fact.meaning.name == "reference")
    return any(CODE.match(reference.of(document.text)) for reference in references)


def _has_figure(document: Document, group: Group) -> bool:
    """Whether an amount here is written with digits, or a period with a date: not "When: Monday to Friday, 9-17"."""
    values = [(fact.meaning.name, fact.value.of(document.text)) for fact in group.facts if fact.meaning]
    return any(
        (name == "amount" and re.search(r"\d", words)) or (name == "period" and any(read_period(words)[:2]))
        for name, words in values
    )


def _sections(
    document: Document, layout: Layout, groups: Sequence[Group], telling: Sequence[Group]
) -> Iterator[Section]:
    """A section for every title that has a telling group before the next end."""
    for index in layout.titles:
        end = layout.end_of(index, len(document.blocks))
        labelled = layout.labelled.get(index)
        first = index if labelled else index + 1
        if any(first <= group.first and group.last <= end for group in telling):
            facts = (fact for group in groups if first <= group.first and group.last <= end for fact in group.facts)
            yield Section(labelled or title_span(document, index), index, end, tuple(facts))


def _with_siblings(document: Document, sections: list[Section], layout: Layout) -> list[Section]:
    """The sections, and those of the same titles that have no facts but stand among them or tell one in prose."""
    if len(sections) < ENOUGH_TO_LEARN:
        return sections
    taken = {section.first for section in sections}
    begin, close = sections[0].first, sections[-1].last
    ends = {section.first: section.last for section in sections}
    found = []
    for index in layout.titles:
        end = layout.end_of(index, len(document.blocks))
        inside = any(first <= index <= last for first, last in ends.items())
        if index in taken or index in layout.labelled or inside:
            continue
        among = begin < index < close
        told = among or _is_told(document, index, end)
        if told and _prose_length(document, index + 1, end) >= SHORTEST_SIBLING:
            found.append(Section(title_span(document, index), index, end, ()))
    # Where most titles have no facts, the facts stand below sub-titles, and the others are not records beside them.
    return sorted([*sections, *found], key=lambda one: one.first) if 2 * len(found) <= len(sections) else sections


def _prose_length(document: Document, first: int, last: int) -> int:
    return sum(
        block.span.end - block.span.start
        for block in document.blocks[first : last + 1]
        if block.kind in ("paragraph", "item")
    )


def _numbered(document: Document, groups: Sequence[Group]) -> list[Section]:
    """The projects of a numbered list with a paragraph for each, whose prose tells what labels tell elsewhere."""
    sections: list[Section] = []
    for run in (*numbered_runs(document), *item_runs(document)):
        lines = [line_facts(document, index) for index in run]
        told = [
            _kinds(_prose_told(document, index, index)) | _kinds_of(facts)
            for index, facts in zip(run, lines, strict=True)
        ]
        plain = sum(len(kinds) > 1 for kinds in told)
        if plain > 1 and plain * 3 >= len(run) and sum(map(bool, told)) * 2 >= len(run):
            sections += [
                _paragraph_section(document, index, groups, facts)
                for index, facts, kinds in zip(run, lines, told, strict=True)
                if kinds or plain > 2
            ]
    return [section for section in sections if section.title and is_name(section.title.of(document.text))]


def _paragraph_section(document: Document, index: int, groups: Sequence[Group], line: Sequence[Fact]) -> Section:
    """A paragraph or item as a record, with the facts that labels in it give or, for what they do not, its pieces."""
    title = title_in_paragraph(document, index)
    labelled = [fact for group in groups for fact in group.facts if fact.block == index]
    free = [
        fact
        for fact in line
        if fact.value.start >= title.end and not any(fact.value.overlaps(other.whole) for other in labelled)
    ]
    return Section(title, index, index, tuple(sorted([*labelled, *free], key=lambda fact: fact.value.start)))


def _kinds_of(facts: Sequence[Fact]) -> set[str]:
    return {
        "giver" if fact.meaning.role in GIVERS else fact.meaning.name
        for fact in facts
        if fact.meaning and (fact.meaning.name in ("period", "amount") or fact.meaning.role in GIVERS)
    }


def _told_by_prose(document: Document, groups: Sequence[Group]) -> list[Section]:
    """The projects of a document without labels: sections whose prose tells two of period, amount and giver."""
    news = [at for at, block in enumerate(document.blocks) if block.kind == "heading" and dated(document, at)]
    if len(news) > 1:
        return [section for index in news if (section := _announced(document, index))]
    best: list[Section] = []
    for layout in layouts(document, groups):
        sections = []
        for index in layout.titles:
            end = layout.end_of(index, len(document.blocks))
            title = title_span(document, index)
            if len(_kinds(_prose_told(document, index + 1, end, title.of(document.text)))) > 1:
                sections.append(Section(title, index, end, ()))
        if len(sections) > len(best):
            best = sections
    return best


def _announced(document: Document, index: int) -> Section | None:
    """The project that a piece of news tells of: its heading behind the date, if the text below calls one so."""
    title = dated(document, index)
    level = document.blocks[index].level
    later = (
        at for at, one in enumerate(document.blocks) if at > index and one.kind == "heading" and one.level <= level
    )
    last = next(later, len(document.blocks)) - 1
    prose = fold(" ".join(span.of(document.text) for span in _prose_in(document, index + 1, last)))
    if title is None or fold(title.of(document.text)) not in prose:
        return None
    is_told = len(_kinds(_prose_told(document, index + 1, last))) > 1
    return Section(title, index, last, ()) if is_told else None


def _is_told(document: Document, index: int, last: int) -> bool:
    """Whether the prose below a title tells two kinds of facts, or one and begins with the title: "X is a trail …"."""
    title = title_span(document, index).of(document.text)
    prose = _prose_in(document, index + 1, last)
    kinds = _kinds(prose_fields(document, prose, set(), title))
    called = bool(kinds_of([span.of(document.text) for span in prose], title))
    return len(kinds) > 1 or (called and bool(kinds & {"amount", "period"}))


def _prose_in(document: Document, first: int, last: int) -> list[Span]:
    return [block.span for block in document.blocks[first : last + 1] if block.kind in ("paragraph", "item")]


def _prose_told(document: Document, first: int, last: int, title: str = "") -> list[Field]:
    return prose_fields(document, _prose_in(document, first, last), set(), title)


def _kinds(fields: Sequence[Field]) -> set[str]:
    """Which of period, amount and giver are told."""
    return {
        "giver" if field.role in GIVERS else field.name
        for field in fields
        if field.name in ("period", "amount") or field.role in GIVERS
    }


def _with_rows(document: Document, sections: Sequence[Section], rows: Sequence[ProjectRow]) -> list[Section]:
    """Sections and rows of tables together; a row that repeats a project which a section tells of is left out."""
    kept: list[Section] = []
    rows = [row for row in rows if row.is_project or not any(_owns(section, row) for section in sections)]
    first_row = [row.block for row in rows]
    for section in sections:
        inside = [index for index in first_row if section.first <= index <= section.last]
        if inside:  # what follows the last project's facts on the page is not all its own
            facts = tuple(fact for fact in section.facts if fact.block < inside[0])
            section = replace(section, last=inside[0] - 1, facts=facts)
        if section.facts or not inside:
            kept.append(section)
    told = {fold(section.title.of(document.text)) for section in kept if section.title}
    told |= {fold(alias) for section in kept if section.title for alias in aliases_of(section.title.of(document.text))}
    for row in rows:
        if fold(row.title.of(document.text)) not in told:
            kept.append(Section(row.title, row.block, row.block, row.facts))
    return sorted(kept, key=lambda section: section.first)


def _owns(section: Section, row: ProjectRow) -> bool:
    """Whether a row stands in a section that has told its period or money already: a part of that project."""
    before = (fact.meaning.name for fact in section.facts if fact.meaning and fact.block < row.block)
    return section.first <= row.block <= section.last and any(name in ("period", "amount") for name in before)


def _trimmed(document: Document, sections: list[Section], telling: Sequence[Group]) -> list[Section]:
    """End a project at its facts where facts close the projects of this page and no other project follows at once.

    In a page without headings nothing else says that what follows, "About us", is not of it.
    """
    text, blocks = document.text, document.blocks
    closes = [max(g.last for g in telling if s.first <= g.first and g.last <= s.last) for s in sections]

    def remainder(section: Section, close: int) -> int:
        return len(text[blocks[close].span.end : blocks[section.last].span.end].strip())

    closed = [remainder(s, c) <= SHORT_REMAINDER for s, c in zip(sections, closes, strict=True)][:-1]
    if sum(closed) * 3 < len(closed) * 2 or blocks[sections[0].first].kind == "heading":
        return sections
    starts = {section.first for section in sections}
    return [
        section
        if section.last + 1 in starts or remainder(section, close) <= SHORT_REMAINDER
        else replace(section, last=close, facts=tuple(fact for fact in section.facts if fact.block <= close))
        for section, close in zip(sections, closes, strict=True)
    ]


def _whole(document: Document, groups: Sequence[Group]) -> Section:
    """The document as one project: titled by a labelled title, else its first heading, else its first short line."""
    facts = tuple(fact for group in groups for fact in group.facts)
    labelled = [fact for fact in facts if fact.meaning and fact.meaning.name == "title"]
    labelled.sort(key=lambda fact: document.blocks[fact.block].kind == "meta")
    title = labelled[0].value if labelled else None
    if title is None:
        taken = {index for group in groups for index in range(group.first, group.last + 1)}
        free = [i for i in range(len(document.blocks)) if i not in taken]
        headings = sorted(
            (i for i in free if document.blocks[i].kind == "heading"), key=lambda i: document.blocks[i].level
        )
        lines = [i for i in free if looks_like_title(document.blocks[i].span.of(document.text))]
        first = next(iter(headings or lines), None)
        title = title_span(document, first) if first is not None else None
    return Section(title, 0, len(document.blocks) - 1, facts)

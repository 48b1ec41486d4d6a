"""Where one project ends and the next begins, learned from what recurs in the document itself.

A project is a title with labelled facts near it. Titles are the headings of the one level at which such pairs are most
frequent or, in text without headings, short lines of their own followed by something longer. A heading that occurs more
than once ("Results") is part of a project, not its title. What belongs to no title with facts belongs to no project.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Block, Document, Span
from corpus.facts import Group, find_groups
from corpus.fields import GIVERS
from corpus.pieces import CODE, LABEL, Fact
from corpus.prose import prose_fields
from corpus.tables import ProjectRow, find_rows
from corpus.words import fold

LONGEST_TITLE = 160
"""Characters."""
ENOUGH_TO_LEARN = 3
"""Sections it takes before a shape counts as one; two alike may be chance."""
SHORT_REMAINDER = 40
"""Characters that may follow the facts of a project whose facts close it: "Details", "Read more"."""

NUMBERING = re.compile(
    r"(?:(?:project|proiectul)\s+)?(?:nr\.?\s*|no\.?\s*)?(?:\d{1,3}|[IVX]{1,5})\s?[.):–-]\s+", re.IGNORECASE
)
NOT_A_TITLE = re.compile(r"https?://|www\.|\S@\S|^\W*\d[\d\s./:-]*$")


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
    best: list[Section] = []
    for titles, ends in _title_sets(document, groups):
        sections = list(_sections(document, titles, ends, groups, telling))
        if len(sections) > len(best):
            best = sections
    if len(best) > 1:
        return _trimmed(document, best, telling)
    return best if best and not _has_headings(document) else [_whole(document, groups)]


def _told_by_prose(document: Document, groups: Sequence[Group]) -> list[Section]:
    """The projects of a document without labels: sections whose prose tells two of period, amount and giver."""
    best: list[Section] = []
    for titles, ends in _title_sets(document, groups):
        sections = []
        for index in titles:
            following = bisect_right(ends, index)
            end = (ends[following] if following < len(ends) else len(document.blocks)) - 1
            if _is_told(document, index + 1, end):
                sections.append(Section(_title_span(document, index), index, end, ()))
        if len(sections) > len(best):
            best = sections
    return best


def _is_told(document: Document, first: int, last: int) -> bool:
    prose = [block.span for block in document.blocks[first : last + 1] if block.kind in ("paragraph", "item")]
    fields = prose_fields(document, prose, set())
    return len({field.name for field in fields if field.name in ("period", "amount") or field.role in GIVERS}) > 1


def _with_rows(document: Document, sections: Sequence[Section], rows: Sequence[ProjectRow]) -> list[Section]:
    """Sections and rows of tables together; a row that only repeats what a section of its title tells is left out."""
    kept: list[Section] = []
    first_row = [row.block for row in rows]
    for section in sections:
        inside = [index for index in first_row if section.first <= index <= section.last]
        if inside:  # what follows the last project's facts on the page is not all its own
            section = replace(section, last=inside[0] - 1, facts=tuple(f for f in section.facts if f.block < inside[0]))
        if section.facts:
            kept.append(section)
    told = {fold(section.title.of(document.text)): _kinds(section.facts) for section in kept if section.title}
    for row in rows:
        there = told.get(fold(row.title.of(document.text)))
        if there is None or not _kinds(row.facts) <= there:
            kept.append(Section(row.title, row.block, row.block, row.facts))
    return sorted(kept, key=lambda section: section.first)


def _kinds(facts: Sequence[Fact]) -> set[str]:
    return {fact.meaning.name for fact in facts if fact.meaning}


def _has_headings(document: Document) -> bool:
    return any(block.kind in ("heading", "meta") for block in document.blocks)


def _tells(document: Document, group: Group) -> bool:
    """Whether a group can only be a project's: of several known fields, or of one that is a figure."""
    if group.speaks_of_project and (group.known > 1 or _has_figure(document, group)):
        return True
    names = {fact.meaning.name for fact in group.facts if fact.meaning}
    return {"title", "reference"} <= names or (len(names) > 1 and _has_code(document, group))


def _has_code(document: Document, group: Group) -> bool:
    """Whether a reference stands here that only a project or contract has: `AB/2014/RO-12`, not a post code."""
    references = (fact.value for fact in group.facts if fact.meaning and fact.meaning.name == "reference")
    return any(CODE.match(reference.of(document.text)) for reference in references)


def _has_figure(document: Document, group: Group) -> bool:
    """Whether an amount or a period here is written with digits: "Budget: 300 EUR", not "Partners: see below"."""
    figures = (fact.value for fact in group.facts if fact.meaning and fact.meaning.name in ("amount", "period"))
    return any(re.search(r"\d", figure.of(document.text)) for figure in figures)


def _title_sets(document: Document, groups: Sequence[Group]) -> Iterator[tuple[list[int], list[int]]]:
    """(blocks that may be titles, blocks at which a section ends), one pair for each way the page may be built."""
    taken = {index for group in groups for index in range(group.first, group.last + 1)}
    blocks = document.blocks
    times = Counter(fold(block.span.of(document.text)) for block in blocks)
    once = [i for i, block in enumerate(blocks) if times[fold(block.span.of(document.text))] == 1 and i not in taken]
    headings = [i for i in once if blocks[i].kind == "heading"]
    for level in sorted({blocks[i].level for i in headings}):
        titles = [i for i in headings if blocks[i].level == level]
        yield titles, [i for i in headings if blocks[i].level <= level]
    lines = _title_lines(document, once, taken)
    if not headings or len(lines) >= ENOUGH_TO_LEARN:
        yield lines, sorted({*lines, *headings})


def _title_lines(document: Document, once: Sequence[int], taken: set[int]) -> list[int]:
    """Blocks that look like titles: short, no sentence, said once, above something that is no title."""
    text, blocks = document.text, document.blocks
    heads = [LABEL.match(block.span.of(text)) for block in blocks]
    labels = Counter(fold(head["label"]) for head in heads if head)

    def is_captioned(index: int) -> bool:
        head = heads[index]
        return head is not None and labels[fold(head["label"])] > 1  # "Photo: …", again and again

    alike = [
        i
        for i in once
        if blocks[i].kind == "paragraph" and _looks_like_title(blocks[i].span.of(text)) and not is_captioned(i)
    ]
    found = []
    candidates = set(alike)
    for index in alike:
        following = index + 1
        while following in candidates and not _gap(text, blocks, following - 1):
            following += 1  # a subtitle right below
        below_title = index - 1 in candidates and not _gap(text, blocks, index - 1)
        if following < len(blocks) and (following in taken or following not in candidates) and not below_title:
            found.append(index)
    return found


def _gap(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether an empty line stands between a block and the next."""
    return text.count("\n", blocks[index].span.end, blocks[index + 1].span.start) > 1


def _looks_like_title(words: str) -> bool:
    bare = NUMBERING.sub("", words, count=1)
    return (
        0 < len(bare) <= LONGEST_TITLE
        and bool(re.search(r"[^\W\d_]{2}", bare))
        and not bare.endswith((".", ";", ",", ":"))
        and not NOT_A_TITLE.search(bare)
    )


def _sections(
    document: Document, titles: Sequence[int], ends: Sequence[int], groups: Sequence[Group], telling: Sequence[Group]
) -> Iterator[Section]:
    """A section for every title that has a telling group before the next end."""
    for index in titles:
        following = bisect_right(ends, index)
        end = (ends[following] if following < len(ends) else len(document.blocks)) - 1
        if any(index < group.first and group.last <= end for group in telling):
            facts = (fact for group in groups if index < group.first and group.last <= end for fact in group.facts)
            yield Section(_title_span(document, index), index, end, tuple(facts))


def _title_span(document: Document, index: int) -> Span:
    span = document.blocks[index].span
    numbering = NUMBERING.match(span.of(document.text))
    return Span(span.start + numbering.end(), span.end) if numbering else span


def _trimmed(document: Document, sections: list[Section], telling: Sequence[Group]) -> list[Section]:
    """End a project at its facts where facts close the projects of this page and no other project follows at once.

    In a page without headings nothing else says that what follows, "About us", is not of it.
    """
    text, blocks = document.text, document.blocks
    closes = [max(g.last for g in telling if s.first < g.first and g.last <= s.last) for s in sections]

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
        lines = [i for i in free if _looks_like_title(document.blocks[i].span.of(document.text))]
        first = next(iter(headings or lines), None)
        title = _title_span(document, first) if first is not None else None
    return Section(title, 0, len(document.blocks) - 1, facts)

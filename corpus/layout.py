"""How a page may be laid out: which of its blocks could be titles, and where what stands below each would end.

Headings of one level, the values of a title's label, short lines above something longer, numbered paragraphs that begin
with a name. Which layout is the page's own is not decided here.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.dates import find_periods
from corpus.document import Block, Document, Span
from corpus.facts import Group
from corpus.pieces import LABEL
from corpus.words import fold

LONGEST_TITLE = 160
"""Characters."""
ENOUGH_TO_LEARN = 3
"""Sections it takes before a shape counts as one; two alike may be chance."""
SHORTEST_PARAGRAPH = 60
"""Characters of a numbered paragraph that can hold a title and a fact."""
NUMBERING = re.compile(
    r"(?:(?:project|proiectul)\s+)?(?:nr\.?\s*|no\.?\s*)?"
    r"(?:(?:\d{1,2}\.){1,3}\d{1,2}\.?\s+|(?:\d{1,3}|[IVX]{1,5})\s?[.):–-]\s+)",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\s*(?P<number>\d{1,3})\s?[.)]\s*(?=[^\W\d_]|[„“\"«'’])")
NOT_A_TITLE = re.compile(r"https?://|www\.|\S@\S|^\W*\d[\d\s./:-]*$")
QUOTED = re.compile(r"[„“\"«](?P<name>[^„“”\"«»]{2,120})[”“\"»]")
NAME_END = re.compile(
    r"\.\s+(?=[A-ZȘȚŞŢÎÂĂÉ„“\"])|\s+[-–—]\s+|\s*[(,;]\s*(?=(?:19|20)\d\d)|,\s+(?=[a-zșțîâă])"
    r"|\s+(?=(?:was|is|ran|a fost|este)\b)|[.;:]?$"
)
NO_NAME = re.compile(
    r"(?:From|In|Since|Between|During|On|At|We|Our|They|You|If|When|De la|În|Din|Între|Pe|Noi|Se|Dacă|Când)\s"
)
DAY = "2024-02-03"
MARK = re.compile(r"\s*(?:[-–—:|,]|\n)\s*")
MOST_NAME_WORDS = 20
BOLD_LINE_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks that may be titles, and blocks at which a section ends; for a labelled title, where its value stands."""

    titles: tuple[int, ...]
    ends: tuple[int, ...]
    labelled: Mapping[int, Span] = field(default_factory=dict)

    def end_of(self, title: int, blocks: int) -> int:
        """The last block of the section that begins with `title`."""
        following = bisect_right(self.ends, title)
        return (self.ends[following] if following < len(self.ends) else blocks) - 1


def layouts(document: Document, groups: Sequence[Group]) -> Iterator[Layout]:
    """The ways in which the page may be built, the plainest first."""
    taken = {index for group in groups for index in range(group.first, group.last + 1)}
    blocks = document.blocks
    # A heading that stands in a table of contents too is said once; one that is a heading twice is a section.
    said = [(block.kind, fold(block.span.of(document.text))) for block in blocks]
    times = Counter(said)
    once = [i for i in range(len(blocks)) if times[said[i]] == 1 and i not in taken]
    headings = [i for i in once if blocks[i].kind == "heading"]
    labelled = _labelled(document, groups)
    for level in sorted({blocks[i].level for i in headings}):
        titles = [i for i in headings if blocks[i].level == level]
        ends = [i for i in headings if blocks[i].level <= level]
        yield Layout(tuple(titles), tuple(ends))
        if labelled:
            yield _with_labelled(titles, ends, labelled)
    if labelled:
        yield _with_labelled([], [i for i in headings if blocks[i].level < BOLD_LINE_LEVEL], labelled)
    lines = _title_lines(document, once, taken)
    if not headings or len(lines) >= ENOUGH_TO_LEARN:
        # Among lines with a gap below, one without is the first of the facts, unless this tells fewer records.
        apart = [i for i in lines if _gap(document.text, blocks, i)]
        if len(apart) < len(lines):
            yield Layout(tuple(apart), tuple(sorted({*apart, *headings})))
        yield Layout(tuple(lines), tuple(sorted({*lines, *headings})))


def _labelled(document: Document, groups: Sequence[Group]) -> dict[int, Span]:
    """Values of a title's label outside front matter, by block."""
    return {
        fact.block: fact.value
        for group in groups
        for fact in group.facts
        if fact.meaning and fact.meaning.name == "title" and document.blocks[fact.block].kind != "meta"
    }


def _with_labelled(titles: Sequence[int], ends: Sequence[int], labelled: Mapping[int, Span]) -> Layout:
    return Layout(tuple(sorted({*titles, *labelled})), tuple(sorted({*ends, *labelled})), labelled)


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
        if blocks[i].kind == "paragraph" and looks_like_title(blocks[i].span.of(text)) and not is_captioned(i)
    ]
    found = []
    candidates = set(alike)
    behind: dict[int, int] = {}
    for index in reversed(alike):  # a subtitle right below belongs to its title
        joins = index + 1 in candidates and not _gap(text, blocks, index)
        behind[index] = behind[index + 1] if joins else index + 1
    for index in alike:
        following = behind[index]
        below_title = index - 1 in candidates and not _gap(text, blocks, index - 1)
        if following < len(blocks) and (following in taken or following not in candidates) and not below_title:
            found.append(index)
    return found


def _gap(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether an empty line stands between a block and the next."""
    return index + 1 >= len(blocks) or text.count("\n", blocks[index].span.end, blocks[index + 1].span.start) > 1


def looks_like_title(words: str) -> bool:
    """Whether a line may be a title by its length and its end."""
    bare = NUMBERING.sub("", words, count=1)
    return (
        0 < len(bare) <= LONGEST_TITLE
        and bool(re.search(r"[^\W\d_]{2}", bare))
        and not bare.endswith((".", ";", ",", ":"))
        and not NOT_A_TITLE.search(bare)
    )


def title_span(document: Document, index: int) -> Span:
    """A title block without its numbering, and without quotation marks around all of it."""
    span = document.blocks[index].span
    numbering = NUMBERING.match(span.of(document.text))
    span = Span(span.start + numbering.end(), span.end) if numbering else span
    quoted = QUOTED.fullmatch(span.of(document.text))
    return Span(span.start + quoted.start("name"), span.start + quoted.end("name")) if quoted else span


def dated(document: Document, index: int) -> Span | None:
    """What stands in a block behind a day and a mark, as in a heading of news; None where there is none."""
    span = document.blocks[index].span
    words = span.of(document.text)
    days = (one for one in find_periods(words) if one.begin == 0 and one.start and len(one.start) == len(DAY))
    day = next(days, None)
    mark = MARK.match(words, day.finish) if day else None
    return Span(span.start + mark.end(), span.end) if mark and mark.end() < len(words) else None


def numbered_runs(document: Document) -> Iterator[list[int]]:
    """Three paragraphs or more that are counted upwards and long enough to tell of something."""
    run: list[int] = []
    expected = 1
    for index, block in enumerate(document.blocks):
        counted = COUNTED.match(block.span.of(document.text)) if block.kind in ("paragraph", "item") else None
        if counted is None:
            continue
        number = int(counted["number"])
        if number != expected and run:
            yield from [run] if len(run) >= ENOUGH_TO_LEARN else []
            run = []
        if number in (1, expected) and block.span.end - block.span.start >= SHORTEST_PARAGRAPH:
            run.append(index)
        expected = number + 1
    yield from [run] if len(run) >= ENOUGH_TO_LEARN else []


def item_runs(document: Document) -> Iterator[list[int]]:
    """Three list items or more in a row that begin with a name and are long enough to tell of something."""
    run: list[int] = []
    for index, block in enumerate(document.blocks):
        if block.kind == "item" and block.span.end - block.span.start >= SHORTEST_PARAGRAPH:
            run.append(index)
            continue
        yield from [run] if len(run) >= ENOUGH_TO_LEARN else []
        run = []
    yield from [run] if len(run) >= ENOUGH_TO_LEARN else []


def is_name(words: str) -> bool:
    """Whether the beginning of a paragraph may be a name: no date in it, no clause of time before it."""
    return (
        not NO_NAME.match(words)
        and not re.search(r"\b(?:19|20)\d\d\b", words)
        and len(words.split()) <= MOST_NAME_WORDS
    )


def title_in_paragraph(document: Document, index: int) -> Span:
    """The name that a numbered paragraph begins with: what is quoted, or what stands before its first sentence ends."""
    span = document.blocks[index].span
    words = span.of(document.text)
    counted = COUNTED.match(words)
    start = counted.end() if counted else 0
    quoted = QUOTED.match(words, start)
    if quoted:
        return Span(span.start + quoted.start("name"), span.start + quoted.end("name"))
    end = NAME_END.search(words, start)
    stop = min(end.start() if end else len(words), start + LONGEST_TITLE)
    return Span(span.start + start, span.start + len(words[:stop].rstrip()))

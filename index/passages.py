"""Passages: a document cut into pieces that end where sentences end and never hold two projects.

What may stand before a passage's words when it is embedded is decided here too. Knows no model but its tokenizer.
"""

# LlamaIndex's SentenceSplitter did this before. It knows of no table row, labelled line or heading, leaves pieces of a
# few words behind, took 2 to 4 times as long for the same registers, and its import alone takes a second.

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, pairwise

from corpus.document import Block, Document, Span
from corpus.record import Project
from corpus.sentences import sentence_spans

Tokenizer = Callable[[str], list[str]]

PASSAGE_WORDS = 150
"""Words a passage may have: some 200 tokens of English, of the 256 that the model reads; the context has to fit in.

Not tokens, of which a model needs twice as many for a language that it was not made for: at 200 of them XQuAD's
Romanian paragraphs were cut in two or three, and the right one came first for .925 of the questions; at 150 words for
.935 (170: .941, 200: .940). The English ones: .962, and .961 (.958, .958). By 128, 160 or 200 tokens of English, by
cosine alone, the passage that answers came first for .69, .73, .74 of 182 questions over the sample and tests/pages.
"""
WORDS_PER_TOKEN = 0.75
"""In English, by the tokenizers in use."""
LONGEST_WORD = 20
"""Letters; longer runs are addresses, or of scripts that have no spaces. They and numbers count by their tokens."""
CONTEXT_TOKENS = 56
"""Kept free for a context and the special tokens."""
FEWEST_WORDS = 24
"""Of a passage, for models that read next to nothing."""
CONTEXT_CHARACTERS = 120
"""Of a context; some 30 tokens of English and 50 of a language that the model was not made for."""
TINY = 25
"""Neighbours of fewer words than this part of a passage's are never parted: a list of a word a line costs little."""
KEPT = frozenset({"row", "field", "item", "heading", "meta", "record"})
"""Kinds of block that are not cut as long as they fit into a passage."""

PARAGRAPH, SENTENCE, HEADING = 0.0, 1.0, 100.0
"""What a cut costs between paragraphs, between sentences and behind a heading; an empty passage would cost 1.

With 0.1, 0.2, 0.5, 1 and 3 between sentences the answer's passage came first for .80, .81, .83, .84 and .84 of XQuAD's
English questions; the Romanian ones and those of tests/pages did not mind.
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one document; `text` is exactly the document's text at `span`, `project_id` None outside projects."""

    id: str
    document_id: str
    project_id: str | None
    span: Span
    text: str
    page: int | None = None
    key: int = 0
    """The store's number for it, from 1; 0 where it has none yet."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; `score` is the fused score from 0 to 1, higher is nearer; `rank` counts from 1."""

    passage: Passage
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class _Room:
    """How much a passage holds."""

    tokenizer: Tokenizer
    limit: int

    def fits(self, words: str) -> bool:
        """Whether the words are no longer than a passage."""
        # No word counts more than it has bytes.
        return (words.isascii() and len(words) <= self.limit) or size(words, self.tokenizer) <= self.limit


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece that is not cut: where it starts, what a cut before it costs, how many words it has."""

    start: int
    cost: float
    words: int


def passage_limit(max_tokens: int) -> int:
    """Words that a passage may have for a model that reads so many tokens, its context included."""
    return max(FEWEST_WORDS, min(PASSAGE_WORDS, int((max_tokens - CONTEXT_TOKENS) * WORDS_PER_TOKEN)))


def size(text: str, tokenizer: Tokenizer) -> int:
    """Words of a text, as passages count them: numbers and long runs by their tokens, as many as words would have."""
    return sum(map(partial(_size, tokenizer), text.split()))


def split(
    document: Document, projects: Sequence[Project], tokenizer: Tokenizer, *, limit: int = PASSAGE_WORDS
) -> list[Passage]:
    """The passages of a document in order. All its words but white space are in exactly one of them.

    `tokenizer` gives a text's tokens without the special ones. The `size` of none is above `limit`; a row or a labelled
    line is cut only where it alone is larger.
    """
    text = document.text
    starts = [block.span.start for block in document.blocks]
    room = _Room(tokenizer, limit)
    passages = []
    for region, project in _regions(document, projects):
        blocks = document.blocks[bisect_left(starts, region.start) : bisect_left(starts, region.end)]
        spans = [region] if room.fits(region.of(text)) else _spans(document, region, project, blocks, room)
        for span in spans:
            identity = f"{document.id}:{span.start}-{span.end}"
            page = document.page_of(span.start)
            passages.append(Passage(identity, document.id, project.id if project else None, span, span.of(text), page))
    return passages


def context(document: Document, project: Project | None) -> str:
    """What stands before a passage's text when it is embedded: the title of its project or else of its document.

    By cosine alone, without it, under the title, and under title and period, the right passage came first for .71, .74,
    .75 of the questions over the sample and tests/pages, and for .71, .83, .82 of those over 300 rows of a World Bank
    register, among the first five for .76, .97, .98: of a row's second passage nothing else says whose it is. With
    passages of 128 tokens it was .57, .69, .65 over the sample and tests/pages: the period is no gain.
    """
    title = " ".join((project.title if project else document.title).split())
    if len(title) <= CONTEXT_CHARACTERS:
        return title
    return title[: CONTEXT_CHARACTERS + 1].rpartition(" ")[0] or title[:CONTEXT_CHARACTERS]


def embedded_text(passage: Passage, context: str) -> str:
    """What the model is given for a passage: its text under its context, unless it begins with that already."""
    return embedded_text_of(passage.text, context)


def embedded_text_of(text: str, context: str) -> str:
    """The same of a passage's text alone."""
    # White space may differ, and only the beginning matters.
    beginning = " ".join(text[: 2 * len(context)].split())
    return text if beginning.startswith(context) else f"{context}\n{text}"


def _regions(document: Document, projects: Sequence[Project]) -> Iterator[tuple[Span, Project | None]]:
    """The projects' spans and what lies between them, trimmed of white space; none is empty."""
    position = 0
    around: list[tuple[int, int, Project | None]] = []
    for project in sorted(projects, key=lambda project: project.span.start):
        around += [(position, project.span.start, None), (*project.span, project)]
        position = project.span.end
    for start, end, owner in (*around, (position, len(document.text), None)):
        if (region := _trimmed(document.text, start, end)).start < region.end:
            yield region, owner


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _spans(
    document: Document, region: Span, project: Project | None, blocks: Sequence[Block], room: _Room
) -> Iterator[Span]:
    """The spans of the passages of a region that is too long for one."""
    text = document.text
    labelled = [field.whole for field in project.fields if field.source == "label"] if project else []
    whole = [*(block.span for block in blocks if block.kind in KEPT), *(_lines(text, one, region) for one in labelled)]
    # Of a line that is too long, what each of its labels says is kept.
    kept = _merged(text, [span for span in dict.fromkeys((*whole, *labelled)) if room.fits(span.of(text))], room)
    borders = _borders(document, region, project.title_span if project else None, blocks, kept)
    units = _units(text, borders, region.end, room)
    starts = [units[at].start for at in _cuts(units, room.limit)]
    for start, end in pairwise([*starts, region.end]):
        yield _trimmed(text, start, end)


def _lines(text: str, span: Span, region: Span) -> Span:
    """The whole lines that hold a labelled value."""
    start = text.rfind("\n", region.start, span.start) + 1 or region.start
    end = text.find("\n", span.end, region.end)
    return Span(start, end if end >= 0 else region.end)


def _merged(text: str, spans: Iterable[Span], room: _Room) -> list[Span]:
    """The spans in order, those that overlap as one; of two that are too long together the first alone."""
    found: list[Span] = []
    for span in sorted(spans):
        if not found or span.start >= found[-1].end:
            found.append(span)
        elif span.end > found[-1].end and room.fits(text[found[-1].start : span.end]):
            found[-1] = Span(found[-1].start, span.end)
    return found


def _borders(
    document: Document, region: Span, title: Span | None, blocks: Sequence[Block], kept: Sequence[Span]
) -> dict[int, float]:
    """Where a region may be cut, in order, and what it costs there."""
    text = document.text
    costs = {region.start: PARAGRAPH}
    at = region.start
    for span in (*kept, Span(region.end, region.end)):
        between = text[at : span.start]
        for sentence in sentence_spans(between, document.language, at) if between.strip() else ():
            # Marks alone, such as what parts the fields of a line, belong to what stands before them.
            if any(character.isalnum() for character in sentence.of(text)):
                costs[sentence.start] = PARAGRAPH if "\n\n" in text[at : sentence.start] else SENTENCE
            at = sentence.end
        costs[span.start] = SENTENCE
        at = span.end
    leads = False
    for block in blocks:
        start = block.span.start
        if start in costs:
            costs[start] = HEADING if leads else PARAGRAPH
        leads = block.kind in ("heading", "record") or (block.kind == "row" and block.level == 1)
        leads = leads or text[block.span.end - 1] == ":" or (title is not None and block.span.end == title.end)
    costs.pop(region.end, None)
    return dict(sorted(costs.items()))


def _units(text: str, borders: dict[int, float], end: int, room: _Room) -> list[_Unit]:
    """What lies between the borders: the tiny joined, what is longer than a passage cut at words."""
    units: list[_Unit] = []
    costs = [*borders.values(), PARAGRAPH]
    for number, (start, stop) in enumerate(pairwise([*borders, end])):
        words = text[start:stop]
        count = max(1, size(words, room.tokenizer))
        if count > room.limit:
            units += _pieces(words, start, costs[number], room)
        elif units and max(count, units[-1].words) < room.limit // TINY and costs[number] >= costs[number + 1]:
            units[-1] = _Unit(units[-1].start, units[-1].cost, units[-1].words + count)
        else:
            units.append(_Unit(start, costs[number], count))
    return units


def _pieces(words: str, offset: int, cost: float, room: _Room) -> list[_Unit]:
    """What is too long, in halves and halves again: at white space near the middle, or in the middle."""
    count = max(1, size(words, room.tokenizer))
    if count <= room.limit or len(words.rstrip()) < 2:
        return [_Unit(offset, cost, count)]
    middle = len(words.rstrip()) // 2
    spaces = [at for at in (_space(words, middle, -1), _space(words, middle, 1)) if at]
    cut = min(spaces, key=lambda at: abs(at - middle), default=middle)
    return [
        *_pieces(words[:cut], offset, cost, room),
        *_pieces(words[cut:], offset + cut, SENTENCE, room),
    ]


def _space(words: str, at: int, step: int) -> int:
    """Where the word nearest to `at` begins, looking to one side; 0 if none does."""
    while 0 < at < len(words):
        if words[at - 1].isspace() and not words[at].isspace():
            return at
        at += step
    return 0


def _cuts(units: Sequence[_Unit], limit: int) -> list[int]:
    """The units that begin a passage: of all ways to cut, the one that wastes least room at the least cost.

    As TeX breaks a paragraph into lines: a passage costs the square of the share it leaves empty, so that there are few
    and no small one among them that could be avoided.
    """
    waste = [(1 - words / limit) ** 2 for words in range(limit + 1)]
    ends = [0, *accumulate(unit.words for unit in units)]
    totals = [0.0]  # of the best way to cut what stands before each unit, with the cut before that unit
    before = [0]
    for stop in range(1, len(ends)):
        first = bisect_left(ends, ends[stop] - limit, 0, stop - 1)
        least, at = min(
            (totals[start] + waste[min(ends[stop] - ends[start], limit)], start) for start in range(first, stop)
        )
        totals.append(least + (units[stop].cost if stop < len(units) else 0.0))
        before.append(at)
    found = []
    at = len(units)
    while at:
        at = before[at]
        found.append(at)
    return found[::-1]


@lru_cache(maxsize=1 << 17)
def _size(tokenizer: Tokenizer, word: str) -> int:
    if len(word) <= LONGEST_WORD and not any(map(str.isdigit, word)):
        return 1
    return max(1, int(len(tokenizer(word)) * WORDS_PER_TOKEN))

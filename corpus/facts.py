"""Labelled pieces of a document: where each label and its value stand.

A label is known by what it is called (`corpus.labels`) or by what it does on this page: the same short words before a
colon, again and again. Prose that happens to hold a colon is neither.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Block, Document, Span
from corpus.labels import MOST_LABEL_WORDS, SPOKEN, Meaning, meaning_of, speaks_of_project
from corpus.words import fold

RECURS = 2
"""Times a label has to stand on a page to count as one though nobody knows it."""
LONGEST_VALUE_BELOW = {True: 400, False: 120}
"""Characters of a value on the line below its label, with and without a colon behind the label; what is longer is the
text of a section that bears a field's name ("Partners", "Implementation")."""

LABEL = re.compile(r"\s*(?:[-–—*•▪‣◦]\s+)?(?P<label>[^\W\d_](?:[^:|;\n]){0,60}?)\s*:(?!//)[\s\xa0]*")
TRAILER = re.compile(r"\|[\s\xa0]*([^\W\d_]+)[\s\xa0]*$", re.MULTILINE)
INNER = re.compile(r"(?:[;•·]|\s/\s|\.\s|,\s)\s*(?=[^\W\d_][^:|;,.\n]{1,40}:(?!//)\s*\S)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value. `whole` covers label and value; `meaning` is None for a label of the page's own."""

    label: str
    meaning: Meaning | None
    value: Span
    whole: Span
    block: int
    """Index of the block the label stands in."""


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks that hold facts and nothing else: the facts line, list or table of one record."""

    first: int
    last: int
    facts: tuple[Fact, ...]

    @property
    def speaks_of_project(self) -> bool:
        """Whether a field stands here that speaks for a project and not, say, for an address."""
        return any(speaks_of_project(fact.meaning) for fact in self.facts)

    @property
    def known(self) -> int:
        """How many different fields are known by their label."""
        return len({fact.meaning for fact in self.facts if fact.meaning})


def find_groups(document: Document) -> list[Group]:
    """The facts of a document in groups, in order."""
    trailers = set(TRAILER.findall(document.text))
    found = [_facts_of(document.text, index, block, trailers) for index, block in enumerate(document.blocks)]
    _add_headed(document, found)
    recurring = _recurring(found)
    kept: dict[int, list[Fact]] = {}
    for index, facts in enumerate(found):
        good = [fact for fact in facts if fact.meaning or fold(fact.label) in recurring or len(facts) > 1]
        if good:
            kept[index] = good
    _add_neighbours(document, found, kept)
    groups = []
    for first, last in _runs(sorted(kept), document.blocks, found):
        together = tuple(fact for index in range(first, last + 1) for fact in kept.get(index, []))
        known = any(fact.meaning for fact in together)
        if known or len({fold(fact.label) for fact in together} & recurring) >= RECURS:
            groups.append(Group(first, last, together))
    return groups


def _add_neighbours(document: Document, found: list[list[Fact]], kept: dict[int, list[Fact]]) -> None:
    """Keep a label nobody knows where it stands in a list, a table or lines without gap beside ones that are known."""
    blocks = document.blocks

    def close(one: int, other: int) -> bool:
        first, second = blocks[min(one, other)], blocks[max(one, other)]
        tabular = first.kind in ("row", "item", "meta")
        return first.kind == second.kind and (
            tabular or document.text.count("\n", first.span.end, second.span.start) == 1
        )

    for order in (range(len(blocks)), reversed(range(len(blocks)))):
        for index in order:
            beside = {index - 2, index - 1, index + 1, index + 2} & kept.keys()
            if found[index] and index not in kept and any(close(index, other) for other in beside):
                kept[index] = found[index]


def _runs(indices: Sequence[int], blocks: Sequence[Block], found: list[list[Fact]]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring blocks with facts; a value below its labelled heading belongs to the heading's run."""
    first = last = None
    for index in indices:
        end = max((_block_at(blocks, fact.value.end - 1) for fact in found[index]), default=index)
        # An empty row ("Partners: -") holds no fact and breaks no table.
        reach = (
            2 if blocks[index].kind in ("row", "item", "meta") and blocks[index - 1].kind == blocks[index].kind else 1
        )
        if last is not None and index <= last + reach:
            last = max(last, end)
            continue
        if first is not None and last is not None:
            yield first, last
        first, last = index, end
    if first is not None and last is not None:
        yield first, last


def _block_at(blocks: Sequence[Block], offset: int) -> int:
    return max(0, bisect_right(blocks, offset, key=lambda block: block.span.start) - 1)


def _recurring(found: list[list[Fact]]) -> set[str]:
    times = Counter(label for facts in found for label in {fold(fact.label) for fact in facts})
    return {label for label, count in times.items() if count >= RECURS}


def _facts_of(text: str, index: int, block: Block, trailers: set[str]) -> list[Fact]:
    if block.kind == "heading":
        return []
    words = block.span.of(text)
    if block.kind == "row":
        return _row_fact(words, index, block)
    pieces = list(_pieces(words))
    facts = []
    for piece in pieces:
        fact = _fact(piece.of(words), piece.start + block.span.start, index, any_case=block.kind == "meta")
        if fact:
            facts.append(fact)
    labelled_first = LABEL.match(words) is not None
    if not facts or not (labelled_first or len(facts) > 1 or len(pieces) > 1):
        return []
    return _without_trailer(text, facts, pieces[-1].of(words).strip(), trailers)


def _row_fact(words: str, index: int, block: Block) -> list[Fact]:
    label, bar, value = words.partition(" | ")
    if not re.search(r"\w", value) or " | " in value or len(label.split()) > MOST_LABEL_WORDS:
        return []
    start = block.span.start + len(label) + len(bar)
    return [Fact(label.rstrip(" :"), meaning_of(label), Span(start, block.span.end), block.span, index)]


def _pieces(words: str) -> Iterator[Span]:
    """Cut a block at `|` and line breaks, and at `;`, `.`, `,` where a known label follows."""
    start = 0
    cuts = [(m.start(), m.end()) for m in re.finditer(r"[|\n]", words)]
    for match in INNER.finditer(words):
        label = words[match.end() :].partition(":")[0]
        if meaning_of(label):
            cuts.append((match.start() + (match.group()[0] == "."), match.end()))
    for cut, following in sorted(cuts):
        if cut >= start:
            yield Span(start, cut)
            start = following
    yield Span(start, len(words))


def _fact(piece: str, offset: int, index: int, *, any_case: bool) -> Fact | None:
    match = LABEL.match(piece)
    if match and len(match["label"].split()) <= MOST_LABEL_WORDS:
        meaning = meaning_of(match["label"])
        if not meaning and not (any_case or match["label"][0].isupper()):
            return None
        return _made(match["label"], meaning, piece, match.end(), match.start("label"), offset, index)
    spoken = SPOKEN.search(piece)
    if spoken:
        meaning = meaning_of(re.sub(r"\bfinancially |\bfinanciar ", "", spoken.group(1)))
        if meaning and "supported" in spoken.group(1).lower() and "financially" in spoken.group(1).lower():
            meaning = Meaning("organisation", "funder")
        start = len(piece) - len(piece.lstrip())
        return _made(spoken.group(1), meaning, piece, spoken.end(), start, offset, index)
    return None


def _made(
    label: str, meaning: Meaning | None, piece: str, value: int, start: int, offset: int, index: int
) -> Fact | None:
    end = len(piece.rstrip(" \t\xa0\n;,"))
    if not re.search(r"\w", piece[value:end]):
        return None  # "Partners: -" says nothing
    return Fact(label, meaning, Span(offset + value, offset + end), Span(offset + start, offset + end), index)


def _without_trailer(text: str, facts: list[Fact], last_piece: str, trailers: set[str]) -> list[Fact]:
    """Drop from the last value a word that elsewhere on the page stands alone behind the last bar (`| Details`)."""
    last = facts[-1]
    head, _, word = last.value.of(text).rpartition(" ")
    if not head.strip() or word not in trailers or last_piece == word:
        return facts
    end = last.value.start + len(head.rstrip())
    value, whole = Span(last.value.start, end), Span(last.whole.start, end)
    return [*facts[:-1], replace(last, value=value, whole=whole)]


def _add_headed(document: Document, found: list[list[Fact]]) -> None:
    """Labels that are headings, or lines of their own: the value is the block below."""
    blocks, text = document.blocks, document.text
    for index, block in enumerate(blocks[:-1]):
        words = block.span.of(text)
        below = blocks[index + 1]
        lone = words.endswith(":") and "\n" not in words
        label = words.rstrip(" :")
        meaning = meaning_of(label)
        if len(label.split()) > MOST_LABEL_WORDS or not label or not (lone or block.kind == "heading"):
            continue
        if meaning is None or (below.kind == "heading" and below.level != 7) or found[index]:
            continue
        if below.span.end - below.span.start > LONGEST_VALUE_BELOW[lone] or meaning.name == "link":
            continue
        found[index] = [Fact(label, meaning, below.span, Span(block.span.start, below.span.end), index)]

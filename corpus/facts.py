"""Labelled pieces of a document: where each label and its value stand.

A label is known by what it is called (`corpus.labels`) or by what it does on this page: the same short words before a
colon, again and again. Prose that happens to hold a colon is neither.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Block, Document, Span
from corpus.labels import MOST_LABEL_WORDS, meaning_of, speaks_of_project
from corpus.pieces import TRAILER, Fact, facts_of
from corpus.words import fold

FIGURES = ("period", "amount")
RECURS = 2
"""Times a label has to stand on a page to count as one though nobody knows it."""
LONGEST_VALUE_BELOW = {True: 400, False: 120}
"""Characters of a value on the line below its label, with and without a colon behind the label; what is longer is the
text of a section that bears a field's name ("Partners", "Implementation")."""
LONGEST_LIST_BELOW = 2_000
"""Characters of a list below its label: some thirty partners."""
LONGEST_LINE = 200
"""Characters of a paragraph that is a labelled line; a longer one is prose that holds a colon."""
BOLD_LINE_LEVEL = 7


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


def find_groups(document: Document, passed_over: Container[int] = ()) -> list[Group]:
    """The facts of a document in groups, in order; the blocks `passed_over` hold none."""
    trailers = set(TRAILER.findall(document.text))
    found = [
        [] if index in passed_over else facts_of(document.text, index, block, trailers)
        for index, block in enumerate(document.blocks)
    ]
    _add_headed(document, found)
    recurring = _recurring(found)
    kept: dict[int, list[Fact]] = {}
    for index, facts in enumerate(found):
        plain = [fact for fact in facts if not fact.is_weak]
        good = [fact for fact in plain if fact.meaning or fold(fact.label) in recurring or len(plain) > 1]
        if good:
            kept[index] = good
    _add_weak_runs(found, kept)
    _add_neighbours(document, found, kept)
    groups = []
    for first, last in _runs(sorted(kept), document.blocks, found):
        together = tuple(fact for index in range(first, last + 1) for fact in kept.get(index, []))
        known = any(fact.meaning for fact in together)
        if known or len({fold(fact.label) for fact in together} & recurring) >= RECURS:
            groups.append(Group(first, last, together))
    return groups


def _add_neighbours(document: Document, found: list[list[Fact]], kept: dict[int, list[Fact]]) -> None:
    """Keep a label nobody knows in a list, a table or lines without gap where it stands beside ones that are known.

    So in paragraphs of a line each, as a word processor has them. What is weak is kept right beside what is not.
    """
    blocks = document.blocks

    def close(one: int, other: int) -> bool:
        first, second = blocks[min(one, other)], blocks[max(one, other)]
        tabular = first.kind in ("row", "item", "meta")
        return first.kind == second.kind and (
            tabular
            or document.text.count("\n", first.span.end, second.span.start) == 1
            or (abs(one - other) == 1 and is_line(one) and is_line(other))
        )

    def is_line(index: int) -> bool:
        words = blocks[index].span.of(document.text)
        return len(found[index]) == 1 and len(words) <= LONGEST_LINE and words[-1] not in ".!?"

    for order in (range(len(blocks)), reversed(range(len(blocks)))):
        for index in order:
            beside = {index - 2, index - 1, index + 1, index + 2} & kept.keys()
            if not found[index] or index in kept:
                continue
            if any(close(index, other) or found[index][0].is_weak for other in beside):
                kept[index] = found[index]


def _add_weak_runs(found: list[list[Fact]], kept: dict[int, list[Fact]]) -> None:
    """Keep what is weak where several such lines of different fields stand together, one of them with a figure.

    Then also what stands alone, a period or an amount, if its label stands elsewhere on the page as well.
    """
    weak = [index for index, facts in enumerate(found) if facts and facts[0].is_weak and index not in kept]
    run: list[int] = []
    for index in (*weak, len(found) + 2):
        if run and index > run[-1] + 2:
            names = {(fact.meaning.name, fact.meaning.role) for at in run for fact in found[at] if fact.meaning}
            if len(names) > 1 and any(name in FIGURES for name, _ in names):
                kept |= {at: found[at] for at in run}
            run = []
        run.append(index)
    labels = {fold(fact.label) for facts in kept.values() for fact in facts if fact.label}
    for index in weak:
        lone = found[index][0]
        if index not in kept and fold(lone.label) in labels and lone.meaning and lone.meaning.name in FIGURES:
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
        if last is not None and index <= last + reach and not _begins_another(blocks, found, first, index):
            last = max(last, end)
            continue
        if first is not None and last is not None:
            yield first, last
        first, last = index, end
    if first is not None and last is not None:
        yield first, last


def _begins_another(blocks: Sequence[Block], found: list[list[Fact]], first: int | None, index: int) -> bool:
    """Whether the facts of another record begin here: a new table, or the label of a title once more."""
    if blocks[index].kind == "row" and blocks[index].level:
        return True
    titled = any(fact.meaning and fact.meaning.name == "title" for fact in found[index])
    before = (fact for at in range(first or 0, index) for fact in found[at])
    return titled and blocks[index].kind != "meta" and any(f.meaning and f.meaning.name == "title" for f in before)


def _block_at(blocks: Sequence[Block], offset: int) -> int:
    return max(0, bisect_right(blocks, offset, key=lambda block: block.span.start) - 1)


def _recurring(found: list[list[Fact]]) -> set[str]:
    times = Counter(label for facts in found for label in {fold(fact.label) for fact in facts})
    return {label for label, count in times.items() if count >= RECURS}


def _add_headed(document: Document, found: list[list[Fact]]) -> None:
    """Labels that are headings, or lines of their own: the value is the block below, or the list below."""
    blocks, text = document.blocks, document.text
    for index, block in enumerate(blocks[:-1]):
        words = block.span.of(text)
        below = blocks[index + 1]
        lone = words.endswith(":") and "\n" not in words
        label = words.rstrip(" :")
        meaning = meaning_of(label) if label and len(label.split()) <= MOST_LABEL_WORDS else None
        if meaning is None or meaning.name in ("link", "description") or not (lone or block.kind == "heading"):
            continue
        if (below.kind == "heading" and below.level != BOLD_LINE_LEVEL) or any(not one.is_weak for one in found[index]):
            continue
        last = _end_of_list(blocks, index + 1)
        if below.span.end - below.span.start > LONGEST_VALUE_BELOW[lone] or _holds_label(found, index + 1, last):
            continue
        if blocks[last].span.end - below.span.start > LONGEST_LIST_BELOW:
            last = index + 1
        value = Span(below.span.start, blocks[last].span.end)
        found[index] = [Fact(label, meaning, value, Span(block.span.start, value.end), index)]
        for covered in range(index + 1, last + 1):
            found[covered] = []


def _end_of_list(blocks: Sequence[Block], index: int) -> int:
    """The last item of the list that begins at `index`; `index` itself where no list does."""
    last = index
    while blocks[index].kind == "item" and last + 1 < len(blocks) and blocks[last + 1].kind == "item":
        last += 1
    return last


def _holds_label(found: Sequence[Sequence[Fact]], first: int, last: int) -> bool:
    """Whether a labelled line stands here: "Details:" above a list of facts is the list's heading, not a label."""
    return any(not fact.is_weak and fact.meaning for index in range(first, last + 1) for fact in found[index])

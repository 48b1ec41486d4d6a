"""Labelled pieces of one block: where a label and its value stand in a line, a list item or a table row.

A piece is plain where a colon or a cell parts the label from the value. It is weak where only a dash does, or bold
letters, or nothing (`Buget total 52.300 €`), or where a code or a programme stands alone: what is weak counts only
beside something else (`corpus.facts` sees to that).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.amounts import find_money
from corpus.dates import read_period
from corpus.document import Block, Span
from corpus.labels import MOST_LABEL_WORDS, SPOKEN, Meaning, label_before, meaning_of
from corpus.programmes import find_programmes

LABEL = re.compile(r"\s*(?:[-–—*•▪‣◦]\s+)?(?P<label>[^\W\d_](?:[^:|;\n]){0,60}?)\s*(?::(?!//)|(?<=\w)\?)[\s\xa0]*")
DASHED = re.compile(r"\s*(?P<label>[^\W\d_][^:|;\n]{0,40}?)\s+[-–—]\s+(?=\S)")
TRAILER = re.compile(r"\|[\s\xa0]*([^\W\d_]+)[\s\xa0]*$", re.MULTILINE)
INNER = re.compile(r"(?:[;•·]|\s/\s|\.\s|,\s)\s*(?=[^\W\d_][^:|;,.\n]{1,40}:(?!//)\s*\S)")
CODE = re.compile(
    r"\(?(?P<code>(?=[^\s]{6,60}$)(?=.*\d)(?=.*[A-Z])[A-Za-z0-9.]{1,20}(?:[/_-][A-Za-z0-9.+()]{1,20}){2,})\)?\.?$"
)
"""A reference without a label: capitals and digits in three parts or more, nothing else on its line."""
CODE_BEHIND = re.compile(r"\s*\((?P<code>[^\s()]{6,60})\)[\s.]*$")


BULLET = re.compile(r"\s*[-–—*•▪‣◦]\s+")
SENTENCE_END = re.compile(r"[a-zà-ž]{4}[.!?]$")
LONGEST_FIGURE = {"period": 60, "amount": 100}
"""Characters of a period or an amount that a label runs into; what is longer is a sentence ("Since its start …")."""
LONGEST_SUBJECT = 80
"""Characters before a phrase such as "supported by" in a line; further on, small letters behind it are no name's."""
LONGEST_WEAK = 250
"""Characters of a line in which a label without a colon is looked for."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value. `whole` covers label and value; `meaning` is None for a label of the page's own."""

    label: str
    meaning: Meaning | None
    value: Span
    whole: Span
    block: int
    """Index of the block the label stands in."""
    is_weak: bool = False


def facts_of(text: str, index: int, block: Block, trailers: set[str]) -> list[Fact]:
    """The labelled pieces of block `index`; `trailers` are words that on this page stand alone behind the last bar."""
    if block.kind == "heading":
        return []
    if block.kind == "row":
        return _row_facts(text, index, block)
    words = block.span.of(text)
    pieces = list(_pieces(words))
    facts = []
    for piece in pieces:
        fact = _fact(piece.of(words), piece.start + block.span.start, index, any_case=block.kind == "meta")
        if fact:
            facts.append(fact)
    labelled_first = LABEL.match(words) is not None
    if not facts or not (labelled_first or len(facts) > 1 or len(pieces) > 1):
        return _weak_facts(text, index, block)
    return _without_trailer(text, facts, pieces[-1].of(words).strip(), trailers)


def code_behind(text: str, value: Span) -> Span | None:
    """Where a reference stands in brackets at the end of a title: `Rural roads (AB-12/2019/RO)`."""
    found = CODE_BEHIND.search(value.of(text))
    if found is None or not CODE.match(found["code"]):
        return None
    return Span(value.start + found.start("code"), value.start + found.end("code"))


def _row_facts(text: str, index: int, block: Block) -> list[Fact]:
    """A row of a label and its value, of two such pairs, or of a label and several values."""
    cells = [cell for cell in block.cells if re.search(r"\w", cell.of(text))]
    if len(cells) < 2 or block.cells[0] != cells[0]:
        return []
    labels = [meaning_of(cell.of(text)) for cell in cells]
    if len(cells) > 2 and sum(map(bool, labels)) * 2 > len(cells):
        return []  # the header of a table
    if len(cells) == 4 and labels[0] and labels[2]:
        return [_cell_fact(text, index, cells[at], cells[at + 1].end) for at in (0, 2)]
    if len(cells) > 2 and (labels[0] is None or any(labels[1:]) or block.level):
        return []
    if len(cells[0].of(text).split()) > MOST_LABEL_WORDS:
        return []
    # A table of who does what: the role, the name, then the country or the address.
    last = cells[1] if labels[0] and labels[0].name == "organisation" else cells[-1]
    return [_cell_fact(text, index, cells[0], last.end, following=cells[1].start)]


def _cell_fact(text: str, index: int, label: Span, end: int, *, following: int = 0) -> Fact:
    start = following or label.end + len(" | ")
    words = label.of(text)
    return Fact(words.rstrip(" :"), meaning_of(words), Span(start, end), Span(label.start, end), index)


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
        asked = piece[match.end("label") :].lstrip().startswith("?")
        if not meaning and (asked or not (any_case or match["label"][0].isupper())):
            return None
        return _made(match["label"], meaning, piece, match.end(), match.start("label"), offset, index)
    spoken = SPOKEN.search(piece)
    if spoken and not (spoken.start() > LONGEST_SUBJECT and _is_small(piece, spoken.end())):
        meaning = meaning_of(re.sub(r"\bfinancially |\bfinanciar ", "", spoken.group(1)))
        if meaning and "supported" in spoken.group(1).lower() and "financially" in spoken.group(1).lower():
            meaning = Meaning("organisation", "funder")
        start = len(piece) - len(piece.lstrip())
        return _made(spoken.group(1), meaning, piece, spoken.end(), start, offset, index)
    return None


def _is_small(piece: str, at: int) -> bool:
    """Whether a word in small letters stands at `at`, the article apart."""
    return piece[at + len("the ") * piece.startswith("the ", at) :][:1].islower()


def _weak_facts(text: str, index: int, block: Block) -> list[Fact]:
    """What looks like a labelled value though no colon says so."""
    words = block.span.of(text)
    if block.kind == "meta" or len(words) > LONGEST_WEAK:
        return []
    if len(block.cells) == 2 and (meaning := meaning_of(block.cells[0].of(text))):
        label, value = block.cells
        return [Fact(label.of(text).rstrip(" :–—-"), meaning, value, Span(label.start, value.end), index, is_weak=True)]
    dashed = DASHED.match(words)
    if dashed and (meaning := meaning_of(dashed["label"])):
        made = _made(dashed["label"], meaning, words, dashed.end(), dashed.start("label"), block.span.start, index)
        return [replace(made, is_weak=True)] if made else []
    if run_in := _run_in(words, block.span.start, index):
        return [run_in]
    code = CODE.match(words)
    if code and "://" not in words:
        value = Span(block.span.start + code.start("code"), block.span.start + code.end("code"))
        return [Fact("", Meaning("reference"), value, value, index, is_weak=True)]
    if find_programmes(words) == [(0, len(words))]:
        return [Fact("", Meaning("programme"), block.span, block.span, index, is_weak=True)]
    return []


def _run_in(words: str, offset: int, index: int) -> Fact | None:
    """A known label that runs into a value of its kind: `Perioada septembrie 2014 – iunie 2017`."""
    bullet = BULLET.match(words)
    start = bullet.end() if bullet else 0
    label = label_before(words[start:])
    meaning = meaning_of(label) if label and label[0].isupper() else None
    if meaning is None or SENTENCE_END.search(words):
        return None
    made = _made(label, meaning, words, start + len(label), start, offset, index)
    if made is None:
        return None
    left = len(words[start + len(label) :]) - len(words[start + len(label) :].lstrip())
    value = words[start + len(label) + left :]
    return (
        replace(made, value=Span(made.value.start + left, made.value.end), is_weak=True)
        if _fits(value, meaning)
        else None
    )


def _fits(value: str, meaning: Meaning) -> bool:
    """Whether a value is of the kind that its label promises; a date for a period, a name for a partner."""
    if meaning.name in LONGEST_FIGURE and len(value) > LONGEST_FIGURE[meaning.name]:
        return False
    if meaning.name == "amount":
        return bool(find_money(value)) or bool(re.fullmatch(r"[\d\s.,'’]+", value))
    if meaning.name == "period":
        return any(read_period(value)[:2])
    if meaning.name in ("organisation", "place", "programme"):
        return value[0].isupper() or value[0] in '„“"«'
    return meaning.name == "reference" and any(character.isdigit() for character in value)


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

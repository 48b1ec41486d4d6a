"""Questions about project records, which the project makes itself: of the lines around a field, and of others.

The wordings are in `made.toml`, in English; records in other languages are passed over.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.reader.examples import Example
from assistant.reader.negatives import without
from corpus.document import Document, Span
from corpus.record import Project
from corpus.sentences import sentence_spans
from corpus.words import fold

LONGEST_PASSAGE = 900
"""Characters; about what the reader sees of a passage at once."""
LONGEST_ANSWER = 150
"""Characters; a longer value is a paragraph, and no answer that a reader could point at."""
TITLED = 0.6
"""The share of questions that give the title; the others say "the project"."""
KINDS = frozenset({"period", "amount", "organisation", "place", "programme", "reference"})
UNTIL = re.compile(r"\s*(?:[–—]|\s-\s|-(?=\s)|\bto\b|\buntil\b)\s*")
SOURCE = "made"


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a record tells: the kind of question it answers, and where in the document."""

    group: str
    kind: str
    span: Span
    verb: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A record, its document's text, the pieces it falls into, and its facts."""

    project: Project
    text: str
    pieces: tuple[Span, ...]
    facts: tuple[_Fact, ...]


def made_examples(projects: Sequence[Project], documents: Mapping[str, Document], seed: int) -> list[Example]:
    """Answered and unanswerable questions about the facts of `projects`; `documents` by their source.

    For each fact up to three: of its own passage; of that passage without it; of another record's.
    """
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    told = [_told(one, documents[one.document].text) for one in projects if one.language == "en"]
    return [example for one in told for fact in one.facts for example in _examples(one, fact, told, drawn)]


def _told(project: Project, text: str) -> _Told:
    pieces = tuple(sentence_spans(project.span.of(text), "en", project.span.start))
    return _Told(project, text, pieces, tuple(_facts(project, text)))


def _facts(project: Project, text: str) -> Iterator[_Fact]:
    met: set[tuple[str, str]] = set()
    for field in project.fields:
        kind = field.role or field.name
        fits = field.name in KINDS and field.source == "label" and kind in _wordings().get(field.name, {})
        whole = field.span.end - field.span.start <= LONGEST_ANSWER and "\n" not in field.span.of(text)
        # Registers write 0 for sums that nobody filled in.
        told = field.name != "amount" or re.search("[1-9]", field.span.of(text))
        # A second budget or partner makes the question have two answers; the first is taken.
        if fits and whole and told and project.span.holds(field.span) and (field.name, kind) not in met:
            met.add((field.name, kind))
            yield _Fact(field.name, kind, field.span)
            if field.name == "period":
                yield from _ends(field.span, text)
    yield from _aims(project, text)


def _ends(span: Span, text: str) -> Iterator[_Fact]:
    """Start and end of a period told as two dates with a dash or a word between."""
    parts = list(UNTIL.finditer(span.of(text)))
    if len(parts) == 1 and parts[0].start() and parts[0].end() < span.end - span.start:
        yield _Fact("period", "start", Span(span.start, span.start + parts[0].start()))
        yield _Fact("period", "end", Span(span.start + parts[0].end(), span.end))


def _aims(project: Project, text: str) -> Iterator[_Fact]:
    if match := _aim().search(project.span.of(text)):
        start, end = match.span("what")
        yield _Fact("aim", "aim", Span(project.span.start + start, project.span.start + end), match["verb"])


@cache
def _aim() -> re.Pattern[str]:
    verbs = "|".join(_wordings()["aim"]["verbs"])
    return re.compile(
        rf"\b(?:objectives?|aims?|goal|purpose)\b[^.;\n]{{0,80}}? (?:is|are|aims|aim|was|were) to (?P<verb>{verbs}) "
        r"(?P<what>[^.;:,\n]{10,140}?)(?=[.;,]| by | through | in order )"
    )


def _examples(told: _Told, fact: _Fact, everything: Sequence[_Told], drawn: random.Random) -> Iterator[Example]:
    passage = _passage(told, fact, drawn)
    if passage is None:
        return
    titled = drawn.random() < TITLED
    question = _question(told.project, fact, titled, drawn)
    answer = Span(fact.span.start - passage.start, fact.span.end - passage.start)
    example = Example(question, passage.of(told.text), answer, None, told.project.document, SOURCE)
    yield example
    others = [
        Span(max(field.span.start - passage.start, 0), field.span.end - passage.start)
        for field in told.project.fields
        if field.name == fact.group and field.span.overlaps(passage)
    ]
    if left := without(example.passage, answer, others):
        yield replace(example, passage=left, answer=None, source=f"{SOURCE} removed")
    if len(everything) > 1 and (other := _other(told, fact, drawn.choice(everything), titled, drawn)):
        yield replace(example, passage=other, answer=None, source=f"{SOURCE} elsewhere")


def _passage(told: _Told, fact: _Fact, drawn: random.Random) -> Span | None:
    """The pieces that hold the fact, and as many before and after as a length drawn allows; None if it is too long."""
    at = [number for number, piece in enumerate(told.pieces) if piece.overlaps(fact.span)]
    if not at:
        return None
    first, last = at[0], at[-1]
    room = drawn.randint(LONGEST_PASSAGE // 4, LONGEST_PASSAGE)
    while True:
        sides = [(first - 1, last)] if first else []
        sides += [(first, last + 1)] if last + 1 < len(told.pieces) else []
        sides = [(low, high) for low, high in sides if told.pieces[high].end - told.pieces[low].start <= room]
        if not sides:
            break
        first, last = drawn.choice(sides)
    found = Span(told.pieces[first].start, told.pieces[last].end)
    return found if found.end - found.start <= LONGEST_PASSAGE and found.holds(fact.span) else None


def _question(project: Project, fact: _Fact, titled: bool, drawn: random.Random) -> str:
    name = project.title if titled else "the project"
    wording: str = drawn.choice(_wordings()[fact.group][fact.kind])
    return wording.format(it=name, of=f"of {name}", verb=fact.verb)


def _other(told: _Told, fact: _Fact, other: _Told, titled: bool, drawn: random.Random) -> str | None:
    """A passage of another record that cannot answer: it has no such field, or says that it is of another title."""
    if not other.facts or fold(other.project.title) == fold(told.project.title):
        return None
    passage = _passage(other, drawn.choice(other.facts), drawn)
    if passage is None:
        return None
    words = fold(passage.of(other.text))
    alike = any(field.name == fact.group and field.span.overlaps(passage) for field in other.project.fields)
    alike = alike or fact.group == "aim"
    named = titled and fold(other.project.title) in words and fold(told.project.title) not in words
    holds = fold(fact.span.of(told.text)) in words
    return passage.of(other.text) if not holds and (named or not alike) else None


@cache
def _wordings() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_name("made.toml").read_text("utf-8"))
    return found

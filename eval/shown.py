"""A candidate as a person reads it: the question, what is expected, and the words of the documents that it rests on."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.document import Span
from eval.errors import EvaluationError
from eval.gold import find_gold
from eval.json_lines import Row
from eval.metrics import Gold
from eval.qa import SHIPPED, pairs_of
from index.candidates import Candidate
from index.store import Store

AROUND = 160
"""Characters before and behind the words of a source."""
MOST_PLACES, MOST_WAYS = 6, 4
"""Places and ways to say a thing that are shown; the rest are counted."""
BOLD = "\x1b[1m", "\x1b[22m"
MARKS = ">>", "<<"


class Words(NamedTuple):
    """The words of a source, each in one line of text, with those before and behind them."""

    before: str
    words: str
    behind: str


class Place(NamedTuple):
    """Where a source stands: the document, and its words there; of a whole record those that hold what is expected."""

    document: str
    words: tuple[Words, ...]


def shown(store: Store, candidate: Candidate, row: Row, original: str, *, bold: bool) -> str:
    """All that it takes to judge a candidate; `row` is its pair with all that it takes from its original."""
    marks = BOLD if bold else MARKS
    answerable = "answerable" if row.get("answerable") else "not answerable"
    lines = [
        f"{row.get('kind')} · {row.get('language')} · {answerable} · {candidate.origin}",
        f"  {row.get('question')}",
    ]
    lines += [f"  after: {question}" for question in row.get("history") or ()]
    lines += [f"  in other words: {original}"] if original else []
    lines += [f"  {line}" for line in (*_expected(row), *candidate.note.splitlines())]
    return "\n".join([*lines, *_places(store, row, marks)])


def _expected(row: Row) -> Iterator[str]:
    if not row.get("answerable"):
        yield "expected: that the documents do not say it"
    if answers := row.get("answers"):
        yield f"expected: {_ways(answers)}"
    for item in row.get("all") or ():
        yield f"expected: {_ways([item] if isinstance(item, str) else item)}"
    if none := row.get("none"):
        yield f"and none of: {'; '.join(none)}"


def _ways(ways: Sequence[str]) -> str:
    more = f" (or {len(ways) - MOST_WAYS} more ways to say it)" if len(ways) > MOST_WAYS else ""
    return " | ".join(ways[:MOST_WAYS]) + more


def _places(store: Store, row: Row, marks: tuple[str, str]) -> Iterator[str]:
    """For each source where it stands and its words with their surroundings; or what is wrong with it."""
    try:
        places, more = places_of(store, row)
    except EvaluationError as error:
        yield f"  cannot stand as it is: {error}"
        return
    for place in places:
        yield f"  in {place.document}:"
        yield from (
            "    " + " ".join(f"{o.before}{marks[0]}{o.words}{marks[1]}{o.behind}".split()) for o in place.words
        )
    if more:
        yield f"  and {more} more places"


def places_of(store: Store, row: Row) -> tuple[list[Place], int]:
    """Where the sources of a pair stand, the first of them, and how many more there are.

    Raises:
        EvaluationError: the pair is not right, or the store does not hold a source.
    """
    pairs = pairs_of([{name: value for name, value in row.items() if name != "of"}], SHIPPED)
    gold = [one for several in find_gold(store, pairs)[pairs[0].id] for one in several[:1]]
    texts = {source: one.text for source, one in store.texts({one.document for one in gold}).items()}
    said = _said(row)
    places = [Place(one.document, tuple(_words(texts[one.document], one, said))) for one in gold[:MOST_PLACES]]
    return places, len(gold) - len(places)


def _said(row: Row) -> list[str]:
    """Everything that an answer may hold, the longest first."""
    several = [row.get("answers") or [], *([one] if isinstance(one, str) else one for one in row.get("all") or ())]
    return sorted((way for ways in several for way in ways), key=len, reverse=True)


def _words(text: str, gold: Gold, said: Sequence[str]) -> Iterator[Words]:
    """The words of a quote; of a whole record those places of it that have what is expected, or else its beginning."""
    if not gold.whole:
        yield _around(text, gold.span)
        return
    own = gold.span.of(text)
    places: list[Span] = []
    for way in said:
        if (found := _find(own, way)) and not any(found.overlaps(other) for other in places):
            places.append(found)
    for place in sorted(places, key=lambda one: one.start)[:MOST_PLACES]:
        yield _around(text, Span(gold.span.start + place.start, gold.span.start + place.end))
    if not places:
        yield _around(text, Span(gold.span.start, min(gold.span.end, gold.span.start + AROUND)))


def _find(text: str, words: str) -> Span | None:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else None
    return Span(*found.span()) if found else None


def _around(text: str, span: Span) -> Words:
    """The words with those around them, from one word's end to another's, white space as one blank."""
    before = text[max(0, span.start - AROUND) : span.start]
    behind = text[span.end : span.end + AROUND]
    if span.start > AROUND:
        before = "…" + before.partition(" ")[2]
    if span.end + AROUND < len(text):
        behind = behind.rpartition(" ")[0] + " …"
    return Words(*(re.sub(r"\s+", " ", part) for part in (before, span.of(text), behind)))

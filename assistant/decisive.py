"""Which words of a sentence decide a question: the number with its noun, the date, the name, else what is new in it."""

import re
from collections.abc import Sequence

from assistant.answer_types import COUNT, MEASURE, OTHER, REASON, kind_of, spans_of
from assistant.evidence import Sentence
from assistant.features import is_akin
from assistant.grammar import grammar
from assistant.plan import Plan
from corpus.document import Span
from corpus.words import fold, spans, stem, words

JOINED = re.compile(r"[\s,;&/]*(?:\b(?:and|or|și|si|sau|to|până la|-|–)\b)?[\s,;]*")
"""What stands between the members of a list: "Greece, Ukraine and Romania"."""
NOUN_REACH = 3
"""Words behind a number among which what it counts is looked for."""
LONGEST = 14
"""Words of a new clause that are worth marking; a longer one is cut at its end."""
_BORDERS = re.compile(r"[,;:()–—]|\s-\s|[“”„\"]")


def decisive_of(plan: Plan, sentence: Sentence) -> tuple[Span, ...]:
    """Spans of the sentence's document, in order, none overlapping; empty where nothing in it is new."""
    start = sentence.span.start
    found = _within(plan, sentence.text, sentence.document.language)
    return tuple(Span(start + span.start, start + span.end) for span in found)


def _within(plan: Plan, text: str, language: str) -> list[Span]:
    kind = kind_of(fold(plan.question))
    known = frozenset(words(plan.question))
    asked = {stem(word, language) for word in known}
    found = spans_of(kind, text, known) if kind != REASON else []
    if found:
        chosen = _chosen(text, found, asked, language)
        return (
            [_with_noun(text, span, language, plan.counted) for span in chosen] if kind in (COUNT, MEASURE) else chosen
        )
    if kind == OTHER:
        names = [span for span in spans_of("person", text, known) if "“" not in span.of(text)]
        if names and plan.wants_name:
            return _chosen(text, names, asked, language)
    clause = _new_clause(text, asked, language)
    return [clause] if clause else []


def _chosen(text: str, found: Sequence[Span], asked: set[str], language: str) -> list[Span]:
    """The span nearest to the question's words in the sentence, with those it stands in one list with."""
    held = [
        at
        for at in spans(text)
        if stem(fold(at.of(text)), language) in asked and fold(at.of(text)) not in grammar().closed
    ]
    best = min(found, key=lambda span: sum(_gap(span, one) for one in held))
    first = last = found.index(best)
    while first > 0 and JOINED.fullmatch(text, found[first - 1].end, found[first].start):
        first -= 1
    while last + 1 < len(found) and JOINED.fullmatch(text, found[last].end, found[last + 1].start):
        last += 1
    return list(found[first : last + 1])


def _gap(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _with_noun(text: str, number: Span, language: str, counted: Sequence[str]) -> Span:
    """The number up to what is counted; the next word where that is called otherwise."""
    wanted = {stem(word, language) for word in counted}
    for reach, at in enumerate(span for span in spans(text) if span.start >= number.end):
        if reach > NOUN_REACH or _BORDERS.search(text, number.end, at.start):
            break
        word = stem(fold(at.of(text)), language)
        if word in wanted or any(is_akin(word, one) for one in wanted):
            return Span(number.start, at.end)
    return number


def _new_clause(text: str, asked: set[str], language: str) -> Span | None:
    """The longest run of words between borders that are not the question's, without closed words at its ends."""
    closed = grammar().closed
    runs: list[list[Span]] = [[]]
    last = 0
    for at in spans(text):
        if _BORDERS.search(text, last, at.start):
            runs.append([])
        last = at.end
        word = fold(at.of(text))
        if word not in closed and stem(word, language) in asked:
            runs.append([])
        else:
            runs[-1].append(at)
    trimmed = []
    for run in runs:
        while run and fold(run[0].of(text)) in closed:
            run = run[1:]
        while run and fold(run[-1].of(text)) in closed:
            run = run[:-1]
        if run:
            trimmed.append(run[:LONGEST])
    best = max(trimmed, key=lambda run: sum(fold(one.of(text)) not in closed for one in run), default=None)
    return Span(best[0].start, best[-1].end) if best else None

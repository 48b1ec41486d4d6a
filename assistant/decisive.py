"""Which words of a sentence decide a question: the number with its noun, the date, the name, else what is new in it."""

import re
from collections.abc import Sequence

from assistant.answer_types import (
    CODE,
    COUNT,
    DURATION,
    EMAIL,
    MEASURE,
    MONEY,
    OTHER,
    REASON,
    SHARE,
    TIME,
    kind_of,
    spans_of,
)
from assistant.evidence import Sentence, forms_of
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
ENOUGH_NEW, BEHIND = 4, 2
"""New words of a run beyond which more make it no better, and what standing behind a word of the question adds."""
BY_FORM = frozenset({EMAIL, CODE, TIME, MONEY, SHARE, DURATION})
"""Kinds of answers that their form gives away: where a reader takes other words of a sentence for one, it is
mistaken."""
_COLON = re.compile(r"(?<!\d):\s")
_BORDERS = re.compile(r"[,;:()–—]|\s-\s|[“”„\"]")


def decisive_of(plan: Plan, sentence: Sentence) -> tuple[Span, ...]:
    """Spans of the sentence's document, in order, none overlapping; empty where nothing in it is new.

    Where a reader took some words for the answer it is these, whole, unless a form such as a date's says otherwise.
    """
    if sentence.answer is None:
        return decisive_words(plan, sentence)
    start, text = sentence.span.start, sentence.text
    kind = kind_of(fold(plan.question))
    known = frozenset(words(plan.question))
    typed = spans_of(kind, text, known)
    answer = Span(sentence.answer.start - start, sentence.answer.end - start)
    if kind in (COUNT, MEASURE):
        language = sentence.document.language
        asked = _asked(plan, known, language)
        typed = [_with_noun(text, at, language, asked) for at in typed]
    whole = [at for at in (*spans(text), *typed) if at.overlaps(answer)]
    if not whole or (kind in BY_FORM and typed and not any(at in typed for at in whole)):
        return decisive_words(plan, sentence)
    return (Span(start + min(at.start for at in whole), start + max(at.end for at in whole)),)


def decisive_words(plan: Plan, sentence: Sentence) -> tuple[Span, ...]:
    """The same by the words alone, whatever a reader took for the answer: two sentences are compared by these."""
    start = sentence.span.start
    found = _within(plan, sentence.text, sentence.document.language)
    return tuple(Span(start + span.start, start + span.end) for span in found)


def _within(plan: Plan, text: str, language: str) -> list[Span]:
    kind = kind_of(fold(plan.question))
    known = frozenset(words(plan.question))
    asked = _asked(plan, known, language)
    found = spans_of(kind, text, known) if kind != REASON else []
    if found:
        chosen = _chosen(text, found, asked, language)
        return [_with_noun(text, span, language, asked) for span in chosen] if kind in (COUNT, MEASURE) else chosen
    if kind == OTHER:
        names = [span for span in spans_of("person", text, known) if "“" not in span.of(text)]
        if names and plan.wants_name:
            return _chosen(text, names, asked, language)
    clause = _new_clause(text, asked, language)
    return [clause] if clause else []


def _asked(plan: Plan, known: frozenset[str], language: str) -> set[str]:
    """Stems in `language` of what the question's words may stand there as."""
    return {one for forms in forms_of(known, plan.language, language).values() for one in forms}


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


def _with_noun(text: str, number: Span, language: str, asked: set[str]) -> Span:
    """The number up to the noun of the question close behind it; where none is, up to the next telling word."""
    closed = grammar().closed
    end, first = number.end, 0
    behind = (span for span in spans(text) if span.start >= number.end)
    for reach, at in enumerate(behind):
        if reach > NOUN_REACH or _BORDERS.search(text, number.end, at.start):
            break
        word = fold(at.of(text))
        if word not in closed and (stem(word, language) in asked or any(is_akin(word, one) for one in asked)):
            end = at.end
            if language != "en" or word.endswith(
                "s"
            ):  # "eleven county libraries": a noun before the plural goes with it
                break
        elif word not in closed and not first:
            first = at.end
    return Span(number.start, end if end > number.end or not first else first)


def _new_clause(text: str, asked: set[str], language: str) -> Span | None:
    """What is new, without closed words at its ends: all behind a colon, else the best run of new words.

    A run is the better the more new words it has, and if it stands right behind a word of the question.
    """
    closed = grammar().closed

    def is_asked(word: str) -> bool:
        stemmed = stem(word, language)
        return word not in closed and (stemmed in asked or any(is_akin(stemmed, one) for one in asked))

    colon = _COLON.search(text)
    if colon and any(is_asked(fold(at.of(text))) for at in spans(text[: colon.start()])):
        listed = [at for at in spans(text) if at.start >= colon.end()]
        if listed:
            return Span(listed[0].start, listed[-1].end)
    runs: list[tuple[list[Span], bool]] = [([], False)]
    last = 0
    for at in spans(text):
        if _BORDERS.search(text, last, at.start):
            runs.append(([], False))
        last = at.end
        if is_asked(fold(at.of(text))):
            runs.append(([], True))
        else:
            runs[-1][0].append(at)
    best, most = None, 0
    for run, is_behind in runs:
        telling = [at for at, one in enumerate(run) if fold(one.of(text)) not in closed]
        worth = min(len(telling), ENOUGH_NEW) + (BEHIND if is_behind else 0) if telling else 0
        if worth > most:
            kept = run[telling[0] : telling[-1] + 1][:LONGEST]
            best, most = Span(kept[0].start, kept[-1].end), worth
    return best

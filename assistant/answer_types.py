"""What kind of words answer a question, a person, a place, a date, a count …, and where such words stand in a sentence.

Knows kinds by closed-class words and by form: capitals, digits, months, currencies. Knows no name.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.grammar import grammar
from assistant.money import money_of
from assistant.number_words import find_number_words
from corpus.calendars import MONTHS
from corpus.document import Span
from corpus.folding import fold_keeping_length
from corpus.words import fold, words

EMAIL, CODE, NAMES, PERSON, PLACE, TIME, COUNT, MONEY, SHARE, DURATION, MEASURE, REASON, OTHER = (
    "email", "code", "names", "person", "place", "time", "count", "money", "percent", "duration", "measure", "reason",
    "other",
)  # fmt: skip
FEWEST_DIGITS = 5
"""Of a telephone number or a code; four are a year."""
KINDS = (EMAIL, CODE, NAMES, PERSON, PLACE, TIME, COUNT, MONEY, SHARE, DURATION, MEASURE, REASON, OTHER)
_NAME = r"[^\W\d_a-zăâîșțéáóö][\w’'\-]*"
_LINKS = r"(?:(?:of|the|de|la|le|von|van|al|du|a|și|and|for|&) )"
_NAMES = re.compile(rf"(?<![\w’'\-]){_NAME}(?:\.? {_LINKS}{{0,2}}{_NAME})*")
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,  ]\d{3})*(?:[.,]\d+)?(?:(?:st|nd|rd|th)\b)?(?![\w/])")
_TIME = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?[ -])?\b(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
    r"(?: \d{1,2}(?:st|nd|rd|th)?\b(?!:))?(?:,? ?\d{4}\b)?|(?<![\w.,/])(?:1\d|20)\d\ds?(?![\w]|[.,]\d)"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{3,4} (?:bc|ad|i\.hr\.|d\.hr\.)|\b\w+(?:-\w+)? centur\w+|\bsecol\w+ \w+"
)
_PERCENTS = re.compile(
    r"\d[\d.,]* ?(?:%|per ?cent\b|procente?\b|la suta\b)|\b(?:half|third|quarter|jumatate|treime|sfert)\w*\b"
)


@dataclass(frozen=True, slots=True)
class Types:
    """Patterns of all languages, by what they say."""

    asks: dict[str, re.Pattern[str]]
    durations: re.Pattern[str]
    reasons: re.Pattern[str]
    places: re.Pattern[str]
    named_places: re.Pattern[str]
    """What is asked for by questions that only the name of a place answers."""
    sites: re.Pattern[str]
    """What stands before a place that is where something was, and never before who did it."""
    reaching: frozenset[str]
    clock_asks: re.Pattern[str]
    clock: re.Pattern[str]
    """A time of the day."""
    kind_nouns: frozenset[str]
    defines: re.Pattern[str]
    """Group 1 is the noun behind "who is the" and "what is the"."""


@lru_cache(maxsize=1)
def types() -> Types:
    """The data, read once."""
    told = tomllib.loads(Path(__file__).with_name("answer_types.toml").read_text(encoding="utf-8")).values()

    def either(key: str) -> str:
        return rf"\b(?:{'|'.join(pattern for language in told for pattern in language[key])})\b"

    number = (
        r"(?:\d[\d.,]*|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many"
        r"|un|o|doi|doua|trei|patru|cinci|\w+zeci|\w+sprezece))"
    )
    return Types(
        {kind: re.compile(either(kind)) for kind in KINDS},
        re.compile(rf"{number}(?:[ -]| de )(?:\w+ )?{either('units_of_time')}"),
        re.compile(either("reasons")),
        re.compile(either("places") + r"\W+(?:the )?$"),
        re.compile(either("named_places")),
        re.compile(either("sites") + r"\W+(?:the )?$"),
        frozenset(word for language in told for word in language["reaching"].split()),
        re.compile(either("clock_asks")),
        re.compile(rf"\b\d{{1,2}}[:.]\d\d\b|{either('clock')}"),
        frozenset(word for language in told for word in language["kind_nouns"].split()),
        re.compile(
            r"^\W*(?:(?:who|what|which) (?:is|was|are|were) (?:the |a |an )?"
            r"|(?:cine|care|ce) (?:este|e|era|a fost|sunt|au fost) )(\w+)"
        ),
    )


def kind_of(question: str) -> str:
    """The kind of words that the folded question asks for first; OTHER where only the documents could tell."""
    for kind in (EMAIL, CODE):  # "what is the phone number" asks for no other thing, whatever its first word
        if types().asks[kind].search(question):
            return kind
    found = []
    for rank, (kind, pattern) in enumerate(types().asks.items()):
        if match := pattern.search(question):
            found.append((match.start(), -match.end(), rank, kind))
    return min(found)[3] if found else OTHER


def spans_of(kind: str, text: str, known: frozenset[str] = frozenset()) -> list[Span]:
    """Where words of this kind stand in `text`, in order; those whose words are all in `known` (folded) are none."""
    finder = _FINDERS.get(kind)
    if finder is None:
        return []
    return [span for span in finder(text) if not set(words(span.of(text))) <= known]


def holds_number(text: str) -> bool:
    """Whether a number stands in `text`, in digits or in words."""
    folded = fold(text)
    return grammar().numbers.search(folded) is not None or any(True for _ in find_number_words(folded))


def _names_in(text: str) -> Iterator[Span]:
    """Runs of capitalised words; one lone word at the beginning is none."""
    closed = grammar().closed
    for match in _NAMES.finditer(text):
        start, end = match.span()
        first = match.group().split(" ", 1)[0]
        if not text[:start].strip(" “„\"'(«") and (fold(first) in closed or start + len(first) == end):
            start += len(first) + 1
        if start < end and fold(text[start:end]) not in MONTHS:
            yield Span(start, end)


def _places_in(text: str) -> Iterator[Span]:
    before = types().places
    for span in _names_in(text):
        if before.search(fold_keeping_length(text[max(0, span.start - 16) : span.start])):
            yield span


def _times_in(text: str) -> Iterator[Span]:
    folded = fold_keeping_length(text)
    for match in _TIME.finditer(folded):
        if not match.group().isalpha() or text[match.start()].isupper() or len(match.group()) > 4:
            yield Span(*match.span())


def _numbers_in(text: str) -> Iterator[Span]:
    folded = fold_keeping_length(text)
    spans = [Span(*match.span()) for match in _NUMBER.finditer(folded)]
    spans += [Span(start, end) for start, end, _, is_sure in find_number_words(folded) if is_sure]
    dated = [span for span in _times_in(text) if not span.of(text).isdigit()]
    yield from sorted(span for span in spans if not any(span.overlaps(one) for one in dated))


def _money_in(text: str) -> Iterator[Span]:
    for one in money_of(text):
        yield Span(one.start, one.end)


def _shares_in(text: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in _PERCENTS.finditer(fold_keeping_length(text)))


def _durations_in(text: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in types().durations.finditer(fold_keeping_length(text)))


def _mails_in(text: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in _MAIL.finditer(text))


def _codes_in(text: str) -> Iterator[Span]:
    other = [*_times_in(text), *_money_in(text)]
    for match in _CODE.finditer(text):
        if any(span.overlaps(Span(*match.span())) for span in other):
            continue
        if sum(map(str.isdigit, match.group())) >= FEWEST_DIGITS:
            yield Span(match.start(), match.start() + len(match.group().rstrip("-./( ")))


def _reasons_in(text: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in types().reasons.finditer(fold_keeping_length(text)))


_MAIL = re.compile(r"[\w.+-]+@\w[\w.-]*\w")
_CODE = re.compile(r"(?<![\w.])\+?[A-Z]{0,4}[\d(](?:[\w()./-]| (?=[\d(]))*")
_FINDERS: dict[str, Callable[[str], Iterator[Span]]] = {
    EMAIL: _mails_in, CODE: _codes_in, NAMES: _names_in, PERSON: _names_in, PLACE: _places_in, TIME: _times_in,
    COUNT: _numbers_in, MONEY: _money_in, SHARE: _shares_in, DURATION: _durations_in, MEASURE: _numbers_in,
    REASON: _reasons_in,
}  # fmt: skip

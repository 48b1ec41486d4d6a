"""Numbers, dates and currencies of a text as values that can be compared, however they are written.

Does not know which of two texts rests on the other. Digits within a number, word or reference are none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.kin import is_mostly_verb
from assistant.money import MOST_KEPT, currencies_of, money_of
from assistant.number_words import NUMBER_WORDS, find_number_words
from corpus.amounts import Money
from corpus.calendars import MONTHS, SWAPPABLE, Point, Stamp, find_points
from corpus.currencies import CURRENCIES
from corpus.folding import fold_keeping_length
from corpus.numbers import NUMBER, SCALES, value_of
from corpus.words import words

PERCENT = "%"
FIGURE_WORDS = frozenset({*MONTHS, *NUMBER_WORDS, *CURRENCIES})
"""Folded words that count, date or name a currency."""
_SCALE = re.compile(r" ?(?:de )?([^\W\d_]+)\.?(?!\w)")
_UNSURE_SCALES = frozenset({"m", "k", "t"})
"""Metres and tonnes as well."""
_PERCENT = re.compile(r" ?(?:%|(?:percent|per cent|procente?|la suta)\b)")
_MAY_MEAN, _LOST, _RANGE = "may mean", "with a digit lost", "a range, from"
"""Words of the notes of numbers and amounts, behind which their readings stand."""
_STRAY = re.compile(r"[.,']?[0-9][0-9.,']*")
_MEANT = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_DATED = re.compile(rf"(?:19|20)[0-9]{{2}}|/[0-9]|[0-9]\.[0-9]{{1,2}}\.|\b(?:{'|'.join(MONTHS)})\b")
_ALSO_WORDS = frozenset({"may", "mai", "march"})
_SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) < 4 or name in ("sept", "noiem", "decem")) - _ALSO_WORDS
"""Months only beside a day or a year: `Jan` and `Ian` are names too."""
_WITHIN = ".,'’ \u00a0\u202f"
"""What may stand within a number, and before its `million`."""
_NUMBERED_AND_DATED = re.compile(
    r"\b[0-9]{1,7}/((?:0[1-9]|[12][0-9]|3[01])\.(?:0[1-9]|1[0-2])\.(?:19|20)[0-9]{2})(?![0-9])"
)
_STILL = re.compile(r"[0-9]{1,2} mai (?:nu )?([a-z]{5,})")
_AT = re.compile(r"\b(?:la|pe|din|de|in|pana|data|intre|si|zilei|ziua) $")
_REACH = 40
"""Characters to both sides in which a number that is cut is looked for."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with all that it may mean; `unit` is a currency's code, PERCENT or None.

    `values` is empty for digits that are no number. `also` holds what it means if a digit was lost: `550,00`, 550,000.
    `is_sure` is false for a year that stands alone and for a word that may be another thing than a number.
    """

    written: str
    values: frozenset[Decimal]
    unit: str | None = None
    also: frozenset[Decimal] = frozenset()
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Date:
    """A point in time as written, with its first and last day, month or year; `is_year` for a lone year."""

    written: str
    stamps: tuple[Stamp, ...]
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything of a text that counts, dates or numbers something.

    `codes` are words that hold digits, `pa17` or `1303/2013`, folded as by `corpus.words.words`, spaces between. A year
    that stands alone is among the dates and the numbers, since a count may look like one.
    """

    numbers: tuple[Number, ...] = ()
    dates: tuple[Date, ...] = ()
    currencies: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()


@lru_cache(maxsize=MOST_KEPT)
def figures_of(text: str) -> Figures:
    """The figures of `text`."""
    folded, money = fold_keeping_length(text), money_of(text)
    points = [] if _DATED.search(folded) is None else _points(text, folded, money)
    numbers, codes = _numbers(text, folded, money, points)
    return Figures(
        (*numbers, *_worded(text, folded)),
        tuple(_date(text, point) for point in points),
        currencies_of(text),
        codes,
    )


def cuts(text: str, at: int) -> bool:
    """Whether a word or a number, with the `million` behind it, goes on across the offset `at` of `text`."""
    if not 0 < at < len(text):
        return False
    before, behind = text[at - 1], text[at]
    if before.isalpha() and behind.isalpha():
        return behind.islower() or before.isupper()  # names run together on pages: "InstituteBookster"
    is_left = before.isdigit() or (before in _WITHIN and text[at - 2 : at - 1].isdigit())
    if not is_left or not (behind.isdigit() or (behind in _WITHIN and text[at + 1 : at + 2].isalnum())):
        return False
    start = max(0, at - _REACH)
    folded = fold_keeping_length(text[start : at + _REACH])
    return any(match.start("number") < at - start < _scaled(folded, match)[1] for match in NUMBER.finditer(folded))


def _points(text: str, folded: str, money: Sequence[Money]) -> list[Point]:
    """Points in time that are neither money nor words that happen to be called like a month."""
    kept = []
    for point in (*find_points(folded, text), *_behind_numbers(folded, text)):
        word = folded[point.begin : point.finish]
        is_bare = point.first[0] is None and point.first[2] is None
        if (
            point.fault
            or _is_count(folded, point)
            or any(one.start < point.finish and point.begin < one.end for one in money)
        ):
            continue
        if not is_bare or (point.form != "part" and _is_month(text[: point.begin].rstrip(), word, text[point.begin])):
            kept.append(point)
    return kept


def _behind_numbers(folded: str, text: str) -> Iterator[Point]:
    """The dates of `4471/18.03.2021`, which number and date a contract."""
    spans = [match.span(1) for match in _NUMBERED_AND_DATED.finditer(folded)]
    if not spans:
        return
    kept = ["\n" if one == "\n" else " " for one in folded]
    for start, end in spans:
        kept[start:end] = folded[start:end]
    yield from find_points("".join(kept), text)


def _is_count(folded: str, point: Point) -> bool:
    """Whether „mai” behind a number is “still” before a verb: „15 mai funcționează”, but „la 15 mai funcționează”."""
    still = _STILL.match(folded, point.begin) if point.first[0] is None else None
    if still is None or _AT.search(folded, 0, point.begin):
        return False
    return is_mostly_verb(still[1], "ro")


def _is_month(before: str, folded: str, first: str) -> bool:
    """Whether a lone word is a month: `in May`, but not `may`, `Mai multe` or `Ian`; `first` is its first letter."""
    if folded in _ALSO_WORDS:
        return first.isupper() and before[-1:] not in ("", ".", "!", "?", "…")
    return folded.rstrip(".") not in _SHORT_MONTHS


def _date(text: str, point: Point) -> Date:
    stamps = {point.first, point.last}
    if point.note == SWAPPABLE:
        stamps |= {(year, day, month) for year, month, day in stamps}
    return Date(text[point.begin : point.finish].rstrip("."), tuple(stamps), point.form == "year")


def _numbers(
    text: str, folded: str, money: Sequence[Money], points: Sequence[Point]
) -> tuple[list[Number], tuple[str, ...]]:
    """(numbers, codes) of a text; digits of a date are neither."""
    numbers, codes = [], []
    starts = [one.start for one in money]
    dated = [point for point in points if point.form != "year"]
    for match in NUMBER.finditer(folded):
        start, end = match.span("number")
        place = bisect_right(starts, start) - 1
        covering = money[place] if place >= 0 and end <= money[place].end else None
        if covering is None and any(point.begin < end and start < point.finish for point in dated):
            continue
        if covering is None and _is_in_word(folded, start, end):
            codes.append(_code(text, start, end))
            continue
        is_year = covering is None and any(point.begin <= start and end <= point.finish for point in points)
        numbers.append(Number(text[start:end], *_meaning(folded, match, covering), is_sure=not is_year))
    return [*numbers, *_stray(text, folded, points)], tuple(dict.fromkeys(codes))


def _stray(text: str, folded: str, points: Sequence[Point]) -> Iterator[Number]:
    """Digits that no way of writing makes a number: `,9910`."""
    for point in points:
        folded = folded[: point.begin] + " " * (point.finish - point.begin) + folded[point.finish :]
    for match in _STRAY.finditer(NUMBER.sub(lambda found: " " * len(found[0]), folded)):
        yield Number(text[match.start() : match.end()], frozenset())


def _meaning(
    folded: str, match: re.Match[str], covering: Money | None
) -> tuple[frozenset[Decimal], str | None, frozenset[Decimal]]:
    """(all values a number may have, its unit, those with a digit lost)."""
    if covering and covering.amount is not None:
        return frozenset({abs(covering.amount)}), covering.currency, frozenset()
    values, end = _scaled(folded, match)
    lost = _meant(value_of(match["number"])[1].partition(_LOST)[2])
    if covering:  # a range, or an amount that can be read in two ways
        return values | _meant(covering.note.partition(_RANGE)[2]), covering.currency, lost
    return values, PERCENT if _PERCENT.match(folded, end) else None, lost


def _scaled(folded: str, match: re.Match[str]) -> tuple[frozenset[Decimal], int]:
    """(all values of a number with the scale behind it, where that ends)."""
    written, end = match["number"], match.end("number")
    word = _SCALE.match(folded, end)
    scale = SCALES.get(word[1]) if word else None
    if word is None or scale is None:
        return _readings(written), end
    value, note = value_of(written, scale=scale)
    shift = Decimal(10) ** scale.exponent
    meant = _meant(note.partition(_MAY_MEAN)[2].partition(_LOST)[0])
    values = frozenset({value}) if value is not None else frozenset(one * shift for one in meant)
    return (values | _readings(written), end) if word[1] in _UNSURE_SCALES else (values, word.end(1))


def _readings(written: str) -> frozenset[Decimal]:
    value, note = value_of(written)
    return frozenset({value}) if value is not None else _meant(note.partition(_MAY_MEAN)[2].partition(_LOST)[0])


def _meant(words: str) -> frozenset[Decimal]:
    return frozenset(Decimal(number.replace(",", "")) for number in _MEANT.findall(words))


def _is_in_word(folded: str, start: int, end: int) -> bool:
    """Whether digits are a piece of a word or reference: `PA17`, `COVID-19`, `1303/2013`."""
    before, behind = folded[max(0, start - 2) : start], folded[end : end + 2]
    if before[-1:].isalpha() or before[-1:] == "_":
        return True
    if before[-1:] == "-" and before[:-1].isalpha() and end - start <= 3:
        return True
    return (before[-1:] == "/" and before[:-1].isdigit()) or (behind[:1] == "/" and behind[1:].isdigit())


def _code(text: str, start: int, end: int) -> str:
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-/_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-/_"):
        end += 1
    return " ".join(words(text[start:end]))


def _worded(text: str, folded: str) -> Iterator[Number]:
    """Numbers in words: `twelve`, `doua milioane`."""
    for start, end, number, is_sure in find_number_words(folded):
        value = Decimal(number)
        word = _SCALE.match(folded, end)
        if word and word[1] in SCALES and word[1] not in _UNSURE_SCALES:
            value *= Decimal(10) ** SCALES[word[1]].exponent
        unit = PERCENT if _PERCENT.match(folded, end) else None
        yield Number(text[start:end], frozenset({value}), unit, is_sure=is_sure)

"""The values that a question gives as conditions: amounts, currencies, and how many or which of an order.

Reads English and Romanian alike. Knows no names: whoever calls blanks them first, since a number in a title is no
condition. Times are for `times`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import prod

from assistant.grammar import grammar
from assistant.times import Times as Times
from assistant.times import times_in as times_in
from assistant.value_words import ahead, anywhere, behind, forms, listing, numbers
from corpus.calendars import YEAR
from corpus.currencies import CURRENCIES, Named, currency_before, currency_behind, settles
from corpus.durations import find_durations
from corpus.folding import fold_keeping_length
from corpus.numbers import NUMBER, SCALES, value_of

CENT = Decimal("0.01")
"""What is above an amount begins a cent above it."""
NEARLY = Decimal("0.1")
"""How far, as a share of it, an amount may lie from one that is said to be approximate."""
SMALLEST_BARE = 1_000
"""From here on a number without a currency may be money: "more than 5" counts something else."""

_FARTHEST = 48
"""Characters before an amount in which the words that bound it stand."""
_YEAR = re.compile(YEAR)
_SCALE = re.compile(r"\s?(?:de\s)?([^\W\d_]+)\b\.?")
_SHARE = re.compile(r"\s?[%‰]|/[0-9]")
_GAP = re.compile(r"\s{0,3}(?:in\s)?")
_SPACE = re.compile(r"\s?")
_NUMBER_NEXT = re.compile(r"\s{0,3}[0-9]")
_WORD_NEXT = re.compile(r"\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """An amount that records are asked for; both ends belong to it, None where it is open. Several are alternatives.

    "Above 200,000" begins at 200,000.01. `currency` is ISO 4217, None where none is said.
    """

    least: Decimal | None
    most: Decimal | None
    currency: str | None
    begin: int
    finish: int


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number where it stands, times its scale; `is_plain` where digits end it and what follows may count it too."""

    value: Decimal
    exponent: int
    currency: str | None
    is_year: bool
    is_plain: bool
    begin: int
    finish: int


def bounds_in(question: str, *, least_bare: int = SMALLEST_BARE) -> list[Bounds]:
    """The amounts of a question, in order; one without a currency counts from `least_bare` on, behind a comparative."""
    folded = fold_keeping_length(question)
    figures = list(_figures(question, folded))
    found: list[Bounds] = []
    position = 0
    while position < len(figures):
        floor = figures[position - 1].finish if position else 0
        one = _range(folded, figures[position : position + 2], floor, least_bare)
        position += 2 if one else 1
        one = one or _bounded(folded, figures[position - 1], floor, least_bare)
        if one is None:
            continue
        both = _joined_bounds(folded, found[-1], one) if found else None
        found[-1:] = [both] if both else [*found[-1:], one]
    return found


def currencies_in(question: str) -> list[tuple[str, int, int]]:
    """(ISO 4217 code, begin, finish) of each currency that is named without an amount: `budgets in euros`."""
    folded = fold_keeping_length(question)
    taken = [(figure.begin, figure.finish) for figure in _figures(question, folded)]
    found: list[tuple[str, int, int]] = []
    for match in re.finditer(r"(?<!\w)[^\W\d_]|[^\w\s]", folded):
        named = currency_behind(question, folded, match.start())
        if named is None or named.code is None or (found and named.start < found[-1][2]):
            continue
        is_counted = any(begin < named.end and named.start < end for begin, end in taken)
        if not is_counted and _is_asked_for(question, folded, named, found[-1][2] if found else None):
            found.append((named.code, named.start, named.end))
    return found


def limit_in(question: str) -> tuple[int, int, int] | None:
    """(number, begin, finish) of how many are asked for by their order, `the three largest`; None where none are."""
    folded = fold_keeping_length(question)
    lasting = {duration.begin for duration in find_durations(folded)}
    for pattern in forms("limit"):
        for match in pattern.finditer(folded):
            said = match["number"]
            number = int(said) if said.isdigit() else int(numbers("numbers")[said])
            if number and match.start("number") not in lasting:
                return number, *match.span()
    return None


def place_in(question: str) -> tuple[int, int, int] | None:
    """(place, begin, finish) of the one that is asked for by its place, the last as -1; None where none is.

    Right behind what began or ended, as in „s-a încheiat ultimul”, an ordinal says how and not which.
    """
    folded = fold_keeping_length(question)
    for pattern in forms("place"):
        for match in pattern.finditer(folded):
            if any(ahead(key, "time_fillers").search(folded, 0, match.start()) for key in ("started", "ended")):
                continue
            said = next(filter(None, match.groups()))
            figure = re.search("[0-9]+", said)
            return int(figure[0] if figure else numbers("ordinals")[said]), *match.span()
    return None


def _figures(question: str, folded: str) -> Iterator[_Figure]:
    """The numbers of a question that can be read, in figures or, before `thousand` and the like, in words."""
    floor = 0
    for match in _number_form().finditer(folded):
        scale_word = _SCALE.match(folded, match.end())
        scale = SCALES.get(scale_word[1]) if scale_word else None
        end = scale_word.end(1) if scale_word and scale else match.end()
        if match["number"]:
            value = value_of(match["number"], scale=scale)[0]
        else:
            factors = [Decimal(str(numbers("numbers")[word])) for word in (match["words"] or match["nothing"]).split()]
            value = prod(factors, start=Decimal(1)).scaleb(scale.exponent if scale else 0)
        if value is None or _SHARE.match(folded, end) or behind("shares").match(folded, end):
            continue
        is_year = scale is None and _YEAR.fullmatch(match[0]) is not None
        units = scale_word.end() if scale_word and scale else end  # "mil. lei"
        before, after = _currencies(question, folded, (floor, match.start(), units), is_year)
        named = after or before
        floor = after.end if after else end
        if named is None or named.code is not None:  # of crowns it is not said whose they are
            begin = before.start if before else match.start()
            is_plain = scale is None and after is None
            code = named.code if named else None
            yield _Figure(_plain(value), scale.exponent if scale else 0, code, is_year, is_plain, begin, floor)


def _plain(value: Decimal) -> Decimal:
    """A whole number without decimals and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


@cache
def _number_form() -> re.Pattern[str]:
    words = "|".join(sorted(numbers("numbers"), key=len, reverse=True))
    scales = "|".join(name for name in SCALES if len(name) > 1)
    return re.compile(
        rf"(?:{NUMBER.pattern})|(?<!\w)(?P<words>(?:{words})(?:\s(?:{words}))?)(?=\s(?:de\s)?(?:{scales})(?!\w))"
        r"|(?<!\w)(?P<nothing>zero)(?!\w)"
    )


def _currencies(
    question: str, folded: str, at: tuple[int, int, int], is_year: bool
) -> tuple[Named | None, Named | None]:
    """The currency before and the one behind a number that stands, with its scale, at (floor, start, end)."""
    floor, start, end = at
    before = currency_before(question, folded, floor, start)
    gap = (_SPACE if is_year else _GAP).match(folded, end)  # "spent in 2014 in lei"
    after = currency_behind(question, folded, gap.end() if gap else end)
    before = None if before and before.is_wordlike else before
    if after and (after.is_wordlike or (is_year and _NUMBER_NEXT.match(folded, after.end))):
        after = None
    if before and after and not (before.code == after.code or settles(before, after.code)):
        after = None
    return before, after


def _range(folded: str, figures: Sequence[_Figure], floor: int, least_bare: int) -> Bounds | None:
    """The bounds that two numbers are the ends of; "and" joins them behind "between" only."""
    if len(figures) < 2:
        return None
    low, high = figures
    link = folded[low.finish : high.begin].strip()
    lead = ahead("range_leads", "amount_fillers").search(folded, max(floor, low.begin - _FARTHEST), low.begin)
    is_joined = lead and anywhere("range_joins").fullmatch(link)
    codes = {figure.currency for figure in figures} - {None}
    if len(codes) > 1 or not (link == "-" or anywhere("range_links").fullmatch(link) or is_joined):
        return None
    if not lead and (low.is_year or not codes):
        return None
    least, most = low.value, high.value
    if low.is_plain and least <= most.scaleb(-high.exponent):  # "1-2 million"
        least = _plain(least.scaleb(high.exponent))
    if not codes and ((low.is_year and high.is_year) or least < least_bare or not _stands_alone(folded, high.finish)):
        return None
    begin = lead.start() if lead else low.begin
    return Bounds(min(least, most), max(least, most), next(iter(codes), None), begin, high.finish)


def _bounded(folded: str, figure: _Figure, floor: int, least_bare: int) -> Bounds | None:
    """The bounds that a number and the words beside it say; None where it may count something else than money."""
    relation, begin, finish = "", figure.begin, figure.finish
    for key in ("at_most", "at_least", "above", "below", "about"):
        if match := ahead(key, "amount_fillers").search(folded, max(floor, begin - _FARTHEST), begin):
            relation, begin = key, match.start()
            break
    else:
        for key, behind_key in (("at_least", "or_more"), ("at_most", "or_less")):
            if match := behind(behind_key).match(folded, finish):
                relation, finish = key, match.end()
                break
    if figure.currency is None and (
        relation in ("", "about")
        or figure.is_year
        or 0 < figure.value < least_bare  # nothing is above zero but what has a value
        or not _stands_alone(folded, finish)
    ):
        return None
    value, slack = figure.value, _plain(figure.value * NEARLY)
    least, most = {
        "at_most": (None, value),
        "at_least": (value, None),
        "above": (value + CENT, None),
        "below": (None, value - CENT),
        "about": (value - slack, value + slack),
        "": (value, value),
    }[relation]
    return Bounds(least, most, figure.currency, begin, finish)


def _stands_alone(folded: str, finish: int) -> bool:
    """Whether no word behind a number may say what it counts: "above 200,000 in ..." does not, "200,000 trees" does."""
    word = _WORD_NEXT.match(folded, finish)
    if word is None:
        return True
    if anywhere("counting").fullmatch(word[1]):
        return False
    is_closed = any(word[1] in own for own in grammar().function_words.values())
    return is_closed or any(anywhere(key).match(folded, word.start(1)) for key in ("started", "ended", "ran", "money"))


def _joined_bounds(folded: str, one: Bounds, other: Bounds) -> Bounds | None:
    """The one range that "above 10,000 but below 50,000 EUR" says."""
    least, most = one.least or other.least, one.most or other.most
    is_open = (one.least is None and other.most is None) or (one.most is None and other.least is None)
    codes = {one.currency, other.currency} - {None}
    if not is_open or least is None or most is None or least > most or len(codes) > 1:
        return None
    if not listing("amount_fillers", "and").fullmatch(folded, one.finish, other.begin):
        return None
    return Bounds(least, most, next(iter(codes), None), one.begin, other.finish)


def _is_asked_for(question: str, folded: str, named: Named, last: int | None) -> bool:
    """Whether a name or code is meant as a currency: "in lei", "lei budgets", "in euros or dollars"."""
    begin, finish = named.start, named.end
    is_led = ahead("in_currency", "amount_fillers").search(folded, max(0, begin - _FARTHEST), begin) is not None
    if named.is_wordlike or named.name not in CURRENCIES:  # "SDG" are goals too
        return is_led and _stands_alone(folded, finish)
    if not named.name.isalpha() or question[begin:finish].isupper() or is_led:
        return True
    if behind("money").match(folded, finish) or ahead("money", "amount_fillers").search(folded, 0, begin):
        return True
    return last is not None and listing("amount_fillers", "and", "or").fullmatch(folded, last, begin) is not None

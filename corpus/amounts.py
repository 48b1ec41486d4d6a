"""Amounts of money as written, read to the digit or, where the writing allows two readings, not at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.currencies import CURRENCIES, Named, currency_before, currency_behind, settles
from corpus.folding import fold_keeping_length
from corpus.numbers import GROUPED_AS_IN_INDIA, NUMBER, SCALES, Scale, value_of

WIDEST_RANGE = 100
"""How many times the lower end the upper one may be; beyond, the first number is another thing ("Lot 2 - 30,000")."""
_FARTHEST = 24
"""Characters before an amount in which words such as `approximately` or `between` end."""
LONGEST_TARGET = 200
"""Characters of the name that stands behind `included in`."""
_INDIAN_GROUPS = frozenset({"INR", "PKR", "BDT", "NPR", "LKR"})
"""Currencies of the countries that write 12,34,567."""

_GAP = re.compile(r"\+?\s{0,3}-?")
_IN_WORDS = re.compile(r"\s?\([^\W\d_][^()0-9|\n]{3,80}\)")
"""`10.000 (zece mii) euro`"""
_SCALE = re.compile(r"(?:de\s)?([^\W\d_]+)\b\.?")
_SCALED_CODE = re.compile(r"(mln|mn|bn|m|k|t)([a-z]{3}|[€$£])(?![\w€$£])")
"""`3.4 MEUR`, `500 kEUR`, `20 T€` (a thousand, in German)."""
_NOT_COUNTED = re.compile(r"\s?[%‰]|/[0-9]")
"""What stands behind a share or a piece of a reference (`1303/2013`)."""
_PIECE_BEFORE = re.compile(r"[0-9]/$|(?<![\w.,])(?:\+[0-9]{2,}|0[0-9]{2,})[ .-](?:[0-9]{2,}[ .-]){0,4}$")
"""What stands before the rest of a reference or a telephone number."""
_MINUS = re.compile(r"(?:^|[:=|(]\s?)-$")
_CONNECTED = re.compile(r"\s*(?:-|to|pana la|(?P<bound>and|si|la))\s*")
_BOUND_BEFORE = re.compile(r"\b(?:(?P<and>between|intre)|(?P<la>de la)|from)\s+$")
_NEXT = re.compile(r"\s{0,3}(?=[0-9])")
_WORD_NEXT = re.compile(r"\s?\w")
_CAPITALS_BEFORE = re.compile(r"\b[A-Z]{2,}\s+$")
_DIGIT = re.compile(r"\d")
_SEVERAL = re.compile(r"[0-9]{4,}|[0-9][ .,'][0-9]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_BEFORE = re.compile(
    r"(?:(?<![0-9])(?:19|20)[0-9]{2}\s?[-/]\s?|\b(?:in|during|since|until|year|anul|anului|anii)\s)$"
)
_YEAR_BEHIND = re.compile(r"\s?[-/]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9.,])")
_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:(?:19|20)[0-9]{2}|[0-9]{2})")
_APPROXIMATE = re.compile(
    r"(?<!\w)(?P<words>approx|approximately|approximate|circa|cca|ca|about|around|roughly|some|almost|nearly|over|above|below|"
    r"under|(?:more|less) than|(?:up|close) to|at (?:least|most)|max|maximum(?: of)?|min|minimum(?: of)?|estimated at|"
    r"aprox|aproximativ|in jur de|aproape|peste|sub|mai (?:mult|putin) de|mai mult decat|pana la|maxim|minim|"
    r"cel (?:putin|mult)|estimat la)\.?\s*(?:de\s+|of\s+)?\(?$|(?P<sign>[~≈±<>≤≥])\s*$"
)
_APPROXIMATE_BEHIND = re.compile(
    r"\s{0,3}(?P<open>\()?(?P<words>approx|approximately|circa|cca|aprox|aproximativ|estimated|estimate|estimativ|estimat|max|min|"
    r"maximum|minimum|maxim|minim|or (?:more|less|so)|sau mai (?:mult|putin))\b\.?(?(open)\s?\)|\s{0,3}(?:$|[,;|)\n]))"
    r"|(?<![0-9])(?P<sign>\+)(?!\s?\w)"
)
_SIGNS = {"~": "about", "≈": "about", "±": "about", "<": "less than", ">": "more than", "≤": "at most", "≥": "at least"}
_SIGNS["+"] = "or more"

INCLUDED = re.compile(
    r"(?<!\w)(?:(?:(?:is|was|are)\s+)?(?:included|comprised|covered|contained)\s+(?:in|within|by|under)"
    r"|(?:a\s+)?part\s+of\s+(?=(?:the\s+)?(?:total\s+|overall\s+)?(?:budget|grant|value|amount|cost|funding)\b)"
    r"|(?:este\s+|sunt\s+)?(?:inclus|cuprins|acoperit)(?:a|i|e)?\s+(?:in|de|din)"
    r"|(?:face\s+)?parte\s+(?:a|din)\s+(?=(?:bugetul|valoarea|grantul|finantarea)\w*\b)"
    r"|(?P<see>see|vezi|cf\.?))(?:\s+|:\s*)"
)
"""Words that say an amount is counted elsewhere, in folded text."""
_LEAD = re.compile(
    r"(?:(?:the|that|those|a|al|ale|lui|cel|cea|of|for|pentru|total|overall|budget|grant|value|amount|costs?|funding|bugetul(?:ui)?|"
    r"valoarea|grantul|finantarea|projects?|proiectul(?:ui)?|proiect|programme|program|programul(?:ui)?)\s+)*"
)
_TARGET_END = re.compile(r"[;|\n()\[\]]|\.(?=\s|$)|\s-\s|,\s(?=(?:with|cu|and|si|for|pentru)\b)")


@dataclass(frozen=True, slots=True)
class Money:
    """What the words of an amount say; `amount` is None, with a note, where they can be read in two ways."""

    amount: Decimal | None
    currency: str | None
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A number where it stands, with what belongs to it; `currency` is None for a number that counts something else."""

    money: Money
    currency: Named | None
    scale: Scale | None
    written: str


def find_money(text: str, *, decimal_mark: str = "") -> list[Money]:
    """Every number with a currency in `text`, with the offsets of its words.

    `decimal_mark` is the mark before decimals, `.` or `,`, where the caller knows it. A range is one Money without an
    amount.
    """
    if _DIGIT.search(text) is None:
        return []
    folded = fold_keeping_length(text)
    parts: list[_Part] = []
    for match in NUMBER.finditer(folded):
        end = parts[-1].money.end if parts else 0
        if match.start() >= end and (part := _part(text, folded, match, end, decimal_mark)):
            parts.append(part)
    found, position = [], 0
    while position < len(parts):
        together = _range(folded, parts[position : position + 2], decimal_mark)
        money = together or (parts[position].money if parts[position].currency else None)
        if money:
            found.append(_with_circumstance(folded, money))
        position += 2 if together else 1
    return found


def money_in(text: str, currency: str, *, decimal_mark: str = "") -> Money | None:
    """The amount of a cell that holds one in words, in the currency its header gives: `1.2 million`, `approx. 95,000`.

    None where anything but the amount and a word for about, over or at most stands in the cell.
    """
    told = find_money(f"{text} {currency}", decimal_mark=decimal_mark)
    if len(told) != 1 or told[0].end <= len(text) or told[0].start >= len(text):
        return None
    before = fold_keeping_length(text[: told[0].start])
    led = _APPROXIMATE.search(before)
    if before[: led.start() if led else None].strip():
        return None
    return replace(told[0], end=len(text))


def included_in(text: str) -> tuple[int, int] | None:
    """Where the thing is named that an amount is counted in: `included in Occupy` → the offsets of `Occupy`."""
    folded = fold_keeping_length(text)
    for match in INCLUDED.finditer(folded):
        lead = _LEAD.match(folded, match.end())
        start = lead.end() if lead else match.end()
        last = min(len(text), start + LONGEST_TARGET)
        stop = _TARGET_END.search(folded, start, last)
        end = start + len(text[start : stop.start() if stop else last].rstrip(" \t\n\u00a0,.:"))
        words = text[start:end]
        if any(c.isalpha() for c in words) and (not match["see"] or words[0].isupper() or words[0] in "“„\"'«"):
            return start, end
    return None


def _part(text: str, folded: str, match: re.Match[str], floor: int, decimal_mark: str) -> _Part | None:
    """The number of `match` with its sign, scale and currency; None where it is a piece of a word or a date."""
    start, end = match.span()
    written = match["number"]
    if _NOT_COUNTED.match(folded, end) or _is_no_count(folded, start, end, written):
        return None
    first, closing, is_negative = _signed(text, folded, (start, end), floor)
    before = currency_before(text, folded, floor, first)
    if before is None and first and _is_inside_word(folded, first, written):
        return None
    scale, behind, units_end = _units(text, folded, closing)
    if behind and _is_of_next(text, folded, behind, written, scale):
        behind = None
    is_large = bool(scale or _SEVERAL.search(written)) and not _YEAR.fullmatch(written)
    if closing == end == units_end and behind is None and folded[end : end + 1].isalpha():
        return None  # "CYP27B1"
    before = before if before and _is_currency(text, before, is_large) else None
    behind = behind if behind and (before or _is_currency(text, behind, is_large)) else None
    currency = _currency(folded, before, behind, start)
    value, note = value_of(written, decimal_mark=decimal_mark, scale=scale)
    if folded[end : end + 1] == "+":
        note = _joined(note, f"{_SIGNS['+']}, as the source says")
    if currency is None:
        return _Part(Money(value, None, first, units_end, note), None, scale, written)
    if note == GROUPED_AS_IN_INDIA and currency.code in _INDIAN_GROUPS:
        note = ""
    if currency.code is None:
        name = text[currency.start : currency.end]
        note = _joined(note, f"which currency is meant by {name} is not said")
    if is_negative and value is not None:
        value, note = -value, _joined(note, "a negative amount")
    money = Money(value, currency.code, min(first, currency.start), max(units_end, currency.end), note)
    return _Part(money, currency, scale, written)


def _is_no_count(folded: str, start: int, end: int, written: str) -> bool:
    """Whether digits are a date, a year, or a piece of a reference or telephone number, whatever stands beside them."""
    if _DATE.fullmatch(written) or _PIECE_BEFORE.search(folded, max(0, start - _FARTHEST), start):
        return True
    if not _YEAR.fullmatch(written):
        return False
    return bool(_YEAR_BEFORE.search(folded, max(0, start - _FARTHEST), start) or _YEAR_BEHIND.match(folded, end))


def _is_inside_word(folded: str, first: int, written: str) -> bool:
    """`B12`, `A_5`, and, for a few digits only, `COVID-19`."""
    before = folded[first - 1]
    if before == "-" and not _SEVERAL.search(written):
        before = folded[first - 2 : first - 1]
        return before.isalpha()
    return before.isalnum() or before == "_"


def _signed(text: str, folded: str, number: tuple[int, int], floor: int) -> tuple[int, int, bool]:
    """(start, end, is negative) of a number with a minus or accountants' brackets.

    A dash is a minus at the start of a cell, behind a colon or bar and in `EUR -500` and `€-500`; elsewhere it is a
    bullet or lacks a space.
    """
    start, end = number
    if folded[start - 1 : start] == "(" and folded[end : end + 1] == ")" and start - 1 >= floor:
        return start - 1, end + 1, True
    if start - 1 >= floor and _MINUS.search(folded, max(floor, start - 3), start):
        return start - 1, end, True
    is_dash = start - 1 > floor and folded[start - 1] == "-" and not folded[start - 2].isalnum()
    if is_dash and currency_before(text, folded, floor, start - 1):
        return start - 1, end, True
    return start, end, False


def _units(text: str, folded: str, end: int) -> tuple[Scale | None, Named | None, int]:
    """(scale, currency, end of both) of the words behind a number."""
    scale, position = None, _behind(folded, end)
    word = _SCALE.match(folded, position)
    glued = _SCALED_CODE.match(folded, position)
    if word and word[1] in SCALES:
        scale, end = SCALES[word[1]], word.end(1)
        position = _behind(folded, word.end())
    elif glued and glued[2] in CURRENCIES and (not glued[2].isalpha() or text[glued.start(2) : glued.end(2)].isupper()):
        scale = SCALES["k" if glued[1] in "kt" else glued[1]]
        position = end = glued.start(2)
    currency = currency_behind(text, folded, position)
    if currency is None and (words := _IN_WORDS.match(folded, end)):
        currency = currency_behind(text, folded, _behind(folded, words.end()))
    return scale, currency, end


def _behind(folded: str, end: int) -> int:
    gap = _GAP.match(folded, end)
    return gap.end() if gap else end


def _is_of_next(text: str, folded: str, behind: Named, written: str, scale: Scale | None) -> bool:
    """Whether a currency between two numbers counts the second: `Lot 2 EUR 30,000`, `in 2014 EUR 300`."""
    gap = _NEXT.match(folded, behind.end)
    following = NUMBER.match(folded, gap.end()) if gap else None
    is_year = _YEAR.fullmatch(written) is not None
    if following is None or scale or (_SEVERAL.search(written) and not is_year):
        return False
    is_large = _SEVERAL.search(following["number"]) and not _YEAR.fullmatch(following["number"])
    return bool(is_large or is_year) and _units(text, folded, following.end())[1] is None


def _is_currency(text: str, named: Named, is_large: bool) -> bool:
    """Whether a code that is a word too is a currency here: beside a large number, and not in `WORLD CUP`."""
    if not named.is_wordlike:
        return True
    return is_large and not _CAPITALS_BEFORE.search(text, max(0, named.start - _FARTHEST), named.start)


def _currency(folded: str, before: Named | None, behind: Named | None, start: int) -> Named | None:
    """The currency that counts the number at `start`; one Named over both where they belong together."""
    if before is None or behind is None:
        return before or behind
    if _NEXT.match(folded, behind.end):  # "EUR 100 USD 200"
        return before
    if behind.code == before.code or settles(before, behind.code):
        return replace(behind, start=before.start)
    is_apart = folded[before.end : start].strip() != ""  # "... in euro. 500 lei were"
    return behind if is_apart or (before.is_wordlike and not behind.is_wordlike) else before


def _range(folded: str, parts: Sequence[_Part], decimal_mark: str) -> Money | None:
    """The one range that two numbers are the ends of, `10,000 - 20,000 EUR`; None where they are two things."""
    if len(parts) < 2 or not _share_currency(folded, *parts):
        return None
    low, high = parts
    begin, end = low.money.start, high.money.end
    link = _CONNECTED.fullmatch(folded, low.money.end, high.money.start)
    bound = _BOUND_BEFORE.search(folded, max(0, begin - _FARTHEST), begin)
    if link is None or (link["bound"] and not (bound and bound["la" if link["bound"] == "la" else "and"])):
        return None
    if _YEAR.fullmatch(low.written) and not (low.currency or bound or low.written.endswith("00")):
        return None
    code = _shared_code(low, high)
    lower, upper = _lower_end(folded, low, high, decimal_mark), high.money.amount
    if lower is None or upper is None:
        return Money(None, code, begin, end, f"a range, from {low.written} to {high.written}")
    is_named = bound is not None or (low.currency is not None and high.currency is not None)
    if lower <= upper and (is_named or not lower or upper <= WIDEST_RANGE * lower):
        return Money(None, code, begin, end, f"a range, from {lower:,f} to {upper:,f}")
    if link.group() == "-" and not low.currency and _leads(low.written, high.written):
        return Money(None, code, begin, end, f"{low.written}-{high.written} may be a range in thousands")
    return None


def _share_currency(folded: str, low: _Part, high: _Part) -> bool:
    """Whether two numbers may be ends of one range by their currencies: the same, or one written once for both."""
    one, other = low.currency, high.currency
    if one and other:
        return one.code == other.code or settles(one, other.code) or settles(other, one.code)
    if one is None:
        return other is not None
    is_in_front = folded[low.money.end - 1].isdigit() or low.scale is not None
    return not _YEAR.fullmatch(high.written) and (is_in_front or not _WORD_NEXT.match(folded, high.money.end))


def _shared_code(low: _Part, high: _Part) -> str | None:
    one, other = low.currency, high.currency
    if one and other:
        return one.code if settles(other, one.code) else other.code
    return one.code if one else other.code if other else None


def _lower_end(folded: str, low: _Part, high: _Part, decimal_mark: str) -> Decimal | None:
    """The lower end, with the scale that is written once for both: `1-2 million EUR`."""
    if high.scale and low.scale is None and folded[low.money.end - 1].isdigit():
        plain, upper = low.money.amount, high.money.amount
        if plain is None or upper is None or plain <= upper.scaleb(-high.scale.exponent):
            return value_of(low.written, decimal_mark=decimal_mark, scale=high.scale)[0]
    return low.money.amount


def _leads(low: str, high: str) -> bool:
    """Whether `low` is less than the thousands of `high`: `10` and `15,000`."""
    groups = re.split(r"[ .,']", high)
    return low.isdigit() and len(groups) == 2 and len(groups[1]) == 3 and int(low) < int(groups[0])


def _with_circumstance(folded: str, money: Money) -> Money:
    """With a note of the words beside it that make it approximate or a bound."""
    before = _APPROXIMATE.search(folded, max(0, money.start - _FARTHEST), money.start)
    beside = before or _APPROXIMATE_BEHIND.match(folded, money.end)
    if beside is None:
        return money
    words = beside["words"] or _SIGNS[beside["sign"]]
    return replace(money, note=_joined(money.note, f"{words}, as the source says"))


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))

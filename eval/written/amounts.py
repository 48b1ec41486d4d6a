"""Numbers, and the money or per cent they count: which values a writing may mean. Does not know dates."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from corpus.words import fold
from eval.written.currencies import PERCENT, before, behind, counts_thousandths
from eval.written.lexemes import NUMBER, SPACES, Lexemes, Spot, Written

_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_RO = "douazeci treizeci patruzeci cincizeci saizeci saptezeci optzeci nouazeci"
_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TO_TWENTY_RO = (
    "zero unu doi trei patru cinci sase sapte opt - zece unsprezece doisprezece treisprezece paisprezece "
    "cincisprezece saisprezece saptesprezece optsprezece nouasprezece"
)
NUMBER_WORDS = {
    **{word: n for words in (_TO_TWENTY, _TO_TWENTY_RO) for n, word in enumerate(words.split())},
    **{word: n for words in (_TENS, _TENS_RO) for n, word in zip(range(20, 100, 10), words.split(), strict=True)},
    "doua": 2, "douasprezece": 12,
}  # fmt: skip
"""Number words, folded. „nouă” is left out: it is „new” as often as nine; so are the articles „un” and „o”."""
del NUMBER_WORDS["-"]
_ROUND = frozenset([*_TENS.split(), *_TENS_RO.split()])
_SCALES = {
    "hundred": 10**2, "sute": 10**2, "thousand": 10**3, "k": 10**3, "mie": 10**3, "mii": 10**3,
    "million": 10**6, "millions": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "mio": 10**6, "m": 10**6,
    "milion": 10**6, "milioane": 10**6, "billion": 10**9, "billions": 10**9, "bn": 10**9, "mld": 10**9,
    "miliard": 10**9, "miliarde": 10**9,
}  # fmt: skip
_OF_MONEY = frozenset(["k", "m"])
"""Scales that count only beside a currency, unless glued to the number as „k”, „K” and „M”: „5 m” are metres."""
_SHORT = frozenset(["mn", "mln", "mil", "mio", "bn", "mld"])
"""Scales that a full stop may follow."""
_LARGE = frozenset([*_SCALES, "suta"]) - _OF_MONEY
_FIGURES = re.compile(rf"(?P<figures>{NUMBER})(?P<glued>[^\W\d_]*)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")
_YEAR = re.compile("[12][0-9]{3}")
_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def values(figures: str, scaled: bool = False) -> frozenset[Decimal]:
    """What figures may mean: „279.014” 279014 or 279.014, „550,00” 550; nothing where they are no number.

    Three decimals of which the last is a nought are thousands, unless a scale follows: nobody writes 3.5 as „3.500”.
    """
    if any(mark in figures for mark in f"{SPACES}'’"):
        return frozenset({Decimal(re.sub(rf"[{SPACES}'’]", "", figures).replace(",", "."))})
    head, last, tail = re.fullmatch(r"(?:(.*)([.,]))?(.*)", figures).groups(default="")  # type: ignore[union-attr]  # always matches
    found = set()
    if _THOUSANDS.fullmatch(figures) or (not last and _is_whole(figures)):
        found.add(Decimal(re.sub("[.,]", "", figures)))
    grouped = _THOUSANDS.fullmatch(head) and last not in head
    if tail.isdecimal() and last and (grouped or _is_whole(head)) and not (found and tail.endswith("0") and not scaled):
        found.add(Decimal(f"{re.sub('[.,]', '', head)}.{tail}"))
    return frozenset(found)


def _is_whole(figures: str) -> bool:
    """Whether these are the figures of a whole number; a nought before others is that of a reference or a telephone."""
    return figures.isdecimal() and (figures == "0" or figures[0] != "0")


def read_amount(text: Lexemes, index: int, first: int) -> list[Spot]:
    """The number at `index` with its sign, its scale, and its currency on either side, from `first` on; one or none.

    None where there is no number, or only a part of one, as „five” in “twenty-five”.
    """
    figures, glued = _figures(text, index)
    start, sign, left = _before(text, index, first)
    scale, right, end = _behind(text, index, glued, left)
    several = values(figures, scale > 1)
    if not several or end == index or (text.folded[index] in NUMBER_WORDS and _goes_on(text, scale, end)):
        return []
    units = left & right or left or right or _label(text, start, first)
    if scale == 1 and len(several) > 1 and units and not counts_thousandths(units):
        several = frozenset({max(several)})  # money has no three decimals
    found = {f"={sign}{_plain(value, scale)}" for value in several}
    year = {f"@{figures}"} if _YEAR.fullmatch(figures) and (start, end) == (index, index + 1) else set()
    of_units = {f"{key} {unit}" for key in found for unit in units}
    return [Spot(start, end, _written(of_units or found | year, found | of_units, text.folded[end : end + 2]))]


def _written(asks: set[str], offers: set[str], rest: Sequence[str]) -> Written:
    """With a colon behind it, a number is found with and without, and asks for it where nothing more is wanted."""
    if rest[:1] == (":",):
        asks = {f"{key}:" for key in asks} if len(rest) == 1 else asks
        offers = offers | {f"{key}:" for key in offers}
    return Written(frozenset(asks), frozenset(offers))


def _figures(text: Lexemes, index: int) -> tuple[str, str]:
    """The figures at `index` and the letters glued to them; those of a number word that stands alone; else ""."""
    word = NUMBER_WORDS.get(text.folded[index])
    if word is not None:
        return str(word) if _stands_alone(text, index) else "", ""
    matched = _FIGURES.fullmatch(text.raw[index])
    return (matched["figures"], matched["glued"]) if matched else ("", "")


def _plain(value: Decimal, scale: int) -> str:
    text = f"{value if scale == 1 else value * scale:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _stands_alone(text: Lexemes, index: int) -> bool:
    """Whether a number word is no part of a larger number: “twenty-five”, „douăzeci și cinci”, “hundred and five”."""
    word, before_it, behind_it = (text.at(n) for n in (index, index - 1, index + 1))
    if before_it in NUMBER_WORDS or before_it in _LARGE or behind_it in NUMBER_WORDS:
        return False
    if word in _ROUND and behind_it in ("-", "si") and text.at(index + 2) in NUMBER_WORDS:
        return False
    joined = {"-": _ROUND, "si": _ROUND, "and": _LARGE}.get(before_it, _NOTHING)
    return text.at(index - 2) not in joined


def _goes_on(text: Lexemes, scale: int, end: int) -> bool:
    """Whether a larger number goes on behind a scale: “two hundred and five”."""
    return scale > 1 and text.at(end + (text.at(end) == "and")) in NUMBER_WORDS


def _before(text: Lexemes, index: int, first: int) -> tuple[int, str, frozenset[str]]:
    """Where the sign and the currency before a number begin, in either order, the sign, and the currencies."""
    inner = index > first and text.at(index - 1) == "minus"
    units, start = before(text, index - inner, first)
    outer = not inner and start > first and text.at(start - 1) == "minus"
    return start - outer, "-" if inner or outer else "", units


def _label(text: Lexemes, start: int, first: int) -> frozenset[str]:
    """The currencies of a label before a number that has none itself: “Budget (EUR): 10”."""
    edge = start
    while edge > first and text.at(edge - 1) in (":", ")"):
        edge -= 1
    return before(text, edge, first)[0] if edge < start else _NOTHING


def _behind(text: Lexemes, index: int, glued: str, left: frozenset[str]) -> tuple[int, frozenset[str], int]:
    """The scale and the units behind a number, and where they end: `index` if what is glued to it is neither."""
    scale, end = 1, index + 1
    if glued in ("k", "K", "M") or (glued and glued.casefold() in _SCALES.keys() - _OF_MONEY):
        scale = _SCALES[glued.casefold()]
    elif glued == "m" and (left or behind(text, end)[0]):
        scale = _SCALES["m"]
    elif glued:
        units, named = behind(Lexemes((glued,), (fold(glued),)), 0)
        return 1, units, index + named
    factor, end = _scale(text, end, bool(left))
    units, after = behind(text, end)
    if _is_of_next(text, index, after, bool(left)):
        units, after = _NOTHING, end
    return scale * factor, units, after


def _scale(text: Lexemes, index: int, of_money: bool) -> tuple[int, int]:
    """What the scales from `index` on multiply by („200 de mii”: 1000), and where they end."""
    factor = 1
    while True:
        start = index + (text.at(index) == "de")
        word = text.at(start)
        if word not in _SCALES or (word in _OF_MONEY and not (of_money or behind(text, start + 1)[0])):
            return factor, index
        factor, index = factor * _SCALES[word], start + 1
        if word in _SHORT and text.at(index) == ".":
            index += 1


def _is_of_next(text: Lexemes, index: int, after: int, has_currency: bool) -> bool:
    """Whether a currency that stands between two numbers belongs to the second: “EUR 10 EUR 20”, “in 2013 EUR 500”."""
    if not text.at(after)[:1].isdecimal() or text.at(after - 1) == PERCENT:
        return False
    return has_currency or (not behind(text, after + 1)[0] and bool(_YEAR.fullmatch(text.raw[index])))

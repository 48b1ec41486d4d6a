"""How money is called: ISO 4217 codes, symbols, and names in English and Romanian. Does not know numbers."""

from collections.abc import Iterator, Mapping
from functools import cache

from eval.written.lexemes import Lexemes, lexemes

PERCENT = "%"
"""The unit of a share; not a currency, but it belongs to its number in the same way."""
SINCE = 2010
"""Currencies that were legal tender in this year or later are known; an older one is a word like any other."""
_MARKS = {
    "€": "EUR", "£": "GBP", "₤": "GBP", "¥": "JPY CNY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW",
    "₪": "ILS", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "R$": "BRL", "zł": "PLN", "kč": "CZK", "kr": "SEK NOK DKK ISK", "crowns": "SEK NOK DKK ISK CZK",
    "dolari sua": "USD", "pounds sterling": "GBP", "pound sterling": "GBP", "sterling": "GBP",
    "%": PERCENT, "percent": PERCENT, "per cent": PERCENT, "la suta": PERCENT, "procente": PERCENT, "procent": PERCENT,
}  # fmt: skip
_ALSO_WORDS = frozenset("ALL ARS BAM BIF BOB CAD COP CUP ERN GEL LAK MAD MOP NAD PAB PEN SAR SOS TOP TRY".split())
"""Codes that are words or names too: money only in capitals."""
_HEADINGS = frozenset(["ALL", "COP", "CUP", "TOP", "TRY"])
"""Those that stand before a number in capitals too and are no money there: „TOP 10”, “COP 26”."""
_ALONE = frozenset(
    "euro euros dollar dollars dolar dolari pound pounds leu lei franc francs franci krone kroner krona kronor koruna "
    "coroana coroane zloty zlotys zloti forint forints forinti hryvnia hryvnias grivne yen yeni yuan ruble rubles "
    "rupee rupees rupii peso pesos dinar dinars dinari dirham dirhams dirhami shilling shillings lira lire".split()
)
"""Names that mean money without a country; others, such as “won”, “gold” and „florin”, are words or people too."""
LONGEST = 4
"""Lexemes in a name, at most."""


@cache
def currencies() -> Mapping[str, frozenset[str]]:
    """Codes by folded name, its lexemes parted by a space; a name without its country has several („dollars”)."""
    found: dict[str, set[str]] = {}
    for name, code in _names():
        words = lexemes(name).folded
        alone = {words[0], words[-1]} & _ALONE
        for known in alone if len(words) == 1 else {" ".join(words), *alone}:
            found.setdefault(known, set()).add(code)
    marks = {" ".join(lexemes(name).folded): frozenset(codes.split()) for name, codes in _MARKS.items()}
    codes = {code.lower(): frozenset({code}) for code in _codes() - _ALSO_WORDS}
    dollars = {"$": frozenset(found["dollars"])}
    return {name: frozenset(several) for name, several in found.items()} | marks | codes | dollars


def _names() -> Iterator[tuple[str, str]]:
    """Names in one and several, in English and Romanian, each with its code."""
    from babel.numbers import get_currency_name

    for code in _codes():
        for locale in ("en", "ro"):
            for count in (1, 2, 20):
                name = get_currency_name(code, count, locale)
                if name != code and "(" not in name:
                    yield name, code


def _codes() -> frozenset[str]:
    """Codes of currencies that were legal tender since `SINCE`."""
    from babel.core import get_global

    held = (one for several in get_global("territory_currencies").values() for one in several)
    return frozenset(code for code, _, end, tender in held if tender and (end is None or end[0] >= SINCE))


def behind(text: Lexemes, index: int) -> tuple[frozenset[str], int]:
    """The currencies, or the per cent, that the lexemes from `index` on name, and the index behind; none, and `index`.

    A Romanian „de” before the name is taken along.
    """
    start = index + (text.at(index) == "de")
    if text.at(start) in _edges(0):
        for length in range(min(LONGEST, len(text.folded) - start), 0, -1):
            found = currencies().get(" ".join(text.folded[start : start + length]))
            if found:
                return found, start + length
    if start < len(text.raw) and text.raw[start] in _ALSO_WORDS:
        return frozenset({text.raw[start]}), start + 1
    return frozenset(), index


def before(text: Lexemes, index: int, first: int) -> tuple[frozenset[str], int]:
    """The currencies that the lexemes just before `index` name, none before `first`, and where they begin."""
    if text.at(index - 1) in _edges(-1):
        for length in range(min(LONGEST, index - first), 0, -1):
            found = currencies().get(" ".join(text.folded[index - length : index]))
            if found and PERCENT not in found:
                return found, index - length
    if index > first and text.raw[index - 1] in _ALSO_WORDS - _HEADINGS:
        return frozenset({text.raw[index - 1]}), index - 1
    return frozenset(), index


@cache
def _edges(place: int) -> frozenset[str]:
    """The first or last lexemes of all names, so that most words are told apart at one look."""
    return frozenset(name.split()[place] for name in currencies())


@cache
def counts_thousandths(codes: frozenset[str]) -> bool:
    """Whether one of the currencies has three decimals, as the Tunisian dinar has."""
    from babel.numbers import get_currency_precision

    return any(code != PERCENT and get_currency_precision(code) > 2 for code in codes)

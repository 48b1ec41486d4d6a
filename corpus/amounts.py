"""Amounts of money as written, read to the digit or, where the writing allows two readings, not at all."""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.words import fold

CURRENCIES = {
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR",
    "usd": "USD", "us$": "USD", "$": "USD", "dollars": "USD", "dolari": "USD",
    "ron": "RON", "lei": "RON", "leu": "RON",
    "mdl": "MDL", "gbp": "GBP", "£": "GBP", "pounds": "GBP", "lire sterline": "GBP",
    "chf": "CHF", "huf": "HUF", "bgn": "BGN", "pln": "PLN", "czk": "CZK", "uah": "UAH", "try": "TRY", "rsd": "RSD",
    "nok": "NOK", "sek": "SEK", "dkk": "DKK", "hrk": "HRK", "kn": "HRK", "jpy": "JPY", "cad": "CAD", "aud": "AUD",
}  # fmt: skip
SCALES = {
    "thousand": 3, "k": 3, "mii": 3, "mie": 3, "million": 6, "millions": 6, "mln": 6, "mil": 6, "m": 6, "mn": 6,
    "milioane": 6, "milion": 6, "billion": 9, "bn": 9, "miliarde": 9, "miliard": 9, "mld": 9,
}  # fmt: skip

LONGEST_NUMBER = 20
"""Characters; no project spends ten to the power of twenty of anything."""

_CURRENCY = "|".join(sorted((re.escape(name) for name in CURRENCIES), key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{_CURRENCY})\s*)?(?P<number>{_NUMBER})(?!\d)"
    rf"(?:\s*(?:de\s+)?(?P<scale>{_SCALE})\b\.?)?(?(before)|(?:\s*(?:de\s+)?(?P<after>{_CURRENCY})(?!\w))?)"
)
# Another number, without a currency of its own, on the far side of a dash: "€10.000–20.000", "between 100 and 200 EUR".
RANGE_BEFORE = re.compile(
    rf"(?<![\w€$£.,])(?:{_NUMBER})\s*(?:(?:{_SCALE})\s*)?(?:[-–—]|\bto\b|\bpana la\b)\s*$"
    rf"|\b(?:between|intre)\s+(?:{_NUMBER})\s*(?:(?:{_SCALE})\s*)?(?:and|si)\s*$"
)
RANGE_BEHIND = re.compile(
    rf"\s*(?:[-–—]|\bto\b|\bpana la\b)\s*(?:{_NUMBER})(?!\s*(?:(?:{_SCALE})\b)?\s*(?:de\s+)?(?:{_CURRENCY}))"
)


@dataclass(frozen=True, slots=True)
class Money:
    """What the words of an amount say; `amount` is None, with a note, where they can be read in two ways."""

    amount: Decimal | None
    currency: str | None
    start: int
    end: int
    note: str = ""


def find_money(text: str) -> list[Money]:
    """Every number with a currency in `text`, with the offsets of its words."""
    found = []
    folded = fold_keeping_length(text)
    for match in AMOUNT.finditer(folded):
        name = match["before"] or match["after"]
        if name:
            amount, note = _value(match["number"], match["scale"])
            if RANGE_BEFORE.search(folded[: match.start()]) or RANGE_BEHIND.match(folded, match.end()):
                amount, note = None, "a range"
            found.append(Money(amount, CURRENCIES[name], *match.span(), note))
    return found


def _value(number: str, scale: str | None) -> tuple[Decimal | None, str]:
    digits = re.sub(r"[ \u00a0\u202f'’]", "", number)
    if len(digits) + SCALES.get(scale or "", 0) > LONGEST_NUMBER:
        return None, "the number is too long to be an amount"
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return _scaled(digits, scale), ""
    whole, _, rest = digits.rpartition(marks[-1])
    if len(rest) == 3 and len(set(marks)) == 1 and not scale and not digits.startswith("0"):
        return Decimal(re.sub("[.,]", "", digits)), ""
    plain = re.sub("[.,]", "", whole)
    grouped = (
        len(marks) > 1 or len(plain) > 3 or plain != re.sub("[ \u00a0\u202f'’.,]", "", number.rpartition(marks[-1])[0])
    )
    if not grouped and not scale and rest == "00" and len(plain) == 3 and len(number) == len(digits):
        return None, f"{number} may mean {plain}.{rest} or, with a digit lost, {plain},{rest}0"
    return _scaled(f"{plain}.{rest}", scale), ""


def _scaled(digits: str, scale: str | None) -> Decimal:
    value = Decimal(digits) * (Decimal(10) ** SCALES[scale] if scale else 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def fold_keeping_length(text: str) -> str:
    """`text` folded character by character, so that offsets stay."""
    return "".join(folded if len(folded := fold(c)) == 1 else c.lower()[:1] or c for c in text)

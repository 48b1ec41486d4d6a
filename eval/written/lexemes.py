"""Text cut into lexemes: numbers with what is glued to them, words, single marks. Does not know what they mean."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from corpus.words import fold

SPACES = " \u00a0\u2009\u202f"
"""What may stand between the thousands of one number: the plain, the no-break, the thin and the narrow space."""
_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "[12][0-9]{3}"
_DATES = [
    rf"(?:{_DAY}-{_DAY}|{_DAY}-[^\W\d_]{{3,10}}\.?)-{_YEAR}(?!-?[0-9])",  # of figures, either may be the month
    rf"{_YEAR}-(?:{_MONTH}-{_DAY}|0[1-9]|1[0-2])(?!-?[0-9])(?:T[0-9]{{2}}:[0-9:.+Z-]*)?",
    *(rf"(?:{_DAY}{mark}{_DAY}{mark}{_YEAR}|{_YEAR}{mark}{_MONTH}{mark}{_DAY})(?![./]?[0-9])" for mark in (r"\.", "/")),
    rf"(?:{_MONTH}/{_YEAR}|(?:0[1-9]|1[0-2])\.(?:19|20)[0-9]{{2}})(?![./]?[0-9])",
]
DATE = "|".join(_DATES)
"""A date in figures; a time of the day behind it is taken along."""
NUMBER = rf"[0-9]{{1,3}}(?:[{SPACES}'’][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?(?![.,]?[0-9])|[0-9]+(?:[.,:][0-9]+)*"
"""The figures of a number, of a time of the day, or of something like `1.2.3`."""
_FIGURES = rf"(?:(?:{DATE})|(?:{NUMBER})(?:-(?:lea|a)\b|[^\W\d_]*))(?![^\W_])"
_GLUED = r"(?=[A-Z])(?:(?:US|CA|AU|NZ|HK|A|C|R)\$|(?:EUR|USD|GBP|RON|CHF|MDL)(?=[0-9]))"
_LEXEME = re.compile(rf"{_GLUED}|[^\W\d_][^\W_]*|(?=[0-9])(?:{_FIGURES})|[^\W_]+|[^\w\s]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_MARKERS = re.compile(r"\[[0-9]{1,3}(?:\s*[,;–-]\s*[0-9]{1,3})*\](?:\s*[–—-]\s*(?=\[[0-9]))?")
# What goes before is looked at last, so that the search leaps from one mark to the next.
_MINUS = re.compile(r"[-−–](?=[0-9$€£])(?<![^\s(\[“„\"].)(?<![0-9]\s.)")
_MAIL = re.compile(r"-(?=[mM]ail)(?<=\b[eE].)")
_POINT = re.compile(r"\.(?=[0-9])(?<![\w.)\]].)")


class Lexemes(NamedTuple):
    """The lexemes of a text, in order, as they are written and folded."""

    raw: tuple[str, ...]
    folded: tuple[str, ...]

    def at(self, index: int) -> str:
        """The folded lexeme there; "" outside."""
        return self.folded[index] if 0 <= index < len(self.folded) else ""


class Written(NamedTuple):
    """A number or a date: under which keys it is found, and which of them it looks for itself.

    Keys are strings that no word equals: `=279014`, `=279014 EUR`, `@2013-11`, `@--11-05`.
    """

    asks: frozenset[str]
    offers: frozenset[str]


class Spot(NamedTuple):
    """What the lexemes from `start` up to `end`, not included, mean."""

    start: int
    end: int
    written: Written


def lexemes(text: str) -> Lexemes:
    """Cut a text; citation markers such as `[1]` and `[3]–[9]` are left out, a sign of minus is the word."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = _POINT.sub("0.", _MINUS.sub("minus ", _MAIL.sub("", _MARKERS.sub(" ", text))))
    raw = _LEXEME.findall(text)
    return Lexemes(tuple(raw), tuple(fold("\n".join(raw)).split("\n")) if raw else ())


def plain_words(folded: Iterable[str]) -> list[str]:
    """The words among folded lexemes, without marks."""
    return [word for word in folded if word[:1].isalnum()]

"""Words as they are compared: folded for case and accents, split, stemmed.

Used on both sides of every comparison, question and document alike, so that `Socăcițele`, `SOCACITELE` and
`socacitele` are one word. Does not know which words matter.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from corpus.document import Span

WORD = re.compile(r"\d+(?:[.,]\d+)+|\b[eE]-mail\w*|[^\W_]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


class _Folds(dict[int, str]):
    """What each character folds to, found out once a character."""

    def __missing__(self, point: int) -> str:
        self[point] = _folded(chr(point))
        return self[point]


def _folded(character: str) -> str:
    character = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}.get(character, character)
    if character in "‐‑‒–—―−":
        return "-"
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


_FOLDS = _Folds()
_MAIL = re.compile(r"\be-(?=mail)")


def fold(text: str) -> str:
    """Lower case without accents; every apostrophe and dash becomes the plain one, `e-mail` one word."""
    folded = text.translate(_FOLDS)
    return _MAIL.sub("e", folded) if "e-mail" in folded else folded


def spans(text: str) -> Iterator[Span]:
    """Where the words of `text` stand; `279.014` is one word, `foundation's` two."""
    return (Span(*match.span()) for match in WORD.finditer(text))


def words(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    return [fold(match.group()) for match in WORD.finditer(text)]


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The Snowball stem of a folded word; the word itself where the language has no stemmer or it holds a digit.

    Of a Romanian word for what a woman does, „directoarea”, it is that of the other form, „directorul”.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    if language == "ro":
        word = _FEMININE.sub("or", word)
    if language not in _STEMMERS:
        return word
    with _stemming:
        stemmed: str = _stemmer(language).stemWord(word)
    return stemmed


_FEMININE = re.compile(r"(?<=[a-z]{2}[st])oar(?:e|ea|ei|elor|ele|a)$")
_stemming = threading.Lock()
"""A stemmer keeps the word it is at in itself: two threads at once get each other's letters, or an IndexError."""
_STEMMERS = {"en": "english", "ro": "romanian"}


@cache
def _stemmer(language: str):  # type: ignore[no-untyped-def]  # snowballstemmer ships no types
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[language])

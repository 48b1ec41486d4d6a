"""How a text becomes terms: split, folded for accents and case, stemmed for its language; queries go the same way.

Folding comes before stemming, so that a word typed without its accents has the stem it has with them: on XQuAD
Romanian, R@1 is 0.930 with accents and without; stemming first it is 0.930 and 0.926; without stems 0.868. No word is
left out: leaving out words of more than a third of the passages costs up to 1.2 points, and Tantivy has stop words for
half of its languages only. Knows no index and no ranking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

ANALYSIS = 2
"""Raised whenever texts are analysed otherwise than before: what another version has indexed is indexed again."""

FOLDED_ONLY = "und"
"""The group of the languages that have no stemmer here, and of texts whose language is not known."""

LONGEST_TERM_BYTES = 64
"""Longer runs of letters and digits are keys and encoded data, which nobody types; they are not indexed."""

PIECE_LETTERS = 5
"""4, 5 or 6 make little difference where pieces are added to words (`index.word_ranking.PIECE_BOOST`); 5 has fewest
postings but for 6, which forgives less."""

_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_SAME_STEMMER = {"nb": "no", "nn": "no", "mo": "ro"}

# Tantivy's quick tokenizer takes the vowel signs and viramas of many scripts for spaces; this one keeps words whole.
_WITH_MARKS = r"[\p{L}\p{M}\p{N}]+"
_GROUPS_WITH_MARKS = frozenset({"ar", "ta", FOLDED_ONLY})

# Scripts written without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han), and Hangul, whose endings cling.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)

# Begins with a small plain set of characters, which makes it thirty times as fast as naming the letter before first.
_JOINED = re.compile(r"[0-9A-Z](?:(?<=[^\W\d_]{3}[0-9])|(?<=[0-9])(?=[^\W\d_]{3})|(?<=[^\W\d_A-Z][A-Z]))")
_WORD = re.compile(r"[^\W_]+")
_SEAM = re.compile(r"(?<=[^\W\d_]{3})(?=[0-9])|(?<=[0-9])(?=[^\W\d_]{3})")


def group(language: str) -> str:
    """The group of languages that are analysed alike: the ISO 639-1 code itself where there is a stemmer for it."""
    code = _SAME_STEMMER.get(language, language)
    return code if code in _STEMMERS else FOLDED_ONLY


@cache
def analyzer(of: str) -> TextAnalyzer:
    """The analyzer of one group of languages; it expects text that went through `prepared`."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    tokenizer = Tokenizer.regex(_WITH_MARKS) if of in _GROUPS_WITH_MARKS else Tokenizer.simple()
    builder = TextAnalyzerBuilder(tokenizer).filter(Filter.remove_long(LONGEST_TERM_BYTES))
    builder = builder.filter(Filter.ascii_fold()).filter(Filter.lowercase())
    return (builder.filter(Filter.stemmer(_STEMMERS[of])) if of in _STEMMERS else builder).build()


def prepared(text: str) -> str:
    """`text` composed (NFC), without lone surrogates and soft hyphens; unspaced scripts as pairs of characters."""
    if text.isascii():
        return text
    whole = text.encode("utf-8", "ignore").decode("utf-8").replace("\u00ad", "")
    return _UNSPACED.sub(_pairs, unicodedata.normalize("NFC", whole))


def joined_parts(text: str) -> str:
    """The parts of the words that join several, with spaces between: `EU4 Lankaran` for EU4Lankaran, `covid 19`."""
    if not _JOINED.search(text):
        return ""
    return " ".join(part for word in _WORD.findall(text) for part in _parts(word))


def pieces(text: str) -> str:
    """The pieces of the words of a text that went through `prepared`, with spaces between.

    A word's pieces are its runs of `PIECE_LETTERS` letters, or itself where it is shorter: words of one family share
    some whatever the language, and so do a word and a slip of it, a name and its form in another language.
    """
    return " ".join(chain.from_iterable(map(_runs, _WORD.findall(text))))


@lru_cache(maxsize=50_000)
def _runs(word: str) -> tuple[str, ...]:
    last = min(len(word), LONGEST_TERM_BYTES) - PIECE_LETTERS
    return tuple(word[at : at + PIECE_LETTERS] for at in range(last + 1)) if last > 0 else (word[:LONGEST_TERM_BYTES],)


@cache
def piece_analyzer() -> TextAnalyzer:
    """The analyzer of what `pieces` gives: folded for accents and case."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    return builder.filter(Filter.ascii_fold()).filter(Filter.lowercase()).build()


def piece_terms(text: str) -> list[str]:
    """The pieces of a query as the texts' were indexed, each once, in order."""
    return list(dict.fromkeys(piece_analyzer().analyze(pieces(prepared(text)))))


def terms(text: str, of: str) -> list[tuple[int, str]]:
    """The terms of a query as the texts of the group `of` were indexed, each with its position, in order.

    The parts of joined words come last, far from the others, so that they neighbour none of them.
    """
    ready = prepared(text)
    found = [(token.position, token.text) for token in analyzer(of).pre_tokenize(ready).tokens]
    far = len(ready) + len(found)
    parts = joined_parts(ready)
    return (
        found + [(far + 2 * place, term) for place, term in enumerate(analyzer(of).analyze(parts))] if parts else found
    )


def neighbours(asked: Sequence[tuple[int, str]], telling: Container[str], reach: int) -> list[tuple[str, str, int]]:
    """Telling terms with nothing telling between them and at most `reach` places apart, and how many places."""
    near = {
        (first, second, right - left): None
        for (left, first), (right, second) in pairwise(at for at in asked if at[1] in telling)
        if 0 < right - left <= reach and first != second
    }
    return list(near)


def _pairs(run: re.Match[str]) -> str:
    text = run.group()
    return f" {' '.join(text[at : at + 2] for at in range(max(1, len(text) - 1)))} "


def _parts(word: str) -> list[str]:
    humps = "".join(
        f" {here}" if here.isupper() and last.islower() else here for last, here in zip(" " + word, word, strict=False)
    )
    pieces = _SEAM.sub(" ", humps).split()
    return [piece for piece in pieces if len(piece) > 1] if len(pieces) > 1 else []

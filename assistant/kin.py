"""Kin and opposites of single words of one language, as stems: what bears a word out, and what says the contrary.

From the tables in `assistant/lexicon`, read when first needed. Which sense of a word is meant is not known.
"""

import gzip
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("lexicon")
_NONE: frozenset[str] = frozenset()


@cache
def kin_of(stemmed: str, language: str) -> frozenset[str]:
    """Stems of words from which a word follows: of the same meaning, less general, or of the same derivation."""
    return _looked_up("kin", stemmed, language)


@cache
def opposites_of(stemmed: str, language: str) -> frozenset[str]:
    """Stems of words that say the opposite."""
    return _looked_up("opposites", stemmed, language)


def _looked_up(name: str, stemmed: str, language: str) -> frozenset[str]:
    row = _table(f"{name}-{language}").get(stemmed) if language in ("en", "ro") else None
    return frozenset(row.split()) if row else _NONE


@cache
def _table(name: str) -> dict[str, str]:
    text = gzip.decompress((_FOLDER / f"{name}.tsv.gz").read_bytes()).decode()
    return dict(line.split("\t") for line in text.splitlines())

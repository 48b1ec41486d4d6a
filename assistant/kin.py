"""Kin and opposites of single words: what bears a word out, in its own language or the other, and what contradicts it.

From the tables in `assistant/lexicon`, read when first needed. Which sense of a word is meant is not known. Words are
looked up by their stem in English, and by what they may be forms of in Romanian, whose forms share no stem.
"""

import gzip
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from corpus.words import stem

_FOLDER = Path(__file__).with_name("lexicon")
KEPT = 1 << 14
_ENDINGS = (
    ("iei|ia|iile|iilor|ii|iilor", "ie"),
    ("ului|ul|urilor|urile|uri|ilor|ii|i|elor|ele|e|a|lui|le", ""),
    ("ului|ul|ilor|ii|i|uri|urile|urilor|lui", "u"),
    ("iul|iului|iile|iilor|iuri", "iu"),
    ("elor|ele|ei|e|ilor|ile|ii|i|a|o", "a"),
    ("elor|ele|ei|ilor|ile|ii|i|ea|elui|ele", "e"),
    ("eaua|elei|elele|elelor|ele", "ea"),
    ("ata|ati|ate|at|eaza|ez|ezi|and|area|arii|are|ase|asera|au|a|am|eze", "a"),
    ("ita|iti|ite|it|esc|este|esti|ind|irea|irii|ire|ise|isera|eau|ea|easca|ste|i", "i"),
    ("uta|uti|ute|ut|and|erea|erii|ere|use|usera|e|i|em|eau|ea|a", "e"),
    ("uta|uti|ute|ut|and|erea|ere|use|e|em|eau|ea|a", "ea"),
    ("a|ie|ia|ii", "ui"),
    ("s|sa|si|se|sul", "de"),
    ("s|sa|si|se", "te"),
    ("s|sa|si|se|sese", "ge"),
    ("s|sa|si|se|sese", "ne"),
    ("t|ta|ti|te", "ge"),
    ("t|ta|ti|te", "ce"),
    ("at|ata|ati|ate|ind|iau|ie|iere|ierii", "ia"),
)
"""What a form ends in, folded, and what the word it is a form of ends in; wrong ones are met nowhere."""
_SUFFIXES = tuple((tuple(sorted(set(forms.split("|")), key=len, reverse=True)), whole) for forms, whole in _ENDINGS)
_HARDER = (
    (r"o(?=[^aeiou]+$)", "oa"),
    (r"oa(?=[^aeiou]+$)", "o"),
    (r"oa(?=[^aeiou]+$)", "u"),
    (r"e(?=[^aeiou]{1,2}$)", "ea"),
    (r"ea(?=[^aeiou]{1,2}$)", "e"),
    (r"e(?=[^aeiou]{1,2}$)", "a"),
    (r"z$", "d"),
    (r"t$", "t"),
    (r"st$", "sc"),
    (r"$", "l"),
)
SHORTEST_ROOT = 2
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=KEPT)
def kin_of(word: str, language: str, told_in: str) -> frozenset[str]:
    """Keys (`keys_of`) of words in `told_in` from which a folded word in `language` follows."""
    return _looked_up("kin", word, language, told_in)


@lru_cache(maxsize=KEPT)
def opposites_of(word: str, language: str, told_in: str) -> frozenset[str]:
    """Keys of words in `told_in` that say the opposite of a folded word in `language`."""
    return _looked_up("opposites", word, language, told_in)


@lru_cache(maxsize=KEPT)
def keys_of(word: str, language: str) -> frozenset[str]:
    """What a folded word is looked up by: stems; in Romanian the words of the tables that it may be a form of."""
    if language == "ro":
        return frozenset(_lemmas(word))
    return frozenset({stem(word, "en"), *_table("forms-en").get(word, "").split()})


@lru_cache(maxsize=KEPT)
def is_mostly_verb(word: str, language: str) -> bool:
    """Whether a folded word is a form of one that is a verb more often than anything else."""
    return language in ("en", "ro") and any(key in _table(f"verbs-{language}") for key in keys_of(word, language))


def _looked_up(name: str, word: str, language: str, told_in: str) -> frozenset[str]:
    if language not in ("en", "ro") or told_in not in ("en", "ro"):
        return _NONE
    table = _table(f"{name}-{language}-{told_in}")
    return _NONE.union(*(table[key].split() for key in keys_of(word, language) if key in table))


def _lemmas(form: str) -> Iterator[str]:
    known = _table("kin-ro-en")
    if form in known:
        yield form
    for endings, whole in _SUFFIXES:
        for ending in endings:
            root = form.removesuffix(ending)
            if len(root) < SHORTEST_ROOT or (root == form and ending):
                continue
            for one in _roots(root):
                if f"{one}{whole}" in known:
                    yield f"{one}{whole}"


@lru_cache(maxsize=KEPT)
def _roots(root: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((root, *(re.sub(soft, hard, root) for soft, hard in _HARDER))))


@cache
def _table(name: str) -> dict[str, str]:
    text = gzip.decompress((_FOLDER / f"{name}.tsv.gz").read_bytes()).decode()
    return dict(line.split("\t") for line in text.splitlines())

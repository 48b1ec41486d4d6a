"""Translations of single words between Romanian and English, as stems: what a text may call a word of a question.

From the lexicon in `assistant/lexicon`, read when first needed. A word stands alone here: which of its senses is meant
is not known, and names are not in it. What translations are for is not known either.
"""

import gzip
import re
from functools import cache, lru_cache
from pathlib import Path

from assistant.grammar import grammar
from corpus.words import fold, stem, words

_FOLDER = Path(__file__).with_name("lexicon")
_LANGUAGES = ("en", "ro")
_ENDINGS = ("eaz", "easc", "and", "ind", "ur", "e")
"""What the Romanian stemmer, made for words with their accents, leaves on forms: `lucrează`, `lucrând`, `cursuri`."""
LIKELY = 2
"""Translations of an English word, each with its forms, that are its meaning more often than not."""
_COGNATES = tuple(
    (re.compile(rf"(?<=[a-z]{{3}}){romanian}$"), english)
    for romanian, english in (
        ("i[zs]ar(?:e|ea|ii)", "ization"),
        ("(?<=[aiuc])ti(?:e|i|ei|a|ile|ilor)", "tion"),
        ("itat(?:e|i|ii|ea|ile|ilor)", "ity"),
        ("logi(?:e|i|ei|a|ile|ilor)", "logy"),
        ("ism(?:ul|ului)?", "ism"),
        ("iv(?:a|e|i|ul|ului)?", "ive"),
    )
)
"""Endings, folded, of words that both languages took from Latin, Greek or French.

Those of which more than a third give English words that WordNet has (57 % of words in `-tion`); `-ic` (22 %), `-ist`
and `-ize` do not, and what they give wrongly is no word at all."""


def translations(stemmed: str, language: str) -> tuple[str, ...]:
    """Stems in the other language for a stem (`corpus.words.stem`) in `language`, `en` or `ro`; none if unknown.

    The most likely word first; behind each word's stem those of its other forms, such as `taught` behind `teach`.
    Raises ValueError for another language.
    """
    if language not in _LANGUAGES:
        raise ValueError(f"no lexicon for {language!r}; there is one for 'en' and one for 'ro'")
    if language == "ro":
        lemmas = (stemmed, *(stemmed.removesuffix(ending) for ending in _ENDINGS if stemmed.endswith(ending)))
        return tuple(next((_table("ro-en")[one] for one in lemmas if one in _table("ro-en")), "").split())
    found = _table("en-ro").get(stemmed, "").split()
    return tuple(dict.fromkeys(one for word in found for one in (word, *_table("ro-forms").get(word, "").split())))


@lru_cache(maxsize=4096)
def translations_of(word: str, language: str) -> tuple[str, ...]:
    """The same for a word as it is written, in any form, case and spelling; none for what is no single word.

    A Romanian word that the lexicon lacks is made English by its ending: `globalizare` gives the stem of globalization.
    """
    folded = fold(word.strip())
    if words(folded) != [folded]:
        return ()
    found = translations(stem(folded, language), language)
    if language == "en":
        return tuple(one for one in found if one not in _closed_stems("ro"))
    return found or _cognates(folded)


def likely_first(word: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Translations of a word in two tiers, of which the second counts only where a text holds none of the first.

    A volunteer is „voluntar” before „oferi”, and „tineri” the young before they "hold": a word that goes with any
    question is the least likely.
    """
    found, other = translations_of(word, language), "en" if language == "ro" else "ro"
    likely = set(found)
    if language == "en":
        lemmas = _table("en-ro").get(stem(fold(word), "en"), "").split()[:LIKELY]
        likely = {one for lemma in lemmas for one in (lemma, *_table("ro-forms").get(lemma, "").split())}
    first = tuple(one for one in found if one in likely and one not in _helper_stems(other))
    return tuple(tier for tier in (first, tuple(one for one in found if one not in first)) if tier)


@cache
def _helper_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in grammar().helper_words[language])


@cache
def _closed_stems(language: str) -> frozenset[str]:
    """Stems of closed-class words, which a form of a telling word may share: `prins` and „prin”."""
    return frozenset(stem(word, language) for word in grammar().function_words[language])


def _cognates(folded: str) -> tuple[str, ...]:
    made = (ending.sub(english, folded) for ending, english in _COGNATES if ending.search(folded))
    return tuple(stem(word, "en") for word in made)


@cache
def _table(name: str) -> dict[str, str]:
    """By stem other stems, as one string: splitting twenty thousand when a few are asked for takes too long."""
    text = gzip.decompress((_FOLDER / f"{name}.tsv.gz").read_bytes()).decode()
    return dict(line.split("\t") for line in text.splitlines())

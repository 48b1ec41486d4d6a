"""Names of places word by word, in the forms in which English and Romanian sentences have them.

`corpus.places` has the names of countries and CLDR those of parts of the world; here is how they are inflected.
Does not know what a question is.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from corpus.country_names import country_names
from corpus.places import DIVISION
from corpus.words import fold, words

Words = tuple[str, ...]
"""The folded words of a name."""

COUNTIES = frozenset("judetul judetului judet jud county counties".split())
"""Beside a name they say which part of a country it is."""
TOWNS = frozenset(
    "orasul orasului oras municipiul municipiului comuna comunei com satul satului sat localitatea localitatii"
    " town city village commune municipality".split()
)
"""Before a name they say what kind of town or village it is."""
TOWNS_BEHIND = frozenset("town village commune municipality".split())
"""The same behind a name; a city may have it in its own: Kansas City."""
_TOWN = re.compile(
    r"^(?:the )?(?:orasul|oras|municipiul|mun|comuna|com|satul|sat|localitatea"
    r"|(?:town|city|village|commune|municipality) of) (?=\S)|(?<=\S) (?:town|village|commune|municipality)$"
)

TELLING_LETTERS = 5
"""Letters by which a word is known for one of a region's: `latino-american`, America Latină."""
_GENITIVES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ele", ("elor",)), ("ile", ("ilor",)), ("oua", ("oii",)), ("ea", ("ei", "ii")), ("ca", ("cii", "cei")),
    ("ga", ("gii", "gei")), ("a", ("ei",)), ("ul", ("ului",)), ("u", ("ul", "ului")), ("e", ("elor",)),
    ("", ("ul", "ului")),
)  # fmt: skip
"""How Romanian names end, and how with an article or in the genitive; the first ending that fits counts."""
_CEDILLAS = str.maketrans("şţ", "șț")


@cache
def names_of_countries() -> dict[Words, str]:
    """Every name of a country in all its forms, and the country's alpha-2 code; names count before other forms."""
    named = [(tuple(words(name)), code) for name, code in country_names()]
    inflected = {form: code for name, code in reversed(named) for form in forms(name)}
    return inflected | dict(reversed(named))


@cache
def names_of_regions() -> frozenset[Words]:
    """Names of several words for parts of the world, which CLDR has by numbers, in all their forms."""
    from babel import Locale

    named = [(code, name) for language in ("en", "ro") for code, name in Locale(language).territories.items()]
    regions = [tuple(words(name)) for code, name in named if code.isdigit()]
    return frozenset(form for region in regions if len(region) > 1 for form in forms(region))


def is_of_region(before: str, word: str) -> bool:
    """Whether two folded words are made from the name of a part of the world: `South American`, `latino-american`."""
    told = {before[:TELLING_LETTERS], word[:TELLING_LETTERS]}
    return len(told) > 1 and any(told <= {part[:TELLING_LETTERS] for part in region} for region in names_of_regions())


def is_spelt_otherwise(word: str) -> bool:
    """Whether a word that folds to a country's name has Romanian letters that the name has not: `ușa`, `frântă`."""
    return not _accents(word) <= _accents_of_countries().get(fold(word), set())


def ways_to_say(name: str) -> Iterator[Words]:
    """A place as a source writes it, with what follows a comma and without, with its kind and without, in all forms."""
    for one in (name, name.partition(", ")[0]):
        said = tuple(words(one))
        yield from forms(said)
        yield from forms(kind_left_out(said))


def kind_left_out(name: Words) -> Words:
    """`Cluj` of `județul Cluj`, `Iași` of `12 villages in Iași County`."""
    return tuple(_TOWN.sub("", DIVISION.sub("", " ".join(name))).split())


def place_key(name: str) -> str:
    """What the ways to write a place have in common: `jud. Timiș`, `județul Timiș`, `Timiș County`, `Timiș`."""
    said = tuple(words(name))
    return " ".join(kind_left_out(said) or said)


def forms(name: Words) -> Iterator[Words]:
    """A name, and what Romanian makes of it: `Cluj`, `Clujului`; `Marea Britanie`, `Marii Britanii`."""
    if not name:
        return
    yield name
    behind = [(word, _agreeing(word), _genitives(word)[0] if word.endswith("a") else word) for word in name[1:]]
    rests = set(zip(*behind, strict=True)) or {()}
    for first in _genitives(name[0]):
        yield from ((first, *rest) for rest in rests)


def _genitives(word: str) -> list[str]:
    ending, others = next((ending, others) for ending, others in _GENITIVES if word.endswith(ending))
    return [word.removesuffix(ending) + other for other in others]


def _agreeing(word: str) -> str:
    """An adjective or a second noun beside a genitive: `Arabiei Saudite`, `Marii Britanii`."""
    return f"{word[:-1]}e" if word.endswith("a") else f"{word[:-1]}i" if word.endswith("ie") else word


@cache
def _accents_of_countries() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, _ in country_names():
        if len(told := tuple(words(name))) == 1:
            for (form,) in forms(told):
                found.setdefault(form, set()).update(_accents(name))
    return found


def _accents(word: str) -> set[str]:
    return set("ăâîșț") & set(unicodedata.normalize("NFC", word.lower()).translate(_CEDILLAS))

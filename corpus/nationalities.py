"""Words for a country's people, language and things, in English and Romanian: `Italian`, `italienești`, `olandeză`.

No list of nations: the names of languages come from CLDR, most other adjectives are made from the names of countries by
the endings of both languages, and a table holds what neither gives. Other forms of a word are led back to one of these.
Does not know the countries' own names; `corpus.places` finds those.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import Prefix

from corpus.country_names import country_names
from corpus.places import country_code
from corpus.words import fold, words

LONGEST_WORD = 40
"""Characters; what is longer names no nation."""
SHORTEST_STEM = 4
"""Letters that have to be left of a name before an ending is put on: `Peru` does not make `perish`."""
FEWEST_ALIKE = 3
"""Letters that the name of a language shares with its country's at least: `daneză`, Danemarca."""
MOST_OF_A_PEOPLE = 50.0
"""Per cent of a country's people from which the language of no other country stands for it: Khmer, Malagasy."""

OTHER_ENGLISH = {
    "AE": "emirati", "AR": "argentine", "BF": "burkinabe", "CH": "swiss", "CI": "ivorian", "CY": "cypriot|cypriote",
    "DK": "dane", "ES": "spaniard", "FI": "finn", "GB": "british|briton|brit",
    "GB-ENG": "english", "GB-NIR": "northern irish", "GB-SCT": "scot|scots|scottish", "GB-WLS": "welsh",
    "GR": "hellenic", "HR": "croat", "IR": "persian", "LA": "laotian", "LB": "lebanese", "LI": "liechtensteiner",
    "LS": "basotho", "LU": "luxembourger", "MC": "monegasque", "ME": "montenegrin", "MZ": "mozambican",
    "NE": "nigerien", "NL": "dutch", "PE": "peruvian", "PH": "philippine|filipina",
    "PL": "pole", "RS": "serb", "SA": "saudi", "SE": "swede", "SI": "slovene", "SV": "salvadoran|salvadorean",
    "SZ": "swazi", "TL": "timorese", "TR": "turk", "XK": "kosovar",
}  # fmt: skip
"""English words, folded, that are made neither from a country's name nor from its language's."""
OTHER_ROMANIAN = {
    "AT": "austriac", "BF": "burkinabez", "BY": "bielorus", "CI": "ivorian", "CU": "cubanez", "CY": "cipriot",
    "DE": "nemt", "FR": "frantuz", "GB": "britanic", "GB-ENG": "englez", "GB-NIR": "nord irlandez",
    "GB-WLS": "galez", "HU": "ungur", "IR": "persan", "KG": "kirghiz",
    "MC": "monegasc", "MY": "malaezian", "NL": "neerlandez", "NZ": "neozeelandez|neo zeelandez", "RW": "ruandez",
    "SA": "saudit", "SV": "salvadorian", "TL": "timorez", "XK": "kosovar", "YE": "yemenit",
}  # fmt: skip
"""The same in Romanian, masculine singular; of `neamț`, which is a county as well, what its other forms begin with."""
NO_NATION = frozenset("congolese congolez dominican ciprian cyprian serban turcan turcean principese zambez".split())
"""What the endings make and is no one country's: there are two Congos, and Dominica and the Dominican Republic; the
others are names of persons, a town, a river, and a princess."""
OF_MANY = frozenset({"ar"})
"""Languages of many countries that are called like one of them: Arabic is not Saudi Arabia's alone."""
SPELT = {
    "roman": "român romîn", "romane": "române romîne", "romani": "români romîni", "romana": "română romînă romana",
    "romanul": "românul romînul", "romanului": "românului romînului", "romanele": "românele romînele",
    "romanelor": "românelor romînelor", "romance": "românce romînce", "indiana": "indiană", "georgiana": "georgiană",
    "bulgare": "bulgare", "bulgari": "bulgari", "dane": "Dane", "danes": "Danes", "pole": "Pole", "poles": "Poles",
    "scot": "Scot", "scots": "Scots",
}  # fmt: skip
"""Folded words that are other words as well, and the spellings that name a people: a `roman` is a novel, `romane` are
several, and the Romani live in many countries. `romana`, `romanii`, `romanilor`, `romanesc` need no accents."""

_ENDINGS = "an ian ean nian ese lese ez lez".split()
"""Of adjectives, behind the name of a country or what is left of it without its last vowels or its `s`."""
_INFLECTIONS = sorted(
    "a e i ul ului ii ilor ele elor ei ca ce cele celor cei oaica oaice oaicele oaicelor oaicei"
    " esc escul escului easca esti estii estilor estile este".split(),
    key=len,
    reverse=True,
)
"""Of Romanian adjectives, and of the words made from them: `rus`, `rusoaică`, `rusesc`, `rusește`."""
_SOFTENED = (("ien", "ian"), ("yen", "yan"), ("en", "ean"), ("iec", "iac"))
"""How a Romanian stem ends before some endings, and by itself: `italieni`, `italian`; `moldovenească`, `moldovean`."""
_PERSON = re.compile(r"(?<=sh|ch|ts)(?:wo)?m[ae]n$")
"""`Frenchman`, `Scotswomen`; not `German`."""


def country_of_nationality(word: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of the country whose people, language or things an adjective or noun names, or None.

    Of a country that is part of another, its ISO 3166-2 code: `Scottish`.
    In any form and case, with accents or without; several words where the country's name has several: `South African`.
    None for a word that two countries share (`Congolese`), and for one that is another word as it is spelt (`roman`).
    """
    if len(word) > LONGEST_WORD:
        return None
    folded = " ".join(words(word))
    plain = unicodedata.normalize("NFC", word.strip())
    if folded in SPELT and not {plain, plain.lower()} & set(SPELT[folded].split()):
        return None
    return None if country_code(folded) else _country(folded)


@lru_cache(maxsize=16384)
def _country(folded: str) -> str | None:
    for form in (folded, folded.removesuffix("s"), _PERSON.sub("", folded)):
        if form in _english():
            return _english()[form]
    return next((_romanian()[form] for form in _citation_forms(folded) if form in _romanian()), None)


def _citation_forms(folded: str) -> Iterator[str]:
    """The masculine singulars that a Romanian word may be a form of."""
    yield folded
    for ending in _INFLECTIONS:
        stem = folded.removesuffix(ending)
        if stem != folded:
            yield stem
            yield from (stem.removesuffix(soft) + hard for soft, hard in _SOFTENED if stem.endswith(soft))


@cache
def _english() -> dict[str, str]:
    return _settled(_adjectives(), _languages("en"), _listed(OTHER_ENGLISH))


@cache
def _romanian() -> dict[str, str]:
    """By masculine singular; CLDR has languages in the feminine."""
    languages = {name.removesuffix("a"): code for name, code in _languages("ro").items()}
    languages |= {re.sub("eac$", "ec", stem): code for stem, code in languages.items()}  # greacă, grec
    return _settled(_adjectives(), languages, _listed(OTHER_ROMANIAN))


def _settled(*sources: dict[str, str]) -> dict[str, str]:
    """The words of all sources, the last the surest, but for those that are no nation's."""
    return {word: code for source in sources for word, code in source.items() if word not in NO_NATION}


def _listed(table: dict[str, str]) -> dict[str, str]:
    return {word: code for code, row in table.items() for word in row.split("|")}


@cache
def _adjectives() -> dict[str, str]:
    """What the endings of both languages make of the names of countries; of two countries that more of it is from."""
    found: dict[str, tuple[int, str]] = {}
    for name, code in country_names():
        for folded in _parts(name):
            for adjective in _made_from(folded):
                alike = Prefix.similarity(folded, adjective)
                if alike > found.get(adjective, (-1, ""))[0]:
                    found[adjective] = (alike, code)
    return {adjective: code for adjective, (_, code) in found.items()}


def _parts(name: str) -> Iterator[str]:
    """A name's folded words; of two places in one name, each: `Trinidad & Tobago`."""
    if "," not in name:
        yield from (" ".join(words(part)) for part in re.split(r" (?:&|and|și) ", name))


def _made_from(folded: str) -> Iterator[str]:
    """Adjectives, most of which no one says; of `Coreea de Sud` and `Costa Rica` also those in one word."""
    before, _, last = folded.rpartition(" ")
    if split := re.fullmatch(r"(\w+) de (sud|nord|est)", folded):
        last, before = split[1], split[2]
    stems = {last, last.rstrip("aeiouy"), last.removesuffix("s"), re.sub("[aeiou]s$", "", last)}
    made = {stem + ending for stem in stems if before or len(stem) >= SHORTEST_STEM for ending in _ENDINGS}
    if last.endswith("a"):
        made.add(f"{last}n")
    elif last[-1:] not in "eiou":
        made.add(f"{last}i")
    if land := re.fullmatch(r"(\w+land)s?", last):
        made |= {f"{land[1]}er", f"{land[1]}ic"}
    if (people := re.sub("i?stan$", "", last)) != last and len(people) > SHORTEST_STEM:
        made.add(people)
    for adjective in made:
        yield f"{before} {adjective}".lstrip()
        if before and " " not in before:
            yield before + adjective


@cache
def _languages(language: str) -> dict[str, str]:
    """Folded names, in `language`, of the languages that stand for one country; in Romanian those in the feminine."""
    from babel import Locale

    named = Locale(language).languages
    told = ((named[code], country) for code, country in _countries_of_languages().items() if code in named)
    return {fold(name): country for name, country in told if name.isalpha() and (language == "en" or name[-1] == "ă")}


@cache
def _countries_of_languages() -> dict[str, str]:
    """Code of a language: the country it is called like among those where it is official, or the only one it has."""
    from babel import Locale
    from babel.core import get_global

    likely = get_global("likely_subtags")
    called = [Locale(language).languages for language in ("en", "ro")]
    found = {}
    for code, shares in _homes().items():
        if code in OF_MANY:
            continue
        names = [fold(name) for one in called if (name := one.get(code))]
        first = likely.get(code, "").rpartition("_")[2]
        home = max(shares, key=lambda country: (_alike(names, country), country == first))
        is_only = [*shares] == [first] and shares[first] >= MOST_OF_A_PEOPLE
        if is_only or _alike(names, home) >= FEWEST_ALIKE:
            found[code] = home
    return found


def _homes() -> dict[str, dict[str, float]]:
    """Code of a language: the countries where it is official, and how many per cent of their people speak it."""
    from babel.core import get_global

    homes: dict[str, dict[str, float]] = {}
    for country, spoken in get_global("territory_languages").items():
        for code, told in spoken.items():
            if told["official_status"] in ("official", "de_facto_official"):
                homes.setdefault(code, {})[country] = told["population_percent"]
    return homes


@cache
def _names_by_country() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, code in country_names():
        found.setdefault(code[:2], []).append(fold(name))
    return found


def _alike(names: list[str], country: str) -> int:
    """How many letters a language's name and a country's begin alike with."""
    return max((Prefix.similarity(a, b) for a in names for b in _names_by_country().get(country, ())), default=0)

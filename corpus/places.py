"""Places in a labelled value, countries in prose, and the ISO code of a country's name.

Names come from pycountry and Babel, in English and Romanian. Of places smaller than a country only the divisions of
ISO 3166-2 are known; every other place keeps its words and gets a country where the text itself gives one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.country_names import PARTS, all_names, folded_key, part_code
from corpus.gazetteer import Gazetteer, find_known, gazetteer
from corpus.words import fold

LONGEST_VALUE = 5_000
"""Characters of a value that are looked at; what is longer is a text, not a list of places."""
LONGEST_KEPT = 300
"""Characters of a value that is remembered, in case it comes again."""
LONGEST_NAME = 200
"""Characters; what is longer is a description, and its country is not looked for."""
EU_CODES = {"EL": "GR", "UK": "GB"}
"""Where the Union's two-letter codes differ from ISO's."""
STATE = re.compile(
    r"^(?:(?:the )?(?:(?!of )[a-z']+(?:-[a-z]+)? ){0,4}?(?:republic|kingdom|states?|commonwealth|union|federation"
    r"|principality|grand duchy|sultanate) of (?:the )?|the |republi[ck](?:a|ii) |regatul(?:ui)? )"
)
"""How states are called in full: "Hashemite Kingdom of Jordan"; matched against folded text."""
DIVISION = re.compile(
    r"(?:^|.* )(?:jude(?:tul|tului|tele|telor)|jud\.?|regiun(?:ea|ile)|provinci(?:a|ile)|raion(?:ul|ele)|cantonul"
    r"|(?:county|province|state|region) of) "
    r"|^(?:the |.* (?:of|in|from|din) )|(?: county| counties| region| province| district| oblast| canton| state)$"
)
"""What stands around the name of a country's part; matched against folded text."""
TOO_COMMON = frozenset(
    "central centre centro centrale center north south east west northern southern eastern western nord sud est"
    " ouest vest"
    " sul sur norte oeste este far upper lower the of and city capital territory bay area coast national"
    " district region"
    " province highlands littoral lac car bar van var lot sal mon nan tak bam lib city islands victoria".split()
)
"""Words that make no name of a country's part, alone or together: `Nord-Est`, `Western Area`."""
APPOSITION = re.compile(
    r"(?:(?:jude[tțţ]ul|raionul|comuna|sat(?:ul)?|strada|sector(?:ul)?|district)\s|(?:jud|com|str|nr|bd|no)\.\s?|\d+\b"
    r"|D\.?C\.?\b)"
)
"""What follows a comma and still tells of the place before it."""
SHARED = re.compile(
    r"\b(?:villages|communes|towns|cities|municipalities|counties|districts|communities|schools|satele|comunele|ora[sșş]ele"
    r"|jude[tțţ]ele|localit[aă][tțţ]ile)\b(?! of$)"
)
"""A noun in the plural whose country is that of every place it stands for."""
NOTHING = re.compile(
    r"(?:n\.?\s?/?\s?a\.?|none|nil|tb[acd]|unknown|not (?:applicable|specified|available)|nu este cazul|-+)", re.I
)
LABEL = re.compile(
    r"(?:region|country|county|city|town|district|province|regiunea?|[tțţ]ara|jude[tțţ]ul?|ora[sșş]ul?) ?: +", re.I
)
"""A label within a value, which is no part of the name."""
CODE = re.compile(r"(?!U[KS])[A-Z]{2}\s*(?:$|[;,|\n])")
AROUND = " \t\n\xa0,;:-–—*•▪‣◦"
CUT = re.compile(
    r"(?<!\s)\s*(?:(?P<hard>[;|•▪‣◦\n]+(?:\s*[-–*]\s)?)\s*|,\s*(?:and|și|şi|si|precum și|as well as)\s+|(?P<comma>,)\s*"
    r"|(?<=\s)(?:and|și|şi|si|precum și|as well as|&)\s+|(?<!\d)/(?!\d|/)\s*|(?<=\s)[–—]\s+)"
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Characters `start` to `end` of a text name a place; `country` is its ISO 3166-1 alpha-2 code where known.

    The span may be wider than `name`: it holds the country that the text adds (`Cluj, Romania`, `Cluj (Romania)`).
    """

    start: int
    end: int
    name: str
    country: str | None


def country_code(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code (`XK` for Kosovo) of a country's name or code; None for anything else.

    Names in English or Romanian, short, official or former, in any case; codes in capitals only.
    """
    return _country_code(name) if len(name) <= LONGEST_NAME else None


@lru_cache(maxsize=65536)
def _country_code(name: str) -> str | None:
    name = name.strip(" \t\n\xa0.,;:*")
    if name.isupper() and (code := _codes().get(name.replace(".", ""))):
        return code
    folded = folded_key(name)
    names = _by_folded_name()
    return names.get(folded) or names.get(folded.removeprefix("the ")) or names.get(STATE.sub("", folded, count=1))


@cache
def _codes() -> dict[str, str]:
    """Two- and three-letter codes."""
    import pycountry

    codes = {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    return codes | {code: code for code in codes.values()} | EU_CODES | {"XK": "XK", "XKX": "XK"}


@lru_cache(maxsize=65536)
def part_around(place: str) -> str | None:
    """The code of that one of `PARTS` in which a place is: by its words, or as a division: North Wales, Devon."""
    if len(place) > LONGEST_NAME:
        return None
    named = {part_code(one.name) for one in countries_in(place)}
    return named.pop() if len(named) == 1 else _parts_of_divisions().get(DIVISION.sub("", fold(place)).strip())


@cache
def _parts_of_divisions() -> dict[str, str]:
    """Folded name of a division of a country that has parts: the part's code."""
    import pycountry

    within = (one for one in pycountry.subdivisions if one.parent_code in PARTS)
    return {fold(one.name.partition(" [")[0]): one.parent_code for one in within}


@cache
def _by_folded_name() -> dict[str, str]:
    return {folded_key(name): code for name, code in reversed(all_names())}


@cache
def _in_prose() -> Gazetteer:
    return gazetteer(all_names())


@cache
def _divisions() -> dict[str, frozenset[str]]:
    """Folded name of a part of a country: the countries that have such a part."""
    import pycountry

    found: dict[str, set[str]] = {}
    for one in pycountry.subdivisions:
        for name in re.split(r"[\[\](),]", one.name):
            found.setdefault(fold(name.strip()), set()).add(one.country_code)
    return {
        name: frozenset(codes)
        for name, codes in found.items()
        if len(name) > 2 and not set(re.findall(r"\w+", name)) <= TOO_COMMON
    }


@cache
def _cities() -> dict[str, str]:
    """Folded name, in English or Romanian, of a city that a time zone is called by: its country."""
    from babel import Locale
    from babel.core import get_global

    territories = get_global("zone_territories")
    found: dict[str, str] = {}
    for zone, code in territories.items():
        names = [zone.rpartition("/")[2].replace("_", " ")]
        names += [str(Locale(language).time_zones.get(zone, {}).get("city", "")) for language in ("en", "ro")]
        found |= {fold(name): code for name in names if len(name) > 2 and code.isalpha() and code != "ZZ"}
    return {name: code for name, code in found.items() if name not in _by_folded_name()}


def countries_in(text: str) -> list[PlaceName]:
    """The countries that prose names with a capital letter, in order; codes do not count, `UK` and `USA` do."""
    return [
        PlaceName(found.start, found.end, text[found.start : found.end], found.key)
        for found in find_known(text, _in_prose())
        if not re.search(r"\b[Nn]ew (?:South )?$", text[: found.start])  # New Mexico
        and not (text[found.start : found.end] == "America" and _is_continent(text, found.start, found.end))
    ]


def _is_continent(text: str, start: int, end: int) -> bool:
    """Whether the words beside "America" make it more than the United States: Latin America, America de Sud."""
    before = re.search(r"(?:latin|central|south|north)\s+$", text[:start], re.I)
    return bool(before or re.match(r"\s+(?:latin|central|de (?:sud|nord))", text[end:], re.I))


def country_of(place: str) -> str | None:
    """The country of a place: of a country itself, of a part that only one country has, or the one its words name."""
    if len(place) > LONGEST_NAME:
        return None
    if not _is_brief(place) and (code := country_code(place)):
        return code
    named = {country.country for country in countries_in(place)}
    if named:
        return named.pop() if len(named) == 1 else None
    head = place.partition(", ")[0]
    for words in dict.fromkeys(
        (DIVISION.sub("", fold(place)).strip(), fold(head), DIVISION.sub("", fold(head)).strip())
    ):
        if codes := _divisions().get(words):
            return next(iter(codes)) if len(codes) == 1 else None
        if city := _cities().get(words):
            return city
    town, hyphen, _ = fold(head).partition("-")
    codes = _divisions().get(town, frozenset()) if hyphen else frozenset()  # Cluj-Napoca is in Cluj
    return next(iter(codes)) if len(codes) == 1 else None


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    cut: str
    """What stands before it: `hard`, `comma` or another mark."""


def find_places(text: str) -> list[PlaceName]:
    """The places of a labelled value, in order; `Cluj and Iași, Romania` are two, both in Romania."""
    text = text[:LONGEST_VALUE].rstrip()
    return list(_kept(text) if len(text) <= LONGEST_KEPT else _places(text))


def _places(text: str) -> tuple[PlaceName, ...]:
    if NOTHING.fullmatch(text.strip()):
        return ()
    found: list[PlaceName] = []
    piece: list[_Part] = []
    for part in _parts(text):
        if part.cut == "hard":
            found += _placed(text, piece)
            piece = []
        piece.append(part)
    return (*found, *_placed(text, piece))


_kept = lru_cache(maxsize=16384)(_places)


def _parts(text: str) -> Iterator[_Part]:
    """Cut at marks and conjunctions, but not within brackets, within a country's name, or in a description."""
    whole = [(one.start, one.end) for one in countries_in(text)]
    whole += [match.span() for match in re.finditer(r"[(\[][^()\[\]]*[)\]]", text)]
    start, before = 0, "hard"
    for match in CUT.finditer(text):
        kind = "hard" if match["hard"] else "comma" if match["comma"] else "and"
        if any(one < match.end() and match.start() < end for one, end in whole):
            continue
        if kind == "and" and re.match(r"(?!the )[\d(]*[^\W_A-ZȘȚŞŢÎÂĂ]", text[start : match.start()]):
            continue  # "nine moorings between A and B", "27 towns in A and B"
        if kind == "comma" and (APPOSITION.match(text, match.end()) or _is_code_behind(text, start, match)):
            continue
        yield _Part(start, match.start(), before)
        start, before = match.end(), kind
    yield _Part(start, len(text), before)


def _is_code_behind(text: str, start: int, comma: re.Match[str]) -> bool:
    """Whether a comma parts a town from the two letters of its state: `Los Angeles, CA`."""
    before = text[start : comma.start()].strip()
    return bool(len(before) > len("RO") and CODE.match(text, comma.end()) and not country_code(before))


def _placed(text: str, piece: list[_Part]) -> list[PlaceName]:
    """The places of what stands between two semicolons; a country behind a comma is that of the places before it."""
    found: list[PlaceName] = []
    waiting = 0
    spans = [_trim(text, part.start, part.end) for part in piece]
    codes = _codes_of([text[start:end] for start, end in spans])
    for index, ((start, end), code) in enumerate(zip(spans, codes, strict=True)):
        if start == end:
            continue
        following, cut = (codes[index + 1], piece[index + 1].cut) if index + 1 < len(piece) else (None, "")
        if following and cut == "comma" and _is_part_of(text[start:end], following) and (waiting or len(piece) == 2):
            found[len(found) - waiting :] = _in_country(found[len(found) - waiting :], following)
            found.append(PlaceName(start, end, text[start:end], following))  # the Georgia of "Atlanta, Georgia, USA"
            waiting = 1
            continue
        behind = found[len(found) - waiting :]
        if code and piece[index].cut == "comma" and behind and not (following and cut == "and"):
            settled = _in_country(behind, code)
            found[len(found) - waiting :] = settled
            waiting = 0
            if part_code(text[start:end]):
                found.append(PlaceName(start, end, text[start:end], code))  # Lewis is in Scotland, and that in Britain
                waiting = 1
                continue
            if settled[-1].country == code:
                found[-1] = PlaceName(settled[-1].start, end, settled[-1].name, code)
                continue
        made = _with_brackets(text, start, end, code)
        found += made
        waiting = 0 if code else waiting + len(made)
        if made and made[-1].country and SHARED.search(made[-1].name):
            found[len(found) - waiting :] = _in_country(found[len(found) - waiting :], made[-1].country)
    return found


def _in_country(places: list[PlaceName], code: str) -> list[PlaceName]:
    """Places that the country `code` stands behind; the last of another country by its name alone loses that."""
    given = [PlaceName(one.start, one.end, one.name, one.country or code) for one in places]
    if given and given[-1].country != code:
        given[-1] = PlaceName(given[-1].start, given[-1].end, given[-1].name, None)  # which of the two Victorias?
    return given


def _codes_of(places: list[str]) -> list[str | None]:
    """The country that each place is; `CA` is one among `UK, FR, CA`, and none in `Los Angeles, CA`."""
    codes = [country_code(place) for place in places]
    if all(len(place) <= len("RO") for place in places):
        return codes
    return [None if _is_brief(place) else code for place, code in zip(places, codes, strict=True)]


def _is_brief(place: str) -> bool:
    """Whether this may be the code of a country, and as well that of a state or a county."""
    return len(place) <= len("RO") and place not in ("UK", "US")


def _is_part_of(place: str, code: str) -> bool:
    """Whether a country's name is as well that of a part of the country `code`, and countries are not merely listed."""
    return code == "US" and code in _divisions().get(fold(place), frozenset())


def _with_brackets(text: str, start: int, end: int, code: str | None) -> list[PlaceName]:
    """`Cluj (Romania)` is one place, `Romania (Cluj, Iași)` three."""
    words = text[start:end]
    match = re.fullmatch(r"(.*?\S)\s*[(\[]([^()\[\]]+)[)\]]", words, re.DOTALL)
    if not match:
        return [PlaceName(start, end, words, code or country_of(words))]
    if inner := country_code(match[2]):
        at = start + match.start(2)
        part = [PlaceName(at, at + len(match[2]), match[2], inner)] if part_code(match[2]) else []
        return [PlaceName(start, start + match.end(1) if part else end, match[1], inner), *part]
    outer = country_code(match[1])
    if not outer:
        return [PlaceName(start, end, words, country_of(match[1]) or country_of(match[2]))]
    if not re.match(r"\W*[A-ZȘȚŞŢÎÂĂ]", match[2]):
        return [PlaceName(start, end, match[1], outer)]  # "Kosovo (under …)"
    at = start + match.start(2)
    parts = [PlaceName(at + one.start, at + one.end, one.name, one.country or outer) for one in find_places(match[2])]
    return [PlaceName(start, start + match.end(1), match[1], outer), *parts]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, stray marks and a bullet around."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(AROUND))
    piece = text[start:end].rstrip(AROUND)
    if label := LABEL.match(piece):
        start, piece = start + label.end(), piece[label.end() :]
    if piece.startswith("the ") and country_code(piece):
        start, piece = start + len("the "), piece[len("the ") :]
    if piece.endswith(".") and piece.count(".") == 1:
        piece = piece[:-1].rstrip()
    return start, start + len(piece)

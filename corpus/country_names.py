"""The names of countries, and of countries that are part of another, in English and Romanian, with their codes.

From pycountry, Babel and a table of what neither has. Does not know what a text is.
"""

import re
from functools import cache

from corpus.words import fold

# What neither pycountry nor Babel has: everyday, former and Romanian everyday names. All capitals where they must be.
OTHER_NAMES = {
    "GB": "UK|U.K.|Great Britain|Britain|Marea Britanie|Regatul Unit|Regatul Unit al Marii Britanii"
    "|United Kingdom of Great Britain|Regatului Unit",
    "US": "USA|U.S.A.|United States of America|America|SUA|Statele Unite ale Americii|Statelor Unite",
    "AE": "UAE|Emirates|Emiratele Arabe",
    "NL": "Holland|The Netherlands|Netherlands, The|Olanda|Kingdom of the Netherlands",
    "CZ": "Czech Republic|Republica Cehă",
    "MK": "Macedonia|FYROM|Macedonia, FYR|Macedonia, former Yugoslav Republic of|Republic of Macedonia"
    "|Former Yugoslav Republic of Macedonia|Republica Macedonia",
    "BA": "Bosnia|BiH|Bosnia-Herzegovina|Bosnia & Herzegovina|Bosnia și Herțegovina|Bosnia-Herțegovina",
    "TR": "Turkey|Turcia",
    "RU": "Russia|Federația Rusă",
    "KR": "South Korea|Republic of Korea|Korea|Coreea|Korea, Rep.",
    "KP": "North Korea|Korea, Dem. People's Rep.",
    "VN": "Vietnam|Viet Nam",
    "LA": "Laos|Lao PDR",
    "CI": "Ivory Coast|Cote d'Ivoire|Coasta de Fildeș",
    "CV": "Cape Verde",
    "SZ": "Swaziland",
    "MM": "Burma|Birmania",
    "TL": "East Timor",
    "CD": "DR Congo|D.R. Congo|Democratic Republic of Congo|Democratic Republic of the Congo|Congo, Dem. Rep."
    "|Congo, Democratic Republic of|Republica Democrată Congo|Zaire",
    "CG": "Congo|Republic of Congo|Congo-Brazzaville|Congo, Rep.|Congo, Republic of",
    "EG": "Egypt, Arab Rep.|Egypt, Arab Republic of",
    "IR": "Iran, Islamic Rep.",
    "VE": "Venezuela, RB|Venezuela, Republica Bolivariana de",
    "TW": "Taiwan, China",
    "SX": "St. Maarten",
    "HK": "Hong Kong SAR, China",
    "VC": "Saint Vincent & the Grenadines",
    "TT": "Trinidad & Tobago",
    "AG": "Antigua & Barbuda",
    "ST": "Sao Tome & Principe|Sao Tome|São Tomé",
    "PS": "Palestine|Palestina|West Bank and Gaza|Palestinian Territories|Occupied Palestinian Territory",
    "XK": "Kosovo|Republic of Kosovo",
    "MD": "Republic of Moldova|Republica Moldova|Moldavia",
    "BY": "Byelorussia|Belorussia",
    "LK": "Ceylon",
    "GM": "Gambia|The Gambia|Gambia, The",
    "BS": "Bahamas|The Bahamas|Bahamas, The",
    "FM": "Micronesia|Micronesia, Fed. Sts.",
    "KG": "Kyrgyz Republic",
    "SK": "Slovak Republic",
    "VA": "Vatican",
    "YE": "Republic of Yemen|Yemen, Republic of|Yemen, Rep.",
}
PARTS = {
    "GB-ENG": "England|Anglia",
    "GB-SCT": "Scotland|Scoția",
    "GB-WLS": "Wales|Țara Galilor|Țării Galilor",
    "GB-NIR": "Northern Ireland|Irlanda de Nord|Irlandei de Nord",
}
"""Countries that are part of another, by ISO 3166-2: a question about one is not about the whole."""


def country_names() -> tuple[tuple[str, str], ...]:
    """Every (name of a country as it is written, its alpha-2 code), in English and Romanian, the surest first.

    Of a country that is part of another its ISO 3166-2 code: `GB-SCT` of Scotland.
    """
    return _named()


def part_code(name: str) -> str | None:
    """The ISO 3166-2 code of a country that is part of another, by its name in English or Romanian; None for others."""
    return _parts_by_name().get(folded_key(name).removeprefix("the "))


@cache
def _parts_by_name() -> dict[str, str]:
    return {folded_key(name): code for name, code in _named() if code in PARTS}


@cache
def all_names() -> tuple[tuple[str, str], ...]:
    """(name as written, alpha-2 code), the surest first; the parts of a country are the country."""
    return tuple((name, code[:2]) for name, code in _named())


@cache
def _named() -> tuple[tuple[str, str], ...]:
    """(name as written, alpha-2 code or that of a part), the surest first."""
    import pycountry
    from babel import Locale

    pairs = [(name, code) for code, names in OTHER_NAMES.items() for name in names.split("|")]
    pairs += [(name, code) for code, names in PARTS.items() for name in names.split("|")]
    for country in pycountry.countries:
        for key in ("name", "common_name", "official_name"):
            if name := getattr(country, key, None):
                pairs.append((name, country.alpha_2))
                head, comma, tail = name.partition(", ")
                pairs += [(f"{tail} {head}", country.alpha_2)] if comma else []
    known = {country.alpha_2 for country in pycountry.countries}
    for language in ("en", "ro"):
        pairs += [(name, code) for code, name in Locale(language).territories.items() if code in known]
    pairs += [(f"{name[:-1]}ei", code) for name, code in pairs if re.fullmatch(r"\w{3,}a", name)]  # României
    pairs += [(f"St. {name[6:]}", code) for name, code in pairs if name.startswith("Saint ")]
    pairs += [(name.replace("Republica", "Republicii"), code) for name, code in pairs if name.startswith("Republica ")]
    return tuple(pairs)


@cache
def names_of(code: str) -> tuple[str, ...]:
    """The everyday names of a country, and of its parts, in English and Romanian, for looking them up in texts."""
    from babel import Locale

    parts = [name for part, names in PARTS.items() if part.startswith(code) for name in names.split("|")]
    told = [Locale(language).territories.get(code) for language in ("en", "ro")]
    return tuple(dict.fromkeys(name for name in (*told, *OTHER_NAMES.get(code, "").split("|"), *parts) if name))


def folded_key(name: str) -> str:
    """A name as it is looked up: folded, without full stops."""
    return " ".join(fold(name.replace(".", " ")).split())

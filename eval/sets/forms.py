"""The ways in which an answer may print a value: amounts, counts and dates, in English and Romanian; the gold first.

Also how names are compared where questions are made. Knows no register.
"""

import re
import unicodedata

MONTHS = "January February March April May June July August September October November December".split()
LUNI = "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split()
WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
CUVINTE = (
    "zero;unu,unul,un,o;doi,două;trei;patru;cinci;șase;șapte;opt;nouă;zece;unsprezece;doisprezece,douăsprezece;"
    "treisprezece;paisprezece;cincisprezece;șaisprezece;șaptesprezece;optsprezece;nouăsprezece;douăzeci"
).split(";")
SHORTEST_WORD = 3
"""Letters of a number word that is looked for: „un” and „o” are articles as well."""


def amount_forms(value: float) -> list[str]:
    """The ways in which an amount may be printed, a fraction also rounded or cut to a whole number."""
    if value == int(value):
        number = int(value)
        comma = f"{number:,}"
        return [comma, comma.replace(",", " "), comma.replace(",", "."), str(number)]
    forms = []
    for digits in (2, 1):
        comma = f"{value:,.{digits}f}"
        space = comma.replace(",", " ")
        forms += [comma, space, space.replace(".", ","), comma.translate(str.maketrans(",.", ".,"))]
        forms.append(comma.replace(",", ""))
    for whole in sorted({round(value), int(value)}):
        forms += amount_forms(whole)
    return list(dict.fromkeys(forms))


def count_forms(number: int) -> list[str]:
    """The ways in which a count may be printed, in words up to twenty."""
    forms = amount_forms(number) if number > 999 else [str(number)]
    if number < len(WORDS):
        forms.append(WORDS[number])
        forms += [word for word in CUVINTE[number].split(",") if len(word) >= SHORTEST_WORD]
    return forms


def date_forms(iso: str) -> list[str]:
    """The ways in which a day, given as ISO 8601, may be printed."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    return [
        iso[:10],
        f"{day} {MONTHS[month - 1]} {year}",
        f"{MONTHS[month - 1]} {day}, {year}",
        f"{day} {LUNI[month - 1]} {year}",
        f"{day:02d}.{month:02d}.{year}",
        f"{day:02d}/{month:02d}/{year}",
    ]


def without_accents(text: str) -> str:
    """As somebody types it who has no key for them."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def plain_words(text: str) -> str:
    """The words of a name in lower case, without accents and punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", without_accents(text).lower()))


def stem(word: str) -> str:
    """Singular and plural count as one word where names are told apart."""
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def stems(text: str) -> set[str]:
    """The words of a name, singular and plural as one."""
    return {stem(word) for word in plain_words(text).split()}

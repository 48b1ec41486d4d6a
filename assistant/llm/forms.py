"""A written sentence with its figures in the form its sources have them: a currency's name, “one in five”, “two times”.

Only where the sources say the same; what they do not say stays as it is written. Knows no names and no meanings.
"""

import re

from assistant.figures import figures_of
from assistant.money import money_of
from corpus.currencies import CURRENCIES
from corpus.folding import fold_keeping_length

_NAMED = re.compile(r"[^\W\d_]+ [^\W\d_]+$")
_UNSURE = {"lire": "GBP ITL TRY", "pounds": "GBP", "kroner": "NOK DKK", "krone": "NOK DKK", "kronor": "SEK",
           "coroane": "SEK NOK DKK CZK ISK", "franci": "CHF", "francs": "CHF"}  # fmt: skip
"""Names that several currencies have."""
_LONE = re.compile(rf" (?:de )?({'|'.join(_UNSURE)})\b")
_FRACTIONS = {
    "en": {"two": "half", "three": "a third", "four": "a quarter", "five": "a fifth", "six": "a sixth",
           "eight": "an eighth", "ten": "a tenth"},
    "ro": {"doi": "jumatate", "trei": "o treime", "patru": "un sfert", "cinci": "o cincime", "sase": "o șesime",
           "opt": "o optime", "zece": "o zecime"},
}  # fmt: skip
_OF_SO_MANY = {
    "en": re.compile(r"\bone (?:in|of|out of)(?: every)? (two|three|four|five|six|eight|ten)\b(?! \w+s\b)"),
    "ro": re.compile(r"\bun(?:ul|a|u) (?:din|dintre)(?: fiecare)? (doi|doua|trei|patru|cinci|sase|opt|zece)\b"),
}
_TWICE = re.compile(r"\b(?:two times|de doua ori)\b")
_IS_TWICE = re.compile(r"\b(?:twice|dubl\w+|doubl\w+)\b")
_FRACTION_TOLD = re.compile(
    r"\b(?:half|third|quarter|fifth|sixth|eighth|tenth|jumatate|treime|sfert|cincime|sesime|optime|zecime)\b"
)


def in_terms_of(text: str, held: str, language: str) -> str:
    """`text` with its figures as `held`, all that it cites, has them; `language` is that of the text."""
    theirs = fold_keeping_length(held)
    return _as_fraction(_as_twice(_as_codes(text, held), theirs), theirs, language)


def _as_codes(text: str, held: str) -> str:
    known = {one.currency for one in money_of(held)}
    for one in reversed(money_of(text)):
        name = _NAMED.search(text, one.start, one.end)
        if name and one.currency in known and fold_keeping_length(name.group()) in CURRENCIES:
            text = f"{text[: name.start()]}{one.currency}{text[name.end() :]}"
    values = {(value, one.unit) for one in figures_of(held).numbers for value in one.values}
    for match in reversed([*_LONE.finditer(fold_keeping_length(text))]):
        before = figures_of(text[: match.start()]).numbers[-1:]
        codes = [code for code in _UNSURE[match[1]].split() if code in known]
        if any((value, code) in values for one in before for value in one.values for code in codes):
            text = f"{text[: match.start()]} {codes[0]}{text[match.end() :]}"
    return text


def _as_twice(text: str, theirs: str) -> str:
    if not _IS_TWICE.search(theirs):
        return text
    for match in reversed([*_TWICE.finditer(fold_keeping_length(text))]):
        text = f"{text[: match.start()]}twice{text[match.end() :]}"
    return text


def _as_fraction(text: str, theirs: str, language: str) -> str:
    if language not in _FRACTIONS or not _FRACTION_TOLD.search(theirs):
        return text
    for match in reversed([*_OF_SO_MANY[language].finditer(fold_keeping_length(text))]):
        part = _FRACTIONS[language].get(match[1].replace("doua", "doi"), match.group())
        part = part.capitalize() if text[match.start()].isupper() else part
        text = f"{text[: match.start()]}{part}{text[match.end() :]}"
    return text

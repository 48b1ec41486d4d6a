"""Numbers written in words, in English and Romanian, up to some hundreds; what scales them is for `corpus.numbers`."""

import re
from collections.abc import Iterator

SHORT = 4
"""Figures; of more it is a year or a sum, which nobody writes in words."""
_UNITS = "two doi doua|three trei|four patru|five cinci|six sase|seven sapte|eight|nine|ten zece".split("|")
_TEENS = (
    "eleven unsprezece|twelve doisprezece douasprezece|thirteen treisprezece|fourteen paisprezece"
    "|fifteen cincisprezece|sixteen saisprezece|seventeen saptesprezece|eighteen optsprezece|nineteen nouasprezece"
).split("|")
_TENS = (
    "twenty douazeci|thirty treizeci|forty patruzeci|fifty cincizeci|sixty saizeci|seventy saptezeci|eighty optzeci"
    "|ninety nouazeci"
).split("|")
NUMBER_WORDS = {
    name: number
    for first, step, rows in ((2, 1, (*_UNITS, *_TEENS)), (20, 10, _TENS))
    for number, names in enumerate(rows)
    for number in (first + number * step,)
    for name in names.split()
}
"""Folded words that are a number and nothing else."""
_FORMS: dict[int, tuple[str, ...]] = {}
for _name, _value in NUMBER_WORDS.items():
    _FORMS[_value] = (*_FORMS.get(_value, (str(_value),)), _name)
_UNSURE = {"one": 1, "opt": 8, "noua": 9}
"""Words that may be a number: `one of them`, `to opt`, `a new one` in Romanian."""
_LAST = NUMBER_WORDS | _UNSURE | {"unu": 1, "una": 1}


def _any(names: Iterator[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?P<tens>{_any(name for names in _TENS for name in names.split())})(?:-| si )"
    rf"(?P<unit>{_any(name for name, number in _LAST.items() if number < 10)})"
    rf"|(?P<word>{_any(iter(NUMBER_WORDS | _UNSURE))})(?P<hundred> hundred| sute)?)"
    r"(?!\w)(?!-(?!(?:minute|hour|day|night|week|month|year|page|room|bed|seat|storey|part)s?\b))"
)


def find_number_words(folded: str) -> Iterator[tuple[int, int, int, bool]]:
    """(start, end, number, is it sure to be one) of each number in words: `twelve`, `twenty-four`, `trei sute`."""
    for match in _NUMBER.finditer(folded):
        if match["tens"]:
            number = NUMBER_WORDS[match["tens"]] + _LAST[match["unit"]]
        else:
            number = _LAST[match["word"]] * (100 if match["hundred"] else 1)
        yield match.start(), match.end(), number, match["word"] not in _UNSURE or match["hundred"] is not None


def forms_of_number(word: str) -> tuple[str, ...]:
    """How a number may be written, in figures and in the words of both languages; none for another word."""
    number = int(word) if word.isdecimal() and len(word) < SHORT else NUMBER_WORDS.get(word)
    return _FORMS.get(number, ()) if number is not None else ()

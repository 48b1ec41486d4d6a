"""Funding programmes named in a value or a sentence: by name, where the trade knows it, else by shape.

Shapes are a name before or behind a word for a programme (`Creative Europe Program`, `programul Tineri în Mișcare`,
`Fondul …`), in quotation marks beside one (`“MATRA” Program`), or in quotation marks behind the giver's name. Does not
know who runs a programme, and takes no "X Fund" for a programme
that the trade does not know as one: most are organisations that give.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from corpus.gazetteer import Gazetteer, find_known, gazetteer

MOST_WORDS = 10
"""Words of a programme's name; what is longer is a sentence in capitals."""

_KIND = "Programmes?|Programs?|Scheme|Facility|Initiative|Grants|Instrument|Mechanism|Sub-[Pp]rogram(?:me)?"
_SMALL = "of|for|the|and|in|on|to|da|de|la|with|&"
_CAPITAL = r"[A-ZȘȚŞŢÎÂĂÉÖÜÅÆØ\d][\w'’.+-]{0,40}"
_YEARS = r"(?:,?\s*\(?\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b\)?)"
_QUOTED = r"[„“\"«][^„“”\"«»\n]{2,80}[”“\"»]"

ENGLISH = re.compile(
    rf"(?<![\w-])(?:{_CAPITAL}\s(?:(?:{_CAPITAL}|{_SMALL})\s){{0,{MOST_WORDS}}}|{_QUOTED}\s)(?:{_KIND})\b{_YEARS}?"
)
NAMED_AFTER = re.compile(
    rf"\b(?:[Pp]rogram(?:me)?|[Ss]cheme|[Ii]nitiative)\s+(?:{_QUOTED}|(?=\w*[A-Z]){_CAPITAL}(?:/{_CAPITAL})?(?:\s{_CAPITAL}){{0,5}})"
)
_SMALL_RO = "de|din|în|in|și|si|şi|pentru|a|al|ale|la|cu|prin|privind|lui|pe"
ROMANIAN = re.compile(
    r"\b(?:[Pp]rogram(?:ul|ului|e|ele)?|[Ss]chem[ăaei]{1,2}|[Gg]rantur(?:i|ile|ilor)"
    r"|[Mm]ecanism(?:ul|ului)|[Ff]acilitat(?:ea|ii)|[Ii]nițiativ(?:a|ei)|[Cc]ontribuți(?:a|ei))\s+"
    rf"(?:{_QUOTED}|(?:(?:de|pentru|al|a|operațional|operational|național|regional|european)\s){{0,3}}{_CAPITAL}"
    rf"(?:\s(?:(?:{_SMALL_RO})\s){{0,2}}{_CAPITAL}){{0,{MOST_WORDS}}}){_YEARS}?"
)
BEHIND_ITS_KIND = re.compile(
    r"\b(?:[Pp]rogram(?:me|ul|ului|ele)?|[Ss]chem(?:e|a)|[Ii]nstrument(?:ul|ului)?|[Ff]ond(?:ul|uri|urile)|EU(?:['’]s)?|UE"
    r"|[Tt]hrough|[Uu]nder|via|[Pp]rin|[Gg]rants?|[Ff]unded by|[Ff]inanced by|[Ff]inan[țţt]at[ăae]? (?:de|din|prin))"
    r"\s+(?:the\s+)?[„“\"«]?$"
)
BEFORE_ITS_KIND = re.compile(
    r"[”“\"»]?\s(?:(?:19|20)\d\d\b|projects?|exchanges?|mobilit\w+|funds|funding|grants?|calls?|partnerships?|KA\d)\b"
)
CAPITAL_BEHIND = re.compile(r"[”“\"»]?\s(?!Programm?e?\b|KA\d)[A-ZȘȚŞŢÎÂĂ]\w*[A-Za-z]")
ALONE_BEFORE = re.compile(r"(?:^|[,;/(|:•–+\n]|\s-)\s*[„“\"«]?$")
ALONE_BEHIND = re.compile(r"[”“\"»]?\s*(?:$|[,;/)|•–+\n]|-\s|\.$)")
LONGEST_HINT = 24
"""Characters before a name in which a word may say that it is a programme's."""
LONGEST_VALUE = 160
"""Characters; in a longer text a name between two commas need not be a programme's."""
LONGEST_KEPT = 600
"""Characters of a text that is remembered, in case it comes again."""
AMBIGUOUS = "ambiguous"
"""The list of names that have other bearers."""
GENERIC = frozenset(
    "training summer winter pilot youth mentoring exchange education school reading small micro grants".split()
)
"""Capitals before `Program` that make no name."""
COMPETITION = re.compile(
    rf"\b(?:competitions?|contest|call(?: for (?:projects|proposals))?|concurs(?:ul|ului)?|apel(?:ul"
    rf"|ului)?)\s+({_QUOTED})",
    re.IGNORECASE,
)
BEHIND_GIVER = re.compile(rf"\s*[^,„“”\"\n]{{2,60}},\s*({_QUOTED})\s*")
LEADING = re.compile(r"(?:(?:The|This|That|Our|Its|Their|A|An|Each|Under|Within|In|Through|From|By|For|With|And)\s+)+")
# What may stand behind a known name and still be of it.
TAIL = re.compile(
    rf"(?:\s?\+(?!\w)|\s(?:Plus|\+))?(?:\s(?:V-?[A-C]|I{{1,3}}|IV|VI{{0,3}}|CBC|[A-C])\b)?"
    rf"(?:(?:\s(?:{_CAPITAL}|of|for|and|da|de)){{0,6}}?\s(?:[Pp]rogram(?:me)?|[Ss]cheme|[Gg]rants?|[Ff]und)\b)?{_YEARS}?"
)
SUB = re.compile(
    r"(?:\s[–-]|,)\s(?:(?:Key )?Action|KA\d|Axa|Acțiunea|Măsura|Componenta|componenta|Component|Measure"
    r"|Priority|Strand|Call)"
    rf"(?:\s(?:{_CAPITAL}|of|for|and|de|pentru|și)){{0,6}}"
    rf"|\s[–-]\s{_CAPITAL}(?:\s{_CAPITAL}){{0,4}}\s?(?:Sub-?[Pp]rogram(?:me)?|Strand|Programme|Program)\b"
)


def find_programmes(text: str) -> list[tuple[int, int]]:
    """Characters [start, end) of each funding programme named in `text`, in order, none overlapping."""
    return list(_kept(text) if len(text) <= LONGEST_KEPT else _programmes(text))


def _programmes(text: str) -> tuple[tuple[int, int], ...]:
    known = [
        (found.start, end)
        for found in find_known(text, _known())
        if (end := _end_with_tail(text, found.end)) > found.end
        or found.key != AMBIGUOUS
        or _is_meant(text, found.start, found.end)
    ]
    shaped = list(_shaped(text))
    spans = _merged(sorted([*known, *shaped]))
    return tuple(_joined(text, spans))


_kept = lru_cache(maxsize=8192)(_programmes)


@cache
def _known() -> Gazetteer:
    with (Path(__file__).parent / "programmes.toml").open("rb") as file:
        lists = tomllib.load(file)
    return gazetteer((name, group) for group, names in lists.items() for name in names)


def _end_with_tail(text: str, end: int) -> int:
    tail = TAIL.match(text, end)
    return tail.end() if tail else end


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether a name that has other bearers is the programme's: beside a word that says so, or alone in a value."""
    if BEHIND_ITS_KIND.search(text, max(0, start - LONGEST_HINT), start) or BEFORE_ITS_KIND.match(text, end):
        return not CAPITAL_BEHIND.match(text, end)
    return (
        len(text) <= LONGEST_VALUE and bool(ALONE_BEFORE.search(text, 0, start)) and bool(ALONE_BEHIND.match(text, end))
    )


def _shaped(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (ENGLISH, NAMED_AFTER, ROMANIAN):
        for match in pattern.finditer(text):
            lead = LEADING.match(match.group())
            start = match.start() + (lead.end() if lead else 0)
            found = text[start : match.end()].split()
            if len(found) > 2 or (
                len(found) > 1 and found[0].lower() not in GENERIC
            ):  # not "The Scheme", "Small Grants"
                yield start, match.end()
    for match in COMPETITION.finditer(text):
        yield match.span(1)
    if behind := BEHIND_GIVER.fullmatch(text):
        yield behind.span(1)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _joined(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each programme with the part of it that is named behind it (`Erasmus+, Action Strategic Partnerships`)."""
    end_before = -1
    for start, end in spans:
        if start < end_before:
            continue
        sub = SUB.match(text, end)
        end_before = sub.end() if sub else end
        yield start, end_before

"""Countries in which a sentence of prose plainly puts the project: where it ran, whose libraries it worked in.

Knows the shapes of such sentences, in English and Romanian; which words name a country is in `corpus.places`. A country
that only somebody's name, a comparison or the venue of a journey mentions is passed over.
"""

import re
from collections.abc import Iterator

from corpus.places import PlaceName, countries_in

NEAR = 60
"""Characters between the word for the project and its country, titles and brackets not counted."""
_PROJECT = r"(?:project|programme|program|initiative|pilot|contract|proiect|initiativ)\w*"
PROJECT = re.compile(rf"\b{_PROJECT}")
PLACED = re.compile(
    rf"\b{_PROJECT}\b(?:(?!\bby\b|\bde\b)[^.;]){{0,{NEAR}}}?"
    r"\b(?:in|across|throughout|din)\s+(?:the\s+)?(?:republic of\s+)?$"
)
LISTED = re.compile(r"\s*(?:,|and|si|,\s*(?:and|si))?\s*(?:(?:in|din|the|the republic of)\s+)*")
"""What stands between two countries of one list."""
ASIDE = re.compile(r"[„“\"«][^„“”\"«»]{2,300}[”“\"»]|\([^()]*\)")
_BODIES = (
    r"(?:librar(?:y|ies)|schools?|villages?|communes?|towns?|cit(?:y|ies)|communit(?:y|ies)|municipalit(?:y|ies)|localities"
    r"|count(?:y|ies)|districts?|regions?|hospitals?|clinics?|universities|kindergartens?|museums?|parishes|prisons?|farms?"
    r"|bibliotec\w*|scol\w*|sate\w*|comun\w*|oras\w*|localitati\w*|judet\w*|raioan\w*|regiuni\w*|spitale\w*|universitati\w*"
    r"|gradinit\w*|muze\w*|parohii\w*|licee\w*)"
)
_NUMBER = (
    r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|doua|trei|patru|cinci|sase|sapte|opt"
    r"|noua|zece|mai multe)"
)
COUNTED = re.compile(
    rf"\b(?:in|across|from|with|din)\s+(?:the\s+|over\s+|peste\s+)?{_NUMBER}\s+(?:de\s+)?(?:[\w-]+\s+){{0,2}}?{_BODIES}"
    r"\s+(?:of|in|from|across|din)\s+(?:the\s+)?(?:republic of\s+)?$"
)
"""`in 6 public libraries of`, `din 12 județe din`."""
BRACKETED = re.compile(rf"\b{_NUMBER}\s+(?:[\w-]+\s+)?(?:countries|tari)\s*(?:\(|:\s*)(?:the\s+)?$")
"""`three countries (`: what follows is which."""
SEATED = re.compile(rf"\b{_BODIES}\s+(?:of|in|from|across|din)\s+(?:the\s+)?(?:republic of\s+)?$")
RUN_THERE = re.compile(
    r"\s+(?:run|ran|hold|held|host(?:ed)?|deliver(?:ed)?|carr(?:y|ied) out|organi[sz]ed?|launched|joined|took part in"
    r"|take part in|implement(?:ed)?|tin|au tinut|organizeaza|au organizat|gazduiesc|au gazduit|deruleaza|au derulat"
    r"|au lansat|implementeaza|au implementat|participa la|au participat la)\s+"
    r"(?:its|the project|this project|this initiative|proiectul|acest proiect|atelierele|activitatile|sesiunile)\b"
)
"""What those do who run the project where they have their seat: `libraries in Malta run its workshops`."""


def countries_told(words: str, folded: str, title: str = "") -> Iterator[tuple[int, int]]:
    """Where the countries stand that one sentence puts the project in, in order; mostly none.

    `folded` is `words` folded with its length kept, `title` the project's, folded: a sentence with it speaks of that.
    """
    chains = _chains(words, folded)
    for chain in chains:
        before, behind = folded[: chain[0].start], folded[chain[-1].end :]
        if _is_told(before, behind, folded, title):
            yield from ((one.start, one.end) for one in chain)


def _is_told(before: str, behind: str, folded: str, title: str) -> bool:
    if PROJECT.search(folded) and PLACED.search(ASIDE.sub("", before)):
        return True
    ours = bool(PROJECT.search(folded)) or (bool(title) and title in folded)
    if ours and (COUNTED.search(before) or BRACKETED.search(before)):
        return True
    return bool(SEATED.search(before) and RUN_THERE.match(behind))


def _chains(words: str, folded: str) -> list[list[PlaceName]]:
    """The countries of a sentence, those of one list together."""
    chains: list[list[PlaceName]] = []
    for country in countries_in(words):
        if chains and LISTED.fullmatch(folded, chains[-1][-1].end, country.start):
            chains[-1].append(country)
        else:
            chains.append([country])
    return chains

"""What a Romanian word may be in English, as stems, and what its ending says of the form: plural, past, who does it.

Where the stemmer leads nowhere, or cuts deeper than it has to, a word is undone by the endings and the vowels that
change before them. Knows nothing of texts.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.translation import translations, translations_of
from corpus.words import stem

_ENDINGS = sorted(
    (
        "a e i le ul ului ii ei ea lor ile ilor ele elor ului uri urile urilor"
        " am ai au eam eai eau easca esc iesc ieste iau esti este eaza ez eze and ind andu indu"
        " at ata ati ate it ita iti ite ut uta uti ute are ari area arii ere erea ire iri irea irii"
    ).split(),
    key=len,
)
_LEFT = ("", "a", "e", "i", "u")
"""What may stand in a dictionary where an ending was."""
_HARDER = (("oa", "o"), ("ea", "e"), ("z$", "d"), ("st$", "sc"))
"""What stood before an ending and what stands in a dictionary: `episoade`, episod; `strazi`, strada."""
_SHORTEST = 3

PAST, PLURAL, DOER, GOING = "past", "plural", "doer", "going"
_SHAPES = (
    (DOER, re.compile(r"(?<=[a-z]{3}[aiust])t(?:or|ori|orul|orii|orului|orilor|oare|oarea|oarei|oarele|oarelor)$")),
    (PAST, re.compile(r"(?<=[a-z]{2})(?:[aiu]t[ai]|[iu]te|(?<!t)ate)$")),
    (GOING, re.compile(r"(?<=[a-z]{3})[ai]ndu?$")),
    (PLURAL, re.compile(r"(?<=[a-z]{2})(?:ile|ele|ilor|elor|uri|urile|urilor|(?<!e)(?<!lu)i)$")),
)
_PARTICIPLE = re.compile(r"(?:[aiu]t|s)[aie]?$")


@lru_cache(maxsize=32768)
def english_stems(folded: str) -> tuple[str, ...]:
    """Stems of the English words for a Romanian one in any form, the likeliest first; none where none is known."""
    direct, root = translations_of(folded, "ro"), stem(folded, "ro")
    if direct and (folded == root or folded.removeprefix(root) in _ENDINGS):
        return direct
    for one in _undone(folded):
        if direct and len(one) <= len(root):
            break
        if found := translations(one, "ro"):
            return found
    return direct


def _undone(folded: str) -> Iterator[str]:
    """What may stand in the lexicon for a word, the longest first."""
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            root = folded.removesuffix(ending)
            yield from (root + left for left in _LEFT if left != ending)
            for soft, hard in _HARDER:
                if (harder := re.sub(soft, hard, root)) != root:
                    yield from (harder + left for left in _LEFT)


def shape_of(folded: str, *, is_spoken: bool) -> str:
    """What the ending of a word says; `is_spoken` if it stands behind an auxiliary, where most are participles."""
    if is_spoken and is_participle(folded):
        return PAST
    return next((name for name, ending in _SHAPES if ending.search(folded)), "")


def is_participle(folded: str) -> bool:
    """Whether a word looks like one: `primit`, `deschisa`."""
    return _PARTICIPLE.search(folded) is not None

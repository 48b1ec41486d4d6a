"""Forms of Romanian words by rule, folded: what a lemma may look like in a sentence, more of them than there are.

Gender and class of a word are not known, so that the endings of all are put on; a form that no one says is met nowhere.
Does not know the forms of irregular verbs.
"""

import re
from collections.abc import Iterator

_CONSONANT = "ul ului i ii ilor uri urile urilor e ele elor a ei"
_NOUN = (
    ("ie", "ia iei ii iile iilor"),
    ("iu", "iul iului ii iile iilor iuri"),
    ("eu", "eul eului ee eele eelor ei eii eilor euri"),
    ("u", "ul ului i ii ilor uri urile urilor e ele elor a"),
    ("ea", "eaua elei ele elele elelor"),
    ("a", "a ei e ele elor i ii ile ilor"),
    ("e", "ea ei ii i ile ilor ele elui"),
    ("i", "iul iului ii iilor"),
)
_VERB = (
    ("ea", "ut uta uti ute and ere erea use"),
    ("a", "at ata ati ate and ase are area arii ari eaza ez"),
    ("i", "it ita iti ite ind ise ire irea irii iri este esc easca"),
    ("e", "ut uta uti ute and ere erea use"),
)
_PLURALS = frozenset("i ii ile ilor e ele elor ei".split())
_SOFTER = (
    (r"oa(?=[^aeiou]+$)", "o"),  # școală, școli
    (r"ea(?=[^aeiou]+$)", "e"),  # cetățean, cetățeni
    (r"(?<![aeiou])a(?=[^aeiou]{1,2}$)", "e"),  # număr, numere; masă, mese
    (r"ia(?=[^aeiou]+$)", "ie"),  # băiat, băieți
    (r"(?<=[^aeiou])a(?=n[td]r?$|n$)", "i"),  # cuvânt, cuvinte
    (r"^(.*)a(.*)a(?=r$)", r"\1i\2e"),  # tânăr, tineri
    (r"d$", "z"),  # stradă, străzi
    (r"l$", ""),  # copil, copii
    (r"sc$", "st"),  # românesc, românești
    (r"or$", "oar"),  # învățător, învățătoare
    (r"e(?=[^aeiou]+$)", "ea"),  # întreg, întreagă
)


def forms(word: str, part: str) -> Iterator[str]:
    """Forms of a folded lemma besides itself; `part` is `n`, `v`, `a` or `r`."""
    if part == "v":
        yield from _verb_forms(word)
    elif part in "na":
        yield from _noun_forms(word)


def sure_forms(word: str, part: str) -> Iterator[str]:
    """The few forms of a noun that are there whatever its gender: with the article, and the plural of most."""
    if part in "na":
        ending = next((ending for ending, _ in _NOUN if word.endswith(ending)), "")
        root = word.removesuffix(ending)
        yield from (root + put for put in (("ul", "ului", "i", "ii", "ilor") if not ending else ("ii", "i", "ilor")))


def _noun_forms(word: str) -> Iterator[str]:
    ending, endings = next(((e, one) for e, one in _NOUN if word.endswith(e)), ("", _CONSONANT))
    root = word.removesuffix(ending)
    for put in endings.split():
        yield root + put
    for hard, soft in _SOFTER:
        softer = re.sub(hard, soft, root)
        if softer != root:
            yield from (softer + put for put in endings.split() if put in _PLURALS)


def _verb_forms(word: str) -> Iterator[str]:
    for ending, endings in _VERB:
        if word.endswith(ending):
            root = word.removesuffix(ending)
            yield from (root + put for put in endings.split())
            if ending == "e":  # deschide, deschis
                yield from (root[:-1] + put for put in ("s", "sa", "si", "se", "sese"))
            return

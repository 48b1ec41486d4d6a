"""The sample corpus with its project names, organisations and amounts replaced by invented ones, and its questions too.

A name keeps its shape: the number of its words, their lengths and capitals; the same word becomes the same word
everywhere, and a typo in a question is made again in the invented name. An amount keeps its digits' pattern; sums and
averages of the gold are computed anew. Kept are words of grammar, kinds of organisations, places, and public bodies
that documents and questions name in two languages (the European Commission, an embassy).
"""

import random
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import OSA

from corpus.words import fold

SEED = 7
KEPT = set(
    "the of for in as no to de da sa mea meu conference forum trust institute foundation centre grants "
    "fundatia fundatiei".split()
)
TITLES = """
Silver Stories; DigiTales; New Challenge for Public Libraries; New Lib; Learning circle in libraries; Learning circle;
Learning circles in libraries; CODE Kids; Ora să ȘTIM; Time to KNOW STEM; Școala de Reporteri SDG; Școala de Reporteri;
Occupy Library Innovators Hub; Innovators Hub; Occupy Library; Public Libraries as Hubs for Active Citizenship;
Public Libraries as Hubs; third space of the community; Third Place for Active Citizenship; Third Place; Socacitele;
community caterers; caterers; Schollar performance no matter the social level; Schollar performance; secretul meu;
My secret
"""
ORGANISATIONS = """
Progress Foundation; Fundația Progress; Fundației Progress; Casa Ema; Goldsmiths; Grundtvig; Leonardo da Vinci; IREX;
Consorzio Sistema Bibliotecario Nord Ovest; Bicocca; Lucio Craveiro Da Silva; Iorga; Creative Europe; Erasmus; MATRA;
EEA Grants; Deutsche Telekom Stiftung; ABRM; Goethe; Volunteer Readers; FINGO; FOND; CROSOL; CONCORD; Eduact; Ashoka;
Center for Cultural Management; Building CSO Capacity; IFLA; Next Library; ANBPR; Eifl; FRSI; Public Libraries 2030;
Wikimedians; Qulto; Solus; Antim; Ivireanul; Kirileanu; Plămădeală; Cantemir; Lesya; Ukrainka; Raiffeisen; Etic; Aspen;
Romanian-American Foundation; CEZ; Vânzare; Societe Generale Global Solution Centre
"""
NAMES = tuple(" ".join(name.split()) for name in f"{TITLES};{ORGANISATIONS}".split(";"))
GLUED = {  # as it is typed or stands in a link → its words
    "codekids": "CODE Kids", "occupylibrary": "Occupy Library", "progressfoundation": "Progress Foundation",
    "newlib": "New Lib", "ovidiurogoethe": "OvidiuRo Goethe", "institutebookster": "Institute Bookster",
}  # fmt: skip
SPLIT = {("digi", "tales"): "digitales"}
AMOUNTS = {  # as it stands in the corpus → invented, in the same order of size and on the same side of round sums
    "279.014": "268.351", "245.884": "239.456", "340 266.08": "317 482.65", "33,584": "36,217", "15.000": "18.000",
    "20.000": "24.000", "9,910": "8,640", "77,400": "71,300", "10,433": "12,956", "885,000": "842,000",
    "25,000": "27,000", "550,00": "730,00", "800": "600", "28.370": "26.140", "47240": "49190",
}  # fmt: skip
EEA, EC = ("245.884", "15.000"), ("20.000", "279.014", "340 266.08")
EUR = (*EEA, *EC, "33,584", "9,910", "77,400")
RON, USD = ("800", "28.370", "47240"), ("885,000", "25,000")
TOTALS = (EEA, EC, EUR, RON, USD, EC[1:], (*USD, "550,00"), ("885,000", "550,00"))
AVERAGES = (EEA, EC, EUR, RON, USD)

SINGLE_TITLES = {"digitales", "socacitele"}
"""Of names of one word only these are typed with slips in questions; Ukraine is no slip in „Ukrainka”."""

Tokens = tuple[str, ...]


def _tokens(text: str) -> Tokens:
    return tuple(fold(word) for word in re.findall(r"\w+", text))


class Invented:
    """Invented names and amounts, the same for documents and questions."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        phrases = {_tokens(one) for one in NAMES}
        self._phrases = sorted(phrases, key=lambda one: (-len(one), one))
        self._amounts = _amounts()

    def word(self, folded: str) -> str:
        """The invented word in place of one of a name, in lower case and of the same length; plural stays plural."""
        if folded in KEPT or folded.isdigit():
            return folded
        if folded.endswith("s") and len(folded) > 4 and not folded.endswith("ss"):
            return self.word(folded[:-1]) + "s"
        if folded not in self._words:
            chance = random.Random(f"{SEED}{folded}")  # noqa: S311
            start = chance.randrange(2)
            letters = ("bdfglmnprtvz", "aeiou")
            self._words[folded] = "".join(chance.choice(letters[(start + n) % 2]) for n in range(len(folded)))
        return self._words[folded]

    def text(self, text: str, *, typed: bool = False) -> str:
        """A text with its names and amounts replaced; in one that somebody has `typed` names may hold typos."""
        return self._named(self._amounts(text), typed)

    def _named(self, text: str, typed: bool) -> str:
        words = list(re.finditer(r"\w+", text))
        said, place, at = "", 0, 0
        while at < len(words):
            made = self._at(text, words, at, typed)
            for match, new in made:
                said += text[place : match.start()] + new
                place = match.end()
            at += len(made) or 1
        return said + text[place:]

    def _at(self, text: str, words: Sequence[re.Match[str]], at: int, typed: bool) -> list[tuple[re.Match[str], str]]:
        """The words of a name that begins here, each with what takes its place; empty where none does."""
        first = fold(words[at][0])
        if first in GLUED:
            return [(words[at], _cased(words[at][0], "".join(map(self.word, _tokens(GLUED[first])))))]
        for split, whole in SPLIT.items():
            if tuple(fold(match[0]) for match in words[at : at + 2]) == split:
                new = self.word(whole)
                halves = new[: len(split[0])], new[len(split[0]) :]
                return [(match, _cased(match[0], half)) for match, half in zip(words[at : at + 2], halves, strict=True)]
        for phrase in self._phrases:
            own = words[at : at + len(phrase)]
            if len(own) == len(phrase) and _is_run(text, own) and _fits([m[0] for m in own], phrase, typed):
                named = zip(own, phrase, strict=True)
                return [(m, m[0] if word in KEPT else _transferred(m[0], word, self.word(word))) for m, word in named]
        return []


def _is_run(text: str, words: Sequence[re.Match[str]]) -> bool:
    gaps = (text[one.end() : two.start()] for one, two in pairwise(words))
    return all(re.fullmatch(r"[ \n–-]|, | – ", gap) for gap in gaps)


def _fits(said: Sequence[str], phrase: Tokens, typed: bool) -> bool:
    if len(phrase) == 1 and len(phrase[0]) <= 7 and not said[0][0].isupper():
        return False  # FOND is an organisation and „fond” a word
    several = len(phrase) > 1 or phrase[0] in SINGLE_TITLES
    return all(_is_word(fold(one), word, typed and several) for one, word in zip(said, phrase, strict=True))


def _is_word(said: str, word: str, typed: bool) -> bool:
    slips = 0 if not typed or len(word) < 4 or word in KEPT else 1 + (len(word) == 7)
    return said == word or (OSA.distance(said, word, score_cutoff=slips) <= slips and said[:1] == word[:1])


def _transferred(said: str, word: str, invented: str) -> str:
    """The invented word with the slips that `said` has against `word`, and its capitals."""
    made = ""
    for kind, i, j, k, end in SequenceMatcher(None, word, fold(said), autojunk=False).get_opcodes():
        made += invented[i:j] if kind == "equal" else fold(said)[k:end] if kind != "delete" else ""
    return _cased(said, made)


def _cased(said: str, new: str) -> str:
    if said.isupper() or said.islower():
        return new.upper() if said.isupper() else new.lower()
    capitals = [letter.isupper() for letter in said] + [False] * len(new)
    return "".join(letter.upper() if upper else letter for letter, upper in zip(new, capitals, strict=False))


def value(written: str) -> Decimal:
    """What an amount of the corpus is worth: its last group of two digits, if any, are hundredths."""
    digits = re.sub(r"\D", "", written)
    return Decimal(digits) / 100 if re.search(r"[.,]\d\d$", written) else Decimal(digits)


def _amounts() -> Callable[[str], str]:
    """A function that replaces amounts, and their sums and averages, in whatever form a text has them."""
    new = {name: value(invented) for name, invented in AMOUNTS.items()}
    old = {name: value(name) for name in AMOUNTS}

    def replace(before: Decimal, after: Decimal) -> None:
        for form, made in zip(_written(before), _written(after), strict=True):
            forms.setdefault(form, made)

    forms = dict(AMOUNTS)
    for names in TOTALS:
        replace(*(sum((worth[one] for one in names), Decimal()) for worth in (old, new)))
    for names in AVERAGES:
        replace(*(sum((worth[one] for one in names), Decimal()) / len(names) for worth in (old, new)))
    for name in AMOUNTS:
        replace(old[name], new[name])
    wanted = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\d)(?<!\d[., ])(?:{wanted})(?!\d|[.,]\d| \d)")
    return lambda text: pattern.sub(lambda match: forms[match[0]], text)


def _written(amount: Decimal) -> list[str]:
    """The ways in which gold writes an amount: with and without hundredths, with each separator."""
    swapped = str.maketrans(",.", ".,")
    made = []
    for digits in (2, 0):
        comma = f"{amount:,.{digits}f}"
        space = comma.replace(",", " ")
        made += [comma, comma.translate(swapped), space, space.replace(".", ","), comma.replace(",", "")]
        made.append(made[-1].replace(".", ","))
    return made

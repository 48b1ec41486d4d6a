"""What speaks for a sentence as the answer to a question, as a few numbers that a person can read.

Knows neither weights nor thresholds; `assistant.weights` has them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.answer_types import COUNT, OTHER, holds_number, kind_of, spans_of, types
from assistant.grammar import grammar
from corpus.words import fold, stem, words

FEATURES = (
    "cosine", "overlap", "alike", "before", "behind", "around", "pairs", "plain", "typed", "untyped", "counted", "head",
    "head_near", "fits", "leans", "length", "new", "first", "position", "figures_missing", "names_missing", "passage",
)  # fmt: skip
"""In the order of their weights:

`cosine` of question and sentence under its title. Of the question's telling words, weighted by rarity: the share that
stands in the sentence, `overlap`; what they have in common with the likest word of it, `alike`; the share not there but
in the sentence before, `before`, behind, `behind`, or elsewhere in the passage or its title, `around`. `pairs`: the
share of neighbouring words of the question that stand near each other; `plain`: that of all words, closed ones too.
`typed`, `untyped`: does it hold or lack new words of the kind asked for; `counted`: the number stands with what is
counted; `head`, `head_near`: the noun behind "which" stands in it, or only beside it; `fits`: it holds what has to be
held, as far as closed-class words tell. `leans`: it begins by pointing back. `length` and `new`: logarithms of its
words and of those that are not the question's. `first`, `position`: its place in the passage, from 0 to 1.
`figures_missing`, `names_missing`: shares of the question's numbers and names in neither sentence nor passage.
`passage`: how far its passage's score lies below the best.
"""
SHORTEST_ROOT, ROOT_SHARE = 4, 0.6
"""Letters, and share of the longer word, that two words of one family begin with."""
COUNT_REACH = 4
"""Words back from what is counted to its number."""
HEAD_REACH, LEADS = 5, frozenset({"of", "de", "the", "these", "those"})
"""Words behind "which" among which its noun is looked for, and closed ones that may stand before it."""
NEAR = 4
"""Words within which two words of the question count as a pair."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be compared: `forms`, for each telling word by its stem, what stands for it and how well."""

    text: str
    kind: str
    known: frozenset[str]
    weights: Mapping[str, float]
    said: tuple[str, ...]
    heads: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    counted: tuple[str, ...]
    realised: frozenset[str] = frozenset()
    """Words that only say the kind, where a form shows it: an address with its @ is an e-mail address."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what stands around it, ready to be compared."""

    text: str
    language: str
    stems: tuple[str, ...]
    before: frozenset[str]
    behind: frozenset[str]
    around: frozenset[str]
    alike: Mapping[str, float]
    """For each telling word of the question, how like the likest word of the sentence is, up to 1."""
    place: int
    count: int


@lru_cache(maxsize=1 << 14)
def stemmed(text: str, language: str) -> tuple[str, ...]:
    """The stems of the words of `text`, in order."""
    return tuple(stem(word, language) for word in words(text))


def is_akin(one: str, other: str) -> bool:
    """Whether two words begin alike far enough to be of one family: `italian`, `italy`; `librarian`, `library`."""
    if one[:SHORTEST_ROOT] != other[:SHORTEST_ROOT] or len(one) < SHORTEST_ROOT:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= SHORTEST_ROOT and shared >= ROOT_SHARE * max(len(one), len(other))


def head_of(question: str, content: Sequence[str]) -> tuple[str, ...]:
    """The nouns right behind "which", "what" or "how many" in a folded question, among its telling words."""
    match = types().asks[kind_of(question)].search(question)
    if not match:
        return ()
    if match.group().startswith(("how ", "cat de")) and kind_of(question) != COUNT:
        return ()  # "how big is the …"
    said = words(question[match.start() :])
    behind = said[1:] if kind_of(question) != COUNT else said[len(words(match.group())) :]
    heads: list[str] = []
    for word in behind[:HEAD_REACH]:
        if word in content and word not in types().kind_nouns:
            heads.append(word)
        elif heads or word in grammar().closed - LEADS:
            break
    return tuple(heads)


def lexical(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """All features but those of vectors and passages, by name. `forms`: stems in the sentence's language, by word."""
    here: dict[str, list[int]] = {}
    for at, one in enumerate(told.stems):
        here.setdefault(one, []).append(at)
    total = sum(question.weights.values()) or 1.0
    found = dict.fromkeys(FEATURES, 0.0)
    places: dict[str, list[int]] = {}
    for word, weight in question.weights.items():
        share = weight / total
        credit, held = max(((credit, one) for one, credit in forms[word].items() if one in here), default=(0.0, ""))
        # A word in another form is not quite the word; only a translation is as good as its credit.
        if not held and word in question.realised and spans_of(question.kind, told.text, question.known):
            found["alike"] += share  # a telephone number is what "telephone number" asks for, whatever it stands behind
            found["overlap"] += share
            continue
        found["alike"] += share * max(credit if credit < 1 else 0.0, told.alike.get(word, 0.0))
        if held:
            places[word] = here[held]
            found["overlap"] += share * credit
            continue
        for name, near in (("before", told.before), ("behind", told.behind), ("around", told.around)):
            if any(one in near for one in forms[word]):
                found[name] += share
                break
    _order(question, told, places, forms, found)
    _kinds(question, told, forms, found)
    return found


def _order(
    question: Question,
    told: Told,
    places: Mapping[str, list[int]],
    forms: Mapping[str, Mapping[str, float]],
    found: dict[str, float],
) -> None:
    """Which neighbours of the question are neighbours here, and how many of all its words stand here."""
    telling = [word for word in question.said if word in question.weights]
    pairs = list(pairwise(telling))
    met = sum(
        one in places and other in places and any(abs(a - b) <= NEAR for a in places[one] for b in places[other])
        for one, other in pairs
    )
    found["pairs"] = met / len(pairs) if pairs else 0.0
    here = set(told.stems)
    plain = sum(one in places or any(form in here for form in forms[one]) for one in question.said)
    found["plain"] = plain / max(1, len(question.said))


def _kinds(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]], found: dict[str, float]) -> None:
    spans = spans_of(question.kind, told.text, question.known)
    if question.kind != OTHER:
        found["typed" if spans else "untyped"] = 1.0
    here = set(told.stems)
    if question.counted:
        found["counted"] = float(bool(counted_in(question, told.text, told.stems, forms)))
    if question.heads:
        is_here = any(one in here for word in question.heads for one in forms.get(word, ()))
        is_near = any(
            one in near for word in question.heads for one in forms.get(word, ()) for near in (told.before, told.around)
        )
        found["head"], found["head_near"] = float(is_here), float(is_near and not is_here)
    found["leans"] = float(grammar().leans_back.match(fold(told.text[:40])) is not None)
    found["length"] = math.log(1 + len(told.stems))
    found["new"] = math.log(1 + len(here.difference(*(forms[word] for word in question.said))))
    found["first"] = float(told.place == 0)
    found["position"] = told.place / max(1, told.count - 1)
    around = here | told.around | told.before | told.behind
    for name, wanted in (("figures_missing", question.figures), ("names_missing", question.names)):
        missing = sum(not any(one in around for one in forms.get(word, (word,))) for word in wanted)
        found[name] = missing / len(wanted) if wanted else 0.0


def counted_in(
    question: Question, text: str, stems: Sequence[str], forms: Mapping[str, Mapping[str, float]]
) -> list[int]:
    """Positions of words that are counted in the sentence: a number stands at most COUNT_REACH words before."""
    wanted = {one for word in question.counted for one in forms.get(word, ())}
    said = words(text)
    at = [i for i, one in enumerate(stems) if one in wanted]
    if not at:  # called by a word of the same family
        at = [i for i, one in enumerate(stems) if any(is_akin(one, other) for other in wanted)]
    return [i for i in at if holds_number(" ".join(said[max(0, i - COUNT_REACH) : i]))]


def matrix(rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    """Features `(n_sentences, n_features)` in the order of FEATURES."""
    return np.array([[row[name] for name in FEATURES] for row in rows], np.float64).reshape(len(rows), len(FEATURES))

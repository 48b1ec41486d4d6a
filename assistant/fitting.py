"""Whether a sentence can answer at all: it says something new, and holds what has to be held for what is asked.

Strict where closed-class words and forms can tell: a salary needs money, "how many clubs" a number with clubs, "when" a
time. Does not weigh; `assistant.evidence` does.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from assistant.answer_types import (
    CODE,
    COUNT,
    DURATION,
    EMAIL,
    MEASURE,
    MONEY,
    NAMES,
    OTHER,
    PERSON,
    PLACE,
    REASON,
    SHARE,
    TIME,
    holds_number,
    spans_of,
    types,
)
from assistant.features import Question, Told, counted_in, is_akin, stemmed
from assistant.grammar import LONG_NUMBER, grammar
from assistant.names import CLOSE, SHORTEST_FUZZY
from assistant.plan import Plan
from assistant.value_words import numbers
from corpus.calendars import MONTHS
from corpus.folding import fold_keeping_length
from corpus.places import countries_in
from corpus.words import fold, spans, stem, words

FEWEST_NEW_WORDS = 2
"""New words a sentence has to bring; "Progress Foundation 2024" answers nothing."""
NEEDED = frozenset({EMAIL, CODE, MONEY, SHARE})
"""Kinds that are known by their form alone."""
TOGETHER = frozenset({MONEY, SHARE, CODE})
"""Kinds of which a sentence may hold several, each with what it is of beside it."""
MOST = 0.5
"""Share of a question's words, by rarity, that the sentence has to hold more than where a reason is asked for."""
LIKELIEST = 3
"""Forms of a noun, in either language and in translation, that may stand for the one that a question defines."""
MUCH_ALIKE = 0.6
"""Likeness from which a word may stand for another."""
LISTED = re.compile(r"(?:,| and| și| si| și|;)+\s*(?:and |și |si )?")
"""What parts the names of a list."""
_CLAUSES = re.compile(r"[;:—–]")


def fits(plan: Plan, question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether nothing that the answer needs is lacking in the sentence; `forms`: stems in its language, by word."""
    kind, text = question.kind, told.text
    is_defined = not plan.subjects or plan.wants_name
    if is_defined and kind not in NEEDED and (thing := _defined(question)) and not _is_named(thing, told, forms):
        return False
    if not all(_is_near(name, told, forms) for name in question.names if name in question.weights):
        return False
    if kind in NEEDED and not spans_of(kind, text, question.known):
        return False
    if types().clock_asks.search(fold(question.text)) and not types().clock.search(fold(text)):
        return False
    if _is_another_of_order(question, told):
        return False
    if kind == PLACE and plan.wants_town and not _brings_town(question, text):
        return False
    if kind == PLACE and types().named_places.search(fold(question.text)) and not _brings_place(question, text):
        return False
    if kind == NAMES and not _lists_names(question, text):
        return False
    if kind in TOGETHER and not _stand_together(question, told, forms):
        return False
    if kind in (OTHER, PERSON, TIME) and (lone := _lone(question)) and not _is_held(lone, _by_itself(told), forms):
        return False
    if kind == REASON and not _tells_of_it(question, told, forms):
        return False
    is_figure = plan.wants_number or plan.wants_date or kind in NEEDED
    if not is_figure and _new_words(question, told, forms) < FEWEST_NEW_WORDS:
        return False
    if plan.wants_name and not _brings_name(question, text):
        return False
    if plan.wants_code and not LONG_NUMBER.search(text):
        return False
    if plan.wants_date and kind != DURATION and not grammar().times.search(fold(text)):
        return False
    if kind == DURATION and not (spans_of(DURATION, text) or spans_of(TIME, text)):
        return False
    if kind == OTHER and question.heads and not _names_thing(question, told, forms):
        return False
    if kind == MEASURE and question.heads and not _measures(question, told, forms):
        return False
    if kind == COUNT and plan.wants_number:
        return _counts(question, told, forms, types().reaching if plan.subjects else frozenset())
    return not plan.wants_number or holds_number(text)


def _is_another_of_order(question: Question, told: Told) -> bool:
    """Whether a sentence speaks of the first where the second is asked for, or of none in an order."""
    of = numbers("ordinals")
    asked = {of[word] for word in question.weights if word in of}
    named = {of[word] for word in words(told.text) if word in of}
    return bool(asked) and asked.isdisjoint(named) and (bool(named) or asked.isdisjoint({1, -1}))


def _brings_town(question: Question, text: str) -> bool:
    """Whether a name stands in the sentence that is no country's: these are not asked for."""
    return any(not countries_in(name.of(text)) for name in spans_of(NAMES, text, question.known))


def _brings_place(question: Question, text: str) -> bool:
    """Whether a name that the question does not hold stands in the sentence, or a country."""
    return bool(spans_of(NAMES, text, question.known) or countries_in(text))


def _defined(question: Question) -> str:
    """The noun of "who is the …", "what is the …": of something else the sentence tells nothing."""
    match = types().defines.search(fold(question.text))
    return match.group(1) if match and match.group(1) in question.weights else ""


def _by_itself(told: Told) -> Told:
    """The sentence without the one before it, unless it leans on that."""
    return told if grammar().leans_back.match(fold(told.text)) else replace(told, before=frozenset())


def _lone(question: Question) -> str:
    """The one word that tells what is asked, if no more than one does: "what happened to the masts"."""
    weighed = [word for word in question.weights if question.kind != TIME or word not in types().kind_nouns]
    return weighed[0] if len(weighed) == 1 and weighed[0] not in question.names else ""


def _is_named(thing: str, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a sentence, or the one before it, has a noun itself or, outside a name, one of its family.

    A town hall's name is not the mayor, whatever the two words have in common.
    """
    if stem(thing, told.language) in {*told.stems, *told.before}:
        return True
    named = spans_of(NAMES, told.text)
    plain = [one for one in spans(told.text) if not any(name.overlaps(one) for name in named)]
    stems = tuple(stem(fold(one.of(told.text)), told.language) for one in plain)
    likeliest = dict(list(forms[thing].items())[:LIKELIEST])
    return _is_held(thing, replace(told, stems=stems, alike={}), {thing: likeliest})


def _new_words(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> int:
    asked = {one for word in question.said for one in forms[word]}
    return len(set(told.stems) - asked)


def _counts(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]], ignored: frozenset[str]) -> bool:
    """Whether a number stands in the sentence, of what is counted, with something of the rest that is asked."""
    if not holds_number(told.text):
        return False
    if question.counted and not counted_in(question, told.text, told.stems, forms):
        return False
    near = replace(told, before=told.before | told.behind | told.around)
    is_held = {word: _is_held(word, near, forms) for word in question.weights if word not in question.names | ignored}
    rest = [word for word in is_held if not (word in question.counted and is_held[word])]
    if any(is_held[word] for word in rest) or len(is_held) - len(rest) > 1:
        return True
    return not rest or (not question.counted and len(rest) > 1)


def _is_held(word: str, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a word, one much like it, or one of its family stands in the sentence or in the one before it."""
    if told.alike.get(word, 0.0) >= MUCH_ALIKE:
        return True
    return any(
        one in told.before or any(one == other or is_akin(one, other) for other in told.stems) for one in forms[word]
    )


def _is_near(name: str, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a name stands in the sentence, its passage or its title, in some form or with a slip or two."""
    from rapidfuzz import fuzz

    near = {*told.stems, *told.before, *told.around, *told.behind}
    if any(one in near for one in forms[name]):
        return True
    return any(is_akin(name, one) or (len(name) >= SHORTEST_FUZZY and fuzz.ratio(name, one) >= CLOSE) for one in near)


def _stand_together(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a telling word of the question stands in one clause with what is asked for; true if it has none."""
    asked = types().asks[question.kind].search(fold(question.text))
    said = words(asked.group()) if asked and question.kind != CODE else []
    known = grammar().closed | grammar().helpers
    kinds = {word for word in said if word in known} | set(said[-1:])  # "how much did a ticket cost": not the ticket
    telling = [word for word in question.weights if word not in kinds]
    if not telling:
        return True
    found = spans_of(question.kind, told.text, question.known)
    at = 0
    for clause in _CLAUSES.split(told.text):
        end = at + len(clause)
        if any(at <= span.start < end + 1 for span in found):
            part = replace(told, stems=stemmed(clause, told.language), alike={}, before=frozenset())
            if any(_is_held(word, part, forms) for word in telling):
                return True
        at = end + 1
    return False


def _lists_names(question: Question, text: str) -> bool:
    """Whether two new names or more stand in one list."""
    found = spans_of(NAMES, text, question.known)
    return any(LISTED.fullmatch(text, one.end, other.start) for one, other in pairwise(found))


def _measures(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a number stands in the sentence, and what is measured, or a word of its family."""
    if not holds_number(told.text):
        return False
    return any(
        one == other or is_akin(one, other)
        for word in question.heads
        for one in forms.get(word, ())
        for other in told.stems
    )


def _names_thing(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether the noun behind "which", or one of its family, stands in the sentence or near it, or a new name does."""
    held = {*told.stems, *told.before, *told.around, *told.behind}
    wanted = [one for word in question.heads for one in forms[word]]
    if any(one in held or any(is_akin(one, other) for other in held) for one in wanted):
        return True
    if any(told.alike.get(word, 0.0) >= MUCH_ALIKE for word in question.heads):
        return True
    return bool(spans_of(NAMES, told.text, question.known))


def _tells_of_it(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether most of what a question asks the reason of stands in the sentence: not its subject alone."""
    alone = _by_itself(told)
    telling = {word: weight for word, weight in question.weights.items() if word not in question.names}
    held = sum(weight for word, weight in telling.items() if _is_held(word, alone, forms))
    return not telling or held > MOST * sum(telling.values())


def _brings_name(question: Question, text: str) -> bool:
    """Whether a name stands in the sentence that is not in the question: a capital not at its beginning, no month.

    What stands right behind "in" or "at" is where something was, not who did it.
    """
    folded, known = fold_keeping_length(text), {*MONTHS, *numbers("numbers")}
    return any(
        not set(words(name.group())) <= question.known | grammar().closed and fold(name.group()) not in known
        for name in re.finditer(r"(?<=[^\s.!?] )[^\W\d_a-z]\w+", text)
        if name.group()[0].isupper() and not types().sites.search(folded[: name.start()])
    )

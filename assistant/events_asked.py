"""What a question asks when, where or by whom in place of its project: "when did the swifts move in".

Knows closed-class words only: a word that describes the project stands beside its name or behind a preposition.
"""

import re
from collections.abc import Sequence

from assistant.answer_types import CODE, EMAIL, OTHER, PERSON, kind_of, types
from assistant.grammar import LANGUAGES, grammar
from assistant.plan import Plan
from assistant.translation import translations_of
from assistant.value_words import anywhere
from corpus.words import fold, stem, words

TOLD_OF_ALL = frozenset({"period", "place"})
"""Fields that tell of the project as a whole, and of nothing in it."""


def own_in(leftover: Sequence[str], unnamed: str, language: str) -> tuple[str, ...]:
    """Those of the words left over that are neither a time's verb nor say which project is meant."""
    tokens = re.findall(r"\w+", unnamed)
    verbs = [anywhere(key) for key in ("started", "ended", "ran")]
    found: list[str] = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end] in leftover:
            end += 1
        run = tokens[at:end]
        if run and not _describes(tokens, at, end, language):
            told = [word for word in run if word not in grammar().ordinals]
            found += [word for word in told if not any(verb.fullmatch(word) for verb in verbs)]
        at = end + 1
    return tuple(found)


def _describes(tokens: Sequence[str], start: int, end: int, language: str) -> bool:
    """Whether words narrow the project down: "the digital project NAME", "NAME in libraries"."""
    links = grammar().definite | (grammar().articles - ({"a"} if language == "ro" else set()))  # „s-a deschis”
    lead = start - 1
    while lead >= 0 and tokens[lead] in links:
        lead -= 1
    before, behind = tokens[lead] if lead >= 0 else "", tokens[end] if end < len(tokens) else ""
    if before in grammar().prepositions:
        return True
    is_named = behind.startswith("_") or bool(grammar().record_named.fullmatch(behind))
    return is_named and (lead < start - 1 or bool(grammar().record_named.fullmatch(before)))


def asks_of_an_event(plan: Plan) -> bool:
    """Whether only the text can answer: the time, place or head of a part, or who got money."""
    asked = {one.meaning.name for one in plan.fields}
    folded = fold(plan.question)
    is_one = not types().asks[OTHER].search(folded)  # "who founded it, and what was its budget" asks two things
    if asked == {"amount"} and plan.wants_name and is_one and kind_of(folded) == PERSON:
        return True  # "who received the grant": not how large it was
    is_led = bool(set(plan.own) - plan.names) and asks_who_led(plan)  # "did X lead it" asks of X
    return is_led or (bool(plan.own) and not plan.labels and bool(asked) and asked <= TOLD_OF_ALL)


def asks_who_led(plan: Plan) -> bool:
    """Whether nothing is asked but who led or ran something: organisations do, and people whom only the text names."""
    return bool(plan.fields) and not plan.labels and all(one.meaning.role == "implementer" for one in plan.fields)


def asks_of_an_organisation(plan: Plan) -> bool:
    """Whether organisations are spoken of, and something else is asked: their telephone, how many loans they gave."""
    if not plan.fields or any(one.meaning.name != "organisation" for one in plan.fields):
        return False
    folded = fold(plan.question)
    contact = (found for kind in (EMAIL, CODE) for found in types().asks[kind].finditer(folded))
    if any(set(words(found.group())) & set(plan.words) for found in contact):
        return True
    if not (plan.wants_number and set(plan.counted) & set(plan.leftover)):
        return False
    asks = (grammar().across["organisations"], *(one.pattern for one in plan.fields))
    return not any(one.search(word) for word in plan.counted for one in asks) and not _are_organisations(plan)


def _are_organisations(plan: Plan) -> bool:
    """Whether what is counted is a kind of organisation, by the names of those of the project: libraries, schools."""
    forms = {form for word in plan.counted for form in _forms(word)}
    forms |= {form for word in plan.counted for form in translations_of(word, plan.language)}
    named = [one.name for subject in plan.subjects if subject.project for one in subject.project.organisations]
    return any(not forms.isdisjoint(_forms(word)) for name in named for word in words(name))


def _forms(word: str) -> set[str]:
    return {word, *(stem(word, language) for language in LANGUAGES)}

"""Whether a sentence can answer at all: it says something new, and holds what has to be held for what is asked.

Strict where closed-class words and forms can tell: a salary needs money, "how many clubs" a number with clubs, "when" a
time. Does not weigh; `assistant.evidence` does.
"""

import re
from collections.abc import Mapping

from assistant.answer_types import CODE, COUNT, DURATION, EMAIL, MEASURE, MONEY, SHARE, TIME, spans_of
from assistant.features import Question, Told, counted_in, is_akin
from assistant.grammar import LONG_NUMBER, grammar
from assistant.plan import Plan
from corpus.words import fold, words

FEWEST_NEW_WORDS = 2
"""New words a sentence has to bring; "Progress Foundation 2024" answers nothing."""
NEEDED = frozenset({EMAIL, CODE, MONEY, SHARE})
"""Kinds that are known by their form alone."""


def fits(plan: Plan, question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether nothing that the answer needs is lacking in the sentence; `forms`: stems in its language, by word."""
    kind, text = question.kind, told.text
    if kind in NEEDED and not spans_of(kind, text, question.known):
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
    if kind == MEASURE and question.heads and not _measures(question, told, forms):
        return False
    if kind == COUNT and plan.wants_number:
        return _counts(question, told, forms)
    return not plan.wants_number or grammar().numbers.search(fold(text)) is not None


def _new_words(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> int:
    asked = {one for word in question.said for one in forms[word]}
    return len(set(told.stems) - asked)


def _counts(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    if not question.counted:
        return grammar().numbers.search(fold(told.text)) is not None
    return bool(counted_in(question, told.text, told.stems, forms))


def _measures(question: Question, told: Told, forms: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a number stands in the sentence, and what is measured, or a word of its family."""
    if grammar().numbers.search(fold(told.text)) is None:
        return False
    return any(
        one == other or is_akin(one, other)
        for word in question.heads
        for one in forms.get(word, ())
        for other in told.stems
    )


def _brings_name(question: Question, text: str) -> bool:
    """Whether a name stands in the sentence that is not in the question: a capital not at its beginning."""
    return any(
        not set(words(name)) <= question.known
        for name in re.findall(r"(?<=[^\s.!?] )[^\W\d_a-z]\w+", text)
        if name[0].isupper()
    )

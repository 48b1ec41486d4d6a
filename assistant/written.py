"""Who has written what an answer states, and what else has to be known of it, as text in a language.

What a page says of the same stands beside its templates. Knows no page and no language model.
"""

import re
from collections.abc import Iterator

from assistant.answer import ANSWERED, LLM, Answer
from assistant.reference import written_in

_WORDS = {
    "en": {
        "written": "Written by a language model; each sentence was checked against the words it cites.",
        "written_by": "Written by the language model {name}; each sentence was checked against the words it cites.",
        "connecting": "Sentences in italics only connect the others; they rest on no source.",
        "plainly": "Sentences between _ and _ only connect the others; they rest on no source.",
        "stopped": "Stopped before the end: more may have come.",
        "broken": "The answer broke off before its end.",
    },
    "ro": {
        "written": "Scris de un model de limbaj; fiecare propoziție a fost verificată față de cuvintele pe care le "
        "citează.",
        "written_by": "Scris de modelul de limbaj {name}; fiecare propoziție a fost verificată față de cuvintele pe "
        "care le citează.",
        "connecting": "Propozițiile cursive doar le leagă pe celelalte; nu se sprijină pe nicio sursă.",
        "plainly": "Propozițiile dintre _ și _ doar le leagă pe celelalte; nu se sprijină pe nicio sursă.",
        "stopped": "Oprit înainte de sfârșit: putea urma mai mult.",
        "broken": "Răspunsul s-a întrerupt înainte de sfârșit.",
    },
}
_ENDED = re.compile(r"[.!?…][\"”’»)\]]*$")
STOPPED, BROKEN = "stopped", "broken"
"""Why an answer may lack its end."""


def is_written(answer: Answer) -> bool:
    """Whether a language model has written what it states."""
    return answer.mode == LLM and answer.status == ANSWERED


def by_whom(language: str, model: str = "") -> str:
    """By which language model, and that it was checked."""
    words = _WORDS[written_in(language)]
    return words["written_by"].format(name=model) if model else words["written"]


def connecting(language: str) -> str:
    """What sentences in italics are."""
    return _WORDS[written_in(language)]["connecting"]


def broken_off(language: str, why: str) -> str:
    """That an answer lacks its end, and why: `STOPPED` or `BROKEN`."""
    return _WORDS[written_in(language)][why]


def plainly(sentence: str) -> str:
    """A connecting sentence where there are no italics."""
    return f"_{sentence}_"


def connects(answer: Answer) -> bool:
    """Whether it has connecting sentences."""
    return any(one.is_connecting for one in answer.statements)


def told_beside(answer: Answer, model: str = "") -> Iterator[str]:
    """What has to be known beside the plain text of an answer, in its language, a line each; often nothing."""
    if answer.notice:
        yield answer.notice
    if is_written(answer):
        yield by_whom(answer.language, model)
    if connects(answer):
        yield _WORDS[written_in(answer.language)]["plainly"]


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does; what was looked up in records stands by itself."""
    return _ENDED.search(text) is not None

"""Which of a question's sentences ask, and which parts of one it sets against each other."""

import re

from assistant.grammar import grammar
from assistant.heard import hear
from corpus.folding import fold_keeping_length
from corpus.words import fold


def without_contractions(question: str) -> str:
    """`were not` for `weren't`, so that "not" is a word."""
    said = re.sub(r"\b([Ww])on['’]t\b", r"\1ill not", re.sub(r"\b([Cc])an['’]t\b", r"\1an not", question))
    return re.sub(r"\b(\w+)n['’]t\b", r"\1 not", said)


def asks_whether(question: str) -> bool:
    """Whether a question is answered by yes or no: it begins with its verb, or asks with no word for what is wanted."""
    folded = fold(question)
    if grammar().whether.match(folded):
        return True
    is_asking = question.rstrip().endswith("?") and not grammar().asks.match(folded)
    return is_asking and grammar().whether_within.search(folded) is not None


def told_part(question: str) -> str:
    """What is asked; the whole where the question only asks for something like what stands before it."""
    asked = _asked_part(question)
    return question if grammar().across["precedent"].search(fold(asked)) else asked


def _asked_part(question: str) -> str:
    """The sentences that ask, if others stand beside them: "I write about it. Who paid?", "For a note: who paid?"."""
    sentences = re.findall(r"[^.!?]+(?:[.!](?=\S)[^.!?]*)*[.!?]*", question)
    asking = [one for one in sentences if one.rstrip().endswith("?") or grammar().asks.match(fold(one))]
    told = "".join(asking) if asking else question
    before, colon, behind = told.partition(": ")
    is_aside = colon and not grammar().asks.match(fold(before)) and not hear(before).names()
    return behind if is_aside and grammar().asks.match(fold(behind)) else told


def compared_parts(question: str) -> tuple[str, ...]:
    """What a question sets against each other: "which is larger, the one in Asia or the one in Africa"."""
    folded = fold_keeping_length(question)
    if not (grammar().across["compare"].search(folded) or grammar().asks.match(folded)):
        return ()
    found = grammar().parts.search(folded)
    return (question[slice(*found.span(1))], question[slice(*found.span(2))]) if found else ()


def clauses(question: str) -> tuple[str, str]:
    """(what is asked first, what is asked behind "and" with a word of asking of its own); empty where there is none."""
    folded = fold_keeping_length(question)
    for joined in re.finditer(rf",?\s+(?:{'|'.join(sorted(grammar().joining))})\s+(?=\w)", folded):
        asked = grammar().asks.match(folded[joined.end() :])
        if asked and not grammar().whether.fullmatch(asked.group().strip()) and joined.start() > 0:
            return question[: joined.start()], question[joined.end() :]
    return "", ""

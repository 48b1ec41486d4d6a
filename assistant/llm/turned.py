"""What is denied or only planned on one side, and stated on the other."""

import re
from collections.abc import Iterator

from assistant.llm.aligned import Aligned
from assistant.llm.strict import OPPOSITE
from assistant.llm.verbs import is_verb
from assistant.llm.word import Word
from assistant.llm.wording import wording

_CONDITION = re.compile(
    r"\b(?<!asked )(?<!know )(?<!see )(?<!whether )(?:if|unless|provided that|on condition that)\b"
    r"|\b(?<!stie )(?<!vada )(?<!afla )(?<!intrebati )(?:daca|cu conditia)\b"
)
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|provid\w+|condition\w*|when\w*|could|would|may|might|can|should|depend\w*|pending|subject to"
    r"|whether|only|daca|conditi\w+|cand|ar|poate|pot|depind\w*|numai|doar|decat|cu exceptia|planned"
    r"|planific\w*|weather|permitt\w*)\b"
)
"""What may stand for a condition."""
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[;|\n]")


def denial_faults(aligned: Aligned) -> Iterator[str]:
    """Words that the sentence denies and its sources state, or the other way round."""
    for word in _borne_out(aligned):
        places = [aligned.word(place) for place in aligned.facts(word)]
        if all(_is_turned(word, other) for other in places):
            how = "denied" if word.is_denied else "stated"
            yield f"{OPPOSITE}: {aligned.said.text[word.start : word.end]} is {how}"
            return


def _is_turned(word: Word, other: Word) -> bool:
    if "free" in other.families and "fund" in word.families:
        return "free" not in word.families
    if "free" in word.families and "fund" in other.families:
        return word.is_denied is other.is_denied
    if word.is_denied:
        return not (other.is_denied or other.is_by_denial)
    return other.is_denied and not word.is_by_denial


def plan_faults(aligned: Aligned) -> Iterator[str]:
    """Clauses that state what the sources only plan or deem possible."""
    is_planned = any(word.is_unreal for word in aligned.said.words)
    if is_planned:
        to_come = wording().future[aligned.said.language].search(aligned.said.folded)
        if to_come and not any(word.is_unreal for source in aligned.sources for word in source.words):
            yield f"still to come, but not in its source: {to_come.group()}"
    if wording().able[aligned.said.language].search(aligned.said.folded):
        return
    for clause in range(len(aligned.said.clauses)):
        words = [
            word
            for word in _borne_out(aligned)
            if word.clause == clause and not (word.is_unreal or _is_name(aligned, word))
        ]
        if not words:
            continue
        planned = [word for word in words if all(aligned.word(place).is_unreal for place in aligned.facts(word))]
        is_most = len(planned) * 2 > len(words) and not is_planned
        if is_most or any(is_verb(aligned.said, word) for word in planned):
            said = aligned.said.text[planned[0].start : planned[0].end]
            yield f"stated, but only planned or possible in its source: {said}"
            return


def condition_faults(aligned: Aligned) -> Iterator[str]:
    """What the sources say on a condition, said without one."""
    if _CONDITIONAL.search(aligned.said.folded):
        return
    words = [word for word in _borne_out(aligned) if not _is_name(aligned, word)]
    for number, source in enumerate(aligned.sources[: aligned.first_title]):
        for match in _CONDITION.finditer(source.folded):
            end = _SENTENCE_END.search(source.folded, match.end())
            within = range(source.line_at(match.start()), end.start() if end else len(source.folded))
            places = [[source.words[at].start for n, at in aligned.facts(word) if n == number] for word in words]
            if len(words) > 1 and all(any(start in within for start in own) for own in places):
                yield f"its source says it on a condition: {source.text[match.start() : match.end()]}"
                return


def _is_name(aligned: Aligned, word: Word) -> bool:
    return word.is_capital or any(place[0] >= aligned.first_title for place in aligned.places[word.at])


def _borne_out(aligned: Aligned) -> Iterator[Word]:
    for word in aligned.said.words:
        if word.tells and not word.is_strict and aligned.facts(word):
            yield word

"""Which words of a text are verbs, and where the doer stands behind one: “built by”, „susținut financiar de”.

By endings and closed-class words; there is no tagger. Does not know what a verb means.
"""

import re

from assistant.llm.clauses import Told
from assistant.llm.word import Word

_NO_VERBS = frozenset(
    "aged based interested called named related united need speed seed feed breed hundred indeed red bed".split()
)
_IRREGULAR = frozenset(
    """ran run led paid gave given built made won lost taught held wrote written sold bought found met took taken began
    begun brought sent lent drew drawn kept got put set told sewn spoke spoken chose chosen grew grown knew known drove
    driven broke broken fallen fell risen rose given shown seen become became left spent bred fed cut""".split()
)
PASSIVE = {
    "en": frozenset("is are was were be been being get got".split()),
    "ro": frozenset("este sunt era erau fost fiind fusese fusesera fi".split()),
}
"""Words before a participle by which it is passive."""
_ACTIVE_RO = frozenset("a au am".split())
_PARTICIPLE = re.compile(r"\w*(?:[aiu]t|[aiu]ta|[aiu]ti|[aiu]te|[aeiounr]s|[aeiounr]s[aei]|[pr]t|[pr]t[aei])")
_PARTICIPLE_ALONE = re.compile(r"\w{3,}(?:at|ata|ati|ate|it|ita|iti|ite|ut|uta|uti|ute)")
_OF_PLACES = frozenset("replaced followed preceded accompanied surrounded succeeded increased reduced".split())
"""Participles behind which “by” names no doer."""
_LEADS = (["to"], ["will"], ["would"], ["did"], ["not"])
BREAK = re.compile(r"[.;|:()\n–—]|\s-\s")
"""Marks that end a phrase."""
_REACH = {"en": 4, "ro": 8}
"""Words behind a verb among which “by” is looked for."""


def is_verb(one: Told, word: Word) -> bool:
    """Whether a word is a verb, by its ending and what stands before it."""
    before = [other.folded for other in one.words[max(0, word.at - 3) : word.at]]
    if one.language == "en":
        if PASSIVE["en"] & set(before) and doer_after(one, word) is not None:
            return True
        if word.folded in _NO_VERBS:
            return False
        return word.folded.endswith("ed") or word.folded in _IRREGULAR or before[-1:] in _LEADS
    is_led = bool(set(before[-2:]) & (PASSIVE["ro"] | _ACTIVE_RO)) or doer_after(one, word) is not None
    return is_led and bool(_PARTICIPLE.fullmatch(word.folded))


def doer_after(one: Told, verb: Word) -> int | None:
    """The place of the word where the doer begins behind a passive verb; None where none is told."""
    if verb.folded in _OF_PLACES or (one.language == "ro" and not _PARTICIPLE.fullmatch(verb.folded)):
        return None
    for word in one.words[verb.at + 1 : verb.at + 1 + _REACH[one.language]]:
        if "," in one.text[verb.end : word.start] or BREAK.search(one.text, verb.end, word.start):
            return None
        if one.language == "en":
            if word.folded == "by" or word.is_figure:
                return None if word.is_figure else word.at + 1
        elif _PARTICIPLE_ALONE.fullmatch(word.folded):
            return None
        elif word.folded == "de" and (begins := _doer_behind(one, verb, word)):
            return begins
    return None


def _doer_behind(one: Told, verb: Word, preposition: Word) -> int | None:
    """Behind „de”: after „către”, a name, or any word where „de” follows the verb at once."""
    following = next(iter(one.words[preposition.at + 1 : preposition.at + 2]), None)
    if following is None:
        return None
    if following.folded == "catre":
        return preposition.at + 2
    behind = next(iter(one.words[following.at + 1 : following.at + 2]), None)
    is_counted = following.is_figure and behind is not None and behind.tells
    is_told = following.is_capital or ((following.tells or is_counted) and preposition.at == verb.at + 1)
    return preposition.at + 1 if is_told else None

"""Who did what to whom, as far as a text can be read for it: active and passive, “with funding from”, labelled lines.

Read off closed-class words and endings; what is not understood is left out. Does not compare two texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.llm.aligned import ROLES
from assistant.llm.borders import ABBREVIATED
from assistant.llm.clauses import Told, told
from assistant.llm.verbs import BREAK, PASSIVE, doer_after, is_verb
from assistant.llm.word import Word
from assistant.llm.wording import unit_of
from assistant.money import MOST_KEPT

_GIVING = frozenset("from of by with between de la din cu al ale a".split())
_NOUNS = re.compile(
    r"fund(?:ing|s)?|financ(?:e|ing)|support|help|assistance|grants?|partnership|partners|collaboration|cooperation|sponsorship|donations?"
    r"|finantare\w*|fonduri\w*|sprijin(?:ul)?|sustinere\w*|ajutor(?:ul)?|parteneriat(?:ul)?|parteneri[i]?|colaborare\w*|donati\w+|grant(?:ul|uri)?"
)
_ROLE_NOUNS = re.compile(
    r"funders?|donors?|sponsors?|partners?|promoters?|implementers?|organi[sz]ers?|coordinators?|beneficiar(?:y|ies)|recipients?"
    r"|finantator\w*|donator\w*|sponsor\w*|partener\w*|promotor\w*|implementator\w*|organizator\w*|coordonator\w*|beneficiar\w*"
)
_GAVE = frozenset("give gives gave given giving dat ofera oferit oferita oferite".split())
_COPULA = {
    "en": frozenset("is are was were be been being".split()),
    "ro": frozenset("este sunt era erau fost fiind fi".split()),
}
_STOPS = frozenset(
    "in with for from to at on through under during which who that where when as after before because while than"
    " cu pentru din la prin pe sub care unde cand ca dupa inainte deoarece intr printr dintr".split()
)
_PRONOUNS = frozenset(
    "it they he she this these which who that care acesta aceasta acestea acestia el ea ei ele".split()
)
_ALSO_ALONE = frozenset("ran run runs began ended".split())
"""Verbs that need no object: what ran from March to June was led by nobody."""
_WHEN = frozenset("from until till between for since during throughout".split())
_INNER = frozenset("for in on of pentru din de".split())
"""Small words that names have within them."""
_LABEL = re.compile(r"(?:^|[|;\n.•,]\s*|\*)\s*([^|;:\n.,]{2,40}?)\**:\**\s*((?:(?!\.\s+[^.:|;\n]{2,40}:)[^|;\n])+)")
_ROW = re.compile(r"(?:^|\n)\s*([^|;:\n.,]{2,40}?)\s*\|\s*([^|\n]+)(?=\n|$)")
"""A line of a table, with its label in the first column."""


@dataclass(frozen=True, slots=True)
class Act:
    """The word that says what was done, who did it and what it was done to, as places of words; either may be empty."""

    verb: int
    families: frozenset[str]
    doers: frozenset[int]
    done: frozenset[int]
    is_by: bool = False
    """The doer is told behind “by”."""


@lru_cache(maxsize=MOST_KEPT)
def acts(text: str, language: str) -> tuple[Act, ...]:
    """What a text says was done, as far as it can be read."""
    one = told(text, language)
    return (*_labelled(one), *_nouns(one), *_verbs(one))


def _labelled(one: Told) -> Iterator[Act]:
    for match in (*_LABEL.finditer(one.folded), *_ROW.finditer(one.folded)):
        label = [word for word in one.words if match.start(1) <= word.start and word.end <= match.end(1)]
        value = frozenset(
            word.at
            for word in one.words
            if match.start(2) <= word.start < match.end(2) and one.text[word.start].isupper() and word.tells
        )
        first = next((word for word in one.words if word.start >= match.start(2)), None)
        for word in label if value and first and not first.is_figure else ():
            if word.tells:
                yield Act(word.at, word.families & ROLES, value, frozenset(), is_by=True)


def _nouns(one: Told) -> Iterator[Act]:
    for word in one.words:
        if _is_equated(one, word):
            around = frozenset(other.at for other in _equals(one, word) if one.text[other.start].isupper())
            yield Act(word.at, word.families & ROLES, around, frozenset())
        if word.is_capital or not word.families & ROLES:
            continue
        if _NOUNS.fullmatch(word.folded):
            after = one.words[word.at + 1 : word.at + 2]
            if after and (after[0].folded in _GIVING or after[0].is_capital):
                start = word.at + 1
                while start < len(one.words) and one.words[start].folded in _GIVING:
                    start += 1
                yield Act(word.at, word.families, _phrase(one, start), frozenset(), is_by=True)
        if _ROLE_NOUNS.fullmatch(word.folded):
            around = frozenset(other.at for other in _equals(one, word))
            yield Act(word.at, word.families, around, frozenset())


def _equals(one: Told, noun: Word) -> list[Word]:
    """Who is said to be what a noun says: what stands before “is” in its clause, or all else of the clause."""
    own = one.within(noun.clause)
    copulas = [word for word in own if noun.at - 4 < word.at < noun.at and word.folded in _COPULA[one.language]]
    if copulas and not any(word.folded in _COPULA[one.language] for word in own if word.at < copulas[-1].at - 1):
        own = [word for word in own if word.at < copulas[-1].at]
    return [word for word in own if word.tells and word.at != noun.at]


def _is_equated(one: Told, word: Word) -> bool:
    """Whether a noun is what somebody is said to be: “NAME was the client”, “the client was NAME”."""
    if word.is_capital or not word.tells or is_verb(one, word):
        return False
    before = {other.folded for other in one.words[max(0, word.at - 3) : word.at]}
    behind = one.words[word.at + 1 : word.at + 4]
    if behind and behind[0].tells and not behind[0].is_capital:
        behind = one.words[word.at + 2 : word.at + 5]  # „Liderul parteneriatului a fost …”
    if _COPULA[one.language] & before and ({"the", "a", "an"} & before or word.folded.endswith(("ul", "ea"))):
        return True
    is_said_to_be = behind[:1] and (
        behind[0].folded in _COPULA[one.language] or [other.folded for other in behind[:2]] == ["a", "fost"]
    )
    return bool(is_said_to_be) and any(other.is_capital for other in behind[1:])


def _verbs(one: Told) -> Iterator[Act]:
    for word in one.words:
        by = doer_after(one, word)
        if not _may_be_act(one, word, by) or not is_verb(one, word):
            continue
        before = [other.folded for other in one.words[max(0, word.at - 3) : word.at]]
        is_reflexive = one.language == "ro" and before[-2:-1] in (["s"], ["se"])
        is_led = before[-1:] != ["to"] and not PASSIVE[one.language].isdisjoint(before)
        if is_led or is_reflexive or by is not None:
            doers = _phrase(one, by) if by is not None else frozenset[int]()
            yield Act(word.at, word.families, doers, _ahead(one, word), is_by=by is not None)
        elif not _is_unsettled(one, word):
            yield Act(word.at, word.families, _ahead(one, word), _object(one, word.at + 1))


def _may_be_act(one: Told, word: Word, by: int | None) -> bool:
    if word.is_capital or word.is_figure or (one.language == "ro" and _NOUNS.fullmatch(word.folded)):
        return False
    return not word.is_light or bool(word.families & ROLES) or word.folded in _GAVE or by is not None


def _is_unsettled(one: Told, word: Word) -> bool:
    """“the people trained in 2019”, “they arrived in time”: by whom and whom is not told."""
    following = next(iter(one.words[word.at + 1 : word.at + 2]), None)
    if one.language != "en" or not (word.folded.endswith("ed") or word.folded in _ALSO_ALONE):
        return False
    if word.folded in _ALSO_ALONE:
        second = next(iter(one.words[word.at + 2 : word.at + 3]), None)
        return following is None or following.folded in _WHEN or bool(second and second.is_figure)
    return following is None or following.clause != word.clause or following.folded in _STOPS


def _phrase(one: Told, start: int) -> frozenset[int]:
    """The telling words from a place on up to the next that ends a name: a preposition, a verb, a mark."""
    found: list[int] = []
    for at in range(start, len(one.words)):
        word = one.words[at]
        previous = one.words[at - 1] if at > start else None
        following = one.words[at + 1] if at + 1 < len(one.words) else None
        if previous is not None:
            between = one.text[previous.end : word.start]
            is_short = between.startswith(".") and previous.folded in ABBREVIATED
            if (BREAK.search(between) and not is_short) or ("," in between and not word.is_capital):
                break
        is_inner = word.folded in _INNER and previous and previous.is_capital and following and following.is_capital
        if word.folded in _STOPS and not is_inner:
            break
        if (
            previous is not None
            and not word.is_capital
            and (word.folded.endswith("ed") or (word.families & ROLES and not word.is_light))
        ):
            break
        if word.tells:
            found.append(at)
    return frozenset(found)


def _object(one: Told, start: int) -> frozenset[int]:
    """What stands behind an active verb in its clause, up to a preposition that begins something else."""
    found: list[int] = []
    for at in range(start, len(one.words)):
        word = one.words[at]
        if word.clause != one.words[start].clause or (word.folded in _STOPS and found) or unit_of(word.folded):
            break
        if word.tells:
            found.append(at)
    return frozenset(found)


def _ahead(one: Told, verb: Word) -> frozenset[int]:
    """The telling words of the clause before a verb, from behind another verb on."""
    found: list[int] = []
    relative = next((word for word in one.within(verb.clause) if word.at < verb.at), None)
    if relative is not None and relative.folded in ("which", "who", "care"):
        for word in reversed(one.words[: relative.at]):
            if not word.is_capital and (found or word.tells):
                break
            if word.tells:
                found.append(word.at)
        return frozenset(found)
    for word in reversed(one.words[: verb.at]):
        if word.clause != verb.clause or (not found and word.folded in _PRONOUNS):
            break
        if word.tells and not word.families & ROLES:
            found.append(word.at)
    return frozenset(found)

"""Who did what to whom: a doer of the sentence who is another one, or the one it was done to, in the sources.

Active and passive, nouns such as “with funding from”, and labelled lines. Read off closed-class words and endings, so
that what is not understood is let be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.llm.aligned import IMPLIED, ROLES, Aligned, Place
from assistant.llm.clauses import Told, Word, told
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
_NO_VERBS = frozenset("aged based interested called named related united need speed seed feed breed hundred indeed red bed".split())
_GAVE = frozenset("give gives gave given giving dat ofera oferit oferita oferite".split())
_COPULA = {"en": frozenset("is are was were be been being".split()), "ro": frozenset("este sunt era erau fost fiind fi".split())}
_IRREGULAR = frozenset(
    "ran run led paid gave given built made won lost taught held wrote written sold bought found met took taken began begun brought sent lent "
    "drew drawn kept got put set told sewn spoke spoken chose chosen grew grown knew known drove driven broke broken left spent bred fed cut".split()
)
_PASSIVE = {"en": frozenset("is are was were be been being get got".split()), "ro": frozenset("este sunt era erau fost fiind fusese fusesera fi".split())}
_ACTIVE_RO = frozenset("a au am".split())
_PARTICIPLE = re.compile(r"\w*(?:[aiu]t|[aiu]ta|[aiu]ti|[aiu]te|[aeiounr]s|[aeiounr]s[aei]|[pr]t|[pr]t[aei])")
_PARTICIPLE_ALONE = re.compile(r"\w{3,}(?:at|ata|ati|ate|it|ita|iti|ite|ut|uta|uti|ute)")
_STOPS = frozenset(
    "in with for from to at on through under during which who that where when as after before because while than"
    " cu pentru din la prin pe sub care unde cand ca dupa inainte deoarece intr printr dintr".split()
)
_PRONOUNS = frozenset("it they he she this these which who that care acesta aceasta acestea acestia el ea ei ele".split())
_LEADS = (["to"], ["will"], ["would"], ["did"], ["not"])
_INNER = frozenset("for in on of pentru din de".split())
"""Small words that names have within them."""
_BREAK = re.compile(r"[.;|:()\n–—]|\s-\s")
_LABEL = re.compile(r"(?:^|[|;\n.•,]\s*|\*)\s*([^|;:\n.,]{2,40}?)\**:\**\s*([^|;\n]+)")


@dataclass(frozen=True, slots=True)
class Act:
    """The word that says what was done, who did it and what it was done to, as places of words; either may be empty."""

    verb: int
    families: frozenset[str]
    doers: frozenset[int]
    done: frozenset[int]
    is_by: bool = False
    """The doer is told behind “by”."""


def act_faults(aligned: Aligned) -> Iterator[str]:
    """Doers that the sources name otherwise."""
    theirs = [
        (number, act)
        for number, source in enumerate(aligned.sources[: aligned.first_title])
        for act in acts(source.text, source.language)
    ]
    for act in acts(aligned.said.text, aligned.said.language):
        yield from _other_doer(aligned, replace(act, doers=_sure(aligned, act)), theirs)


def _sure(aligned: Aligned, act: Act) -> frozenset[int]:
    """The doers as far as they are sure to be told: not those of an infinitive; of what somebody is, only names."""
    before = aligned.said.words[act.verb - 1].folded if act.verb else ""
    if not act.is_by and before in ("to", "sa"):
        return frozenset()
    if act.is_by or act.done or is_verb(aligned.said, aligned.said.words[act.verb]):
        return act.doers
    names = (at for at in act.doers if any(aligned.word(place).is_capital for place in aligned.places[at]))
    return frozenset(names)


def _other_doer(aligned: Aligned, act: Act, theirs: Sequence[tuple[int, Act]]) -> Iterator[str]:
    verb = aligned.said.words[act.verb]
    same = [(number, other) for number, other in theirs if (number, other.verb) in aligned.same(verb)]
    is_exact = bool(same)
    same = same or [(number, other) for number, other in theirs if _is_same(aligned, verb, act, number, other)]
    doers, done = _borne_out(aligned, act.doers), _borne_out(aligned, act.done)
    known = {(number, at) for number, other in same for at in other.doers if not _is_of_title(aligned, number, at)}
    suffered = {(number, at) for number, other in same for at in other.done}
    others = {(number, at) for number, other in theirs for at in other.doers if other.is_by}
    others_done = {(number, at) for number, other in theirs for at in other.done}
    name = " ".join(aligned.said.text[one.start : one.end] for one in _words(aligned.said, act.doers))
    if doers and same and not doers & known:
        if known or (is_exact and doers & suffered) or doers & others:
            yield f"in its source it is not {name} by whom: {verb.folded}"
            return
    what = " ".join(aligned.said.text[one.start : one.end] for one in _words(aligned.said, act.done))
    if done and is_exact and suffered and not done & (suffered | known) and done & (others_done - suffered):
        yield f"in its source it is not {what} that: {verb.folded}"


def _is_same(aligned: Aligned, verb: Word, act: Act, number: int, other: Act) -> bool:
    if (number, other.verb) in aligned.places[verb.at]:
        return True
    wanted = act.families & ROLES
    wanted |= frozenset[str]().union(*(frozenset(IMPLIED.get(one, ())) for one in wanted))
    return bool(wanted & other.families)


def _borne_out(aligned: Aligned, places: frozenset[int]) -> set[Place]:
    """Where the words stand in what is cited; words of a title are of no weight."""
    found: set[Place] = set()
    for at in places:
        if not any(place[0] >= aligned.first_title for place in aligned.places[at]):
            found |= {place for place in aligned.places[at] if place[0] < aligned.first_title}
    return found


def _is_of_title(aligned: Aligned, number: int, at: int) -> bool:
    word = aligned.sources[number].words[at].folded
    return any(word in title.keys for title in aligned.sources[aligned.first_title :])


def _words(text: Told, places: frozenset[int]) -> list[Word]:
    return [text.words[at] for at in sorted(places)]


@lru_cache(maxsize=MOST_KEPT)
def acts(text: str, language: str) -> tuple[Act, ...]:
    """What a text says was done, as far as it can be read."""
    one = told(text, language)
    return (*_labelled(one), *_nouns(one), *_verbs(one))


def _labelled(one: Told) -> Iterator[Act]:
    for match in _LABEL.finditer(one.folded):
        label = [word for word in one.words if match.start(1) <= word.start and word.end <= match.end(1)]
        value = frozenset(word.at for word in one.words if match.start(2) <= word.start < match.end(2) and word.is_capital)
        for word in label if value else ():
            if word.tells:
                yield Act(word.at, word.families & ROLES, value, frozenset(), is_by=True)


def _nouns(one: Told) -> Iterator[Act]:
    for word in one.words:
        if _is_equated(one, word):
            around = frozenset(other.at for other in one.within(word.clause) if other.tells and one.text[other.start].isupper())
            yield Act(word.at, word.families & ROLES, around, frozenset())
        if not word.families & ROLES:
            continue
        if _NOUNS.fullmatch(word.folded):
            after = one.words[word.at + 1 : word.at + 2]
            if after and (after[0].folded in _GIVING or after[0].is_capital):
                start = word.at + 1
                while start < len(one.words) and one.words[start].folded in _GIVING:
                    start += 1
                yield Act(word.at, word.families, _phrase(one, start), frozenset(), is_by=True)
        if _ROLE_NOUNS.fullmatch(word.folded):
            around = frozenset(other.at for other in one.within(word.clause) if other.tells and other.at != word.at)
            yield Act(word.at, word.families, around, frozenset())


def is_verb(one: Told, word: Word) -> bool:
    """Whether a word is a verb, by its ending and what stands before it."""
    before = [other.folded for other in one.words[max(0, word.at - 3) : word.at]]
    if one.language == "en":
        if _PASSIVE["en"] & set(before) and _by(one, word) is not None:
            return True
        if word.folded in _NO_VERBS:
            return False
        return word.folded.endswith("ed") or word.folded in _IRREGULAR or before[-1:] in _LEADS
    is_led = bool(set(before[-2:]) & (_PASSIVE["ro"] | _ACTIVE_RO)) or _by(one, word) is not None
    return is_led and bool(_PARTICIPLE.fullmatch(word.folded))


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
    is_said_to_be = behind[:1] and (behind[0].folded in _COPULA[one.language] or [other.folded for other in behind[:2]] == ["a", "fost"])
    return bool(is_said_to_be) and any(other.is_capital for other in behind[1:])


def _verbs(one: Told) -> Iterator[Act]:
    for word in one.words:
        if word.is_capital or word.is_figure or (word.is_light and not (word.families & ROLES or word.folded in _GAVE) and _by(one, word) is None):
            continue
        if _NOUNS.fullmatch(word.folded) and one.language == "ro":
            continue
        before = [other.folded for other in one.words[max(0, word.at - 3) : word.at]]
        by = _by(one, word)
        is_reflexive = one.language == "ro" and before[-2:-1] in (["s"], ["se"])
        passive = (before[-1:] != ["to"] and bool(_PASSIVE[one.language] & set(before))) or by is not None or is_reflexive
        if not is_verb(one, word):
            continue
        ahead = _ahead(one, word)
        if one.language == "en" and not passive and word.folded.endswith("ed"):
            following = one.words[word.at + 1 : word.at + 2]
            if not following or following[0].clause != word.clause or following[0].folded in _STOPS:
                continue  # “the people trained in 2019”, “they arrived in time”: by whom and whom is not told
        if passive:
            yield Act(word.at, word.families, _phrase(one, by) if by is not None else frozenset(), ahead, is_by=by is not None)
        else:
            yield Act(word.at, word.families, ahead, _object(one, word.at + 1))


def _by(one: Told, verb: Word) -> int | None:
    """Where the doer begins behind a passive verb: “built in haste by”, „susținut financiar de”."""
    if one.language == "en":
        for word in one.words[verb.at + 1 : verb.at + 5]:
            if word.is_figure or _ends_phrase(one, verb, word):
                return None
            if word.folded == "by":
                return word.at + 1
        return None
    if not _PARTICIPLE.fullmatch(verb.folded):
        return None
    for word in one.words[verb.at + 1 : verb.at + 9]:
        if _ends_phrase(one, verb, word) or _PARTICIPLE_ALONE.fullmatch(word.folded):
            return None
        following = one.words[word.at + 1 : word.at + 2]
        if word.folded == "de" and following:
            if following[0].folded == "catre":
                return word.at + 2
            if following[0].is_capital or (following[0].tells and word.at == verb.at + 1):
                return word.at + 1
    return None


def _ends_phrase(one: Told, verb: Word, word: Word) -> bool:
    return "," in one.text[verb.end : word.start] or _BREAK.search(one.text, verb.end, word.start) is not None


def _phrase(one: Told, start: int) -> frozenset[int]:
    """The telling words from a place on up to the next that ends a name: a preposition, a verb, a mark."""
    found: list[int] = []
    for at in range(start, len(one.words)):
        word = one.words[at]
        previous = one.words[at - 1] if at > start else None
        following = one.words[at + 1] if at + 1 < len(one.words) else None
        if previous is not None:
            between = one.text[previous.end : word.start]
            if _BREAK.search(between) or ("," in between and not word.is_capital):
                break
        is_inner = word.folded in _INNER and previous and previous.is_capital and following and following.is_capital
        if word.folded in _STOPS and not is_inner:
            break
        if previous is not None and not word.is_capital and (word.folded.endswith("ed") or (word.families & ROLES and not word.is_light)):
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

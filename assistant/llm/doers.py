"""Doers of a written sentence that are others in its sources, or those it was done to there.

Who did what is read by `assistant.llm.acts`; where that reads nothing, nothing is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.llm.acts import Act, acts
from assistant.llm.aligned import IMPLIED, ROLES, Aligned, Place
from assistant.llm.verbs import is_verb
from assistant.llm.word import Word

_GIVING = frozenset({"contribute"})
Theirs = Sequence[tuple[int, Act]]
"""Acts of the sources, each with its source's number."""


def act_faults(aligned: Aligned) -> Iterator[str]:
    """Doers that the sources name otherwise, and what was done to another."""
    theirs = [
        (number, act)
        for number, source in enumerate(aligned.sources[: aligned.first_title])
        for act in acts(source.text, source.language)
    ]
    for act in acts(aligned.said.text, aligned.said.language):
        sure = replace(act, doers=_sure(aligned, act))
        same = _Same.of(aligned, sure, theirs)
        fault = _fault(aligned, sure, same, theirs) if same.acts else _of_another_role(aligned, sure, theirs)
        if fault:
            yield fault


@dataclass(frozen=True, slots=True)
class _Same:
    """The acts of the sources that say the same was done; `is_exact` where they say it with the same word."""

    acts: Theirs
    is_exact: bool

    @classmethod
    def of(cls, aligned: Aligned, act: Act, theirs: Theirs) -> "_Same":
        verb = aligned.said.words[act.verb]
        found = [(number, other) for number, other in theirs if (number, other.verb) in aligned.same(verb)]
        if found:
            return cls(found, True)
        return cls([one for one in theirs if _is_same(aligned, verb, act, *one)], False)


def _of_another_role(aligned: Aligned, act: Act, theirs: Theirs) -> str:
    """Where no one is said to have done so: a doer who is told in another role."""
    others = {(n, at) for n, other in theirs for at in other.doers if other.is_by and other.families & ROLES}
    if act.families & (ROLES | _GIVING) and _borne_out(aligned, act.doers) & others:
        return f"in its source it is not {_written(aligned, act.doers)} by whom: {aligned.said.words[act.verb].folded}"
    return ""


def _fault(aligned: Aligned, act: Act, same: _Same, theirs: Theirs) -> str:
    verb = aligned.said.words[act.verb].folded
    doers, done = _borne_out(aligned, act.doers), _borne_out(aligned, act.done)
    known = {(n, at) for n, other in same.acts for at in other.doers if not _is_of_title(aligned, n, at)}
    suffered = {(n, at) for n, other in same.acts for at in other.done}
    if doers and not doers & known:
        others = {(n, at) for n, other in theirs for at in other.doers if other.is_by}
        if known or (same.is_exact and doers & suffered) or doers & others:
            return f"in its source it is not {_written(aligned, act.doers)} by whom: {verb}"
    others_done = {(n, at) for n, other in theirs for at in other.done} - suffered
    if same.is_exact and suffered and not done & (suffered | known) and done & others_done:
        return f"in its source it is not {_written(aligned, act.done)} that: {verb}"
    return ""


def _sure(aligned: Aligned, act: Act) -> frozenset[int]:
    """The doers as far as they are sure to be told: not those of an infinitive; of what somebody is, only names."""
    before = aligned.said.words[act.verb - 1].folded if act.verb else ""
    if not act.is_by and before in ("to", "sa"):
        return frozenset()
    if act.is_by or act.done or is_verb(aligned.said, aligned.said.words[act.verb]):
        return act.doers
    names = (at for at in act.doers if any(aligned.word(place).is_capital for place in aligned.places[at]))
    return frozenset(names)


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
        exact = aligned.same(aligned.said.words[at])
        if not any(place[0] >= aligned.first_title and place in exact for place in aligned.places[at]):
            found |= {place for place in aligned.places[at] if place[0] < aligned.first_title}
    return found


def _is_of_title(aligned: Aligned, number: int, at: int) -> bool:
    word = aligned.sources[number].words[at].folded
    return any(word in title.keys for title in aligned.sources[aligned.first_title :])


def _written(aligned: Aligned, places: frozenset[int]) -> str:
    words = (aligned.said.words[at] for at in sorted(places))
    return " ".join(aligned.said.text[one.start : one.end] for one in words)

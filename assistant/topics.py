"""The topic of a question over records: the content words that nothing else explains; a record's text has to hold them.

Words of the question are looked for in every form and, where the texts may be in the other language, in translation.
"""

from collections.abc import Sequence

import numpy as np

from assistant.crosslingual import forms_of, plurals
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.plan import Condition
from assistant.translation import likely_first
from assistant.value_words import anywhere, numbers
from assistant.vocabulary import Vocabulary
from corpus.places import DIVISION
from index.contents import Keys

SHORTEST_YEAR = 4
"""Digits."""
MOST_HELD = 0.5
"""Share of the records from which a word written like a name tells none of them: the name of who runs them all."""


def find_topic(
    heard: Heard, vocabulary: Vocabulary, *, is_timed: bool = False
) -> list[tuple[frozenset[int], Condition]]:
    """The topic, as one condition; words that no text holds and that stand like verbs are none of it.

    "Young people" are the young.
    """
    explained = grammar().closed | grammar().helpers
    # Without a time "closed" says more than when.
    verbs = map(anywhere, ("started", "ended", "ran", "wholly")) if is_timed else ()
    asked = heard.matching([*(one.pattern for one in grammar().fields), *grammar().operations, *verbs])
    asked -= {at for at in asked if at and heard.words[at - 1] in grammar().about}
    left = [at for at in sorted(heard.free - asked) if not heard.is_closed(at, explained)]
    left = [at for at in left if not _stands_like_a_verb(heard, at)] or left
    # A figure that nothing explains is told to be unread; a year or a number of a name is part of it.
    left = [at for at in left if not (heard.words[at].isdigit() and len(heard.words[at]) < SHORTEST_YEAR)]
    left = [at for at in left if not (_owns_records(heard, at) or heard.words[at] in numbers("numbers"))]
    people = [at for at in left if heard.words[at] in grammar().people]  # "young people" are the young
    left = [at for at in left if at not in people or not {at - 1, at + 1} & (set(left) - set(people))]
    held = {at: _ways_held(heard, at, vocabulary) for at in left}
    total = vocabulary.records.count
    # "county" beside the county's name says no more than the name.
    left = [at for at in left if not (_is_kind_of_place(heard.words[at]) and _is_beside(heard, at))]
    own = vocabulary.own_name(heard)
    left = [at for at in left if at not in own and not (heard.is_name(at) and len(held[at][1]) > MOST_HELD * total)]
    heard.take(left)
    if not left:
        return []
    inside = [at for at in left if _is_in_brackets(heard, at)]
    meant = inside if len(inside) < len(left) and _common(inside, held) else left
    condition = Condition("mention", " ".join(heard.words[at] for at in left), (), tuple(_rows(heard, meant, held)))
    return [(frozenset(left), condition)]


def _is_beside(heard: Heard, at: int) -> bool:
    """Whether a name, or a word that something else explains, a place for one, stands right beside."""
    beside = [near for near in (at - 1, at + 1) if 0 <= near < len(heard.words)]
    return any(near not in heard.free or heard.is_name(near) for near in beside)


def _is_kind_of_place(word: str) -> bool:
    return bool(DIVISION.fullmatch(f"{word} ") or DIVISION.fullmatch(f" {word}"))


def _rows(heard: Heard, left: Sequence[int], held: dict[int, tuple[tuple[str, ...], Keys]]) -> list[tuple[str, ...]]:
    """The ways to say each word; words joined by "or" are one row, any of which will do."""
    rows: list[tuple[str, ...]] = []
    for place, at in enumerate(left):
        if place and grammar().links_or.fullmatch(heard.between(left[place - 1], at).strip()):
            rows[-1] = (*rows[-1], *held[at][0])
        else:
            rows.append(held[at][0])
    return rows


def _is_in_brackets(heard: Heard, at: int) -> bool:
    """Whether a word stands in brackets, as what says the words before in another way."""
    before = heard.question[: heard.spans[at][0]]
    return before.count("(") > before.count(")")


def _ways_held(heard: Heard, at: int, vocabulary: Vocabulary) -> tuple[tuple[str, ...], Keys]:
    """The same for a word of a question; a name that the store has is not translated."""
    word = heard.words[at]
    if heard.is_name(at) and vocabulary.is_of_a_name(word) and len(keys := vocabulary.records.holding(word)):
        return (word,), keys
    return ways_held(word, heard.language, vocabulary)


def ways_held(word: str, language: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], Keys]:
    """(a word with those of its translations that stand in texts, keys of the records that hold one of them)."""
    records = vocabulary.records
    found = {word: records.holding(word)}
    for other in _with_plurals(forms_of(word, language)):
        if len(keys := records.holding(other)):
            found[other] = keys
    foreign = vocabulary.written_in("ro" if language == "en" else "en")
    for tier in likely_first(word, language) if len(foreign) else ():
        told = {other: keys for other in _with_plurals(tier) if len(keys := records.holding(other))}
        # What the question's own language holds as well is another word: the stem `plan` of „plânge” and of "plan".
        told = {
            other: keys
            for other, keys in told.items()
            if 2 * len(np.intersect1d(keys, foreign, assume_unique=True)) > len(keys)
        }
        if told:
            found |= told
            break
    return tuple(found), np.unique(np.concatenate(list(found.values())))


def _with_plurals(found: Sequence[str]) -> tuple[str, ...]:
    return (*found, *(form for one in found for form in plurals(one)))


def _common(left: Sequence[int], held: dict[int, tuple[tuple[str, ...], Keys]]) -> bool:
    keys = [held[at][1] for at in left]
    common = keys[0] if keys else np.empty(0, np.int64)
    for one in keys[1:]:
        common = np.intersect1d(common, one)
    return len(common) > 0


def _owns_records(heard: Heard, at: int) -> bool:
    """Whether a word is whose the records are: "the museum's projects"."""
    ahead = heard.words[at + 1 : at + 3]
    return len(ahead) == 2 and ahead[0] == "s" and bool(grammar().across["several"].fullmatch(ahead[1]))


def _stands_like_a_verb(heard: Heard, at: int) -> bool:
    """Whether a preposition follows, and a pronoun or an auxiliary stands before: "projects that dealt with"."""
    links = grammar().prepositions
    ahead = heard.words[at + 1] if at + 1 < len(heard.words) else ""
    before = heard.words[at - 1] if at else ""
    is_after = before in grammar().closed - links - grammar().articles
    return ahead in links and is_after and not heard.is_name(at)

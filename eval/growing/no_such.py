"""Questions for a project that there is not, by a title made of real ones: with another year, end or telling word.

No document speaks of it, and no real title is nearly the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from corpus.country_names import all_names
from corpus.words import fold
from eval.growing.absent import LEAST_LETTERS, unanswerable
from eval.growing.asked import Asked, slug_of
from eval.growing.records import Records, Told
from eval.growing.titles import SMALL_WORDS, is_readable, is_shouted
from eval.sets.forms import plain_words, stem

NEAR, FAR = 80.0, 75.0
"""Of 100: how like a made title may be to any real one, and with another year to any but that, by `fuzz.ratio`."""
SHARED, SHARED_BUT_ONE = 0.6, 0.75
"""Part of a changed title's telling words that a real one may have; one of three or four that is changed decides."""
UNLIKE = 60.0
"""How like the new word may be to the one it takes the place of."""
TRIED = 25
"""Other titles that a word is looked for in."""
SHORT, LONGEST_END = 4, 7
"""Words of a title of which one changed makes it another, and of the end of one that is put behind another."""
LEAST_TELLING = 3
"""Telling words of a title that is put together: `Provision of Albania` is none."""
JOINTS = re.compile(r"(?<= )(?:for|of|in|to|and|with|from|de|din|pentru|la|în|cu|și|prin) (?:the )?", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIELDS = ("field.amount.budget", "field.period.both", "field.organisation.funder", "field.organisation.partner")


def no_such(records: Records, chosen: Sequence[Told]) -> Iterator[Asked]:
    """A question for a project that there is not, made of each of the chosen ones."""
    named = [one for one in chosen if not is_shouted(one.called)]
    for number, one in enumerate(named):
        others = [other for other in named if other.project.language == one.project.language and other is not one]
        records.random.shuffle(others)
        title = next(filter(None, (make(records, one, others[:TRIED]) for make in MAKERS)), "")
        if title:
            ways = FIELDS[number % len(FIELDS)]
            yield unanswerable(ways, slug_of("absent", title), replace(one, called=title))


def _another_year(records: Records, one: Told, _: Sequence[Told]) -> str:
    """The title with a year that no title has beside its other words; nothing where it has none."""
    years = [match.group() for match in YEAR.finditer(one.called)]
    for shift in (3, -3, 5, -5) if len(years) == 1 else ():
        changed = YEAR.sub(str(int(years[0]) + shift), one.called)
        if _is_none(records, changed, one):
            return changed
    return ""


def _another_end(records: Records, one: Told, others: Sequence[Told]) -> str:
    """The title up to a joining word, and another title from the same word on: `Third Place for` `Public Libraries`."""
    for joint in JOINTS.finditer(one.called):
        for other in others:
            for match in JOINTS.finditer(other.called):
                if fold(match.group()) != fold(joint.group()):
                    continue
                head, tail = one.called[: joint.end()], other.called[match.end() :]
                parts = len(_telling(records, head)), len(_telling(records, tail))
                is_whole = all(parts) and sum(parts) >= LEAST_TELLING and len(tail.split()) <= LONGEST_END
                if is_whole and _is_none(records, head + tail, one) and _is_another(records, head + tail, SHARED):
                    return head + tail
    return ""


def _another_word(records: Records, one: Told, others: Sequence[Told]) -> str:
    """A short title with the word that tells most changed for that of another title."""
    old = _telling(records, one.called)
    if len(old) < 2 or len(one.called.split()) > SHORT or "," in one.called:
        return ""
    for other in others:
        changed = _changed(records, one.called, old[0], other.called)
        if changed and _is_none(records, changed, one) and _is_another(records, changed, SHARED_BUT_ONE):
            return changed
    return ""


def _is_another(records: Records, title: str, most: float) -> bool:
    """Whether no real title is nearly the same, nor has more than `most` of its telling words."""
    plain = plain_words(title)
    telling = {stem(word) for word in plain.split()} - SMALL_WORDS
    shared = max(len(telling & own) for own in records.titles.stems)
    return shared <= most * len(telling) and records.titles.nearest(plain) < NEAR


def _changed(records: Records, title: str, old: str, other: str) -> str:
    """The title with a word changed for the one that tells most of another; nothing where that would not do."""
    from rapidfuzz import fuzz

    for new in _telling(records, other)[:1]:
        is_other = fuzz.ratio(fold(new), fold(old)) < UNLIKE and fold(new) not in fold(title)
        if is_other and _are_of_a_kind(old, new):
            return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, title)
    return ""


def _are_of_a_kind(old: str, new: str) -> bool:
    """Whether both are countries or neither is, and both have capitals alike."""
    countries = _country_names()
    is_alike = old.isupper() == new.isupper() and old[0].isupper() == new[0].isupper()
    return is_alike and (fold(old) in countries) == (fold(new) in countries)


@cache
def _country_names() -> frozenset[str]:
    return frozenset(fold(name) for name, _ in all_names())


def _telling(records: Records, title: str) -> list[str]:
    """The words of a title, first those that the fewest titles have."""
    words: list[str] = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) >= LEAST_LETTERS]
    told = [word for word in words if plain_words(word) not in SMALL_WORDS]
    return sorted(told, key=lambda word: records.titles.commonness(stem(plain_words(word))))


def _is_none(records: Records, title: str, made_of: Told) -> bool:
    """Whether no other title is nearly this one, and no text has all its words."""
    plain = plain_words(title)
    telling = {stem(word) for word in plain.split()} - SMALL_WORDS
    if not is_readable(title) or records.titles.holders(telling):
        return False
    if records.titles.nearest(plain, but=made_of.number) >= FAR:
        return False
    words = [word for word in fold(title).split() if len(word) >= LEAST_LETTERS or YEAR.fullmatch(word)]
    return not any(all(word in text for word in words) for text in records.folded)


MAKERS = (_another_year, _another_end, _another_word)

"""A written sentence with the names of its sources as these spell them: cases and translations of a name undone.

So that „Asociației Rădăcini” is held against „Asociația Rădăcini”, “European Commission” against „Comisia Europeană”,
and Germany against „Germania”. What cannot be led back stays, and is a name that the sources lack.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.cited import spoken
from assistant.crosslingual import MOST_TRANSLATIONS
from assistant.llm.aligned import Aligned
from assistant.llm.clauses import Told
from assistant.llm.word import Word
from assistant.llm.wording import wording
from assistant.translation import translations_of
from corpus.nationalities import country_of_nationality
from corpus.places import country_code
from corpus.words import stem

_GENITIVES = ("iei", "ului", "elor", "ilor", "lui", "ei", "ii")
_NOMINATIVES = ("", "a", "ia", "ul", "u", "e", "ele", "ile", "i", "le", "ea")
SHORTEST_ROOT = 3
_SHORT = frozenset({"uk", "usa", "sua", "uae"})
_SMALL_ELSEWHERE = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays roma european""".split()
)
"""Words with a capital in English and none in Romanian."""
WIDEST = 3
"""Small words within a name: “Ministry of the Environment”."""


def as_cited(aligned: Aligned) -> str:
    """The sentence's text with its names as the sources have them."""
    said, sources = aligned.said, aligned.sources
    text, ahead = said.text, len(said.text)
    for run in reversed(list(_runs(said))):
        spelt = _spelt(run, said, sources)
        if spelt is not None and run[-1].end <= ahead:
            text = text[: run[0].start] + spelt + text[run[-1].end :]
            ahead = run[0].start
    return _begun_small(aligned, text)


def _begun_small(aligned: Aligned, text: str) -> str:
    """The text with a small letter first where a common word stands before a name: “Funding from”, „Contribuția UE”."""
    sources = aligned.sources
    first, following = (*aligned.said.words[:2], None, None)[:2]
    if first is None or following is None or not aligned.said.text[following.start].isupper():
        return text
    written = [sources[number].text[sources[number].words[at].start] for number, at in aligned.places[first.at]]
    is_common = first.is_light or any(map(str.islower, written))
    is_name = any(map(str.isupper, written)) and not any(map(str.islower, written))
    if is_common and not is_name:
        return text[: first.start] + text[first.start].lower() + text[first.start + 1 :]
    return text


def _runs(said: Told) -> Iterator[list[Word]]:
    """Runs of capitalised words with the small ones between them."""
    words = [word for word in said.words if said.text[word.start].isupper()]
    at = 0
    while at < len(words):
        stop = at + 1
        while (
            stop < len(words)
            and words[stop].at - words[stop - 1].at <= WIDEST
            and _is_joined(said, words[stop - 1], words[stop])
        ):
            stop += 1
        yield words[at:stop]
        at = stop


def _is_joined(said: Told, one: Word, other: Word) -> bool:
    between = said.text[one.end : other.start]
    return (
        re.fullmatch(r"[\s\-’'&]*(?:(?:of|the|for|de|a|al|ale|pentru|în|din|cu|și|and)[\s]+){0,2}", between) is not None
    )


def _spelt(run: list[Word], said: Told, sources: Sequence[Told]) -> str | None:
    """How a source spells the run, or its last words, one by one; None where it is there or nowhere."""
    if any(_holds(source, said.text[run[0].start : run[-1].end]) for source in sources):
        return None
    for first in range(len(run)):
        part = run[first:]
        for source in sources:
            found = _led_back(part, said, source)
            if found is not None:
                return said.text[run[0].start : part[0].start] + found
    if (country := _country_among(run, said, sources)) is not None:
        return country
    single = [_single(word, said, sources) for word in run]
    if all(one is None for one in single):
        return None
    return _one_by_one(run, run[-1].end, said, sources)


def _one_by_one(run: list[Word], end: int, said: Told, sources: Sequence[Told]) -> str:
    """The words of a run, up to an offset, each as a source spells it."""
    text, at = "", run[0].start if run else end
    for word in run:
        is_there = any(word.folded in source.keys for source in sources)
        one = None if is_there else _single(word, said, sources)
        text += said.text[at : word.start] + (one or said.text[word.start : word.end])
        at = word.end
    return text + said.text[at:end]


def _country_among(run: list[Word], said: Told, sources: Sequence[Told]) -> str | None:
    """The run with a country's name of several words as a source has it."""
    for first in range(len(run)):
        for last in range(len(run), first + 1, -1):
            code = _code_of(said.text[run[first].start : run[last - 1].end])
            for source in sources if code else ():
                for other in source.words:
                    if code == _country(other.folded):
                        spelt = source.text[other.start : other.end]
                        before = _one_by_one(run[:first], run[first].start, said, sources)
                        return f"{before}{spelt}{said.text[run[last - 1].end : run[-1].end]}"
    return None


@lru_cache(maxsize=1 << 12)
def _code_of(name: str) -> str | None:
    """The country of a name, in the genitive too: „Țărilor de Jos”."""
    if (code := country_code(name)) is not None or " " not in name:
        return code
    head, rest = name.split(" ", 1)
    roots = [head.removesuffix(one) for one in _GENITIVES if head.endswith(one)]
    told = (f"{root}{ending} {rest}" for root in roots for ending in _NOMINATIVES)
    return next((code for one in told if (code := country_code(one)) is not None), None)


def _holds(source: Told, name: str) -> bool:
    return spoken(name) in spoken(source.text)


def _led_back(run: list[Word], said: Told, source: Told) -> str | None:
    """The source's words that are the run's in another case or language, all of them and no other capitalised one."""
    if len(run) < 2:
        return None
    capitals = [word for word in source.words if source.text[word.start].isupper()]
    for at in range(len(capitals) - len(run) + 1):
        window = capitals[at : at + len(run)]
        if window[-1].at - window[0].at > len(run) + WIDEST:
            continue
        left, matched = list(window), []
        for word in run:
            match = next((other for other in left if _is_same(word, other, said, source)), None)
            if match is None:
                break
            left.remove(match)
            matched.append((match.at, word.folded == match.folded))
        # Translated words change places; as they stand, another order makes other names: "Ana Sas and Ion Pop".
        unchanged = [at for at, is_unchanged in matched if is_unchanged]
        if not left and unchanged == sorted(unchanged):
            return source.text[window[0].start : window[-1].end]
    return None


def _single(word: Word, said: Told, sources: Sequence[Told]) -> str | None:
    """One word as a source spells it: another case, a country in the other language, or no name at all."""
    for source in sources:
        for other in source.words:
            if not source.text[other.start].isupper() or other.folded == word.folded:
                continue
            is_known = _is_country(word, other) or _is_acronym(word.folded, other.folded)
            is_known = is_known or word.folded in (
                f"{other.folded}s",
                f"{other.folded}n",
                f"{other.folded}an",
                f"{other.folded}ian",
            )
            is_known = is_known or _is_declined(word.folded, other.folded)
            if is_known:
                return source.text[other.start : other.end]
    if any(word.folded in row for row in wording().acronyms) or word.folded in _SMALL_ELSEWHERE:
        for source in sources:
            for other in source.words:
                if source.text[other.start].islower() and (
                    _is_acronym(word.folded, other.folded)
                    or (word.folded in _SMALL_ELSEWHERE and other.families & word.families)
                ):
                    own = said.text[word.start : word.end].lower()
                    return own if word.folded in _SMALL_ELSEWHERE else source.text[other.start : other.end]
    country = country_of_nationality(word.folded) or country_code(said.text[word.start : word.end])
    if country and any(country == _country(other.folded) for source in sources for other in source.words):
        return said.text[word.start : word.end].lower()
    return None


def _is_same(word: Word, other: Word, said: Told, source: Told) -> bool:
    if word.folded == other.folded or _is_declined(word.folded, other.folded) or _is_country(word, other):
        return True
    if "ro" in (said.language, source.language) and _agreeing(word.folded) == _agreeing(other.folded):
        return True
    if said.language == source.language:
        return False
    ours, theirs = stem(word.folded, said.language), stem(other.folded, source.language)
    return (
        theirs in translations_of(word.folded, said.language)[:MOST_TRANSLATIONS]
        or ours in (translations_of(other.folded, source.language)[:MOST_TRANSLATIONS])
    )


@lru_cache(maxsize=1 << 14)
def _is_declined(one: str, other: str) -> bool:
    """Whether one of two words is the other's genitive."""
    for told, whole in ((one, other), (other, one)):
        for genitive in _GENITIVES:
            root = told.removesuffix(genitive)
            if root != told and len(root) >= SHORTEST_ROOT:
                roots = {root, re.sub(r"o(?=[^aeiou]+$)", "oa", root), re.sub(r"e(?=[^aeiou]+$)", "ea", root)}
                if any(whole == f"{each}{ending}" for each in roots for ending in _NOMINATIVES):
                    return True
    return False


def _agreeing(word: str) -> str:
    """An adjective without the ending by which it agrees: `europeana`, `europene`."""
    return re.sub(r"(?:[aei]|ii|ei)$", "", word).replace("ea", "e") if len(word) > 5 else word


def _is_acronym(one: str, other: str) -> bool:
    return any({one, other} <= names and one != other for names in wording().acronyms)


def _is_country(word: Word, other: Word) -> bool:
    return (code := _country(word.folded)) is not None and code == _country(other.folded)


@lru_cache(maxsize=1 << 14)
def _country(folded: str) -> str | None:
    return (country_code(folded) if len(folded) > 3 or folded in _SHORT else None) or country_of_nationality(folded)

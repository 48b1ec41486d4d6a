"""What is right word by word and wrong together: words of two clauses, sentences or projects that have changed places.

Knows no meanings but those of words of direction and of opposites.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from assistant.llm.aligned import Aligned, Place, contrary_places
from assistant.llm.clauses import Told
from assistant.llm.strict import LEADING_ON, OPPOSITE, is_of_date, leads_to_the_same
from assistant.llm.word import Figure, Word

Home = tuple[int, int]
_LIMITED = re.compile(
    r"\b(?:some|most|half|few|majority|third|thirds|quarter|percent|minority"
    r"|unele|unii|o parte|majoritatea|jumatate|cateva|cativa|treime|sfert)"
    r"\s(?:of|dintre|din)\s(?:the\s|them\s|their\s|its\s|these\s|those\s)?(\w+)"
)
_LIMITS = frozenset("some most half third two_thirds quarter all least over under most_of about nearly per".split())


def turned_side_faults(aligned: Aligned) -> Iterator[str]:
    """A word whose opposite stands in the sources too, and stands there with what the sentence says it of."""
    for word in aligned.said.words:
        if word.is_light or word.is_figure or word.is_capital:
            continue
        own, contrary = set(aligned.facts(word)) if word.tells else set(), set(contrary_places(aligned, word))
        if word.is_denied or is_of_date(aligned, word):
            continue
        own |= _side_places(aligned, word, 0)
        contrary |= _side_places(aligned, word, 1)
        contrary -= own
        if not own or not contrary:
            continue
        around = [
            other
            for other in aligned.said.within(word.clause)
            if other.tells and other.at != word.at and not other.is_capital and aligned.facts(other)
        ]
        with_own = max(_together(aligned, around, word, place) for place in own)
        with_contrary = max(_together(aligned, around, word, place) for place in contrary)
        if with_contrary > with_own:
            said = aligned.said.text[word.start : word.end]
            yield f"{OPPOSITE}: {said} ({aligned.word(min(contrary)).folded})"
            return


def _side_places(aligned: Aligned, word: Word, turn: int) -> set[Place]:
    """Places of words of the same direction as a word of the sentence, or of the other for a `turn` of 1."""
    found = set()
    for (name, side), spans in aligned.said.sides.items():
        if (word.start, word.end) in spans:
            if turn and name in LEADING_ON and not leads_to_the_same(aligned, name, side):
                continue
            key = (name, side if turn == 0 else 1 - side)
            for number, source in enumerate(aligned.sources[: aligned.first_title]):
                theirs = source.sides.get(key, ())
                found |= {(number, one.at) for one in source.words if (one.start, one.end) in theirs}
    return found


def _together(aligned: Aligned, around: list[Word], word: Word, place: Place) -> float:
    """How many of the words around a word, and figures, stand in the clause of a place."""
    number, clause = place[0], aligned.word(place).clause
    count = sum(
        any((at[0], aligned.word(at).clause) == (number, clause) for at in aligned.facts(one)) for one in around
    )
    figures = [one for one in aligned.said.figures if one.clause == word.clause]
    theirs = [one for one in aligned.sources[number].figures if one.clause == clause]
    return count + sum(any(one.is_same(other) for other in theirs) for one in figures)


def swapped_faults(aligned: Aligned) -> Iterator[str]:
    """Two clauses that have each a part of each of two clauses of a source."""
    rows = [_homes_of(aligned, clause) for clause in range(len(aligned.said.clauses))]
    for one, other in combinations(rows, 2):
        shared = {home for _, home in one} & {home for _, home in other}
        if len(shared) >= 2 and len({number for number, _ in shared}) == 1:
            (first, _), (last, _) = one[0], one[-1]
            yield f"its source does not say together: {aligned.said.text[first.start : last.end]}"
            return


def _homes_of(aligned: Aligned, clause: int) -> list[tuple[Word, Home]]:
    """The words of a clause that one clause of the sources bears out and no other, with that."""
    words = [one for one in aligned.said.within(clause) if one.tells and not one.is_strict]
    homes = [{(place[0], aligned.word(place).clause) for place in aligned.facts(one)} for one in words]
    return [(one, min(at)) for one, at in zip(words, homes, strict=True) if len(at) == 1]


def limit_faults(aligned: Aligned) -> Iterator[str]:
    """Said of all of them where the source says it of some."""
    if _LIMITS & aligned.said.strict.keys():
        return
    for number, source in enumerate(aligned.sources[: aligned.first_title]):
        for match in _LIMITED.finditer(source.folded):
            limited = next(one for one in source.words if one.start == match.start(1))
            for word in aligned.said.words:
                is_limited = word.tells and (number, limited.at) in aligned.facts(word)
                if is_limited and _has_company(aligned, word, number, limited):
                    yield f"its source says it of {match.group()} only: {aligned.said.text[word.start : word.end]}"
                    return


def _has_company(aligned: Aligned, word: Word, number: int, limited: Word) -> bool:
    """Whether something else of the clause is said, and no number that limits the word itself."""
    if any(one.end <= word.start <= one.end + 20 and not one.is_date for one in aligned.said.figures):
        return False
    others = [one for one in aligned.said.within(word.clause) if one.tells and one.at != word.at]
    return any((p[0], aligned.word(p).clause) == (number, limited.clause) for one in others for p in aligned.facts(one))


def project_faults(aligned: Aligned, projects: list[str | None]) -> Iterator[str]:
    """What stands behind one project's name and is said of another's; `projects` are those of the first sources."""
    named = sorted(
        (at, title) for title in {one for one in projects if one} if (at := _title_at(aligned.said, title)) is not None
    )
    if not named or len({*projects}) < 2:
        return
    for place, (start, title) in enumerate(named):
        end = named[place + 1][0] if place + 1 < len(named) else len(aligned.said.text)
        own = {
            number
            for number, project in enumerate(projects)
            if project in (title, None) or _title_at(aligned.sources[number], title) is not None
        }
        if len(named) == 1:
            start, end = -len(title), len(aligned.said.text)
        for figure in aligned.said.figures:
            if start + len(title) <= figure.start < end and not _is_of(aligned, figure, own):
                yield f"not said of {title}: {figure.written}"
                return
        for word in aligned.said.words:
            if start + len(title) <= word.start < end and word.tells and word.clause == aligned.said.clause_at(start):
                facts = aligned.facts(word)
                if facts and not any(p[0] in own or p[0] >= len(projects) for p in facts):
                    yield f"not said of {title}: {aligned.said.text[word.start : word.end]}"
                    return


def _is_of(aligned: Aligned, figure: Figure, own: set[int]) -> bool:
    """Whether a figure stands in one of the sources, or in none, such as one that was computed."""
    held = {
        number
        for number, source in enumerate(aligned.sources[: aligned.first_title])
        if any(one.is_same(figure) for one in source.figures)
    }
    return not held or bool(held & own)


def _title_at(said: Told, title: str) -> int | None:
    match = re.search(rf"(?<!\w){re.escape(title)}(?!\w)", said.text)
    return match.start() if match else None

"""Which places a question names: countries, their people and things, and the places that a store knows.

Countries are found by their names in English and Romanian, places of a store as they are called there, both with
Romanian endings, and what the store knows with a slip of the pen too. Does not know what is asked about a place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.grammar import grammar
from assistant.place_names import (
    COUNTIES,
    TOWNS,
    TOWNS_BEHIND,
    Words,
    is_of_region,
    is_spelt_otherwise,
    kind_left_out,
    names_of_countries,
    names_of_regions,
    ways_to_say,
)
from corpus.country_names import part_code
from corpus.currencies import CURRENCIES
from corpus.nationalities import country_of_nationality
from corpus.places import STATE, TOO_COMMON, country_code, country_of, part_around
from corpus.words import fold, spans, words

LONGEST_NAME = 8
"""Words: the United Kingdom of Great Britain and Northern Ireland."""
LONGEST_STATE = 5
"""Words of a country's name with what it is as a state: `Regatul Norvegiei`."""
LONGEST_NATIONALITY = 3
"""Words: Papua New Guinean."""
SHORTEST_FUZZY = 6
"""Letters of a known word in which a slip is forgiven; one of them may be missing."""
LONGEST_ACRONYM = 4
"""Letters of a known place all in capitals that needs them in a question too, `EU`; a longer one may be shouted."""
NEEDS_CAPITAL = frozenset({"jersey", "reunion"})
"""Countries that are other words in small letters."""
WATERS = frozenset("ocean oceanul sea gulf golful channel canalul lake lacul".split())
"""Before the name of a country they make another name: the Gulf of Guinea, Oceanul Indian."""
WATERS_BEHIND = frozenset("ocean sea channel".split())
"""The same behind a nationality: the Irish Sea."""
_COUNTRY, _PLACE, _NO_PLACE, _ADJECTIVE, _SLIP = range(5)
"""What words may be, the surest first."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words of a question, by their positions, that name a place.

    `code` is the ISO 3166-1 alpha-2 code of the country that is named, ISO 3166-2 where it is part of another, None for
    any other place. `names` are the known
    places that are meant, as they are written; of a country there may be none.
    """

    code: str | None
    names: tuple[str, ...]
    positions: frozenset[int]
    is_adjective: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words `start` to `end` may name a place; with neither code nor names one that the store has not."""

    start: int
    end: int
    kind: int
    code: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    """A question's words, folded and as they are written."""

    said: Sequence[str]
    spelt: Sequence[str]

    def runs(self, longest: int) -> Iterator[tuple[int, int]]:
        """(start, end) of all runs of up to `longest` words."""
        for start in range(len(self.said)):
            for end in range(start + 1, min(len(self.said), start + longest) + 1):
                yield start, end

    def before(self, at: int) -> str:
        """The word before a position, an `of` passed over; empty at the beginning."""
        at -= 2 if at > 1 and self.said[at - 1] == "of" else 1
        return self.said[at] if at >= 0 else ""

    def is_name(self, at: int) -> bool:
        """Whether a word may be a name: where others have capitals, one in small letters only behind a preposition."""
        if not self.spelt[at].islower() or not any(word.istitle() for word in self.spelt[1:]):
            return True
        return at > 0 and self.said[at - 1] in grammar().prepositions


class PlaceIndex:
    """The places of a store, indexed once: pairs of a name as it is written and the code of its country or None."""

    def __init__(self, known: Iterable[tuple[str, str | None]]) -> None:
        self._countries: dict[str, list[str]] = {}
        self._namesakes: dict[str, list[str]] = {}  # by the country they are called like: Georgia in the United States
        self._places: dict[Words, list[str]] = {}
        self._acronyms: set[str] = set()
        for name, code in dict.fromkeys(known):
            part, country = part_around(name), country_code(name)
            if part and code == part[:2]:
                self._countries.setdefault(part, []).append(name)
            if part_code(name):
                continue
            if country and code in (None, country):
                self._countries.setdefault(country, []).append(name)
            elif country:
                self._namesakes.setdefault(country, []).append(name)
                self._places.setdefault(tuple(words(name)), []).append(name)
            else:
                self._add(name)
        runs = [*self._places, *(run for run, code in names_of_countries().items() if code in self._countries)]
        self._beginnings = {run[:end] for run in runs for end in range(1, len(run) + 1)}
        self._words = {word for run in runs for word in run}
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= SHORTEST_FUZZY:
                self._by_letter.setdefault(word[0], []).append(word)

    def _add(self, name: str) -> None:
        is_acronym = name.isupper() and len(name) <= LONGEST_ACRONYM
        if is_acronym:
            self._acronyms.add(fold(name))
        for run in ways_to_say(name):
            is_name = is_acronym or not set(run) <= _common()
            if is_name and run not in names_of_countries() and any(map(str.isalpha, run)) and len(run) <= LONGEST_NAME:
                names = self._places.setdefault(run, [])
                names += [] if name in names else [name]

    def find(self, said: Sequence[str], written: str) -> list[PlaceMention]:
        """The places that a question names, in order; of two that overlap the one of more words.

        `said` are the folded words of the question (`corpus.words.words`), `written` is the question as it was typed.
        """
        spelt = [span.of(written) for span in spans(written)]
        question = _Question(said, spelt if len(spelt) == len(said) else said)
        candidates = [*_countries_in(question), *_no_places_in(question), *_adjectives_in(question)]
        candidates += self._known_in(question)
        taken: set[int] = set()
        found = []
        for one in sorted(candidates, key=lambda one: (one.start - one.end, one.kind, one.start)):
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                found.append(_with_kind(self._mention(one), question))
        return sorted((one for one in found if one.code or one.names), key=lambda one: min(one.positions))

    def _mention(self, one: _Candidate) -> PlaceMention:
        code, names, positions = one.code, one.names, frozenset(range(one.start, one.end))
        if code:
            names = tuple(self._countries.get(code, ()))
            if not names and one.kind != _ADJECTIVE and code in self._namesakes:
                return PlaceMention(None, tuple(self._namesakes[code]), positions, is_adjective=False)
        return PlaceMention(code, names, positions, one.kind == _ADJECTIVE)

    def _known_in(self, question: _Question) -> Iterator[_Candidate]:
        """Runs of words that the store has a place for, and with a slip a country too."""
        options = [self._alike(word) for word in question.said]
        for start in range(len(options)):
            open_runs: list[Words] = [()]
            for end, alike in enumerate(options[start : start + LONGEST_NAME], start + 1):
                longer = [(*run, word) for run in open_runs for word in alike]
                open_runs = [run for run in longer if run in self._beginnings]
                if end > start + 1 or self._is_meant(question, start):
                    said = tuple(question.said[start:end])
                    yield from (one for run in open_runs if (one := self._candidate(run, said, start)))

    def _candidate(self, run: Words, said: Words, start: int) -> _Candidate | None:
        end, kind = start + len(run), _PLACE if run == said else _SLIP
        if run in self._places:
            names = dict.fromkeys([*self._places[run], *self._places.get(kind_left_out(run), ())])
            return _Candidate(start, end, kind, names=tuple(names))
        code = names_of_countries().get(run, "")
        # A letter more or less at the end makes other words of a country's name: `island`, `romani`.
        if kind == _SLIP and code in self._countries and all(a[-1] == b[-1] for a, b in zip(run, said, strict=True)):
            return _Candidate(start, end, kind, code)
        return None

    def _is_meant(self, question: _Question, at: int) -> bool:
        if question.said[at] in self._acronyms:
            return question.spelt[at].isupper()
        return question.is_name(at)

    def _alike(self, word: str) -> list[str]:
        """A word itself if a known name has it, or else the known words that differ in one letter, not the first."""
        if word in self._words or len(word) < SHORTEST_FUZZY - 1 or not word.isalpha() or word in _common():
            return [word]
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        near = self._by_letter.get(word[0], [])
        return [other for other, _, _ in extract(word, near, scorer=OSA.distance, score_cutoff=1, limit=None)]


def _with_kind(one: PlaceMention, question: _Question) -> PlaceMention:
    """A place with the word beside it that says what it is: `județul Arad`, `Arad county`, `comuna Periam`.

    Of a name that a county has, a record need not tell which is meant, so a town of that name is not taken for it.
    """
    first, last = min(one.positions), max(one.positions)
    said, names = question.said, one.names
    before, behind = said[first - 1] if first else "", said[last + 1] if last + 1 < len(said) else ""
    if not one.names or one.code or not (before in COUNTIES | TOWNS or behind in COUNTIES | TOWNS_BEHIND):
        return one
    at = first - 1 if before in COUNTIES | TOWNS else last + 1
    if said[at] in COUNTIES:
        names = tuple(name for name in one.names if not set(words(name)[:1]) & TOWNS) or one.names
    elif any(set(words(name)) & COUNTIES for name in one.names):
        return one
    return PlaceMention(one.code, names, one.positions | {at}, one.is_adjective)


def _countries_in(question: _Question) -> Iterator[_Candidate]:
    said, spelt = question.said, question.spelt
    for start, end in question.runs(LONGEST_NAME):
        if code := names_of_countries().get(tuple(said[start:end])):
            if end == start + 1 and (begin := _start_of_another(question, start, code)) is not None:
                yield _Candidate(begin, end, _NO_PLACE)
            else:
                yield _Candidate(_start_of_state(said, start, end, code), end, _COUNTRY, code)
        elif "".join(spelt[start:end]) == "US" and any(word.islower() for word in spelt):
            yield _Candidate(start, end, _COUNTRY, "US")


def _start_of_another(question: _Question, at: int, code: str) -> int | None:
    """Where another name begins that ends in a country's: New Mexico, the Gulf of Guinea; `ușa` is none at all."""
    word, before = question.said[at], question.before(at)
    if (word in NEEDS_CAPITAL and question.spelt[at].islower()) or is_spelt_otherwise(question.spelt[at]):
        return at
    if before in WATERS or (before and country_of(f"{before} {word}") not in (None, code[:2])):
        return at - (2 if question.said[at - 1] == "of" else 1)
    return None


def _start_of_state(said: Sequence[str], start: int, end: int, code: str) -> int:
    """Where `Regatul Norvegiei` begins; no word of a sentence before it, `in the Republic of Moldova`."""
    for begin in range(max(0, end - LONGEST_STATE), start):
        between = set(said[begin:start]) & _common()
        is_name = said[begin] not in between and between <= {"of", "the"}
        if is_name and names_of_countries().get(tuple(STATE.sub("", " ".join(said[begin:end])).split())) == code:
            return begin
    return start


def _no_places_in(question: _Question) -> Iterator[_Candidate]:
    """Parts of the world, lest South America be the United States, and currencies: US dollars, Swiss francs."""
    for start, end in question.runs(LONGEST_NAME):
        run = question.said[start:end]
        if tuple(run) in names_of_regions() or " ".join(run) in CURRENCIES:
            yield _Candidate(start, end, _NO_PLACE)


def _adjectives_in(question: _Question) -> Iterator[_Candidate]:
    for start, end in question.runs(LONGEST_NATIONALITY):
        code = country_of_nationality(" ".join(question.spelt[start:end]))
        if code is None:
            continue
        before, first = question.before(start), question.said[start]
        behind = question.said[end] if end < len(question.said) else ""
        if not is_of_region(before, first) and before not in WATERS and behind not in WATERS_BEHIND:
            yield _Candidate(start, end, _ADJECTIVE, code)


@cache
def _common() -> frozenset[str]:
    """Words that make no name alone or together."""
    return grammar().closed | grammar().helpers | TOO_COMMON

"""Which projects a question names: titles and aliases found in it; typos, missing accents and words are forgiven.

Learns from the catalogue which words of a title tell it from the others. Knows no title itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.grammar import grammar
from assistant.names import CLOSE, PROJECT, SHORTEST_FUZZY, Called, NameIndex
from assistant.translation import translations_of
from corpus.document import Document, Span
from corpus.record import Project
from corpus.words import fold, stem

ALLOWED_SLIPS = 1.5
"""Letters by which a whole name may differ, a changed one counting twice: `digi tale` for `DigiTales`."""
ENOUGH_OF_A_NAME = 0.6
"""Share of a name's weight, by rarity of its words, that a question has to hold."""
ENOUGH_OF_A_START = 0.3
"""The same where the question holds the name's first words, two or more, in order."""
FEWEST_WORDS_BESIDE = 2
"""Words of a document's title that name it in a question about a project."""
SHORTEST_NAME = 3
"""Letters of its telling words with which less than the whole of a name may name it."""
FEW_HOLDERS = 3
"""Names that may hold each of two words that name one."""
FEW_NAMES = 300
"""So many are each compared with a question; of more, those that share telling words with it."""
LEAST_ALIKE, ALIKE_AS_A_WHOLE = 50, 80
"""RapidFuzz token set ratio, and partial ratio, 0 to 100, from which a title is worth naming."""
LONGEST_HEAD = 4
"""Words before the last one of a name among which its first stands."""
MOST_COMPARED = 60
"""Names of a large store that are looked at closely."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a question can be about: a project, or a document that describes no project but has a title."""

    key: str
    title: str
    document: Document
    span: Span
    project: Project | None = None
    here: str = ""
    """What its own document calls it, if otherwise."""

    @property
    def titles(self) -> tuple[str, ...]:
        """Its title, and what its own document calls it."""
        return (self.title, self.here) if self.here else (self.title,)

    @property
    def called_at(self) -> Span:
        """Where its title stands, or else where it begins."""
        title = self.project.title_span if self.project else None
        if title:
            return title
        text = self.span.of(self.document.text)
        first = next((line for line in text.splitlines() if line.strip()), "")
        start = self.span.start + text.find(first)
        return Span(start, start + len(first.rstrip()))


@dataclass(frozen=True, slots=True)
class Link:
    """A project or document that a question names; `positions` are the question's words that name it; score 0 to 1.

    `is_sure` where two words and more say the name as it is, or an alias or a reference; one word may be any word.
    """

    called: Called
    positions: frozenset[int]
    score: float
    is_sure: bool = False


class Linker:
    """Finds what questions are about; built once for the titles and aliases of a store's projects and documents."""

    def __init__(self, names: Sequence[Called], ignored: frozenset[str]) -> None:
        self._index = NameIndex(names, ignored)
        self._ignored = ignored

    def link(self, said: Sequence[str], language: str = "en", capital: frozenset[int] = frozenset()) -> list[Link]:
        """The subjects named, best first. Each word of the question names one subject, or several equally well.

        A Romanian word counts as the English one that it translates to: `conferința` names a conference.
        One word at a position of `capital` names the few projects in whose titles it stands, where no more is named.
        """
        links: dict[str, Link] = {}
        translated = [frozenset(translations_of(word, language)) if language == "ro" else frozenset() for word in said]
        for number in self._compared(said):
            found = self._match(number, said, translated, language)
            if found and (found.called.key not in links or found.score > links[found.called.key].score):
                links[found.called.key] = found
        if not links:
            links = {link.called.key: link for link in self._by_one_word(said, capital)}
        if any(link.called.kind == PROJECT for link in links.values()):
            # A document beside a project is named in passing, as whoever runs both is; one word of it is no name.
            links = {
                key: link
                for key, link in links.items()
                if link.called.kind == PROJECT or len(link.positions) >= FEWEST_WORDS_BESIDE
            }
        chosen: list[Link] = []
        for link in sorted(links.values(), key=lambda link: (-len(link.positions) * link.score, -link.score)):
            same = [other for other in chosen if other.positions == link.positions]
            if same and link.score < same[0].score - 0.05 and same[0].score > 0.95:
                continue
            if same or not any(other.positions & link.positions for other in chosen):
                chosen.append(link)
        return chosen

    def near(self, said: Sequence[str], count: int) -> list[Called]:
        """The projects whose names share most, by rarity, with some words, nearest first; each once, slips forgiven."""
        index, found = self._index, dict[str, tuple[float, int]]()
        for number, hits in index.candidates([word for word in said if word not in self._ignored]).items():
            total = index.whole_weight(number)
            shared = sum(index.weight(word) for word in hits if word not in self._ignored)
            called = index.names[number]
            if total and shared and called.kind == PROJECT:
                found[called.key] = max(found.get(called.key, (0.0, 0)), (shared * shared / total, -number))
        best = sorted(found, key=lambda key: found[key], reverse=True)[:count]
        return [index.names[-found[key][1]] for key in best]

    def sharing(self, said: Sequence[str], language: str) -> list[Called]:
        """The projects whose titles hold these words in a row, each in any form."""
        index = self._index
        forms = [index.forms(word, language) for word in said]
        held = [{number for form in own for number in index.holding(form)} for own in forms]
        found = []
        for number in sorted(set.intersection(*held)) if held else ():
            own = index.words[number]
            starts = range(len(own) - len(said) + 1)
            if any(all(own[at + i] in forms[i] for i in range(len(said))) for at in starts):
                found.append(index.names[number])
        return [called for called in found if called.kind == PROJECT and not called.whole]

    def _by_one_word(self, said: Sequence[str], capital: frozenset[int]) -> list[Link]:
        found = []
        for at in sorted(capital):
            numbers = self._index.holding(said[at]) if len(said[at]) >= SHORTEST_FUZZY else ()
            titles = {fold(self._index.names[number].name) for number in numbers}
            beside = {said[near] for near in {at - 1, at + 1} & capital}
            own = {word for number in numbers for word in self._index.words[number]}
            beside |= {said[near] for near in _headed_by(said, at, capital)}
            # "Moara Nouă" is not Moara Veche, and "the Atlas of Banat" not the Orchards of Banat.
            if 0 < len(titles) <= FEW_HOLDERS and beside <= own | self._ignored:
                found += [Link(self._index.names[number], frozenset({at}), ENOUGH_OF_A_NAME) for number in numbers]
        return found

    def _compared(self, said: Sequence[str]) -> Sequence[int]:
        index = self._index
        if len(index.names) <= FEW_NAMES:
            return range(len(index.names))
        likeness = {}
        for number, hits in index.candidates(said).items():
            total = index.whole_weight(number)
            found = sum(index.weight(word) for word in hits if word not in self._ignored)
            if total and found / total >= ENOUGH_OF_A_START:
                likeness[number] = found * found / total
        best = sorted(likeness, key=lambda number: (-likeness[number], number))[:MOST_COMPARED]
        return list(dict.fromkeys([*best, *(number for number, _ in index.joined(said))]))

    def _match(
        self, number: int, question: Sequence[str], translated: Sequence[frozenset[str]], language: str
    ) -> Link | None:
        called, name = self._index.names[number], self._index.words[number]
        whole = _find(name, question)
        telling = [word for word in name if word not in self._ignored]
        if whole and (telling or len(name) > 1):
            is_code = called.whole and any(map(str.isdigit, called.name))
            return Link(called, whole, 1.0, is_sure=len(telling) > 1 or is_code)
        if len("".join(telling)) < SHORTEST_NAME:
            return None  # "P.E."; "Who we are" is named as a whole or not at all
        squashed = _find_squashed("".join(name), question)
        if squashed:
            return Link(called, squashed, 1.0, is_sure=len(telling) > 1)
        if called.whole:
            return None
        places = {word: found for word in telling if (found := _positions(word, question, self._ignored, language))}
        hits = _nearest(places, self._index)
        if hits:
            for word in telling:
                if word not in hits and (at := _translated_at(word, translated)) is not None:
                    hits[word] = at
        total = sum(map(self._index.weight, telling))
        score = sum(map(self._index.weight, hits)) / total if total else 0.0
        start = _find(name[:2], question) if len(name) > 2 and set(name[:2]) <= set(telling) else None
        enough = score >= ENOUGH_OF_A_NAME and (len(hits) > 1 or len(telling) == 1)
        if enough or (start and score >= ENOUGH_OF_A_START):
            return Link(called, frozenset(hits.values()), score)
        if run := self._telling_run(name, hits):
            return Link(called, frozenset(hits[word] for word in run), ENOUGH_OF_A_NAME)
        return None

    def _telling_run(self, name: Sequence[str], hits: dict[str, int]) -> tuple[str, ...]:
        """Neighbours in a name, three or two rare ones, that the question has in a row and no other name has."""
        best: tuple[str, ...] = ()
        for start in range(len(name)):
            stop = start
            while stop < len(name) and name[stop] in hits and hits[name[stop]] - hits[name[start]] == stop - start:
                stop += 1
            run = tuple(name[start:stop])
            if len(run) > max(1, len(best)) and self._is_only(run):
                best = run
        return best

    def _is_only(self, run: Sequence[str]) -> bool:
        holders = set.intersection(*(set(self._index.holding(word)) for word in run))
        is_one = len({fold(self._index.names[number].name) for number in holders}) == 1
        is_rare = all(len(self._index.holding(word)) <= FEW_HOLDERS for word in run)
        return is_one and (len(run) > 2 or is_rare)


def _headed_by(said: Sequence[str], at: int, capital: frozenset[int]) -> list[int]:
    """The capitalised words before one that are of the same name: "Atlas" in "Atlas of Sounds from Banat"."""
    links, found = grammar().prepositions | grammar().articles, []
    stops = (grammar().closed | grammar().helpers) - links
    for near in range(at - 1, max(-1, at - LONGEST_HEAD - 1), -1):
        if said[near] in stops:
            break
        if near in capital:
            found.append(near)
    return found


def _find(name: Sequence[str], question: Sequence[str]) -> frozenset[int] | None:
    """Positions of `name` as a run of the question's words."""
    size = len(name)
    for start in range(len(question) - size + 1):
        if size and list(question[start : start + size]) == list(name):
            return frozenset(range(start, start + size))
    return None


def _find_squashed(name: str, question: Sequence[str]) -> frozenset[int] | None:
    """Positions of a run of words that is the name but for spaces and a slip: `digi tales`, `silver storys`."""
    from rapidfuzz import fuzz

    if len(name) < SHORTEST_FUZZY + 1:
        return None
    for size in range(1, 9):
        for start in range(len(question) - size + 1):
            run = "".join(question[start : start + size])
            if run[0] != name[0]:
                continue
            if _digits(name) and run != name:
                continue  # „din 2015” is no slip of DB-2015
            alike = fuzz.ratio(run, name) >= 100 - ALLOWED_SLIPS * 200 / (len(name) + len(run))
            if alike and abs(len(run) - len(name)) <= ALLOWED_SLIPS and _digits(run) == _digits(name):
                return frozenset(range(start, start + size))
    return None


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _positions(word: str, question: Sequence[str], closed: frozenset[str], language: str) -> list[int]:
    """Where the question has this word, the same, bent or, failing that, nearly."""
    from rapidfuzz import fuzz

    bent = {"en", language}
    same = [
        at
        for at, other in enumerate(question)
        if word == other or any(stem(word, one) == stem(other, one) for one in bent)
    ]
    if same or len(word) < SHORTEST_FUZZY or not word.isalpha():
        return same
    return [
        at
        for at, other in enumerate(question)
        if len(other) >= SHORTEST_FUZZY and other not in closed and fuzz.ratio(word, other) >= CLOSE
    ]


def _nearest(places: dict[str, list[int]], index: NameIndex) -> dict[str, int]:
    """One place for each word: of several the one nearest to the rarest word."""
    if not places:
        return {}
    anchor = places[max(places, key=index.weight)][-1]
    return {word: min(found, key=lambda at: abs(at - anchor)) for word, found in places.items()}


def _translated_at(word: str, translated: Sequence[frozenset[str]]) -> int | None:
    """Where a Romanian question has what translates to this word."""
    form = stem(word, "en")
    return next((at for at, others in enumerate(translated) if form in others), None)


def nearest_titles(titles: Mapping[str, str], told: str, count: int = 3) -> list[str]:
    """Titles most like what a question tells, for a refusal to name; `titles` have each with its telling words."""
    from rapidfuzz import fuzz, process

    found = process.extract(told, titles, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_ALIKE, limit=count)
    if " " in told:  # several short words with a slip in each
        found += process.extract(told, titles, scorer=fuzz.partial_ratio, score_cutoff=ALIKE_AS_A_WHOLE, limit=count)
    found.sort(key=lambda one: -one[1])
    return list(dict.fromkeys(title for _, _, title in found))[:count]

"""Which projects a question may name: those whose titles are read with ease and told apart from all others.

Knows titles and aliases only; what the projects are is for others to say.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus.record import Project
from eval.sets.forms import plain_words, stems

LONGEST_TITLE = 110
"""Characters that a person would still type or paste."""
ALIKE = 88.0
"""Of 100, how like two titles may be by `rapidfuzz.fuzz.ratio`: `Phase 2` and `Phase 3` of one name are above."""
LEAST_LETTERS = 4
"""Letters of the longest word of a name that tells anything."""
LONGEST_ACRONYM = 12
MOSTLY = 0.6
"""Part of a title that has to be letters or spaces; below it is a code."""
BRACKETS = re.compile(r"\s*\([^()]*\)$")
SMALL_WORDS = frozenset(
    "a an and at by de din for from in la of on or pe pentru prin si the to with cu project projects proiect proiectul "
    "program programme programul".split()
)


class Titles:
    """The titles and aliases of projects, by their numbers in the order given; `others` are names of something else."""

    def __init__(self, projects: Sequence[Project], others: Iterable[str] = ()) -> None:
        self._others = {plain_words(name) for name in others}
        self._projects = projects
        self.stems = [stems(project.title) for project in projects]
        self._holding: dict[str, set[int]] = defaultdict(set)
        for number, project in enumerate(projects):
            for word in self.stems[number].union(*map(stems, project.aliases)):
                self._holding[word].add(number)
        self._apart: dict[int, bool] = {}

    @cached_property
    def plain(self) -> list[str]:
        """All titles in plain words."""
        return [plain_words(project.title) for project in self._projects]

    def holders(self, words: Iterable[str]) -> set[int]:
        """The projects whose title and aliases together hold all these stems."""
        rarest_first = sorted(set(words), key=lambda word: len(self._holding.get(word, ())))
        if not rarest_first:
            return set()
        return set.intersection(*(self._holding.get(word, set()) for word in rarest_first))

    def commonness(self, word: str) -> int:
        """How many projects have a stem in their title or aliases."""
        return len(self._holding.get(word, ()))

    def is_apart(self, number: int) -> bool:
        """Whether it is plain which project the title means: no other's holds its words or is nearly the same."""
        if number not in self._apart:
            self._apart[number] = self._tells(number)
        return self._apart[number]

    def _tells(self, number: int) -> bool:
        telling = self.stems[number] - SMALL_WORDS
        return (
            is_readable(self._projects[number].title)
            and bool(telling)
            and self.plain[number] not in self._others
            and self.holders(telling) == {number}
            and self.nearest(self.plain[number], but=number) < ALIKE
        )

    def nearest(self, plain: str, but: int = -1) -> float:
        """How like the likest title is to a name in plain words, 0 to 100, one project aside."""
        from rapidfuzz import fuzz, process

        found = process.extract(plain, self.plain, scorer=fuzz.ratio, limit=2)
        return max((score for _, score, at in found if at != but), default=0.0)

    def names(self, number: int) -> list[str]:
        """The title, then it without its brackets and the aliases, if told apart as well: any of them names it."""
        title = " ".join(self._projects[number].title.split())
        others = (BRACKETS.sub("", title), *self._projects[number].aliases)
        return list(dict.fromkeys([title, *(name for name in others if self._is_own(name, number))]))

    def called(self, number: int) -> str:
        """The title, without what stands in brackets behind it where the rest is told apart from all others as well."""
        title = " ".join(self._projects[number].title.split())
        bare = BRACKETS.sub("", title)
        return bare if bare != title and self._is_own(bare, number) else title

    def _is_own(self, name: str, number: int) -> bool:
        telling = stems(name) - SMALL_WORDS
        return bool(telling) and is_readable(name) and self.holders(telling) == {number}


def is_shouted(title: str) -> bool:
    """Whether it is all in capitals, as old registers have it, who abbreviate what is too long: a poor name to type."""
    return title.isupper() and len(title) > LONGEST_ACRONYM


def is_readable(name: str) -> bool:
    """Whether a person would write such a name: in one line, not too long, not a code and not cut off."""
    plain = name.strip()
    return (
        "\n" not in plain
        and len(plain) <= LONGEST_TITLE
        and max(map(len, re.findall(r"[^\W\d_]+", plain)), default=0) >= LEAST_LETTERS
        and sum(character.isalpha() or character.isspace() for character in plain) >= MOSTLY * len(plain)
        and all(plain.count(opened) == plain.count(closed) for opened, closed in ("()", "[]", "“”"))
        and plain.count('"') % 2 == 0
        and not re.search(r"[^\W\d_]{2,}\.(?:[^\W_]|$)|[^\W\d_]{3,}\. ", plain)  # DEVT.BANK, Econ. Support
        and not plain.endswith(("…", "...", ",", "-", "–", "/", "&"))
        and plain.split()[-1].lower() not in SMALL_WORDS - {"project", "projects", "program", "programme", "proiect"}
    )

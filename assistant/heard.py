"""Heard: the words of a question, where they stand, and which are still to be explained."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.folding import fold_keeping_length
from corpus.words import WORD, fold

BLANK = "_"
"""What stands for each character of a word that is explained, so that no pattern reads it again."""


@dataclass(slots=True)
class Heard:
    """`words` are folded; `free` are the positions of those that nothing explains yet."""

    question: str
    words: list[str]
    spans: list[tuple[int, int]]
    free: set[int]
    language: str = "en"

    def take(self, positions: Iterable[int]) -> None:
        """Something explains these words."""
        self.free -= set(positions)

    def positions(self, begin: int, finish: int) -> frozenset[int]:
        """The words that stand within some characters."""
        return frozenset(at for at, (start, end) in enumerate(self.spans) if begin <= start and end <= finish)

    def matching(self, patterns: Iterable[re.Pattern[str]]) -> set[int]:
        """The free words that patterns match."""
        blanked = self.blanked()
        return {at for one in patterns for match in one.finditer(blanked) for at in self.positions(*match.span())}

    def text(self, positions: Iterable[int]) -> str:
        """The question's own words from the first to the last of some."""
        found = sorted(positions)
        return self.question[self.spans[found[0]][0] : self.spans[found[-1]][1]]

    def written(self, at: int) -> str:
        """A word as it is written."""
        return self.question[slice(*self.spans[at])]

    def between(self, first: int, second: int) -> str:
        """What stands between two words, folded."""
        return fold(self.question[self.spans[first][1] : self.spans[second][0]])

    def blanked(self) -> str:
        """The folded question, character by character, with the words that are explained blanked."""
        text = fold_keeping_length(self.question)
        for at, (start, end) in enumerate(self.spans):
            if at not in self.free:
                text = text[:start] + BLANK * (end - start) + text[end:]
        return text

    def blanked_question(self) -> str:
        """The question as it is written, with the words that are explained blanked."""
        text = self.question
        for at, (start, end) in enumerate(self.spans):
            if at not in self.free:
                text = text[:start] + BLANK * (end - start) + text[end:]
        return text

    def blanked_words(self, first: int, last: int) -> str:
        """The words from `first` to before `last`, blanked where they are explained."""
        return " ".join(self.words[at] if at in self.free else BLANK for at in range(first, last))

    def names(self) -> frozenset[int]:
        """The words that are written like names."""
        return frozenset(at for at in range(len(self.words)) if self.is_name(at))

    def is_acronym(self, at: int) -> bool:
        """Whether a word is all in capitals where not every word is: „SEE” is not "see"."""
        word = self.written(at)
        return len(word) > 1 and word.isalpha() and word.isupper() and not self.question.isupper()

    def is_closed(self, at: int, closed: frozenset[str]) -> bool:
        """Whether a word is one of these closed-class words, and no acronym."""
        return self.words[at] in closed and not self.is_acronym(at)

    def is_name(self, at: int) -> bool:
        """Whether a word is written like a name: with a capital that does not only begin the sentence, or a figure."""
        word = self.written(at)
        if any(map(str.isdigit, word)) or (len(word) > 1 and word.isupper()):
            return True
        before = self.question[: self.spans[at][0]].rstrip()  # no pattern, which for a long draft took seconds
        begins = at == 0 or before.endswith((".", "!", "?"))
        return word[0].isupper() and not begins


def hear(question: str, language: str = "en") -> Heard:
    """A question in a language, of which nothing is explained yet."""
    spans = [match.span() for match in WORD.finditer(question)]
    said = [fold(question[start:end]) for start, end in spans]
    return Heard(question, said, spans, set(range(len(said))), language)


def telling(heard: Heard, positions: Iterable[int], closed: frozenset[str]) -> list[int]:
    """Those of the words that are no closed-class words."""
    return [at for at in sorted(positions) if heard.words[at] not in closed]


def unbroken(positions: Sequence[int] | frozenset[int]) -> bool:
    """Whether positions follow on each other."""
    return not positions or max(positions) - min(positions) + 1 == len(set(positions))

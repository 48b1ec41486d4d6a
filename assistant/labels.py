"""Which of the sources' own labels a question names: `Publication date`, `curr_total_commitment`, `grantamt`.

A label is compared letter by letter, since registers run its words together and cut them short. Knows no label itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.grammar import grammar
from assistant.translation import translations_of
from corpus.words import fold, stem
from index.selection import Label

SHORTEST_PIECE = 3
"""Letters of a word, or of what is left of one that is cut short, that count as found in a label."""
ENOUGH_OF_A_LABEL = 0.45
"""Share of its letters that two words of a question have to cover; one word has to be all of it."""
MOST_TRANSLATIONS = 6
LONGEST_GAP = 2
"""Closed-class words between two that name a label: "approved by the board"."""


@dataclass(frozen=True, slots=True)
class LabelMention:
    """Labels that the words at `positions` name, `share` being how much of their letters is said, 0 to 1."""

    labels: tuple[Label, ...]
    positions: frozenset[int]
    share: float


class LabelIndex:
    """The labels of a store, squashed to letters and digits."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._squashed: dict[str, list[Label]] = {}
        for one in labels:
            self._squashed.setdefault("".join(re.findall(r"[^\W_]+", fold(one.label))), []).append(one)

    def find(self, said: Sequence[str], free: frozenset[int] | set[int], language: str = "en") -> list[LabelMention]:
        """The labels named by the free words of a question; of those that overlap the one that says more letters."""
        found = []
        forms = [_forms(word, language) for word in said]
        for squashed, called in self._squashed.items():
            for positions, letters in _runs(squashed, said, forms, free):
                share = letters / len(squashed)
                if len(positions) == 1 and not _is_word_of(said[min(positions)], squashed, language):
                    continue
                if share > 0.99 or (len(positions) > 1 and share >= ENOUGH_OF_A_LABEL):
                    found.append((letters, share, positions, tuple(called)))
        kept: list[LabelMention] = []
        for _, share, positions, labels in sorted(found, key=lambda one: (-len(one[2]), -one[1], -one[0])):
            same = [at for at, other in enumerate(kept) if other.positions == positions]
            if same and kept[same[0]].share == share:  # `Total budget` and `total_budget`
                kept[same[0]] = LabelMention((*kept[same[0]].labels, *labels), positions, share)
            elif not any(other.positions & positions for other in kept):
                kept.append(LabelMention(labels, positions, share))
        return kept


def _forms(word: str, language: str) -> tuple[str, ...]:
    """A word, its stems and, of a Romanian question, what it is in English: registers have English labels."""
    translated = translations_of(word, language)[:MOST_TRANSLATIONS] if language == "ro" else ()
    stems = (stem(word, "en"), stem(word, "ro"), *translated)
    # The stem of "county" and "counties" ends in `i`, the label in `y`.
    return tuple(dict.fromkeys((word, *stems, *(f"{one[:-1]}y" for one in stems if one.endswith("i")))))


def _runs(
    squashed: str, said: Sequence[str], forms: Sequence[tuple[str, ...]], free: frozenset[int] | set[int]
) -> list[tuple[frozenset[int], int]]:
    """Words near each other that stand in a label: (positions, letters of the label that they cover)."""
    runs: list[tuple[frozenset[int], int]] = []
    closed = _function_words()
    for start in sorted(free):
        if said[start] in closed:
            continue
        left, gap = squashed, 0
        positions: list[int] = []
        for at in range(start, len(said)):
            rest = _without(forms[at], left, is_rest=bool(positions)) if at in free else None
            if rest is None:
                gap += 1
                if not positions or gap > LONGEST_GAP or said[at] not in closed:
                    break
                continue
            left, gap = rest, 0
            positions.append(at)
        if positions:
            runs.append((frozenset(positions), len(squashed) - len(left.replace(" ", ""))))
    return runs


def _is_word_of(word: str, label: str, language: str) -> bool:
    """Whether a word is a label of one word, in one form or in translation: „anulate” is not `Anul`."""
    translated = set(translations_of(word, language)) if language == "ro" else set()
    return (
        word == label or stem(word, language) == stem(label, language) or bool(translated & {label, stem(label, "en")})
    )


@cache
def _function_words() -> frozenset[str]:
    return frozenset().union(*grammar().function_words.values())


def _without(forms: Sequence[str], label: str, *, is_rest: bool) -> str | None:
    """What is left of a label without a word of a question, a space in its place; None where it is not in it."""
    pieces, word = label.split(" "), forms[0]
    for form in forms:
        if len(form) > SHORTEST_PIECE or form == label:
            for at, piece in enumerate(pieces):
                if form in piece:
                    before, _, after = piece.partition(form)
                    ending = next((e for e in _ENDINGS if after.startswith(e) and word != form), "")
                    return _joined([*pieces[:at], before, after.removeprefix(ending), *pieces[at + 1 :]])
    for at, piece in enumerate(pieces):
        if is_rest and SHORTEST_PIECE <= len(piece) < len(word) and _shortens(piece, word):
            return _joined([*pieces[:at], *pieces[at + 1 :]])
    return None


_ENDINGS = ("ments", "ment", "tion", "als", "al", "ing", "ers", "er", "ed", "es", "s", "e")


def _joined(pieces: Sequence[str]) -> str:
    return " ".join(piece for piece in pieces if piece) or " "


def _shortens(piece: str, word: str) -> bool:
    """Whether a piece is a word cut short: `instr`, `amt`."""
    if piece[0] != word[0]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in piece)

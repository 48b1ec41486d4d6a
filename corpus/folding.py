"""Text folded for case and accents one character to one character, so that every offset stays what it was."""

import unicodedata

from corpus.words import fold


class _Folds(dict[int, str]):
    """What each character folds to, found out once a character."""

    def __missing__(self, point: int) -> str:
        self[point] = _folded(chr(point))
        return self[point]


def _folded(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = fold(character)
    if len(folded) != 1 or (folded.isdecimal() and not character.isdecimal()):  # a footnote's ² is no digit
        return character.lower()[:1] or character
    return folded


_FOLDS = _Folds()


def fold_keeping_length(text: str) -> str:
    """`text` folded character by character, so that offsets stay; digits of any script become ASCII digits."""
    return text.translate(_FOLDS)

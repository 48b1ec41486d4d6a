"""Words that a line break has cut in two put together, with or without their hyphen.

A PDF does not say whether a hyphen at the end of a line belongs to the word; the rest of the document may.
"""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
LAST = re.compile(r"([^\W_]+(?:[-‐][^\W_]+)*)[-‐\xad]$")
SLASH = re.compile(r"[^\W_]/$")
HYPHENS = ("-", "‐", "\xad")
LONGEST_WORD = 60
"""Characters at the end of a text that are looked at, which may be long."""
SHORTEST_HEAD = 2
SHORTEST_TAIL = 3
"""Letters that hyphenation leaves on either side; with fewer, as in `s-au` and `e-mail`, the hyphen is the word's."""
CLITICS = {"într", "dintr", "printr", "intr"}
"""Romanian prepositions that always carry a hyphen."""


class Hyphens:
    """Knows the words of one document, gathered when first needed."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._words: set[str] = set()

    def join(self, text: str, following: str) -> str:
        """Two lines of one paragraph as one text."""
        if SLASH.search(text[-3:]):
            return text + following  # "PA17/RO13", an address of the web
        cut = LAST.search(text[-LONGEST_WORD:]) if text.endswith(HYPHENS) else None
        if not cut:
            return f"{text} {following}"
        tail = WORD.match(following)
        if not tail:
            return f"{text} {following}"
        head = cut.group(1)
        return (text if self._keeps(head, tail.group()) else text[:-1]) + following

    def _keeps(self, head: str, tail: str) -> bool:
        last = re.split("[-‐]", head)[-1]
        if not tail[0].islower() or not last[-1].isalpha():
            return True  # Bistrița-Năsăud, 2013-2014, COVID-19
        known = self._known()
        if (last + tail).casefold() in known:
            return False
        if f"{head}-{tail}".casefold() in known or f"{last}-{tail}".casefold() in known:
            return True
        return len(last) < SHORTEST_HEAD or len(tail) < SHORTEST_TAIL or last.casefold() in CLITICS

    def _known(self) -> set[str]:
        if not self._words:
            for text in self._texts:
                # A word cut at the end of its line would vouch for its own half.
                self._words.update(WORD.findall(text.casefold().rstrip("-‐\xad")))
        return self._words

"""What of a language model's stream is meant for a reader: no thoughts, no tags, no characters that cannot be seen.

Works a character at a time, so that it does not matter how the stream is cut into pieces. Knows no sentences.
"""

import re
import unicodedata
from collections.abc import Iterator

RESTART = "\0"
"""Stands where thoughts end that nothing has announced: what came before was none of the answer."""
_THOUGHTS = frozenset({"think", "thinking", "thought", "thoughts", "reasoning", "reflection", "analysis"})
_TAG = re.compile(r"<\s*(/?)\s*\|?([^\W\d_][\w-]*)?[^<>]*>")
_LONGEST_TAG = 60
_BREAKS = frozenset({"br", "p", "li", "div"})
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


class Visible:
    """The state between two pieces of one stream."""

    def __init__(self) -> None:
        self._tag = ""
        self._thinks = ""
        self._is_escaped = False

    def feed(self, piece: str) -> Iterator[str]:
        """The characters to show, in order; white space is a blank or the end of a line."""
        for character in piece:
            yield from self._take(character)

    def end(self) -> Iterator[str]:
        """Those that were held back until it was clear that they begin no tag."""
        left, self._tag = self._tag, ""
        yield from self._shown(left)

    def _take(self, character: str) -> Iterator[str]:
        if not self._tag:
            if character == "<":
                self._tag = "<"
            else:
                yield from self._shown(character)
            return
        if character == "<" or character == "\n" or len(self._tag) >= _LONGEST_TAG or self._is_none(character):
            left, self._tag = self._tag, ""
            yield from self._shown(left)
            yield from self._take(character)
            return
        self._tag += character
        if character == ">":
            tag, self._tag = self._tag, ""
            yield from self._tagged(tag)

    def _is_none(self, character: str) -> bool:
        """`<5`, `< x`."""
        return len(self._tag) == 1 and not (character.isalpha() or character in "/|!?")

    def _tagged(self, tag: str) -> Iterator[str]:
        found = _TAG.fullmatch(tag)
        closes, name = (bool(found[1]), (found[2] or "").lower()) if found else (False, "")
        if name in _THOUGHTS:
            if closes and not self._thinks:
                yield RESTART
            self._thinks = "" if closes else name
        elif name in _BREAKS:
            yield from self._shown("\n")

    def _shown(self, text: str) -> Iterator[str]:
        for character in "" if self._thinks else text:
            if character == "\\" and not self._is_escaped:
                self._is_escaped = True  # Markdown's, before a bracket or underscore
                continue
            if self._is_escaped and character.isalnum():
                yield "\\"
            self._is_escaped = False
            if character in "\n\r\u2028\u2029":
                yield "\n"
            elif character.isspace():
                yield " "
            elif unicodedata.category(character) not in _UNSEEN:
                yield character

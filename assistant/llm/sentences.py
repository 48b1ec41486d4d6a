"""The sentences of a language model's stream, each as soon as it is surely finished, with the sources it names.

The text comes in pieces of any size; the sentences are the same however it is cut, since it is read a character at a
time. Does not know which sources there are, nor whether a sentence is right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.llm.markers import BARE_AT_END, OPENERS, SENTINEL, ends_marked, is_run, numbers_in, without_markers
from assistant.llm.visible import RESTART, Visible
from corpus.words import fold

LONGEST_SENTENCE = 1000
"""Characters; what runs on for longer is no sentence that could be checked."""
_STOPS = frozenset(".!?…")
_STOPS_AND_QUOTES = ".!?…”’»\"'*_"
_STOPPED = re.compile(r"[.!?…][”’»\"')\]*_.!?…]*\Z")
_QUOTED_OPEN = re.compile(r"[“„«](?=[^”»“]*\Z)")
_LIST_ITEM = re.compile(r"\A\s*(?:#{1,6}\s+|>\s*|[-*+•·▪–—]\s+|\(?\d{1,2}[.)]\s+|[a-z]\)\s+|\|)+")
_FENCE = re.compile(r"\A\s*(?:```|~~~)[\w-]*\s*\Z|\A[\s|:-]+\Z")
"""The line that begins or ends a block of code, or separates the head of a table."""
_EMPHASIS = re.compile(r"(?<![^\W_])[*_]+|[*_]+(?![^\W_])|`+|\|\s*\Z")
"""Not between two letters or digits: `5*3`, `file_name`."""
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)")
_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?](?:\s|\Z))|\s+(?=\Z)")
_LEADING = re.compile(r"\A(?:[\s.,;:!?…”’»)\]|]|-(?!\d))+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.[”’»\"')\]*_]*\Z")
_ABBREVIATIONS = frozenset(
    "acad al alin aprox approx apr art aug bd bl cap ca cca cf dec dl dna dra dr etc ex fig feb ian iul iun inc ing jr "
    "jud lit loc ltd max mil min mld mr mrs ms nov no nr oct op oras pag par pct pp pr prof pt resp sc sec sept set sf "
    "soc sr st str tel urm vol vs".split()
)
"""English and Romanian ones that a capital or a figure may follow; sentencex knows the English ones, and few others."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence without its markers, and the numbers of the sources these name, in order.

    One that was cut off, or ran on for too long, is not whole.
    """

    text: str
    numbers: tuple[int, ...] = ()
    is_whole: bool = True


class Sentences:
    """Those of one stream in `language`, ISO 639-1. `restarts` counts how often all that came before was taken back."""

    def __init__(self, language: str) -> None:
        self.restarts = 0
        self._language = language
        self._visible = Visible()
        self._text = ""  # of the sentence that is not finished
        self._is_long = False
        self._held: Numbered | None = None  # finished without a marker, which may stand behind it
        self._is_held_by_line = False

    def feed(self, piece: str) -> list[Numbered]:
        """The sentences that are finished with this piece."""
        found: list[Numbered] = []
        for character in self._visible.feed(piece):
            if character == RESTART:
                self._restart()
                found.clear()
            else:
                found += self._take(character)
        return found

    def end(self, *, is_broken: bool = False) -> list[Numbered]:
        """The rest, once nothing more comes; of a stream that broke only what was whole."""
        found = [one for character in self._visible.end() for one in self._take(character)]
        text = self._text.rstrip(" |")
        is_marked = ends_marked(text) or ends_marked(text.rstrip(_STOPS_AND_QUOTES)) or is_run(text or " ")
        is_whole = is_marked or (not is_broken and self._ends_whole())
        if is_whole or not is_broken:
            found += self._cut(self._text, by_line=True, is_whole=is_whole)
        return [*found, *self._let_go()]

    def _ends_whole(self) -> bool:
        text = self._text.rstrip()
        return not text or bool(_STOPPED.search(text) or BARE_AT_END.search(text)) or SENTINEL.search(text) is not None

    def _restart(self) -> None:
        self.restarts += 1
        self._text, self._held, self._is_long = "", None, False

    def _take(self, character: str) -> Iterator[Numbered]:
        if character == "\n":
            yield from self._cut(self._text, by_line=True)
            return
        if character == " ":
            self._text += " " if self._text and not self._text.endswith(" ") else ""
            return
        yield from self._before(character)
        self._text += character
        if character in _STOPS and ends_marked(self._text[:-1]) and not _is_quoting(self._text):
            yield from self._cut(self._text)
        elif len(self._text) > LONGEST_SENTENCE:
            self._is_long, self._text = True, self._text[-LONGEST_SENTENCE // 2 :]

    def _before(self, character: str) -> Iterator[Numbered]:
        """What ends where this character, which is no white space, begins something else."""
        if self._held and not self._is_held_by_line and self._is_run_over(character):
            yield replace(self._held, numbers=(*self._held.numbers, *numbers_in(self._text)))
            self._held, self._text = None, ""
        elif (self._text.endswith(" ") or character in OPENERS) and self._ends_before(character):
            yield from self._cut(self._text)

    def _is_run_over(self, character: str) -> bool:
        """Whether the markers behind a sentence are all there."""
        may_go_on = character in OPENERS or character in ",;&*_" or (character == "S" and self._text.endswith(" "))
        is_within = character.isalnum() and not self._text.endswith((" ", "]", "］", "】", ")", "）"))
        return not may_go_on and not is_within and is_run(self._text)

    def _ends_before(self, character: str) -> bool:
        """Whether a sentence ends at the stop before this character."""
        text = self._text.rstrip()
        if not _STOPPED.search(text) or character.islower() or not any(map(str.isalpha, text)):
            return False
        if text.rstrip("”’»\"')]*_")[-1:] in "!?":
            return True
        word = _LAST_WORD.search(text)
        if word and (len(word[1]) == 1 or fold(word[1]) in _ABBREVIATIONS):
            return False
        return _is_boundary(self._language, text, character if character.isalnum() else "A")

    def _cut(self, text: str, *, by_line: bool = False, is_whole: bool = True) -> Iterator[Numbered]:
        is_whole, self._is_long = is_whole and not self._is_long, False
        self._text = ""
        if by_line and _FENCE.match(text):
            return
        made = _numbered(text, is_whole)
        if not made.text:  # nothing but markers
            if made.numbers and self._held:
                self._held = replace(self._held, numbers=(*self._held.numbers, *made.numbers))
            yield from self._let_go() if made.numbers else ()
            return
        yield from self._let_go()
        if made.numbers or not _STOPPED.search(text.rstrip()):
            yield made
        else:
            self._held, self._is_held_by_line = made, by_line

    def _let_go(self) -> Iterator[Numbered]:
        if self._held:
            yield self._held
        self._held = None


def _is_quoting(text: str) -> bool:
    """Whether a quotation is open, which ends behind the stop."""
    return text.count('"') % 2 == 1 or _QUOTED_OPEN.search(text) is not None


def _numbered(text: str, is_whole: bool) -> Numbered:
    plain = _LINK.sub(r"[\1]", _LIST_ITEM.sub("", text))
    numbers = numbers_in(_EMPHASIS.sub("", plain))
    plain = without_markers(_EMPHASIS.sub("", plain))
    plain = _LEADING.sub("", _BEFORE_STOP.sub("", " ".join(plain.split())))
    if not any(map(str.isalnum, plain)) or _is_heading_of_markers(plain):
        return Numbered("", numbers, is_whole)
    return Numbered(plain, numbers, is_whole)


def _is_heading_of_markers(plain: str) -> bool:
    """`Sources: [S1], [S2]`."""
    return fold(plain).strip(" :.,;") in {"source", "sources", "sursa", "surse", "sursele", "and", "si"}


def _is_boundary(language: str, text: str, following: str) -> bool:
    from sentencex import get_sentence_boundaries

    found = get_sentence_boundaries(language if language.isalpha() else "en", f"{text} {following}")
    return bool(found) and found[-1]["start_index"] == len(text) + 1

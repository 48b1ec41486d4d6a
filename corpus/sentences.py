"""Where sentences begin and end. The segmentation is sentencex's; that no character is lost is ours."""

import re
from collections.abc import Callable

from corpus.document import Span

LONGEST_UNPUNCTUATED_LINE = 200
"""Characters; a shorter line that does not end like a sentence is an address or a heading, and its dots abbreviate."""
CLOSED = re.compile(r"[.!?…:;][\s)\]”“\"'’»]*$")


def sentence_spans(text: str, language: str, offset: int = 0) -> list[Span]:
    """Spans of the sentences of `text`, trimmed of white space, moved by `offset`; lines never run together.

    `language` is ISO 639-1 and steers abbreviations; an unknown one falls back to English.
    """
    from sentencex import get_sentence_boundaries

    found = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        if len(line.group()) <= LONGEST_UNPUNCTUATED_LINE and not CLOSED.search(line.group()):
            left = len(line.group()) - len(line.group().lstrip())
            found.append(Span(line.start() + left + offset, line.start() + len(line.group().rstrip()) + offset))
            continue
        for boundary in get_sentence_boundaries(language if language.isalpha() else "en", line.group()):
            start, end = boundary["start_index"] + line.start(), boundary["end_index"] + line.start()
            words = text[start:end]
            if words.strip():
                left = len(words) - len(words.lstrip())
                found.append(Span(start + left + offset, start + len(words.rstrip()) + offset))
    return found


def sentence_pieces(language: str) -> Callable[[str], list[str]]:
    """A function that cuts a text before each sentence; joined again, the pieces are the text."""

    def cut(text: str) -> list[str]:
        starts = [0, *(span.start for span in sentence_spans(text, language)[1:])]
        ends = [*starts[1:], len(text)]
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]

    return cut

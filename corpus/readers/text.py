"""Plain text: the canonical text is the file's own, and a block is a line between blank ones.

Which lines are titles is not known here; `corpus.finder` learns it from what recurs.
"""

import re

from corpus.document import Block, Span, canonical
from corpus.readers.draft import Draft, unwrap

PARAGRAPH = re.compile(r"^(?P<indent>[^\S\n]*)(?P<lines>\S[^\n]*(?:\n[^\n]*\S[^\n]*)+)", re.MULTILINE)
"""Two lines or more without an empty one between."""
BULLET = re.compile(r"[ \t]*[•▪‣◦*–-][ \t]+(?=\S)")


def read_text(text: str) -> Draft:
    """Blocks of a plain text. Hand-wrapped lines are joined with spaces, character for character."""
    text = PARAGRAPH.sub(lambda match: match["indent"] + unwrap(match["lines"]), canonical(text))
    blocks = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        words = line.group()
        start = line.start() + len(words) - len(words.lstrip())
        bullet = BULLET.match(words)
        kind = "item" if bullet else "paragraph"
        blocks.append(Block(Span(start, line.start() + len(words.rstrip())), kind))
    return Draft(text, tuple(blocks))

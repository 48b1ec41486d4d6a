r"""Document, Block and Span: a source file as canonical text, and the places in it.

Canonical text is what every offset in the system counts in: Unicode NFC, newlines as `\n`, no NUL, no byte order
mark, no lone surrogate. Offsets are characters, spans are half open.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

DIGEST_LENGTH = 16
"""Hexadecimal characters of SHA-256 kept in an id: 64 bits, no collision to expect below a billion documents."""


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of a document's canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


HEADINGS = frozenset({"heading", "meta"})
"""Kinds of blocks that stand over what follows, and say nothing themselves."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table row, as the reader of the format saw it."""

    span: Span
    kind: str
    """`heading`, `paragraph`, `item`, `row` (of a table), `meta` (a line of front matter), `record` (the title of one
    record of a register) or `field` (a labelled line of that record)."""
    level: int = 0
    """1 to 6 for a heading; 7 for a short line that is bold throughout; 1 for the first row of a table; else 0."""
    cells: tuple[Span, ...] = ()
    """The cells of a row, in order, an empty one as an empty span; label and value of a field; of a paragraph or an
    item that begins in bold and goes on plain, these two parts."""

    # Registers have half a million blocks, which come from another process: this halves what that takes.
    def __reduce__(self) -> "tuple[type[Block], tuple[Span, str, int, tuple[Span, ...]]]":
        return Block, (self.span, self.kind, self.level, self.cells)


@dataclass(frozen=True, slots=True)
class Document:
    """One source file. `source` is its path as given to the program, with forward slashes."""

    id: str
    source: str
    media_type: str
    title: str
    language: str
    """ISO 639-1, or `und` where nothing told."""
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = ()
    """Offset at which each page begins; empty for formats without pages."""
    notes: tuple[str, ...] = ()
    """What a person should know about how it was read: pages without text, rows left out."""

    def page_of(self, offset: int) -> int | None:
        """The number of the page, from 1, that `offset` stands on; None for a format without pages."""
        return bisect_right(self.page_starts, offset) or None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that was met and could not be read."""

    source: str
    reason: str


# Control characters that nobody means: text of the Windows code page 1252 that was read as Latin-1.
_WINDOWS = {
    point: bytes([point]).decode("cp1252", "replace").replace("\N{REPLACEMENT CHARACTER}", "")
    for point in range(0x80, 0xA0)
}


def canonical(text: str) -> str:
    """Newlines, composition and stray characters as every offset expects them.

    Idempotent: `canonical(canonical(t)) == canonical(t)`.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x00", "")
    if text.isascii():  # as most cells of a register are
        return text
    text = text.replace("\ufeff", "").translate(_WINDOWS)
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return unicodedata.normalize("NFC", text)


def digest(data: bytes) -> str:
    """SHA-256 of `data`, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def slug(text: str, default: str = "untitled") -> str:
    """ASCII words of `text` in lower case, hyphens between, at most 60 characters: `silver-stories`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or default

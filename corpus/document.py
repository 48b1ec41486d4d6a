r"""Document, Block and Span: a source file as canonical text, and the places in it.

Canonical text is what every offset in the system counts in: Unicode NFC, newlines as `\n`, no NUL, no byte order
mark, no lone surrogate. Offsets are characters, spans are half open.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

DIGEST_LENGTH = 16
"""Hexadecimal characters of SHA-256 kept in an id: 64 bits, no collision to expect below a billion documents."""


@dataclass(frozen=True, slots=True)
class Span:
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


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table row, as the reader of the format saw it."""

    span: Span
    kind: str
    """`heading`, `paragraph`, `item`, `row` or `meta` (a line of front matter)."""
    level: int = 0
    """1 to 6 for a heading; 7 for a short line that is bold throughout; else 0."""


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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that was met and could not be read."""

    source: str
    reason: str


def canonical(text: str) -> str:
    """Newlines, composition and stray characters as every offset expects them.

    Idempotent: `canonical(canonical(t)) == canonical(t)`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\x00", "")
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return unicodedata.normalize("NFC", text)


def digest(data: bytes) -> str:
    """SHA-256 of `data`, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def slug(text: str, default: str = "untitled") -> str:
    """ASCII words of `text` in lower case, hyphens between, at most 60 characters: `silver-stories`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or default

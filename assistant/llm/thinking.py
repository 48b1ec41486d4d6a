"""What a model thinks aloud before it replies is no part of the reply: a leading <think>…</think> is dropped.

Also put together here: characters beyond 16 bits that come as two halves. Knows no model.
"""

import re
from collections.abc import Generator
from contextlib import closing

NAMES = ("think", "thinking", "thought", "reasoning")
OPENING = re.compile(rf"\s*<({'|'.join(NAMES)})>", re.IGNORECASE)
MAY_OPEN = re.compile(rf"\s*(?:<(?:{'|'.join(name[:n] for name in NAMES for n in range(len(name) + 1))})?)?", re.I)
"""What may become an opening tag when more of it comes; nothing but space may stand before."""


def without_thinking(pieces: Generator[str, None, None]) -> Generator[str, None, None]:
    """The reply in pieces, without what was thought before it and space before its first word.

    Closing this closes `pieces`.
    """
    with closing(pieces):
        held, tag = "", ""
        is_reply = False
        for piece in pieces:
            if is_reply:
                yield piece
                continue
            held, tag, is_reply = _read(held + piece, tag)
            if is_reply and held:
                yield held.lstrip()
        if held.strip() and not is_reply and not tag:
            yield held.lstrip()


def _read(held: str, tag: str) -> tuple[str, str, bool]:
    """What is still held, the tag that is open, and whether what is held is the reply itself."""
    while True:
        if tag:
            closed = re.search(f"</{tag}>", held, re.IGNORECASE)
            if not closed:
                return held[-len(tag) - 2 :], tag, False
            held, tag = held[closed.end() :], ""
        opened = OPENING.match(held)
        if not opened:
            return held, "", not MAY_OPEN.fullmatch(held)
        held, tag = held[opened.end() :], opened.group(1)


def whole_characters(pieces: Generator[str, None, None]) -> Generator[str, None, None]:
    """The same with halves of a character (surrogates) joined, also over two pieces; a half alone becomes U+FFFD."""
    held = ""
    with closing(pieces):
        for piece in pieces:
            text, held = held + piece, ""
            if "\ud800" <= text[-1:] <= "\udbff":
                text, held = text[:-1], text[-1]
            if text:
                yield _joined(text)
    if held:
        yield _joined(held)


def _joined(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

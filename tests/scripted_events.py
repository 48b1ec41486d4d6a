"""What the scripted server of a language model sends: whole replies, events of a stream, and how they flow."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAME = "scripted"


@dataclass(frozen=True, slots=True)
class Flow:
    """How a text streams: a piece a word, or every so many `characters`; a pause of so many seconds behind each.

    `write_bytes` is what is sent at once, so that a character may come in parts; `escapes` writes what is not ASCII as
    JSON escapes, and then a character beyond the basic plane may come in two events. After `until` pieces it `stalls`
    for as long as the server lives, `drops` the connection, or sends `then`, bytes that may be no event. An `endless`
    one begins again, for ever.
    """

    characters: int = 0
    pause_s: float = 0.0
    write_bytes: int = 0
    escapes: bool = True
    until: int | None = None
    stalls: bool = False
    drops: bool = False
    then: bytes = b""
    endless: bool = False

    def pieces(self, text: str) -> Iterator[str]:
        """The pieces of the text, all of them."""
        units = [text[at : at + self.characters] for at in range(0, len(text), self.characters or len(text) or 1)]
        if not self.characters:
            units = re.findall(r"\S+ ?|\s+", text) or [text]
        if self.characters == 1 and self.escapes:
            units = [half for unit in units for half in _halves(unit)]
        return itertools.cycle(units) if self.endless else iter(units)


def listing(names: Sequence[str]) -> bytes:
    """The models that a server has."""
    return json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}).encode()


def completion(text: str | None) -> bytes:
    """A whole reply."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 1, "model": NAME, "choices": [choice]}
    ).encode()


def event(piece: str | None, *, is_first: bool = False, escapes: bool = True) -> bytes:
    """One event of a stream: a piece of the text, or None where it stops."""
    delta: dict[str, Any] = {} if piece is None else {"content": piece} | ({"role": "assistant"} if is_first else {})
    choice = {"index": 0, "delta": delta, "finish_reason": "stop" if piece is None else None}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": NAME, "choices": [choice]}
    return f"data: {json.dumps(chunk, ensure_ascii=escapes)}\n\n".encode()


def _halves(character: str) -> Iterator[str]:
    """A character beyond the basic plane as the two escapes that JSON has for it."""
    code = ord(character) - 0x10000
    yield from (character,) if code < 0 else (chr(0xD800 + (code >> 10)), chr(0xDC00 + (code & 0x3FF)))


def tokenized(request: Mapping[str, Any]) -> bytes:
    """The tokens of a text, here its words, as servers with such a door of their own count them."""
    tokens = str(request.get("content") or request.get("prompt") or "").split()
    told = {"tokens": list(range(len(tokens))), "count": len(tokens), "max_model_len": 4096}
    return json.dumps(told).encode()

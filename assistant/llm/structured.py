"""Replies that are to be JSON of a given shape: how a server is asked for one, and how it is read out of a reply.

Knows no client. Of the three ways to ask, a server knows some; a model may do as it likes all the same, so that what
comes back is always held against the schema.
"""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from assistant.llm.message import USER, Message, Prompt

SCHEMA, OBJECT, TEXT = "json_schema", "json_object", "text"
KINDS = (SCHEMA, OBJECT, TEXT)
"""The ways to ask, best first: the server holds the model to the schema, to some JSON object, to nothing."""
REFUSALS = (400, 404, 415, 422, 500, 501)
"""Statuses of servers that do not know such a way."""
MOST_STARTS = 50
"""At how many opening braces of a reply an object is looked for."""


def told(prompt: Prompt, schema: Mapping[str, Any], kind: str) -> Prompt:
    """The prompt for this way to ask: where the server does not hold the model to the schema, it is told the schema."""
    if kind == SCHEMA:
        return prompt
    shape = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    line = f"Reply with one JSON object and nothing else. It must be valid against this JSON schema:\n{shape}"
    if prompt and prompt[-1].role == USER:
        return (*prompt[:-1], Message(USER, f"{prompt[-1].text}\n\n{line}"))
    return (*prompt, Message(USER, line))


def form(schema: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What a request holds beside the prompt for this way to ask."""
    if kind == TEXT:
        return {}
    if kind == OBJECT:
        return {"response_format": {"type": OBJECT}}
    named = {"name": "reply", "strict": True, "schema": dict(schema)}
    return {"response_format": {"type": SCHEMA, SCHEMA: named}}


def is_ignored(text: str) -> bool:
    """Whether a reply is such that the server cannot have held the model to JSON; one that is cut off is not."""
    return not text.lstrip().startswith("{")


def read_object(text: str, schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first JSON object in a reply that is valid against the schema; None where there is none."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema)
    decoder = json.JSONDecoder(parse_constant=_refuse)
    start = text.find("{")
    for _ in range(MOST_STARTS):
        if start < 0:
            return None
        try:
            found, end = decoder.raw_decode(text, start)
            json.dumps(found, ensure_ascii=False).encode()  # half a character is no text that could be stored
            if validator.is_valid(found):
                return dict(found)
        except (ValueError, RecursionError):
            end = start + 1
        start = text.find("{", end)
    return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")

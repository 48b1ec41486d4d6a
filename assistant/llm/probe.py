"""Probe: what a language model's server can do, found out by asking it. Knows no documents and no terminal."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.errors import LanguageModelError, RefusedError
from assistant.llm.message import USER, Deadline, Message, Prompt
from assistant.llm.model import Model
from assistant.llm.structured import OBJECT, SCHEMA
from assistant.llm.tokens import BOUND
from assistant.llm.window import listed
from assistant.model_check import unkeyed, unreachable
from assistant.model_connection import CONNECT_S, ask_server
from assistant.model_settings import MODEL, ModelSettings

NEITHER = "neither"
REPLY_TOKENS = 256
"""Room for some thinking aloud before a sentence."""
SENTENCE = "Say in one sentence what a library is."
COLOUR = "Which colour is the sky on a clear day?"
SCHEMA_OF_COLOUR: dict[str, Any] = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["blue", "green", "red"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
WEATHER = "How warm is it in Brasov now? Call the tool."
TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "temperature",
        "description": "The temperature of the air in a town at this moment.",
        "parameters": {
            "type": "object",
            "properties": {"town": {"type": "string"}},
            "required": ["town"],
            "additionalProperties": False,
        },
    },
}


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found out, None where that was not. `problem` is why the model cannot be used, and what to do."""

    url: str
    model: str
    has_key: bool
    problem: str = ""
    models: tuple[str, ...] | None = None
    first_token_s: float | None = None
    tokens_per_s: float | None = None
    context_tokens: int | None = None
    context_from: str | None = None
    tokens_counted_by: str | None = None
    structured_output: str | None = None
    calls_tools: bool | None = None

    @property
    def is_listed(self) -> bool | None:
        """Whether the model is among those that the server says it has."""
        return None if self.models is None else self.model in self.models

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self) | {"is_listed": self.is_listed}


def probe(settings: ModelSettings, tell: Callable[[str], None] = lambda _: None) -> Probe:
    """Ask for the list of models, a sentence, a colour as JSON and a tool call; `tell` is told before each.

    Each takes as long as one request may.

    Raises:
        MisuseError: the extra `llm` is not installed, or the tokenizer that is set is none.
    """
    model = Model(settings)
    found = Probe(settings.url, settings.model, bool(settings.key))
    tell("asking which models there are")
    try:
        said = ask_server(settings, f"{settings.url}/models", min(CONNECT_S, settings.timeout_s))
    except LanguageModelError:
        return replace(found, problem=unreachable(settings))
    if said.status in (401, 403):
        return replace(found, problem=unkeyed(settings, said.status))
    if said.is_success:
        found = replace(found, models=_names(said.value, settings))
    tell("asking for a sentence")
    try:
        first_s, tokens_per_s = _speed(model)
    except LanguageModelError as error:
        return replace(found, problem=_told(error, found, settings))
    tell("asking for JSON and for a tool call")
    context_tokens, context_from = model.window
    return replace(
        found,
        first_token_s=round(first_s, 3),
        tokens_per_s=None if tokens_per_s is None else round(tokens_per_s, 1),
        context_tokens=context_tokens,
        context_from=context_from,
        tokens_counted_by=model.tokenizer,
        structured_output=_structured(model),
        calls_tools=_calls(model),
    )


def _names(value: Any, settings: ModelSettings) -> tuple[str, ...]:
    """Those that can be shown: a server may say anything, the key as well."""
    names = [one.get("id") for one in listed(value)]
    shown = [name for name in names if isinstance(name, str) and name.isprintable()]
    return tuple(name for name in shown if not settings.key or settings.key.reveal() not in name)


def _prompt(text: str) -> Prompt:
    return (Message(USER, text),)


def _deadline(model: Model) -> Deadline:
    return Deadline.within(model.settings.timeout_s)


def _speed(model: Model) -> tuple[float, float | None]:
    """Seconds to the first piece of a reply, and tokens a second from there; None where too few came to tell."""
    began = time.monotonic()
    pieces: list[str] = []
    first = began
    for piece in model.stream(_prompt(SENTENCE), _deadline(model), reply_tokens=REPLY_TOKENS):
        first = time.monotonic() if not pieces else first
        pieces.append(piece)
    took_s = time.monotonic() - first
    tokens = len(pieces) if model.tokenizer == BOUND else model.count("".join(pieces))
    return first - began, (tokens - 1) / took_s if tokens > 2 and took_s > 0 else None


def _structured(model: Model) -> str | None:
    """The best way of asking for JSON that gives what was asked for."""
    for kind in (SCHEMA, OBJECT):
        try:
            value, _ = model.fill_by(
                kind, _prompt(COLOUR), SCHEMA_OF_COLOUR, _deadline(model), reply_tokens=REPLY_TOKENS
            )
        except LanguageModelError:
            return None
        if value is not None:
            return kind
    return NEITHER


def _calls(model: Model) -> bool | None:
    try:
        return model.calls(_prompt(WEATHER), TOOL, _deadline(model), reply_tokens=REPLY_TOKENS)
    except LanguageModelError:
        return None


def _told(error: LanguageModelError, found: Probe, settings: ModelSettings) -> str:
    """Why no sentence came, and what to do about it."""
    status = error.status if isinstance(error, RefusedError) else 0
    if status in (401, 403):
        return unkeyed(settings, status)
    if found.models and not found.is_listed:
        return f"{settings.url} has no model {settings.model!r} ({error}); set {MODEL} to one that it has"
    if found.models == () and status in (400, 404):
        return f"{settings.url} has no model at all ({error}); load one there, and set {MODEL} to its name"
    return f"{settings.url} gives no reply from {settings.model!r}: {error}; look at what its server says"

"""Settings of a language model: `ASSISTANT_LLM_…` variables. Without them the program needs none and asks none.

Knows no client, and opens no connection.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from corpus.errors import MisuseError

URL, MODEL, KEY = "ASSISTANT_LLM_URL", "ASSISTANT_LLM_MODEL", "ASSISTANT_LLM_KEY"
TIMEOUT, CONTEXT = "ASSISTANT_LLM_TIMEOUT", "ASSISTANT_LLM_CONTEXT"
TOKENIZER = "ASSISTANT_LLM_TOKENIZER"
EXAMPLE = "http://127.0.0.1:8080/v1"
TIMEOUT_S = 120.0
"""How long one request may take; a model on a CPU reads some 50 tokens a second."""
CONTEXT_TOKENS = 4096
"""What a small model's server keeps of a conversation where nothing else is said; more than it keeps is cut off."""
LONGEST_S, LEAST_TOKENS, MOST_TOKENS = 3600.0, 2048, 10_000_000


class Key:
    """A secret that stands in no text made of it; whoever sends it calls `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Key(…)" if self._text else "Key()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __bool__(self) -> bool:
        return bool(self._text)

    def reveal(self) -> str:
        """The secret itself."""
        return self._text


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model behind a URL that speaks the chat protocol of OpenAI; the key is empty where none is needed.

    `is_context_set` tells a number of tokens that somebody chose from the default, which the server may know better.
    `tokenizer` is the model's own tokenizer.json, where it is at hand.
    """

    url: str
    model: str
    key: Key = Key()  # noqa: RUF009  # nothing changes it
    timeout_s: float = TIMEOUT_S
    context_tokens: int = CONTEXT_TOKENS
    is_context_set: bool = False
    tokenizer: Path | None = None

    @property
    def host(self) -> str:
        """The host and, where one is given, the port."""
        return urlsplit(self.url).netloc


def read_model_settings(environment: Mapping[str, str] | None = None) -> ModelSettings | None:
    """The language model that is configured; None where none is.

    Raises:
        MisuseError: naming the variable that is missing or wrong; the key is never shown.
    """
    told = os.environ if environment is None else environment
    given = {name: told.get(name, "").strip() for name in (URL, MODEL, KEY, TIMEOUT, CONTEXT, TOKENIZER)}
    if not given[URL] and not given[MODEL]:
        return None
    for name, other in ((URL, MODEL), (MODEL, URL)):
        if not given[name]:
            raise MisuseError(f"{other} is set and {name} is not; set both to use a language model, or neither")
    return ModelSettings(
        _url(given[URL]),
        given[MODEL],
        _key(given[KEY]),
        _number(TIMEOUT, given[TIMEOUT], TIMEOUT_S, (1.0, LONGEST_S), "seconds"),
        int(_number(CONTEXT, given[CONTEXT], CONTEXT_TOKENS, (LEAST_TOKENS, MOST_TOKENS), "tokens")),
        bool(given[CONTEXT]),
        _tokenizer(given[TOKENIZER]),
    )


def _url(text: str) -> str:
    """The address without the slash at its end; a password in it would end up in logs, so none is taken."""
    try:
        parts = urlsplit(text)
        is_right = _is_address(parts)
    except ValueError:  # a port that is no number, a host that no network knows
        is_right = False
    if "@" in text:
        raise MisuseError(f"{URL} holds a user name or a password; leave it out and give a key with {KEY}")
    if not is_right:
        raise MisuseError(f"{URL} is not an address of http or https without a query; expected such as {EXAMPLE}")
    return text.rstrip("/")


def _is_address(parts: SplitResult) -> bool:
    (parts.hostname or "").encode("idna")
    is_plain = parts.geturl().isprintable() and " " not in parts.geturl() and not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and is_plain


def _key(text: str) -> Key:
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise MisuseError(f"{KEY} holds a space or a character that no key has; copy it again")
    return Key(text)


def _tokenizer(text: str) -> Path | None:
    path = Path(text).expanduser() if text else None
    if path is not None and not path.is_file():
        raise MisuseError(f"{TOKENIZER}: {text!r} is not a file; expected the tokenizer.json of the model, or nothing")
    return path


def _number(name: str, text: str, default: float, bounds: tuple[float, float], unit: str) -> float:
    least, most = bounds
    try:
        number = float(text) if text else default
    except ValueError:
        number = -1.0
    if not least <= number <= most:
        raise MisuseError(f"{name}: {text!r} is not a number of {unit} from {least:g} to {most:g}")
    return number

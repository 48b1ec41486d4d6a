"""How many tokens a text is to the model: never too few, so that a prompt is never longer than what it reads at once.

By the model's own tokenizer where that is at hand as a file; else by the server, where it tells (llama.cpp, vLLM);
else by a bound. Knows no prompt.
"""

import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import LanguageModelError
from assistant.llm.breaker import Breaker
from assistant.model_connection import Said, ask_server, root_of
from assistant.model_settings import TOKENIZER, ModelSettings
from corpus.errors import MisuseError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CHARACTERS_PER_TOKEN = 2
"""Fewer than any tokenizer makes of English or Romanian prose (4 and 2.5), which leaves room for the prompt itself."""
SHARE_MARGIN = 1.2
"""What a text's share of tokens counted together is raised by. Of 6,300 picks of 8 to 30 sentences out of 60 counted
together, over the same portfolios and tokenizers, one in a thousand came to more."""
WITHIN_S = 1.0
"""How long the server may take to count."""
FILE, SERVER, BOUND = "file", "server", "bound"


class Tokens:
    """Counts for one model; any number of threads may share it.

    Raises:
        MisuseError: the file that is set is no tokenizer.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._tokenizer = None if settings.tokenizer is None else _load(settings.tokenizer)
        self._is_served: bool | None = None
        self._breaker = Breaker()
        self._turn = threading.Lock()

    @property
    def source(self) -> str:
        """Who counts: `file`, `server` or `bound`; asks the server where it is not known yet."""
        if self._tokenizer is None and self._is_served is None:
            self._by_server("a")
        return FILE if self._tokenizer is not None else SERVER if self._is_served else BOUND

    def count(self, text: str) -> int:
        """Tokens of one text, without those that a server puts around a message (some ten)."""
        if self._tokenizer is not None:
            return len(self._tokenizer.encode(text, add_special_tokens=False).ids)
        counted = self._by_server(text) if text else 0
        return most_tokens(text) if counted is None else counted

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, by one request at most: the server counts them all in one, and each gets its share.

        Of one that was counted together with others the number is a share, and may be too small where the texts are
        few and unlike; the sum of all is not. What is sent in the end is best counted once more, whole.
        """
        if self._tokenizer is not None:
            return [len(one.ids) for one in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        weights = [_weight(text) for text in texts]
        counted = self._by_server("\n".join(texts)) if sum(weights) else None
        if counted is None:
            return [most_tokens(text) for text in texts]
        per_weight = SHARE_MARGIN * counted / sum(weights)
        return [math.ceil(per_weight * one) for one in weights]

    def _by_server(self, text: str) -> int | None:
        """None where it does not count, or not now; one that has no such address is asked once."""
        if self._is_served is False or self._breaker.is_open:
            return None
        try:
            said = ask_server(
                self._settings, f"{root_of(self._settings)}/tokenize", WITHIN_S, _body(self._settings, text)
            )
        except LanguageModelError:
            self._breaker.fail()
            return None
        counted = _read(said)
        with self._turn:
            if self._is_served is None or counted is not None:
                self._is_served = counted is not None
        return counted


def most_tokens(text: str) -> int:
    """More tokens than any tokenizer makes of prose: two small letters or spaces each, all else one of its own.

    Beyond ASCII that is a byte of UTF-8, which is what is left where a tokenizer does not know a character. Of 2,242
    sentences of seven portfolios in both languages none came to more with three tokenizers (Mistral's of 32,000 and
    131,000 tokens, BERT's); in the mean it is 1.5 to 2.9 times as many.
    """
    small, other, beyond = _characters(text)
    return 1 + math.ceil(small / CHARACTERS_PER_TOKEN) + other + beyond if text else 0


def _weight(text: str) -> float:
    """About how many tokens, to share a number of tokens out by."""
    small, other, beyond = _characters(text)
    return small / 4.5 + 0.8 * other + 0.75 * beyond


def _characters(text: str) -> tuple[int, int, int]:
    """Small letters and spaces of ASCII, what else is ASCII, and bytes of UTF-8 beyond it."""
    small = sum(one.islower() or one.isspace() for one in text if one.isascii())
    plain = sum(map(str.isascii, text))
    return small, plain - small, len(text.encode("utf-8", "replace")) - plain


def _body(settings: ModelSettings, text: str) -> dict[str, Any]:
    """`content` is what llama.cpp reads, `model` and `prompt` what vLLM does; each passes over the rest."""
    return {
        "content": text, "add_special": False,
        "model": settings.model, "prompt": text, "add_special_tokens": False,
    }  # fmt: skip


def _read(said: Said) -> int | None:
    if not said.is_success or not isinstance(said.value, dict):
        return None
    tokens, count = said.value.get("tokens"), said.value.get("count")
    if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
        return count
    return len(tokens) if isinstance(tokens, list) else None


def _load(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise MisuseError(f"{TOKENIZER}: {path} is not a tokenizer.json; give that of the model, or none") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer

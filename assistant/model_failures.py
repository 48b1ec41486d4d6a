"""What goes wrong underneath a language model's client, as one kind of error with the reason in a few words.

Nothing of what a server said is kept of it but its status: it may say the key that it was sent.
"""

import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from assistant.errors import BrokenError, LanguageModelError, NoReplyError, RefusedError

if TYPE_CHECKING:
    import httpx

SEED_NAME, TEMPERATURE, MOST_TOKENS = "seed", "temperature", "max_tokens"
NOT_KNOWN_TO_ALL = (SEED_NAME, TEMPERATURE, MOST_TOKENS)
"""Settings of a request that some servers or models refuse; the last has a new name with some."""
REFUSED = {
    401: "the key was refused",
    403: "the key was refused",
    404: "no such model or address",
    429: "too many requests",
}
NOT_CHAT = "its reply is not a chat completion"
MISSHAPEN = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What the libraries raise over a reply that has not the shape they expect."""


def failure_of(error: Exception, within_s: float) -> LanguageModelError:
    """What an error of the libraries underneath means, in a few words."""
    import httpx
    import openai

    cause = error.__cause__ or error
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        return RefusedError(_refused(status), status, _wait_s(error.response.headers), _named(status, error.message))
    if isinstance(error, (openai.APITimeoutError, httpx.TimeoutException)):
        return NoReplyError(f"no reply within {within_s:.3g} s")
    if isinstance(cause, (httpx.ConnectError, httpx.ProxyError)):
        return NoReplyError("cannot be reached", is_unreachable=True)
    if isinstance(cause, httpx.DecodingError):
        return LanguageModelError("its reply is too long")
    if isinstance(error, (openai.APIResponseValidationError, *MISSHAPEN)):
        return LanguageModelError(NOT_CHAT)
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIConnectionError):
        return LanguageModelError("the server failed while it replied")
    return BrokenError("the connection broke")


def _refused(status: int) -> str:
    if status >= 500:
        return f"the server failed (HTTP {status})"
    if status < 400:
        return f"the address leads elsewhere (HTTP {status})"
    return f"{REFUSED.get(status, 'the request was refused')} (HTTP {status})"


def _named(status: int, message: str) -> frozenset[str]:
    return frozenset(name for name in NOT_KNOWN_TO_ALL if status in (400, 422) and name in message)


def _wait_s(headers: "httpx.Headers") -> float | None:
    """Of Retry-After, seconds or a date (RFC 9110, 10.2.3); None where it says nothing that can be read."""
    told = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", told):
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None

"""Whether a language model's server is there and takes the key, before much work leans on it. Asks for no reply."""

import asyncio

from assistant.alone import run_alone
from assistant.errors import LanguageModelError
from assistant.model_client import load_client
from assistant.model_connection import CONNECT_S, authorization, open_client, timeout
from assistant.model_settings import EXAMPLE, KEY, URL, ModelSettings


def check_model(settings: ModelSettings) -> None:
    """Ask the server for the models it has, to see that it is there and takes the key; any other answer will do.

    Raises:
        MisuseError: the extra is not installed.
        LanguageModelError: the server cannot be reached, or refuses the key.
    """
    load_client()
    status = run_alone(_status(settings, min(CONNECT_S, settings.timeout_s)))
    if status is None:
        raise LanguageModelError(unreachable(settings))
    if status in (401, 403):
        raise LanguageModelError(unkeyed(settings, status))


def unreachable(settings: ModelSettings) -> str:
    """That the server cannot be reached, and what to do."""
    return (
        f"{settings.url} cannot be reached; check that the model's server runs, and that {URL} is its address, "
        f"such as {EXAMPLE}"
    )


def unkeyed(settings: ModelSettings, status: int) -> str:
    """That the server refuses the key, and what to do."""
    instead = f"check {KEY}" if settings.key else f"set {KEY}"
    return f"{settings.url} refuses the key (HTTP {status}); {instead}"


async def _status(settings: ModelSettings, within_s: float) -> int | None:
    """That of the list of models, which itself is not waited for."""
    import httpx

    headers = {"Authorization": authorization(settings)}
    try:
        async with (
            asyncio.timeout(within_s),
            open_client(settings, timeout=timeout(within_s)) as client,
            client.stream("GET", f"{settings.url}/models", headers=headers) as response,
        ):
            return response.status_code
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, LanguageModelError):
        return None

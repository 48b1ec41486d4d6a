"""How many tokens a model reads at once, as its server says it: llama.cpp at /props, vLLM in the list of its models.

That of a server that says nothing is a setting. Knows no prompt.
"""

from typing import Any

from assistant.model_connection import ask_server, root_of
from assistant.model_settings import MOST_TOKENS, ModelSettings

WITHIN_S = 1.0
"""How long the server may take to say so."""


def served_window(settings: ModelSettings) -> int | None:
    """Tokens, for question and reply together; None where the server does not say.

    Raises:
        LanguageModelError: the server did not answer at all.
    """
    said = ask_server(settings, f"{settings.url}/models", WITHIN_S)
    if said.is_success and (found := _of_list(said.value, settings.model)):
        return found
    said = ask_server(settings, f"{root_of(settings)}/props", WITHIN_S)
    generation = said.value.get("default_generation_settings") if isinstance(said.value, dict) else None
    return _number(generation.get("n_ctx")) if said.is_success and isinstance(generation, dict) else None


def _of_list(value: Any, model: str) -> int | None:
    for one in listed(value):
        if one.get("id") == model:
            return _number(one.get("max_model_len"))
    return None


def listed(value: Any) -> list[dict[str, Any]]:
    """The models of a server's list of models, with their properties; empty where it is none."""
    models = value.get("data") if isinstance(value, dict) else None
    return [one for one in models if isinstance(one, dict)] if isinstance(models, list) else []


def _number(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value <= MOST_TOKENS else None

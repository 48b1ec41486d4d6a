"""The language model that the environment names, or none."""

from collections.abc import Mapping

from assistant.llm.language_model import LanguageModel
from assistant.model_settings import read_model_settings


def configured_model(environment: Mapping[str, str] | None = None) -> LanguageModel | None:
    """The model of `ASSISTANT_LLM_URL` and `ASSISTANT_LLM_MODEL`; None where they are not set. Asks nothing of it yet.

    Raises:
        MisuseError: a variable is wrong or missing, or the extra `llm` is not installed.
    """
    settings = read_model_settings(environment)
    if settings is None:
        return None
    from assistant.llm.model import Model

    return Model(settings)

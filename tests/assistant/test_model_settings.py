"""Settings of a language model: from the environment, none where none is told, the key in no text."""

import json
import re
from dataclasses import asdict

import pytest

from assistant.model_settings import Key, ModelSettings, read_model_settings
from corpus.errors import MisuseError

TOLD = {"ASSISTANT_LLM_URL": "http://127.0.0.1:11434/v1/", "ASSISTANT_LLM_MODEL": "small"}
PLANTED = "sk-planted-0123456789"


def test_nothing_told_is_no_model() -> None:
    assert read_model_settings({}) is None
    assert read_model_settings({"ASSISTANT_LLM_URL": " ", "ASSISTANT_LLM_MODEL": ""}) is None
    assert read_model_settings({"ASSISTANT_LLM_KEY": PLANTED, "ASSISTANT_LLM_TIMEOUT": "x"}) is None


def test_address_and_model_are_enough() -> None:
    settings = read_model_settings(TOLD)
    assert settings
    assert (settings.url, settings.model, settings.host) == ("http://127.0.0.1:11434/v1", "small", "127.0.0.1:11434")
    assert (bool(settings.key), settings.timeout_s, settings.context_tokens) == (False, 120.0, 4096)


def test_everything_can_be_told() -> None:
    settings = read_model_settings(
        TOLD
        | {
            "ASSISTANT_LLM_KEY": f" {PLANTED}\n",
            "ASSISTANT_LLM_TIMEOUT": "2.5",
            "ASSISTANT_LLM_CONTEXT": "32768",
        }
    )
    assert settings
    assert (settings.key.reveal(), settings.timeout_s, settings.context_tokens) == (PLANTED, 2.5, 32768)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"ASSISTANT_LLM_URL": ""}, "ASSISTANT_LLM_MODEL is set and ASSISTANT_LLM_URL is not; set both"),
        ({"ASSISTANT_LLM_MODEL": ""}, "ASSISTANT_LLM_URL is set and ASSISTANT_LLM_MODEL is not; set both"),
        ({"ASSISTANT_LLM_URL": "127.0.0.1:11434"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": "ftp://host/v1"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": "http:///v1"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": "http://host:port/v1"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": "http://[::1/v1"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": "http://a..b/v1"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": "http://host/v1 x"}, "ASSISTANT_LLM_URL is not an address of http or https"),
        ({"ASSISTANT_LLM_URL": f"http://host/v1?key={PLANTED}"}, "ASSISTANT_LLM_URL is not an address"),
        ({"ASSISTANT_LLM_URL": f"http://me:{PLANTED}@host/v1"}, "ASSISTANT_LLM_URL holds a user name or a password"),
        ({"ASSISTANT_LLM_KEY": f"{PLANTED} x"}, "ASSISTANT_LLM_KEY holds a space"),
        ({"ASSISTANT_LLM_KEY": f"{PLANTED}\nx"}, "ASSISTANT_LLM_KEY holds a space or a character"),
        ({"ASSISTANT_LLM_KEY": f"{PLANTED}ă"}, "ASSISTANT_LLM_KEY holds a space or a character"),
        ({"ASSISTANT_LLM_TIMEOUT": "soon"}, "ASSISTANT_LLM_TIMEOUT: 'soon' is not a number of seconds from 1 to 3600"),
        ({"ASSISTANT_LLM_TIMEOUT": "0"}, "ASSISTANT_LLM_TIMEOUT: '0' is not"),
        ({"ASSISTANT_LLM_TIMEOUT": "nan"}, "ASSISTANT_LLM_TIMEOUT: 'nan' is not"),
        ({"ASSISTANT_LLM_CONTEXT": "512"}, "ASSISTANT_LLM_CONTEXT: '512' is not a number of tokens from 2048"),
        ({"ASSISTANT_LLM_CONTEXT": "inf"}, "ASSISTANT_LLM_CONTEXT: 'inf' is not"),
    ],
)
def test_what_is_wrong_is_named_and_the_key_is_not(told: dict[str, str], message: str) -> None:
    with pytest.raises(MisuseError, match=f"^{re.escape(message)}") as raised:
        read_model_settings(TOLD | told)
    assert PLANTED not in str(raised.value)


def test_the_key_stands_in_no_text_of_the_settings() -> None:
    settings = ModelSettings("http://host/v1", "small", Key(PLANTED))
    texts = [repr(settings), str(settings), f"{settings.key}", repr(asdict(settings)), str([settings.key])]
    assert [text for text in texts if PLANTED in text] == []
    assert settings.key.reveal() == PLANTED
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps(asdict(settings))

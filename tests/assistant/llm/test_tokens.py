"""Tokens of a text: by the model's own tokenizer, by its server, or by a bound that is never too small."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from assistant.llm.model import Model
from assistant.llm.tokens import BOUND, FILE, SERVER, most_tokens
from assistant.model_settings import ModelSettings, read_model_settings
from corpus.errors import MisuseError
from tests.assistant.llm.serving_tokens import Asked, other_server
from tests.scripted_model import ScriptedModel, says

TEXTS = ["The school cost 1,250.50 EUR.", "Școala a costat 1.250,50 de euro în 2013.", "", "Yes"]


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a tokenizer of bytes, which cuts off and fills up unless it is told not to."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE(vocab={letter: n for n, letter in enumerate(letters)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.enable_truncation(5)
    made.enable_padding(length=9)
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(path))
    return path


def test_a_tokenizer_that_is_at_hand_counts_exactly_and_asks_nobody(tokenizer: Path) -> None:
    told = {"URL": "http://127.0.0.1:9/v1", "MODEL": "small", "TOKENIZER": str(tokenizer)}
    settings = read_model_settings({f"ASSISTANT_LLM_{name}": value for name, value in told.items()})
    assert settings
    model = Model(settings)
    expected = [len(text.encode()) for text in TEXTS]
    assert (model.counts(TEXTS), [model.count(text) for text in TEXTS], model.tokenizer) == (expected, expected, FILE)


def test_a_file_that_is_no_tokenizer_is_misuse(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")
    with pytest.raises(MisuseError, match=r"^ASSISTANT_LLM_TOKENIZER: .* is not a tokenizer.json"):
        Model(ModelSettings("http://127.0.0.1:9/v1", "small", tokenizer=path))
    told = {"URL": "http://127.0.0.1:9/v1", "MODEL": "small", "TOKENIZER": str(tmp_path / "none.json")}
    with pytest.raises(MisuseError, match=r"^ASSISTANT_LLM_TOKENIZER: .* is not a file"):
        read_model_settings({f"ASSISTANT_LLM_{name}": value for name, value in told.items()})


def by_llama_cpp(asked: Asked) -> Any:
    return {"tokens": list(asked.body["content"].encode())} if asked.path == "/tokenize" else None


def by_vllm(asked: Asked) -> Any:
    is_right = asked.path == "/tokenize" and asked.body["model"] == "small"
    return {"count": len(asked.body["prompt"].encode()), "max_model_len": 9} if is_right else None


@pytest.mark.parametrize("server", [by_llama_cpp, by_vllm])
def test_a_server_that_counts_is_asked_once_for_many_texts(server: Any) -> None:
    with other_server(server) as (url, asked):
        model = Model(ModelSettings(url, "small"))
        assert model.count(TEXTS[1]) == len(TEXTS[1].encode())
        counted = model.counts(TEXTS)
        assert len(asked) == 2
        assert model.tokenizer == SERVER
    together = sum(len(text.encode()) for text in TEXTS)
    assert together <= sum(counted) <= 1.3 * together + len(TEXTS)
    assert counted[2] == 0


def test_a_server_that_does_not_count_is_asked_once_only() -> None:
    with other_server(lambda _: None) as (url, asked):
        model = Model(ModelSettings(url, "small"))
        bounds = [most_tokens(text) for text in TEXTS]
        assert (model.counts(TEXTS), [model.count(text) for text in TEXTS]) == (bounds, bounds)
        assert model.tokenizer == BOUND
    assert [one.path for one in asked] == ["/tokenize"]


@pytest.mark.parametrize("said", [{"count": -1}, {"count": True}, {"tokens": "many"}, [], {"count": "5"}])
def test_what_is_no_count_is_not_taken_for_one(said: Any) -> None:
    with other_server(lambda _: said) as (url, _):
        assert Model(ModelSettings(url, "small")).count("Hello") == most_tokens("Hello")


def test_a_server_that_is_slow_to_count_is_waited_for_once() -> None:
    with other_server(lambda _: time.sleep(3)) as (url, _):
        model = Model(ModelSettings(url, "small"))
        began = time.monotonic()
        assert [model.count("Hello") for _ in range(5)] == [most_tokens("Hello")] * 5
        assert time.monotonic() - began < 2.9


@given(st.text())
def test_the_bound_is_never_under_half_the_characters_and_never_over_the_bytes(text: str) -> None:
    assert len(text) / 2 <= most_tokens(text) <= len(text.encode("utf-8", "replace")) + 1


def test_the_bound_holds_for_figures_and_capitals_of_which_each_is_a_token() -> None:
    assert most_tokens("6 503 580 EUR") >= 12
    assert most_tokens("EKITI AKOKO AGRIC.") >= 9


def in_props(asked: Asked) -> Any:
    return {"default_generation_settings": {"n_ctx": 8192}} if asked.path == "/props" else None


def in_models(asked: Asked) -> Any:
    listed = [{"id": "other", "max_model_len": 1}, {"id": "small", "max_model_len": 16384}]
    return {"object": "list", "data": listed} if asked.path == "/v1/models" else None


def in_neither(asked: Asked) -> Any:
    strange = {"data": [7, {"id": "small", "max_model_len": "big"}], "default_generation_settings": {"n_ctx": -1}}
    return strange if asked.path in ("/props", "/v1/models") else None


@pytest.mark.parametrize(
    ("server", "window"),
    [(in_props, (8192, "server")), (in_models, (16384, "server")), (in_neither, (4096, "default"))],
)
def test_how_much_is_read_at_once_is_asked_of_the_server_once(server: Any, window: tuple[int, str]) -> None:
    with other_server(server) as (url, asked):
        settings = ModelSettings(url, "small")
        model = Model(settings)
        assert [model.window, model.window] == [window, window]
        assert model.context_tokens == window[0]
        assert len(asked) <= 2
        told = Model(replace(settings, context_tokens=3000, is_context_set=True))
        assert told.window == (3000, "setting")
        assert len(asked) <= 2


def test_a_server_out_of_reach_leaves_the_default() -> None:
    assert Model(ModelSettings("http://127.0.0.1:9/v1", "small")).window == (4096, "default")


def test_settings_that_say_how_much_is_read_win() -> None:
    with ScriptedModel(says("Hello")) as server:
        assert Model(server.settings(context_tokens=9000)).window == (9000, "setting")
    assert server.paths == []

"""The client of a language model, through LlamaIndex's interface, against a server whose replies are scripted."""

import asyncio
import sys
import time

import pytest
from llama_index.core.llms import ChatMessage

from assistant.errors import LanguageModelError
from assistant.model_check import check_model
from assistant.model_client import open_model, translated
from assistant.model_settings import Key, ModelSettings
from corpus.errors import MisuseError
from tests.scripted_model import Reply, ScriptedModel, in_turn, refuses, says

PLANTED = "sk-planted-0123456789"
HELLO = [ChatMessage(role="user", content="Hello")]


def test_a_model_answers_whole_and_in_pieces() -> None:
    with ScriptedModel(says("Good day to you")) as model:
        llm = open_model(model.settings(), reply_tokens=50)
        assert llm.chat(HELLO).message.content == "Good day to you"
        assert str(llm.complete("Hello")) == "Good day to you"
        assert [piece.delta for piece in llm.stream_chat(HELLO)] == ["Good ", "day ", "to ", "you", ""]
        assert asyncio.run(llm.achat(HELLO)).message.content == "Good day to you"
        assert asyncio.run(llm.achat(HELLO)).message.content == "Good day to you"  # in another event loop
    assert {request["max_tokens"] for request in model.requests} == {50}
    assert {(request["temperature"], request["seed"]) for request in model.requests} == {(0.0, 0)}


def test_the_key_does_not_show() -> None:
    llm = open_model(ModelSettings("http://127.0.0.1:9/v1", "small", Key(PLANTED)))
    assert [text for text in (repr(llm), str(llm), str(llm.to_dict()), llm.to_json()) if PLANTED in text] == []


def test_variables_that_are_meant_for_other_programs_are_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", PLANTED)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {PLANTED}")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with ScriptedModel(says("Hello")) as model:
        check_model(model.settings())
        open_model(model.settings()).chat(HELLO)
    assert model.paths == ["/v1/models", "/v1/chat/completions"]
    assert PLANTED not in str(model.headers)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("Good day to you", drops=True), "the connection broke"),
        (Reply(raw=b"data: {broken\n\n", media_type="text/event-stream"), "its reply is not a chat completion"),
        (Reply(waits_s=60), "no reply within 0.3 s"),
        (refuses(403), "the key was refused (HTTP 403)"),
    ],
)
def test_what_goes_wrong_while_a_reply_streams_is_one_kind_of_error(reply: Reply, reason: str) -> None:
    began = time.monotonic()
    with ScriptedModel(in_turn(reply)) as model:
        settings = model.settings(timeout_s=0.3)
        llm = open_model(settings)
        with pytest.raises(LanguageModelError) as raised, translated(settings):
            list(llm.stream_chat(HELLO))
    assert str(raised.value) == reason
    assert time.monotonic() - began < 10


def test_a_server_that_is_not_there_is_told_from_one_that_breaks_off() -> None:
    settings = ModelSettings("http://127.0.0.1:9/v1", "small", timeout_s=5)
    with pytest.raises(LanguageModelError, match=r"^cannot be reached$"), translated(settings):
        open_model(settings).chat(HELLO)


def test_a_missing_extra_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    settings = ModelSettings("http://127.0.0.1:9/v1", "small")
    for ask in (open_model, check_model):
        with pytest.raises(MisuseError, match=r"^a language model needs the extra `llm`.*: pip install .*'\.\[llm\]'$"):
            ask(settings)


def test_a_model_that_does_not_chat_is_named() -> None:
    with pytest.raises(MisuseError, match=r"^ASSISTANT_LLM_MODEL: 'gpt-5\.4-pro' is not a model for chat"):
        open_model(ModelSettings("http://127.0.0.1:9/v1", "gpt-5.4-pro"))

"""`python -m assistant models`: what the language model's server can do, and what to do where it cannot be used."""

import json
import re
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from assistant.llm.probe import Probe, probe
from assistant.llm.probe_told import lines_of
from assistant.model_settings import Key, ModelSettings
from tests.scripted_model import Character, Reply, Request, ScriptedModel, refuses, says

Command = Callable[..., CompletedProcess[str]]
PLANTED = "sk-planted-0123456789abcdef"
CALL = {"index": 0, "id": "1", "type": "function", "function": {"name": "temperature", "arguments": "{}"}}


def able(request: Request) -> Reply:
    """Holds itself to a schema and calls tools."""
    if "tools" in request:
        choices = [{"index": 0, "delta": {"role": "assistant", "tool_calls": [CALL]}, "finish_reason": "tool_calls"}]
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}
        return Reply(raw=f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode(), media_type="text/event-stream")
    is_shaped = request.get("response_format", {}).get("type") == "json_schema"
    return Reply('{"colour": "blue"}' if is_shaped else "A library is a house of books.")


def of_objects(request: Request) -> Reply:
    """Knows JSON objects and no schemas, and no tools either."""
    kind = request.get("response_format", {}).get("type")
    if kind == "json_schema" or "tools" in request:
        return refuses(400)
    return Reply('{"colour": "blue"}' if kind else "A library is a house of books.")


@pytest.mark.parametrize(
    ("server", "structured", "calls"),
    [(able, "json_schema", True), (of_objects, "json_object", False), (says("Hm. So it is."), "neither", False)],
)
def test_what_a_server_can_do_is_found_out(server: Character, structured: str, calls: bool) -> None:
    with ScriptedModel(server, models=("scripted", "other")) as model:
        found = probe(model.settings())
    assert (found.problem, found.models, found.is_listed) == ("", ("scripted", "other"), True)
    assert (found.structured_output, found.calls_tools) == (structured, calls)
    assert (found.context_tokens, found.context_from, found.tokens_counted_by) == (4096, "setting", "bound")
    assert found.first_token_s is not None
    assert found.first_token_s < 5
    assert found.tokens_per_s is not None


@pytest.mark.parametrize(
    ("server", "models", "problem"),
    [
        (says("Hello"), refuses(401), r"refuses the key \(HTTP 401\); check ASSISTANT_LLM_KEY$"),
        (lambda _: refuses(403), ("scripted",), r"refuses the key \(HTTP 403\); check ASSISTANT_LLM_KEY$"),
        (lambda _: refuses(404), ("other",), r"has no model 'scripted' .*HTTP 404.*; set ASSISTANT_LLM_MODEL to one"),
        (
            lambda _: refuses(404),
            (),
            r"has no model at all .*; load one there, and set ASSISTANT_LLM_MODEL to its name$",
        ),
        (
            lambda _: refuses(500),
            ("scripted",),
            r"gives no reply from 'scripted': the server failed \(HTTP 500\); look",
        ),
        (says(""), ("scripted",), r"gives no reply from 'scripted': its reply is empty; look"),
    ],
)
def test_why_a_server_cannot_be_used_comes_with_what_to_do(server: Character, models: Any, problem: str) -> None:
    with ScriptedModel(server, models=models) as model:
        found = probe(model.settings(PLANTED))
    assert re.search(problem, found.problem), found.problem
    assert "first token" not in "\n".join(lines_of(found))


def test_a_model_that_is_not_listed_and_replies_is_well() -> None:
    with ScriptedModel(able, models=refuses(500)) as model:
        assert (probe(model.settings()).problem, probe(model.settings()).models) == ("", None)
    with ScriptedModel(able, models=("other",)) as model:
        found = probe(model.settings())
    assert "scripted, which is not in the server's list but replies" in "\n".join(lines_of(found))


def test_names_that_would_upset_a_terminal_or_give_the_key_away_are_not_shown() -> None:
    with ScriptedModel(able, models=("scripted", "\x1b[2Jgone", f"x{PLANTED}", "a\nb")) as model:
        assert probe(model.settings(PLANTED)).models == ("scripted",)


def test_of_many_models_some_are_named() -> None:
    found = Probe("http://host/v1", "m7", False, problem="none", models=tuple(f"m{n}" for n in range(300)))
    assert "models there       m0, m1, m2, m3, m4, m5, m6, m7, m8, m9 and 290 more" in list(lines_of(found))


def test_the_command_says_how_to_set_a_model_where_none_is(command: Command) -> None:
    ended = command("-m", "assistant", "models")
    assert (ended.returncode, ended.stdout) == (2, "")
    for port in (11434, 8080, 1234, 8000):
        assert f"export ASSISTANT_LLM_URL=http://127.0.0.1:{port}/v1 ASSISTANT_LLM_MODEL=" in ended.stderr


def test_the_command_ends_with_0_where_all_is_well_and_with_1_where_it_is_not(command: Command) -> None:
    with ScriptedModel(able) as model:
        told = {"ASSISTANT_LLM_URL": model.url, "ASSISTANT_LLM_MODEL": "scripted", "ASSISTANT_LLM_KEY": PLANTED}
        ended = command("-m", "assistant", "models", environment=told)
    assert ended.returncode == 0, ended.stderr
    assert "structured output  yes, by a schema (json_schema)\ncalls tools        yes\n" in ended.stdout
    assert len(model.requests) == 3
    gone = command("-m", "assistant", "models", "--json", environment=told)
    assert gone.returncode == 1
    problem = f"{model.url} cannot be reached; check that the model's server runs"
    assert json.loads(gone.stdout)["problem"].startswith(problem)
    assert f"error: {problem}" in gone.stderr
    assert PLANTED not in ended.stdout + ended.stderr + gone.stdout + gone.stderr


def test_a_host_that_is_not_there_is_told_before_anything_is_asked() -> None:
    found = probe(ModelSettings("http://127.0.0.1:9/v1", "small", Key(PLANTED)))
    assert found.problem.startswith("http://127.0.0.1:9/v1 cannot be reached; check that the model's server runs")

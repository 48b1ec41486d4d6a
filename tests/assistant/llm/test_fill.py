"""JSON of a given shape, from servers that hold a model to it, from those that do not, and from prose around it."""

import json
from typing import Any

import pytest

from assistant.errors import LanguageModelError, RefusedError
from assistant.llm.message import USER, Deadline, Message
from assistant.llm.model import Model
from assistant.llm.structured import OBJECT, SCHEMA, TEXT, read_object
from tests.scripted_model import Character, Reply, Request, ScriptedModel, prompt_of, refuses, says

PROMPT = (Message(USER, "Which colour is it?"),)
SHAPE: dict[str, Any] = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["blue", "red"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
BLUE = '{"colour": "blue"}'


def fill(model: Model) -> object:
    return model.fill(PROMPT, SHAPE, Deadline.within(5), reply_tokens=50)


def way(request: Request) -> str:
    return str(request.get("response_format", {}).get("type", TEXT))


def knows(*kinds: str, otherwise: Reply) -> Character:
    """A server that knows these ways of asking, and does something else where it is asked in another."""
    return lambda request: Reply(BLUE) if way(request) in kinds else otherwise


def test_a_server_that_knows_schemas_is_told_this_one() -> None:
    with ScriptedModel(knows(SCHEMA, otherwise=refuses(400))) as server:
        assert fill(Model(server.settings())) == {"colour": "blue"}
    asked = server.requests[0]["response_format"]["json_schema"]
    assert (asked["schema"], asked["strict"]) == (SHAPE, True)
    assert prompt_of(server.requests[0]) == "Which colour is it?"


@pytest.mark.parametrize("status", [400, 404, 422, 501])
@pytest.mark.parametrize(("known", "asked"), [(OBJECT, [SCHEMA, OBJECT]), (TEXT, [SCHEMA, OBJECT, TEXT])])
def test_what_a_server_refuses_is_not_asked_for_again(status: int, known: str, asked: list[str]) -> None:
    with ScriptedModel(knows(known, otherwise=refuses(status))) as server:
        model = Model(server.settings())
        assert [fill(model), fill(model)] == [{"colour": "blue"}] * 2
    assert [way(request) for request in server.requests] == [*asked, known]
    assert json.dumps(SHAPE, separators=(",", ":")) in prompt_of(server.requests[-1])


def test_a_server_that_passes_over_the_schema_is_asked_otherwise_from_then_on() -> None:
    with ScriptedModel(knows(TEXT, otherwise=Reply("It is blue."))) as server:
        model = Model(server.settings())
        assert [fill(model), fill(model)] == [{"colour": "blue"}] * 2
    assert [way(request) for request in server.requests] == [SCHEMA, OBJECT, TEXT, TEXT]


def test_a_reply_that_was_cut_off_once_is_not_held_against_the_server() -> None:
    replies = ['{"colour": "bl', BLUE, BLUE]
    with ScriptedModel(lambda _: Reply(replies.pop(0))) as server:
        model = Model(server.settings())
        assert [fill(model), fill(model)] == [{"colour": "blue"}] * 2
    assert [way(request) for request in server.requests] == [SCHEMA, OBJECT, SCHEMA]


@pytest.mark.parametrize("text", ["blue", '{"colour": "green"}', "{", '["blue"]', '{"colour": "blue", "more": 1}'])
def test_what_is_not_what_was_asked_for_is_an_error_after_one_try_each(text: str) -> None:
    with ScriptedModel(says(text)) as server, pytest.raises(LanguageModelError, match="not what was asked for"):
        fill(Model(server.settings()))
    assert [way(request) for request in server.requests] == [SCHEMA, OBJECT, TEXT]


def test_a_server_that_refuses_everything_is_told_by_its_status_and_none_of_it_is_remembered() -> None:
    with ScriptedModel(lambda _: refuses(400)) as server:
        model = Model(server.settings())
        for _ in range(2):
            with pytest.raises(RefusedError, match=r"the request was refused \(HTTP 400\)"):
                fill(model)
    assert len(server.requests) == 6


def test_a_key_that_is_refused_is_not_tried_in_other_ways() -> None:
    with ScriptedModel(lambda _: refuses(401)) as server, pytest.raises(LanguageModelError, match="HTTP 401"):
        fill(Model(server.settings()))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "text",
    [
        BLUE,
        f"```json\n{BLUE}\n```",
        f"<think>{{hm}} {{}}</think>Here it is: {BLUE} as you wished {{}}",
        f'{{"other": 1}} {BLUE}',
        f"{{colour: blue}} {BLUE}",
    ],
)
def test_the_object_is_found_within_what_is_said_around_it(text: str) -> None:
    with ScriptedModel(says(text)) as server:
        assert fill(Model(server.settings())) == {"colour": "blue"}


@pytest.mark.parametrize(
    "text",
    ["", "{" * 100_000, '{"colour": ' + "[" * 100_000, '{"n": NaN}', '{"n": "\\ud800"}', '{"n": ' + "1" * 5000 + "}"],
)
def test_what_could_not_be_kept_is_no_object(text: str) -> None:
    assert read_object(text, {"type": "object"}) is None

"""The doors for programs, as programs meet them: Gradio's client and a client of the Model Context Protocol."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from inspect import getdoc, signature
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, Tool

from assistant.live import LiveAssistant
from index.settings import Settings
from tests.serving import Served, serving
from web.doors import doors

DOORS = ["ask", "search_projects", "project", "precedents"]
BUDGET = "What was the budget of Silver Stories?"
IDEA = "A library where young people learn to make films about their village"
NO_SUCH = "no-such-project: no project has this id; search_projects lists them"


@pytest.fixture(scope="module")
def app(sample_store: Path, root: Path) -> Iterator[Served]:
    """Serve the sample store, which no door writes to."""
    with serving(sample_store, root) as served:
        yield served


@pytest.fixture(scope="module")
def client(app: Served) -> Client:
    """Connect as a program with Gradio's client does."""
    return Client(app.url, verbose=False, analytics_enabled=False)


@asynccontextmanager
async def session(app: Served, path: str = "/mcp") -> AsyncIterator[ClientSession]:
    """Connect as a program with a client of the protocol does."""
    async with streamable_http_client(f"{app.url}{path}") as (read, write, _), ClientSession(read, write) as made:
        await made.initialize()
        yield made


def call(app: Served, name: str, **given: Any) -> CallToolResult:
    async def called() -> CallToolResult:
        async with session(app) as made:
            return await made.call_tool(name, given)

    return anyio.run(called)


def tools(app: Served, path: str = "/mcp") -> list[Tool]:
    async def listed() -> list[Tool]:
        async with session(app, path) as made:
            return (await made.list_tools()).tools

    return anyio.run(listed)


def told(answer: Any) -> Any:
    """What does not differ from one call to the next."""
    return {key: value for key, value in answer.items() if key != "elapsed_ms"}


# Gradio's named endpoints


def test_exactly_these_endpoints_are_offered_and_each_says_what_it_takes(app: Served, client: Client) -> None:
    offered = client.view_api(print_info=False, return_format="dict")
    assert isinstance(offered, dict)
    assert [*offered["named_endpoints"]] == [f"/{name}" for name in DOORS]
    assert offered["unnamed_endpoints"] == {}
    for endpoint in httpx.get(f"{app.url}/gradio_api/info").json()["named_endpoints"].values():
        for one in endpoint["parameters"]:
            assert f"{one['parameter_name']}: " in endpoint["description"]
    # What they give is the same in every language of the page, so they are there once.
    assert httpx.get(f"{app.url}/ro/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize(
    ("question", "later", "says"),
    [
        (BUDGET, "Who funded it?", "EC, Leonardo da Vinci"),
        ("Ce buget a avut Silver Stories?", "Cine l-a finanțat?", "EC, Leonardo da Vinci"),
    ],
)
def test_ask_answers_with_its_quotes_and_leans_on_the_history(
    client: Client, question: str, later: str, says: str
) -> None:
    answer = client.predict(question, api_name="/ask")
    assert answer["status"] == "answered"
    assert "279.014 EUR" in answer["answer"]
    assert [one["quote"] for one in answer["citations"]] == ["Budget: 279.014 EUR"]
    assert says in client.predict(later, history=[question], api_name="/ask")["answer"]
    assert says not in client.predict(later, history=[], api_name="/ask")["answer"]


def test_a_blank_question_is_refused_with_the_reason(client: Client) -> None:
    with pytest.raises(AppError, match="question"):
        client.predict("  ", api_name="/ask")


def test_search_projects_gives_all_fifteen_page_by_page_and_none_twice(client: Client) -> None:
    everything = client.predict(api_name="/search_projects")
    assert (everything["found"], everything["total"], everything["pages"]) == (15, 15, 1)
    pages = [client.predict(page=page, per_page=4, sort="title", api_name="/search_projects") for page in range(1, 5)]
    assert [len(one["projects"]) for one in pages] == [4, 4, 4, 3]
    ids = [one["id"] for page in pages for one in page["projects"]]
    assert sorted(ids) == sorted({one["id"] for one in everything["projects"]})
    last = client.predict(sort="title", descending=True, per_page=1, api_name="/search_projects")
    assert last["projects"][0]["id"] == ids[-1]


def test_search_projects_narrows_by_each_filter_that_is_given(client: Client) -> None:
    def titles(**wanted: Any) -> list[str]:
        found = client.predict(**wanted, api_name="/search_projects")
        assert found["found"] == len(found["projects"])
        return [one["title"] for one in found["projects"]]

    assert "Silver Stories" in titles(organisation="EC", role="funder")
    assert "Silver Stories" not in titles(organisation="EC", role="partner")
    assert "Silver Stories" in titles(programme="Leonardo")
    assert "Silver Stories" in titles(least="279014", most="279014", currency="EUR")
    assert titles(least="279014", most="279014", currency="RON") == []
    assert "Silver Stories" in titles(since="2014", until="2014")
    assert "Silver Stories" not in titles(since="2019")


@pytest.mark.parametrize(
    "wanted",
    [
        {"page": -7}, {"page": 10**6}, {"per_page": 0}, {"per_page": 10**9}, {"sort": "colour"}, {"since": "soon"},
        {"least": "\x00"}, {"text": "a" * 5_000},
    ],
)  # fmt: skip
def test_nonsense_to_search_by_is_no_error(client: Client, wanted: dict[str, Any]) -> None:
    found = client.predict(**wanted, api_name="/search_projects")
    assert found["total"] == 15
    assert 1 <= found["page"] <= found["pages"]


def test_a_project_is_told_with_the_words_of_each_value(client: Client) -> None:
    found = client.predict(text="Silver Stories", api_name="/search_projects")
    identity = next(one["id"] for one in found["projects"] if one["title"] == "Silver Stories")
    project = client.predict(identity, api_name="/project")
    assert project["title"] == "Silver Stories"
    assert "279.014 EUR" in json.dumps(project)


def test_an_unknown_project_is_said_to_be_none_with_the_way_to_the_others(client: Client, app: Served) -> None:
    with pytest.raises(AppError, match=NO_SUCH):
        client.predict("no-such-project", api_name="/project")
    assert "Traceback" not in app.errors()


@pytest.mark.parametrize("idea", [IDEA, "O bibliotecă în care tinerii învață să facă filme despre satul lor"])
def test_precedents_come_likest_first_with_quoted_reasons(client: Client, idea: str) -> None:
    found = client.predict(idea, 3, api_name="/precedents")
    assert [one["rank"] for one in found["precedents"]] == [1, 2, 3]
    assert all(reason["citation"]["quote"] for one in found["precedents"] for reason in one["reasons"])
    assert found["precedents"][0]["reasons"]
    assert len(client.predict(idea, -1, api_name="/precedents")["precedents"]) == 1


# The Model Context Protocol


def test_four_tools_are_listed_with_what_they_do_and_what_each_argument_is(app: Served) -> None:
    listed = tools(app)
    assert [one.name for one in listed] == DOORS
    for tool in listed:
        assert tool.description
        assert "Args:" not in tool.description
        for name, argument in tool.inputSchema["properties"].items():
            assert argument.get("description"), f"{tool.name}: {name}"
    by_name = {one.name: one for one in listed}
    assert by_name["ask"].inputSchema["required"] == ["question"]
    assert "citations" in (by_name["ask"].description or "")
    assert by_name["search_projects"].inputSchema["properties"]["per_page"]["default"] == 50
    assert tools(app, "/mcp/") == listed


def test_each_tool_gives_what_the_endpoint_of_its_name_gives(app: Served, client: Client) -> None:
    (identity, *_) = [one["id"] for one in client.predict(per_page=1, api_name="/search_projects")["projects"]]
    given: dict[str, dict[str, Any]] = {
        "ask": {"question": "Cine l-a finanțat?", "history": ["Ce buget a avut Silver Stories?"]},
        "search_projects": {"organisation": "European Commission", "per_page": 2},
        "project": {"project_id": identity},
        "precedents": {"idea": IDEA, "count": 2},
    }
    for name, arguments in given.items():
        result = call(app, name, **arguments)
        assert not result.isError
        (content,) = result.content
        assert content.type == "text"
        assert json.loads(content.text) == result.structuredContent
        assert result.structuredContent is not None
        assert told(result.structuredContent) == told(client.predict(**arguments, api_name=f"/{name}"))


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("project", {"project_id": "no-such-project"}, NO_SUCH),
        ("ask", {"question": "?"}, "question"),
        ("ask", {}, "question"),
        ("search_projects", {"page": "first"}, "page"),
        ("delete_everything", {}, "delete_everything"),
    ],
)
def test_what_cannot_be_done_is_told_as_an_error_and_the_server_goes_on(
    app: Served, name: str, given: dict[str, Any], says: str
) -> None:
    result = call(app, name, **given)
    assert result.isError
    assert says in json.dumps([one.model_dump() for one in result.content], ensure_ascii=False)
    assert not call(app, "search_projects", per_page=1).isError
    assert "Traceback" not in app.errors()


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [("host", "evil.example", 421), ("origin", "http://evil.example", 403), ("host", "localhost:80", 200)],
)
def test_a_page_of_another_site_cannot_reach_the_tools_by_a_name_of_its_own(
    app: Served, header: str, value: str, status: int
) -> None:
    headers = {"accept": "application/json, text/event-stream", header: value}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = httpx.post(f"{app.url}/mcp/", json=asked, headers=headers)
    assert answer.status_code == status
    assert ("search_projects" in answer.text) == (status == 200)


def test_every_argument_of_every_door_is_documented_and_nothing_else_is(sample_store: Path) -> None:
    live = LiveAssistant(Settings(sample_store))
    for door in doors(live):
        args = (getdoc(door) or "").partition("Args:\n")[2].partition("Returns:")[0]
        assert re.findall(r"^    (\w+): .+[.]$", args, re.MULTILINE) == [*signature(door).parameters]
    live.close()

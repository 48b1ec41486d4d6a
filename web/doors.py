"""The doors for programs: named endpoints of Gradio's API, and the same as tools of the Model Context Protocol.

What a function takes and gives is told by its signature and docstring, which is what a program reads. Quotes are in
what every door gives: who uses it can show the words.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial, wraps
from inspect import Signature, getdoc, signature
from typing import Annotated, Any

from fastapi import FastAPI

from assistant.answer import to_json
from assistant.live import LiveAssistant
from assistant.precedents import LONGEST_IDEA, SHOWN
from assistant.precedents_json import precedents_to_json
from corpus.errors import MisuseError
from corpus.record import to_json as record_to_json
from index.errors import StoreError
from index.listing import from_query, list_projects
from index.listing_json import row_to_json
from index.one_project import project_of

MCP = "/mcp"
AWAY = "the documents cannot be read just now; try again in a minute"
WRONG = "{door}: an argument is of another type than it has to be; the description of the endpoint says which"
MOST = 200
"""Projects that one call gives at most."""


Door = Callable[..., Mapping[str, Any]]


def doors(live: LiveAssistant) -> tuple[Door, ...]:
    """The functions `ask`, `search_projects`, `project` and `precedents` over what the store is at each call."""

    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question about the projects with verbatim citations, or refuse.

        Args:
            question: The question, in English or Romanian.
            history: The earlier questions of the conversation, oldest first.

        Returns:
            The answer, its status (answered, refused or clarify), how the question was understood, and its citations.
        """
        return to_json(live.ask(question, history or []).answer)

    def search_projects(
        text: str = "",
        organisation: str = "",
        role: str = "",
        place: str = "",
        programme: str = "",
        since: str = "",
        until: str = "",
        least: str = "",
        most: str = "",
        currency: str = "",
        sort: str = "",
        descending: bool = False,
        page: int = 1,
        per_page: int = 50,
    ) -> dict[str, Any]:
        """List the projects that fulfil all of the filters that are given; with none, all projects.

        Args:
            text: Words that the project's description holds.
            organisation: Part of the name of an organisation of the project.
            role: That organisation's role: funder, partner, sponsor, supporter, implementer or beneficiary.
            place: A place or a country.
            programme: Part of the name of a programme.
            since: Only projects that went on until this year, month or day (ISO 8601) or later.
            until: Only projects that had begun by this year, month or day.
            least: Only projects with a budget or grant of this or more.
            most: Only projects with a budget or grant of this or less.
            currency: Only in this currency, ISO 4217.
            sort: title, start, end, amount, organisation or place.
            descending: Whether the last comes first.
            page: The page of the list, from 1.
            per_page: Projects on a page, at most 200.

        Returns:
            How many projects were found, of how many, and one page of them.
        """  # fmt: skip
        wanted = from_query({
            "text": text, "organisation": organisation, "role": role, "place": place, "programme": programme,
            "since": since, "until": until, "least": least, "most": most, "currency": currency, "sort": sort,
            "descending": "1" if descending else "",
        })  # fmt: skip
        found = list_projects(live.current(), wanted, page=page, per_page=max(1, min(per_page, MOST)))
        return {
            "found": found.found, "total": found.total, "page": found.number, "pages": found.pages,
            "projects": [row_to_json(row) for row in found.rows],
        }  # fmt: skip

    def project(project_id: str) -> dict[str, Any]:
        """Tell everything that is recorded of one project, each value with its verbatim words and where they stand.

        Args:
            project_id: The project's id, as search_projects and the citations of an answer give it.
        """
        store = live.current()
        found = project_of(store, project_id)
        if found is None:
            raise MisuseError(f"{project_id}: no project has this id; search_projects lists them")
        return record_to_json(found, store.texts([found.document])[found.document].text)

    def precedents(idea: str, count: int = SHOWN) -> dict[str, Any]:
        """Find the projects that are most like an idea, a call for proposals or a draft, with reasons quoted.

        Args:
            idea: The idea, in English or Romanian.
            count: How many projects, at most 200.
        """
        return precedents_to_json(live.precedents(idea[:LONGEST_IDEA], count=max(1, min(count, MOST))))

    return ask, search_projects, project, precedents


def add_endpoints(live: LiveAssistant) -> None:
    """Add the doors to the Gradio page that is being built, each under its own name."""
    import gradio as gr
    from gradio.events import api

    def told(door: Door) -> Door:
        @wraps(door)
        def call(*given: Any, **named: Any) -> Mapping[str, Any]:
            try:
                return door(*given, **named)
            except (MisuseError, StoreError) as error:
                is_theirs = isinstance(error, MisuseError)
                raise gr.Error(str(error) if is_theirs else AWAY, print_exception=False) from error
            except (AttributeError, TypeError, ValueError) as error:
                raise gr.Error(WRONG.format(door=door.__name__), print_exception=False) from error

        return call

    for door in doors(live):
        api(told(door), api_name=door.__name__, api_description=getdoc(door), concurrency_limit=None)


def mcp_server(live: LiveAssistant, name: str, *, is_local: bool) -> Any:
    """The doors as a server of the Model Context Protocol, without sessions; `is_local` refuses other host names.

    A page of another site could otherwise reach a server of this machine by a name of its own (DNS rebinding).
    """
    import anyio.to_thread
    from gradio.utils import get_function_description
    from mcp.server.fastmcp import FastMCP
    from mcp.server.transport_security import TransportSecuritySettings

    hosts = ["127.0.0.1:*", "localhost:*", "[::1]:*"]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=is_local,
        allowed_hosts=hosts,
        allowed_origins=[f"http://{one}" for one in hosts],
    )
    server = FastMCP(  # which would write a line for each request
        name,
        stateless_http=True,
        json_response=True,
        streamable_http_path=MCP,
        transport_security=security,
        log_level="WARNING",
    )

    def beside(door: Door) -> Callable[..., Any]:
        @wraps(door)
        async def call(**named: Any) -> Any:
            return await anyio.to_thread.run_sync(partial(door, **named))  # the others go on meanwhile

        call.__signature__ = _described(door)  # type: ignore[attr-defined]
        return call

    for door in doors(live):
        summary, _, given = get_function_description(door)  # the arguments are told each by itself
        server.tool(description="\n".join([summary, *given]))(beside(door))
    return server


def _described(door: Door) -> Signature:
    """The signature of a door with what its docstring says of each argument, as the schema of a tool has it."""
    from gradio.utils import get_function_description
    from pydantic import Field

    told, bare = get_function_description(door)[1], signature(door)
    own = [
        one.replace(annotation=Annotated[one.annotation, Field(description=told[name])])
        for name, one in bare.parameters.items()
    ]
    return bare.replace(parameters=own)


def add_mcp(app: FastAPI, server: Any) -> None:
    """Serve it at `/mcp`, for as long as the app runs; to be called before a page is mounted at the root."""
    from starlette.routing import Route

    served = server.streamable_http_app().routes
    # Both ways of writing it: a page at the root would take the one that a mounted app would send on to the other.
    app.router.routes.extend(Route(path, one.endpoint) for one in served for path in (MCP, f"{MCP}/"))
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(whole: FastAPI) -> AsyncIterator[Any]:
        async with server.session_manager.run(), before(whole) as state:
            yield state

    app.router.lifespan_context = lifespan

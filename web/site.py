"""The whole web app: the public pages in each language, the staff's behind the login, routes and doors around them.

Everything is served by this process: system fonts, no telemetry, nothing from a CDN.
"""

import os
from typing import TYPE_CHECKING, Any

from web.frames import make_frames

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.live import LiveAssistant

HEAD = '<link rel="stylesheet" href="{}"><script src="{}"></script>'
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "Consolas", "monospace")
NEVER = 10**9
"""Events after which Gradio sums up all events so far, each time anew: nobody reads the sums."""
LARGEST_DRAFT, LARGEST_DOCUMENT = "20mb", "200mb"
"""Of what anybody may upload, and of what staff may."""


def make_app(live: "LiveAssistant", *, is_local: bool = True, proxies: str = "") -> "FastAPI":
    """Compose it; `is_local` when only this machine is served, `proxies` are those in front (`add_headers`)."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(NEVER)
    # Around each event Gradio asks matplotlib what it draws on, which loads all of it, and all visitors wait meanwhile.
    os.environ["MPLBACKEND"] = "agg"
    from fastapi import FastAPI

    from web.loading import load_gradio

    load_gradio()
    from web.addresses import STAFF
    from web.headers import add_headers
    from web.languages import Languages
    from web.limits import Limits
    from web.login import add_login
    from web.public import public_page
    from web.staff import staff_page
    from web.threads import add_threads
    from web.users import users_path

    frames = make_frames()
    public = {frame.language: frame.base for frame in frames}
    staff = {frame.language: f"{STAFF}{frame.base}" for frame in frames}
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    gate = add_login(app, users_path(live.settings.store), frames)
    _add_routes(app, live, is_local=is_local)
    add_threads(app)
    app.add_middleware(Languages, pages=[public, staff])
    app.add_middleware(Limits)
    add_headers(app, proxies)

    # What lies within another's path comes first; the one at the root takes every address that is left.
    for frame in reversed(frames):
        page = staff_page(frame, staff, live, live.settings, gate)
        _mount(app, page, staff[frame.language], LARGEST_DOCUMENT, auth_dependency=gate.name_of)
    for frame in reversed(frames):
        _mount(app, public_page(frame, frames, live), frame.base or "/", LARGEST_DRAFT)
    return app


def _add_routes(app: "FastAPI", live: "LiveAssistant", *, is_local: bool) -> None:
    from web.conversations import conversations
    from web.doors import add_mcp, mcp_server
    from web.downloads import downloads
    from web.health import health
    from web.originals import originals
    from web.own_files import own_files
    from web.public import TITLE
    from web.reports import reports
    from web.sources import sources
    from web.track_record import track_record

    frames = make_frames()
    own_files(app)
    health(app, live)
    sources(app, frames, live.current)
    conversations(app, frames, live.current)
    track_record(app, frames, live)
    downloads(app, live.current)
    originals(app, live.current)
    reports(app, live.current, lambda: None)  # the gate stands before all that is below /staff
    add_mcp(app, mcp_server(live, TITLE, is_local=is_local))


def _mount(app: "FastAPI", page: Any, path: str, largest: str, **how: Any) -> None:
    import gradio as gr

    from web.own_files import own_address

    gr.mount_gradio_app(
        app, page, path=path, footer_links=[], run_history=False, show_error=False, ssr_mode=False, pwa=False,
        head=HEAD.format(own_address("page.css"), own_address("page.js")), max_file_size=largest,
        theme=gr.themes.Default(primary_hue="teal", neutral_hue="slate", font=SANS, font_mono=MONO), **how,
    )  # fmt: skip

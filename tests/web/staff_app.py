"""A small Gradio app behind the gate and another in front of it, served by a process of its own on a free port.

`python -m tests.web.staff_app USERS TIME`: time for sessions is what stands in the file TIME. It prints, as JSON, where
it serves and what paths Gradio says that it has.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from web.addresses import STAFF

SECRET = "Guest list of the gala"  # noqa: S105
HEAD = '<link rel="stylesheet" href="/own/page.css"><script src="/own/page.js"></script>'
PRESSED = """element.querySelector("button").addEventListener("click", () => {
  element.querySelector("span").textContent = new Function("return 'pressed'")();
});"""
LOG_OUT = '<form method="post" action="/staff/logout"><button>Log out</button></form>'


@dataclass(frozen=True)
class Staff:
    """The app as it runs."""

    url: str
    paths: list[tuple[str, str]]
    users: Path
    time: Path
    log: IO[str]

    def logged(self) -> str:
        """What the process has written to standard error."""
        self.log.seek(0)
        return self.log.read()


@contextmanager
def serving(users: Path) -> Iterator[Staff]:
    """Start the app; it ends in the end, whatever happened."""
    time, log = users.with_name("time"), users.with_name("log").open("w+", encoding="utf-8")
    time.write_text("0", encoding="utf-8")
    line = [sys.executable, "-m", "tests.web.staff_app", str(users), str(time)]
    with log, subprocess.Popen(line, stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as process:
        try:
            assert process.stdout
            told = json.loads(process.stdout.readline())
            yield Staff(told["url"], [tuple(one) for one in told["paths"]], users, time, log)
        finally:
            process.kill()


def main(users: Path, time: Path) -> None:
    """Serve until killed."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import socket

    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    from web.frames import make_frames
    from web.headers import add_headers
    from web.login import add_login
    from web.own_files import own_files
    from web.sessions import Sessions
    from web.users import KnownUsers

    sessions = Sessions(KnownUsers(users), clock=lambda: float(time.read_text(encoding="utf-8")))
    app = FastAPI(openapi_url=None)
    own_files(app)
    gate = add_login(app, users, make_frames(), sessions=sessions)
    add_headers(app)
    options: dict[str, Any] = {"ssr_mode": False, "pwa": False, "footer_links": [], "show_error": False, "head": HEAD}
    staff = staff_page(gate)
    gr.mount_gradio_app(app, staff, path=STAFF, auth_dependency=gate.name_of, mcp_server=True, **options)
    with gr.Blocks(title="Public", analytics_enabled=False) as public:
        gr.Textbox(label="Open to all")
    gr.mount_gradio_app(app, public, path="/", **options)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        told = {"url": f"http://127.0.0.1:{listener.getsockname()[1]}", "paths": paths_of(app)}
        print(json.dumps(told), flush=True)
        config = uvicorn.Config(app, log_level="warning", proxy_headers=False)
        uvicorn.Server(config).run(sockets=[listener])


def staff_page(gate: Any) -> Any:
    """A page with a part of each kind that pages here have."""
    import gradio as gr

    def look(typed: str, request: gr.Request) -> Iterator[str]:
        for n in range(1, 4):
            user = gate.user(request)
            yield f"{typed} {n}: {user.name if user else None}, {request.username}"

    def change(request: gr.Request) -> str:
        return "changed" if gate.may_change(request) else "refused"

    with gr.Blocks(title=SECRET, analytics_enabled=False) as page:
        gr.HTML(LOG_OUT, js_on_load=None, apply_default_css=False)
        with gr.Tabs():
            with gr.Tab("Events"):
                typed, told = gr.Textbox(label="Typed"), gr.Textbox(label="Told")
                gr.Button("Look").click(look, typed, told, api_name="look")
                gr.Button("Change").click(change, None, told, api_name="change")
                gr.HTML("<button>Press</button><span></span>", js_on_load=PRESSED, elem_id="wired")
            with gr.Tab("Files"):
                file = gr.File(label="Drop here")
                file.upload(lambda path: f"got {Path(path).name}", file, gr.Textbox(label="Got"))
                gr.DownloadButton("Download", value=__file__)
    return page


def routes_of(routes: Iterable[Any]) -> Iterator[Any]:
    """All routes, those of included routers among them."""
    for route in routes:
        within = getattr(route, "effective_candidates", None)
        yield from routes_of(within()) if within else (route,)


def paths_of(app: Any) -> list[tuple[str, str]]:
    """Method and path of all that the app below /staff serves; what is variable in a path is an `x`."""
    (staff,) = [one.app for one in app.routes if getattr(one, "path", "") == STAFF and hasattr(one, "app")]
    found: set[tuple[str, str]] = set()
    for route in routes_of(staff.routes):
        path = f"{STAFF}{re.sub('{.+?}', 'x', route.path)}"
        if methods := getattr(route, "methods", None):
            found |= {(method, path) for method in methods}
        else:  # another app in it
            found |= {("GET", f"{path}/x"), ("POST", f"{path}/x")}
    return sorted(found)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

"""One of the panels here by itself on a free port, in a process of its own, and a browser's view of it.

`python -m tests.eval.panels.served_panels PANEL STORE` says its address; `/ro` is the same in Romanian. Whoever comes
with `?look` in the address may look and change nothing.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from eval.panels.candidates import candidates_panel
from eval.panels.feedback import feedback_panel
from eval.panels.runs import runs_panel
from index.panels.frame import Frame
from index.panels.words import read_words
from index.settings import Settings
from index.store import Store
from tests.browsing import SCHEMES, scrolls_sideways, settled
from web.own_files import own_files
from web.reports import reports

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn

ROOT = Path(__file__).resolve().parents[3]
HEAD = '<link rel="stylesheet" href="/own/page.css"><script src="/own/page.js"></script>'
PATIENCE_SECONDS = 30
PANELS = {"runs": runs_panel, "feedback": feedback_panel}
FRAMES = {
    "": Frame(),
    "/ro": Frame("ro", read_words("ro", [ROOT / "eval" / "panels", ROOT / "index" / "panels"]), "/ro"),
}


def serve(panel: str, folder: Path) -> None:
    """Serve a panel until the process is told to stop, or whoever started it has gone."""
    os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9)}
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    store = Store(Settings(folder))
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    reports(app, lambda: store, lambda: None)
    own_files(app)
    for base, frame in reversed(FRAMES.items()):
        with gr.Blocks(title="Staff", analytics_enabled=False) as page:
            gr.HTML("<h1>Staff</h1>", js_on_load=None, apply_default_css=False)
            if panel == "candidates":
                candidates_panel(frame, store.settings, lambda: store, may_change, lambda _: "Ana")
            else:
                PANELS[panel](frame, store.settings, lambda: store, may_change)
        gr.mount_gradio_app(
            app, page, path=base or "/", footer_links=[], run_history=False, show_error=False, ssr_mode=False,
            pwa=False, head=HEAD,
        )  # fmt: skip
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    threading.Thread(target=_end_with_input, args=[server], daemon=True).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    server.run(sockets=[listener])


def _end_with_input(server: "uvicorn.Server") -> None:
    sys.stdin.read()
    server.should_exit = True


def may_change(request: "gr.Request") -> bool:
    """Whether somebody may change anything."""
    return "?look" not in str(request.headers.get("referer"))


@contextmanager
def serving_panel(panel: str, store: Path) -> Iterator[str]:
    """Serve a panel over a store; the address."""
    line = [sys.executable, "-m", "tests.eval.panels.served_panels", panel, str(store)]
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait(PATIENCE_SECONDS)


@contextmanager
def opened(browser: BrowserContext, url: str) -> Iterator[Page]:
    """Open a page; in the end no script has failed, and nothing has come from another host."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    failures: list[str] = []
    addresses: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(url)
    page.locator("h2").first.wait_for()
    yield page
    assert page.evaluate("window.hurt") is None
    page.close()
    assert failures == []
    host = "/".join(url.split("/")[:3]).partition("?")[0]
    assert [one for one in addresses if not one.startswith((host, "data:", "blob:"))] == []


def faults_of(page: Page, name: str) -> list[str]:
    """What axe finds in light and dark, and whether the page is too wide for 360 px; pictures where they are wanted."""
    found: list[str] = []
    folder = os.environ.get("PICTURES_OF_PANELS")
    for scheme in SCHEMES:
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
        page.wait_for_timeout(150)
        violations = Axe().run(settled(page)).response["violations"]
        found += [f"{scheme}: {one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(100)
            if scrolls_sideways(page):
                found.append(f"{scheme}: scrolls sideways at {width} px")
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.body.classList.remove('dark')")
    return found


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))

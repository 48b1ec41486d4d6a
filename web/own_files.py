"""The page's own styles and script: kept by browsers until there is another version, which has another address."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.requests import Request

_FOLDER = Path(__file__).parent
TYPES = {"page.css": "text/css", "page.js": "text/javascript"}
KEPT, ASKED_FOR = "public, max-age=31536000, immutable", "no-cache"
"""What a browser does with a file of a named version, and with one of none: asks each time whether it is still so."""


def own_files(app: FastAPI) -> None:
    """Add `/own/page.css` and `/own/page.js`."""
    for name in TYPES:
        _add(app, name)


def _add(app: FastAPI, name: str) -> None:
    def file(request: Request) -> FileResponse:
        is_this = request.query_params.get("v") == version(name)
        told = {"cache-control": KEPT if is_this else ASKED_FOR}
        return FileResponse(_FOLDER / name, media_type=TYPES[name], headers=told)

    app.get(f"/own/{name}", include_in_schema=False)(file)


def own_address(name: str) -> str:
    """The address of a file as it is now."""
    return f"/own/{name}?v={version(name)}"


@cache
def version(name: str) -> str:
    """Some letters that are others when the file is."""
    return hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]

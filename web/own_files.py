"""The page's own styles and script, and whether the server is well."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse

_FOLDER = Path(__file__).parent


def own_files(app: FastAPI) -> None:
    """Add `/own/page.css` and `/own/page.js`."""

    def css() -> FileResponse:
        return FileResponse(_FOLDER / "page.css", media_type="text/css")

    def js() -> FileResponse:
        return FileResponse(_FOLDER / "page.js", media_type="text/javascript")

    app.get("/own/page.css", include_in_schema=False)(css)
    app.get("/own/page.js", include_in_schema=False)(js)

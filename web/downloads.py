"""The projects' downloads as routes of the web application: `/projects.csv` and `/projects.xlsx`.

Their query is what the page filters and sorts by (`index.wanted.to_query`), and `names=360giving` for that standard's
names of columns. Knows what is asked for, not what stands in a file.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkstemp
from threading import BoundedSemaphore

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from index.downloads import GIVING, OURS, texts_of, to_csv, to_xlsx
from index.listing import every_row
from index.store import Store
from index.wanted import Wanted, from_query
from web.frames import frame_for

NAMES = "names"
"""The field of the query that says what columns are called by."""
BOOKS_AT_ONCE = 2
"""Workbooks that are written for whoever asks: of 27,000 projects one takes the processor for 10 s."""
WAIT_SECONDS = 10
"""After which whoever was not given one is told to ask again."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(app: FastAPI, live: Callable[[], Store]) -> None:
    """Add the routes to an application; `live` gives the newest store."""
    books = BoundedSemaphore(BOOKS_AT_ONCE)

    def csv(request: Request) -> StreamingResponse:
        store, (wanted, names) = live(), _asked(request.query_params)
        pieces = to_csv(every_row(store, wanted), texts_of(store), names=names)
        return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=_as_file(names, "csv"))

    def xlsx(request: Request) -> Response:
        if not books.acquire(blocking=False):
            told = frame_for(request).say("Others are having workbooks made; try again in some seconds.")
            return PlainTextResponse(told, 503, {"Retry-After": str(WAIT_SECONDS)})
        try:
            return book(request)
        finally:
            books.release()

    def book(request: Request) -> FileResponse:
        store, (wanted, names) = live(), _asked(request.query_params)
        handle, name = mkstemp(suffix=".xlsx")
        os.close(handle)
        path = Path(name)
        try:
            to_xlsx(every_row(store, wanted), texts_of(store), path, names=names)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        gone = BackgroundTask(path.unlink, missing_ok=True)
        return FileResponse(path, media_type=XLSX, headers=_as_file(names, "xlsx"), background=gone)

    app.add_api_route("/projects.csv", csv, methods=["GET"], include_in_schema=False)
    app.add_api_route("/projects.xlsx", xlsx, methods=["GET"], include_in_schema=False)


def _asked(query: Mapping[str, str]) -> tuple[Wanted, str]:
    return from_query(query), GIVING if query.get(NAMES) == GIVING else OURS


def _as_file(names: str, ending: str) -> dict[str, str]:
    told = f"projects-{names}" if names else "projects"
    return {"Content-Disposition": f'attachment; filename="{told}.{ending}"', "X-Content-Type-Options": "nosniff"}

"""The original files behind citations: `/originals/ID`. A PDF opens in the browser, all else is a download.

A file may hold anything: none is ever run as a page of ours. What cannot be given is said in a plain sentence, in the
language that the browser asks for.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.errors import UnreadableError
from corpus.files import File, opened, printable
from index.originals import original, same_bytes, size_of
from index.panels.frame import Frame
from index.store import Store
from web.frames import frame_for

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

PDF = "application/pdf"
_TEMPLATE = Path(__file__).with_suffix(".jinja")
CHUNK_BYTES = 1 << 18
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def originals(app: "FastAPI", current: Callable[[], Store]) -> None:
    """Add `GET /originals/{document_id}` to the app; with `?now=1` also of a file that has changed since."""
    from fastapi import Request, Response

    def give(document_id: str, request: Request, now: bool = False) -> Response:
        return _given(current(), document_id, request, now)

    app.add_api_route(
        "/originals/{document_id}", give, methods=["GET"], response_class=Response, include_in_schema=False
    )


def _given(store: Store, document_id: str, request: "Request", now: bool) -> "Response":
    frame = frame_for(request)
    try:
        document = store.document(document_id)
    except KeyError:
        return _told(frame, 404, frame.say("There is no such document any more; a newer one may have taken its place."))
    found = original(store, document)
    name = printable(PurePosixPath(document.source).name)
    if found is None:
        told = frame.say("The file is not where it was when it was read. Its words can still be shown as they were.")
        return _told(frame, 404, told, name)
    if isinstance(found, str):
        told = frame.say("The document is published elsewhere.")
        return _told(frame, 404, told, document.title, found, frame.say("Open {address}", address=found))
    if not now and not same_bytes(document, found):
        told = frame.say("The file has changed since it was read; a quote may be gone from it, or on another page.")
        return _told(frame, 409, told, name, "?now=1", frame.say("Open the file as it is now"))
    try:
        return _file(found, document.media_type)
    except UnreadableError as error:
        return _told(frame, 404, frame.say("The file is there, but it cannot be opened: {reason}.", reason=error), name)


def _file(file: File, media_type: str) -> "Response":
    """The bytes of a file, a member of an archive read out of it."""
    from fastapi.responses import FileResponse, StreamingResponse

    name = PurePosixPath(printable(file.member or file.path.name)).name
    shown = "inline" if media_type == PDF and not file.is_packed else "attachment"
    if not file.member:
        media_type = "application/gzip" if file.is_packed else media_type
        return FileResponse(
            file.path, headers=HEADERS, media_type=media_type, filename=name, content_disposition_type=shown
        )
    chunks = _chunks(file)
    first = next(chunks, b"")  # what is wrong with it is met here, not half way
    told = {"Content-Disposition": f"{shown}; filename*=utf-8''{quote(name, safe='')}"}
    told["Content-Length"] = str(size_of(file))
    return StreamingResponse(chain([first], chunks), headers=HEADERS | told, media_type=media_type)


def _chunks(file: File) -> Iterator[bytes]:
    with opened(file) as path, path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def _told(frame: Frame, status: int, sentence: str, name: str = "", address: str = "", action: str = "") -> "Response":
    from fastapi.responses import HTMLResponse

    page = frame.render(_TEMPLATE, sentence=sentence, name=name, address=address, action=action)
    return HTMLResponse(page, status_code=status, headers=HEADERS)

"""Documents as they are read beside answers, by address: the words of a citation, and any place in a document.

Each is a page of its own, for who follows a link, and with `part=1` the inside of the source pane.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import BeforeValidator

from assistant.conversation import CHANGED, GONE, MOVED, Exchange, Opened, open_citation, recall
from assistant.errors import ConversationError
from assistant.panels.source import source_html
from corpus.document import Document, Span
from index.one_project import project_at, project_of
from index.panels.frame import Frame
from index.panels.project_card import card_html
from index.store import Store

MOST_DIGITS = 9
"""Of a number in an address; no document is that long."""


def _number(told: object) -> int | None:
    text = str(told)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


# Who follows a link that was cut short or spoiled sees the document, or that there is none, not a program's complaint.
Number = Annotated[int | None, BeforeValidator(_number)]
Part = Annotated[bool, BeforeValidator(lambda told: str(told) in ("1", "true", "True"))]

PAGE, MISSING = (Path(__file__).with_name(name) for name in ("source_page.jinja", "source_missing.jinja"))


def sources(app: FastAPI, frames: Sequence[Frame], current: Callable[[], Store]) -> None:
    """Add `/passages/…` and `/citations/…`, in each language below its own path."""
    for frame in frames:
        _add(app, frame, current)


def _add(app: FastAPI, frame: Frame, current: Callable[[], Store]) -> None:
    def passage(
        document_id: str, start: Number = 0, end: Number = 0, at: Number = None, part: Part = False
    ) -> HTMLResponse:
        store = current()
        try:
            document = store.document(document_id)
        except KeyError:
            return _missing(frame, part)
        made = passage_html(frame, store, document, _within(start, end, document), at)
        return _page(frame, made, document.title or document.source, part)

    def citation(conversation: str, position: Number, n: Number, at: Number = None, part: Part = False) -> HTMLResponse:
        store = current()
        try:
            opened = open_citation(store, exchange_of(store, conversation, position or 0), n or 0)
        except ConversationError:
            return _missing(frame, part)
        made = citation_html(frame, store, opened, f"{frame.base}/citations/{conversation}/{position}/{n}?", at)
        return _page(frame, made, opened.citation.project or opened.document.title, part)

    app.get(f"{frame.base}/passages/{{document_id}}", include_in_schema=False)(passage)
    app.get(f"{frame.base}/citations/{{conversation}}/{{position}}/{{n}}", include_in_schema=False)(citation)


def exchange_of(store: Store, conversation: str, position: int) -> Exchange:
    """One exchange of a conversation, counted from 1.

    Raises:
        ConversationError: there is none such.
    """
    found = next((one for one in recall(store, conversation) if one.turn == f"{conversation}/{position}"), None)
    if found is None:
        raise ConversationError(f"{conversation}/{position}: there is no such answer")
    return found


def _within(start: int | None, end: int | None, document: Document) -> Span | None:
    if start is None or end is None or not start < end <= len(document.text):
        return None
    return Span(start, end)


def passage_html(frame: Frame, store: Store, document: Document, quote: Span | None, at: int | None = None) -> Markup:
    """A place in a document as it is now, the card of the project that it is about above it."""
    where = f"start={quote.start}&end={quote.end}" if quote else ""
    project = project_at(store, document.source, quote.start) if quote else None
    return source_html(
        frame, document, quote, at=at, address=f"{address_of(frame, document)}?{where}",
        title=project.title if project else "",
        original=original_of(document, quote), card=card_html(frame, project, document) if project else "",
    )  # fmt: skip


def citation_html(frame: Frame, store: Store, opened: Opened, address: str, at: int | None = None) -> Markup:
    """The words of a citation in their document as it was then, with what has become of it since."""
    document, citation, now = opened.document, opened.citation, opened.now
    project = project_of(store, citation.project_id) if citation.project_id else None
    newer = ""
    if now is not None and opened.standing in (MOVED, CHANGED):
        where = f"?start={opened.span.start}&end={opened.span.end}" if opened.span else ""
        newer = f"{address_of(frame, now)}{where}"
    home = store.texts([project.document]).get(project.document) if project else None
    return source_html(
        frame, document, citation.span, at=at, address=address, title=citation.project or "",
        decisive=citation.decisive, original=original_of(now, opened.span) if now else "",
        standing=standing(frame, opened), newer=newer, card=card_html(frame, project, home) if project and home else "",
    )  # fmt: skip


def standing(frame: Frame, opened: Opened) -> str:
    """What has become of a document since it was quoted; nothing where it is the same."""
    return {
        MOVED: frame.say(
            "This is the document as it was when it was quoted. A newer version exists and still says so."
        ),
        CHANGED: frame.say(
            "This is the document as it was when it was quoted. In the newer version these words are gone."
        ),
        GONE: frame.say("This is the document as it was when it was quoted. It is no longer among the documents."),
    }.get(opened.standing, "")


def address_of(frame: Frame, document: Document) -> str:
    """Where a document can be read."""
    return f"{frame.base}/passages/{document.id}"


def original_of(document: Document, quote: Span | None) -> str:
    """Where the document's file is; at the page, where it has pages."""
    page = document.page_of(quote.start) if quote else None
    return f"/originals/{document.id}" + (f"#page={page}" if page else "")


def _missing(frame: Frame, part: bool) -> HTMLResponse:
    return _page(frame, frame.render(MISSING), frame.say("Not found"), part, status=404)


def _page(frame: Frame, body: Markup, title: str, part: bool, *, status: int = 200) -> HTMLResponse:
    shown = body if part else frame.render(PAGE, body=body, title=title)
    return HTMLResponse(shown, status)

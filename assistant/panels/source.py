"""The inside of the source pane: a document scrolled to the words that are quoted, its project's card above it.

For a quote of an answer as the document was when it answered, and for any place in a document as it is now. Knows no
Gradio and no address but those it writes.
"""

from pathlib import Path

from markupsafe import Markup

from assistant.source_view import view
from corpus.document import Document, Span
from index.panels.frame import Frame

TEMPLATE = Path(__file__).with_suffix(".jinja")


def source_html(
    frame: Frame,
    document: Document,
    quote: Span | None,
    *,
    address: str,
    title: str = "",
    decisive: tuple[Span, ...] = (),
    at: int | None = None,
    original: str = "",
    standing: str = "",
    newer: str = "",
    card: Markup | str = "",
) -> Markup:
    """The HTML of a document with `quote` marked, seen around `at` or around the quote.

    `address` is this very view's, with a `?`; `original` the file's, where it is there; `standing` what became of the
    document since, `newer` the same place in what it is now; `card` is what
    a template made.
    """
    return frame.render(
        TEMPLATE, document=document, quote=quote, title=title or document.title or document.source,
        place=place(frame, document, quote), view=view(document, quote, decisive, at), address=address,
        original=original, standing=standing, newer=newer, card=card,
    )  # fmt: skip


def place(frame: Frame, document: Document, quote: Span | None) -> str:
    """The document's name, with the page where it has pages."""
    page = document.page_of(quote.start) if quote else None
    return f"{document.source}, {frame.say('page {page}', page=page)}" if page else document.source

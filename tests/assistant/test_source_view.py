"""A document in pieces: all of its text, in order, the quote and its pages where they are."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.source_view import STEP, WINDOW, Piece, view
from corpus.document import Document, Span


def document(text: str, page_starts: tuple[int, ...] = ()) -> Document:
    return Document("d", "d.txt", "text/plain", "D", "en", "0" * 64, text, (), page_starts)


@given(st.text(min_size=1, max_size=300), st.data())
def test_the_pieces_are_the_text_and_those_of_the_quote_the_quote(text: str, data: st.DataObject) -> None:
    start, middle, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=3, max_size=3)))
    pages = (0, *sorted(data.draw(st.sets(st.integers(1, len(text))))))
    seen = view(document(text, pages), Span(start, end), (Span(start, middle),))
    pieces = [piece for _, group in seen.groups for piece in group]
    assert "".join(piece.text for piece in pieces) == text
    assert "".join(piece.text for piece in pieces if piece.is_quote) == text[start:end]
    assert "".join(piece.text for piece in pieces if piece.is_decisive) == text[start:middle]
    begun = [piece.page for piece in pieces if piece.page]
    assert begun == [number for number, at in enumerate(pages, 1) if at < len(text)]


def test_the_quote_is_one_group_though_a_page_begins_in_it() -> None:
    seen = view(document("before quote after", (0, 10)), Span(7, 12))
    assert seen.groups == (
        (False, (Piece("before ", page=1),)),
        (True, (Piece("quo", is_quote=True), Piece("te", is_quote=True, page=2))),
        (False, (Piece(" after"),)),
    )


def test_of_a_long_document_the_surroundings_are_shown_with_the_ways_on_and_back() -> None:
    text = "x" * 3 * WINDOW
    seen = view(document(text), Span(WINDOW * 3 // 2, WINDOW * 3 // 2 + 5))
    assert seen.shown == Span(WINDOW, 2 * WINDOW)
    assert seen.back is not None
    assert seen.on is not None
    further = view(document(text), None, at=seen.on)
    assert further.shown == Span(WINDOW + STEP, 2 * WINDOW + STEP)
    assert view(document(text), None).back is None
    assert view(document(text), None, at=10 * WINDOW).shown == Span(2 * WINDOW, 3 * WINDOW)


def test_a_document_that_fits_has_no_way_on() -> None:
    seen = view(document("short"), None)
    assert (seen.back, seen.on, seen.shown) == (None, None, Span(0, 5))
    assert view(document(""), None).groups == ()

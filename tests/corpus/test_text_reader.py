"""Plain text into blocks."""

import pytest

from corpus.readers.draft import Draft
from corpus.readers.text import read_text


def blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def test_a_line_between_empty_ones_is_a_block() -> None:
    draft = read_text("Lantern Walk\n\n  Every November.  \n\n\nBudget: 300 EUR")
    assert blocks(draft) == [
        ("paragraph", "Lantern Walk"),
        ("paragraph", "Every November."),
        ("paragraph", "Budget: 300 EUR"),
    ]
    assert draft.text == "Lantern Walk\n\n  Every November.  \n\n\nBudget: 300 EUR"


def test_bullets_are_items_and_numbers_may_be_titles() -> None:
    assert [kind for kind, _ in blocks(read_text("• one\n- two\n* three\n– four\n1. five"))] == ["item"] * 4 + [
        "paragraph"
    ]


def test_a_hand_wrapped_paragraph_is_one_block_and_keeps_every_offset() -> None:
    wrapped = (
        "Every November the children of Saltmarsh carry lanterns that they\n"
        "made themselves along the old sea wall, and the whole town comes\n"
        "out to watch them."
    )
    draft = read_text(f"Lantern Walk\n\n{wrapped}\n\nBudget: 300 EUR")
    assert blocks(draft)[1] == ("paragraph", wrapped.replace("\n", " "))
    assert len(draft.text) == len(f"Lantern Walk\n\n{wrapped}\n\nBudget: 300 EUR")


@pytest.mark.parametrize(
    "text",
    [
        "Roses\nare red\nviolets blue",
        "Period: 2011-2012\nFunder: The Coastal Arts Fund of Saltmarsh and Brineford\nBudget: 300 EUR",
        "Implementation period: 2011-2012\nFunder: The Coastal Arts Fund of Saltmarsh\nTotal budget: 300 EUR",
        "A paragraph that goes on for much longer than anybody would wrap a line by hand, because the program it was "
        "written in did the wrapping\nand a second one.",
    ],
)
def test_lines_that_somebody_wanted_stay_lines(text: str) -> None:
    assert [words for _, words in blocks(read_text(text))] == text.split("\n")


def test_a_label_never_runs_into_the_line_above_it() -> None:
    text = (
        "Every November the children of Saltmarsh carry lanterns along the wall\n"
        "Budget: 300 EUR, given by the people of the town at the harvest supper"
    )
    assert len(read_text(text).blocks) == 2


def test_a_byte_order_mark_and_carriage_returns_leave_no_trace() -> None:
    assert blocks(read_text("\ufeffone\r\n\r\ntwo\rthree")) == [("paragraph", word) for word in ("one", "two", "three")]


def test_nothing_gives_no_block() -> None:
    assert read_text("").blocks == ()
    assert read_text(" \n\t\n").blocks == ()

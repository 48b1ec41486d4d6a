"""What of a stream is for readers."""

import pytest

from assistant.llm.visible import RESTART, Visible


def seen(*pieces: str) -> str:
    visible = Visible()
    return "".join([character for piece in pieces for character in visible.feed(piece)] + list(visible.end()))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>It may be 5. </think>It is 6.", "It is 6."),
        ("<Thinking>a < b and <b>bold</b></thinking> It is 6.", " It is 6."),
        ("<think>never closed, 5 EUR", ""),
        ("fewer than <5 or < 6 or 3<4", "fewer than <5 or < 6 or 3<4"),
        ("ends on <", "ends on <"),
        ("one<br/>two</s><|im_end|>", "one\ntwo"),
        (r"NOT\_FOUND \[S1\] C:\path", r"NOT_FOUND [S1] C:\path"),
        ("120\u200b,000\u202e EUR\ta\r\nb", "120,000 EUR a\n\nb"),
        ("a <not a tag\nb", "a <not a tag\nb"),
    ],
)
def test_thoughts_tags_and_what_cannot_be_seen_are_left_out(text: str, left: str) -> None:
    assert seen(text) == seen(*text) == left


def test_thoughts_that_nothing_announced_take_back_what_came_before() -> None:
    assert seen("It may be 5. </think>It is 6.") == f"It may be 5. {RESTART}It is 6."

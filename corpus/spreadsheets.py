"""What spreadsheet programs make of a text in a cell, and how to write it so that they make nothing of it."""

import re

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters XML 1.0 has no place for: control characters, and the surrogates of file names that are not UTF-8."""
FORMULA = re.compile(r"\A(?=\s*[-=+@＝＋－＠])")
"""Before what a cell begins with that a spreadsheet program may run; white space in front of it may be cut off."""
LONGEST_CELL = 32_767
"""Characters of a cell, counted as Excel does, beyond which it calls a workbook damaged."""
MOST_DIGITS = 15
"""Digits of a number that spreadsheet programs keep exactly."""


def writable(text: str) -> str:
    """The text with a replacement for what no document can hold."""
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def harmless(text: str) -> str:
    """The text of a CSV cell, with an apostrophe before what a spreadsheet program might run."""
    return FORMULA.sub("'", writable(text))


def fitting(text: str) -> str:
    """As much of a text as a cell of a workbook holds, with an ellipsis where it is cut."""
    text = writable(text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * LONGEST_CELL - 2].decode("utf-16-le", "ignore") + "…"

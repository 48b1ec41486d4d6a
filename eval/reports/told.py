"""Times, settings, statuses and texts as reports write them."""

import json
import re
from datetime import UTC, datetime
from math import isnan

_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, and the control characters after ASCII, which HTML takes for letters of another code."""
_STATUSES = {"answered": "Answered", "refused": "Not answered", "clarify": "Asked back"}


def writable(text: str) -> str:
    """The text with a replacement character for each character that a page or an XML file cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def told_time(milliseconds: float) -> str:
    """`79 ms`, `1.2 s`; a dash for NaN."""
    if isnan(milliseconds):
        return "–"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def told_moment(moment: str, form: str = "%Y-%m-%d %H:%M UTC") -> str:
    """A time in ISO 8601 as `2026-11-26 10:14 UTC`, or as `form` has it; UTC where it names no zone.

    What is no such time stays as it is.
    """
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return (when if when.tzinfo is None else when.astimezone(UTC)).strftime(form)


def told_setting(value: object) -> str:
    """A setting's value: a text as it is, "none" for none, anything else as JSON has it."""
    if value is None or value == "":
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def told_status(status: str) -> str:
    """What became of a question: `Not answered` for `refused`; one that is not known stays as it is."""
    return _STATUSES.get(status, status)

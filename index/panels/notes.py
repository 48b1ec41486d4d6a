"""What a record's notes say, in the language of the page. Knows the notes of `corpus`; others stay as they are."""

import re
from collections.abc import Callable

from index.panels.frame import Frame

Told = Callable[[Frame, dict[str, str]], str]
_NOTES: tuple[tuple[str, Told], ...] = (
    ("no currency is given", lambda frame, _: frame.say("no currency is given")),
    ("no amount with a currency is given", lambda frame, _: frame.say("no amount with a currency is given")),
    ("no start is given", lambda frame, _: frame.say("no start is given")),
    ("no end is given", lambda frame, _: frame.say("no end is given")),
    ("goes on, as the source says", lambda frame, _: frame.say("goes on, as the source says")),
    ("the dates could not be read", lambda frame, _: frame.say("the dates could not be read")),
    ("the end lies before the start", lambda frame, _: frame.say("the end lies before the start")),
    ("taken from prose", lambda frame, _: frame.say("taken from prose")),
    ("a group, not a name", lambda frame, _: frame.say("a group, not a name")),
    ("a negative amount", lambda frame, _: frame.say("a negative amount")),
    ("in brackets, read as negative", lambda frame, _: frame.say("in brackets, read as negative")),
    ("digits are grouped as in India", lambda frame, _: frame.say("digits are grouped as in India")),
    (
        "day and month may be the other way round",
        lambda frame, _: frame.say("day and month may be the other way round"),
    ),
    (
        "names seem to run together: no mark stands between them",
        lambda frame, _: frame.say("names seem to run together: no mark stands between them"),
    ),
    (
        "the source says that there are others",
        lambda frame, _: frame.say("the source says that there are others"),
    ),
    (
        "it is the date under “(?P<label>.*)”",
        lambda frame, words: frame.say("it is the date under “{label}”", **words),
    ),
    (
        "the end stands apart: (?P<words>.*)",
        lambda frame, words: frame.say("the end stands apart: {words}", **words),
    ),
    (
        "told otherwise elsewhere: (?P<words>.*)",
        lambda frame, words: frame.say("told otherwise elsewhere: {words}", **words),
    ),
    (
        "only a duration is given: (?P<words>.*)",
        lambda frame, words: frame.say("only a duration is given: {words}", **words),
    ),
    (
        "counted in the budget of (?P<project>.*)",
        lambda frame, words: frame.say("counted in the budget of {project}", **words),
    ),
    (
        "which currency is meant by (?P<name>.*) is not said",
        lambda frame, words: frame.say("which currency is meant by {name} is not said", **words),
    ),
    (
        "a range, from (?P<low>.*) to (?P<high>.*)",
        lambda frame, words: frame.say("a range, from {low} to {high}", **words),
    ),
    (
        "(?P<words>.*) may be a range in thousands",
        lambda frame, words: frame.say("{words} may be a range in thousands", **words),
    ),
    (
        "(?P<words>.*) may mean (?P<one>.*) or, with a digit lost, (?P<other>.*)",
        lambda frame, words: frame.say("{words} may mean {one} or, with a digit lost, {other}", **words),
    ),
    (
        "(?P<words>.*) may mean (?P<one>.*) or (?P<other>.*)",
        lambda frame, words: frame.say("{words} may mean {one} or {other}", **words),
    ),
    (
        "(?P<words>.*) cannot be read as a number",
        lambda frame, words: frame.say("{words} cannot be read as a number", **words),
    ),
    (
        "the year of the start is not written; read as (?P<year>.*)",
        lambda frame, words: frame.say("the year of the start is not written; read as {year}", **words),
    ),
    (
        "no end is given but for (?P<words>.*)",
        lambda frame, words: frame.say("no end is given but for {words}", **words),
    ),
    (
        "the end follows from (?P<words>.*)",
        lambda frame, words: frame.say("the end follows from {words}", **words),
    ),
    (
        "spring read as March to May",
        lambda frame, _: frame.say("spring read as March to May"),
    ),
    (
        "summer read as June to August",
        lambda frame, _: frame.say("summer read as June to August"),
    ),
    (
        "autumn read as September to November",
        lambda frame, _: frame.say("autumn read as September to November"),
    ),
    (
        "winter read as December to February",
        lambda frame, _: frame.say("winter read as December to February"),
    ),
    ("(?P<words>.*) read as a month", lambda frame, words: frame.say("{words} read as a month", **words)),
    ("(?P<words>.*) read as (?P<read>[0-9]+)", lambda frame, words: frame.say("{words} read as {read}", **words)),
    ("no calendar has (?P<day>.*)", lambda frame, words: frame.say("no calendar has {day}", **words)),
    ("(?P<words>.*) is kept as (?P<read>.*)", lambda frame, words: frame.say("{words} is kept as {read}", **words)),
    ("(?P<words>.*), as the source says", lambda frame, words: frame.say("{words}, as the source says", **words)),
)
"""First match wins, so the particular stands before the general."""
PARTS = re.compile(r"; (?!read as )")
"""What stands between two notes on one value."""


def told_note(frame: Frame, note: str) -> str:
    """A note of a record as the page says it: translated part by part; what is not known stays in English."""
    return "; ".join(_told(frame, part) for part in PARTS.split(note) if part)


def _told(frame: Frame, part: str) -> str:
    for pattern, told in _NOTES:
        if found := re.fullmatch(pattern, part, re.DOTALL):
            return told(frame, found.groupdict())
    return part

"""The notes on a record's values, and how doubtful they make these. Knows no document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import NO_START
from corpus.document import Span
from corpus.record import APART, FROM_PROSE, START_AGREED, Project

ERROR, WARNING, HINT = "error", "warning", "hint"
SEVERITIES = (ERROR, WARNING, HINT)
"""From what makes an answer wrong or impossible, over what may, to what a record lacks or was told by prose only."""
HARMLESS = re.compile(
    r"no (?:start|end) is given|a group, not a name|read as|follows from|as the source says|counted in"
)
"""Notes on what the source leaves open, or on how its words were read, that make no value doubtful."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One note on a value of a record, a `period`, `amount` or `organisation`, that stands at `span`."""

    kind: str
    span: Span
    note: str

    @property
    def severity(self) -> str:
        """How grave it is: impossible, doubtful, or only telling how the words were read."""
        if "before the start" in self.note or "calendar" in self.note:
            return ERROR
        return HINT if HARMLESS.search(self.note) else WARNING


def notes_on(project: Project) -> Iterator[Noted]:
    """The notes on a record's values, one by one, but for where its words stand and what stands for a start."""
    if period := project.period:
        is_agreed = START_AGREED in period.note
        for note in period.note.partition(APART)[0].split("; "):
            if note and note != FROM_PROSE and not (is_agreed and (note == NO_START or START_AGREED in note)):
                yield Noted("period", period.span, note)
    for kind, values in (("amount", project.amounts), ("organisation", project.organisations)):
        for value in values:
            yield from (
                Noted(kind, value.span, note) for note in value.note.split("; ") if note not in ("", FROM_PROSE)
            )

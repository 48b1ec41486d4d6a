"""Part: one piece of how a question was understood, with what it may be changed to."""

from dataclasses import dataclass

from assistant.mend import Mend

SUBJECT, CONDITION, FIELD, OPERATION, GROUPING, TOPIC, OTHER = (
    "subject", "condition", "field", "operation", "grouping", "topic", "other",
)  # fmt: skip
"""Kinds of parts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something else that a part may be meant for: what it is called, and the changes with which it is asked."""

    text: str
    mend: Mend


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of how a question was understood, in words of the page's language.

    `removed` are the changes with which the question is asked without it; None where it cannot be left out. `read` is
    what the store calls it that was named, where that is something else. The key stays the same whatever is changed.
    """

    kind: str
    text: str
    key: str
    choices: tuple[Choice, ...] = ()
    removed: Mend | None = None
    read: tuple[str, ...] = ()

    @property
    def removable(self) -> bool:
        """Whether the question can be asked without it."""
        return self.removed is not None

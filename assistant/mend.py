"""Mend: what a visitor changes in how a question was understood; kept with the conversation, as JSON where needed.

Knows no plan and no store: what the changes come to is worked out in `mending`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import MisuseError

NAMED = ("subject", "field", "operation")
"""What of a question something else can be meant for."""
LONGEST_QUESTION = 2_000
"""Characters of a question that are read; who pastes more than that wants a search, not an answer."""
MOST_EARLIER = 50
"""Earlier questions that are read, the last ones: each is understood anew (2.5 ms), while others wait."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Changes to a question as understood; one that is empty changes nothing.

    `without` are the keys of the parts that are left out, as `understood` gives them; `subject` is the id of the
    project or document meant instead; `field` and `operation` are values as the choices of `understood` have them.
    """

    without: tuple[str, ...] = ()
    subject: str | None = None
    field: str | None = None
    operation: str | None = None

    def __bool__(self) -> bool:
        return self != Mend()

    def less(self, key: str) -> "Mend":
        """The same with one more part left out."""
        return replace(self, without=tuple(dict.fromkeys((*self.without, key))))

    def with_again(self, key: str) -> "Mend":
        """The same with a part that was left out put back."""
        return replace(self, without=tuple(one for one in self.without if one != key))


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier question of a conversation, what was changed in how it was understood, and its answer where known."""

    question: str
    mend: Mend = Mend()
    answer: str = ""


History = Sequence[str | Earlier]
"""The earlier questions of a conversation, oldest first; a plain one was left as it was understood."""


def earlier(one: str | Earlier) -> Earlier:
    """A question of a history, with its changes."""
    return Earlier(one) if isinstance(one, str) else one


def recent(history: History) -> list[Earlier]:
    """The last questions of a history, as much of each as is read."""
    last = (earlier(one) for one in history[-MOST_EARLIER:])
    return [replace(one, question=one.question[:LONGEST_QUESTION]) for one in last]


def mend_to_json(mend: Mend) -> dict[str, Any]:
    """The changes as programs keep them; an empty object where there are none."""
    told = {name: value for name in NAMED if (value := getattr(mend, name)) is not None}
    return ({"without": list(mend.without)} if mend.without else {}) | told


def read_mend(told: object) -> Mend:
    """The changes that JSON tells; None tells none.

    Raises:
        MisuseError: it is no object of such changes.
    """
    if told is None:
        return Mend()
    without = _strings(told.get("without", [])) if isinstance(told, Mapping) else None
    if not isinstance(told, Mapping) or without is None or not {*told} <= {"without", *NAMED}:
        raise MisuseError(
            f'{str(told)[:80]!r} is no change of a question; expected {{"without": ["…"], "subject": "…", …}}'
        )
    named = {name: told.get(name) for name in NAMED}
    if not all(value is None or isinstance(value, str) for value in named.values()):
        raise MisuseError(f"{str(told)[:80]!r}: subject, field and operation have to be text")
    return Mend(without, **named)


def _strings(told: object) -> tuple[str, ...] | None:
    found = tuple(one for one in told if isinstance(one, str)) if isinstance(told, (list, tuple)) else ()
    return found if isinstance(told, (list, tuple)) and len(found) == len(told) else None
